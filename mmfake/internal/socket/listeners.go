package socket

import (
	"context"
	"maps"
	"slices"
)

// Users returns the ids of the users who are connected.
func (h *Hub) Users() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.DeleteFunc(slices.Collect(maps.Keys(h.users)), func(id string) bool { return !h.connected(id) })
}

// connected says whether a user has a connection. h.mu is held.
func (h *Hub) connected(userID string) bool {
	return slices.ContainsFunc(h.users[userID], func(l *listener) bool { return l.conn != nil })
}

// Wait returns once the user is connected, with true, or with false if ctx ends or
// the hub is closed before.
func (h *Hub) Wait(ctx context.Context, userID string) bool {
	connected := false
	h.await(ctx, func() bool {
		connected = h.connected(userID)
		return connected || h.closed
	})
	return connected
}

// Drop cuts the connections of a user off, or with no id all of them, as a broken
// network does: without a word. Clients may come back and get what they missed.
func (h *Hub) Drop(userID string) {
	h.mu.Lock()
	var dropped []*conn
	for c := range h.conns {
		if userID == "" || c.listener != nil && c.listener.userID == userID {
			dropped = append(dropped, c)
		}
	}
	h.mu.Unlock()
	for _, c := range dropped {
		c.drop()
		h.detach(c)
	}
}
