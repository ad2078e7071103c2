package rest

import (
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

var commandRoutes = []route{
	{pattern: "POST /api/v4/commands", serve: createCommand, flags: created},
	{pattern: "GET /api/v4/commands", serve: listCommands},
	{pattern: "POST /api/v4/commands/execute", serve: executeCommand},
	{pattern: "GET /api/v4/commands/{command_id}", serve: getCommand},
	{pattern: "PUT /api/v4/commands/{command_id}", serve: updateCommand},
	{pattern: "DELETE /api/v4/commands/{command_id}", serve: deleteCommand},
	{pattern: "PUT /api/v4/commands/{command_id}/regen_token", serve: regenCommandToken},
	{pattern: "PUT /api/v4/commands/{command_id}/move", serve: moveCommand},
	{pattern: "GET /api/v4/teams/{team_id}/commands/autocomplete", serve: offeredCommands},
	{pattern: "GET /api/v4/teams/{team_id}/commands/autocomplete_suggestions", serve: commandSuggestions},
	{pattern: "POST /hooks/commands/{hook_id}", serve: answerCommandLater, flags: open | trusted | page},
}

func createCommand(c *call) (any, error) {
	var in model.Command
	if err := c.decode(&in, "command"); err != nil {
		return nil, err
	}
	return c.world().CreateCommand(c.session, in)
}

func updateCommand(c *call) (any, error) {
	var in model.Command
	if err := c.decode(&in, "command"); err != nil {
		return nil, err
	}
	if in.ID != c.param("command_id") {
		return nil, world.ErrBodyParam.With("id: the one of the URL")
	}
	return c.world().UpdateCommand(c.session, in)
}

func getCommand(c *call) (any, error) {
	return c.world().Command(c.session, c.param("command_id"))
}

func deleteCommand(c *call) (any, error) {
	return done{}, c.world().DeleteCommand(c.session, c.param("command_id"))
}

func regenCommandToken(c *call) (any, error) {
	token, err := c.world().RegenerateCommandToken(c.session, c.param("command_id"))
	return map[string]string{"token": token}, err
}

func moveCommand(c *call) (any, error) {
	var in struct {
		TeamID string `json:"team_id"`
	}
	if err := c.decode(&in, "team_id"); err != nil {
		return nil, err
	}
	return done{}, c.world().MoveCommand(c.session, c.param("command_id"), in.TeamID)
}

func listCommands(c *call) (any, error) {
	team := c.query("team_id")
	if team == "" {
		return nil, world.ErrBodyParam.With("team_id")
	}
	if c.queryBool("custom_only") {
		return c.world().CustomCommands(c.session, team)
	}
	return c.world().Commands(c.session, team, false)
}

func offeredCommands(c *call) (any, error) {
	return c.world().Commands(c.session, c.param("team_id"), true)
}

func commandSuggestions(c *call) (any, error) {
	return c.world().CommandSuggestions(c.session, c.param("team_id"), c.query("user_input"))
}

// executeCommand answers when the command's integration has answered.
func executeCommand(c *call) (any, error) {
	var in model.CommandArgs
	if err := c.decode(&in, "command_args"); err != nil {
		return nil, err
	}
	in.SiteURL = c.siteURL()
	result, _, err := c.api.Outgoing.RunCommand(c.session, in)
	if err != nil {
		return nil, err
	}
	return result.Response, nil
}

// siteURL is where the client reached the server.
func (c *call) siteURL() string {
	if c.secure() {
		return "https://" + c.r.Host
	}
	return "http://" + c.r.Host
}

// answerCommandLater takes an answer at a command's response_url.
func answerCommandLater(c *call) (any, error) {
	id := c.param("hook_id")
	body, err := c.readBody()
	if err != nil {
		return nil, err
	}
	response, err := c.world().CommandResponseFrom(c.r.Header.Get("Content-Type"), body)
	if err != nil {
		return nil, errCommandHookParse.With(err)
	}
	if _, err := c.world().AnswerCommandLater(id, response); err != nil {
		return nil, c.wrapHookError(errCommandHook, id, err)
	}
	return blob{"text/plain", []byte("ok")}, nil
}
