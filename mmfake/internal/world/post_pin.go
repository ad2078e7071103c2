package world

import "github.com/seed-a46829e6/mattermost-fake/mmfake/model"

// PinPost pins a post to its channel, or takes it off. Everybody who may read the
// channel as its member may (facts 4.5); the server's own posts stay as they are, for
// pinning one is an edit.
func (w *World) PinPost(as *Session, id string, pinned bool) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	p, c, err := w.postWith(as, id, ReadChannelContent)
	if err != nil {
		return err
	}
	switch {
	case w.frozen(c):
		return errPatchArchived.With()
	case p.isSystem():
		return errEditSystem.With()
	}
	_, err = w.editPost(p, func(next *model.Post) { next.IsPinned = pinned })
	return err
}
