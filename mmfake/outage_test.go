package mmfake_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// deafened checks that a websocket connection hears nothing of a new post, that its
// requests are refused, and that one with the same token comes to nothing.
func deafened(t *testing.T, mm *mmfake.Server, ws *client, token string) {
	t.Helper()
	mm.Admin.Post(mm.Channel("dev"), "does anybody hear me?")
	ws.send(`{"seq":1,"action":"get_statuses"}`)
	refused := ws.next("posted", "reply")
	assert.Equal(t, "api.web_socket_router.not_authenticated.app_error", refused.Error.ID)
	dial(t, mm, token, "")
	stranger := dial(t, mm, "", "")
	stranger.send(`{"seq":1,"action":"authentication_challenge","data":{"token":"` + token + `"}}`)
	assert.EqualValues(t, -1, stranger.ends())
}

// faulty returns what the journal says that was made to go wrong.
func faulty(mm *mmfake.Server) (list []string) {
	for ex := range mm.Journal.Each() {
		if ex.Fault != "" {
			list = append(list, string(ex.Kind)+": "+ex.Fault)
		}
	}
	return list
}

func TestAnExpiredSessionIsRefusedUntilTheUserLogsInAgain(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	alice, bob := mm.User("alice", dev), mm.User("bob", dev)
	ws := listen(t, mm, alice)
	mm.ExpireSession(alice)
	refused := ask(mm, alice, "GET /api/v4/users/me", "")
	assert.Equal(t, 401, refused.status)
	assert.Contains(t, refused.body, "api.context.session_expired.app_error")
	deafened(t, mm, ws, alice.Token)
	assert.Equal(t, []string{"api: session expired", "socket: session expired", "api: session expired", "socket: session expired"}, faulty(mm))
	assert.Contains(t, mm.Transcript(), "the sessions of @alice expire\nsomebody GET /api/v4/users/me → 401 api.context.session_expired.app_error (fault: session expired)\n")

	assert.Equal(t, 200, ask(mm, bob, "GET /api/v4/users/me", "").status)
	alice.Post(dev, "through the test I still act")
	login := ask(mm, alice, "POST /api/v4/users/login", `{"login_id":"alice","password":"`+alice.Password+`"}`)
	alice.Token = login.header.Get("Token")
	assert.Equal(t, 200, ask(mm, alice, "GET /api/v4/users/me", "").status)
	ws = listen(t, mm, alice)
	bob.Post(dev, "welcome back")
	assert.Contains(t, ws.next("posted").Data["post"], "welcome back")
	assert.Len(t, faulty(mm), 4)
}

func TestARevokedTokenIsRefused(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	robot := mm.Bot("robot", dev)
	ws := listen(t, mm, robot)
	mm.RevokeToken(robot)
	assert.Equal(t, 401, ask(mm, robot, "GET /api/v4/users/me", "").status)
	deafened(t, mm, ws, robot.Token)
	assert.Equal(t, []string{"api: token revoked", "socket: token revoked", "api: token revoked", "socket: token revoked"}, faulty(mm))

	robot.Token = robot.AccessToken("a new one")
	assert.Equal(t, 200, ask(mm, robot, "GET /api/v4/users/me", "").status)
	ws = listen(t, mm, robot)
	mm.Admin.Post(dev, "welcome back")
	assert.Contains(t, ws.next("posted").Data["post"], "welcome back")
}

func TestARestartedServerHasItsState(t *testing.T) {
	overBoth(t, func(t *testing.T, p *poster) {
		assert.Equal(t, 201, p.post("before").status)
		url := p.mm.URL
		alice := p.mm.User("alice", p.dev)
		ws := listenInMemory(t, p.mm, alice)
		p.mm.Restart(func() {
			err := p.post("meanwhile").err
			assert.ErrorContains(t, err, "connection refused")
			assert.Empty(t, p.mm.Listeners())
		})
		assert.EqualValues(t, -1, ws.ends())
		assert.Equal(t, 201, p.post("after").status)
		assert.Equal(t, url, p.mm.URL)
		assert.Len(t, p.dev.Posts(), 2)
		ws = listenInMemory(t, p.mm, alice)
		p.mm.Restart()
		assert.EqualValues(t, -1, ws.ends())
		assert.Equal(t, 201, p.post("again").status)
		assert.Contains(t, p.mm.Transcript(), "the server restarts\n@robot POST /api/v4/posts {\"channel_id\":\"~dev\",\"message\":\"after\"}")
	})
}

func TestARestartCutsOffWhatIsBeingAnswered(t *testing.T) {
	overBoth(t, func(t *testing.T, p *poster) {
		asked, answer := make(chan struct{}), make(chan struct{})
		p.mm.Mount(bot, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { close(asked); <-answer }))
		p.mm.Command("/deploy", bot+"/command")
		ended := make(chan error)
		go func() {
			ended <- ask(p.mm, p.robot, "POST /api/v4/commands/execute", `{"channel_id":"`+p.dev.ID+`","command":"/deploy"}`).err
		}()
		<-asked
		p.mm.Restart()
		assert.Error(t, <-ended)
		close(answer)
		cut, err := p.mm.Journal.Wait(t.Context(), 1, recorder.Route("POST /api/v4/commands/execute"))
		require.NoError(t, err)
		assert.Equal(t, "restart", cut[0].Fault)
		assert.Equal(t, "the connection was cut off before the answer", cut[0].Err)
		assert.Equal(t, 201, p.post("after").status)
		assert.Empty(t, p.lastFault())
	})
}
