package world

import (
	"slices"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// mentioned returns the ids of the members whom a post concerns personally, so
// that it counts as a mention for them (facts 4.2). Nobody is mentioned who is
// deactivated, nor an author by himself, save where the post says that it is a webhook's.
// What the server says counts like any other post: a new header of a direct channel
// concerns the other one.
func (w *World) mentioned(c *channel, p *post) []string {
	var ids map[string]bool
	if c.Type == model.ChannelDirect || c.Type == model.ChannelGroup && w.version.Has(versions.GroupMentionsAll) {
		ids = map[string]bool{}
		for id := range c.members {
			ids[id] = true
		}
	} else {
		ids = w.listening(c, p, w.named(c, p, true))
	}
	for id := range ids {
		if u := w.users[id]; u.DeleteAt != 0 || id == p.UserID && !p.fromHook() {
			delete(ids, id)
		}
	}
	if id, ok := p.Props[model.PropAddedUserID].(string); ok && p.Type == model.PostTypeAddToChannel {
		if ids == nil {
			ids = map[string]bool{}
		}
		ids[id] = true
	}
	return w.only(c, ids, nil)
}

// listening adds to the members whom a reply names those who want to hear of every
// reply to what they wrote. With collapsed threads they follow the thread instead.
func (w *World) listening(c *channel, p *post, ids map[string]bool) map[string]bool {
	if p.root == nil || w.version.Has(versions.ThreadsCollapsed) {
		return ids
	}
	for _, other := range append(timeline{p.root}, p.root.replies()...) {
		m := c.members[other.UserID]
		if m == nil || other == p || other == p.root && other.fromHook() {
			continue // who replies to a webhook does not mean its owner
		}
		if level := m.user.NotifyProps["comments"]; level == "any" || level == "root" && other == p.root {
			if ids == nil {
				ids = map[string]bool{}
			}
			ids[other.UserID] = true
		}
	}
	return ids
}

// concerns says whether a stored post concerns a member personally.
func (w *World) concerns(c *channel, p *post, userID string) bool {
	return slices.Contains(w.mentioned(c, p), userID)
}

// only keeps those of the ids that are members, in order.
func (w *World) only(c *channel, ids map[string]bool, list []string) []string {
	for id := range ids {
		if c.members[id] != nil {
			list = append(list, id)
		}
	}
	slices.Sort(list)
	return list
}

// named returns the members whom a post's text or attachments name: by @name, by one
// of their key words or, where those count who are only among everybody, all of them.
func (w *World) named(c *channel, p *post, everybody bool) map[string]bool {
	text := w.mentionText(p)
	if !strings.Contains(text, "@") && len(w.keyed) == 0 && w.version.Has(versions.NameNeedsAt) {
		return nil
	}
	text = spoken(text)
	ids := map[string]bool{}
	for _, name := range namesAfter('@', text) {
		switch name {
		case "channel", "all", "here":
			if everybody && p.Type != model.PostTypeHeaderChange && p.Type != model.PostTypePurposeChange {
				w.addEverybody(c, ids, name == "here")
			}
		default:
			if u := w.names[name]; u != nil {
				ids[u.ID] = true
			}
		}
	}
	for _, u := range w.keyed {
		if c.members[u.ID] != nil && hasKeyword(u, text) {
			ids[u.ID] = true
		}
	}
	if !w.version.Has(versions.NameNeedsAt) {
		w.addBareNames(ids, text)
	}
	return ids
}

// addBareNames adds those who are named without an @ and want to hear of it.
func (w *World) addBareNames(ids map[string]bool, text string) {
	for word := range textWords(text) {
		for _, name := range []string{word, strings.TrimRight(word, ".-:_")} {
			if u := w.names[strings.ToLower(name)]; u != nil && hasKeyword(u, name) {
				ids[u.ID] = true
			}
		}
	}
}

// NamesIn returns the names that a post's text or attachments name with @, in lower
// case and whether or not there is such a user.
func NamesIn(p *model.Post) []string {
	return namesAfter('@', spoken(postText(p.Message, p.Attachments())))
}

// mentionText is what a post says: its message and its attachments' texts.
func (w *World) mentionText(p *post) string {
	list, _ := p.Props[model.PropAttachments].([]*model.Attachment)
	if !w.version.Has(versions.MentionsInAttachments) {
		list = nil
	}
	return postText(p.Message, list)
}

func postText(message string, list []*model.Attachment) string {
	if len(list) == 0 {
		return message
	}
	parts := []string{message}
	for _, a := range list {
		parts = append(parts, a.Pretext, a.Text)
	}
	return strings.Join(parts, "\n")
}

// addEverybody adds the members who listen to @channel, or only those online. In a
// channel with too many nobody is told.
func (w *World) addEverybody(c *channel, ids map[string]bool, online bool) {
	if len(c.members) >= w.config.MaxNotificationsPerChannel {
		return
	}
	for id, m := range c.members {
		if m.user.NotifyProps["channel"] == "false" || w.ignoresAll(m) {
			continue
		}
		if !online || w.online(m.user) {
			ids[id] = true
		}
	}
}

// ignoresAll says whether a member does not listen to @channel and its like in this
// channel: who has muted it does not, unless he says that he does.
func (w *World) ignoresAll(m *member) bool {
	switch level := m.NotifyProps[ignoreMentions]; {
	case !w.version.Has(versions.IgnoreChannelMentions):
		return false
	case level == "" || level == "default":
		return m.IsMuted()
	default:
		return level == "on"
	}
}

// rememberKeywords keeps the list of users that have keywords up to date: most
// have none, and a post should not ask each member.
func (w *World) rememberKeywords(u *user) {
	if callName(u.User) != "" || slices.ContainsFunc(keywords(u.User), func(key string) bool { return strings.TrimPrefix(key, "@") != u.Username }) {
		put(&w.keyed, u.ID, u)
		return
	}
	delete(w.keyed, u.ID)
}
