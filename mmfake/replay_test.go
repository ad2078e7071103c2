package mmfake_test

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// recorded has a client do a session with a fake and returns the fixture of it.
func recorded(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "session.json")
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	alice := mm.User("alice", dev)
	c := replayClient{t: t, url: mm.URL, token: alice.Token, channel: dev.ID}
	c.session()
	require.NoError(t, mm.Save(path))
	return path
}

// A replayClient is the code under test.
type replayClient struct {
	t                   *testing.T
	url, token, channel string
}

func (c replayClient) do(do, body string) (int, string) {
	c.t.Helper()
	method, path, _ := strings.Cut(do, " ")
	r, err := http.NewRequest(method, c.url+path, strings.NewReader(body))
	require.NoError(c.t, err)
	r.Header.Set("Authorization", "Bearer "+c.token)
	r.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(r)
	require.NoError(c.t, err)
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	require.NoError(c.t, err)
	return response.StatusCode, string(answer)
}

func (c replayClient) post(text string) (int, string) {
	return c.do("POST /api/v4/posts", `{"message":"`+text+`","channel_id":"`+c.channel+`"}`)
}

// session opens a websocket, posts twice, and reads both posts back.
func (c replayClient) session() {
	c.t.Helper()
	header := http.Header{"Authorization": {"Bearer " + c.token}}
	ws, _, err := websocket.Dial(c.t.Context(), c.url+"/api/v4/websocket", &websocket.DialOptions{HTTPHeader: header})
	require.NoError(c.t, err)
	defer ws.CloseNow()
	events := &client{c.t, ws}
	events.next("hello")
	for _, text := range []string{"one", "two", "one"} {
		status, answer := c.post(text)
		require.Equal(c.t, http.StatusCreated, status, answer)
		id := field(c.t, answer, "id")
		event := events.next("posted")
		assert.Contains(c.t, event.Data["post"], id, "the event is that of the post")
		status, answer = c.do("GET /api/v4/posts/"+id, "")
		require.Equal(c.t, http.StatusOK, status, answer)
		assert.Equal(c.t, text, field(c.t, answer, "message"))
	}
}

func field(t *testing.T, body, name string) string {
	t.Helper()
	m := recorder.Message{Body: []byte(body)}
	require.True(t, m.Get(name).Exists(), "%s of %s", name, body)
	return m.Get(name).String()
}

func TestAReplayAnswersTheSameClientWithoutADifference(t *testing.T) {
	path := recorded(t)
	for name, options := range map[string][]recorder.ReplayOption{"by resource": nil, "in order": {recorder.InOrder()}, "in any order": {recorder.AnyOrder()}} {
		t.Run(name, func(t *testing.T) {
			tb := &recordingTB{TB: t}
			replay := mmfake.Replay(tb, path, options...)
			replayClient{t, replay.URL, replay.Value("token.1"), replay.Value("channel.1")}.session()
			tb.cleanup()
			assert.Empty(t, tb.errors)
			assert.Empty(t, tb.logs, "all was asked for")
		})
	}
}

func TestWhatIsNotRecordedFailsTheTestWithTheNearest(t *testing.T) {
	tb := &recordingTB{TB: t}
	path := recorded(t)
	replay := mmfake.Replay(tb, path)
	c := replayClient{t, replay.URL, "token", replay.Value("channel.1")}
	status, answer := c.post("three")
	assert.Equal(t, http.StatusNotImplemented, status)
	assert.Equal(t, "recorder.replay.not_recorded", field(t, answer, "id"))
	want := `POST /api/v4/posts is not in the fixture; exchange 4, POST /api/v4/posts, comes nearest: json.message is "three", recorded is "one"`
	assert.Equal(t, want, field(t, answer, "message"))
	tb.cleanup()
	assert.Equal(t, []string{"mmfake: " + path + ": " + want}, tb.errors)
	require.Len(t, tb.logs, 1)
	assert.Contains(t, tb.logs[0], "exchange 4, POST /api/v4/posts")
}

func TestEachRecordedRequestIsAnsweredOnceInItsTurn(t *testing.T) {
	tb := &recordingTB{TB: t}
	replay := mmfake.Replay(tb, recorded(t), recorder.AnyOrder())
	c := replayClient{t, replay.URL, "token", replay.Value("channel.1")}
	_, first := c.post("one")
	_, second := c.post("one")
	assert.NotEqual(t, field(t, first, "id"), field(t, second, "id"))
	status, answer := c.post("one")
	assert.Equal(t, http.StatusNotImplemented, status)
	assert.Contains(t, answer, "each time that it was recorded has been answered")
}

func TestAnotherOrderIsRefusedInOrder(t *testing.T) {
	tb := &recordingTB{TB: t}
	replay := mmfake.Replay(tb, recorded(t), recorder.InOrder())
	c := replayClient{t, replay.URL, "token", replay.Value("channel.1")}
	_, answer := c.post("two")
	assert.Contains(t, answer, "comes too early: exchange 1, GET /api/v4/websocket, has to come before it")
}

func TestAReplayFallsThroughToAFake(t *testing.T) {
	mm := mmfake.New(t)
	replay := mmfake.Replay(t, recorded(t), mmfake.FallThrough(mm))
	c := replayClient{t, replay.URL, mm.Admin.Token, replay.Value("channel.1")}
	status, answer := c.post("one")
	require.Equal(t, http.StatusCreated, status, answer)
	status, answer = c.do("GET /api/v4/users/me", "")
	require.Equal(t, http.StatusOK, status, answer)
	assert.Equal(t, "sysadmin", field(t, answer, "username"))
}

func TestTwoWebsocketsOfOneUserAreReplayedEachWithItsOwn(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	alice := mm.User("alice", dev)
	session := func(url, token, channel string) {
		dial := func() *client {
			ws, _, err := websocket.Dial(t.Context(), url+"/api/v4/websocket", &websocket.DialOptions{HTTPHeader: http.Header{"Authorization": {"Bearer " + token}}})
			require.NoError(t, err)
			t.Cleanup(func() { ws.CloseNow() })
			return &client{t, ws}
		}
		one := dial()
		one.next("hello")
		two := dial()
		two.next("hello")
		status, answer := replayClient{t, url, token, channel}.post("hello, both")
		require.Equal(t, http.StatusCreated, status, answer)
		one.next("posted")
		two.next("posted")
	}
	session(mm.URL, alice.Token, dev.ID)
	path := filepath.Join(t.TempDir(), "session.json")
	require.NoError(t, mm.Save(path))

	replay := mmfake.Replay(t, path)
	session(replay.URL, replay.Value("token.1"), replay.Value("channel.1"))
}

func TestAWebsocketFallsThroughToAFake(t *testing.T) {
	path := filepath.Join(t.TempDir(), "session.json")
	recording := mmfake.New(t)
	dev := recording.Channel("dev")
	replayClient{t, recording.URL, recording.User("alice", dev).Token, dev.ID}.post("recorded")
	require.NoError(t, recording.Save(path))

	mm := mmfake.New(t)
	ops := mm.Channel("ops")
	robot := mm.Bot("robot", ops)
	replay := mmfake.Replay(t, path, mmfake.FallThrough(mm))
	header := http.Header{"Authorization": {"Bearer " + robot.Token}}
	ws, _, err := websocket.Dial(t.Context(), replay.WSURL+"/api/v4/websocket", &websocket.DialOptions{HTTPHeader: header})
	require.NoError(t, err)
	defer ws.CloseNow()
	events := &client{t, ws}
	events.next("hello")
	c := replayClient{t, replay.URL, robot.Token, ops.ID}
	status, answer := c.post("not recorded")
	require.Equal(t, http.StatusCreated, status, answer)
	assert.Contains(t, events.next("posted").Data["post"], "not recorded")
	c.channel = replay.Value("channel.1")
	status, answer = c.post("recorded")
	assert.Equal(t, http.StatusCreated, status, answer)
}

func TestWhatIsSentOnARecordedWebsocketDoesNotFallThrough(t *testing.T) {
	tb := &recordingTB{TB: t}
	replay := mmfake.Replay(tb, recorded(t), mmfake.FallThrough(mmfake.New(t)))
	ws, _, err := websocket.Dial(t.Context(), replay.WSURL+"/api/v4/websocket", nil)
	require.NoError(t, err)
	defer ws.CloseNow()
	require.NoError(t, ws.Write(t.Context(), websocket.MessageText, []byte(`{"action":"ping","seq":1}`)))
	require.NoError(t, ws.Close(websocket.StatusNormalClosure, "")) // it is answered after what was sent
	require.Len(t, replay.Problems(), 1)
	assert.Contains(t, replay.Problems()[0], `the websocket message {"action":"ping","seq":1} is not in the fixture; `)
}

func TestAFixtureThatCannotBeReadEndsTheTest(t *testing.T) {
	tb := &recordingTB{TB: t}
	path := filepath.Join(t.TempDir(), "session.json")
	require.NoError(t, os.WriteFile(path, []byte(`{"format": 7}`), 0o600))
	mmfake.Replay(tb, path)
	require.Len(t, tb.fatals, 1)
	assert.Contains(t, tb.fatals[0], path+":1: its format is 7")
}
