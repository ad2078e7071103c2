package world

import (
	"cmp"
	"slices"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// PostFiles describes the files of a post, oldest first.
func (w *World) PostFiles(as *Session, postID string) ([]*model.FileInfo, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	p, _, err := w.postToRead(as, postID)
	if err != nil {
		return nil, err
	}
	ids := p.FileIDs
	if !w.version.Has(versions.EditsChangeFiles) {
		ids = w.everAttached(p)
	}
	return slices.Clip(w.filesOf(ids)), nil
}

// attachedTo are the files that a post which has some shows.
func (w *World) attachedTo(d *model.Post) []string {
	if p := w.posts[d.ID]; p != nil && !w.version.Has(versions.EditsChangeFiles) {
		return w.everAttached(p)
	}
	return d.FileIDs
}

// everAttached are the files of a post in a version whose edits change the list of them
// and not where the files are.
func (w *World) everAttached(p *post) []string {
	ids := slices.Clone(p.FileIDs)
	if p.more != nil {
		for _, earlier := range p.more.history {
			ids = append(ids, earlier.FileIDs...)
		}
	}
	slices.Sort(ids)
	return slices.DeleteFunc(slices.Compact(ids), func(id string) bool { return w.files.byID[id] == nil || w.files.byID[id].PostID != p.ID })
}

// filesOf describes the files of those ids, oldest first, never nil.
func (w *World) filesOf(ids []string) []*model.FileInfo {
	list := make([]*model.FileInfo, 0, len(ids))
	for _, id := range ids {
		if f := w.files.byID[id]; f != nil {
			list = append(list, f.FileInfo)
		}
	}
	slices.SortFunc(list, func(a, b *model.FileInfo) int { return cmp.Compare(a.CreateAt, b.CreateAt) })
	return list
}

// attachFiles makes a new post's files its own. It drops the ids of files that are
// unknown, somebody else's or part of a post already, without a word; where nothing
// is left the list is nil, which the answer shows (facts 4.2, recorded from 11.6.0).
// Versions that check nothing of them keep all ids, and take others' files too.
func (w *World) attachFiles(d *model.Post) {
	if len(d.FileIDs) == 0 {
		return
	}
	var kept []string
	for _, id := range d.FileIDs {
		if w.attachFile(d, id) || !w.version.Has(versions.FilesChecked) {
			kept = append(kept, id)
		}
	}
	d.FileIDs = kept
}

func (w *World) attachFile(d *model.Post, id string) bool {
	f := w.files.byID[id]
	if f == nil || f.PostID != "" || f.UserID != d.UserID && w.version.Has(versions.FilesChecked) {
		return false
	}
	f.change(func(f *model.FileInfo) { f.PostID, f.ChannelID = d.ID, d.ChannelID })
	return true
}

// changeFiles follows an edit: files that the new version has no more are deleted,
// new ones are attached, and those of an earlier version come back.
// Old versions leave the files where they are, and change the ids alone.
func (w *World) changeFiles(old, next *model.Post) {
	if !w.version.Has(versions.EditsChangeFiles) {
		return
	}
	kept := []string{}
	for _, id := range next.FileIDs {
		f := w.files.byID[id]
		switch {
		case f != nil && f.PostID == next.ID:
			f.change(func(f *model.FileInfo) { f.DeleteAt = 0 })
		case !w.attachFile(next, id):
			continue
		}
		kept = append(kept, id)
	}
	next.FileIDs = kept
	for _, id := range old.FileIDs {
		if f := w.files.byID[id]; f != nil && !slices.Contains(kept, id) {
			f.change(func(f *model.FileInfo) { f.DeleteAt = w.clock.tick() })
		}
	}
}

// noteFiles says in a posted event whether the post has files and pictures.
func (w *World) noteFiles(p *post, data map[string]any) {
	if len(p.FileIDs) == 0 {
		return
	}
	data["otherFile"] = "true"
	if slices.ContainsFunc(w.filesOf(p.FileIDs), isImage) {
		data["image"] = "true"
	}
}

// gone says whether the post of a file is deleted, and the file with it.
func (w *World) gone(f *file) bool {
	if f.DeleteAt != 0 || f.PostID == "" {
		return f.DeleteAt != 0
	}
	p := w.posts[f.PostID]
	return p == nil || p.DeleteAt != 0
}

// eraseFiles removes files for good, as far as they are still there. They stay in
// the list of all until it is swept.
func (w *World) eraseFiles(ids ...string) {
	for _, id := range ids {
		if f := w.files.byID[id]; f != nil {
			delete(w.files.byID, id)
			w.release(f.content)
		}
	}
}

// sweep removes erased files from the list of all.
func (s *files) sweep() {
	s.all = slices.DeleteFunc(s.all, func(f *file) bool { return s.byID[f.ID] == nil })
}
