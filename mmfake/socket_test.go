package mmfake_test

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

// A client is a websocket client as simple as one can be.
type client struct {
	t  *testing.T
	ws *websocket.Conn
}

// A message is what a server sends: an event or a reply.
type message struct {
	Event     string
	Data      map[string]any
	Broadcast map[string]any
	Seq       *int64
	Status    string
	SeqReply  int64 `json:"seq_reply"`
	Error     struct {
		ID         string
		StatusCode int `json:"status_code"`
	}
}

// dial opens a websocket without waiting for anything; query begins with ? if there is one.
func dial(t *testing.T, mm *mmfake.Server, token, query string) *client {
	t.Helper()
	header := http.Header{}
	if token != "" {
		header.Set("Authorization", "Bearer "+token)
	}
	ws, _, err := websocket.Dial(t.Context(), mm.URL+"/api/v4/websocket"+query, &websocket.DialOptions{HTTPHeader: header})
	require.NoError(t, err)
	ws.SetReadLimit(-1)
	t.Cleanup(func() { ws.CloseNow() })
	return &client{t, ws}
}

// listen opens a user's websocket and reads the greeting.
func listen(t *testing.T, mm *mmfake.Server, a *mmfake.Actor) *client {
	t.Helper()
	c := dial(t, mm, a.Token, "")
	c.next("hello")
	return c
}

// read returns the next message.
func (c *client) read() (message, error) {
	ctx, cancel := context.WithTimeout(c.t.Context(), 10*time.Second)
	defer cancel()
	var m message
	_, text, err := c.ws.Read(ctx)
	if err == nil {
		err = json.Unmarshal(text, &m)
	}
	return m, err
}

// next reads until a message of one of the kinds comes; a reply's kind is "reply".
func (c *client) next(kinds ...string) message {
	c.t.Helper()
	for {
		m, err := c.read()
		require.NoError(c.t, err, "waiting for %s", strings.Join(kinds, " or "))
		for _, kind := range kinds {
			if m.Event == kind || m.Event == "" && kind == "reply" {
				return m
			}
		}
	}
}

func (c *client) send(text string) {
	c.t.Helper()
	require.NoError(c.t, c.ws.Write(c.t.Context(), websocket.MessageText, []byte(text)))
}

// ends reads until the server ends the connection, and returns its close code: -1
// is no close frame at all.
func (c *client) ends() websocket.StatusCode {
	c.t.Helper()
	for {
		if _, err := c.read(); err != nil {
			require.NotErrorIs(c.t, err, context.DeadlineExceeded, "the server does not end the connection")
			return websocket.CloseStatus(err)
		}
	}
}

func TestTheFirstEventSaysWhichConnectionItIs(t *testing.T) {
	mm := mmfake.New(t)
	alice := mm.User("alice")
	hello := dial(t, mm, alice.Token, "").next("hello")
	assert.EqualValues(t, 0, *hello.Seq)
	assert.Len(t, hello.Data["connection_id"], 26)
	assert.Contains(t, hello.Data["server_version"], "11.6.0.")
	assert.Equal(t, alice.ID, hello.Broadcast["user_id"])
}

func TestAListenerHearsOfAPostBeforeItsAuthorDoes(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	alice, bob := mm.User("alice", dev), mm.User("bob", dev)
	c := listen(t, mm, bob)
	alice.Post(dev, "hello")
	assert.Contains(t, c.next("posted").Data["post"], `"message":"hello"`)
}
