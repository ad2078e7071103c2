package rest

import (
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

var botRoutes = []route{
	{pattern: "POST /api/v4/bots", serve: createBot, flags: created},
	{pattern: "GET /api/v4/bots", serve: listBots},
	{pattern: "GET /api/v4/bots/{bot_user_id}", serve: getBot},
	{pattern: "PUT /api/v4/bots/{bot_user_id}", serve: patchBot},
	{pattern: "POST /api/v4/bots/{bot_user_id}/disable", serve: disableBot},
	{pattern: "POST /api/v4/bots/{bot_user_id}/enable", serve: enableBot},
	{pattern: "POST /api/v4/bots/{bot_user_id}/assign/{user_id}", serve: assignBot},
	{pattern: "POST /api/v4/bots/{bot_user_id}/convert_to_user", serve: convertToUser},
	{pattern: "POST /api/v4/users/{user_id}/convert_to_bot", serve: convertToBot},
}

func createBot(c *call) (any, error) {
	var in model.Bot
	if err := c.decode(&in, "bot"); err != nil {
		return nil, err
	}
	return c.world().CreateBot(c.session, in)
}

func listBots(c *call) (any, error) {
	return c.world().Bots(c.session, world.BotQuery{
		Deleted: c.queryBool("include_deleted"), Orphaned: c.queryBool("only_orphaned"), Page: c.page(),
	})
}

func getBot(c *call) (any, error) {
	return c.world().Bot(c.session, c.param("bot_user_id"), c.queryBool("include_deleted"))
}

func patchBot(c *call) (any, error) {
	var patch model.BotPatch
	if err := c.decode(&patch, "bot"); err != nil {
		return nil, err
	}
	return c.world().PatchBot(c.session, c.param("bot_user_id"), &patch)
}

func disableBot(c *call) (any, error) {
	return c.world().SwitchBot(c.session, c.param("bot_user_id"), false)
}

func enableBot(c *call) (any, error) {
	return c.world().SwitchBot(c.session, c.param("bot_user_id"), true)
}

func assignBot(c *call) (any, error) {
	return c.world().AssignBot(c.session, c.param("bot_user_id"), c.param("user_id"))
}

func convertToUser(c *call) (any, error) {
	var patch model.UserPatch
	if err := c.decode(&patch, "userPatch"); err != nil {
		return nil, err
	}
	return c.world().ConvertBotToUser(c.session, c.param("bot_user_id"), &patch, c.queryBool("set_system_admin"))
}

func convertToBot(c *call) (any, error) {
	return c.world().ConvertUserToBot(c.session, c.param("user_id"))
}
