package world

import (
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// rootFor finds the post that a new one replies to, nil where it begins a thread.
func (w *World) rootFor(d *model.Post) (*post, error) {
	if d.RootID == "" {
		return nil, nil
	}
	root := w.posts[d.RootID]
	switch {
	case root == nil, root.DeleteAt != 0, root.root != nil && w.version.Has(versions.RootsOnly):
		return nil, errPostRoot.With()
	case root.ChannelID != d.ChannelID:
		return nil, errPostRootChannel.With()
	}
	return root, nil
}

// checkPostIDs says what is wrong with the ids that a client gave a new post, in the
// real server's order: the thread is looked for before the post is stored. While posts
// had a parent it was a post of the thread, and without a root there was none.
func (w *World) checkPostIDs(in *model.Post, parentID string) error {
	root, err := w.rootFor(in)
	switch {
	case err != nil:
		return err
	case root != nil && parentID != "" && !w.inThread(root, parentID):
		return errPostParent.With()
	case in.ID != "":
		return errPostExists.With()
	case root == nil && parentID != "" && len(parentID) != model.IDLength:
		return errPostParentID.With()
	case root == nil && parentID != "":
		return errPostParentAlone.With()
	}
	return nil
}

// inThread says whether a living post with that id is in the thread of another.
func (w *World) inThread(of *post, id string) bool {
	if of.root != nil {
		of = of.root
	}
	p, _ := w.livingPost(id)
	return p != nil && (p == of || p.root == of)
}
