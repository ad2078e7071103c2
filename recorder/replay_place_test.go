package recorder_test

import (
	"context"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What an integration has posted while the server asked it is told to the user who made the
// server ask, also where only he is there.
func TestAMessageComesWithTheLastRequestOfItsOwnUser(t *testing.T) {
	by := func(actor, path string) string {
		return `{"kind": "api", "direction": "in", "actor": "` + actor + `", "request": {"method": "POST", "path": "` + path + `"}, "answer": {"status": 200}}`
	}
	told := func(text string) string {
		return `{"kind": "socket", "direction": "out", "actor": "alice", "request": {"path": "/api/v4/websocket", "text": "` + text + `"}}`
	}
	r := replayOf(t, `{"kind": "api", "direction": "in", "actor": "alice", "request": {"method": "GET", "path": "/api/v4/websocket"}, "answer": {"status": 101}},`+
		by("alice", "/first")+","+told("seen")+","+by("alice", "/command")+","+
		`{"kind": "callback", "direction": "out", "request": {"method": "POST", "path": "/bot"}, "answer": {"status": 200}},`+
		by("deploybot", "/post")+","+told("posted")+","+by("alice", "/last")+","+told("over"))
	server := httptest.NewServer(r)
	defer server.Close()
	defer r.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	ws, _, err := websocket.Dial(ctx, server.URL+"/api/v4/websocket", nil)
	require.NoError(t, err)
	defer ws.CloseNow()
	for _, path := range []string{"/command", "/first", "/last"} { // in another order, which shows what comes with what
		status, answer := ask(r, "POST "+path, "")
		require.Equal(t, 200, status, answer)
	}
	for _, want := range []string{"posted", "seen", "over"} {
		_, text, err := ws.Read(ctx)
		require.NoError(t, err)
		assert.Equal(t, want, string(text))
	}
}
