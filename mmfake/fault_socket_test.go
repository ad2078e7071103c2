package mmfake_test

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// aPosted is met by events of new posts on their way to clients.
var aPosted = recorder.And(recorder.OfKind(recorder.KindSocket), recorder.Going(recorder.Out), recorder.JSON("event", "posted"))

// whileListening runs a test with a port and without, on a server to whose websocket
// bob listens, while alice talks.
func whileListening(t *testing.T, test func(t *testing.T, mm *mmfake.Server, bob *client, say func(string))) {
	run := func(options ...mmfake.Option) func(*testing.T) {
		return func(t *testing.T) {
			mm, bob, say := listened(t, options...)
			test(t, mm, bob, say)
		}
	}
	t.Run("port", run())
	t.Run("memory", run(mmfake.InMemory()))
}

func listened(t *testing.T, options ...mmfake.Option) (mm *mmfake.Server, bob *client, say func(string)) {
	mm = mmfake.New(t, options...)
	dev := mm.Channel("dev")
	alice, listener := mm.User("alice", dev), mm.User("bob", dev)
	return mm, listenInMemory(t, mm, listener), func(text string) { alice.Post(dev, text) }
}

func listenInMemory(t *testing.T, mm *mmfake.Server, who *mmfake.Actor) *client {
	t.Helper()
	c := dialInMemory(t, mm, who, "")
	c.next("hello")
	return c
}

func dialInMemory(t *testing.T, mm *mmfake.Server, who *mmfake.Actor, query string) *client {
	t.Helper()
	ws, _, err := websocket.Dial(t.Context(), mm.WSURL+"/api/v4/websocket"+query, &websocket.DialOptions{
		HTTPClient: mm.Client(), HTTPHeader: http.Header{"Authorization": {"Bearer " + who.Token}},
	})
	require.NoError(t, err)
	t.Cleanup(func() { ws.CloseNow() })
	return &client{t, ws}
}

// said is the text of the next new post that the client hears of.
func (c *client) said() string {
	c.t.Helper()
	_, text, _ := strings.Cut(c.next("posted").Data["post"].(string), `"message":"`)
	text, _, _ = strings.Cut(text, `"`)
	return text
}

func TestAnEventMayBeLost(t *testing.T) {
	whileListening(t, func(t *testing.T, mm *mmfake.Server, bob *client, say func(string)) {
		mm.Fail(aPosted, mmfake.DropEvent(), mmfake.Times(1))
		say("one")
		say("two")
		second := bob.next("posted")
		assert.Contains(t, second.Data["post"], "two")
		lost := mm.Journal.Find(aPosted)[0]
		assert.Equal(t, "event dropped", lost.Fault)
		assert.Equal(t, lost.Request.Get("seq").Int()+1, *second.Seq, "the client can tell by the number")
	})
}

func TestAnEventMayComeTwice(t *testing.T) {
	whileListening(t, func(t *testing.T, mm *mmfake.Server, bob *client, say func(string)) {
		mm.Fail(aPosted, mmfake.DuplicateEvent(), mmfake.Times(1))
		say("one")
		say("two")
		assert.Equal(t, []string{"one", "one", "two"}, []string{bob.said(), bob.said(), bob.said()})
		assert.Equal(t, "event sent twice", mm.Journal.Find(aPosted)[0].Fault)
	})
}

func TestAnEventMayComeLate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mm, bob, say := listened(t, mmfake.InMemory())
		mm.Fail(aPosted, mmfake.DelayEvent(5*time.Second), mmfake.Times(1))
		start := time.Now()
		say("one")
		say("two")
		assert.Zero(t, time.Since(start), "who posts does not wait")
		assert.Equal(t, "one", bob.said())
		assert.Equal(t, 5*time.Second, time.Since(start))
		assert.Equal(t, "two", bob.said())
	})
}

func TestAnEventMayComeLateOverANetworkToo(t *testing.T) {
	mm, bob, say := listened(t)
	mm.Fail(aPosted, mmfake.DelayEvent(50*time.Millisecond), mmfake.Times(1))
	start := time.Now()
	say("one")
	assert.Equal(t, "one", bob.said())
	assert.GreaterOrEqual(t, time.Since(start), 50*time.Millisecond)
	assert.Equal(t, "event delayed by 50ms", mm.Journal.Find(aPosted)[0].Fault)
}

func TestTheConnectionMayBeClosedInPlaceOfAnEvent(t *testing.T) {
	whileListening(t, func(t *testing.T, mm *mmfake.Server, bob *client, say func(string)) {
		mm.Fail(aPosted, mmfake.Close(1012), mmfake.Times(1))
		say("one")
		assert.EqualValues(t, 1012, bob.ends())
		assert.Equal(t, "websocket closed with 1012", mm.Journal.Find(aPosted)[0].Fault)

		again := listenInMemory(t, mm, mm.User("carol", mm.Channel("dev")))
		mm.Fail(aPosted, mmfake.Reset(), mmfake.For(mm.User("carol")))
		say("two")
		assert.EqualValues(t, -1, again.ends(), "a reset has no close frame")
	})
}

func TestWhatSpoilsAnAnswerPassesHandshakesBy(t *testing.T) {
	mm := mmfake.New(t, mmfake.InMemory())
	bob := mm.User("bob")
	mm.Fail(recorder.By("bob"), mmfake.Truncate(3), mmfake.Times(1))
	listenInMemory(t, mm, bob)
	assert.Len(t, ask(mm, bob, "GET /api/v4/users/me", "").body, 3)
	assert.Empty(t, mm.Journal.Find(recorder.Route("GET /api/v4/websocket"))[0].Fault)
}

func TestAWebsocketMayBeRefused(t *testing.T) {
	mm := mmfake.New(t)
	alice := mm.User("alice")
	mm.Fail(recorder.And[*recorder.Exchange](), mmfake.RefuseUpgrade(), mmfake.Times(1))
	assert.Equal(t, 200, ask(mm, alice, "GET /api/v4/users/me", "").status, "other requests are not struck")
	_, answer, err := websocket.Dial(t.Context(), mm.WSURL+"/api/v4/websocket", nil)
	require.Error(t, err)
	assert.Equal(t, 400, answer.StatusCode)
	body, _ := io.ReadAll(answer.Body)
	assert.Contains(t, string(body), "api.web_socket.connect.upgrade.app_error")
	listen(t, mm, alice)
}
