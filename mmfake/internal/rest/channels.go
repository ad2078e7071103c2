package rest

import (
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

var channelRoutes = []route{
	{pattern: "POST /api/v4/channels", serve: createChannel, flags: created},
	{pattern: "POST /api/v4/channels/direct", serve: directChannel, flags: created},
	{pattern: "POST /api/v4/channels/group", serve: groupChannel, flags: created},
	{pattern: "GET /api/v4/channels/{channel_id}", serve: getChannel},
	{pattern: "PUT /api/v4/channels/{channel_id}", serve: updateChannel},
	{pattern: "PUT /api/v4/channels/{channel_id}/patch", serve: patchChannel},
	{pattern: "PUT /api/v4/channels/{channel_id}/privacy", serve: setChannelPrivacy},
	{pattern: "POST /api/v4/channels/{channel_id}/convert", serve: makeChannelPrivate},
	{pattern: "DELETE /api/v4/channels/{channel_id}", serve: archiveChannel},
	{pattern: "POST /api/v4/channels/{channel_id}/restore", serve: restoreChannel},
	{pattern: "GET /api/v4/channels/{channel_id}/stats", serve: channelStats},
	{pattern: "GET /api/v4/channels/{channel_id}/timezones", serve: channelTimezones},
	{pattern: "GET /api/v4/channels/{channel_id}/common_teams", serve: commonTeams},
	{pattern: "GET /api/v4/teams/{team_id}/channels/name/{channel_name}", serve: channelByName},
	{pattern: "GET /api/v4/teams/name/{team_name}/channels/name/{channel_name}", serve: channelByNames},
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

func channelByName(c *call) (any, error) {
	return c.world().ChannelByName(c.session, c.param("team_id"), c.param("channel_name"), c.queryBool("include_deleted"))
}

func channelByNames(c *call) (any, error) {
	return c.world().ChannelByNames(c.session, c.param("team_name"), c.param("channel_name"), c.queryBool("include_deleted"))
}

func updateChannel(c *call) (any, error) {
	var in model.Channel
	if err := c.decode(&in, "channel"); err != nil {
		return nil, err
	}
	if in.ID != c.param("channel_id") && c.has(versions.ChannelIDMatches) {
		return nil, world.ErrBodyParam.With("id: the one of the URL")
	}
	return c.world().UpdateChannel(c.session, in)
}

func patchChannel(c *call) (any, error) {
	var in model.ChannelPatch
	if err := c.decodeThing(&in, "channel"); err != nil {
		return nil, err
	}
	return c.world().PatchChannel(c.session, c.param("channel_id"), &in)
}

func setChannelPrivacy(c *call) (any, error) {
	privacy, err := c.decodePrivacy()
	if err != nil {
		return nil, err
	}
	return c.world().SetChannelPrivacy(c.session, c.param("channel_id"), privacy)
}

func makeChannelPrivate(c *call) (any, error) {
	return c.world().MakeChannelPrivate(c.session, c.param("channel_id"))
}

func archiveChannel(c *call) (any, error) {
	return done{}, c.world().ArchiveChannel(c.session, c.param("channel_id"), c.queryBool("permanent"))
}

func restoreChannel(c *call) (any, error) {
	return c.world().RestoreChannel(c.session, c.param("channel_id"))
}

func channelStats(c *call) (any, error) {
	stats, err := c.world().ChannelStats(c.session, c.param("channel_id"))
	if err != nil {
		return nil, err
	}
	if c.queryBool("exclude_files_count") && c.has(versions.FilesLeftUncounted) {
		stats.FilesCount = -1
	}
	return stats, nil
}

func channelTimezones(c *call) (any, error) {
	return c.world().ChannelTimezones(c.session, c.param("channel_id"))
}

func commonTeams(c *call) (any, error) {
	return c.world().CommonTeams(c.session, c.param("channel_id"))
}
