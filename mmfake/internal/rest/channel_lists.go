package rest

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

var channelListRoutes = []route{
	{pattern: "GET /api/v4/teams/{team_id}/channels", serve: teamList((*world.World).PublicChannels)},
	{pattern: "GET /api/v4/teams/{team_id}/channels/private", serve: teamList((*world.World).PrivateChannels)},
	{pattern: "GET /api/v4/teams/{team_id}/channels/deleted", serve: teamList((*world.World).ArchivedChannels)},
	{pattern: "POST /api/v4/teams/{team_id}/channels/ids", serve: channelsByIDs},
	{pattern: "POST /api/v4/teams/{team_id}/channels/search", serve: searchIn((*world.World).SearchChannels)},
	{pattern: "POST /api/v4/teams/{team_id}/channels/search_archived", serve: searchIn((*world.World).SearchArchivedChannels)},
	{pattern: "GET /api/v4/teams/{team_id}/channels/autocomplete", serve: complete((*world.World).CompleteChannels)},
	{pattern: "GET /api/v4/teams/{team_id}/channels/search_autocomplete", serve: complete((*world.World).CompleteSearch)},
	{pattern: "GET /api/v4/users/{user_id}/channels", serve: userChannels},
	{pattern: "GET /api/v4/users/{user_id}/teams/{team_id}/channels", serve: userChannels},
	{pattern: "GET /api/v4/users/{user_id}/teams/{team_id}/channels/members", serve: userMemberships},
	{pattern: "GET /api/v4/users/{user_id}/channel_members", serve: allUserMemberships},
}

// teamList answers with a page of a team's channels.
func teamList(list func(*world.World, *world.Session, string, world.Page) ([]*model.Channel, error)) handler {
	return func(c *call) (any, error) { return list(c.world(), c.session, c.param("team_id"), c.page()) }
}

// searchIn answers with the channels of a team that the body's term finds.
func searchIn(search func(w *world.World, as *world.Session, teamID, term string) ([]*model.Channel, error)) handler {
	return func(c *call) (any, error) {
		var in struct {
			Term string `json:"term"`
		}
		if err := c.decodeThing(&in, "channel_search"); err != nil {
			return nil, err
		}
		return search(c.world(), c.session, c.param("team_id"), in.Term)
	}
}

// complete answers with the channels of a team that the query's name finds.
func complete(search func(w *world.World, as *world.Session, teamID, name string) ([]*model.Channel, error)) handler {
	return func(c *call) (any, error) {
		return search(c.world(), c.session, c.param("team_id"), c.query("name"))
	}
}

func channelsByIDs(c *call) (any, error) {
	ids, err := c.decodeList("channel_ids")
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		if !model.IsValidID(id) {
			return nil, world.ErrBodyParam.With("channel_id")
		}
	}
	return c.world().PublicChannelsByIDs(c.session, c.param("team_id"), ids)
}

// userChannels answers for one team or, where the path has none, for all: the
// real server streams the latter, so that it has no Etag.
func userChannels(c *call) (any, error) {
	team := c.param("team_id")
	since, _ := strconv.ParseInt(c.query("last_delete_at"), 10, 64)
	if since < 0 {
		return nil, world.ErrURLParam.With("last_delete_at")
	}
	list, err := c.world().ChannelsOf(c.session, c.param("user_id"), team, c.queryBool("include_deleted"), since)
	if err != nil {
		return nil, err
	}
	if team != "" && c.etag(channelsEtag(c, list)) {
		return unchanged{}, nil
	}
	return list, nil
}

// channelsEtag identifies a list of channels as it is now.
func channelsEtag(c *call, list []*model.Channel) string {
	var b strings.Builder
	b.WriteString(c.config.Version)
	for _, ch := range list {
		fmt.Fprintf(&b, ".%s.%d.%d", ch.ID, ch.UpdateAt, ch.LastPostAt)
	}
	return shortTag(b.String())
}

func userMemberships(c *call) (any, error) {
	return c.world().MembershipsOf(c.session, c.param("user_id"), c.param("team_id"))
}

// allUserMemberships answers page by page, or with page=-1 at once.
func allUserMemberships(c *call) (any, error) {
	page := c.page()
	if c.query("page") == "-1" {
		page = world.Everything
	}
	return c.world().AllMembershipsOf(c.session, c.param("user_id"), page)
}
