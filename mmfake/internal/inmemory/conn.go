package inmemory

import (
	"io"
	"net"
	"os"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// capacity is how many bytes one way of a connection holds before a writer waits
// for a reader, as the buffers of a socket do.
const capacity = 64 << 10

// A Conn is one end of a connection.
type Conn struct {
	in, out *way
	local   address
	remote  address
	abrupt  atomic.Bool // Close resets
}

// clientAddress is what a server sees its clients come from.
const clientAddress address = "127.0.0.1:0"

func pipe(at address) (client, server *Conn) {
	to, from := newWay(), newWay()
	return &Conn{in: from, out: to, local: clientAddress, remote: at}, &Conn{in: to, out: from, local: at, remote: clientAddress}
}

// Read reads what the other end has written.
func (c *Conn) Read(b []byte) (int, error) {
	n, err := c.in.read(b)
	return n, c.wrap("read", err)
}

// Write waits while the other end has too much to read already.
func (c *Conn) Write(b []byte) (int, error) {
	n, err := c.out.write(b)
	return n, c.wrap("write", err)
}

func (c *Conn) wrap(op string, err error) error {
	if err == nil || err == io.EOF {
		return err
	}
	return &net.OpError{Op: op, Net: c.local.Network(), Source: c.local, Addr: c.remote, Err: err}
}

// Close ends both ways. The other end reads what was written before, and then the
// end, unless the connection is to be reset: see SetLinger.
func (c *Conn) Close() error {
	abrupt := c.abrupt.Load()
	writing, reading := c.out.closeWriting(abrupt), c.in.closeReading(abrupt)
	if !writing && !reading {
		return c.wrap("close", net.ErrClosed)
	}
	return nil
}

// CloseWrite ends the way to the other end, which reads what was written before, and
// then the end.
func (c *Conn) CloseWrite() error {
	if !c.out.closeWriting(false) {
		return c.wrap("close", net.ErrClosed)
	}
	return nil
}

// SetLinger makes Close reset the connection if seconds is 0, as it does for TCP:
// what the other end has not read yet is lost.
func (c *Conn) SetLinger(seconds int) error {
	c.abrupt.Store(seconds == 0)
	return nil
}

// LocalAddr is the listener's address at the server's end.
func (c *Conn) LocalAddr() net.Addr { return c.local }

// RemoteAddr is the listener's address at the client's end.
func (c *Conn) RemoteAddr() net.Addr { return c.remote }

// SetDeadline sets both deadlines.
func (c *Conn) SetDeadline(t time.Time) error {
	c.in.reading.set(c.in, t)
	c.out.writing.set(c.out, t)
	return nil
}

// SetReadDeadline makes reads fail from a time on; the zero time is never.
func (c *Conn) SetReadDeadline(t time.Time) error { c.in.reading.set(c.in, t); return nil }

// SetWriteDeadline makes writes fail from a time on; the zero time is never.
func (c *Conn) SetWriteDeadline(t time.Time) error { c.out.writing.set(c.out, t); return nil }

// A way leads from one end's writes to the other's reads.
type way struct {
	mu           sync.Mutex
	changed      sync.Cond
	held         []byte // written and not read yet; guarded by mu, as what follows
	readerClosed bool
	writerClosed bool
	reset        bool // by either end
	reading      deadline
	writing      deadline
}

func newWay() *way {
	w := &way{}
	w.changed.L = &w.mu
	return w
}

func (w *way) read(b []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for {
		switch {
		case w.readerClosed:
			return 0, net.ErrClosed
		case w.reset:
			return 0, syscall.ECONNRESET
		case w.reading.over():
			return 0, os.ErrDeadlineExceeded
		case len(w.held) > 0:
			n := copy(b, w.held)
			w.held = w.held[:copy(w.held, w.held[n:])]
			w.changed.Broadcast()
			return n, nil
		case w.writerClosed:
			return 0, io.EOF
		case len(b) == 0:
			return 0, nil
		}
		w.changed.Wait()
	}
}

func (w *way) write(b []byte) (written int, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for {
		room := capacity - len(w.held)
		switch {
		case w.writerClosed:
			return written, net.ErrClosed
		case w.reset:
			return written, syscall.ECONNRESET
		case w.readerClosed:
			return written, syscall.EPIPE
		case w.writing.over():
			return written, os.ErrDeadlineExceeded
		case room > 0 || written == len(b):
			n := min(room, len(b)-written)
			w.held = append(w.held, b[written:written+n]...)
			written += n
			w.changed.Broadcast()
			if written == len(b) {
				return written, nil
			}
		default:
			w.changed.Wait()
		}
	}
}

// closeWriting returns false where it was called before.
func (w *way) closeWriting(abrupt bool) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.writerClosed {
		return false
	}
	w.writerClosed = true
	w.reset = w.reset || abrupt
	w.writing.stop()
	w.changed.Broadcast()
	return true
}

// closeReading returns false where it was called before.
func (w *way) closeReading(abrupt bool) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.readerClosed {
		return false
	}
	w.readerClosed = true
	w.reset = w.reset || abrupt
	w.held = nil
	w.reading.stop()
	w.changed.Broadcast()
	return true
}

// A deadline ends the waiting of one side of a way. It is guarded by the way's mu.
type deadline struct {
	at    time.Time
	timer *time.Timer // wakes those who wait; nil where there is no deadline ahead
}

func (d *deadline) over() bool { return !d.at.IsZero() && !time.Now().Before(d.at) }

func (d *deadline) set(w *way, at time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	d.stop()
	d.at = at
	if d.over() {
		w.changed.Broadcast()
	} else if !at.IsZero() {
		d.timer = time.AfterFunc(time.Until(at), func() {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.changed.Broadcast()
		})
	}
}

func (d *deadline) stop() {
	if d.timer != nil {
		d.timer.Stop()
		d.timer = nil
	}
}
