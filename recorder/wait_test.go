package recorder_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

func TestWaitReturnsAtOnceWhatIsThereAlready(t *testing.T) {
	journal := journalOf(posted("alice", "a", 201), posted("bob", "b", 201), posted("alice", "c", 201), posted("alice", "d", 201))
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	found, err := journal.Wait(ended, 2, recorder.By("alice"))
	require.NoError(t, err)
	assert.Equal(t, []string{"a", "c"}, texts(found))
	found, err = journal.Wait(ended, 0, recorder.By("nobody"))
	require.NoError(t, err)
	assert.Empty(t, found)
}

func TestWaitEndsWithTheExchangeThatCompletesIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		journal := journalOf()
		go func() {
			for _, text := range []string{"a", "b", "c"} {
				time.Sleep(time.Hour)
				journal.Append(posted("alice", text, 201))
				journal.Append(posted("bob", text, 201))
			}
		}()
		start := time.Now()
		found, err := journal.Wait(t.Context(), 2, recorder.By("bob"))
		require.NoError(t, err)
		assert.Equal(t, []string{"a", "b"}, texts(found))
		assert.Equal(t, 2*time.Hour, time.Since(start))
		synctest.Wait()
		time.Sleep(2 * time.Hour)
	})
}

func TestAWaitThatEndsTooEarlySaysWhatWasWantedAndWhatWasNearest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		journal := journalOf(posted("deploybot", "done", 201), posted("deploybot", "done", 503), posted("alice", "hi", 201))
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		start := time.Now()
		found, err := journal.Wait(ctx, 2, recorder.Route("POST /api/v4/posts"), recorder.Status(201), recorder.JSON("message", "done"))
		assert.Equal(t, time.Minute, time.Since(start))
		assert.Equal(t, []int64{1}, seqs(found))
		require.ErrorIs(t, err, context.DeadlineExceeded)
		assert.EqualError(t, err, `recorder: waited for 2 matching exchanges, 1 came: context deadline exceeded
wanted:  POST /api/v4/posts
         status 201
         request JSON message equal to "done"
nearest: #3 api in POST /api/v4/posts by alice: 201
         request JSON message is "hi", wanted one equal to "done"`)
	})
}

func TestAWaitNamesTheCauseOfItsEndAndWhatWasDropped(t *testing.T) {
	journal := recorder.NewJournal(recorder.Limits{Exchanges: 1})
	journal.Append(posted("alice", "a", 201))
	journal.Append(posted("alice", "b", 201))
	cause := errors.New("the test is over")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(cause)
	_, err := journal.Wait(ctx, 2)
	require.ErrorIs(t, err, context.Canceled)
	require.ErrorIs(t, err, cause)
	assert.EqualError(t, err, `recorder: waited for 2 matching exchanges, 1 came: context canceled: the test is over
wanted:  anything
nearest: none, all 1 there are meet it
1 older exchanges were dropped before; raise recorder.Limits to keep them`)
}

func TestCloseEndsEveryWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		journal := journalOf()
		var waits sync.WaitGroup
		for range 10 {
			waits.Go(func() {
				_, err := journal.Wait(context.Background(), 1)
				assert.ErrorIs(t, err, recorder.ErrClosed)
				assert.ErrorContains(t, err, "none, there is nothing to compare with")
			})
		}
		synctest.Wait()
		journal.Close()
		waits.Wait()
		_, err := journal.Wait(context.Background(), 1)
		assert.ErrorIs(t, err, recorder.ErrClosed, "a later wait ends too")
	})
}

func TestAWaitForWhatCanNeverComeIsAnErrorAtOnce(t *testing.T) {
	_, err := journalOf().Wait(context.Background(), 1, recorder.JSONMatches("message", "("))
	assert.ErrorContains(t, err, `recorder: cannot wait: the expression wanted at "message" does not compile`)
}

func TestManyWaitersEachSeeEveryExchange(t *testing.T) {
	journal := recorder.NewJournal(recorder.Limits{})
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			found, err := journal.Wait(context.Background(), 400, recorder.By("alice"))
			assert.NoError(t, err)
			assert.Len(t, found, 400)
		})
		group.Go(func() {
			for range 50 {
				journal.Append(posted("alice", "hi", 201))
				journal.Append(posted("bob", "hi", 201))
			}
		})
	}
	group.Wait()
}
