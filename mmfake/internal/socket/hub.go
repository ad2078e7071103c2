// Package socket serves GET /api/v4/websocket: it holds the connections of one
// server, hands them the world's events and carries their actions out (facts 11).
//
// What is identified by a connection_id is a listener: it has a queue, counts the
// events in it, and outlives a broken network for some minutes. A conn is the
// network connection that its queue is written to. A conn has two goroutines: one
// reads what the client sends, one writes what is queued.
//
// The world publishes an event while it is locked, so that delivery is nothing but
// putting a frame into the queues of those whom it reaches: nobody waits for a
// slow reader.
//
// Locks are taken in this order: the world's, Hub.mu, listener.mu.
package socket

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/bell"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/faults"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

const (
	keepDetached = 5 * time.Minute // that long a listener waits for its client to come back
	mostDetached = 20              // that many of one user wait; then the one that waits longest is forgotten
)

// A Hub holds the websocket connections of one server. Its methods may be called
// from several goroutines at once.
type Hub struct {
	// Faults are what goes wrong with events; nil for none. It is set before the
	// first connection.
	Faults *faults.Set

	world   *world.World
	version versions.Version
	journal *recorder.Journal
	running sync.WaitGroup // all goroutines; added to under mu, and only while not closed
	numbers atomic.Int64   // of the connections; see Number

	mu      sync.Mutex
	closed  bool                   // guarded by mu, as what follows
	barred  bool                   // nobody may connect for now
	conns   map[*conn]struct{}     // every connection, also those that nobody has authenticated
	users   map[string][]*listener // by the user's id, attached or not
	changed bell.Bell              // rung when somebody connects or goes
}

// NewHub makes the hub of a world, which hears the world's events from now on.
func NewHub(w *world.World, journal *recorder.Journal) *Hub {
	h := &Hub{world: w, version: w.Version(), journal: journal}
	w.Subscribe(h)
	return h
}

// Number returns the number of the next connection, from 1.
func (h *Hub) Number() int64 { return h.numbers.Add(1) }

// enter takes a new connection in, unless the hub is closed or barred.
func (h *Hub) enter(c *conn) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed || h.barred {
		return false
	}
	if h.conns == nil {
		h.conns, h.users = map[*conn]struct{}{}, map[string][]*listener{}
	}
	h.conns[c] = struct{}{}
	h.running.Add(1)
	return true
}

// attach has a connection listen: as what it says that it was, or anew.
func (h *Hub) attach(c *conn, as *world.Session, was resumption) bool {
	h.awaitEnd(was.id)
	fresh := newListener(h, as, c)
	hello := helloFrame(fresh, h.world.Config().VersionID())
	h.mu.Lock()
	if _, here := h.conns[c]; !here || h.closed {
		h.mu.Unlock()
		return false
	}
	l := h.resume(c, as, was)
	if l == nil {
		l = fresh
		l.push(hello)
		h.users[as.UserID] = append(h.users[as.UserID], l)
	}
	c.listener, c.session = l, as
	h.running.Add(1)
	h.mu.Unlock()
	h.countIn(c, as.UserID)
	go c.write(l) // who has read the hello is online
	h.tellChanged()
	return true
}

// countIn has the world count a connection, and takes that back where it has gone
// meanwhile.
func (h *Hub) countIn(c *conn, userID string) {
	h.world.Connected(userID)
	h.mu.Lock()
	_, c.counted = h.conns[c]
	counted := c.counted
	h.mu.Unlock()
	if !counted {
		h.world.Disconnected(userID)
	}
}

// detach takes a connection out. Its listener stays and waits for the client, save
// one whose queue ran over.
func (h *Hub) detach(c *conn) {
	h.mu.Lock()
	delete(h.conns, c)
	l := c.listener
	if l == nil || l.conn != c {
		h.mu.Unlock()
		return
	}
	l.conn = nil
	if l.unplug() && !h.closed && h.version.Has(versions.ReliableSockets) {
		h.park(l)
	} else {
		h.remove(l)
	}
	counted := c.counted
	h.mu.Unlock()
	if counted {
		h.world.Disconnected(l.userID)
	}
	h.tellChanged()
}

// park has a listener wait for its client, behind those of the user that wait
// already. h.mu is held.
func (h *Hub) park(l *listener) {
	var timer *time.Timer
	timer = time.AfterFunc(keepDetached, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		if l.conn == nil && l.expiry == timer {
			h.remove(l)
		}
	})
	l.expiry = timer
	all := append(without(h.users[l.userID], l), l)
	h.users[l.userID] = all
	if i, n := waiting(all); n > mostDetached {
		h.remove(all[i])
	}
}

// waiting is the place of the listener that waits longest, and how many do.
func waiting(listeners []*listener) (first, n int) {
	for i, l := range slices.Backward(listeners) {
		if l.conn == nil {
			first = i
			n++
		}
	}
	return first, n
}

func without(listeners []*listener, l *listener) []*listener {
	return slices.DeleteFunc(listeners, func(o *listener) bool { return o == l })
}

// remove forgets a listener. h.mu is held.
func (h *Hub) remove(l *listener) {
	if l.expiry != nil {
		l.expiry.Stop()
	}
	left := without(h.users[l.userID], l)
	if len(left) == 0 {
		delete(h.users, l.userID)
		return
	}
	h.users[l.userID] = left
}

// tellChanged wakes those who wait for somebody to connect or to go. The world
// knows of it by now.
func (h *Hub) tellChanged() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.changed.Ring()
}

// await returns true once there is what is asked for, or false when ctx ends. The
// question is asked with h.mu held, and again whenever somebody connected or went.
func (h *Hub) await(ctx context.Context, there func() bool) bool {
	for {
		h.mu.Lock()
		if there() {
			h.mu.Unlock()
			return true
		}
		changed := h.changed.Next()
		h.mu.Unlock()
		select {
		case <-changed:
		case <-ctx.Done():
			return false
		}
	}
}

// Listening says whether there is anybody to deliver events to.
func (h *Hub) Listening() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.users) > 0
}

// Deliver puts an event into the queues of those whom it reaches. The world is
// locked.
func (h *Hub) Deliver(e *world.Event) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.users) == 0 {
		return
	}
	frames := h.newFrames(e)
	if id := e.Broadcast.UserID; id != "" {
		deliverTo(h.users[id], e, frames)
		return
	}
	for _, listeners := range h.users {
		deliverTo(listeners, e, frames)
	}
}

func deliverTo(listeners []*listener, e *world.Event, frames *frames) {
	for _, l := range listeners {
		if l.wants(e) {
			l.push(frames.of(l))
		}
	}
}

// Forget cuts all connections off, and those who come back start anew. It takes none
// while meanwhile runs, which finds nobody connected.
func (h *Hub) Forget(meanwhile func()) {
	h.bar(true)
	defer h.bar(false)
	h.Drop("")
	h.forgetDetached()
	meanwhile()
}

func (h *Hub) bar(on bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.barred = on
}

func (h *Hub) forgetDetached() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, listeners := range h.users {
		for _, l := range slices.Clone(listeners) {
			if l.conn == nil {
				h.remove(l)
			}
		}
	}
}

// Close ends every connection and waits until nothing of them is left.
func (h *Hub) Close() {
	h.mu.Lock()
	h.closed = true
	for c := range h.conns {
		c.drop()
	}
	for _, listeners := range h.users {
		for _, l := range listeners {
			if l.expiry != nil {
				l.expiry.Stop()
			}
		}
	}
	h.users = nil // nobody is delivered to any more
	h.mu.Unlock()
	h.running.Wait()
	h.tellChanged()
}
