package rest

import (
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

var teamRoutes = []route{
	{pattern: "POST /api/v4/teams", serve: createTeam, flags: created},
	{pattern: "GET /api/v4/teams", serve: listTeams},
	{pattern: "POST /api/v4/teams/search", serve: searchTeams},
	{pattern: "GET /api/v4/teams/{team_id}", serve: getTeam},
	{pattern: "PUT /api/v4/teams/{team_id}", serve: updateTeam},
	{pattern: "PUT /api/v4/teams/{team_id}/patch", serve: patchTeam},
	{pattern: "PUT /api/v4/teams/{team_id}/privacy", serve: setTeamPrivacy},
	{pattern: "DELETE /api/v4/teams/{team_id}", serve: deleteTeam},
	{pattern: "POST /api/v4/teams/{team_id}/restore", serve: restoreTeam},
	{pattern: "POST /api/v4/teams/{team_id}/regenerate_invite_id", serve: renewInvitation},
	{pattern: "GET /api/v4/teams/{team_id}/stats", serve: teamStats},
	{pattern: "GET /api/v4/teams/name/{team_name}", serve: teamByName},
	{pattern: "GET /api/v4/teams/name/{team_name}/exists", serve: teamExists},
	{pattern: "GET /api/v4/teams/invite/{invitation}", serve: inviteInfo, flags: open},
	{pattern: "GET /api/v4/users/{user_id}/teams", serve: userTeams},
	{pattern: "GET /api/v4/users/{user_id}/teams/unread", serve: teamsUnread},
	{pattern: "GET /api/v4/users/{user_id}/teams/{team_id}/unread", serve: teamUnread},
}

func createTeam(c *call) (any, error) {
	var in model.Team
	if err := c.decode(&in, "team"); err != nil {
		return nil, err
	}
	return c.world().CreateTeam(c.session, in)
}

func getTeam(c *call) (any, error) { return c.world().Team(c.session, c.param("team_id")) }

func teamByName(c *call) (any, error) { return c.world().TeamByName(c.session, c.param("team_name")) }

func teamExists(c *call) (any, error) {
	return model.TeamExists{Exists: c.world().TeamExists(c.session, c.param("team_name"))}, nil
}

func inviteInfo(c *call) (any, error) { return c.world().InviteInfo(c.param("invitation")) }

func updateTeam(c *call) (any, error) {
	var in model.Team
	if err := c.decode(&in, "team"); err != nil {
		return nil, err
	}
	if !c.has(versions.TeamIDMatches) {
		in.ID = c.param("team_id")
	}
	if in.ID != c.param("team_id") {
		return nil, world.ErrBodyParam.With("id: the one of the URL")
	}
	return c.world().UpdateTeam(c.session, in)
}

func patchTeam(c *call) (any, error) {
	var in model.TeamPatch
	if err := c.decode(&in, "team"); err != nil {
		return nil, err
	}
	return c.world().PatchTeam(c.session, c.param("team_id"), &in)
}

func setTeamPrivacy(c *call) (any, error) {
	privacy, err := c.decodePrivacy()
	if err != nil {
		return nil, err
	}
	return c.world().SetTeamPrivacy(c.session, c.param("team_id"), privacy)
}

// decodePrivacy reads the body of the endpoints that make teams and channels
// public or private.
func (c *call) decodePrivacy() (string, error) {
	var in struct {
		Privacy string `json:"privacy"`
	}
	err := c.decode(&in, "privacy")
	return in.Privacy, err
}

func deleteTeam(c *call) (any, error) {
	return done{}, c.world().DeleteTeam(c.session, c.param("team_id"), c.queryBool("permanent"))
}

func restoreTeam(c *call) (any, error) { return c.world().RestoreTeam(c.session, c.param("team_id")) }

func renewInvitation(c *call) (any, error) {
	return c.world().RenewInvitation(c.session, c.param("team_id"))
}

func teamStats(c *call) (any, error) { return c.world().TeamStats(c.session, c.param("team_id")) }

func userTeams(c *call) (any, error) { return c.world().TeamsOf(c.session, c.param("user_id")) }

func teamsUnread(c *call) (any, error) {
	return c.world().TeamsUnread(c.session, c.param("user_id"), c.query("exclude_team"), c.query("include_collapsed_threads") == "true")
}

func teamUnread(c *call) (any, error) {
	return c.world().TeamUnread(c.session, c.param("user_id"), c.param("team_id"))
}

// teamsPage is a part of a list of teams, for clients that ask how many there are.
type teamsPage struct {
	Teams      []*model.Team `json:"teams"`
	TotalCount int           `json:"total_count"`
}

func listTeams(c *call) (any, error) {
	list, total := c.world().Teams(c.session, c.page())
	if c.queryBool("include_total_count") {
		return teamsPage{list, total}, nil
	}
	return list, nil
}

func searchTeams(c *call) (any, error) {
	var in struct {
		Term    string `json:"term"`
		Page    *int   `json:"page" since:"5.36"`
		PerPage *int   `json:"per_page" since:"5.36"`
	}
	if err := c.decode(&in, "team_search"); err != nil {
		return nil, err
	}
	if in.Page != nil || in.PerPage != nil {
		if err := c.world().MaySearchTeamPages(c.session); err != nil {
			return nil, err
		}
	}
	if in.Page == nil || in.PerPage == nil {
		list, _, err := c.world().SearchTeams(c.session, in.Term, nil)
		return list, err
	}
	list, total, err := c.world().SearchTeams(c.session, in.Term, &world.Page{Number: *in.Page, PerPage: min(*in.PerPage, mostPerPage)})
	return teamsPage{list, total}, err
}
