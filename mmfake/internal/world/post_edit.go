package world

import (
	"encoding/json"
	"slices"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// UpdatePost replaces a post's text, props and pin by those of in (facts 4.4).
func (w *World) UpdatePost(as *Session, in *model.Post) (*model.Post, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	p, err := w.editable(as, in.ID, &in.Message, errUpdateArchived)
	if err != nil {
		return nil, err
	}
	return w.editAs(as, p, func(next *model.Post) {
		next.Message, next.IsPinned, next.Props, next.HasReactions = in.Message, in.IsPinned, in.Props, in.HasReactions
		if in.FileIDs != nil && w.version.Has(versions.EditsChangeFiles) || !w.version.Has(versions.EditsLeaveFiles) {
			next.FileIDs = in.FileIDs
		}
	})
}

// PatchPost changes what the patch names of a post.
func (w *World) PatchPost(as *Session, id string, patch *model.PostPatch) (*model.Post, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	p, err := w.editable(as, id, patch.Message, errPatchArchived)
	if err != nil {
		return nil, err
	}
	return w.editAs(as, p, func(next *model.Post) {
		set(&next.Message, patch.Message)
		set(&next.IsPinned, patch.IsPinned)
		set(&next.Props, patch.Props)
		set(&next.HasReactions, patch.HasReactions)
		if w.version.Has(versions.EditsChangeFiles) || !w.version.Has(versions.EditsLeaveFiles) {
			set(&next.FileIDs, patch.FileIDs)
		}
	})
}

// set changes what a patch names.
func set[T any](field *T, to *T) {
	if to != nil {
		*field = *to
	}
}

// editable finds a post that the session's user may edit. One that is unknown is
// forbidden too. The limit of time is for another message, where there is one.
func (w *World) editable(as *Session, id string, message *string, archived Problem) (*post, error) {
	p := w.posts[id]
	if p == nil || p.DeleteAt != 0 {
		return nil, ErrPermission.With(EditPost)
	}
	c := w.channels[p.ChannelID]
	need := EditPost
	if p.UserID != as.UserID {
		need = EditOthersPosts
	}
	if !w.mayInChannel(as, c, need) {
		return nil, ErrPermission.With(need)
	}
	limit := int64(w.config.PostEditTimeLimit)
	switch {
	case p.isSystem():
		return nil, errEditSystem.With()
	case w.frozen(c):
		return nil, archived.With()
	case limit >= 0 && w.clock.now() > p.CreateAt+limit*1000 && message != nil && *message != p.Message:
		return nil, errEditTime.With()
	}
	return p, nil
}

// editAs is editPost for the session's user, who is shown what he may see.
func (w *World) editAs(as *Session, p *post, f func(*model.Post)) (*model.Post, error) {
	shown, err := w.editPost(p, f)
	if err == nil {
		w.showTo(as, shown)
	}
	return shown, err
}

// editPost replaces a post by one that f has changed, keeps the old version, and
// tells the channel. An edited reply changes its root too.
func (w *World) editPost(p *post, f func(*model.Post)) (*model.Post, error) {
	c := w.channels[p.ChannelID]
	old := p.model()
	next := *old
	f(&next)
	if err := w.finish(c, &next); err != nil {
		return nil, err
	}
	w.changeFiles(old, &next)
	next.UpdateAt = w.clock.tick()
	if w.differs(old, &next) {
		next.EditAt = next.UpdateAt
	}
	w.keepVersion(c, p, old, next.UpdateAt)
	p.set(&next)
	c.posts.note(p)
	c.posts.repin(p)
	if p.root != nil {
		p.root.UpdateAt = next.UpdateAt
		c.posts.note(p.root)
	}
	if next.Message != old.Message {
		w.search.add(p)
	}
	shown := w.dress(p)
	e := &Event{Name: model.EventPostEdited, Data: map[string]any{"post": w.inJSON(shown)}, Broadcast: toChannel(c.ID)}
	w.tellEach(e, shown)
	w.publish(e)
	return shown, nil
}

// differs says whether two versions of a post say something else: another text,
// other files or other attachments.
func (w *World) differs(a, b *model.Post) bool {
	return a.Message != b.Message || w.version.Has(versions.AttachmentsEdited) &&
		(!slices.Equal(a.FileIDs, b.FileIDs) || !sameJSON(a.Props[model.PropAttachments], b.Props[model.PropAttachments]))
}

func sameJSON(a, b any) bool {
	x, _ := json.Marshal(a)
	y, _ := json.Marshal(b)
	return string(x) == string(y)
}

// keepVersion stores what a post was before an edit, as a deleted post of its own:
// clients that ask what changed are told of it (recorded from 11.6.0).
func (w *World) keepVersion(c *channel, p *post, old *model.Post, at int64) {
	version := *old
	version.ID, version.OriginalID = w.newIDOf("version", old.ChannelID, old.UserID), old.ID
	version.DeleteAt, version.UpdateAt = at, at
	v := newPost(&version, c, p.root)
	w.posts[v.ID] = v
	more := p.hang()
	more.history = append(more.history, v)
	c.posts.note(v)
}

// DeletePost deletes a post, and with a root its replies.
func (w *World) DeletePost(as *Session, id string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	p := w.posts[id]
	if p == nil || p.DeleteAt != 0 {
		if !w.version.Has(versions.UnknownPostTold) {
			return ErrPermission.With(DeletePost)
		}
		return errPostUnknown.With()
	}
	c := w.channels[p.ChannelID]
	need := DeletePost
	if p.UserID != as.UserID {
		need = DeleteOthersPosts
	}
	switch {
	case !w.mayInChannel(as, c, need):
		return ErrPermission.With(need)
	case w.frozen(c):
		return errDeleteArchived.With()
	}
	w.dropPost(c, p, as.UserID)
	return nil
}

// ErasePost deletes a post and its replies for good, as far as the settings allow
// it: to admins. It may be deleted already.
func (w *World) ErasePost(as *Session, id string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	p := w.posts[id]
	switch {
	case !w.config.EnableAPIPostDeletion:
		return errEraseOff.With()
	case !w.may(as, ManageSystem):
		return ErrPermission.With(ManageSystem)
	case p == nil:
		return errPostUnknown.With()
	}
	c, gone := w.channels[p.ChannelID], append(timeline{p}, p.replies()...)
	w.dropPost(c, p, as.UserID)
	for _, p := range gone {
		w.forget(p)
	}
	w.files.sweep()
	c.posts.log = slices.DeleteFunc(c.posts.log, func(entry change) bool { return w.posts[entry.post.ID] == nil })
	return nil
}

// forget removes a deleted post, its earlier versions, the files of them and who
// follows it. The caller sweeps the files when all posts are forgotten.
func (w *World) forget(p *post) {
	delete(w.posts, p.ID)
	w.eraseFiles(p.FileIDs...)
	if p.more == nil {
		return
	}
	for _, version := range p.more.history {
		delete(w.posts, version.ID)
		w.eraseFiles(version.FileIDs...)
	}
	for _, f := range p.more.follows {
		delete(w.follows[f.userID], p.ID)
	}
}

// dropPost marks a post and its replies as deleted and tells the channel: who
// deleted it is for admins only.
func (w *World) dropPost(c *channel, p *post, by string) {
	before := w.asDeleted(p)
	at := w.clock.tick()
	all := append(timeline{p}, p.replies()...)
	for _, gone := range all {
		gone.change(func(d *model.Post) {
			d.DeleteAt, d.UpdateAt = at, at
			d.Props = withProp(d.Props, model.PropDeleteBy, by)
		})
		c.posts.note(gone)
	}
	c.posts.remove(all)
	w.forgetFlags(p.ID)
	if p.root != nil {
		p.root.more.removeReply(p)
		p.root.UpdateAt = at
		c.posts.note(p.root)
	} else {
		w.forgetDrafts(p)
	}
	if !w.heard() {
		return
	}
	if !w.version.Has(versions.DeletedToAdminsApart) {
		w.publish(&Event{Name: model.EventPostDeleted, Data: map[string]any{"post": before}, Broadcast: toChannel(c.ID)})
		return
	}
	admins, others := toChannel(c.ID), toChannel(c.ID)
	admins.ContainsSensitiveData, others.ContainsSanitizedData = true, true
	w.publish(&Event{Name: model.EventPostDeleted, Data: map[string]any{"post": before, "delete_by": by}, Broadcast: admins})
	w.publish(&Event{Name: model.EventPostDeleted, Data: map[string]any{"post": before}, Broadcast: others})
}

// asDeleted is the JSON of a post in a post_deleted event: as it was before, with
// nothing computed (recorded from 11.6.0).
func (w *World) asDeleted(p *post) string {
	if !w.heard() {
		return ""
	}
	d := p.model()
	d.Metadata = nil
	if !w.version.Has(versions.DeletedWithoutMetadata) {
		d.Metadata = &model.PostMetadata{}
	}
	return w.inJSON(d)
}
