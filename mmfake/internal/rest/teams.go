package rest

import (
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

var teamRoutes = []route{
	{pattern: "POST /api/v4/teams", serve: createTeam, flags: created},
	{pattern: "GET /api/v4/teams", serve: listTeams},
	{pattern: "GET /api/v4/teams/{team_id}", serve: getTeam},
	{pattern: "GET /api/v4/teams/name/{team_name}", serve: teamByName},
	{pattern: "GET /api/v4/users/{user_id}/teams", serve: userTeams},
	{pattern: "POST /api/v4/teams/{team_id}/members", serve: addTeamMember, flags: created},
	{pattern: "GET /api/v4/teams/{team_id}/members", serve: teamMembers},
	{pattern: "GET /api/v4/teams/{team_id}/members/{user_id}", serve: teamMember},
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

func userTeams(c *call) (any, error) { return c.world().TeamsOf(c.session, c.param("user_id")) }

func listTeams(c *call) (any, error) {
	list, total := c.world().Teams(c.session, c.page())
	if c.queryBool("include_total_count") {
		return struct {
			Teams      []*model.Team `json:"teams"`
			TotalCount int           `json:"total_count"`
		}{list, total}, nil
	}
	return list, nil
}

func addTeamMember(c *call) (any, error) {
	var in model.TeamMember
	if err := c.decode(&in, "team_member"); err != nil {
		return nil, err
	}
	if in.TeamID != c.param("team_id") {
		return nil, world.ErrBodyParam.With("team_id: the one of the URL")
	}
	if !model.IsValidID(in.UserID) {
		return nil, world.ErrBodyParam.With("user_id")
	}
	return c.world().AddTeamMember(c.session, in.TeamID, in.UserID)
}

func teamMembers(c *call) (any, error) {
	return c.world().TeamMembers(c.session, c.param("team_id"), c.page())
}

func teamMember(c *call) (any, error) {
	return c.world().TeamMember(c.session, c.param("team_id"), c.param("user_id"))
}
