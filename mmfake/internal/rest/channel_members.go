package rest

import (
	"fmt"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

var channelMemberRoutes = []route{
	{pattern: "POST /api/v4/channels/{channel_id}/members", serve: addChannelMembers, flags: created},
	{pattern: "GET /api/v4/channels/{channel_id}/members", serve: channelMembers},
	{pattern: "POST /api/v4/channels/{channel_id}/members/ids", serve: channelMembersByIDs},
	{pattern: "GET /api/v4/channels/{channel_id}/members/{user_id}", serve: channelMember},
	{pattern: "DELETE /api/v4/channels/{channel_id}/members/{user_id}", serve: removeChannelMember},
	{pattern: "PUT /api/v4/channels/{channel_id}/members/{user_id}/roles", serve: setChannelMemberRoles},
	{pattern: "PUT /api/v4/channels/{channel_id}/members/{user_id}/schemeRoles", serve: setChannelMemberStanding},
	{pattern: "PUT /api/v4/channels/{channel_id}/members/{user_id}/notify_props", serve: setChannelNotifyProps},
	{pattern: "POST /api/v4/channels/members/{user_id}/view", serve: viewChannel},
	{pattern: "POST /api/v4/channels/members/{user_id}/mark_read", serve: markChannelsRead},
	{pattern: "GET /api/v4/users/{user_id}/channels/{channel_id}/unread", serve: channelUnread},
}

const mostMembersAdded = 1000 // to a channel with one request

// addChannelMembers answers with a list where the body has one, and with an
// object where it names one user.
func addChannelMembers(c *call) (any, error) {
	var in struct {
		UserID  string    `json:"user_id"`
		UserIDs *[]string `json:"user_ids" since:"6.0"`
		RootID  string    `json:"post_root_id"`
	}
	if err := c.decode(&in, "member"); err != nil {
		return nil, err
	}
	if in.UserIDs != nil {
		if len(*in.UserIDs) > mostMembersAdded {
			return nil, world.ErrBodyParam.With(fmt.Sprintf("user_ids: up to %d of them", mostMembersAdded))
		}
		for _, id := range *in.UserIDs {
			if !model.IsValidID(id) {
				return nil, world.ErrBodyParam.With("user_ids")
			}
		}
		return c.world().AddChannelMembers(c.session, c.param("channel_id"), *in.UserIDs, in.RootID)
	}
	if !model.IsValidID(in.UserID) {
		return nil, world.ErrBodyParam.With("user_id")
	}
	return c.world().AddChannelMember(c.session, c.param("channel_id"), in.UserID, in.RootID)
}

func channelMembers(c *call) (any, error) {
	return c.world().ChannelMembers(c.session, c.param("channel_id"), c.page())
}

func channelMembersByIDs(c *call) (any, error) {
	ids, err := c.decodeList("user_ids")
	if err != nil {
		return nil, err
	}
	return c.world().ChannelMembersByIDs(c.session, c.param("channel_id"), ids)
}

func channelMember(c *call) (any, error) {
	return c.world().ChannelMember(c.session, c.param("channel_id"), c.param("user_id"))
}

func removeChannelMember(c *call) (any, error) {
	return done{}, c.world().RemoveChannelMember(c.session, c.param("channel_id"), c.param("user_id"))
}

func setChannelMemberRoles(c *call) (any, error) {
	roles, err := c.decodeRoles()
	if err != nil {
		return nil, err
	}
	return done{}, c.world().SetChannelMemberRoles(c.session, c.param("channel_id"), c.param("user_id"), roles)
}

func setChannelMemberStanding(c *call) (any, error) {
	to, err := c.decodeStanding()
	if err != nil {
		return nil, err
	}
	return done{}, c.world().SetChannelMemberStanding(c.session, c.param("channel_id"), c.param("user_id"), to)
}

func setChannelNotifyProps(c *call) (any, error) {
	props, err := c.textFields()
	if err != nil {
		return nil, err
	}
	return done{}, c.world().SetChannelNotifyProps(c.session, c.param("channel_id"), c.param("user_id"), props)
}

func viewChannel(c *call) (any, error) {
	var in model.ChannelView
	if err := c.decode(&in, "channel_view"); err != nil {
		return nil, err
	}
	return viewResponse(c.world().ViewChannel(c.session, c.param("user_id"), in.ChannelID, in.PrevChannelID, in.CollapsedThreadsSupported))
}

func markChannelsRead(c *call) (any, error) {
	var ids []string
	if err := c.decodePayload(&ids); err != nil {
		return nil, err
	}
	return viewResponse(c.world().MarkRead(c.session, c.param("user_id"), ids))
}

func viewResponse(times map[string]int64, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	return model.ChannelViewResponse{Status: "OK", LastViewedAtTimes: times}, nil
}

func channelUnread(c *call) (any, error) {
	return c.world().ChannelUnread(c.session, c.param("user_id"), c.param("channel_id"))
}
