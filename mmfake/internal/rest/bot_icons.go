package rest

import (
	"net/http"
	"strconv"
)

var botIconRoutes = []route{
	{pattern: "GET /api/v4/bots/{bot_user_id}/icon", serve: getBotIcon},
	{pattern: "POST /api/v4/bots/{bot_user_id}/icon", serve: setBotIcon, flags: trusted},
	{pattern: "DELETE /api/v4/bots/{bot_user_id}/icon", serve: deleteBotIcon},
}

func getBotIcon(c *call) (any, error) {
	icon, changed, err := c.world().BotIcon(c.session, c.param("bot_user_id"))
	if err != nil {
		return nil, err
	}
	if c.etag(strconv.FormatInt(changed, 10)) {
		return unchanged{}, nil
	}
	return blob{contentType: "image/svg+xml", body: icon}, nil
}

var botIconProblems = problemsWith("api.bot.set_bot_icon_image", http.StatusBadRequest)

func setBotIcon(c *call) (any, error) {
	id := c.param("bot_user_id")
	if err := c.world().MayManageBot(c.session, id); err != nil {
		return nil, err
	}
	icon, err := c.formPicture(botIconProblems)
	if err != nil {
		return nil, err
	}
	return done{}, c.world().SetBotIcon(c.session, id, icon)
}

func deleteBotIcon(c *call) (any, error) {
	return done{}, c.world().SetBotIcon(c.session, c.param("bot_user_id"), nil)
}
