package socket

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// heed is how long a client may take to answer a ping before it counts as one that
// does not read.
const heed = 250 * time.Millisecond

// Flush returns true once every connected client has been sent what was queued for
// it, and has read that, as far as it reads at all: a client answers a ping when
// it has come to it. It returns false if ctx ends before.
func (h *Hub) Flush(ctx context.Context) bool {
	var flushing sync.WaitGroup
	var late atomic.Bool
	for _, c := range h.attached() {
		flushing.Go(func() {
			if !c.flush(ctx) {
				late.Store(true)
			}
		})
	}
	flushing.Wait()
	return !late.Load()
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
	select {
	case <-c.listener.empty():
	case <-c.done:
		return true
	case <-ctx.Done():
		return false
	}
	answer, cancel := context.WithTimeout(ctx, heed)
	defer cancel()
	_ = c.ws.Ping(answer) // one that does not read is not waited for
	return ctx.Err() == nil
}

// catchUp returns when all that is queued for the client has been written, so that the
// answer to its ping comes behind it. One that does not read is not waited for.
func (c *conn) catchUp() {
	if c.listener == nil {
		return
	}
	late := time.NewTimer(heed)
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
