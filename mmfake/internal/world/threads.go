package world

import (
	"slices"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// A ThreadQuery asks for a part of a thread (facts 4.3).
type ThreadQuery struct {
	PerPage      int    // replies; 0 means all
	Down         bool   // oldest first; newest first otherwise
	FromPost     string // only what comes after that post in the order asked for; goes with FromCreateAt
	FromCreateAt int64  // only what comes after that time
	FromUpdateAt int64  // only what changed after that time
	UpdatesOnly  bool   // the root too only where it changed after FromUpdateAt
	Alone        bool   // the post without its thread
	Collapsed    bool   // the root tells what the session's user has to do with the thread
}

// Thread returns the thread that a post belongs to: the post itself, then the rest
// of the root and a part of its replies, the newest first unless the query asks
// otherwise (facts 4.3).
func (w *World) Thread(as *Session, id string, q ThreadQuery) (*model.PostList, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	p, err := w.readable(as, id, false)
	if err != nil {
		return nil, err
	}
	dress := w.dress
	if q.Collapsed {
		dress = func(p *post) *model.Post { return w.dressCollapsed(p, as) }
	}
	list := model.NewPostList()
	list.HasNext = new(bool)
	if q.Alone {
		list.Append(dress(p))
		return list, nil
	}
	replies, more := q.part(p.thread().replies())
	*list.HasNext = more
	root := timeline{p.thread()}
	if q.UpdatesOnly && root[0].UpdateAt <= q.FromUpdateAt {
		root = nil
	}
	shown := append(root, replies...)
	if !q.Down {
		slices.Reverse(shown)
	}
	for _, p := range shown {
		list.Append(dress(p))
	}
	switch {
	case !w.version.Has(versions.ThreadInOrder):
		list.Order = []string{p.ID}
	case !w.version.Has(versions.ThreadWithoutRepeat):
		list.Order = append([]string{p.ID}, list.Order...)
	default:
		others := slices.DeleteFunc(list.Order, func(id string) bool { return id == p.ID })
		list.Order = append([]string{p.ID}, others...)
	}
	return list, nil
}

// part picks the replies that are asked for, oldest first, and says whether there
// are more of them.
func (q ThreadQuery) part(replies timeline) (timeline, bool) {
	if q.FromCreateAt != 0 {
		if q.Down {
			replies = replies[q.cursor(replies):]
		} else {
			replies = replies[:replies.from(q.FromCreateAt, q.FromPost)]
		}
	}
	if q.FromUpdateAt != 0 {
		replies = slices.DeleteFunc(slices.Clone(replies), func(p *post) bool { return p.UpdateAt <= q.FromUpdateAt })
	}
	switch extra := len(replies) - q.PerPage; {
	case q.PerPage == 0 || extra <= 0:
		return replies, false
	case q.Down:
		return replies[:q.PerPage], true
	default:
		return replies[extra:], true
	}
}

// cursor is the place of the first reply after the one that the query names, or
// after the time where it names none.
func (q ThreadQuery) cursor(replies timeline) int {
	if q.FromPost == "" {
		return replies.after(q.FromCreateAt)
	}
	at := replies.from(q.FromCreateAt, q.FromPost)
	if at < len(replies) && replies[at].ID == q.FromPost {
		at++
	}
	return at
}
