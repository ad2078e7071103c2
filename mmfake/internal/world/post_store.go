package world

import (
	"cmp"
	"slices"
	"sort"
)

// A timeline holds posts by create_at, oldest first; those of the same time, which
// only an import makes, by id.
type timeline []*post

func (p *post) before(at int64, id string) bool {
	return p.CreateAt < at || p.CreateAt == at && p.ID < id
}

// add puts a post in. Only an imported one is older than the newest.
func (l *timeline) add(p *post) {
	i := len(*l)
	if i > 0 && !(*l)[i-1].before(p.CreateAt, p.ID) {
		i = l.from(p.CreateAt, p.ID)
	}
	*l = slices.Insert(*l, i, p)
}

// from is the place of the first post that is not before a time and an id.
func (l timeline) from(at int64, id string) int {
	return sort.Search(len(l), func(i int) bool { return !l[i].before(at, id) })
}

// remove takes a post out, if it is in.
func (l *timeline) remove(p *post) {
	if i := l.index(p); i >= 0 {
		*l = slices.Delete(*l, i, i+1)
	}
}

// index is a post's place, -1 where it is not in.
func (l timeline) index(p *post) int {
	if i := l.from(p.CreateAt, p.ID); i < len(l) && l[i] == p {
		return i
	}
	return -1
}

// after is the place of the first post that was created after a time.
func (l timeline) after(at int64) int {
	return sort.Search(len(l), func(i int) bool { return l[i].CreateAt > at })
}

// channelPosts are a channel's posts in the orders that clients read them in, so
// that a page costs the same in a channel of a hundred posts and of a hundred
// thousand.
type channelPosts struct {
	living timeline // no deleted ones
	roots  timeline // those of living that are no replies
	pinned timeline // those of living that are pinned
	log    []change
	stale  int // entries of the log that a later change of the same post made void
}

// A change says when a post was last changed. The log holds changes by time,
// oldest first; an entry counts only while its time is still the post's. Posts
// that never changed are not in it.
type change struct {
	at   int64
	post *post
}

func (c change) void() bool { return c.post.UpdateAt != c.at }

// add puts a new post in.
func (s *channelPosts) add(p *post) {
	s.living.add(p)
	if p.root == nil {
		s.roots.add(p)
	}
	if p.IsPinned {
		s.pinned.add(p)
	}
}

// note writes down that a post has changed: that its UpdateAt is another one.
func (s *channelPosts) note(p *post) {
	s.stale++
	if s.stale > 64 && s.stale > len(s.log)/2 {
		s.log = slices.DeleteFunc(s.log, change.void)
		s.stale = 0
	}
	i := len(s.log)
	if i > 0 && s.log[i-1].at > p.UpdateAt {
		i = s.logAfter(p.UpdateAt)
	}
	s.log = slices.Insert(s.log, i, change{p.UpdateAt, p})
}

// logAfter is the place of the first entry of the log after a time.
func (s *channelPosts) logAfter(at int64) int {
	return sort.Search(len(s.log), func(i int) bool { return s.log[i].at > at })
}

// repin follows a change of a living post's pin.
func (s *channelPosts) repin(p *post) {
	s.pinned.remove(p)
	if p.IsPinned {
		s.pinned.add(p)
	}
}

// remove takes deleted posts out of all but the log. Many at once, a long thread's,
// cost one walk through the channel.
func (s *channelPosts) remove(gone timeline) {
	const few = 8
	for _, l := range []*timeline{&s.living, &s.roots, &s.pinned} {
		if len(gone) > few {
			*l = slices.DeleteFunc(*l, func(p *post) bool { return p.DeleteAt != 0 })
			continue
		}
		for _, p := range gone {
			l.remove(p)
		}
	}
}

// all are the living and the deleted posts, earlier versions too. It costs as much
// as the channel is long: it is for admins who ask for deleted posts.
func (s *channelPosts) all() timeline {
	list := slices.Clone(s.living)
	seen := map[*post]bool{}
	for _, c := range s.log {
		if c.post.DeleteAt != 0 && !seen[c.post] {
			seen[c.post] = true
			list = append(list, c.post)
		}
	}
	slices.SortStableFunc(list, func(a, b *post) int { return cmp.Compare(a.CreateAt, b.CreateAt) })
	return list
}

// since returns the posts created or changed after a time, deleted ones too,
// newest created first, at most limit of them: those changed first, so that asking
// again from the newest change on misses none.
func (s *channelPosts) since(at int64, limit int) []*post {
	list := []*post{}
	seen := map[*post]bool{}
	log, fresh := s.log[s.logAfter(at):], s.living[s.living.after(at):]
	for len(list) < limit && len(log)+len(fresh) > 0 {
		if len(fresh) > 0 && (len(log) == 0 || fresh[0].CreateAt < log[0].at) {
			if p := fresh[0]; p.UpdateAt == p.CreateAt && !seen[p] { // else the log has it
				seen[p] = true
				list = append(list, p)
			}
			fresh = fresh[1:]
			continue
		}
		if c := log[0]; !c.void() && !seen[c.post] {
			seen[c.post] = true
			list = append(list, c.post)
		}
		log = log[1:]
	}
	slices.SortStableFunc(list, func(a, b *post) int { return cmp.Compare(b.CreateAt, a.CreateAt) })
	return list
}

// changedAt is the time of the newest change, 0 in an empty channel.
func (s *channelPosts) changedAt() int64 {
	var at int64
	if n := len(s.living); n > 0 {
		at = s.living[n-1].CreateAt
	}
	if n := len(s.log); n > 0 {
		at = max(at, s.log[n-1].at)
	}
	return at
}
