package world

import (
	"slices"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// A ThreadQuery asks for a part of a thread (facts 4.3).
type ThreadQuery struct {
	PerPage      int    // replies; 0 means all
	Down         bool   // oldest first; newest first otherwise
	FromPost     string // only what comes after that post in the order asked for
	FromCreateAt int64  // likewise after that time; the two go together
}

// Thread returns the thread that a post belongs to: the root and a part of its
// replies, the newest first unless the query asks otherwise.
func (w *World) Thread(as *Session, id string, q ThreadQuery) (*model.PostList, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	p, err := w.readable(as, id, false)
	if err != nil {
		return nil, err
	}
	root := p.thread()
	replies := slices.Clone(root.replies())
	if !q.Down {
		slices.Reverse(replies)
	}
	replies = slices.DeleteFunc(replies, func(p *post) bool { return !q.wants(p) })
	hasNext := q.PerPage > 0 && len(replies) > q.PerPage
	if hasNext {
		replies = replies[:q.PerPage]
	}
	list := newPostList()
	list.HasNext = &hasNext
	if q.Down {
		replies = append(timeline{root}, replies...)
	} else {
		replies = append(replies, root)
	}
	for _, p := range replies {
		list.Order = append(list.Order, p.ID)
		list.Posts[p.ID] = w.dress(p)
	}
	return list, nil
}

// wants says whether a reply lies in the part of the thread asked for.
func (q ThreadQuery) wants(p *post) bool {
	switch {
	case q.FromCreateAt == 0 || p.ID == q.FromPost:
		return q.FromCreateAt == 0
	case q.Down:
		return p.CreateAt > q.FromCreateAt || p.CreateAt == q.FromCreateAt && p.ID > q.FromPost
	}
	return p.CreateAt < q.FromCreateAt || p.CreateAt == q.FromCreateAt && p.ID < q.FromPost
}
