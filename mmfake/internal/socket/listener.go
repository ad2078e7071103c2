package socket

import (
	"sync"
	"time"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/bell"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/faults"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

const (
	queueSize = 256           // frames that wait for a slow client; one more ends the connection
	crowded   = queueSize / 2 // from here on events that the client can do without are left out
	keptSent  = 128           // events that are kept after they were written, for a client that comes back
)

// A listener is what a client has by the name of a connection_id: a queue of
// frames, and the count of the events among them.
type listener struct {
	hub    *Hub
	id     string // the connection_id
	userID string
	name   string        // of the user, without "@"
	wake   chan struct{} // holds a token when there may be something to write

	session *world.Session // guarded by Hub.mu, as what follows
	ack     bool           // the client asked for should_ack
	conn    *conn          // nil while no client is connected
	expiry  *time.Timer    // ends the waiting for the client

	mu       sync.Mutex
	queue    []queued  // not written yet; guarded by mu, as what follows
	sent     []queued  // the last events that were written, at least keptSent of them if there were as many
	writing  bool      // take has handed a frame out that is not written yet
	drained  bell.Bell // rung when nothing is left to write
	next     int64     // the seq of the next event
	number   int64     // of the connection that writes the queue out
	plugged  bool      // a connection writes the queue out; the journal holds what is queued meanwhile
	overrun  bool      // the queue ran over: nothing is added to it any more
	presence presence
}

// A queued frame has its number if it is an event's, and noSeq if it is a reply.
type queued struct {
	*frame
	seq   int64
	fault *faults.Fault // what goes wrong when it is written; nil for nothing
}

const noSeq = -1

func newListener(h *Hub, as *world.Session, c *conn) *listener {
	return &listener{
		hub: h, id: h.world.NewPassingID(), userID: as.UserID, name: h.world.NameOf(as), wake: make(chan struct{}, 1),
		session: as, ack: c.ack, conn: c, number: c.number, plugged: true,
	}
}

// publicID is the id that the client is told, to come back with. Servers that do not
// resume connections have none.
func (l *listener) publicID() string {
	if !l.hub.version.Has(versions.ReliableSockets) {
		return ""
	}
	return l.id
}

// wants says whether an event is for this listener. The world and the hub are
// locked.
func (l *listener) wants(e *world.Event) bool {
	to := &e.Broadcast
	if to.ConnectionID != "" && to.ConnectionID != l.id || to.OmitConnectionID != "" && to.OmitConnectionID == l.id {
		return false
	}
	return e.Reaches(l.session) && !l.looksElsewhere(e)
}

// push queues an event's frame. It never waits.
func (l *listener) push(f *frame) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if f.dispensable && len(l.queue) >= crowded {
		return
	}
	if l.add(queued{frame: f, seq: l.next}) {
		l.next++
	}
}

// reply queues a frame that is no event.
func (l *listener) reply(f *frame) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.add(queued{frame: f, seq: noSeq})
}

// add puts a frame at the end of the queue, if there is room. l.mu is held.
func (l *listener) add(q queued) bool {
	switch {
	case l.overrun:
		return false
	case len(l.queue) >= queueSize:
		l.overrun = true
		if !l.plugged {
			l.queue, l.sent = nil, nil // its client will have to start anew
		}
		l.signal()
		return false
	}
	if l.plugged {
		l.note(&q)
	}
	l.queue = append(l.queue, q)
	l.signal()
	return true
}

// signal wakes the writer.
func (l *listener) signal() {
	select {
	case l.wake <- struct{}{}:
	default: // it is awake already
	}
}

// note writes a frame into the journal, and decides what goes wrong with it. l.mu is
// held, so that the journal has the order of the queue.
func (l *listener) note(q *queued) {
	ex := exchange(recorder.Out, l.number, l.name, q.appendTo(nil))
	q.fault = nil
	if l.hub.Faults.Any() && q.seq != noSeq {
		if q.fault = l.hub.Faults.OnEvent(ex); q.fault != nil {
			ex.Fault = q.fault.Words
		}
	}
	l.hub.journal.Append(ex)
}

// take removes the next frame from the queue. overrun says, once there is none,
// that there will be no more.
func (l *listener) take() (q queued, ok, overrun bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.writing = len(l.queue) > 0 // whoever takes the next frame has written the last
	if !l.writing {
		l.drained.Ring()
		return q, false, l.overrun
	}
	q = l.queue[0]
	l.queue[0] = queued{}
	l.queue = l.queue[1:]
	if len(l.queue) == 0 {
		l.queue = nil // an idle connection costs no more than it must
	}
	if q.seq != noSeq {
		l.keep(q)
	}
	return q, true, false
}

// keep remembers an event that is being written. l.mu is held.
func (l *listener) keep(q queued) {
	if len(l.sent) >= 2*keptSent {
		l.sent = append(l.sent[:0], l.sent[len(l.sent)-keptSent:]...)
	}
	l.sent = append(l.sent, q)
}

// unplug notes that the connection has gone. It returns false for a listener that
// nobody can come back to.
func (l *listener) unplug() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.plugged, l.writing = false, false
	l.drained.Ring()
	return !l.overrun
}

// dispensable are the events that a client with a crowded queue can do without.
var dispensable = map[string]bool{
	model.EventTyping: true, model.EventStatusChange: true, model.EventMultipleChannelsViewed: true, model.EventChannelViewed: true,
}
