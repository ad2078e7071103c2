package mmfake

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/bell"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/faults"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/inmemory"
)

// hostInMemory is what the URL of a server without a port begins with. The name
// can be nobody's (RFC 6761).
const hostInMemory = "mattermost.test"

// An entrance is where clients come in: a port, or in-process connections. Without
// a port nothing is started before the first of them comes.
type entrance struct {
	ctx     context.Context // what the contexts of requests are made from
	handler http.Handler
	address string         // that it listens on; with a port, one that is known
	memory  bool           // there is no port
	running sync.WaitGroup // the goroutines of the server and of its connections
	unasked atomic.Int32   // how many fresh there are: most requests find none, and need no lock

	mu        sync.Mutex
	closed    bool                    // guarded by mu, as what follows
	lines     map[net.Conn]struct{}   // all connections, but for those of websockets
	gone      bell.Bell               // rung when the last of them has gone
	listener  net.Listener            // nil while the entrance is shut
	server    *http.Server            // nil before it has begun to serve
	cut       context.CancelCauseFunc // ends the contexts of its requests
	fresh     map[net.Conn]bool       // connections on which nothing has been asked yet
	transport *http.Transport         // of Client; nil before it is asked for
}

var errEntranceClosed = errors.New("the server is closed")

// open begins to listen, where somebody else has not had it do so. Nobody is answered
// before serve is called.
func (e *entrance) open() error {
	e.mu.Lock()
	defer e.mu.Unlock()
	switch {
	case e.closed:
		return errEntranceClosed
	case e.listener != nil:
		return nil
	}
	if e.memory {
		e.listener = inmemory.Listen(e.address)
		return nil
	}
	l, err := net.Listen("tcp", e.address)
	if err != nil {
		return fmt.Errorf("listening on %s: %w", e.address, err)
	}
	e.listener, e.address = l, l.Addr().String()
	return nil
}

// host is the host and port by which clients reach the entrance: for one that
// listens on all addresses, the loopback's.
func (e *entrance) host() string {
	if e.memory {
		return hostInMemory
	}
	if tcp, ok := e.listener.Addr().(*net.TCPAddr); ok && tcp.IP.IsUnspecified() {
		return net.JoinHostPort("127.0.0.1", strconv.Itoa(tcp.Port))
	}
	return e.address
}

// serve answers those who come, from now on.
func (e *entrance) serve() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.serveLocked()
}

func (e *entrance) serveLocked() {
	if e.server != nil || e.listener == nil {
		return
	}
	ctx, cut := context.WithCancelCause(e.ctx)
	e.cut = cut
	e.server = &http.Server{
		Handler: e.handler, ConnState: e.track, Protocols: new(http.Protocols),
		BaseContext: func(net.Listener) context.Context { return ctx }, ConnContext: faults.WithLine,
	}
	e.server.Protocols.SetHTTP1(true)
	server, l := e.server, e.listener
	e.running.Go(func() { server.Serve(l) }) // it ends with ErrServerClosed
}

// track counts the connections. New ones are told of by the goroutine that accepts
// them, so that the count is above zero then.
func (e *entrance) track(c net.Conn, state http.ConnState) {
	switch state {
	case http.StateNew:
		e.running.Add(1)
		e.mu.Lock()
		defer e.mu.Unlock()
		if e.fresh == nil {
			e.fresh, e.lines = map[net.Conn]bool{}, map[net.Conn]struct{}{}
		}
		e.fresh[c], e.lines[c] = true, struct{}{}
		e.unasked.Add(1)
		return
	case http.StateHijacked, http.StateClosed:
		defer e.running.Done()
	default:
		if e.unasked.Load() == 0 {
			return
		}
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if state == http.StateHijacked || state == http.StateClosed {
		delete(e.lines, c)
		if len(e.lines) == 0 {
			e.gone.Ring()
		}
	}
	if e.fresh[c] {
		delete(e.fresh, c)
		e.unasked.Add(-1)
	}
}

// dial connects to the entrance, and to any other address as usual.
func (e *entrance) dial(ctx context.Context, network, address string) (net.Conn, error) {
	if !e.memory || address != e.address {
		return new(net.Dialer).DialContext(ctx, network, address)
	}
	e.mu.Lock()
	e.serveLocked()
	l := e.listener
	e.mu.Unlock()
	if l == nil {
		return nil, inmemory.Refused(e.address)
	}
	return l.(*inmemory.Listener).Dial(ctx)
}

// client is an HTTP client whose idle connections end with the entrance.
func (e *entrance) client() *http.Client {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.transport == nil {
		e.transport = &http.Transport{DialContext: e.dial, Protocols: new(http.Protocols)}
		e.transport.Protocols.SetHTTP1(true)
	}
	return &http.Client{Transport: e.transport}
}

// noticed is how long a client may take to close its end of an idle connection.
const noticed = 100 * time.Millisecond

// shut refuses new connections and cuts off all that there are, without waiting for
// those who answer them. Clients have some time to notice that, save on those that were
// cut off before: one that does not, and sends its next request on a connection that has
// gone, would be told nothing but that. It can be opened again.
func (e *entrance) shut(why error, patience time.Duration, before ...net.Conn) {
	e.mu.Lock()
	l, server, cut, transport := e.listener, e.server, e.cut, e.transport
	e.listener, e.server = nil, nil
	e.mu.Unlock()
	// What follows is done without the lock: Close waits for who accepts connections, and
	// he for track.
	if l != nil {
		l.Close()
	}
	if server != nil {
		cut(why) // before the clients' going does
		e.hangUp(patience, before)
		server.Close()
	}
	if transport != nil {
		transport.CloseIdleConnections()
	}
}

// hangUp says on all connections that nothing more will come, and waits for the clients to
// go.
func (e *entrance) hangUp(patience time.Duration, before []net.Conn) {
	if patience <= 0 {
		return
	}
	e.mu.Lock()
	for _, c := range before {
		delete(e.lines, c)
	}
	for c := range e.lines {
		if half, ok := c.(interface{ CloseWrite() error }); ok {
			half.CloseWrite()
		}
	}
	gone := e.gone.Next()
	if len(e.lines) == 0 {
		e.gone.Ring()
	}
	e.mu.Unlock()
	late := time.NewTimer(patience)
	defer late.Stop()
	select {
	case <-gone:
	case <-late.C:
	}
}

// close shuts for good and waits until nothing is left.
func (e *entrance) close() {
	e.mu.Lock()
	e.closed = true
	e.mu.Unlock()
	e.shut(errEntranceClosed, 0)
	e.running.Wait()
}

// drain takes no new connections, ends those on which nothing is asked, and waits
// for the answers on the others.
func (e *entrance) drain() {
	e.mu.Lock()
	e.closed = true
	if e.listener != nil {
		e.listener.Close()
	}
	if e.server != nil {
		e.server.SetKeepAlivesEnabled(false) // that closes the idle ones
	}
	for c := range e.fresh {
		c.Close()
	}
	e.mu.Unlock()
	e.running.Wait()
}

// shutDown lets the requests that are under way at the entrances end, as long as ctx
// allows, and then closes. The error is ctx's, if requests had to be cut off.
func shutDown(ctx context.Context, doors []*entrance, closeAll func()) error {
	answered := make(chan struct{})
	go func() {
		defer close(answered)
		var draining sync.WaitGroup
		for _, door := range doors {
			draining.Go(door.drain)
		}
		draining.Wait()
	}()
	var err error
	select {
	case <-answered:
	case <-ctx.Done():
		err = ctx.Err()
	}
	closeAll()
	<-answered
	return err
}
