package world

import (
	"errors"
	"fmt"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
)

// A channel's permission comes from the member's roles in the channel, else in
// its team, else in the system (facts 2.11). The methods here expect w.mu to be
// held, for reading at least.

// may says whether the session's user has a permission in the whole system.
func (w *World) may(s *Session, p Permission) bool {
	return s != nil && w.allowed(s.user.Roles, p)
}

// mayInTeam says whether the session's user has a permission in a team.
func (w *World) mayInTeam(s *Session, teamID string, p Permission) bool {
	if w.may(s, p) {
		return true
	}
	t := w.teams[teamID]
	if s == nil || t == nil {
		return false
	}
	m := t.members[s.UserID]
	return m != nil && m.DeleteAt == 0 && w.allowed(m.Roles, p)
}

// mayInChannel says whether the session's user has a permission in a channel.
// Nobody, not even an admin, has one in a channel that does not exist.
func (w *World) mayInChannel(s *Session, c *channel, p Permission) bool {
	if s == nil || c == nil {
		return false
	}
	if m := c.members[s.UserID]; m != nil && w.allowed(m.Roles, p) {
		return true
	}
	if c.TeamID != "" {
		return w.mayInTeam(s, c.TeamID, p)
	}
	return w.may(s, p)
}

// standIn is a session in which a user's own rights count, whoever asks; nil where there
// is no such user.
func (w *World) standIn(userID string) *Session {
	u := w.users[userID]
	if u == nil {
		return nil
	}
	s := &Session{user: u}
	s.UserID = u.ID
	return s
}

// lacking is the error of who may not do something in a channel. Its words add what is
// behind that as a rule: he is not in the channel, or its name was given for its id.
func (w *World) lacking(as *Session, channelID string, p Permission) error {
	err := ErrPermission.With(p)
	problem, _ := errors.AsType[*model.AppError](err)
	switch c := w.channels[channelID]; {
	case c == nil:
		problem.Message += fmt.Sprintf(" There is no channel with the id %.40q.", channelID)
	case c.members[as.UserID] == nil && c.direct():
		problem.Message += fmt.Sprintf(" @%s is not in that direct channel.", as.user.Username)
	case c.members[as.UserID] == nil:
		problem.Message += fmt.Sprintf(" @%s is not in ~%s.", as.user.Username, c.Name)
	}
	return err
}

// mayRead says whether the session's user may read a channel's content: as a
// member, or because the channel is public and the user is of its team.
func (w *World) mayRead(s *Session, c *channel) bool {
	return w.mayInChannel(s, c, ReadChannelContent) ||
		c != nil && c.Type == model.ChannelOpen && w.mayInTeam(s, c.TeamID, ReadPublicChannel)
}

// mayReadAll says whether the session's user may list a channel's posts, press
// their buttons and submit dialogs there: in old versions only its members may.
func (w *World) mayReadAll(s *Session, c *channel) bool {
	if w.version.Has(versions.PublicPostsReadable) {
		return w.mayRead(s, c)
	}
	return w.mayInChannel(s, c, ReadChannelContent)
}

// frozen says whether a channel is archived, and what was posted in it stays as it is.
func (w *World) frozen(c *channel) bool {
	return c.DeleteAt != 0 && w.version.Has(versions.ArchivedFrozen)
}

// toldUnknown is the error for a channel that does not exist where old versions
// only said that its posts may not be read; nil for one that exists.
func (w *World) toldUnknown(c *channel) error {
	if c == nil && w.version.Has(versions.UnknownChannelTold) {
		return errChannelUnknown.With()
	}
	return nil
}

// channelWith finds a channel in which the session's user has a permission. Of one that
// does not exist nobody has any.
func (w *World) channelWith(as *Session, id string, need Permission) (*channel, error) {
	c := w.channels[id]
	if !w.mayInChannel(as, c, need) {
		return nil, ErrPermission.With(need)
	}
	return c, nil
}

// channelToList finds a channel whose posts the session's user may list.
func (w *World) channelToList(as *Session, id string) (*channel, error) {
	c := w.channels[id]
	if err := w.toldUnknown(c); err != nil {
		return nil, err
	}
	if !w.mayReadAll(as, c) {
		return nil, ErrPermission.With(ReadChannelContent)
	}
	return c, nil
}

// mayManageUser says whether the session's user is that user or may edit others.
func (w *World) mayManageUser(s *Session, userID string) bool {
	return s != nil && s.UserID == userID || w.may(s, EditOtherUsers)
}

// MayEditUser says why the session's user may not act for a user: for himself he may.
func (w *World) MayEditUser(as *Session, userID string) error {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if !w.mayManageUser(as, userID) {
		return ErrPermission.With(EditOtherUsers)
	}
	return nil
}

// mayManageUserOrBot is mayManageUser where a bot's owner may do the same with it.
func (w *World) mayManageUserOrBot(s *Session, userID string) bool {
	if w.mayManageUser(s, userID) {
		return true
	}
	u := w.users[userID]
	return s != nil && u != nil && u.bot != nil && w.mayManageBot(s, u)
}

// managedUser finds a user whom the session's user may manage. Who may not is not
// told whether there is such a user.
func (w *World) managedUser(as *Session, id string) (*user, error) {
	return w.knownIf(w.mayManageUser(as, id), id)
}

// managedUserOrBot is managedUser where a bot's owner may do the same with it.
func (w *World) managedUserOrBot(as *Session, id string) (*user, error) {
	return w.knownIf(w.mayManageUserOrBot(as, id), id)
}

func (w *World) knownIf(allowed bool, id string) (*user, error) {
	if !allowed {
		return nil, ErrPermission.With(EditOtherUsers)
	}
	u := w.users[id]
	if u == nil {
		return nil, errUserUnknown.With()
	}
	return u, nil
}
