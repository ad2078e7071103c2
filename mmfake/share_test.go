package mmfake_test

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// subtest runs a test that shares a server and returns what it fails with.
func subtest(t *testing.T, shared *mmfake.Server, test func(mm *mmfake.Server)) string {
	t.Helper()
	return subtestLogs(t, shared, new(string), func(mm *mmfake.Server, _ mmfake.TB) { test(mm) })
}

// subtestLogs is subtest for tests of which it matters what they log.
func subtestLogs(t *testing.T, shared *mmfake.Server, logs *string, test func(mm *mmfake.Server, tb mmfake.TB)) string {
	t.Helper()
	tb := &endingTB{recordingTB{TB: t}}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		test(shared.With(tb), tb)
	}()
	<-ended
	tb.cleanup()
	*logs = strings.Join(tb.logs, "\n")
	return strings.Join(append(tb.fatals, tb.errors...), "\n")
}

func TestWhatGoesWrongInASubtestFailsThatSubtest(t *testing.T) {
	parent := &recordingTB{TB: t}
	shared := mmfake.New(parent)
	secret := shared.PrivateChannel("secret")
	carol := shared.User("carol", secret)
	failed := subtest(t, shared, func(mm *mmfake.Server) { mm.User("bob").Post(mm.PrivateChannel("secret"), "let me in") })
	assert.Contains(t, failed, "@bob posting to ~secret")
	missed := subtest(t, shared, func(mm *mmfake.Server) { ask(mm, mm.User("bob"), "GET /api/v4/nothing", "") })
	assert.Contains(t, missed, "Mattermost has no endpoint GET /api/v4/nothing")
	assert.Empty(t, subtest(t, shared, func(mm *mmfake.Server) {
		same := mm.User("carol")
		assert.Equal(t, carol.Token, same.Token)
		same.Post(secret, "a channel of the shared server is one of this")
		mm.Fail(postRoute, mmfake.Status(500))
		assert.Equal(t, 500, ask(mm, same, "POST /api/v4/posts", `{"channel_id":"`+secret.ID+`","message":"a"}`).status)
		assert.Equal(t, "sysadmin", mm.Admin.Username)
	}))
	assert.Equal(t, 201, ask(shared, carol, "POST /api/v4/posts", `{"channel_id":"`+secret.ID+`","message":"a"}`).status, "the subtest's fault is gone")
	assert.Equal(t, shared.User("bob").Password, "Passw0rd!bob", "who is made in a subtest is known in all")
	parent.cleanup()
	assert.Empty(t, append(parent.errors, parent.fatals...))
	assert.Contains(t, subtest(t, shared, func(*mmfake.Server) {}), "With needs a server that is not closed")
}

func TestAResetServerIsAsNew(t *testing.T) {
	mm := mmfake.New(t)
	adminID, token, squareID := mm.Admin.ID, mm.Admin.Token, mm.Channel("town-square").ID
	dev := mm.Channel("dev")
	alice := mm.User("alice", dev)
	first := alice.Post(dev, "hello")
	mm.Fail(postRoute, mmfake.Status(500))
	ws := listen(t, mm, alice)
	for range 3 {
		mm.Reset()
		assert.EqualValues(t, -1, ws.ends())
		assert.Empty(t, mm.Posts())
		assert.Equal(t, 401, ask(mm, alice, "GET /api/v4/users/me", "").status)
		assert.Equal(t, 200, ask(mm, mm.Admin, "GET /api/v4/users/me", "").status)
		assert.Equal(t, []string{adminID, token, squareID}, []string{mm.Admin.ID, mm.Admin.Token, mm.Channel("town-square").ID})
		dev := mm.Channel("dev")
		again := mm.User("alice", dev)
		assert.NotEqual(t, alice.ID, again.ID, "ids go on")
		assert.Greater(t, again.Post(dev, "hello").CreateAt, first.CreateAt, "and so do times")
		assert.Equal(t, 201, ask(mm, again, "POST /api/v4/posts", `{"channel_id":"`+dev.ID+`","message":"a"}`).status)
		ws = listen(t, mm, again)
	}
	assert.Equal(t, 1, mm.Journal.Count(postRoute), "what was before is forgotten")
	assert.NotContains(t, mm.Transcript(), "restarts")
}

func TestASubtestSeesWhatHasHappenedSinceItBegan(t *testing.T) {
	shared, err := mmfake.Start()
	require.NoError(t, err)
	defer shared.Close()
	for n := range 3 {
		text := "number " + strconv.Itoa(n)
		logged := ""
		assert.Equal(t, "it went wrong", subtestLogs(t, shared, &logged, func(mm *mmfake.Server, tb mmfake.TB) {
			if n == 2 {
				mm.Reset()
			}
			dev := mm.Channel("dev")
			alice := mm.User("alice", dev)
			assert.Equal(t, 201, ask(mm, alice, "POST /api/v4/posts", `{"channel_id":"`+dev.ID+`","message":"`+text+`"}`).status)
			is := mm.Journal
			assert.Equal(t, 1, is.Count(postRoute))
			assert.Equal(t, 1, is.Len())
			path := filepath.Join(t.TempDir(), "session.json")
			require.NoError(t, mm.Save(path))
			saved, err := os.ReadFile(path)
			require.NoError(t, err)
			assert.Equal(t, 1, strings.Count(string(saved), `"method"`))
			assert.Len(t, dev.Posts(), []int{1, 2, 1}[n])
			tb.Errorf("it went wrong")
		}))
		assert.Contains(t, logged, text)
		assert.Equal(t, 1, strings.Count(logged, "number"), logged)
	}
}

func TestASnapshotIsRestored(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	alice := mm.User("alice", dev)
	post := alice.Post(dev, "before")
	listen(t, mm, alice)
	snapshot := mm.Snapshot()
	for range 2 {
		alice.Edit(post, "changed")
		later := mm.User("later", mm.Channel("later"))
		later.Post(mm.Channel("later"), "after")
		mm.Restore(snapshot)
		require.Len(t, mm.Posts(), 1)
		assert.Equal(t, "before", dev.Posts()[0].Message)
		assert.Equal(t, 401, ask(mm, later, "GET /api/v4/users/me", "").status)
		assert.Equal(t, 200, ask(mm, alice, "GET /api/v4/users/me", "").status)
		assert.Contains(t, ask(mm, alice, "GET /api/v4/users/me/status", "").body, `"status":"offline"`)
		alice.React(post, "eyes")
		listen(t, mm, alice)
	}
	other := mmfake.New(t).Snapshot()
	assert.Contains(t, verdict(t, func(mm *mmfake.Server) { mm.Restore(other) }), "the snapshot is not of this server")
}

func TestEachStrictnessHasItsOwnOptOut(t *testing.T) {
	wrong := func(mm *mmfake.Server) {
		alice := mm.User("alice", mm.Channel("dev"))
		ask(mm, alice, "GET /api/v4/nothing", "")
		ask(mm, alice, "GET /api/v4/recaps", "")
		odd := button("Unpark")
		odd.ID = "unpark-TITI"
		askWith(t, mm, odd)
	}
	said := []string{"Mattermost has no endpoint", "this fake has not", "no click on it"}
	for i, option := range []mmfake.Option{mmfake.AllowUnknownEndpoints(), mmfake.AllowMissingEndpoints(), mmfake.AllowUnroutableActions()} {
		got := verdict(t, wrong, option)
		for j, one := range said {
			assert.Equal(t, i != j, strings.Contains(got, one), "%d: %s", i, got)
		}
	}
	assert.Empty(t, verdict(t, wrong, mmfake.Lenient()))
}

func TestAnIntegrationThatDoesNotAnswerFailsTheTest(t *testing.T) {
	refused := "http://127.0.0.1:9/hook"
	for want, test := range map[string]func(mm *mmfake.Server){
		"POST " + refused + ": the integration did not answer: dial tcp 127.0.0.1:9: connect: connection refused": func(mm *mmfake.Server) {
			mm.Command("/deploy", refused)
		},
		"POST " + bot + "/hook: the integration did not answer: the mounted handler cut the connection": func(mm *mmfake.Server) {
			mm.Mount(bot, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }))
			mm.Command("/deploy", bot+"/hook")
		},
		"POST " + bot + "/hook: the integration did not answer within 1ms": func(mm *mmfake.Server) {
			mm.Mount(bot, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
			mm.Command("/deploy", bot+"/hook")
		},
		"": func(mm *mmfake.Server) { // an error is an answer
			mm.Mount(bot, http.NotFoundHandler())
			mm.Command("/deploy", bot+"/hook")
		},
	} {
		run := func(mm *mmfake.Server) {
			test(mm)
			dev := mm.Channel("dev")
			assert.Error(t, mm.User("alice", dev).Run(dev, "/deploy").Err)
		}
		limit := mmfake.IntegrationTimeout(0) // what it is without
		if strings.Contains(want, "within 1ms") {
			limit = mmfake.IntegrationTimeout(time.Millisecond)
		}
		said := verdict(t, run, limit)
		if want != "" {
			want = "mmfake: " + want + " (mmfake.AllowUnanswered allows that)"
		}
		assert.Equal(t, want, said)
		assert.Empty(t, verdict(t, run, limit, mmfake.AllowUnanswered()))
	}
}

func TestAnIntegrationThatIsNotThereFailsTheTestThatAskedIt(t *testing.T) {
	shared, err := mmfake.Start()
	require.NoError(t, err)
	defer shared.Close()
	shared.Command("/deploy", "http://127.0.0.1:9/hook")
	run := func(mm *mmfake.Server) {
		dev := mm.Channel("dev")
		mm.User("alice", dev).Run(dev, "/deploy")
	}
	for range 2 {
		assert.Equal(t, 1, strings.Count(subtest(t, shared, run), "connection refused"))
		assert.Empty(t, subtest(t, shared, func(*mmfake.Server) {}))
	}
}

func TestAnIntegrationThatHasNotAnsweredFailsTheTest(t *testing.T) {
	mm := func(options ...mmfake.Option) string {
		asked := make(chan struct{})
		return verdict(t, func(mm *mmfake.Server) {
			dev := mm.Channel("dev")
			mm.Mount(bot, hanging(asked))
			mm.OutgoingWebhook(dev, bot+"/hook")
			mm.User("alice", dev).Post(dev, "hello")
			<-asked
		}, options...)
	}
	assert.Contains(t, mm(), "the integration had not answered POST "+bot+"/hook (mmfake.AllowUnanswered allows that)")
	assert.Empty(t, mm(mmfake.AllowUnanswered()))
}

// A deed is what a test does, and what comes of it: the same each time.
func deed(t *testing.T) []string {
	mm := mmfake.New(t, mmfake.InMemory(), mmfake.Seed("the same"))
	dev := mm.Channel("dev")
	alice, robot := mm.User("alice", dev), mm.Bot("robot", dev)
	post := alice.Post(dev, "hello")
	ask(mm, robot, "POST /api/v4/posts", `{"channel_id":"`+dev.ID+`","message":"hi"}`)
	list := []string{dev.ID, alice.ID, alice.Token, robot.Token, post.ID, mm.IncomingWebhook(dev).ID}
	for _, p := range mm.Posts() {
		list = append(list, p.ID, p.String())
	}
	for ex := range mm.Journal.Each(recorder.OfKind(recorder.KindAPI)) {
		list = append(list, ex.String(), ex.Response.Header.Get("X-Request-Id"))
	}
	return list
}

func TestAThousandFakesInParallelShareNothing(t *testing.T) {
	before := runtime.NumGoroutine()
	var want []string
	t.Run("one", func(t *testing.T) { want = deed(t) })
	t.Run("all", func(t *testing.T) {
		for range 1000 {
			t.Run("", func(t *testing.T) {
				t.Parallel()
				assert.Equal(t, want, deed(t))
			})
		}
	})
	assertGoroutines(t, before)
}

// hanging is an integration that never answers. It says when it was asked.
func hanging(asked chan<- struct{}) http.Handler {
	return http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		close(asked)
		<-r.Context().Done()
	})
}
