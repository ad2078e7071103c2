package socket

import (
	"context"
	"slices"
	"sync"
	"time"
)

// heed is how long a client may take to answer a ping before it counts as one that
// does not read.
const heed = 500 * time.Millisecond

// Flush returns once every connected client has been sent what was queued for it, and
// has read that, as far as it reads at all: a client answers a ping when it has come
// to it. If ctx ends before, it returns the names of those for whom that is not known.
func (h *Hub) Flush(ctx context.Context) (behind []string) {
	var flushing sync.WaitGroup
	var mu sync.Mutex
	for _, c := range h.attached() {
		flushing.Go(func() {
			if !c.flush(ctx) {
				mu.Lock()
				defer mu.Unlock()
				behind = append(behind, c.listener.name)
			}
		})
	}
	flushing.Wait()
	slices.Sort(behind)
	return slices.Compact(behind)
}

// attached returns the connections of clients that listen.
func (h *Hub) attached() []*conn {
	h.mu.Lock()
	defer h.mu.Unlock()
	var list []*conn
	for c := range h.conns {
		if c.listener != nil && c.listener.conn == c {
			list = append(list, c)
		}
	}
	return list
}

func (c *conn) flush(ctx context.Context) bool {
	if ctx.Err() != nil {
		return false
	}
	if c.deaf() {
		return true
	}
	empty, heeds := c.listener.empty(), attention(ctx)
	select {
	case <-empty:
	case <-time.After(heeds):
		if !c.paused.Load() { // by a fault: that is no matter of the client's
			c.unanswered.Store(c.pinged())
			return true
		}
		select {
		case <-empty:
		case <-c.done:
		case <-ctx.Done():
			return false
		}
	case <-c.done:
	case <-ctx.Done():
		return false
	}
	p := c.pinged()
	select {
	case <-p.answered:
	case <-time.After(heeds):
		c.unanswered.Store(p)
	case <-c.done:
	case <-ctx.Done():
		return false
	}
	return true
}

// attention is how long a client that does not read is waited for.
func attention(ctx context.Context) time.Duration {
	if end, ok := ctx.Deadline(); ok {
		return min(heed, time.Until(end)*3/4) // and there is time left to say that all is settled
	}
	return heed
}

// A probe is a ping that waits for its answer.
type probe struct{ answered chan struct{} }

// pinged sends a ping. It is not the waiting for the answer that ends it: the websocket's
// library cuts a connection off where the context of a ping ends too soon.
func (c *conn) pinged() *probe {
	p := &probe{make(chan struct{})}
	c.hub.mu.Lock()
	defer c.hub.mu.Unlock()
	if c.hub.closed {
		close(p.answered)
		return p
	}
	c.hub.running.Go(func() {
		defer close(p.answered)
		_ = c.ws.Ping(context.Background()) // it ends with the connection
	})
	return p
}

// deaf says whether the client has not read since it was found not to: nobody waits for it
// again until it does.
func (c *conn) deaf() bool {
	p := c.unanswered.Load()
	if p == nil {
		return false
	}
	select {
	case <-p.answered:
		return false
	default:
		return true
	}
}

// orderly is how long the answer to a client's ping may wait for what is queued.
const orderly = 250 * time.Millisecond

// catchUp returns when all that is queued for the client has been written, so that the
// answer to its ping comes behind it. One that does not read is not waited for.
func (c *conn) catchUp() {
	if c.listener == nil {
		return
	}
	late := time.NewTimer(orderly)
	defer late.Stop()
	select {
	case <-c.listener.empty():
	case <-c.done:
	case <-late.C:
	}
}

// empty is closed once nothing is left to write, or nobody to write to.
func (l *listener) empty() <-chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	empty := l.drained.Next()
	if len(l.queue) == 0 && !l.writing || !l.plugged {
		l.drained.Ring()
	}
	return empty
}
