package world_test

import (
	"fmt"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
)

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
