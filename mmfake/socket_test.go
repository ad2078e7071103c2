package mmfake_test

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"sync/atomic"
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

func TestActionsThatCannotBeCarriedOutSayWhy(t *testing.T) {
	mm := mmfake.New(t)
	c := listen(t, mm, mm.User("alice"))
	for _, try := range []struct {
		text, id string
		status   int
	}{
		{`{"seq":1}`, "api.web_socket_router.no_action.app_error", 400},
		{`null`, "api.web_socket_router.no_action.app_error", 400},
		{`{"action":"ping"}`, "api.web_socket_router.bad_seq.app_error", 400},
		{`{"seq":-1,"action":"ping"}`, "api.web_socket_router.bad_seq.app_error", 400},
		{`{"seq":1,"action":"dance"}`, "api.web_socket_router.bad_action.app_error", 500},
		{`{"seq":1,"action":"user_typing","data":{"channel_id":"x"}}`, "api.websocket_handler.invalid_param.app_error", 400},
		{`{"seq":1,"action":"user_typing"}`, "api.websocket_handler.invalid_param.app_error", 400},
		{`{"seq":1,"action":"get_statuses_by_ids","data":{"user_ids":[]}}`, "api.websocket_handler.invalid_param.app_error", 400},
		{`{"seq":1,"action":"get_statuses_by_ids","data":{"user_ids":"x"}}`, "api.websocket_handler.invalid_param.app_error", 400},
		{`{"seq":1,"action":"user_update_active_status","data":{}}`, "api.websocket_handler.invalid_param.app_error", 400},
	} {
		c.send(try.text)
		m := c.next("reply")
		assert.Equal(t, "FAIL", m.Status, try.text)
		assert.Equal(t, try.id, m.Error.ID, try.text)
		assert.Equal(t, try.status, m.Error.StatusCode, try.text)
	}
}

func TestActionsAreCarriedOut(t *testing.T) {
	mm := mmfake.New(t)
	alice := mm.User("alice")
	c := listen(t, mm, alice)
	for text, want := range map[string]map[string]any{
		`{"seq":1,"action":"get_statuses"}`: {alice.ID: "online", mm.Admin.ID: "online"},
		`{"seq":1,"action":"get_statuses_by_ids","data":{"user_ids":["` + alice.ID + `","x",7]}}`:         {alice.ID: "online", "x": "offline"},
		`{"seq":1,"action":"user_update_active_status","data":{"user_is_active":true,"manual":false}}`:    nil,
		`{"seq":1,"action":"presence","data":{"channel_id":"","team_id":"","thread_channel_id":""}}`:      nil,
		`{"seq":1,"action":"posted_notify_ack","data":{"post_id":"x","status":"success"}}`:                nil,
		`{"seq":1,"action":"user_update_active_status","data":{"user_is_active":false,"manual":false}}`:   nil,
		`{"seq":1,"action":"get_statuses_by_ids","data":{"user_ids":["` + alice.ID + `"]}} and more text`: {alice.ID: "online"},
	} {
		c.send(text)
		m := c.next("reply")
		assert.Equal(t, "OK", m.Status, text)
		assert.Equal(t, want, m.Data, text)
	}
	c.send(`{"seq":9,"action":"ping"}`)
	pong := c.next("reply")
	assert.EqualValues(t, 9, pong.SeqReply)
	assert.Equal(t, "pong", pong.Data["text"])
	assert.Equal(t, "11.6.0", pong.Data["version"])
}

func TestABinaryMessageIsUnderstoodAndAnsweredInText(t *testing.T) {
	mm := mmfake.New(t)
	c := listen(t, mm, mm.User("alice"))
	require.NoError(t, c.ws.Write(t.Context(), websocket.MessageBinary, []byte("\x82\xa3seq\x05\xa6action\xa4ping")))
	assert.EqualValues(t, 5, c.next("reply").SeqReply)
}

func TestMessagesThatNobodyUnderstandsEndTheConnection(t *testing.T) {
	mm := mmfake.New(t)
	alice := mm.User("alice")
	for _, text := range []string{"hello?", "", "[]", `{"seq":"1"}`} {
		c := listen(t, mm, alice)
		c.send(text)
		assert.EqualValues(t, -1, c.ends(), text)
	}
	c := listen(t, mm, alice)
	require.NoError(t, c.ws.Write(t.Context(), websocket.MessageBinary, []byte("\xc1")))
	assert.EqualValues(t, -1, c.ends())
}

func TestMessagesOfMoreThan8192BytesEndTheConnection(t *testing.T) {
	mm := mmfake.New(t)
	c := listen(t, mm, mm.User("alice"))
	long := `{"seq":1,"action":"ping","data":{"x":"` + strings.Repeat("x", 8192) + `"}}`
	c.send(long[:40] + long[len(long)-8152:]) // that much is accepted
	c.next("reply")
	c.send(long)
	assert.Equal(t, websocket.StatusMessageTooBig, c.ends())
}

func TestEventsAreNumberedWithoutGapsAndRepliesAreNot(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	alice, bob := mm.User("alice", dev), mm.User("bob", dev)
	c := dial(t, mm, alice.Token, "")
	var seqs []int64
	for i := range 10 {
		bob.Post(dev, "one more")
		c.send(`{"seq":1,"action":"ping"}`)
		for replied := false; !replied; {
			m, err := c.read()
			require.NoError(t, err, "round %d", i)
			if m.Event == "" {
				assert.Nil(t, m.Seq)
				replied = true
				continue
			}
			seqs = append(seqs, *m.Seq)
		}
	}
	for i, seq := range seqs {
		assert.EqualValues(t, i, seq)
	}
}

func TestARevokedSessionHearsNothingAndMayDoNothing(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	alice, bob := mm.User("alice", dev), mm.User("bob", dev)
	c := listen(t, mm, alice)
	logout, err := http.NewRequest("POST", mm.URL+"/api/v4/users/logout", nil)
	require.NoError(t, err)
	logout.Header.Set("Authorization", "Bearer "+alice.Token)
	answer, err := http.DefaultClient.Do(logout)
	require.NoError(t, err)
	answer.Body.Close()
	bob.Post(dev, "secret")
	c.send(`{"seq":1,"action":"ping"}`)
	m := c.next("posted", "reply")
	assert.Equal(t, "api.web_socket_router.not_authenticated.app_error", m.Error.ID)
	assert.Equal(t, 401, m.Error.StatusCode)
}

func TestOnlyTheMentionedIsToldSo(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	alice, bob, carol := mm.User("alice", dev), mm.User("bob", dev), mm.User("carol", dev)
	toBob, toCarol := listen(t, mm, bob), listen(t, mm, carol)
	alice.Post(dev, "@bob and @alice")
	assert.Equal(t, `["`+bob.ID+`"]`, toBob.next("posted").Data["mentions"])
	assert.NotContains(t, toCarol.next("posted").Data, "mentions")
}

func TestWhoDeletedAPostIsForAdmins(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	alice := mm.User("alice", dev)
	post := alice.Post(dev, "oops")
	toAlice, toAdmin := listen(t, mm, alice), listen(t, mm, mm.User("sysadmin", dev))
	alice.Delete(post)
	assert.NotContains(t, toAlice.next("post_deleted").Data, "delete_by")
	assert.Equal(t, alice.ID, toAdmin.next("post_deleted").Data["delete_by"])
}

func TestAClientThatAcknowledgesIsAskedToWhereItMatters(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	alice, bob := mm.User("alice", dev), mm.User("bob", dev)
	c := dial(t, mm, bob.Token, "?posted_ack=true")
	c.next("hello")
	alice.Post(dev, "@bob")
	assert.Equal(t, true, c.next("posted").Data["should_ack"])
	alice.Post(dev, "nobody")
	assert.NotContains(t, c.next("posted").Data, "should_ack")
	status, _ := request(t, mm, bob, "PUT "+mm.URL+"/api/v4/channels/"+dev.ID+"/members/me/notify_props", "application/json", `{"desktop":"all"}`)
	require.Equal(t, http.StatusOK, status)
	alice.Post(dev, "everybody")
	assert.Equal(t, true, c.next("posted").Data["should_ack"])
	alice.Post(alice.Direct(bob), "psst")
	assert.Equal(t, true, c.next("posted").Data["should_ack"])
	bob.Post(bob.Direct(alice), "what?")
	assert.NotContains(t, c.next("posted").Data, "should_ack")
}

func TestAClientDoesWithoutTypingInChannelsThatItDoesNotShow(t *testing.T) {
	mm := mmfake.New(t)
	dev, ops := mm.Channel("dev"), mm.Channel("ops")
	alice, bob := mm.User("alice", dev, ops), mm.User("bob", dev, ops)
	c := listen(t, mm, bob)
	c.send(`{"seq":1,"action":"presence","data":{"channel_id":"` + ops.ID + `","thread_channel_id":""}}`)
	c.next("reply")
	alice.Typing(dev)
	assert.Equal(t, dev.ID, c.next("typing").Broadcast["channel_id"], "it may show a thread of dev among all threads")
	c.send(`{"seq":2,"action":"presence","data":{"thread_channel_id":"","is_thread_view":true}}`)
	c.next("reply")
	alice.Typing(dev)
	alice.Typing(ops)
	assert.Equal(t, ops.ID, c.next("typing").Broadcast["channel_id"])
}

func TestAPongComesBehindWhatWasQueuedBeforeThePing(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	alice := mm.User("alice", dev)
	c := listen(t, mm, alice)
	var heard atomic.Int64
	go func() {
		for {
			m, err := c.read()
			if err != nil {
				return
			}
			if m.Event == "posted" {
				heard.Add(1)
			}
		}
	}()
	for range 100 {
		alice.Post(dev, "one of many")
	}
	require.NoError(t, c.ws.Ping(t.Context()))
	assert.EqualValues(t, 100, heard.Load())
}

func TestReactionsAreHeard(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	alice, bob := mm.User("alice", dev), mm.User("bob", dev)
	c := listen(t, mm, bob)
	post := bob.Post(dev, "look")
	alice.React(post, ":eyes:")
	assert.Contains(t, c.next("reaction_added").Data["reaction"], `"emoji_name":"eyes"`)
	alice.Unreact(post, "eyes")
	assert.Contains(t, c.next("reaction_removed").Data["reaction"], alice.ID)
}

func TestAnActionForAPluginIsNotAnswered(t *testing.T) {
	mm := mmfake.New(t)
	c := listen(t, mm, mm.User("alice"))
	c.send(`{"seq":1,"action":"custom_com.example.plugin_do"}`)
	c.send(`{"seq":2,"action":"ping"}`)
	assert.EqualValues(t, 2, c.next("").SeqReply, "facts 11.2")
}

func TestWhoIsDeactivatedHearsNothingOfIt(t *testing.T) {
	mm := mmfake.New(t)
	alice := mm.User("alice")
	c := listen(t, mm, alice)
	status, _ := request(t, mm, mm.Admin, "PUT "+mm.URL+"/api/v4/users/"+alice.ID+"/active", "application/json", `{"active":false}`)
	require.Equal(t, http.StatusOK, status)
	c.send(`{"seq":1,"action":"ping"}`)
	told := c.next("user_updated", "status_change", "reply")
	for told.Event == "status_change" && told.Data["status"] == "online" { // she came on-line by listening
		told = c.next("user_updated", "status_change", "reply")
	}
	assert.Equal(t, "api.web_socket_router.not_authenticated.app_error", told.Error.ID)
}

func TestNobodyIsToldOfSeenChannelsWhereTheSettingIsOff(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	alice := mm.User("alice", dev)
	status, _ := request(t, mm, mm.Admin, "PUT "+mm.URL+"/api/v4/config/patch", "application/json", `{"ServiceSettings":{"EnableChannelViewedMessages":false}}`)
	require.Equal(t, http.StatusOK, status)
	c := listen(t, mm, alice)
	alice.Post(dev, "seen by myself")
	c.send(`{"seq":1,"action":"ping"}`)
	assert.Empty(t, c.next("multiple_channels_viewed", "reply").Event, "facts 3.8")
}
