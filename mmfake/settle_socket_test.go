package mmfake_test

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/tidwall/gjson"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

func TestSettleWithoutTimeLeavesWebsocketsAlone(t *testing.T) {
	mm, bob, say := listened(t, mmfake.InMemory())
	over, cancel := context.WithCancel(t.Context())
	cancel()
	for range 20 {
		_ = mm.Settle(over) // it may have settled or not
	}
	say("still there?")
	assert.Equal(t, "still there?", bob.said())
}

func TestSettleDoesNotWaitForAClientWhoseBufferIsFull(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mm, _, say := listened(t, mmfake.InMemory())
		for range 100 {
			say(strings.Repeat("x", 1000))
		}
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		defer cancel()
		require.NoError(t, mm.Settle(ctx))
	})
}

func TestSettleWaitsForAClientThatDoesNotReadOnlyOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mm, bob, say := listened(t, mmfake.InMemory())
		took := func() time.Duration {
			start := time.Now()
			require.NoError(t, mm.Settle(t.Context()))
			return time.Since(start)
		}
		say("one")
		assert.NotZero(t, took())
		say("two")
		assert.Zero(t, took())

		heard := make(chan string)
		go func() { heard <- bob.said(); heard <- bob.said(); bob.read() }()
		assert.Equal(t, "one two", <-heard+" "+<-heard)
		synctest.Wait()
		assert.Zero(t, took(), "he reads again")
	})
}

func TestSettleWaitsForABotThatThinksBeforeItAnswers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mm, bob, say := listened(t, mmfake.InMemory())
		answer := mm.User("bob")
		go func() {
			for {
				event, err := bob.read()
				if err != nil {
					return
				}
				if post, _ := event.Data["post"].(string); gjson.Get(post, "message").String() == "well?" {
					time.Sleep(400 * time.Millisecond)
					answer.Post(mm.Channel("dev"), "yes")
				}
			}
		}()
		say("well?")
		require.NoError(t, mm.Settle(t.Context()))
		assert.Len(t, mm.Channel("dev").Posts(), 2)
	})
}

func TestSettleNamesTheListenerWhoseEventAFaultDelays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mm, _, say := listened(t, mmfake.InMemory())
		mm.Fail(recorder.OfKind(recorder.KindSocket), mmfake.DelayEvent(time.Hour))
		say("hello")
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		assert.ErrorContains(t, mm.Settle(ctx), "still under way is what @bob is sent over the websocket")
	})
}
