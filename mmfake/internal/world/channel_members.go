package world

import (
	"maps"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// A member is a user's membership in a channel. All guarded by World.mu; the
// maps in it are replaced, never changed.
type member struct {
	model.ChannelMember
	user *user
}

const ignoreMentions = "ignore_channel_mentions"

var defaultChannelNotifyProps = map[string]string{
	autoFollow: "off", "desktop": "default", "email": "default",
	ignoreMentions: "default", model.NotifyMarkUnread: "all", "push": "default",
}

// defaultChannelNotifyProps are those of new members.
func (w *World) defaultChannelNotifyProps() model.StringMap {
	auto, ignore := w.version.Has(versions.ThreadNotifyProps), w.version.Has(versions.IgnoreChannelMentions)
	if auto && ignore {
		return defaultChannelNotifyProps
	}
	props := maps.Clone(defaultChannelNotifyProps)
	if !auto {
		delete(props, autoFollow)
	}
	if !ignore {
		delete(props, ignoreMentions)
	}
	return props
}

// seenMember is the membership as somebody may see it: what others read and when is
// nobody's business.
func (w *World) seenMember(as *Session, m *member) *model.ChannelMember {
	c := m.ChannelMember
	c.NotifyProps = maps.Clone(c.NotifyProps)
	if (as == nil || as.UserID != m.UserID) && w.version.Has(versions.MembersTimesHidden) {
		c.LastViewedAt, c.LastUpdateAt = -1, -1
	}
	return &c
}

// enterChannel makes a user a member of a channel without a word to anybody.
func (w *World) enterChannel(c *channel, u *user, admin bool) *member {
	m := &member{user: u, ChannelMember: model.ChannelMember{
		ChannelID: c.ID, UserID: u.ID, LastUpdateAt: w.clock.tick(),
		Roles:       channelScheme.roles(ordinary(admin)),
		NotifyProps: w.defaultChannelNotifyProps(), SchemeUser: true, SchemeAdmin: admin,
	}}
	put(&c.members, u.ID, m)
	c.order = append(c.order, m)
	u.channels = append(u.channels, c)
	return m
}

// AddChannelMember makes a user a member of a channel. A member stays one.
func (w *World) AddChannelMember(as *Session, channelID, userID, rootID string) (*model.ChannelMember, error) {
	added, err := w.AddChannelMembers(as, channelID, []string{userID}, rootID)
	if err != nil {
		return nil, err
	}
	return added[0], nil
}

// AddChannelMembers makes users members of a channel, and returns the members
// that it made or found. Who cannot be added is left out; it fails where none
// can, and where the channel takes no members. The messages of it reply to the
// root post with the id rootID, "" for none.
func (w *World) AddChannelMembers(as *Session, channelID string, userIDs []string, rootID string) ([]*model.ChannelMember, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	c := w.channels[channelID]
	switch {
	case c == nil:
		return nil, errChannelUnknown.With()
	case c.direct():
		return nil, errAddToDirect.With()
	}
	if rootID != "" {
		if err := w.checkRootOf(c, rootID); err != nil {
			return nil, err
		}
	}
	var added []*model.ChannelMember
	var failed error
	for _, id := range userIDs {
		m, err := w.admit(as, c, id, rootID)
		if err != nil {
			failed = err
			continue
		}
		added = append(added, w.seenMember(as, &m))
	}
	if added == nil {
		return nil, failed
	}
	return added, nil
}

// checkRootOf says why the messages of new members cannot reply to a post.
func (w *World) checkRootOf(c *channel, rootID string) error {
	root := w.posts[rootID]
	switch {
	case model.IsValidID(rootID) && (root == nil || root.DeleteAt != 0):
		return errPostUnknown.With()
	case root == nil || root.root != nil || root.ChannelID != c.ID:
		return ErrBodyParam.With("post_root_id: the id of a root post of the channel")
	}
	return nil
}

// admit adds a user to a channel for the session's user, or finds him there.
func (w *World) admit(as *Session, c *channel, userID, rootID string) (member, error) {
	if err := w.mayAddMember(as, c, userID); err != nil {
		return member{}, err
	}
	u, t := w.users[userID], w.teams[c.TeamID]
	switch {
	case u == nil:
		return member{}, errUserUnknown.With()
	case t.members[userID] == nil:
		return member{}, errTeamMemberUnknown.With()
	case !t.active(userID):
		return member{}, errTeamMemberLeft.With()
	case c.members[userID] != nil:
		return *c.members[userID], nil
	case c.DeleteAt != 0 && !w.version.Has(versions.ArchivedLeft):
		return member{}, errAddToArchived.With()
	}
	return w.addMember(c, u, as.user, rootID), nil
}

// mayAddMember says why the session's user may not add a user to a channel:
// joining a public channel oneself is free to the team's members.
func (w *World) mayAddMember(as *Session, c *channel, userID string) error {
	if c.Type == model.ChannelOpen && userID == as.UserID && w.mayInTeam(as, c.TeamID, JoinPublicChannels) {
		return nil
	}
	return w.mayManageMembers(as, c)
}

// mayManageMembers says why the session's user may not add others to a channel
// nor remove them.
func (w *World) mayManageMembers(as *Session, c *channel) error {
	p := c.permission(ManagePublicMembers, ManagePrivateMembers)
	if !w.mayInChannel(as, c, p) {
		return ErrPermission.With(p)
	}
	return nil
}

// addMember adds a user to a channel, tells everybody concerned, and posts the
// message of it, as a reply to the root post with the id rootID, "" for none. By
// is the user himself where he joins, which is no reply. It returns the membership as it was before
// the message, which mentions whom somebody else added.
func (w *World) addMember(c *channel, u, by *user, rootID string) member {
	m := *w.enterChannel(c, u, false)
	if !w.version.Has(versions.NewMemberRoles) {
		m.Roles = ""
	}
	data := map[string]any{"user_id": u.ID, "team_id": c.TeamID}
	if w.version.Has(versions.NewMemberToldApart) {
		w.publish(&Event{Name: model.EventUserAdded, Data: data, Broadcast: model.Broadcast{ChannelID: c.ID, OmitUsers: map[string]bool{u.ID: true}}})
		w.publish(&Event{Name: model.EventUserAdded, Data: data, Broadcast: model.Broadcast{ChannelID: c.ID, UserID: u.ID}})
	} else {
		w.publish(&Event{Name: model.EventUserAdded, Data: data, Broadcast: toChannel(c.ID)})
	}
	if by == u {
		w.systemPost(c, u, model.PostTypeJoinChannel, u.Username+" joined the channel.", model.Props{model.PropUsername: u.Username})
		return m
	}
	w.systemReply(c, by, rootID, model.PostTypeAddToChannel, u.Username+" added to the channel by "+by.Username+".", addedProps(u, by))
	return m
}

// addedProps are the props of a message that somebody added a user.
func addedProps(u, by *user) model.Props {
	return model.Props{
		model.PropUserID: by.ID, model.PropUsername: by.Username,
		model.PropAddedUserID: u.ID, model.PropAddedUsername: u.Username,
	}
}

// RemoveChannelMember ends a user's membership in a channel: his own, or
// another's where the session's user manages the channel's members.
func (w *World) RemoveChannelMember(as *Session, channelID, userID string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	c, u := w.channels[channelID], w.users[userID]
	switch {
	case c == nil:
		return errChannelUnknown.With()
	case u == nil:
		return errUserUnknown.With()
	case c.direct() && !w.mayLeaveGroup(as, c, userID):
		return errRemoveFromDirect.With()
	}
	if userID != as.UserID {
		if err := w.mayManageMembers(as, c); err != nil {
			return err
		}
	}
	return w.removeMember(c, u, as.user)
}

// mayLeaveGroup says whether members leave group channels, each for himself.
func (w *World) mayLeaveGroup(as *Session, c *channel, userID string) bool {
	return c.Type == model.ChannelGroup && userID == as.UserID && !w.version.Has(versions.GroupsKeepMembers)
}

// removeMember ends a membership, tells everybody concerned, and posts the
// message of it; by is the user himself where he leaves.
func (w *World) removeMember(c *channel, u, by *user) error {
	switch {
	case c.DeleteAt != 0 && !w.version.Has(versions.ArchivedLeft):
		return errRemoveFromArchived.With()
	case c.Name == model.DefaultChannel:
		return errRemoveFromDefault.With()
	case c.members[u.ID] == nil:
		if !w.version.Has(versions.RemovingOutsiderFails) {
			return nil
		}
		return errChannelMemberUnknown.With()
	}
	w.exitChannel(c, u)
	name := u.Username
	if w.version.Has(versions.LeaverWithAt) {
		name = "@" + name
	}
	w.publish(&Event{Name: model.EventUserRemoved, Data: map[string]any{"user_id": u.ID, "remover_id": by.ID}, Broadcast: toChannel(c.ID)})
	w.publish(&Event{Name: model.EventUserRemoved, Data: map[string]any{"channel_id": c.ID, "remover_id": by.ID}, Broadcast: toUser(u.ID)})
	if by == u {
		w.systemPost(c, u, model.PostTypeLeaveChannel, name+" left the channel.", model.Props{model.PropUsername: u.Username})
		return nil
	}
	w.systemPost(c, by, model.PostTypeRemoveFromChannel, name+" removed from the channel.",
		model.Props{model.PropRemovedUserID: u.ID, model.PropRemovedUsername: u.Username})
	return nil
}

// exitChannel ends a membership without a word to anybody. Who comes back follows none
// of the channel's threads, and finds it where new channels are.
func (w *World) exitChannel(c *channel, u *user) {
	if w.version.Has(versions.LeaverUnfollows) {
		w.forgetFollows(c, u.ID)
	}
	w.sidebars.displace(sidebarKey{u.ID, c.TeamID}, c.ID)
	gone := c.members[u.ID]
	c.order = without(c.order, gone)
	delete(c.members, u.ID)
	u.channels = without(u.channels, c)
}

// ChannelMember returns a member of a channel.
func (w *World) ChannelMember(as *Session, channelID, userID string) (*model.ChannelMember, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	c, err := w.channelWith(as, channelID, ReadChannel)
	if err != nil {
		return nil, err
	}
	m := c.members[userID]
	if m == nil {
		return nil, errChannelMemberUnknown.With()
	}
	return w.seenMember(as, m), nil
}

// ChannelMembers returns a page of a channel's members, in the order of their joining.
func (w *World) ChannelMembers(as *Session, channelID string, page Page) ([]*model.ChannelMember, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	c, err := w.channelWith(as, channelID, ReadChannel)
	if err != nil {
		return nil, err
	}
	list := []*model.ChannelMember{}
	for _, m := range slice(c.order, page) {
		list = append(list, w.seenMember(as, m))
	}
	return list, nil
}

// ChannelMembersByIDs returns those of the users who are members of a channel.
func (w *World) ChannelMembersByIDs(as *Session, channelID string, userIDs []string) ([]*model.ChannelMember, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	c, err := w.channelWith(as, channelID, ReadChannel)
	if err != nil {
		return nil, err
	}
	list := []*model.ChannelMember{}
	for _, id := range userIDs {
		if m := c.members[id]; m != nil {
			list = append(list, w.seenMember(as, m))
		}
	}
	return list, nil
}
