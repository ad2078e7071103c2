package recorder_test

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// besides answers other requests than those for a websocket with nothing.
func besides(socket http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Upgrade") != "" {
			socket(w, r)
		}
	}
}

func TestWhatWasToBeToldComesBeforeTheNextRequest(t *testing.T) {
	var ws *websocket.Conn
	s := inFrontOf(t, besides(func(w http.ResponseWriter, r *http.Request) {
		var err error
		ws, err = websocket.Accept(w, r, &websocket.AcceptOptions{OnPingReceived: func(ctx context.Context, _ []byte) bool {
			return ws.Write(ctx, websocket.MessageText, []byte("late")) == nil // what was queued comes before the pong
		}})
		require.NoError(t, err)
		defer ws.CloseNow()
		ws.Read(r.Context())
	}))
	conn, err := net.Dial("tcp", strings.TrimPrefix(s.url, "http://"))
	require.NoError(t, err)
	defer conn.Close()
	io.WriteString(conn, "GET /api/v4/websocket HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n")
	arrived := bufio.NewReader(conn)
	resp, err := http.ReadResponse(arrived, nil)
	require.NoError(t, err)
	require.Equal(t, http.StatusSwitchingProtocols, resp.StatusCode)

	s.do("POST /api/v4/posts", "", nil)
	s.do("POST /api/v4/posts", "", nil)
	var began []string
	f, err := s.journal.Fixture()
	require.NoError(t, err)
	for _, ex := range s.journal.All() {
		began = append(began, string(ex.Kind))
	}
	assert.Equal(t, []string{"api", "socket", "api", "socket", "api"}, began)
	assert.Equal(t, 5, f.Len())

	frames := make([]byte, 12)
	_, err = io.ReadFull(arrived, frames)
	require.NoError(t, err)
	assert.Equal(t, "\x81\x04late\x81\x04late", string(frames), "the client has the messages, and no pong")
	assert.Zero(t, arrived.Buffered())
}

func TestAServerThatAnswersNoPingsIsAskedOnce(t *testing.T) {
	var pings atomic.Int64
	s := inFrontOf(t, besides(socketServer(t, &websocket.AcceptOptions{OnPingReceived: func(context.Context, []byte) bool {
		pings.Add(1)
		return false
	}}, echo)))
	s.dial(nil)
	for range 3 {
		s.do("POST /api/v4/posts", "", nil)
	}
	started := time.Now()
	s.do("POST /api/v4/posts", "", nil)
	assert.Less(t, time.Since(started), 500*time.Millisecond)
	s.Close()
	assert.EqualValues(t, 1, pings.Load())
	assert.Equal(t, 5, s.journal.Count(recorder.OfKind(recorder.KindAPI)))
}

func TestPongsOfTheClientsOwnPingsArrive(t *testing.T) {
	s := inFrontOf(t, besides(socketServer(t, nil, echo)))
	ws, _ := s.dial(nil)
	go ws.Read(t.Context())
	for range 20 {
		require.NoError(t, ws.Ping(t.Context()))
		s.do("POST /api/v4/posts", "", nil)
	}
}
