package world

import (
	"cmp"
	"slices"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

const mostFound = 100 // posts in the answer to a search

// A PostSearch asks for posts by what they say.
type PostSearch struct {
	Terms       string // words and modifiers (facts 4.5)
	Either      bool   // one of the words is enough
	Zone        int    // seconds that the asker's clock is ahead of UTC: where his days begin
	Page        int    // only the first has any posts, as with the real server's database
	ArchivedToo bool   // channels that are archived too
	TeamID      string // "" searches all teams
}

// SearchPosts finds posts in the channels that the session's user is a member of,
// newest first, up to a hundred.
func (w *World) SearchPosts(as *Session, s PostSearch) (*model.PostList, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.maySearch(as, s); err != nil {
		return nil, err
	}
	if !w.config.EnablePostSearch {
		return nil, errSearchOff.With()
	}
	q := parseSearch(s.Terms, s.Either, s.Zone)
	if q.empty() || s.Page > 0 {
		return model.NewPostList(), nil
	}
	search := &searching{searchScope: w.scopeOf(as, s, q), world: w}
	if len(q.words)+len(q.tags) > 0 {
		w.search.catchUp()
		search.index()
	} else {
		search.all()
	}
	return w.showAllTo(as, w.list(search.found)), nil
}

// maySearch says why the session's user may not search so.
func (w *World) maySearch(as *Session, s PostSearch) error {
	switch {
	case s.TeamID != "" && !w.mayInTeam(as, s.TeamID, ViewTeam):
		return ErrPermission.With(ViewTeam)
	case s.Terms == "":
		return ErrBodyParam.With("terms")
	}
	return nil
}

// A searchScope says which posts and files a search looks at: where they are, whose,
// and of what time.
type searchScope struct {
	query               *searchQuery
	channels            map[string]*channel // by id
	authors, notAuthors map[string]bool     // by id
	from, to            int64               // see searchQuery.window
}

func (w *World) scopeOf(as *Session, s PostSearch, q *searchQuery) searchScope {
	scope := searchScope{query: q, channels: w.searched(as, s, q), authors: w.authors(q.from), notAuthors: w.authors(q.notFrom)}
	scope.from, scope.to = q.window()
	return scope
}

// has says whether what a user put into a channel at a time is looked at.
func (s *searchScope) has(channelID, userID string, at int64) bool {
	return at >= s.from && at < s.to && s.channels[channelID] != nil && (len(s.query.from) == 0 || s.authors[userID]) &&
		!s.notAuthors[userID] && !s.query.excludes(at)
}

// searched are the channels to look in, by id.
func (w *World) searched(as *Session, s PostSearch, q *searchQuery) map[string]*channel {
	channels := map[string]*channel{}
	for _, c := range as.user.channels {
		if s.TeamID != "" && c.TeamID != s.TeamID && c.TeamID != "" || c.DeleteAt != 0 && (!s.ArchivedToo || !w.findable(c)) {
			continue
		}
		if len(q.in) > 0 && !w.isNamed(as, c, q.in) || w.isNamed(as, c, q.notIn) {
			continue
		}
		channels[c.ID] = c
	}
	return channels
}

// isNamed says whether a channel is one of those named: by name, with or without ~, by
// id, or a direct or group channel as @name of the others, with commas between them.
func (w *World) isNamed(as *Session, c *channel, names []string) bool {
	return slices.ContainsFunc(names, func(name string) bool {
		name = strings.TrimLeft(name, "~")
		people, ok := strings.CutPrefix(name, "@")
		if !ok || !c.direct() {
			return c.Name == name || c.ID == name
		}
		members := map[string]bool{as.UserID: true}
		for person := range strings.SplitSeq(people, ",") {
			u := w.names[strings.TrimPrefix(strings.TrimSpace(person), "@")]
			if u == nil || c.members[u.ID] == nil {
				return false
			}
			members[u.ID] = true
		}
		return len(members) == len(c.members)
	})
}

// authors are the ids of the users of those names.
func (w *World) authors(names []string) map[string]bool {
	ids := map[string]bool{}
	for _, name := range names {
		if u := w.names[strings.TrimPrefix(name, "@")]; u != nil {
			ids[u.ID] = true
		}
	}
	return ids
}

// window is the time in which the query looks: from its first millisecond up to,
// but without, its last.
func (q *searchQuery) window() (from, to int64) {
	to = maxTime
	for _, d := range q.after {
		from = max(from, d.to)
	}
	for _, d := range q.before {
		to = min(to, d.from)
	}
	for _, d := range q.on {
		from, to = max(from, d.from), min(to, d.to)
	}
	for _, d := range q.notAfter {
		to = min(to, d.to)
	}
	for _, d := range q.notBefore {
		from = max(from, d.from)
	}
	return from, to
}

// excludes says whether a time is on a day on which the query does not look.
func (q *searchQuery) excludes(at int64) bool {
	return slices.ContainsFunc(q.notOn, func(d day) bool { return at >= d.from && at < d.to })
}

const maxTime = 1<<63 - 1

// A searching is a search on its way.
type searching struct {
	searchScope
	world *World
	words []string // of the post that is looked at; used again and again
	found []*post  // newest first, at most mostFound
}

// index looks at those posts that the index names, the newest blocks first: once
// there are enough, older blocks have nothing to add.
func (s *searching) index() {
	wanted, some := s.query.hashes()
	for _, b := range slices.Backward(s.world.search.blocks) {
		if len(s.found) == mostFound && b.newest < s.found[mostFound-1].CreateAt || b.newest < s.from {
			continue
		}
		if !some && !slices.ContainsFunc(wanted, func(hashes []uint64) bool {
			return !slices.ContainsFunc(hashes, func(h uint64) bool { return !b.mayHave(h) })
		}) {
			continue
		}
		for _, p := range slices.Backward(b.posts) {
			s.look(p)
		}
	}
}

// hashes are lists of words, one of which a post has all of if it is to be found.
// some says that there is no such list: any post may be.
func (q *searchQuery) hashes() (wanted [][]uint64, some bool) {
	var all [2][]uint64
	add := func(group int, t searchTerm) {
		var hashes []uint64
		for i, word := range t.words {
			if i < len(t.words)-1 || !t.prefix {
				hashes = append(hashes, hashOf(word))
			}
		}
		if q.either {
			wanted = append(wanted, hashes)
			some = some || len(hashes) == 0
		}
		all[group] = append(all[group], hashes...)
	}
	for _, t := range q.words {
		add(0, t)
	}
	for _, tag := range q.tags {
		add(1, searchTerm{words: slices.Collect(eachWord(tag))})
	}
	if q.either {
		return wanted, some
	}
	for group, asked := range []bool{len(q.words) > 0, len(q.tags) > 0} {
		if asked {
			wanted = append(wanted, all[group])
			some = some || len(all[group]) == 0
		}
	}
	return wanted, some
}

// all looks at all posts in the window, channel by channel.
func (s *searching) all() {
	for _, c := range s.channels {
		posts := c.posts.living
		hits := 0
		for _, p := range slices.Backward(posts[posts.from(s.from, ""):posts.from(s.to, "")]) {
			if hits == mostFound {
				break
			}
			if s.look(p) {
				hits++
			}
		}
	}
}

// look keeps a post if it is what is looked for and says whether it is.
func (s *searching) look(p *post) bool {
	if p.DeleteAt != 0 || p.isSystem() || !s.has(p.ChannelID, p.UserID, p.CreateAt) || !s.says(p) {
		return false
	}
	i, again := slices.BinarySearchFunc(s.found, p, func(a, b *post) int {
		return cmp.Or(cmp.Compare(b.CreateAt, a.CreateAt), strings.Compare(b.ID, a.ID))
	})
	if !again && i < mostFound {
		s.found = slices.Insert(s.found, i, p)
		s.found = s.found[:min(len(s.found), mostFound)]
	}
	return true
}

// says looks at the words of a post.
func (s *searching) says(p *post) bool {
	q := s.query
	if len(q.words)+len(q.notWords) > 0 {
		s.words = slices.AppendSeq(s.words[:0], eachWord(p.Message))
	}
	word := func(t searchTerm) bool { return t.in(s.words) }
	tag := func(tag string) bool { return hasTag(p.Hashtags, tag) }
	if slices.ContainsFunc(q.notWords, word) || slices.ContainsFunc(q.notTags, tag) {
		return false
	}
	return len(q.words)+len(q.tags) == 0 || meets(q.words, q.either, word) || meets(q.tags, q.either, tag)
}

// meets says whether a list, which is not empty, has one entry or only entries that
// meet a condition.
func meets[T any](list []T, one bool, condition func(T) bool) bool {
	if one {
		return slices.ContainsFunc(list, condition)
	}
	return len(list) > 0 && !slices.ContainsFunc(list, func(t T) bool { return !condition(t) })
}

func hasTag(hashtags, tag string) bool {
	for has := range strings.FieldsSeq(hashtags) {
		if strings.EqualFold(has, tag) {
			return true
		}
	}
	return false
}
