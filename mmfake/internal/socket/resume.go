package socket

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// A resumption is what a client says that comes back: which connection it had, and
// the seq of the event that it expects (facts 11.4). The zero value is that of a
// new connection.
type resumption struct {
	id  string
	seq int64
}

// resumptionOf reads a handshake's query. It returns false where the query names a
// connection and makes no sense.
func (h *Hub) resumptionOf(query url.Values) (resumption, bool) {
	id := query.Get("connection_id")
	if id == "" || !h.version.Has(versions.ReliableSockets) {
		return resumption{}, true
	}
	seq, err := strconv.ParseInt(query.Get("sequence_number"), 10, 64)
	return resumption{id, seq}, err == nil && seq >= 0 && model.IsValidID(id)
}

// awaitEnd gives the end of a connection a moment to arrive: a client that lost it
// knows that sooner than the server, and may be back before.
func (h *Hub) awaitEnd(id string) {
	if id == "" {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), endTime)
	defer cancel()
	h.await(ctx, func() bool {
		for _, listeners := range h.users {
			if slices.ContainsFunc(listeners, func(l *listener) bool { return l.id == id && l.conn != nil }) {
				return false
			}
		}
		return true
	})
}

const endTime = 250 * time.Millisecond

// resume gives a client its listener back, with what it missed in the queue. It
// returns nil where that is not to be had: the client starts anew then. h.mu is
// held.
func (h *Hub) resume(c *conn, as *world.Session, was resumption) *listener {
	all := h.users[as.UserID]
	i := slices.IndexFunc(all, func(l *listener) bool { return l.id == was.id && l.conn == nil })
	if i < 0 {
		return nil
	}
	l := all[i]
	l.expiry.Stop()
	if !l.replug(was.seq, c.number) {
		h.remove(l)
		return nil
	}
	l.session, l.ack, l.conn = as, c.ack, c
	return l
}

// replug makes the queue begin with the event of that seq, for the connection of that
// number. It returns false if that has been forgotten, or never was.
func (l *listener) replug(seq, connection int64) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	missed := l.next - seq // so many events at the end of sent and queue
	all := append(slices.Clone(l.sent), slices.DeleteFunc(l.queue, func(q queued) bool { return q.seq == noSeq })...)
	if l.overrun || missed < 0 || missed > int64(len(all)) {
		return false
	}
	from := len(all) - int(missed)
	l.sent, l.queue, l.plugged, l.number = slices.Clone(all[:from]), slices.Clone(all[from:]), true, connection
	for i := range l.queue {
		l.note(&l.queue[i])
	}
	l.signal()
	return true
}
