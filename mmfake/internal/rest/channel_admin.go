package rest

import (
	"strconv"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// The endpoints about the channels of all teams.
var channelAdminRoutes = []route{
	{pattern: "GET /api/v4/channels", serve: listAllChannels},
	{pattern: "POST /api/v4/channels/search", serve: searchAllChannels},
	{pattern: "POST /api/v4/channels/group/search", serve: searchGroups},
	{pattern: "POST /api/v4/channels/{channel_id}/move", serve: moveChannel},
}

// channelsPage is a part of a list of channels, for clients that ask how many there
// are.
type channelsPage struct {
	Channels   []*model.ChannelWithTeam `json:"channels"`
	TotalCount int                      `json:"total_count"`
}

func listAllChannels(c *call) (any, error) {
	list, total, err := c.world().AllChannels(c.session, world.ChannelQuery{
		Archived: c.queryBool("include_deleted"), NoDefaults: c.queryBool("exclude_default_channels"), Page: c.page(),
	})
	if err == nil && c.queryBool("include_total_count") {
		return channelsPage{list, total}, nil
	}
	return list, err
}

const mostChannelsFound = 100 // by a search without pages

func searchAllChannels(c *call) (any, error) {
	var in struct {
		Term            string   `json:"term"`
		TeamIDs         []string `json:"team_ids" since:"5.36"`
		Public          bool     `json:"public" since:"5.36"`
		Private         bool     `json:"private" since:"5.36"`
		Deleted         bool     `json:"deleted" since:"5.36"`
		IncludeDeleted  bool     `json:"include_deleted" since:"6.0"`
		ExcludeDefaults bool     `json:"exclude_default_channels"`
		Page            *int     `json:"page"`
		PerPage         *int     `json:"per_page"`
	}
	if err := c.decodeThing(&in, "channel_search"); err != nil {
		return nil, err
	}
	if text := c.query("system_console"); text != "" && c.has(versions.OwnChannelsSearched) {
		console, err := strconv.ParseBool(text)
		if err != nil {
			return nil, world.ErrBodyParam.With("system_console: true or false")
		}
		if !console {
			return c.world().CompleteAllChannels(c.session, in.Term), nil
		}
	}
	query := world.ChannelQuery{
		Term: in.Term, TeamIDs: in.TeamIDs, Public: in.Public, Private: in.Private, OnlyArchived: in.Deleted,
		Archived: in.IncludeDeleted || c.queryBool("include_deleted"), NoDefaults: in.ExcludeDefaults,
		Page: world.Page{PerPage: mostChannelsFound},
	}
	paged := in.Page != nil && in.PerPage != nil
	if paged {
		query.Page = world.Page{Number: *in.Page, PerPage: *in.PerPage}
	}
	list, total, err := c.world().AllChannels(c.session, query)
	if err == nil && paged {
		return channelsPage{list, total}, nil
	}
	return list, err
}

func searchGroups(c *call) (any, error) {
	var in struct {
		Term string `json:"term"`
	}
	if err := c.decodeThing(&in, "channel_search"); err != nil {
		return nil, err
	}
	return c.world().SearchGroups(c.session, in.Term), nil
}

func moveChannel(c *call) (any, error) {
	var in struct {
		TeamID *string `json:"team_id"`
		Force  *bool   `json:"force"`
	}
	if err := c.decodeTyped(&in, "team_id"); err != nil {
		return nil, err
	}
	switch {
	case in.TeamID == nil:
		return nil, world.ErrBodyParam.With("team_id")
	case in.Force == nil:
		return nil, world.ErrBodyParam.With("force")
	}
	return c.world().MoveChannel(c.session, c.param("channel_id"), *in.TeamID, *in.Force)
}
