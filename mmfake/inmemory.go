package mmfake

import (
	"context"
	"net"
	"net/http"
)

// InMemory makes a server without a port: clients reach it over connections within
// the process, through [Server.Client] and [Server.DialContext]. It starts in a
// fraction of the time, and works inside a bubble of testing/synctest, where an hour
// of back-off takes no time, if it is made in that bubble. Its URL is
// http://mattermost.test, which only those two know. Mounted integrations and
// everything else are as usual.
func InMemory() Option {
	return func(s *settings) { s.inMemory = true }
}

// Client returns an HTTP client for requests to the server, for websockets too: as
// the HTTPClient of coder/websocket, for instance. A server without a port cannot be
// reached by others. It has no limit of time, and Close ends its connections.
func (s *Server) Client() *http.Client { return s.entrance.client() }

// DialContext connects to the server, if it has no port, and otherwise to any
// address as [net.Dialer.DialContext] does. It is for the transports of HTTP clients
// and for websocket libraries, such as the NetDialContext of gorilla/websocket.
func (s *Server) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	return s.entrance.dial(ctx, network, address)
}
