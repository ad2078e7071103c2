package socket

import (
	"time"

	"github.com/coder/websocket"
)

// deliver writes a frame with what is to go wrong with it. It returns false where
// the connection has ended.
func (c *conn) deliver(q queued) bool {
	f := q.fault
	switch {
	case f == nil:
		return c.send(q) == nil
	case f.DelayEvent > 0 && !c.pause(f.DelayEvent):
		return false
	case f.Reset:
		c.reset()
		return false
	case f.CloseCode != 0:
		c.ws.Close(websocket.StatusCode(f.CloseCode), "")
		return false
	case f.DropEvent:
		return true
	case f.DuplicateEvent && c.send(q) != nil:
		return false
	}
	return c.send(q) == nil
}

// pause waits, as long as the connection lasts. What is queued behind waits too.
func (c *conn) pause(d time.Duration) bool {
	c.paused.Store(true)
	defer c.paused.Store(false)
	wait := time.NewTimer(d)
	defer wait.Stop()
	select {
	case <-wait.C:
		return true
	case <-c.done:
		return false
	}
}

// reset cuts the connection off, so that the client sees it reset.
func (c *conn) reset() {
	if l, ok := c.net.(interface{ SetLinger(seconds int) error }); ok {
		l.SetLinger(0)
	}
	c.drop()
}
