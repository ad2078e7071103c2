package world

import (
	"maps"
	"slices"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// ViewChannel notes that a user shows a channel, and showed another one before, each
// "" for none: all their posts are read, and he is there (facts 3.8). It returns the
// times up to which he has seen them, by channel id. A client that shows no threads
// apart reads with the channels their threads.
func (w *World) ViewChannel(as *Session, userID, channelID, before string, threadsApart bool) (map[string]int64, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.mayManageUser(as, userID) {
		return nil, ErrPermission.With(EditOtherUsers)
	}
	ids := []string{}
	for _, id := range []string{channelID, before} {
		switch {
		case id == "":
		case !model.IsValidID(id):
			return nil, ErrBodyParam.With("channel_id")
		default:
			ids = append(ids, id)
		}
	}
	u := w.users[userID]
	if u == nil {
		return nil, errUserUnknown.With()
	}
	w.looksAt(u, channelID)
	return w.viewed(u, ids, channelID, threadsApart)
}

// MarkRead is ViewChannel for channels that the user need not show.
func (w *World) MarkRead(as *Session, userID string, channelIDs []string) (map[string]int64, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	u, err := w.managedUser(as, userID)
	if err != nil {
		return nil, err
	}
	return w.viewed(u, channelIDs, "", true)
}

// viewed marks all posts of channels as read by a user, and tells him once, if there
// was anything unread. Channels that he is not in are left out. The one that he
// shows now is "" for none.
func (w *World) viewed(u *user, channelIDs []string, shown string, threadsApart bool) (map[string]int64, error) {
	if !w.version.Has(versions.ViewedTogether) {
		return w.viewedEach(u, channelIDs, shown, threadsApart)
	}
	times := map[string]int64{}
	var news []string
	for _, id := range channelIDs {
		c := w.channels[id]
		if c == nil || c.members[u.ID] == nil {
			continue
		}
		m := c.members[u.ID]
		times[id] = max(c.LastPostAt, m.LastViewedAt)
		if c.unreadBy(m) {
			news = append(news, id)
			w.sawChannel(c, m, times[id])
		}
	}
	if len(news) == 0 {
		return times, nil
	}
	w.tellViewed(u.ID, times)
	w.readThreadsWith(u, news, threadsApart)
	return times, nil
}

// viewedEach is viewed as old versions do it: they tell of each channel, also where
// all was read or the user is none of its members, and fail where there is none.
func (w *World) viewedEach(u *user, channelIDs []string, shown string, threadsApart bool) (map[string]int64, error) {
	times := map[string]int64{}
	var news []string
	for _, id := range channelIDs {
		if c := w.channels[id]; c != nil {
			times[id] = c.LastPostAt
			if m := c.members[u.ID]; m != nil {
				times[id] = max(c.LastPostAt, m.LastViewedAt)
				if c.unreadBy(m) {
					news = append(news, id)
				}
				w.sawChannel(c, m, times[id])
			}
		}
	}
	if len(times) == 0 && len(channelIDs) > 0 {
		return nil, errViewUnknown.With()
	}
	for _, id := range channelIDs {
		if id == shown || w.version.Has(versions.ChannelBeforeTold) {
			w.tellViewed(u.ID, map[string]int64{id: times[id]})
		}
	}
	w.readThreadsWith(u, news, threadsApart)
	return times, nil
}

// readThreadsWith marks the threads of channels that a user has read as read too,
// unless his client shows them apart.
func (w *World) readThreadsWith(u *user, channelIDs []string, threadsApart bool) {
	if collapsed := w.version.Has(versions.ThreadsCollapsed); len(channelIDs) > 0 && (!threadsApart || !collapsed) {
		w.readThreadsOf(u.ID, channelIDs, collapsed)
	}
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
// the id except. With threads it counts also the threads that he follows there.
func (w *World) TeamsUnread(as *Session, userID, except string, threads bool) ([]*model.TeamUnread, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if !w.mayManageUser(as, userID) {
		return nil, ErrPermission.With(EditOtherUsers)
	}
	list := []*model.TeamUnread{}
	for _, t := range w.teamsOf(userID) {
		if t.ID == except {
			continue
		}
		sum := w.unreadIn(t.ID, userID)
		if threads {
			w.addThreadsUnread(sum, userID)
		}
		list = append(list, sum)
	}
	return list, nil
}

// TeamUnread counts what a user has not read in a team: in an unknown one nothing.
func (w *World) TeamUnread(as *Session, userID, teamID string) (*model.TeamUnread, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	switch {
	case !w.mayManageUser(as, userID):
		return nil, ErrPermission.With(EditOtherUsers)
	case !w.mayInTeam(as, teamID, ViewTeam):
		return nil, ErrPermission.With(ViewTeam)
	}
	return w.unreadIn(teamID, userID), nil
}

func (w *World) unreadIn(teamID, userID string) *model.TeamUnread {
	sum := &model.TeamUnread{TeamID: teamID}
	u := w.users[userID]
	if u == nil {
		return sum
	}
	for _, c := range u.channels {
		if c.TeamID != teamID || c.DeleteAt != 0 {
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
	c, err := w.channelWith(as, channelID, ReadChannel)
	if err != nil {
		return nil, err
	}
	zones := []string{}
	for _, m := range c.order {
		zone := m.user.Timezone["manualTimezone"]
		if m.user.Timezone[model.TimezoneUseAutomatic] == "true" {
			zone = m.user.Timezone[model.TimezoneAutomatic]
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
