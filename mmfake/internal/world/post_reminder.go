package world

import (
	"time"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// RemindOfPost takes note that a user wants to be reminded of a post at a time, in
// seconds, and tells him so. The fake does not remind him: no test waits that long.
func (w *World) RemindOfPost(as *Session, userID, postID string, at int64) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.mayManageUser(as, userID) {
		return ErrPermission.With(EditOtherUsers)
	}
	p, c, err := w.postToRead(as, postID)
	if err != nil {
		return err
	}
	author, team := w.users[p.UserID], ""
	if t := w.teams[c.TeamID]; t != nil {
		team = t.Name
	}
	w.tellEphemeral(userID, &model.Post{
		UserID: userID, ChannelID: c.ID, RootID: p.thread().ID,
		Message: "You will be reminded of this message by @" + author.Username + " at " + time.Unix(at, 0).UTC().Format(time.RFC1123) + ".",
		Props: model.Props{
			"type": model.PostTypeReminder, "target_time": at, "post_id": postID, "username": author.Username, "team_name": team,
		},
	})
	return nil
}
