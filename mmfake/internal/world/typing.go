package world

import (
	"cmp"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// Typing tells a channel that the session's user is writing there, to a thread if
// parentID is its root.
func (w *World) Typing(as *Session, channelID, parentID string) error {
	return w.TypingAs(as, as.UserID, channelID, parentID)
}

// TypingAs is Typing for a user whom the request names, and whose rights count. Only an
// admin says so of somebody else.
func (w *World) TypingAs(as *Session, userID, channelID, parentID string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if as.UserID != userID && !w.may(as, ManageSystem) {
		return ErrPermission.With(ManageSystem)
	}
	if of := w.standIn(userID); w.version.Has(versions.TypingChecked) && !w.mayInChannel(of, w.channels[channelID], CreatePost) {
		return w.lacking(cmp.Or(of, as), channelID, CreatePost)
	}
	w.publish(&Event{
		Name: model.EventTyping, Data: map[string]any{"parent_id": parentID, "user_id": userID},
		Broadcast: model.Broadcast{ChannelID: channelID, OmitUsers: map[string]bool{userID: true}},
	})
	return nil
}
