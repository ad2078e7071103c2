package world

import (
	"slices"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// tellPosted publishes a new post. mentioned are the ids of those whom it
// mentions: each of them is told so, and nobody is told of others.
func (w *World) tellPosted(c *channel, p *post, by authorship, mentioned []string) {
	if !w.heard() {
		return
	}
	shown := w.dressNew(p, by.sent)
	data := map[string]any{
		"post":                 w.inJSON(shown),
		"channel_type":         c.Type,
		"channel_display_name": w.displayNameFor(c, by.user),
		"channel_name":         c.Name,
		"sender_name":          w.senderName(c, p, by),
		"team_id":              c.TeamID,
		"set_online":           by.setOnline || !w.version.Has(versions.HooksLeaveStatus),
	}
	w.noteFiles(p, data)
	e := &Event{Name: model.EventPosted, Data: data, Broadcast: toChannel(c.ID), Author: by.user.ID}
	e.Own = map[string][]string{}
	if len(mentioned) > 0 {
		e.Own["mentions"] = mentioned
	}
	if followers := w.followers(c, p); len(followers) > 0 && w.version.Has(versions.FollowersTold) {
		e.Own["followers"] = followers
	}
	w.tellEach(e, shown)
	w.publish(e)
}

// displayNameFor is what a posted event calls the channel: a direct channel is
// called after the author, a group after all its members.
func (w *World) displayNameFor(c *channel, author *user) string {
	switch c.Type {
	case model.ChannelDirect:
		if !w.version.Has(versions.DirectNameInEvents) {
			return ""
		}
		return "@" + author.Username
	case model.ChannelGroup:
		names := make([]string, len(c.order))
		for i, m := range c.order {
			names[i] = m.user.Username
		}
		slices.Sort(names)
		return strings.Join(names, ", ")
	}
	return c.DisplayName
}

func (w *World) senderName(c *channel, p *post, by authorship) string {
	if p.isSystem() {
		if w.version.Has(versions.SystemAsSender) {
			return "System"
		}
		return ""
	}
	if p.fromHook() && w.config.EnablePostUsernameOverride && (c.Type != model.ChannelDirect || !w.version.Has(versions.SenderWithAt)) {
		if name, ok := p.Props[model.PropOverrideUsername].(string); ok {
			return name
		}
	}
	if !w.version.Has(versions.SenderWithAt) {
		return by.user.Username
	}
	return "@" + by.user.Username
}
