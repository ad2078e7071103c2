package world

import (
	"slices"
	"strings"
)

// A scheme names the roles that the members of teams, or of channels, have by
// being members, and what is wrong with other requests for roles.
type scheme struct {
	user, admin, guest string
	foreign            Problem // a role of another scheme
	guests             Problem // making somebody a guest, or nobody's member at all
}

var (
	teamScheme    = scheme{roleTeamUser, roleTeamAdmin, "team_guest", errTeamRoleForeign, errTeamRoleGuest}
	channelScheme = scheme{roleChannelUser, roleChannelAdmin, "channel_guest", errChannelRoleForeign, errChannelRoleGuest}
)

// A standing is what a member is in a team or channel. Explicit are the roles
// beyond the scheme's, separated by blanks.
type standing struct {
	user, admin bool
	explicit    string
}

// ordinary is the standing of a member that nobody gave more than that.
func ordinary(admin bool) standing { return standing{user: true, admin: admin} }

// roles writes the roles of a standing as memberships carry them.
func (s scheme) roles(st standing) string {
	roles := strings.Fields(st.explicit)
	if st.user {
		roles = append(roles, s.user)
	}
	if st.admin {
		roles = append(roles, s.admin)
	}
	return strings.Join(roles, " ")
}

// read finds the standing that a list of roles asks for. The scheme's own become
// its marks, those of other schemes are refused.
func (s scheme) read(roles string) (standing, error) {
	var st standing
	var explicit []string
	for role := range strings.FieldsSeq(roles) {
		switch {
		case role == s.user:
			st.user = true
		case role == s.admin:
			st.admin = true
		case role == s.guest:
			return st, s.guests.With()
		case slices.Contains(schemeManaged, role):
			return st, s.foreign.With(role)
		case !roleExists(role):
			return st, errMemberRoleUnknown.With(role)
		case !slices.Contains(explicit, role):
			explicit = append(explicit, role)
		}
	}
	st.explicit = strings.Join(explicit, " ")
	return st, nil
}

// schemeManaged are the roles that come with being somebody, somewhere, and are
// never given by name outside their own scheme.
var schemeManaged = []string{
	roleSystemUser, roleSystemAdmin, "system_guest",
	roleTeamUser, roleTeamAdmin, "team_guest", roleChannelUser, roleChannelAdmin, "channel_guest",
}
