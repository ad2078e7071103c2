package recorder_test

import (
	"context"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// What a message tells is known from when it is sent on: had it been sent with alice's request,
// bob could not say which channel it is.
func TestInOrderAMessageComesWhereItStands(t *testing.T) {
	session := `{"kind": "api", "direction": "in", "actor": "alice", "request": {"method": "GET", "path": "/api/v4/websocket"}, "answer": {"status": 101}},
		{"kind": "api", "direction": "in", "actor": "alice", "request": {"method": "POST", "path": "/first"}, "answer": {"status": 200}},
		{"kind": "api", "direction": "in", "actor": "bob", "request": {"method": "POST", "path": "/channels/{channel.dev}/posts"}, "answer": {"status": 200}},
		{"kind": "socket", "direction": "out", "actor": "alice", "request": {"path": "/api/v4/websocket", "text": "posted in {channel.dev}"}}`
	r := replayOf(t, session, recorder.InOrder())
	server := httptest.NewServer(r)
	defer server.Close()
	defer r.Close()
	ws, _, err := websocket.Dial(t.Context(), server.URL+"/api/v4/websocket", nil)
	require.NoError(t, err)
	defer ws.CloseNow()
	for _, path := range []string{"/first", "/channels/" + mine + "/posts"} {
		status, answer := ask(r, "POST "+path, "")
		require.Equal(t, 200, status, answer)
	}
	_, text, err := ws.Read(t.Context())
	require.NoError(t, err)
	assert.Equal(t, "posted in "+mine, string(text))
}

func TestWhatIsSaidOnOneOfTwoWebsocketsIsAnsweredThere(t *testing.T) {
	const open = `{"kind": "api", "direction": "in", "actor": "alice", "request": {"method": "GET", "path": "/ws"}, "answer": {"status": 101}},`
	said := func(direction, message string) string {
		return `{"kind": "socket", "direction": "` + direction + `", "actor": "alice", "request": {"path": "/ws", "json": ` + message + `}}`
	}
	r := replayOf(t, open+said("out", `{"event": "hello", "seq": 0}`)+","+said("in", `{"action": "ping", "seq": 1}`)+","+said("out", `{"seq_reply": 1, "from": "one"}`)+","+
		open+said("out", `{"event": "hello", "seq": 0}`)+","+said("in", `{"action": "ping", "seq": 1}`)+","+said("out", `{"seq_reply": 1, "from": "two"}`), recorder.AnyOrder())
	server := httptest.NewServer(r)
	defer server.Close()
	defer r.Close()
	var sockets []*websocket.Conn
	for range 2 {
		ws, _, err := websocket.Dial(t.Context(), server.URL+"/ws", nil)
		require.NoError(t, err)
		defer ws.CloseNow()
		_, _, err = ws.Read(t.Context()) // hello
		require.NoError(t, err)
		sockets = append(sockets, ws)
	}
	for _, i := range []int{1, 0} {
		want := []string{"one", "two"}[i]
		require.NoError(t, sockets[i].Write(t.Context(), websocket.MessageText, []byte(`{"action":"ping","seq":1}`)))
		_, text, err := sockets[i].Read(t.Context())
		require.NoError(t, err)
		assert.Equal(t, `{"seq_reply":1,"from":"`+want+`"}`, string(text))
	}
	assert.Empty(t, r.Problems())
}

func TestWhatIsSaidOnTheWrongWebsocketIsAProblem(t *testing.T) {
	const open = `{"kind": "api", "direction": "in", "actor": "alice", "request": {"method": "GET", "path": "/ws"}, "answer": {"status": 101}},`
	r := replayOf(t, open+open+`{"kind": "socket", "direction": "in", "actor": "alice", "request": {"path": "/ws", "text": "hi"}}`)
	server := httptest.NewServer(r)
	defer server.Close()
	defer r.Close()
	ws, _, err := websocket.Dial(t.Context(), server.URL+"/ws", nil)
	require.NoError(t, err)
	defer ws.CloseNow()
	require.NoError(t, ws.Write(t.Context(), websocket.MessageText, []byte("hi")))
	require.NoError(t, ws.Close(websocket.StatusNormalClosure, "")) // it has been read by then
	r.Close()
	assert.Equal(t, []string{"the websocket message hi is in the fixture, but on another websocket (exchange 3)"}, r.Problems())
}

// A message to others is sent before what it is news of, where that is somebody else's: it may
// not be asked for at all.
func TestAPendingPostIDIsTheClientsAlsoWhereOthersHaveBeenToldOfIt(t *testing.T) {
	r := replayOf(t, `{"kind": "api", "direction": "in", "actor": "alice", "request": {"method": "GET", "path": "/api/v4/posts"}, "answer": {"status": 200, "json": {"pending_post_id": "{pending.1}"}}},`+
		recordedRequest(`{"method": "POST", "path": "/api/v4/posts", "json": {"pending_post_id": "{pending.1}"}}`, `{"status": 201, "json": {"pending_post_id": "{pending.1}"}}`))
	status, _ := ask(r, "GET /api/v4/posts", "")
	require.Equal(t, 200, status)
	status, answer := ask(r, "POST /api/v4/posts", `{"pending_post_id":"me:1763886000123"}`)
	require.Equal(t, 201, status, answer)
	assert.Equal(t, `{"pending_post_id":"me:1763886000123"}`, answer)
}

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
