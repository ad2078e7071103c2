package rest

import (
	"net/http"
	"strconv"
)

const teamIconPath = "/api/v4/teams/{team_id}/image"

var teamIconRoutes = []route{
	{pattern: "GET " + teamIconPath, serve: getTeamIcon},
	{pattern: "POST " + teamIconPath, serve: setTeamIcon, flags: trusted},
	{pattern: "DELETE " + teamIconPath, serve: removeTeamIcon},
}

func getTeamIcon(c *call) (any, error) {
	icon, changed, err := c.world().TeamIcon(c.session, c.param("team_id"))
	if err != nil {
		return nil, err
	}
	if c.etag(strconv.FormatInt(changed, 10)) {
		return unchanged{}, nil
	}
	return c.portrait(icon, "max-age=86400, private")
}

var teamIconProblems = problemsWith("api.team.set_team_icon", http.StatusBadRequest)

func setTeamIcon(c *call) (any, error) {
	id := c.param("team_id")
	if err := c.world().MayChangeTeamIcon(c.session, id); err != nil {
		return nil, err
	}
	icon, err := c.formPicture(teamIconProblems)
	if err != nil {
		return nil, err
	}
	return done{}, c.world().SetTeamIcon(c.session, id, icon)
}

func removeTeamIcon(c *call) (any, error) {
	return done{}, c.world().RemoveTeamIcon(c.session, c.param("team_id"))
}
