package world_test

import (
	"fmt"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// A stage is a world in which a member posts to channels.
type stage struct {
	t        testing.TB
	world    *world.World
	member   *world.Session
	teamID   string
	channels []string // ids
}

func newStage(t testing.TB, channels int) *stage {
	w := world.New(world.DefaultConfig())
	w.Populate()
	member, _, err := w.Login("", world.UserName, world.UserPassword, "")
	require.NoError(t, err)
	teams, err := w.TeamsOf(member, member.UserID)
	require.NoError(t, err)
	s := &stage{t: t, world: w, member: member, teamID: teams[0].ID}
	for i := range channels {
		c, err := w.AddChannel(model.Channel{TeamID: s.teamID, Name: fmt.Sprintf("c%d", i), DisplayName: "C", Type: model.ChannelOpen})
		require.NoError(t, err)
		require.NoError(t, w.AddMember(s.teamID, c.ID, member.UserID))
		s.channels = append(s.channels, c.ID)
	}
	return s
}

// post posts to the channels in turn.
func (s *stage) post(i int, text string) *model.Post {
	p, err := s.world.CreatePost(s.member, &model.Post{ChannelID: s.channels[i%len(s.channels)], Message: text}, world.PostOptions{})
	require.NoError(s.t, err)
	return p
}

// fill makes n posts of a usual length; each of them has a word of its own.
func (s *stage) fill(n int) *stage {
	for i := range n {
		s.post(i, fmt.Sprintf("build %d of the main branch passed after some minutes", i))
	}
	return s
}

func BenchmarkCreatePost(b *testing.B) {
	s := newStage(b, 10)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		s.post(i, "build 7 of the main branch passed after some minutes")
	}
}

// BenchmarkPage reads the newest 60 posts of a short and of a long channel. The
// long one's page takes at most 1.2 times as long.
func BenchmarkPage(b *testing.B) {
	for _, n := range []int{1000, 100_000} {
		s := newStage(b, 1).fill(n)
		for name, q := range map[string]world.PostQuery{"first": {}, "deep": {Page: world.Page{Number: 10}}, "collapsed": {Collapsed: true}} {
			q.Page.PerPage = 60
			b.Run(fmt.Sprintf("%s/%d", name, n), func(b *testing.B) {
				for b.Loop() {
					list, err := s.world.ChannelPosts(s.member, s.channels[0], q)
					require.NoError(b, err)
					require.Len(b, list.Order, 60)
				}
			})
		}
	}
}

// BenchmarkSearch looks for a word that ten posts have. Among 100,000 posts that
// takes at most 20 times as long as among 1,000.
func BenchmarkSearch(b *testing.B) {
	for _, n := range []int{1000, 100_000} {
		s := newStage(b, 10)
		for i := range 10 {
			s.post(i, "the needle in the haystack")
			s.fill(n / 10)
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				list, err := s.world.SearchPosts(s.member, world.PostSearch{TeamID: s.teamID, Terms: "needle"})
				require.NoError(b, err)
				require.Len(b, list.Order, 10)
			}
		})
	}
}

// BenchmarkMillion makes a world of 1,000,000 posts in 1,000 channels and reports
// what a post takes of the memory, its text included.
func BenchmarkMillion(b *testing.B) {
	for b.Loop() {
		s := newStage(b, 1000)
		before := heap()
		s.fill(1_000_000)
		b.ReportMetric(float64(heap()-before)/1e6, "B/post")
		runtime.KeepAlive(s)
	}
}

func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

func TestAPostTakesLittleMemory(t *testing.T) {
	s := newStage(t, 100)
	before := heap()
	s.fill(50_000)
	perPost := float64(heap()-before) / 50_000
	runtime.KeepAlive(s)
	t.Logf("%.0f bytes a post", perPost)
	require.Less(t, perPost, 400.0)
}

func TestAPageOfALongChannelCostsNoMoreThanOneOfAShort(t *testing.T) {
	allocations := func(n int) float64 {
		s := newStage(t, 1).fill(n)
		return testing.AllocsPerRun(10, func() {
			_, err := s.world.ChannelPosts(s.member, s.channels[0], world.PostQuery{Page: world.Page{PerPage: 60}})
			require.NoError(t, err)
		})
	}
	require.InDelta(t, allocations(200), allocations(20_000), 3)
}
