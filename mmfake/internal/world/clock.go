package world

import (
	"sync/atomic"
	"time"
)

// A clock tells the world's times in Unix milliseconds. It never goes back and
// never tells the same time twice: where changes come faster than one a
// millisecond it runs ahead of time.Now, so that an order by time is always the
// order of the changes.
type clock struct {
	last atomic.Int64
}

func (c *clock) tick() int64 {
	for {
		last := c.last.Load()
		now := max(time.Now().UnixMilli(), last+1)
		if c.last.CompareAndSwap(last, now) {
			return now
		}
	}
}

// now is the time of the latest change or time.Now, whichever is later. It does
// not use a tick up.
func (c *clock) now() int64 {
	return max(time.Now().UnixMilli(), c.last.Load())
}
