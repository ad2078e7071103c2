package conformance

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
)

func even(n int) bool { return n%2 == 0 }

func TestAwaitReturnsWhenTheLastWantedItemArrives(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, start := newInbox[int](), time.Now()
		go func() {
			for i := range 5 {
				time.Sleep(time.Second)
				b.put(i)
			}
		}()
		assert.True(t, b.await(t.Context(), 2, even, time.Minute))
		assert.Equal(t, 3*time.Second, time.Since(start))
		time.Sleep(time.Minute)
		assert.Equal(t, []int{0, 2, 4}, b.take(even))
		assert.Equal(t, []int{1, 3}, b.take(func(int) bool { return true }))
		assert.Empty(t, b.take(even))
	})
}

func TestAwaitGivesUpAtItsLimitAndWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, start := newInbox[int](), time.Now()
		assert.False(t, b.await(t.Context(), 1, even, 3*time.Second))
		assert.Equal(t, 3*time.Second, time.Since(start))
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		assert.False(t, b.await(ctx, 1, even, time.Minute))
		assert.Equal(t, 4*time.Second, time.Since(start))
		assert.True(t, b.await(ctx, 0, even, time.Minute), "nothing is there at once")
	})
}

func TestAwaitSilenceWaitsUntilNothingWantedComes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, start := newInbox[int](), time.Now()
		go func() {
			for i := range 20 { // the odd ones after the last even one do not matter
				b.put(min(i, 9) * min(i, 9))
				time.Sleep(time.Second)
			}
		}()
		b.awaitSilence(t.Context(), even, 2500*time.Millisecond)
		assert.Len(t, b.take(even), 5)
		assert.Equal(t, 12500*time.Millisecond, time.Since(start))
		time.Sleep(time.Minute)
	})
}
