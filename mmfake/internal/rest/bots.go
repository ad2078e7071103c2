package rest

import "github.com/seed-a46829e6/mattermost-fake/mmfake/model"

var botRoutes = []route{
	{pattern: "POST /api/v4/bots", serve: createBot, flags: created},
}

func createBot(c *call) (any, error) {
	var in model.Bot
	if err := c.decode(&in, "bot"); err != nil {
		return nil, err
	}
	return c.world().CreateBot(c.session, in)
}
