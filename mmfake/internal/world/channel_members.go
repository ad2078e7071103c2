package world

import (
	"maps"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// A member is a user's membership in a channel. All guarded by World.mu; the
// maps in it are replaced, never changed.
type member struct {
	model.ChannelMember
	user *user
}

var defaultChannelNotifyProps = map[string]string{
	"channel_auto_follow_threads": "off", "desktop": "default", "email": "default",
	"ignore_channel_mentions": "default", "mark_unread": "all", "push": "default",
}

// seen is the membership as somebody may see it: what others read and when is
// nobody's business.
func (m *member) seen(as *Session) *model.ChannelMember {
	c := m.ChannelMember
	c.NotifyProps = maps.Clone(c.NotifyProps)
	if as == nil || as.UserID != m.UserID {
		c.LastViewedAt, c.LastUpdateAt = -1, -1
	}
	return &c
}

// enterChannel makes a user a member of a channel without a word to anybody.
func (w *World) enterChannel(c *channel, u *user, admin bool) *member {
	m := &member{user: u, ChannelMember: model.ChannelMember{
		ChannelID: c.ID, UserID: u.ID, LastUpdateAt: w.clock.tick(),
		Roles:       memberRoles(roleChannelUser, roleChannelAdmin, admin, ""),
		NotifyProps: defaultChannelNotifyProps, SchemeUser: true, SchemeAdmin: admin,
	}}
	c.members[u.ID] = m
	c.order = append(c.order, m)
	u.channels[c.ID] = c
	return m
}

// AddChannelMember makes a user a member of a channel. A member stays one.
func (w *World) AddChannelMember(as *Session, channelID, userID string) (*model.ChannelMember, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	c := w.channels[channelID]
	switch {
	case c == nil:
		return nil, errChannelUnknown.With()
	case c.direct():
		return nil, errAddToDirect.With()
	}
	if err := w.mayAddMember(as, c, userID); err != nil {
		return nil, err
	}
	u := w.users[userID]
	if u == nil {
		return nil, errUserUnknown.With()
	}
	if !w.teams[c.TeamID].active(userID) {
		return nil, errTeamMemberUnknown.With()
	}
	if m := c.members[userID]; m != nil {
		return m.seen(as), nil
	}
	return w.addMember(c, u, as.user).seen(as), nil
}

// mayAddMember says why the session's user may not add a user to a channel:
// joining a public channel oneself is free to the team's members.
func (w *World) mayAddMember(as *Session, c *channel, userID string) error {
	if c.Type == model.ChannelOpen && userID == as.UserID && w.mayInTeam(as, c.TeamID, JoinPublicChannels) {
		return nil
	}
	p := ManagePublicMembers
	if c.Type == model.ChannelPrivate {
		p = ManagePrivateMembers
	}
	if !w.mayInChannel(as, c, p) {
		return ErrPermission.With(p)
	}
	return nil
}

// addMember adds a user to a channel, tells everybody concerned, and posts the
// message of it; by is the user himself where he joins.
func (w *World) addMember(c *channel, u, by *user) *member {
	m := w.enterChannel(c, u, false)
	data := map[string]any{"user_id": u.ID, "team_id": c.TeamID}
	w.publish(&Event{Name: model.EventUserAdded, Data: data, Broadcast: model.Broadcast{ChannelID: c.ID, OmitUsers: map[string]bool{u.ID: true}}})
	w.publish(&Event{Name: model.EventUserAdded, Data: data, Broadcast: model.Broadcast{ChannelID: c.ID, UserID: u.ID}})
	if by == u {
		w.systemPost(c, u, model.PostTypeJoinChannel, u.Username+" joined the channel.", model.Props{model.PropUsername: u.Username})
		return m
	}
	w.systemPost(c, by, model.PostTypeAddToChannel, u.Username+" added to the channel by "+by.Username+".", model.Props{
		model.PropUserID: by.ID, model.PropUsername: by.Username,
		model.PropAddedUserID: u.ID, model.PropAddedUsername: u.Username,
	})
	return m
}

// ChannelMember returns a member of a channel.
func (w *World) ChannelMember(as *Session, channelID, userID string) (*model.ChannelMember, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	c := w.channels[channelID]
	if !w.mayInChannel(as, c, ReadChannel) {
		return nil, ErrPermission.With(ReadChannel)
	}
	m := c.members[userID]
	if m == nil {
		return nil, errChannelMemberUnknown.With()
	}
	return m.seen(as), nil
}

// ChannelMembers returns a page of a channel's members, in the order of their joining.
func (w *World) ChannelMembers(as *Session, channelID string, page Page) ([]*model.ChannelMember, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	c := w.channels[channelID]
	if !w.mayInChannel(as, c, ReadChannel) {
		return nil, ErrPermission.With(ReadChannel)
	}
	list := []*model.ChannelMember{}
	for _, m := range slice(c.order, page) {
		list = append(list, m.seen(as))
	}
	return list, nil
}
