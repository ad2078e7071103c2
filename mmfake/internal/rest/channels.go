package rest

import (
	"fmt"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

var channelRoutes = []route{
	{pattern: "POST /api/v4/channels", serve: createChannel, flags: created},
	{pattern: "POST /api/v4/channels/direct", serve: directChannel, flags: created},
	{pattern: "POST /api/v4/channels/group", serve: groupChannel, flags: created},
	{pattern: "GET /api/v4/channels/{channel_id}", serve: getChannel},
	{pattern: "GET /api/v4/teams/{team_id}/channels", serve: publicChannels},
	{pattern: "GET /api/v4/teams/{team_id}/channels/name/{channel_name}", serve: channelByName},
	{pattern: "GET /api/v4/teams/name/{team_name}/channels/name/{channel_name}", serve: channelByNames},
	{pattern: "GET /api/v4/users/{user_id}/teams/{team_id}/channels", serve: userChannels},
}

func createChannel(c *call) (any, error) {
	var in model.Channel
	if err := c.decode(&in, "channel"); err != nil {
		return nil, err
	}
	return c.world().CreateChannel(c.session, in)
}

func directChannel(c *call) (any, error) {
	var ids []string
	if err := c.decodePayload(&ids); err != nil {
		return nil, err
	}
	return c.world().DirectChannel(c.session, ids)
}

func groupChannel(c *call) (any, error) {
	var ids []string
	if err := c.decodePayload(&ids); err != nil {
		return nil, err
	}
	return c.world().GroupChannel(c.session, ids)
}

func getChannel(c *call) (any, error) { return c.world().Channel(c.session, c.param("channel_id")) }

func publicChannels(c *call) (any, error) {
	return c.world().PublicChannels(c.session, c.param("team_id"), c.page())
}

func channelByName(c *call) (any, error) {
	return c.world().ChannelByName(c.session, c.param("team_id"), c.param("channel_name"), c.queryBool("include_deleted"))
}

func channelByNames(c *call) (any, error) {
	return c.world().ChannelByNames(c.session, c.param("team_name"), c.param("channel_name"), c.queryBool("include_deleted"))
}

func userChannels(c *call) (any, error) {
	list, err := c.world().ChannelsOf(c.session, c.param("user_id"), c.param("team_id"), c.queryBool("include_deleted"))
	if err != nil {
		return nil, err
	}
	if c.etag(channelsEtag(c, list)) {
		return unchanged{}, nil
	}
	return list, nil
}

// channelsEtag identifies a list of channels as it is now.
func channelsEtag(c *call, list []*model.Channel) string {
	var b strings.Builder
	b.WriteString(c.world().Config().Version)
	for _, ch := range list {
		fmt.Fprintf(&b, ".%s.%d.%d", ch.ID, ch.UpdateAt, ch.LastPostAt)
	}
	return shortTag(b.String())
}
