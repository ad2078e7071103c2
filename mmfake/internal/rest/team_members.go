package rest

import (
	"encoding/json"
	"fmt"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

var teamMemberRoutes = []route{
	{pattern: "POST /api/v4/teams/{team_id}/members", serve: addTeamMember, flags: created},
	{pattern: "POST /api/v4/teams/{team_id}/members/batch", serve: addTeamMembers, flags: created},
	{pattern: "POST /api/v4/teams/members/invite", serve: joinByInvitation, flags: created},
	{pattern: "POST /api/v4/teams/{team_id}/invite/email", serve: inviteByMail},
	{pattern: "DELETE /api/v4/teams/invites/email", serve: adminDone, flags: constant},
	{pattern: "GET /api/v4/teams/{team_id}/members", serve: teamMembers},
	{pattern: "POST /api/v4/teams/{team_id}/members/ids", serve: teamMembersByIDs},
	{pattern: "GET /api/v4/teams/{team_id}/members/{user_id}", serve: teamMember},
	{pattern: "DELETE /api/v4/teams/{team_id}/members/{user_id}", serve: removeTeamMember},
	{pattern: "PUT /api/v4/teams/{team_id}/members/{user_id}/roles", serve: setTeamMemberRoles},
	{pattern: "PUT /api/v4/teams/{team_id}/members/{user_id}/schemeRoles", serve: setTeamMemberStanding},
	{pattern: "GET /api/v4/users/{user_id}/teams/members", serve: userTeamMembers},
}

func addTeamMember(c *call) (any, error) {
	var in model.TeamMember
	if err := c.decode(&in, "team_member"); err != nil {
		return nil, err
	}
	if err := c.checkTeamMember(in); err != nil {
		return nil, err
	}
	return c.world().AddTeamMember(c.session, in.TeamID, in.UserID)
}

// checkTeamMember says what is wrong with a member that is to be added.
func (c *call) checkTeamMember(in model.TeamMember) error {
	if in.TeamID != c.param("team_id") {
		return world.ErrBodyParam.With("team_id: the one of the URL")
	}
	if !model.IsValidID(in.UserID) {
		return world.ErrBodyParam.With("user_id")
	}
	return nil
}

const mostInBatch = 256 // members that a batch adds

func addTeamMembers(c *call) (any, error) {
	var in []model.TeamMember
	if err := c.decode(&in, "members"); err != nil {
		return nil, err
	}
	if len(in) == 0 || len(in) > mostInBatch {
		return nil, world.ErrBodyParam.With(fmt.Sprintf("members: 1 to %d of them", mostInBatch))
	}
	ids := make([]string, len(in))
	for i, m := range in {
		if err := c.checkTeamMember(m); err != nil {
			return nil, err
		}
		ids[i] = m.UserID
	}
	graceful := c.query("graceful") != "" && c.has(versions.BatchesGraceful) // whatever it says, as in the real server
	list, err := c.world().AddTeamMembers(c.session, c.param("team_id"), ids, graceful)
	if err != nil || graceful {
		return list, err
	}
	members := make([]*model.TeamMember, len(list))
	for i, m := range list {
		members[i] = m.Member
	}
	return members, nil
}

func joinByInvitation(c *call) (any, error) {
	if token := c.query("token"); token != "" || c.query("invite_id") == "" {
		return nil, c.world().InvitationToken(token)
	}
	return c.world().JoinByInvitation(c.session, c.query("invite_id"))
}

// inviteByMail says that the server sends no invitations: they are off by default.
func inviteByMail(c *call) (any, error) {
	if err := c.world().MayInvite(c.session, c.param("team_id")); err != nil {
		return nil, err
	}
	var in addresses
	if err := c.decodeTyped(&in, "user_email"); err != nil {
		return nil, err
	}
	if len(in) == 0 {
		return nil, world.ErrBodyParam.With("user_email")
	}
	return nil, errInvitesOff.With()
}

// addresses are whom an invitation goes to: a list, or in new versions the emails of
// an object.
type addresses []string

func (a *addresses) UnmarshalJSON(b []byte) error {
	if json.Unmarshal(b, (*[]string)(a)) == nil {
		return nil
	}
	var in struct {
		Emails []string `json:"emails"`
	}
	err := json.Unmarshal(b, &in)
	*a = in.Emails
	return err
}

func teamMembers(c *call) (any, error) {
	query := world.TeamMemberQuery{Page: c.page()}
	if c.has(versions.TeamMembersSorted) {
		query.ByName, query.OnlyActive = c.query("sort") == "Username", c.queryBool("exclude_deleted_users")
	}
	return c.world().TeamMembers(c.session, c.param("team_id"), query)
}

func teamMembersByIDs(c *call) (any, error) {
	ids, err := c.decodeList("user_ids")
	if err != nil {
		return nil, err
	}
	return c.world().TeamMembersByIDs(c.session, c.param("team_id"), ids)
}

func teamMember(c *call) (any, error) {
	return c.world().TeamMember(c.session, c.param("team_id"), c.param("user_id"))
}

func removeTeamMember(c *call) (any, error) {
	return done{}, c.world().RemoveTeamMember(c.session, c.param("team_id"), c.param("user_id"))
}

func setTeamMemberRoles(c *call) (any, error) {
	roles, err := c.decodeRoles()
	if err != nil {
		return nil, err
	}
	return done{}, c.world().SetTeamMemberRoles(c.session, c.param("team_id"), c.param("user_id"), roles)
}

func setTeamMemberStanding(c *call) (any, error) {
	to, err := c.decodeStanding()
	if err != nil {
		return nil, err
	}
	return done{}, c.world().SetTeamMemberStanding(c.session, c.param("team_id"), c.param("user_id"), to)
}

func userTeamMembers(c *call) (any, error) {
	return c.world().TeamMembershipsOf(c.session, c.param("user_id"))
}

// decodeRoles reads the body of the endpoints that give roles by name. No roles
// are roles too, also in a body that cannot be read.
func (c *call) decodeRoles() (string, error) {
	fields, err := c.textFields()
	return fields["roles"], err
}

// decodeStanding reads the body of the endpoints that make members admins.
func (c *call) decodeStanding() (world.Standing, error) {
	var in struct {
		SchemeUser  bool `json:"scheme_user"`
		SchemeAdmin bool `json:"scheme_admin"`
		SchemeGuest bool `json:"scheme_guest" since:"5.36"`
	}
	err := c.decode(&in, "scheme_roles")
	return world.Standing{User: in.SchemeUser, Admin: in.SchemeAdmin, Guest: in.SchemeGuest}, err
}
