package world

import (
	"maps"
	"slices"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// SetChannelMemberRoles gives a member of a channel the roles that are named, and
// takes all others.
func (w *World) SetChannelMemberRoles(as *Session, channelID, userID, roles string) error {
	if !validUserRoles(roles) {
		return ErrBodyParam.With("roles")
	}
	return w.promoteInChannel(as, channelID, userID, func(m *member) (standing, error) { return channelScheme.read(w.version, roles, m.SchemeGuest) })
}

// SetChannelMemberStanding makes a member of a channel its admin or a plain one
// (PUT …/schemeRoles). His roles beyond those of the scheme stay.
func (w *World) SetChannelMemberStanding(as *Session, channelID, userID string, to Standing) error {
	return w.promoteInChannel(as, channelID, userID, func(m *member) (standing, error) {
		return standing{to, m.ExplicitRoles}, channelScheme.check(w.version, to)
	})
}

// promoteInChannel gives a member of a channel the standing that to returns.
func (w *World) promoteInChannel(as *Session, channelID, userID string, to func(*member) (standing, error)) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	m, err := w.promotable(as, channelID, userID)
	if err != nil {
		return err
	}
	st, err := to(m)
	if err != nil {
		return err
	}
	w.setStanding(m, st)
	return nil
}

// promotable finds a member whose roles the session's user may change.
func (w *World) promotable(as *Session, channelID, userID string) (*member, error) {
	c, err := w.channelWith(as, channelID, ManageChannelRoles)
	if err != nil {
		return nil, err
	}
	m := c.members[userID]
	if m == nil {
		return nil, errChannelMemberUnknown.With()
	}
	return m, nil
}

func (w *World) setStanding(m *member, st standing) {
	m.SchemeUser, m.SchemeAdmin, m.SchemeGuest = st.User, st.Admin, st.Guest
	m.ExplicitRoles, m.Roles = st.explicit, channelScheme.roles(st)
	if w.version.Has(versions.RolesToldToMember) {
		w.memberChanged(m)
	}
}

// memberChanged notes and publishes that a membership has changed.
func (w *World) memberChanged(m *member) {
	m.LastUpdateAt = w.clock.tick()
	if w.heard() {
		w.publish(&Event{Name: model.EventChannelMemberUpdated, Data: map[string]any{"channelMember": w.inJSON(m.ChannelMember)}, Broadcast: toUser(m.UserID)})
	}
}

// channelNotifyKeys are the keys of a member's notify_props. Others are dropped; the
// values are not looked at (recorded from 11.6.0).
func (w *World) channelNotifyKeys() []string {
	keys := []string{"desktop", "email", model.NotifyMarkUnread, "push"}
	if w.version.Has(versions.IgnoreChannelMentions) {
		keys = append(keys, ignoreMentions)
	}
	if w.version.Has(versions.ThreadNotifyProps) {
		keys = append(keys, "desktop_sound", "desktop_notification_sound", "desktop_threads", "push_threads", autoFollow)
	}
	return keys
}

// SetChannelNotifyProps changes how a member is notified of a channel's posts: of
// the keys that props has. Anybody may change his own.
func (w *World) SetChannelNotifyProps(as *Session, channelID, userID string, props map[string]string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.mayManageUser(as, userID) {
		return ErrPermission.With(EditOtherUsers)
	}
	c := w.channels[channelID]
	if c == nil || c.members[userID] == nil {
		return errChannelMemberUnknown.With()
	}
	if err := w.checkNotifyLevels(props); err != nil {
		return err
	}
	w.setNotifyProps(c.members[userID], props)
	return nil
}

// checkNotifyLevels says what old versions refuse of a member's notify_props.
func (w *World) checkNotifyLevels(props map[string]string) error {
	if w.version.Has(versions.NotifyLevelsFree) {
		return nil
	}
	known := w.channelNotifyKeys()
	for _, check := range []struct {
		key   string
		valid []string
		wrong Problem
	}{
		{"desktop", []string{"default", "all", "mention", "none"}, errNotifyDesktop},
		{model.NotifyMarkUnread, []string{"all", "mention"}, errNotifyUnread},
		{"push", []string{"default", "all", "mention", "none"}, errNotifyPush},
		{"email", []string{"default", "true", "false"}, errNotifyEmail},
		{ignoreMentions, []string{"default", "on", "off"}, errNotifyIgnore},
	} {
		value, ok := props[check.key]
		if ok && slices.Contains(known, check.key) && !slices.Contains(check.valid, value) {
			return check.wrong.With()
		}
	}
	return nil
}

func (w *World) setNotifyProps(m *member, props map[string]string) {
	next := maps.Clone(m.NotifyProps)
	for _, key := range w.channelNotifyKeys() {
		if value, ok := props[key]; ok {
			next[key] = value
		}
	}
	m.NotifyProps = next
	if next[autoFollow] == "on" {
		w.channels[m.ChannelID].autoFollowed = true
	}
	w.memberChanged(m)
}
