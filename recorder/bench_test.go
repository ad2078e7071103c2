package recorder_test

import (
	"testing"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// prepared returns exchanges to append, so that only Append is measured.
func prepared(n int) []*recorder.Exchange {
	exchanges := make([]*recorder.Exchange, n)
	for i := range exchanges {
		exchanges[i] = posted("alice", "hi", 201)
	}
	return exchanges
}

func BenchmarkAppend(b *testing.B) {
	for name, limits := range map[string]recorder.Limits{
		"default limits": {},
		"full journal":   {Exchanges: 1_000},
	} {
		b.Run(name, func(b *testing.B) {
			const round = 50_000
			exchanges := prepared(round)
			journal := recorder.NewJournal(limits)
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				// The same exchange again would race with readers; here are none.
				journal.Append(exchanges[i%round])
				i++
			}
		})
	}
}

func BenchmarkAppendInParallel(b *testing.B) {
	journal := recorder.NewJournal(recorder.Limits{})
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		exchanges, i := prepared(1_000), 0
		for pb.Next() {
			journal.Append(exchanges[i%len(exchanges)])
			i++
		}
	})
}

// One handler's share: what a request costs with its exchange made and appended.
func BenchmarkMakeAndAppend(b *testing.B) {
	journal := recorder.NewJournal(recorder.Limits{})
	one := posted("alice", "hi", 201)
	b.ReportAllocs()
	for b.Loop() {
		ex := *one
		journal.Append(&ex)
	}
}

func BenchmarkFindInAFullJournal(b *testing.B) {
	journal := journalOf(prepared(100_000)...)
	match := []recorder.Match{recorder.Route("POST /api/v4/posts"), recorder.By("bob")}
	b.ReportAllocs()
	for b.Loop() {
		if journal.Count(match...) != 0 {
			b.Fatal("found what is not there")
		}
	}
}
