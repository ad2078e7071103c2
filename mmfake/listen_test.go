package mmfake_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

// comeBack connects with the id and the next expected seq of an earlier connection.
func comeBack(t *testing.T, mm *mmfake.Server, who *mmfake.Actor, id any, seq int64) *client {
	t.Helper()
	return dial(t, mm, who.Token, fmt.Sprintf("?connection_id=%v&sequence_number=%d", id, seq))
}

func TestListenersAreThoseWhoAreConnected(t *testing.T) {
	mm := mmfake.New(t)
	bob, alice := mm.User("bob"), mm.User("alice")
	assert.Empty(t, mm.Listeners())
	listen(t, mm, bob)
	listen(t, mm, alice)
	listen(t, mm, alice)
	assert.Equal(t, []string{"alice", "bob"}, mm.Listeners())
	mm.DropWebSockets(alice)
	assert.Equal(t, []string{"bob"}, mm.Listeners())
	mm.DropWebSockets()
	assert.Empty(t, mm.Listeners())
}

func TestATestWaitsUntilItsBotListens(t *testing.T) {
	mm := mmfake.New(t)
	robot := mm.Bot("robot")
	connected := make(chan *client)
	go func() { connected <- dial(t, mm, robot.Token, "") }()
	mm.WaitConnected(robot)
	assert.Equal(t, []string{"robot"}, mm.Listeners())
	<-connected
}

func TestADroppedClientGetsWhatItMissed(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	alice, bob := mm.User("alice", dev), mm.User("bob", dev)
	c := dial(t, mm, bob.Token, "")
	id := c.next("hello").Data["connection_id"]
	alice.Post(dev, "before")
	last := *c.next("posted").Seq
	alice.Post(dev, "lost on the way") // queued; the client may or may not have it
	mm.DropWebSockets(bob)
	assert.EqualValues(t, -1, c.ends(), "there is no close frame")
	alice.Post(dev, "while away")

	c = comeBack(t, mm, bob, id, last+1)
	var texts []string
	for seq := last + 1; len(texts) < 3; seq++ {
		m, err := c.read()
		require.NoError(t, err)
		assert.Equal(t, seq, *m.Seq, m.Event)
		if m.Event == "posted" {
			texts = append(texts, m.Data["post"].(string))
		}
		if len(texts) == 2 && m.Event == "posted" {
			alice.Post(dev, "after")
		}
	}
	for i, want := range []string{"lost on the way", "while away", "after"} {
		assert.Contains(t, texts[i], want)
	}
}

func TestAClientThatLostTooMuchStartsAnew(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	alice, bob := mm.User("alice", dev), mm.User("bob", dev)
	missed := map[string]func(id any) *client{
		"more than is kept": func(id any) *client {
			for range 300 {
				alice.Post(dev, "one more")
			}
			return comeBack(t, mm, bob, id, 1)
		},
		"what never was":      func(id any) *client { return comeBack(t, mm, bob, id, 1000) },
		"with an unknown id":  func(any) *client { return comeBack(t, mm, bob, strings.Repeat("a", 26), 1) },
		"with another's id":   func(id any) *client { return comeBack(t, mm, alice, id, 1) },
		"with no id":          func(any) *client { return comeBack(t, mm, bob, "", 0) },
		"with no expectation": func(any) *client { return dial(t, mm, bob.Token, "?connection_id=&sequence_number=x") },
	}
	for how, back := range missed {
		c := dial(t, mm, bob.Token, "")
		id := c.next("hello").Data["connection_id"]
		mm.DropWebSockets()
		first, err := back(id).read()
		require.NoError(t, err, how)
		assert.Equal(t, "hello", first.Event, how)
		assert.EqualValues(t, 0, *first.Seq, how)
		assert.NotEqual(t, id, first.Data["connection_id"], how)
	}
}

func TestAConnectionThatIsStillThereIsNotTakenOver(t *testing.T) {
	mm := mmfake.New(t)
	bob := mm.User("bob")
	c := dial(t, mm, bob.Token, "")
	id := c.next("hello").Data["connection_id"]
	assert.NotEqual(t, id, comeBack(t, mm, bob, id, 1).next("hello").Data["connection_id"])
}

func TestAQueryThatMakesNoSenseEndsTheConnection(t *testing.T) {
	mm := mmfake.New(t)
	bob := mm.User("bob")
	for _, query := range []string{"?connection_id=x&sequence_number=0", "?connection_id=" + strings.Repeat("a", 26), "?sequence_number=x&connection_id=" + strings.Repeat("a", 26)} {
		assert.EqualValues(t, -1, dial(t, mm, bob.Token, query).ends(), query)
	}
}

func TestAUserIsOnlineAsLongAsHeIsConnected(t *testing.T) {
	mm := mmfake.New(t)
	alice, bob := mm.User("alice"), mm.User("bob")
	watch := listen(t, mm, bob)
	status := func() any {
		watch.send(`{"seq":1,"action":"get_statuses_by_ids","data":{"user_ids":["` + alice.ID + `"]}}`)
		return watch.next("reply").Data[alice.ID]
	}
	assert.Equal(t, "offline", status())
	first := dial(t, mm, alice.Token, "")
	assert.Equal(t, "online", first.next("status_change").Data["status"])
	listen(t, mm, alice)
	assert.Equal(t, "online", status())
	mm.DropWebSockets(alice)
	assert.Equal(t, "offline", status())
}

func TestThousandsOfConnectionsThatComeAndGoLeaveNothing(t *testing.T) {
	before := runtime.NumGoroutine()
	mm, err := mmfake.Start()
	require.NoError(t, err)
	alice := mm.User("alice")
	for range 2000 {
		c := dial(t, mm, alice.Token, "")
		c.ws.CloseNow()
	}
	mm.Close()
	for deadline := time.Now().Add(10 * time.Second); runtime.NumGoroutine() > before; runtime.Gosched() {
		require.True(t, time.Now().Before(deadline), "%d goroutines are left, there were %d", runtime.NumGoroutine(), before)
	}
	assert.Empty(t, mm.Listeners())
}

func TestClosingTheServerEndsEveryConnection(t *testing.T) {
	mm, err := mmfake.Start()
	require.NoError(t, err)
	clients := []*client{listen(t, mm, mm.User("alice")), dial(t, mm, "", "")}
	mm.Close()
	for _, c := range clients {
		assert.EqualValues(t, -1, c.ends())
	}
}

func TestWaitingForABotThatDoesNotConnectSaysWhoDid(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		said := verdict(t, func(mm *mmfake.Server) {
			listenInMemory(t, mm, mm.User("alice"))
			mm.WaitConnected(mm.Bot("robot"))
		}, mmfake.InMemory())
		assert.Contains(t, said, "@robot did not connect to the websocket within 10s; connected are: @alice")
		said = verdict(t, func(mm *mmfake.Server) {
			go func() {
				synctest.Wait()
				mm.Close()
			}()
			mm.WaitConnected(mm.Bot("robot"))
		}, mmfake.InMemory())
		assert.Contains(t, said, "@robot was not connected to the websocket when the server was closed; nobody is")
	})
}
