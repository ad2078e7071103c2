package recorder

import (
	"io"
	"net/http"
	"strings"
	"sync"
)

// openTunnel takes over the answer that ends a handshake: from here on both sides send
// what they like, byte by byte as it comes. Of a websocket, the journal has each message
// before the last byte of it is passed on.
func (p *Proxy) openTunnel(t *passage, resp *http.Response) {
	stream, ok := resp.Body.(io.ReadWriteCloser)
	if !ok || !strings.EqualFold(resp.Header.Get("Upgrade"), "websocket") {
		t.finish("")
		return
	}
	t.ex.Connection = p.connections.Add(1)
	connection, path := t.ex.Connection, t.ex.Request.Path
	t.finish("")
	reader := func(way Direction) *frameReader {
		return &frameReader{newTally: p.newTally, emit: func(m Message, problem string) {
			p.append(&Exchange{
				Kind: KindSocket, Direction: way, Began: p.journal.Begin(), Connection: connection,
				Request: Request{Path: path, Message: m}, Err: problem,
			})
		}}
	}
	w := &tunnel{proxy: p, stream: stream, fromServer: reader(Out), fromClient: reader(In)}
	w.fromServer.isOwn = w.heard
	p.joined(w)
	resp.Body = w
}

// A tunnel is the server's end of a websocket, as the client's side reads and writes it.
type tunnel struct {
	proxy  *Proxy
	stream io.ReadWriteCloser
	rest   []byte // that is read and not passed on yet; of the goroutine that reads

	reading    sync.Mutex   // is locked before mu
	fromServer *frameReader // guarded by reading

	mu         sync.Mutex
	fromClient *frameReader    // guarded by mu, as what follows
	owed       bool            // a ping is to be sent when the client is between two frames
	pings      uint64          // sent so far, or owed
	waiting    []chan struct{} // for the answers to the latest of them; the first waits longest
	deaf       bool            // the server does not answer pings, or has gone
}

// Read returns what the server sends, but for the answers to the proxy's own pings.
func (t *tunnel) Read(b []byte) (int, error) {
	for len(t.rest) == 0 {
		n, err := t.stream.Read(b)
		t.reading.Lock()
		t.rest = t.fromServer.feed(b[:n])
		if err != nil {
			t.rest = append(t.rest, t.fromServer.end("the upstream")...)
		}
		t.reading.Unlock()
		if err != nil && len(t.rest) == 0 {
			return 0, err
		}
	}
	n := copy(b, t.rest)
	t.rest = t.rest[n:]
	return n, nil
}

// Write passes on what the client sends. A message is a step of its own, before which there
// is to be all that was told.
func (t *tunnel) Write(b []byte) (int, error) {
	t.mu.Lock()
	begins := t.fromClient.between() && len(b) > 0 && b[0]&0x0f < opClose
	t.mu.Unlock()
	if begins {
		t.proxy.settle(nil)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if _, err := t.stream.Write(t.fromClient.feed(b)); err != nil {
		return 0, err
	}
	t.payPing()
	return len(b), nil
}

// Close is called when the connection has ended on one side or the other.
func (t *tunnel) Close() error {
	err := t.stream.Close()
	t.proxy.left(t)
	t.mu.Lock()
	t.fromClient.end("the client")
	t.deafen()
	t.mu.Unlock()
	t.reading.Lock()
	defer t.reading.Unlock()
	t.fromServer.end("the upstream")
	return err
}

// CloseWrite passes on that the client has nothing more to say.
func (t *tunnel) CloseWrite() error {
	if half, ok := t.stream.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return t.Close()
}
