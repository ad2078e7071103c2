package recorder

import (
	"io"
	"net/http"
	"strings"
)

// openTunnel takes over the answer that ends a handshake: from here on both sides send
// what they like, byte by byte as it comes. Of a websocket, the journal has each message
// before the last byte of it is passed on.
func (p *Proxy) openTunnel(t *passage, resp *http.Response) {
	if !strings.EqualFold(resp.Header.Get("Upgrade"), "websocket") {
		t.finish("")
		return
	}
	t.ex.Connection = p.connections.Add(1)
	connection, path := t.ex.Connection, t.ex.Request.Path
	t.finish("")
	reader := func(way Direction) *frameReader {
		return &frameReader{newTally: p.newTally, emit: func(m Message, problem string) {
			p.append(&Exchange{Kind: KindSocket, Direction: way, Connection: connection, Request: Request{Path: path, Message: m}, Err: problem})
		}}
	}
	if stream, ok := resp.Body.(io.ReadWriteCloser); ok {
		resp.Body = &tunnel{ReadWriteCloser: stream, fromServer: reader(Out), fromClient: reader(In)}
	}
}

// A tunnel is the server's end of a connection, as the client's side reads and writes it.
type tunnel struct {
	io.ReadWriteCloser
	fromServer, fromClient *frameReader
}

func (t *tunnel) Read(b []byte) (int, error) {
	n, err := t.ReadWriteCloser.Read(b)
	t.fromServer.feed(b[:n])
	if err != nil {
		t.fromServer.end("the upstream")
	}
	return n, err
}

func (t *tunnel) Write(b []byte) (int, error) {
	t.fromClient.feed(b)
	return t.ReadWriteCloser.Write(b)
}

// Close is called when the connection has ended on one side or the other.
func (t *tunnel) Close() error {
	err := t.ReadWriteCloser.Close()
	t.fromClient.end("the client")
	t.fromServer.end("the upstream")
	return err
}

// CloseWrite passes on that the client has nothing more to say.
func (t *tunnel) CloseWrite() error {
	if half, ok := t.ReadWriteCloser.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return t.Close()
}
