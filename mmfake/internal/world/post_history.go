package world

import (
	"slices"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// EditHistory returns the earlier versions of a post, newest first. They are for
// its author's eyes only.
func (w *World) EditHistory(as *Session, id string) ([]*model.Post, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	p, c := w.livingPost(id)
	if p == nil || p.UserID != as.UserID || !w.mayInChannel(as, c, EditPost) {
		return nil, ErrPermission.With(EditPost)
	}
	if p.more == nil || len(p.more.history) == 0 {
		return nil, errPostUnedited.With()
	}
	var list []*model.Post
	for _, version := range slices.Backward(p.more.history) {
		d := w.dress(version)
		d.Message, d.ReplyCount = version.Message, 0
		if len(version.FileIDs) > 0 {
			d.Metadata.Files = w.filesOf(version.FileIDs) // those that are deleted by now too
		}
		list = append(list, d)
	}
	return list, nil
}

// RestorePost makes an earlier version's text and files the post's again. What it
// says now becomes an earlier version itself.
func (w *World) RestorePost(as *Session, id, versionID string) (*model.Post, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	version := w.posts[versionID]
	var message *string
	if version != nil {
		message = &version.Message
	}
	p, err := w.editable(as, id, message, errPatchArchived)
	if err != nil {
		return nil, err
	}
	switch {
	case version == nil:
		return nil, errVersionUnknown.With()
	case p.UserID != as.UserID:
		return nil, errRestoreOthers.With()
	case version.OriginalID != p.ID:
		return nil, errVersionOther.With()
	}
	return w.editAs(as, p, func(next *model.Post) { next.Message, next.FileIDs = version.Message, version.FileIDs })
}
