// Package inmemory connects a client and a server of one process without a port.
// Its connections behave as those over the loopback interface do where HTTP and
// websockets can tell: they hold some bytes that nobody has read yet, know
// deadlines, and can be reset. They block on nothing but sync.Cond, so that they
// work inside testing/synctest.
package inmemory

import (
	"context"
	"net"
	"sync"
	"syscall"
)

// A Listener hands the server's ends of connections out. Make one with Listen.
type Listener struct {
	address address
	mu      sync.Mutex
	come    sync.Cond // there is a connection to accept, or the listener is closed
	waiting []*Conn   // connections that nobody has accepted; guarded by mu
	closed  bool      // guarded by mu
}

// Listen makes a listener that names itself by an address, such as "bot.test:80".
func Listen(at string) *Listener {
	l := &Listener{address: address(at)}
	l.come.L = &l.mu
	return l
}

// Accept waits for the next connection.
func (l *Listener) Accept() (net.Conn, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for len(l.waiting) == 0 && !l.closed {
		l.come.Wait()
	}
	if l.closed {
		return nil, net.ErrClosed
	}
	c := l.waiting[0]
	l.waiting = l.waiting[1:]
	return c, nil
}

// Dial connects to the listener and returns the client's end. A closed listener
// refuses.
func (l *Listener) Dial(ctx context.Context) (net.Conn, error) {
	if err := ctx.Err(); err != nil {
		return nil, l.failed(err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return nil, l.failed(syscall.ECONNREFUSED)
	}
	client, server := pipe(l.address)
	l.waiting = append(l.waiting, server)
	l.come.Signal()
	return client, nil
}

func (l *Listener) failed(err error) error {
	return &net.OpError{Op: "dial", Net: l.address.Network(), Addr: l.address, Err: err}
}

// Refused is the error of dialing an address where nobody listens.
func Refused(at string) error {
	l := Listener{address: address(at)}
	return l.failed(syscall.ECONNREFUSED)
}

// Close refuses all connections from now on, those that nobody has accepted too.
func (l *Listener) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return net.ErrClosed
	}
	l.closed = true
	for _, c := range l.waiting {
		c.SetLinger(0)
		c.Close()
	}
	l.waiting = nil
	l.come.Broadcast()
	return nil
}

// Addr is the address that the listener was made with.
func (l *Listener) Addr() net.Addr { return l.address }

// An address is a host and port that no network knows.
type address string

func (address) Network() string  { return "memory" }
func (a address) String() string { return string(a) }
