package world

import (
	"cmp"
	"slices"
)

// channelPosts are a channel's posts in the two orders that clients read them
// in, so that a page costs the same in a channel of a hundred posts and of a
// hundred thousand.
type channelPosts struct {
	living []*post // by create_at, oldest first; no deleted ones
	log    []change
	stale  int // entries of the log that a later change of the same post made void
}

// A change says when a post was last changed. The log holds changes by time,
// oldest first; an entry counts only while its time is still the post's.
type change struct {
	at   int64
	post *post
}

func (c change) void() bool { return c.post.UpdateAt != c.at }

func byCreation(p *post, at int64) int { return cmp.Compare(p.CreateAt, at) }

// add puts a new post in. Only an imported one is older than the newest.
func (s *channelPosts) add(p *post) {
	i := len(s.living)
	if i > 0 && s.living[i-1].CreateAt > p.CreateAt {
		i, _ = slices.BinarySearchFunc(s.living, p.CreateAt+1, byCreation)
	}
	s.living = slices.Insert(s.living, i, p)
	s.insert(change{p.UpdateAt, p})
}

// note writes down that a post has changed: that its UpdateAt is another one.
func (s *channelPosts) note(p *post) {
	s.stale++
	if s.stale > 64 && s.stale > len(s.log)/2 {
		s.log = slices.DeleteFunc(s.log, change.void)
		s.stale = 0
	}
	s.insert(change{p.UpdateAt, p})
}

func (s *channelPosts) insert(c change) {
	i := len(s.log)
	if i > 0 && s.log[i-1].at > c.at {
		i, _ = slices.BinarySearchFunc(s.log, c.at+1, func(c change, at int64) int { return cmp.Compare(c.at, at) })
	}
	s.log = slices.Insert(s.log, i, c)
}

// remove takes a deleted post out of the living ones. It stays in the log.
func (s *channelPosts) remove(p *post) {
	if i := s.index(p); i >= 0 {
		s.living = slices.Delete(s.living, i, i+1)
	}
}

// index is a living post's place, -1 for any other.
func (s *channelPosts) index(p *post) int {
	i, _ := slices.BinarySearchFunc(s.living, p.CreateAt, byCreation)
	for ; i < len(s.living) && s.living[i].CreateAt == p.CreateAt; i++ {
		if s.living[i] == p {
			return i
		}
	}
	return -1
}

// page returns the posts of a page counted from the newest, newest first.
func (s *channelPosts) page(page Page) []*post {
	from, to := page.bounds(len(s.living))
	n := len(s.living)
	return newestFirst(s.living[n-to : n-from])
}

func newestFirst(part []*post) []*post {
	list := slices.Clone(part)
	slices.Reverse(list)
	return list
}

// since returns the posts changed after a time, deleted ones too, newest created
// first, at most limit of them: those changed first.
func (s *channelPosts) since(at int64, limit int) []*post {
	i, _ := slices.BinarySearchFunc(s.log, at+1, func(c change, at int64) int { return cmp.Compare(c.at, at) })
	list := []*post{}
	for ; i < len(s.log) && len(list) < limit; i++ {
		if c := s.log[i]; !c.void() {
			list = append(list, c.post)
		}
	}
	slices.SortStableFunc(list, func(a, b *post) int { return cmp.Compare(b.CreateAt, a.CreateAt) })
	return list
}

// changedAt is the time of the newest change, 0 in an empty channel.
func (s *channelPosts) changedAt() int64 {
	if len(s.log) == 0 {
		return 0
	}
	return s.log[len(s.log)-1].at
}

// pendingPosts remembers for half a minute which post came of a pending_post_id,
// so that a client that sends it twice makes one post. It forgets as it goes.
type pendingPosts struct {
	made  map[string]pendingPost
	order []string
}

type pendingPost struct {
	post  *post
	until int64
}

// look finds the post of a pending id, nil where there is none.
func (p *pendingPosts) look(key string, now int64) *post {
	if found, ok := p.made[key]; ok && now < found.until {
		return found.post
	}
	return nil
}

func (p *pendingPosts) keep(key string, made *post, now int64) {
	for len(p.order) > 0 && p.made[p.order[0]].until <= now {
		delete(p.made, p.order[0])
		p.order = p.order[1:]
	}
	if p.made == nil {
		p.made = map[string]pendingPost{}
	}
	if _, again := p.made[key]; !again {
		p.order = append(p.order, key)
	}
	p.made[key] = pendingPost{made, now + pendingLife}
}
