package world

import (
	"slices"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

const sinceLimit = 1000 // posts in the answer to a question for what changed since a time

// A PostQuery asks for a part of a channel's posts. The first that is given of
// Since, After, Before and Page counts.
type PostQuery struct {
	Since         int64  // changed after that time, deleted ones too; the page is ignored
	After, Before string // the page next to that post
	Page          Page
	SkipThreads   bool // of the threads that the page touches only the root posts
	Collapsed     bool // root posts only, with what the session's user has to do with their threads
	Extended      bool // with Collapsed: participants are more than ids
	Deleted       bool // deleted ones too, for admins
}

// ChannelPosts returns a part of a channel's posts, newest first (facts 4.3).
func (w *World) ChannelPosts(as *Session, channelID string, q PostQuery) (*model.PostList, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	c, err := w.channelToList(as, channelID)
	if err != nil {
		return nil, err
	}
	if q.Deleted && !w.may(as, ManageSystem) {
		return nil, ErrPermission.With(ManageSystem)
	}
	r := &pageReader{world: w, as: as, channel: c, query: q, posts: c.posts.living}
	switch {
	case q.Deleted:
		r.posts = c.posts.all()
		if q.Collapsed {
			r.posts = slices.DeleteFunc(r.posts, func(p *post) bool { return p.root != nil })
		}
	case q.Collapsed:
		r.posts = c.posts.roots
	}
	switch {
	case q.Since > 0:
		return r.since(), nil
	case q.After != "":
		return r.around(q.After, true), nil
	case q.Before != "":
		return r.around(q.Before, false), nil
	}
	return r.page(), nil
}

// PostsEtag identifies the state of a channel's posts: the time of the newest change.
func (w *World) PostsEtag(channelID string) int64 {
	w.mu.RLock()
	defer w.mu.RUnlock()
	c := w.channels[channelID]
	if c == nil {
		return 0
	}
	return c.posts.changedAt()
}

// PostsAroundUnread returns the oldest post that a user has not read, with so many
// before it, and so many from it on. Where he has read all, or never opened the
// channel, it returns the newest page, and true (facts 4.3).
func (w *World) PostsAroundUnread(as *Session, userID, channelID string, before, after int, q PostQuery) (list *model.PostList, newest bool, err error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if !w.mayManageUser(as, userID) {
		return nil, false, ErrPermission.With(EditOtherUsers)
	}
	c, err := w.channelToList(as, channelID)
	if err != nil {
		return nil, false, err
	}
	m := c.members[userID]
	if m == nil {
		return nil, false, errChannelMemberUnknown.With()
	}
	q.Page = Page{PerPage: before}
	r := &pageReader{world: w, as: as, channel: c, query: q, posts: c.posts.living}
	if q.Collapsed {
		r.posts = c.posts.roots
	}
	at := r.posts.after(m.LastViewedAt)
	if m.LastViewedAt == 0 || at == len(r.posts) {
		return r.page(), true, nil
	}
	r.counts, r.whole = true, true
	list = r.part(max(0, at-before), min(len(r.posts), at+after))
	if q.Collapsed || !q.SkipThreads {
		list.HasNext = new(bool) // of the thread of the unread post
	}
	return list, false, nil
}

// A pageReader makes lists of parts of a channel's posts.
type pageReader struct {
	world   *World
	as      *Session
	channel *channel
	query   PostQuery
	posts   timeline // what is paged through
	counts  bool     // posts carry the number of replies; with query.SkipThreads they do anyway
	whole   bool     // root posts of the page come with their replies too
	alone   bool     // replies of the page come with their root posts alone; with query.SkipThreads they do anyway
}

func (r *pageReader) page() *model.PostList {
	from, to := r.query.Page.bounds(len(r.posts))
	return r.part(len(r.posts)-to, len(r.posts)-from)
}

// around returns the page of what was posted before or after a post. That may be a
// deleted one, or one of another channel; before and after nothing there is nothing.
func (r *pageReader) around(id string, after bool) *model.PostList {
	at, next := 0, len(r.posts) // the places of the first post that is not older, and the first that is newer
	if p := r.world.posts[id]; p != nil {
		at = r.posts.from(p.CreateAt, p.ID)
		if next = at; at < len(r.posts) && r.posts[at] == p {
			next++
		}
	}
	r.whole = r.world.version.Has(versions.ThreadsAroundPages)
	r.counts, r.alone = true, !r.whole
	page := r.query.Page
	if after {
		from, to := page.bounds(len(r.posts) - next)
		list := r.part(next+from, next+to)
		if page.Number == 0 {
			list.PrevPostID = id
		}
		if to-from < page.PerPage {
			list.NextPostID = ""
		}
		return list
	}
	from, to := page.bounds(at)
	list := r.part(at-to, at-from)
	if page.Number == 0 {
		list.NextPostID = id
	}
	if to-from < page.PerPage {
		list.PrevPostID = ""
	}
	return list
}

func (r *pageReader) since() *model.PostList {
	list := model.NewPostList()
	for _, p := range r.channel.posts.since(r.query.Since, sinceLimit) {
		if r.query.Collapsed && p.root != nil {
			continue
		}
		list.Append(r.dress(p))
		if p.root != nil && p.root.DeleteAt == 0 {
			list.Add(r.dress(p.root))
		}
	}
	return list
}

// part lists the posts from one place up to another, newest first, with the other
// posts of the threads that its replies belong to, and names their neighbours.
func (r *pageReader) part(from, to int) *model.PostList {
	part := r.posts[from:to]
	list := &model.PostList{Order: make([]string, 0, len(part)), Posts: make(map[string]*model.Post, len(part))}
	if len(part) == 0 {
		return list
	}
	for _, p := range slices.Backward(part) {
		list.Append(r.dress(p))
	}
	list.PrevPostID, list.NextPostID = r.idAt(from-1), r.idAt(to)
	if !r.query.Collapsed {
		r.addThreads(list, part)
	}
	return list
}

// addThreads adds the other posts of the threads that a page touches, or of them the
// root posts alone.
func (r *pageReader) addThreads(list *model.PostList, part timeline) {
	touched := map[*post]bool{}
	for _, p := range part {
		root := p.thread()
		if touched[root] || p.root == nil && !r.whole {
			continue
		}
		touched[root] = true
		others := timeline{root}
		if !r.alone && !r.query.SkipThreads {
			others = append(others, root.replies()...)
		}
		for _, other := range others {
			if list.Posts[other.ID] == nil {
				list.Add(r.dress(other))
			}
		}
	}
}

// dress is a post as the query wants it.
func (r *pageReader) dress(p *post) *model.Post {
	d := r.dressed(p)
	r.world.showTo(r.as, d)
	return d
}

func (r *pageReader) dressed(p *post) *model.Post {
	switch {
	case r.query.Collapsed:
		return r.world.dressCollapsed(p, r.as, r.query.Extended)
	case r.counts || r.query.SkipThreads:
		return r.world.dress(p)
	}
	return r.world.dressPlain(p)
}

// idAt is the id of the post at a place, "" beyond the ends.
func (r *pageReader) idAt(i int) string {
	if i < 0 || i >= len(r.posts) {
		return ""
	}
	return r.posts[i].ID
}
