package world

import (
	"slices"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// A scheme names the roles that the members of teams, or of channels, have by
// being members, and what is wrong with other requests for roles.
type scheme struct {
	user, admin, guest string
	userAndAdmin       string  // the roles of an ordinary admin
	foreign            Problem // a role of another scheme
	guests             Problem // making a guest of a member, or a member of a guest
	both               Problem // a member who is a guest too
	asGuest, asNone    Problem // what new versions say of a standing as a guest, and of one that is no member's
}

var (
	teamScheme = scheme{model.RoleTeamUser, model.RoleTeamAdmin, model.RoleTeamGuest, model.RoleTeamUser + " " + model.RoleTeamAdmin,
		errTeamRoleForeign, errTeamRoleGuest, errTeamRoleBoth, errTeamStandingGuest, errTeamStandingNone}
	channelScheme = scheme{model.RoleChannelUser, model.RoleChannelAdmin, model.RoleChannelGuest, model.RoleChannelUser + " " + model.RoleChannelAdmin,
		errChannelRoleForeign, errChannelRoleGuest, errChannelRoleBoth, errChannelStandingGuest, errChannelStandingNone}
)

// A Standing is what a member is in a team or channel.
type Standing struct {
	User, Admin, Guest bool
}

// A standing is a Standing with the roles beyond the scheme's, separated by blanks.
type standing struct {
	Standing
	explicit string
}

// ordinary is the standing of a member that nobody gave more than that.
func ordinary(admin bool) standing { return standing{Standing: Standing{User: true, Admin: admin}} }

// roles writes the roles of a standing as memberships carry them.
func (s scheme) roles(st standing) string {
	switch st {
	case ordinary(false):
		return s.user
	case ordinary(true):
		return s.userAndAdmin
	}
	roles := strings.Fields(st.explicit)
	for _, role := range []struct {
		has  bool
		name string
	}{{st.Guest, s.guest}, {st.User, s.user}, {st.Admin, s.admin}} {
		if role.has {
			roles = append(roles, role.name)
		}
	}
	return strings.Join(roles, " ")
}

// read finds the standing that a list of roles asks for. The scheme's own become
// its marks, those of other schemes are refused. wasGuest is whether the member is
// one now, which no list changes.
func (s scheme) read(v versions.Version, roles string, wasGuest bool) (standing, error) {
	var st standing
	var explicit []string
	for role := range strings.FieldsSeq(roles) {
		switch {
		case !roleExists(v, role):
			return st, errMemberRoleUnknown.With(role)
		case role == s.user:
			st.User = true
		case role == s.admin:
			st.Admin = true
		case role == s.guest:
			st.Guest = true
		case slices.Contains(schemeManaged, role):
			return st, s.foreign.With(role)
		case !slices.Contains(explicit, role):
			explicit = append(explicit, role)
		}
	}
	switch {
	case st.User && st.Guest:
		return st, s.both.With()
	case st.Guest != wasGuest:
		return st, s.guests.With()
	}
	st.explicit = strings.Join(explicit, " ")
	return st, nil
}

// check says what is wrong with a standing that a member is to have. Old versions
// only mind one who is both.
func (s scheme) check(v versions.Version, st Standing) error {
	switch strict := v.Has(versions.StandingOfMembers); {
	case strict && st.Guest:
		return s.asGuest.With()
	case strict && !st.User:
		return s.asNone.With()
	case st.User && st.Guest:
		return s.both.With()
	}
	return nil
}

// schemeManaged are the roles that come with being somebody, somewhere, and are
// never given by name outside their own scheme.
var schemeManaged = []string{
	model.RoleSystemUser, model.RoleSystemAdmin, model.RoleSystemGuest,
	model.RoleTeamUser, model.RoleTeamAdmin, model.RoleTeamGuest, model.RoleChannelUser, model.RoleChannelAdmin, model.RoleChannelGuest,
}
