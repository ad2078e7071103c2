package world

import (
	"cmp"
	"slices"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// tellEphemeral shows a user a message that nobody else sees and that is not
// stored: the event ephemeral_message is all there is of it. p says who speaks,
// where and what; what is returned is the message as the user's client gets it
// (its shape is recorded from 11.6.0). Nothing of it is checked or computed: no
// hashtags are looked for, and files that it names are none of its own.
func (w *World) tellEphemeral(userID string, p *model.Post) *model.Post {
	shown := p.Clone()
	shown.ID, shown.CreateAt, shown.Type = cmp.Or(p.ID, w.newIDOf("ephemeral", p.ChannelID, userID)), w.clock.tick(), model.PostTypeEphemeral
	shown.DeleteAt, shown.FileIDs, shown.Metadata = 0, nil, nil
	if shown.Props == nil {
		shown.Props = model.Props{}
	}
	if w.version.Has(versions.ActionsOnEphemeral) {
		shown.Props = w.reshapeAttachments(shown.Props)
		w.bake(shown)
	} else {
		shown.Props = w.shapeAttachments(shown.Props)
	}
	w.fillIn(shown, &model.PostMetadata{})
	shown.FileIDs = p.FileIDs
	if w.heard() {
		to := toChannel(p.ChannelID)
		to.UserID = userID
		w.publish(&Event{Name: model.EventEphemeralMessage, Data: map[string]any{"post": w.inJSON(w.WithoutParent(shown))}, Broadcast: to})
	}
	w.shown.keep(userID, shown)
	return shown
}

// WithoutParent is an ephemeral message as it is sent. While posts had a parent_id,
// it was that of the root in all posts but these (recorded from 5.36.1).
func (w *World) WithoutParent(shown *model.Post) any {
	if w.version.Has(versions.NoParentIDs) {
		return shown
	}
	return struct {
		*model.Post
		ParentID string `json:"parent_id"`
	}{Post: shown}
}

// ephemeralPosts are the messages that were shown last, for actors to look at: no
// other place has them. Guarded by World.mu.
type ephemeralPosts struct {
	latest []ShownPost
}

// A ShownPost is a message that only one user was shown.
type ShownPost struct {
	UserID string
	Post   *model.Post
}

const mostEphemeral = 100 // messages remembered

func (e *ephemeralPosts) keep(userID string, p *model.Post) {
	if len(e.latest) >= mostEphemeral {
		e.latest = slices.Delete(e.latest, 0, mostEphemeral/2)
	}
	e.latest = append(e.latest, ShownPost{userID, p})
}

// EphemeralPosts returns the latest messages that only that user was shown, or with
// no id those of all users, oldest first. They are not to be changed.
func (w *World) EphemeralPosts(userID string) []ShownPost {
	w.mu.RLock()
	defer w.mu.RUnlock()
	var list []ShownPost
	for _, e := range w.shown.latest {
		if userID == "" || e.UserID == userID {
			list = append(list, e)
		}
	}
	return list
}
