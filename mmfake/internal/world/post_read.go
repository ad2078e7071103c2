package world

import (
	"cmp"
	"slices"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

const sinceLimit = 1000 // posts in the answer to a question for what changed since a time

// Post returns a post that the session's user may read. Deleted ones are shown
// to admins who ask for them.
func (w *World) Post(as *Session, id string, deleted bool) (*model.Post, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if deleted && !w.may(as, ManageSystem) {
		return nil, ErrPermission.With(ManageSystem)
	}
	p, err := w.readable(as, id, deleted)
	if err != nil {
		return nil, err
	}
	return w.dress(p), nil
}

// readable finds a post whose channel the session's user may read.
func (w *World) readable(as *Session, id string, deleted bool) (*post, error) {
	p := w.posts[id]
	if p == nil || p.DeleteAt != 0 && !deleted {
		return nil, errPostUnknown.With()
	}
	if !w.mayRead(as, w.channels[p.ChannelID]) {
		return nil, ErrPermission.With(ReadChannelContent)
	}
	return p, nil
}

// A PostQuery asks for a part of a channel's posts. The first that is given of
// Since, After, Before and Page counts.
type PostQuery struct {
	Since         int64  // changed after that time, deleted ones too; the page is ignored
	After, Before string // the page next to that post
	Page          Page
	SkipThreads   bool // leave out the other posts of the threads that the page touches
	Deleted       bool // deleted ones too, for admins
}

// ChannelPosts returns a part of a channel's posts, newest first (facts 4.3).
func (w *World) ChannelPosts(as *Session, channelID string, q PostQuery) (*model.PostList, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	c := w.channels[channelID]
	if !w.mayRead(as, c) {
		return nil, ErrPermission.With(ReadChannelContent)
	}
	if q.Deleted && !w.may(as, ManageSystem) {
		return nil, ErrPermission.With(ManageSystem)
	}
	switch {
	case q.Since > 0:
		return w.postsSince(c, q), nil
	case q.After != "":
		return w.postsAround(c, q, q.After, true), nil
	case q.Before != "":
		return w.postsAround(c, q, q.Before, false), nil
	}
	return w.postsPage(c, q), nil
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

func (w *World) postsSince(c *channel, q PostQuery) *model.PostList {
	list := newPostList()
	for _, p := range c.posts.since(q.Since, sinceLimit) {
		list.Order = append(list.Order, p.ID)
		list.Posts[p.ID] = w.dressPlain(p)
		if p.root != nil && p.root.DeleteAt == 0 {
			list.Posts[p.root.ID] = w.dressPlain(p.root)
		}
	}
	return list
}

func newPostList() *model.PostList {
	return &model.PostList{Order: []string{}, Posts: map[string]*model.Post{}}
}

func (w *World) postsPage(c *channel, q PostQuery) *model.PostList {
	living := c.posts.living
	from, to := q.Page.bounds(len(living))
	n := len(living)
	list := w.postList(living[n-to:n-from], q.SkipThreads, q.SkipThreads)
	if to > from {
		list.PrevPostID, list.NextPostID = idAt(living, n-to-1), idAt(living, n-from)
	}
	return list
}

// postsAround returns the page before or after a post of the channel.
func (w *World) postsAround(c *channel, q PostQuery, id string, after bool) *model.PostList {
	living := c.posts.living
	p := w.posts[id]
	if p == nil || p.ChannelID != c.ID {
		return newPostList()
	}
	// The places of the first post that is not older, and the first that is newer.
	at := living.index(p)
	next := at + 1
	if at < 0 {
		at, _ = slices.BinarySearchFunc(living, p.CreateAt, byCreation)
		next = at
	}
	var from, to int
	if after {
		a, b := q.Page.bounds(len(living) - next)
		from, to = next+a, next+b
	} else {
		a, b := q.Page.bounds(at)
		from, to = at-b, at-a
	}
	list := w.postList(living[from:to], q.SkipThreads, true)
	w.setCursors(list, living, from, to, q, id, after)
	return list
}

// setCursors names the posts next to a page around a post. On its first page the
// near one is that post itself; a page that is not full has nothing beyond it.
func (w *World) setCursors(list *model.PostList, living []*post, from, to int, q PostQuery, id string, after bool) {
	if to > from {
		list.PrevPostID, list.NextPostID = idAt(living, from-1), idAt(living, to)
	}
	full := to-from == q.Page.PerPage
	if after {
		if q.Page.Number == 0 {
			list.PrevPostID = id
		}
		if !full {
			list.NextPostID = ""
		}
		return
	}
	if q.Page.Number == 0 {
		list.NextPostID = id
	}
	if !full {
		list.PrevPostID = ""
	}
}

// idAt is the id of the post at a place, "" beyond the ends.
func idAt(living []*post, i int) string {
	if i < 0 || i >= len(living) {
		return ""
	}
	return living[i].ID
}

// postList makes the list of a part of a channel's posts, oldest first in part,
// with the other posts of the threads that its replies belong to.
func (w *World) postList(part []*post, skipThreads, counts bool) *model.PostList {
	list := &model.PostList{Order: make([]string, 0, len(part)), Posts: make(map[string]*model.Post, len(part))}
	dress := w.dressPlain
	if counts {
		dress = w.dress
	}
	for _, p := range slices.Backward(part) {
		list.Order = append(list.Order, p.ID)
		list.Posts[p.ID] = dress(p)
	}
	if skipThreads {
		return list
	}
	touched := map[*post]bool{}
	for _, p := range part {
		if p.root == nil || touched[p.root] {
			continue
		}
		touched[p.root] = true
		for _, other := range append(timeline{p.root}, p.root.replies()...) {
			if list.Posts[other.ID] == nil {
				list.Posts[other.ID] = dress(other)
			}
		}
	}
	return list
}

// AllPosts returns the living posts of those channels that in picks, oldest
// first, whoever may read them: it is for the test itself.
func (w *World) AllPosts(in func(channelID string) bool) []*model.Post {
	w.mu.RLock()
	defer w.mu.RUnlock()
	var list []*model.Post
	for id, c := range w.channels {
		if !in(id) {
			continue
		}
		for _, p := range c.posts.living {
			list = append(list, w.dress(p))
		}
	}
	slices.SortFunc(list, func(a, b *model.Post) int {
		return cmp.Or(cmp.Compare(a.CreateAt, b.CreateAt), strings.Compare(a.ID, b.ID))
	})
	return list
}

// Names returns the names of a user and a channel, "" for unknown ones.
func (w *World) Names(userID, channelID string) (user, channel string) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if u := w.users[userID]; u != nil {
		user = u.Username
	}
	if c := w.channels[channelID]; c != nil {
		channel = c.Name
	}
	return user, channel
}
