package rest

import (
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

var channelMemberRoutes = []route{
	{pattern: "POST /api/v4/channels/{channel_id}/members", serve: addChannelMember, flags: created},
	{pattern: "GET /api/v4/channels/{channel_id}/members", serve: channelMembers},
	{pattern: "GET /api/v4/channels/{channel_id}/members/{user_id}", serve: channelMember},
}

func addChannelMember(c *call) (any, error) {
	var in struct {
		UserID string `json:"user_id"`
	}
	if err := c.decode(&in, "member"); err != nil {
		return nil, err
	}
	if !model.IsValidID(in.UserID) {
		return nil, world.ErrBodyParam.With("user_id")
	}
	return c.world().AddChannelMember(c.session, c.param("channel_id"), in.UserID)
}

func channelMembers(c *call) (any, error) {
	return c.world().ChannelMembers(c.session, c.param("channel_id"), c.page())
}

func channelMember(c *call) (any, error) {
	return c.world().ChannelMember(c.session, c.param("channel_id"), c.param("user_id"))
}
