package recorder_test

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

func TestASubscriptionIsCalledInOrderFromItsBeginningOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		journal := journalOf(posted("alice", "before", 201))
		var seen []*recorder.Exchange
		cancel := journal.Subscribe(func(ex *recorder.Exchange) { seen = append(seen, ex) })
		var writers sync.WaitGroup
		for range 8 {
			writers.Go(func() {
				for range 100 {
					journal.Append(posted("alice", "hi", 201))
				}
			})
		}
		writers.Wait()
		synctest.Wait()
		cancel()
		cancel()
		journal.Append(posted("alice", "after", 201))
		synctest.Wait()
		assert.Len(t, seen, 800)
		for i, ex := range seen {
			assert.Equal(t, int64(i+2), ex.Seq)
		}
	})
}

func TestASubscriberMayDoAnythingWithTheJournal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		journal := journalOf()
		var cancel func()
		cancel = journal.Subscribe(func(ex *recorder.Exchange) {
			assert.Equal(t, 1, journal.Count())
			journal.Append(posted("bob", "answer", 201))
			_, err := journal.Wait(t.Context(), 1, recorder.By("bob"))
			assert.NoError(t, err)
			cancel()
		})
		journal.Append(posted("alice", "question", 201))
		synctest.Wait()
		assert.Equal(t, 2, journal.Len())
	})
}

func TestASlowSubscriberHoldsUpNobodyAndMissesWhatIsDropped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		journal := recorder.NewJournal(recorder.Limits{Exchanges: 10})
		var seen []int64
		cancel := journal.Subscribe(func(ex *recorder.Exchange) {
			time.Sleep(time.Hour)
			seen = append(seen, ex.Seq)
		})
		defer cancel()
		start := time.Now()
		journal.Append(posted("alice", "hi", 201))
		synctest.Wait()
		for range 99 {
			journal.Append(posted("alice", "hi", 201))
		}
		assert.Zero(t, time.Since(start))
		time.Sleep(24 * time.Hour)
		synctest.Wait()
		assert.Equal(t, []int64{1, 91, 92, 93, 94, 95, 96, 97, 98, 99, 100}, seen)
	})
}

func TestCancelDoesNotWaitForACallUnderWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		journal := journalOf()
		calls := 0
		cancel := journal.Subscribe(func(*recorder.Exchange) { calls++; time.Sleep(time.Hour) })
		journal.Append(posted("alice", "a", 201))
		journal.Append(posted("alice", "b", 201))
		synctest.Wait()
		start := time.Now()
		cancel()
		assert.Zero(t, time.Since(start))
		time.Sleep(2 * time.Hour)
		assert.Equal(t, 1, calls)
	})
}

func TestCloseEndsASubscriptionOnceItHasSeenWhatCameBefore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		journal := journalOf()
		var seen []string
		cancel := journal.Subscribe(func(ex *recorder.Exchange) {
			time.Sleep(time.Second)
			seen = append(seen, ex.Actor)
		})
		defer cancel()
		journal.Append(posted("alice", "a", 201))
		journal.Append(posted("bob", "b", 201))
		journal.Close()
		journal.Append(posted("carol", "c", 201))
		_, err := journal.Wait(context.Background(), 4)
		assert.ErrorIs(t, err, recorder.ErrClosed)
		time.Sleep(time.Minute)
		synctest.Wait()
		assert.Subset(t, seen, []string{"alice", "bob"})
	})
}
