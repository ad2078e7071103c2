package socket

import (
	"bufio"
	"context"
	"errors"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/coder/websocket"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// The times and sizes of a connection (facts 11.1, 11.5).
const (
	challengeTime = 5 * time.Second   // until then a client has to say who it is
	pingPeriod    = 60 * time.Second  // between the server's pings
	silence       = 100 * time.Second // without a frame from the client, that ends the connection
	writeTime     = 30 * time.Second  // that a frame may take
	largestRead   = 8192              // bytes of a client's message
)

// A conn is a client's network connection.
type conn struct {
	hub    *Hub
	number int64 // see recorder.Exchange.Connection
	ws     *websocket.Conn
	net    net.Conn      // what ws writes to
	done   chan struct{} // closed by drop
	once   sync.Once     // of drop
	ack    bool          // the client asked for should_ack
	paused atomic.Bool   // a fault delays what is to be written

	unanswered atomic.Pointer[probe] // that the client did not heed; nil for none

	listener *listener      // nil until authenticated; set under Hub.mu by the reading goroutine
	session  *world.Session // likewise
	counted  bool           // the world counts it among the user's; guarded by Hub.mu
}

// Accept makes a request, which Refuse has nothing against, a websocket
// connection. Without a session the client has to say who it is in its first
// message.
func (h *Hub) Accept(w http.ResponseWriter, r *http.Request, as *world.Session, number int64) {
	query := r.URL.Query()
	c := &conn{hub: h, number: number, done: make(chan struct{}), ack: query.Get("posted_ack") == "true" && h.version.Has(versions.ClientViews)}
	taken := &hijacker{ResponseWriter: w}
	ws, err := websocket.Accept(taken, r, &websocket.AcceptOptions{
		InsecureSkipVerify: true, // Refuse has looked at the origin
		OnPingReceived:     func(context.Context, []byte) bool { c.heard(); c.catchUp(); return true },
		OnPongReceived:     func(context.Context, []byte) { c.heard() },
	})
	if err != nil {
		return // the client has gone
	}
	ws.SetReadLimit(largestRead)
	c.ws, c.net = ws, taken.conn
	was, sane := h.resumptionOf(query)
	if as != nil && !sane || !h.enter(c) {
		ws.CloseNow()
		return
	}
	c.net.SetReadDeadline(time.Now().Add(challengeTime))
	if as != nil && h.attach(c, as, was) {
		c.heard()
	}
	go c.serve()
}

// A hijacker remembers the connection that was taken from net/http.
type hijacker struct {
	http.ResponseWriter
	conn net.Conn
}

func (h *hijacker) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	taker, ok := h.ResponseWriter.(http.Hijacker)
	if !ok {
		return nil, nil, errors.New("socket: the server's connections cannot be taken over")
	}
	conn, buffers, err := taker.Hijack()
	h.conn = conn
	return conn, buffers, err
}

// serve reads until the connection ends, and leaves nothing of it.
func (c *conn) serve() {
	defer c.hub.running.Done()
	c.read()
	c.drop()
	c.ws.CloseNow()
	c.hub.detach(c)
}

// drop cuts the connection off without a word. It never waits.
func (c *conn) drop() {
	c.once.Do(func() {
		close(c.done)
		c.net.Close()
	})
}

// heard notes a sign of life of an authenticated client.
func (c *conn) heard() {
	if c.listener != nil {
		c.net.SetReadDeadline(time.Now().Add(silence))
	}
}

// write writes out what is queued, until the connection ends.
func (c *conn) write(l *listener) {
	defer c.hub.running.Done()
	var pings sync.WaitGroup // they end with the connection
	defer pings.Wait()
	defer c.drop()
	ticker := time.NewTicker(pingPeriod)
	defer ticker.Stop()
	for {
		q, ok, overrun := l.take()
		switch {
		case ok:
			if !c.deliver(q) {
				return
			}
			continue
		case overrun:
			c.ws.Close(websocket.StatusNoStatusRcvd, "")
			return
		}
		select {
		case <-l.wake:
		case <-ticker.C:
			pings.Go(c.ping)
		case <-c.done:
			return
		}
	}
}

// send writes one frame.
func (c *conn) send(q queued) error {
	buffer := buffers.Get().(*[]byte)
	defer buffers.Put(buffer)
	*buffer = q.appendTo((*buffer)[:0])
	c.net.SetWriteDeadline(time.Now().Add(writeTime))
	defer c.net.SetWriteDeadline(time.Time{})
	return c.ws.Write(context.Background(), websocket.MessageText, *buffer)
}

// buffers are shared by all connections: most are idle most of the time.
var buffers = sync.Pool{New: func() any { return new([]byte) }}

// ping sends a ping and waits for its pong, which shows as a sign of life.
func (c *conn) ping() {
	ctx, cancel := context.WithTimeout(context.Background(), pingPeriod)
	defer cancel()
	_ = c.ws.Ping(ctx) // a client that is gone is found out by its silence
}

// exchange is a message as the journal holds it. It owns the text from then on.
func exchange(way recorder.Direction, connection int64, name string, text []byte) *recorder.Exchange {
	return &recorder.Exchange{
		Kind: recorder.KindSocket, Direction: way, Connection: connection, Actor: name, Route: route,
		Request: recorder.Request{Path: path, Message: recorder.Message{Body: text}},
	}
}

const (
	path  = "/api/v4/websocket"
	route = "GET " + path // as exchanges name the endpoint
)
