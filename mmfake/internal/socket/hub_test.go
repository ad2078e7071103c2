package socket_test

import (
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/socket"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// A stage is a hub with a world of two users, whose connections are pipes in
// memory: they hold nothing, and a minute on them takes no time.
type stage struct {
	t       *testing.T
	world   *world.World
	hub     *socket.Hub
	pipes   chan net.Conn
	admin   *world.Session
	user    *world.Session
	channel *model.Channel // the user is a member
}

// inBubble runs a test on a stage whose time is synctest's.
func inBubble(t *testing.T, test func(*stage)) {
	synctest.Test(t, func(t *testing.T) {
		w := world.New(world.DefaultConfig())
		admin := w.Populate()
		s := &stage{t: t, world: w, admin: admin, hub: socket.NewHub(w, recorder.NewJournal(recorder.Limits{})), pipes: make(chan net.Conn)}
		s.openWorld()
		server := &http.Server{Handler: s}
		go server.Serve(s)
		test(s)
		s.hub.Close()
		server.Close()
	})
}

func (s *stage) openWorld() {
	u, err := s.world.AddUser(world.NewUser{Password: "Passw0rd!", User: model.User{Username: "listener"}})
	require.NoError(s.t, err)
	s.user, err = s.world.OpenSession(u.ID)
	require.NoError(s.t, err)
	s.channel, err = s.world.DirectChannel(s.admin, []string{s.admin.UserID, u.ID})
	require.NoError(s.t, err)
}

func (s *stage) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var as *world.Session
	if token := r.Header.Get("Authorization"); token != "" {
		as = s.world.Authenticate(token)
	}
	s.hub.Accept(w, r, as, s.hub.Number())
}

// The listener of the server's pipes.

func (s *stage) Accept() (net.Conn, error) {
	conn, ok := <-s.pipes
	if !ok {
		return nil, net.ErrClosed
	}
	return conn, nil
}

func (s *stage) Close() error   { close(s.pipes); return nil }
func (s *stage) Addr() net.Addr { return &net.UnixAddr{Name: "pipe"} }

// pipe is a connection to the server.
func (s *stage) pipe() net.Conn {
	here, there := net.Pipe()
	s.pipes <- there
	return here
}

// dial connects with a token, or "" for none.
func (s *stage) dial(token, query string) *websocket.Conn {
	s.t.Helper()
	dialer := func(context.Context, string, string) (net.Conn, error) { return s.pipe(), nil }
	ws, _, err := websocket.Dial(s.t.Context(), "http://fake/"+query, &websocket.DialOptions{
		HTTPClient: &http.Client{Transport: &http.Transport{DialContext: dialer}},
		HTTPHeader: http.Header{"Authorization": {token}},
	})
	require.NoError(s.t, err)
	s.t.Cleanup(func() { ws.CloseNow() })
	return ws
}

// post has the admin write to the user.
func (s *stage) post() {
	s.t.Helper()
	_, err := s.world.CreatePost(s.admin, &model.Post{ChannelID: s.channel.ID, Message: "hello"}, world.PostOptions{KeepStatus: true})
	require.NoError(s.t, err)
}

// drain reads what is there until the connection ends, and returns how many events
// of a name there were, and why it ended.
func drain(t *testing.T, ws *websocket.Conn, name string) (int, error) {
	ws.SetReadLimit(-1)
	for n := 0; ; {
		_, text, err := ws.Read(t.Context())
		if err != nil {
			return n, err
		}
		var e model.WebSocketEvent
		require.NoError(t, json.Unmarshal(text, &e))
		if e.Event == name {
			n++
		}
	}
}

func TestAStrangerHasFiveSeconds(t *testing.T) {
	inBubble(t, func(s *stage) {
		ws, start := s.dial("", ""), time.Now()
		_, err := drain(s.t, ws, "")
		assert.EqualValues(s.t, -1, websocket.CloseStatus(err), "no close frame is sent")
		assert.Equal(s.t, 5*time.Second, time.Since(start))
	})
}

func TestTalkingDoesNotBuyAStrangerTime(t *testing.T) {
	inBubble(t, func(s *stage) {
		ws, start := s.dial("", ""), time.Now()
		time.Sleep(3 * time.Second)
		require.NoError(s.t, ws.Write(s.t.Context(), websocket.MessageText, []byte(`{"seq":1,"action":"ping"}`)))
		drain(s.t, ws, "")
		assert.Equal(s.t, 5*time.Second, time.Since(start))
	})
}

func TestAClientThatAnswersPingsStays(t *testing.T) {
	inBubble(t, func(s *stage) {
		ws := s.dial(s.user.Token, "")
		ctx, cancel := context.WithTimeout(s.t.Context(), time.Hour)
		defer cancel()
		for ctx.Err() == nil {
			ws.Read(ctx)
		}
		// The end of ctx cut the client off; until then it was there.
		assert.Equal(s.t, context.DeadlineExceeded, ctx.Err())
	})
}

func TestAHalfOpenConnectionIsDroppedAfterAHundredSeconds(t *testing.T) {
	inBubble(t, func(s *stage) {
		conn := s.pipe()
		request := "GET / HTTP/1.1\r\nHost: fake\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
			"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nAuthorization: " + s.user.Token + "\r\n\r\n"
		go io.Copy(io.Discard, conn) // it takes the pings, and answers none
		_, err := io.WriteString(conn, request)
		require.NoError(s.t, err)
		time.Sleep(99 * time.Second)
		assert.Len(s.t, s.hub.Users(), 1)
		time.Sleep(2 * time.Second)
		assert.Empty(s.t, s.hub.Users())
	})
}

func TestAClientThatReadsTooSlowlyGetsWhatIsQueuedAndAnEmptyCloseFrame(t *testing.T) {
	inBubble(t, func(s *stage) {
		ws := s.dial(s.user.Token, "")
		synctest.Wait() // the writer is stuck with hello
		for range 300 {
			s.post()
		}
		n, err := drain(s.t, ws, model.EventPosted)
		assert.Equal(s.t, websocket.StatusNoStatusRcvd, websocket.CloseStatus(err))
		assert.Equal(s.t, 255, n, "the queue holds 256, the status among them")
	})
}

func TestAClientThatReadsNothingIsDroppedAfterThirtySeconds(t *testing.T) {
	inBubble(t, func(s *stage) {
		s.dial(s.user.Token, "")
		time.Sleep(29 * time.Second)
		assert.Len(s.t, s.hub.Users(), 1)
		time.Sleep(2 * time.Second)
		assert.Empty(s.t, s.hub.Users())
	})
}

func TestACrowdedQueueLeavesOutWhatAClientCanDoWithout(t *testing.T) {
	inBubble(t, func(s *stage) {
		ws := s.dial(s.user.Token, "")
		synctest.Wait()
		for range 100 {
			require.NoError(s.t, s.world.Typing(s.admin, s.channel.ID, ""))
		}
		for range 50 {
			s.post()
		}
		for range 100 {
			require.NoError(s.t, s.world.Typing(s.admin, s.channel.ID, ""))
		}
		s.post()
		time.AfterFunc(time.Second, func() { s.hub.Drop("") })
		n, _ := drain(s.t, ws, model.EventTyping)
		assert.Equal(s.t, 100, n)
	})
}

func TestAListenerIsForgottenFiveMinutesAfterItsClientLeft(t *testing.T) {
	for wait, known := range map[time.Duration]bool{4 * time.Minute: true, 6 * time.Minute: false} {
		inBubble(t, func(s *stage) {
			ws := s.dial(s.user.Token, "")
			_, text, err := ws.Read(s.t.Context())
			require.NoError(s.t, err)
			var hello model.WebSocketEvent
			require.NoError(s.t, json.Unmarshal(text, &hello))
			s.hub.Drop("")
			time.Sleep(wait)
			again := s.dial(s.user.Token, "?sequence_number=1&connection_id="+hello.Data["connection_id"].(string))
			time.AfterFunc(time.Second, func() { s.hub.Drop("") })
			n, _ := drain(s.t, again, model.EventHello)
			assert.Equal(s.t, known, n == 0, "after %s", wait)
		})
	}
}
