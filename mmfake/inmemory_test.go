package mmfake_test

import (
	"context"
	"encoding/json"
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
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// A patientBot answers every message that mentions it. While it cannot connect it
// waits twice as long each time, up to an hour.
type patientBot struct {
	mm    *mmfake.Server
	robot *mmfake.Actor
	tries int
}

func (b *patientBot) run(ctx context.Context) {
	for wait := time.Second; ctx.Err() == nil; wait = min(2*wait, time.Hour) {
		b.tries++
		if b.listen(ctx) {
			wait = time.Second
		}
		select {
		case <-time.After(wait):
		case <-ctx.Done():
		}
	}
}

// listen tells whether it connected.
func (b *patientBot) listen(ctx context.Context) bool {
	ws, _, err := websocket.Dial(ctx, b.mm.WSURL+"/api/v4/websocket", &websocket.DialOptions{
		HTTPClient: b.mm.Client(), HTTPHeader: http.Header{"Authorization": {"Bearer " + b.robot.Token}},
	})
	if err != nil {
		return false
	}
	defer ws.CloseNow()
	for {
		_, text, err := ws.Read(ctx)
		if err != nil {
			return true
		}
		var e model.WebSocketEvent
		if json.Unmarshal(text, &e) == nil && e.Event == "posted" && strings.Contains(string(text), "@robot are") { // its own posts name it too
			b.answer(e.Broadcast.ChannelID)
		}
	}
}

func (b *patientBot) answer(channelID string) {
	body := `{"channel_id":"` + channelID + `","message":"here I am"}`
	request, _ := http.NewRequest(http.MethodPost, b.mm.URL+"/api/v4/posts", strings.NewReader(body))
	request.Header.Set("Authorization", "Bearer "+b.robot.Token)
	if response, err := b.mm.Client().Do(request); err == nil {
		response.Body.Close()
	}
}

func TestAnHourOfBackOffTakesNoTime(t *testing.T) {
	began := time.Now()
	synctest.Test(t, func(t *testing.T) {
		mm := mmfake.New(t, mmfake.InMemory())
		dev := mm.Channel("dev")
		alice, robot := mm.User("alice", dev), mm.Bot("robot", dev)
		bot := &patientBot{mm: mm, robot: robot}
		go bot.run(t.Context())
		mm.WaitConnected(robot)
		for range 100 {
			mm.DropWebSockets()
			time.Sleep(time.Hour)
		}
		mm.WaitConnected(robot)
		alice.Post(dev, "@robot are you there?")
		_, err := mm.WaitForPost(t.Context(), mmfake.By(robot), mmfake.Text("here I am"))
		require.NoError(t, err)
		require.NoError(t, mm.Settle(t.Context()), "the post is there before its request is answered")
		assert.Equal(t, 101, bot.tries)
		assert.Equal(t, 1, mm.Journal.Count(recorder.Route("POST /api/v4/posts"), recorder.Status(201)))
	})
	assert.Less(t, time.Since(began), 20*time.Second)
}

func TestAMountedIntegrationNeedsNoPortEither(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mm, dev, alice := commanded(t, "application/json", `{"text":"deploying"}`, mmfake.InMemory())
		mm.Mount("http://slow.test", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			time.Sleep(20 * time.Second)
			io.WriteString(w, "done")
		}))
		mm.Command("/slow", "http://slow.test")
		assert.Equal(t, "deploying", alice.Run(dev, "/deploy").Ephemeral.Message)
		answer := alice.Run(dev, "/slow")
		assert.Equal(t, 20*time.Second, answer.Duration)
		code, _ := execute(t, mm, alice, model.CommandArgs{ChannelID: dev.ID, Command: "/slow"})
		assert.Equal(t, 200, code, "over HTTP as well")
		assert.Contains(t, answer.Exchange.Request.Get("response_url").String(), "http://mattermost.test/hooks/commands/")
	})
}

func TestWebsocketsInMemoryKeepTheServersTimes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mm := mmfake.New(t, mmfake.InMemory())
		silent, _, err := websocket.Dial(t.Context(), mm.WSURL+"/api/v4/websocket", &websocket.DialOptions{HTTPClient: mm.Client()})
		require.NoError(t, err)
		defer silent.CloseNow()
		start := time.Now()
		_, _, err = silent.Read(t.Context())
		assert.Error(t, err)
		assert.Equal(t, 5*time.Second, time.Since(start), "who says not who he is has five seconds")
	})
}

func TestAServerInMemoryThatIsClosedRefuses(t *testing.T) {
	mm, err := mmfake.Start(mmfake.InMemory())
	require.NoError(t, err)
	client := mm.Client()
	mm.Close()
	_, err = client.Get(mm.URL)
	assert.ErrorContains(t, err, "connection refused")
}

func TestDialContextReachesOtherAddressesToo(t *testing.T) {
	behindAPort, inMemory := mmfake.New(t), mmfake.New(t, mmfake.InMemory())
	for _, address := range []string{"mattermost.test:80", strings.TrimPrefix(behindAPort.URL, "http://")} {
		c, err := inMemory.DialContext(t.Context(), "tcp", address)
		require.NoError(t, err)
		io.WriteString(c, "GET /api/v4/system/ping HTTP/1.0\r\n\r\n")
		got, err := io.ReadAll(c)
		require.NoError(t, err)
		assert.Contains(t, string(got), "200 OK")
		c.Close()
	}
}
