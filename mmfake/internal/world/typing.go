package world

import "github.com/seed-a46829e6/mattermost-fake/mmfake/model"

// Typing tells a channel that the session's user is writing there, to a thread if
// parentID is its root.
func (w *World) Typing(as *Session, channelID, parentID string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.mayInChannel(as, w.channels[channelID], CreatePost) {
		return ErrPermission.With(CreatePost)
	}
	w.publish(&Event{
		Name: model.EventTyping, Data: map[string]any{"parent_id": parentID, "user_id": as.UserID},
		Broadcast: model.Broadcast{ChannelID: channelID, OmitUsers: map[string]bool{as.UserID: true}},
	})
	return nil
}
