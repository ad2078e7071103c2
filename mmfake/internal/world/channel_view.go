package world

import (
	"maps"
	"slices"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// ViewChannels marks all posts of channels as read by a user, and returns the
// times up to which he has seen them, by channel id (facts 3.8). Channels that he
// is not in are left out. He is told once, if there was anything unread. A client
// that shows no threads apart reads with the channels their threads.
func (w *World) ViewChannels(as *Session, userID string, channelIDs []string, threadsApart bool) (map[string]int64, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.mayManageUser(as, userID) {
		return nil, ErrPermission.With(EditOtherUsers)
	}
	times := map[string]int64{}
	var news []string
	for _, id := range channelIDs {
		c := w.channels[id]
		if c == nil || c.members[userID] == nil {
			continue
		}
		m := c.members[userID]
		times[id] = max(c.LastPostAt, m.LastViewedAt)
		if c.unreadBy(m) {
			news = append(news, id)
			w.sawChannel(c, m, times[id])
		}
	}
	if len(news) == 0 {
		return times, nil
	}
	w.tellViewed(userID, times)
	if collapsed := w.version.Has(versions.ThreadsCollapsed); !threadsApart || !collapsed {
		w.readThreadsOf(userID, news, collapsed)
	}
	return times, nil
}

// tellViewed tells a user up to when he has seen channels: his other clients
// want to know, unless the setting says that they do not.
func (w *World) tellViewed(userID string, times map[string]int64) {
	if !w.config.EnableChannelViewedMessages {
		return
	}
	if w.version.Has(versions.ViewedTogether) {
		w.publish(&Event{Name: model.EventMultipleChannelsViewed, Data: map[string]any{"channel_times": times}, Broadcast: toUser(userID)})
		return
	}
	for _, id := range slices.Sorted(maps.Keys(times)) {
		w.publish(&Event{Name: model.EventChannelViewed, Data: map[string]any{"channel_id": id}, Broadcast: toUser(userID)})
	}
}

// unreadBy says whether a channel has posts or mentions that a member has not
// read.
func (c *channel) unreadBy(m *member) bool {
	return m.MsgCount < c.TotalMsgCount || m.MsgCountRoot < c.TotalMsgCountRoot || m.MentionCount > 0 || m.MentionCountRoot > 0
}

// ChannelUnread counts what a user has not read in a channel.
func (w *World) ChannelUnread(as *Session, userID, channelID string) (*model.ChannelUnread, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	c := w.channels[channelID]
	switch {
	case !w.mayManageUser(as, userID):
		return nil, ErrPermission.With(EditOtherUsers)
	case !w.mayInChannel(as, c, ReadChannel):
		return nil, ErrPermission.With(ReadChannel)
	case c.members[userID] == nil:
		return nil, errUnreadOutsider.With()
	}
	return c.unread(c.members[userID]), nil
}

// unread counts what a member has not read. A muted channel has mentions only.
func (c *channel) unread(m *member) *model.ChannelUnread {
	count := &model.ChannelUnread{
		TeamID: c.TeamID, ChannelID: c.ID,
		MsgCount: max(0, c.TotalMsgCount-m.MsgCount), MsgCountRoot: max(0, c.TotalMsgCountRoot-m.MsgCountRoot),
		MentionCount: m.MentionCount, MentionCountRoot: m.MentionCountRoot, UrgentMentionCount: m.UrgentMentionCount,
	}
	if m.IsMuted() {
		count.MsgCount, count.MsgCountRoot = 0, 0
	}
	return count
}

// TeamsUnread counts what a user has not read in his teams, but for the one with
// the id except.
func (w *World) TeamsUnread(as *Session, userID, except string) ([]*model.TeamUnread, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if !w.mayManageUser(as, userID) {
		return nil, ErrPermission.With(EditOtherUsers)
	}
	list := []*model.TeamUnread{}
	for _, t := range w.teamsOf(userID) {
		if t.ID != except {
			list = append(list, w.unreadIn(t, userID))
		}
	}
	return list, nil
}

// TeamUnread counts what a user has not read in a team.
func (w *World) TeamUnread(as *Session, userID, teamID string) (*model.TeamUnread, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	switch {
	case !w.mayManageUser(as, userID):
		return nil, ErrPermission.With(EditOtherUsers)
	case !w.mayInTeam(as, teamID, ViewTeam):
		return nil, ErrPermission.With(ViewTeam)
	case w.teams[teamID] == nil:
		return nil, errTeamUnknown.With()
	}
	return w.unreadIn(w.teams[teamID], userID), nil
}

func (w *World) unreadIn(t *team, userID string) *model.TeamUnread {
	sum := &model.TeamUnread{TeamID: t.ID}
	u := w.users[userID]
	if u == nil {
		return sum
	}
	for _, c := range u.channels {
		if c.TeamID != t.ID || c.DeleteAt != 0 {
			continue
		}
		count := c.unread(c.members[userID])
		sum.MsgCount += count.MsgCount
		sum.MsgCountRoot += count.MsgCountRoot
		sum.MentionCount += count.MentionCount
		sum.MentionCountRoot += count.MentionCountRoot
	}
	return sum
}

// ChannelTimezones returns the time zones that a channel's members live in.
func (w *World) ChannelTimezones(as *Session, channelID string) ([]string, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	c := w.channels[channelID]
	if !w.mayInChannel(as, c, ReadChannel) {
		return nil, ErrPermission.With(ReadChannel)
	}
	zones := []string{}
	for _, m := range c.order {
		zone := m.user.Timezone["manualTimezone"]
		if m.user.Timezone["useAutomaticTimezone"] == "true" {
			zone = m.user.Timezone["automaticTimezone"]
		}
		if zone != "" && !slices.Contains(zones, zone) {
			zones = append(zones, zone)
		}
	}
	return zones, nil
}

// CommonTeams returns the teams that all members of a group channel are in.
func (w *World) CommonTeams(as *Session, channelID string) ([]*model.Team, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	c := w.channels[channelID]
	switch {
	case !w.mayInChannel(as, c, ReadChannel):
		return nil, ErrPermission.With(ReadChannel)
	case c.Type != model.ChannelGroup:
		return nil, errNoGroup.With()
	}
	list := []*model.Team{}
	for _, t := range w.teamsOf(c.order[0].UserID) {
		if !slices.ContainsFunc(c.order, func(m *member) bool { return !t.active(m.UserID) }) {
			list = append(list, w.teamFor(as, t))
		}
	}
	return list, nil
}
