package recorder_test

import (
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

func TestAppendNumbersExchangesAndStampsTheirTime(t *testing.T) {
	at := time.Date(2026, 1, 2, 3, 4, 5, 6, time.UTC)
	timed := posted("alice", "b", 201)
	timed.Time = at
	journal := journalOf(posted("alice", "a", 201), timed)
	all := journal.All()
	require.Len(t, all, 2)
	assert.Equal(t, []int64{1, 2}, seqs(all))
	assert.WithinDuration(t, time.Now(), all[0].Time, time.Minute)
	assert.Equal(t, at, all[1].Time)
	assert.Equal(t, 2, journal.Len())
	assert.Zero(t, journal.Dropped())
}

func TestTheOldestExchangesAreDroppedWhenThereAreTooMany(t *testing.T) {
	journal := recorder.NewJournal(recorder.Limits{Exchanges: 3})
	for _, text := range []string{"a", "b", "c", "d", "e"} {
		journal.Append(posted("alice", text, 201))
	}
	assert.Equal(t, []string{"c", "d", "e"}, texts(journal.All()))
	assert.Equal(t, int64(2), journal.Dropped())
}

func TestTheOldestExchangesAreDroppedWhenTheyWeighTooMuch(t *testing.T) {
	journal := recorder.NewJournal(recorder.Limits{Bytes: 10_000})
	for _, text := range []string{"a", "b", strings.Repeat("c", 9_000), strings.Repeat("d", 99_000), "e"} {
		journal.Append(posted("alice", text, 201))
		last, _ := journal.Last()
		assert.Equal(t, text, last.Request.Get("message").String(), "the newest is always kept")
	}
	assert.Equal(t, []string{"e"}, texts(journal.All()))
	assert.Equal(t, int64(4), journal.Dropped())
}

func TestHeadersCountAsWeight(t *testing.T) {
	journal := recorder.NewJournal(recorder.Limits{Bytes: 10_000})
	for range 10 {
		ex := posted("alice", "hi", 201)
		ex.Response.Header.Set("X-Large", strings.Repeat("x", 4_000))
		journal.Append(ex)
	}
	assert.Equal(t, 2, journal.Len())
}

// For any limits and any number of parallel appends: every Seq once, in order
// and without gaps; never more than the limits; what is not held was dropped;
// and what one goroutine appends stays in its order.
func TestOrderAndBoundsHoldUnderParallelAppends(t *testing.T) {
	for seed := range uint64(30) {
		random := rand.New(rand.NewPCG(seed, 1))
		limits := recorder.Limits{Exchanges: 1 + random.IntN(300), Bytes: 1_000 + random.Int64N(200_000)}
		writers, each := 1+random.IntN(8), random.IntN(200)
		journal := recorder.NewJournal(limits)
		var group sync.WaitGroup
		for writer := range writers {
			group.Go(func() {
				for i := range each {
					ex := &recorder.Exchange{Actor: string(rune('a' + writer)), Duration: time.Duration(i)}
					journal.Append(ex)
					inOrder(t, journal.All())
				}
			})
		}
		group.Wait()

		all := journal.All()
		inOrder(t, all)
		total := int64(writers * each)
		assert.LessOrEqual(t, len(all), limits.Exchanges)
		assert.LessOrEqual(t, int64(len(all))*512, max(limits.Bytes, 512))
		assert.Equal(t, total, journal.Dropped()+int64(len(all)))
		if total > 0 {
			assert.Equal(t, total, all[len(all)-1].Seq)
		}
	}
}

// inOrder checks that Seq has no gaps and that each actor's exchanges are in
// the order of their Duration.
func inOrder(t *testing.T, all []*recorder.Exchange) {
	t.Helper()
	last := map[string]time.Duration{}
	for i, ex := range all {
		if i > 0 && ex.Seq <= all[i-1].Seq {
			t.Errorf("#%d follows #%d", ex.Seq, all[i-1].Seq)
		}
		if before, ok := last[ex.Actor]; ok && ex.Duration <= before {
			t.Errorf("%s's exchange %d follows %d", ex.Actor, ex.Duration, before)
		}
		last[ex.Actor] = ex.Duration
	}
}

func TestAClosedJournalStillTakesAndAnswers(t *testing.T) {
	journal := journalOf(posted("alice", "a", 201))
	journal.Close()
	journal.Close()
	journal.Append(posted("alice", "b", 201))
	assert.Equal(t, []string{"a", "b"}, texts(journal.All()))
}

func TestATailShowsWhatComesAfterItWasTaken(t *testing.T) {
	journal := recorder.NewJournal(recorder.Limits{Exchanges: 3})
	journal.Append(posted("alice", "a", 201))
	tail := journal.Tail()
	_, found := tail.Last()
	assert.False(t, found)
	assert.Zero(t, tail.Len())
	tail.Append(posted("alice", "b", 201))
	journal.Append(posted("alice", "c", 201))
	assert.Equal(t, []string{"a", "b", "c"}, texts(journal.All()))
	assert.Equal(t, []string{"b", "c"}, texts(tail.All()))
	assert.Equal(t, 2, tail.Len())
	assert.Empty(t, tail.Tail().All())
	waited, err := tail.Wait(t.Context(), 2)
	require.NoError(t, err)
	assert.Equal(t, []string{"b", "c"}, texts(waited))
	for _, text := range []string{"d", "e"} {
		journal.Append(posted("alice", text, 201))
	}
	assert.Equal(t, int64(2), journal.Dropped())
	assert.Equal(t, int64(1), tail.Dropped())
	assert.Equal(t, 3, tail.Len())
}

func TestAClearedJournalGoesOn(t *testing.T) {
	journal := recorder.NewJournal(recorder.Limits{Exchanges: 2})
	for _, text := range []string{"a", "b", "c"} {
		journal.Append(posted("alice", text, 201))
	}
	tail := journal.Tail()
	journal.Clear()
	assert.Empty(t, journal.All())
	assert.Zero(t, journal.Len())
	assert.Zero(t, journal.Dropped())
	arrived := make(chan []*recorder.Exchange)
	go func() {
		found, _ := journal.Wait(t.Context(), 1)
		arrived <- found
	}()
	journal.Append(posted("alice", "d", 201))
	assert.Equal(t, []int64{4}, seqs(<-arrived))
	assert.Equal(t, []string{"d"}, texts(tail.All()))
	for _, text := range []string{"e", "f"} {
		journal.Append(posted("alice", text, 201))
	}
	assert.Equal(t, []string{"e", "f"}, texts(journal.All()))
	assert.Equal(t, int64(1), journal.Dropped())
}
