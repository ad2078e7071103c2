package world

import (
	"slices"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// A ThreadQuery asks for a part of a thread (facts 4.3).
type ThreadQuery struct {
	PerPage      int    // posts, the root among them unless it is Collapsed; 0 means all
	Down         bool   // oldest first; newest first otherwise
	FromPost     string // only what comes after that post in the order asked for; goes with FromCreateAt
	FromCreateAt int64  // only what comes after that time
	FromUpdateAt int64  // only what changed after that time
	UpdatesOnly  bool   // the root too only where it changed after FromUpdateAt
	Alone        bool   // the post without its thread, unless it is Collapsed
	Collapsed    bool   // a root, with what the session's user has to do with the thread, and its replies; a reply alone
	Extended     bool   // with Collapsed: participants are more than ids
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
	dress, thread := w.dress, slices.Clone(p.thread().replies())
	thread.add(p.thread())
	if q.Collapsed {
		dress = func(p *post) *model.Post { return w.dressCollapsed(p, as, q.Extended) }
		thread = p.replies()
	}
	list := model.NewPostList()
	if q.Alone && !q.Collapsed {
		list.Append(dress(p))
		return w.showAllTo(as, list), nil
	}
	shown, more := q.part(thread)
	list.HasNext = &more
	list.Add(dress(p))
	for _, p := range shown {
		list.Append(dress(p))
	}
	if !q.Down {
		slices.Reverse(list.Order)
	}
	switch {
	case !w.version.Has(versions.ThreadInOrder):
		list.Order = []string{p.ID}
	case !w.version.Has(versions.ThreadWithoutRepeat):
		list.Order = append([]string{p.ID}, list.Order...)
	default:
		others := without(list.Order, p.ID)
		list.Order = append([]string{p.ID}, others...)
	}
	return w.showAllTo(as, list), nil
}

// part picks the posts of a thread that are asked for, oldest first, and says whether
// there are more of them.
func (q ThreadQuery) part(posts timeline) (timeline, bool) {
	if q.FromCreateAt != 0 {
		if q.Down {
			posts = posts[q.cursor(posts):]
		} else {
			posts = posts[:posts.from(q.FromCreateAt, q.FromPost)]
		}
	}
	if q.FromUpdateAt != 0 {
		posts = slices.DeleteFunc(slices.Clone(posts), func(p *post) bool {
			return p.UpdateAt <= q.FromUpdateAt && (p.root != nil || q.UpdatesOnly)
		})
	}
	switch extra := len(posts) - q.PerPage; {
	case q.PerPage == 0 || extra <= 0:
		return posts, false
	case q.Down:
		return posts[:q.PerPage], true
	default:
		return posts[extra:], true
	}
}

// cursor is the place of the first post after the one that the query names, or after
// the time where it names none.
func (q ThreadQuery) cursor(posts timeline) int {
	if q.FromPost == "" {
		return posts.after(q.FromCreateAt)
	}
	at := posts.from(q.FromCreateAt, q.FromPost)
	if at < len(posts) && posts[at].ID == q.FromPost {
		at++
	}
	return at
}
