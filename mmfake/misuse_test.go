package mmfake_test

import (
	"net/http"
	"os"
	"os/exec"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// A scene is what a test on misuse has at hand: what mm has, and the same things of
// another server, or nil.
type scene struct {
	mm              *mmfake.Server
	alice, stranger *mmfake.Actor
	dev, elsewhere  *mmfake.Channel
	post, foreign   *mmfake.Post
	dialog          *mmfake.Dialog
	hook            *mmfake.OutgoingWebhook
	called          *recorder.Exchange
}

// set makes a scene. The other server has the same names and ids.
func set(t *testing.T, mm *mmfake.Server) *scene {
	other := mmfake.New(t, mmfake.InMemory()) // with the same ids
	s := &scene{mm: mm, dev: mm.Channel("dev"), elsewhere: other.Channel("dev")}
	s.alice, s.dialog = asked(t, mm, reportForm, map[string]any{})
	s.stranger = other.User("alice", s.elsewhere)
	s.post, s.foreign = s.alice.Post(s.dev, "hello"), s.stranger.Post(s.elsewhere, "hello")
	s.hook = mm.OutgoingWebhook(s.dev, bot+"/hook", "never")
	s.called, _ = mm.Journal.Last(recorder.OfKind(recorder.KindCallback))
	return s
}

// foreignTo returns the scene with the other server's things in place of its own.
func (s scene) foreignTo() *scene {
	s.dev, s.post = s.elsewhere, s.foreign
	return &s
}

// deeds are the methods by which a test acts, on what the scene has.
var deeds = map[string]func(s *scene){
	"Post":                func(s *scene) { s.alice.Post(s.dev, "a") },
	"Reply":               func(s *scene) { s.alice.Reply(s.post, "a") },
	"Edit":                func(s *scene) { s.alice.Edit(s.post, "a") },
	"Delete":              func(s *scene) { s.alice.Delete(s.post) },
	"React":               func(s *scene) { s.alice.React(s.post, "eyes") },
	"Unreact":             func(s *scene) { s.alice.Unreact(s.post, "eyes") },
	"Typing":              func(s *scene) { s.alice.Typing(s.dev) },
	"Join":                func(s *scene) { s.alice.Join(s.dev) },
	"Leave":               func(s *scene) { s.alice.Leave(s.dev) },
	"View":                func(s *scene) { s.alice.View(s.dev) },
	"Run":                 func(s *scene) { s.alice.Run(s.dev, "/away") },
	"RunIn":               func(s *scene) { s.alice.RunIn(s.post, "/away") },
	"Click":               func(s *scene) { s.alice.Click(s.post, "Yes") },
	"Choose":              func(s *scene) { s.alice.Choose(s.post, "Menu", "a") },
	"User":                func(s *scene) { s.mm.User("bob", s.dev) },
	"Bot":                 func(s *scene) { s.mm.Bot("robot", s.dev) },
	"IncomingWebhook":     func(s *scene) { s.mm.IncomingWebhook(s.dev) },
	"OutgoingWebhook":     func(s *scene) { s.mm.OutgoingWebhook(s.dev, bot) },
	"CallAction":          func(s *scene) { s.mm.CallAction(s.alice, s.post, "Yes") },
	"CallOutgoingWebhook": func(s *scene) { s.mm.CallOutgoingWebhook(s.hook, s.post) },
}

// others are the methods that take neither a channel nor a post.
var others = map[string]func(s *scene){
	"Direct":              func(s *scene) { s.alice.Direct(s.mm.Admin) },
	"AccessToken":         func(s *scene) { s.alice.AccessToken("a") },
	"Submit":              func(s *scene) { s.alice.Submit(s.dialog, nil) },
	"Cancel":              func(s *scene) { s.alice.Cancel(s.dialog) },
	"Refresh":             func(s *scene) { s.alice.Refresh(s.dialog, "a", nil) },
	"Lookup":              func(s *scene) { s.alice.Lookup(s.dialog, "a", "b") },
	"CallDialog":          func(s *scene) { s.mm.CallDialog(s.dialog, nil) },
	"Replay":              func(s *scene) { s.mm.Replay(s.called) },
	"Team":                func(s *scene) { s.mm.Team("sales") },
	"Channel":             func(s *scene) { s.mm.Channel("builds") },
	"PrivateChannel":      func(s *scene) { s.mm.PrivateChannel("secret") },
	"OutgoingWebhookWith": func(s *scene) { s.mm.OutgoingWebhookWith(model.OutgoingWebhook{}) },
	"Command":             func(s *scene) { s.mm.Command("/deploy", bot) },
	"Mount":               func(s *scene) { s.mm.Mount(bot, answering("")) },
	"Fail":                func(s *scene) { s.mm.Fail(postRoute, mmfake.Hang()) },
	"ExpireSession":       func(s *scene) { s.mm.ExpireSession(s.alice) },
	"RevokeToken":         func(s *scene) { s.mm.RevokeToken(s.alice) },
	"WaitConnected":       func(s *scene) { s.mm.WaitConnected(s.alice) },
	"DropWebSockets":      func(s *scene) { s.mm.DropWebSockets(s.alice) },
	"Restart":             func(s *scene) { s.mm.Restart() },
	"Reset":               func(s *scene) { s.mm.Reset() },
	"Restore":             func(s *scene) { s.mm.Restore(s.mm.Snapshot()) },
	"Dialog":              func(s *scene) { s.alice.Dialog() },
}

func TestActingOnAClosedServerEndsTheTest(t *testing.T) {
	for _, all := range []map[string]func(*scene){deeds, others} {
		for name, do := range all {
			t.Run(name, func(t *testing.T) {
				start := time.Now()
				said := verdict(t, func(mm *mmfake.Server) {
					s := set(t, mm)
					mm.Close()
					do(s)
				}, mmfake.InMemory())
				assert.Contains(t, said, "closed")
				assert.Less(t, time.Since(start), 5*time.Second)
			})
		}
	}
}

func TestWhatHappenedCanBeLookedAtOnAClosedServer(t *testing.T) {
	assert.Empty(t, verdict(t, func(mm *mmfake.Server) {
		s := set(t, mm)
		mm.Close()
		assert.Len(t, mm.Channel("dev").Posts(), 2)
		assert.Len(t, mm.Posts(), 2)
		assert.Equal(t, s.alice, mm.User("alice"))
		assert.Len(t, s.alice.Dialogs(), 1)
		assert.Empty(t, s.alice.Ephemerals())
		assert.Contains(t, mm.Transcript(), "@alice clicks \"Ask\"")
		assert.NotNil(t, mm.Snapshot())
	}, mmfake.InMemory()))
}

func TestWhatIsOfAnotherServerEndsTheTest(t *testing.T) {
	for name, do := range deeds {
		t.Run(name, func(t *testing.T) {
			said := verdict(t, func(mm *mmfake.Server) { do(set(t, mm).foreignTo()) }, mmfake.InMemory())
			assert.Regexp(t, "(is not|is no post) of this server", said)
			said = verdict(t, func(mm *mmfake.Server) {
				s := set(t, mm)
				s.dev, s.post = nil, nil
				do(s)
			}, mmfake.InMemory())
			assert.Regexp(t, "<nil> is not of this server|the post is nil", said)
		})
	}
	for name, do := range map[string]func(s *scene){
		"Direct":         func(s *scene) { s.alice.Direct(s.stranger) },
		"CallAction":     func(s *scene) { s.mm.CallAction(s.stranger, s.post, "Yes") },
		"ExpireSession":  func(s *scene) { s.mm.ExpireSession(s.stranger) },
		"RevokeToken":    func(s *scene) { s.mm.RevokeToken(s.stranger) },
		"DropWebSockets": func(s *scene) { s.mm.DropWebSockets(s.stranger) },
		"WaitConnected":  func(s *scene) { s.mm.WaitConnected(s.stranger) },
		"For":            func(s *scene) { s.mm.Fail(postRoute, mmfake.Hang(), mmfake.For(s.stranger)) },
		"Actor":          func(s *scene) { s.mm.ExpireSession(&mmfake.Actor{Username: "alice"}) },
	} {
		t.Run(name, func(t *testing.T) {
			said := verdict(t, func(mm *mmfake.Server) { do(set(t, mm)) }, mmfake.InMemory())
			assert.Contains(t, said, "the user @alice is not of this server: ask this server for him")
		})
	}
}

// nonsense is what no server can do, by what it says of it.
var nonsense = map[string]func(s *scene){
	"handler at " + bot + ": it is nil":            func(s *scene) { s.mm.Mount(bot, nil) },
	"@alice is a user and no bot":                  func(s *scene) { s.mm.Bot("alice") },
	"@robot is a bot: ask for it with Bot":         func(s *scene) { s.mm.Bot("robot"); s.mm.User("robot") },
	`making the user "No Name"`:                    func(s *scene) { s.mm.User("No Name") },
	`making the channel "No Name"`:                 func(s *scene) { s.mm.Channel("No Name") },
	`making the team "No Name"`:                    func(s *scene) { s.mm.Team("No Name") },
	"no outgoing webhook to call":                  func(s *scene) { s.mm.CallOutgoingWebhook(nil, s.post) },
	"no dialog to send":                            func(s *scene) { s.mm.CallDialog(nil, nil) },
	"@alice has no dialog":                         func(s *scene) { s.alice.Submit(nil, nil) },
	"was opened for @alice, not for @bob":          func(s *scene) { s.mm.User("bob").Submit(s.dialog, nil) },
	"was opened for <nil>, not for @alice":         func(s *scene) { s.alice.Cancel(&mmfake.Dialog{}) },
	"only a request that the server made":          func(s *scene) { s.mm.Replay(nil) },
	"the snapshot is not of this server":           func(s *scene) { s.mm.Restore(nil) },
	"@robot is a bot, whose token does not expire": func(s *scene) { s.mm.ExpireSession(s.mm.Bot("robot")) },
	"@bob is not in ~dev. (api.context.permissions.app_error, 403); mm.User(\"bob\", channel) has him in": func(s *scene) { s.mm.User("bob").Post(s.dev, "x") },
	"mm.Bot(\"robot\", channel) has him in the channel":                                                   func(s *scene) { s.mm.Bot("robot").React(s.post, "eyes") },
	"@bob running /away: This user may not do that":                                                       func(s *scene) { s.mm.User("bob").Run(s.dev, "/away") },
	"~dev is public: ask for it with Channel":                                                             func(s *scene) { s.mm.PrivateChannel("dev") },
	"~secret is private: ask for it with PrivateChannel":                                                  func(s *scene) { s.mm.PrivateChannel("secret"); s.mm.Channel("secret") },
	`making the user "@bob"`:                                                                              func(s *scene) { s.mm.User("@bob") },
	`"bot.test" is no http or https URL with a host: write it like http://bot.test`:                       func(s *scene) { s.mm.Mount("bot.test", answering("")) },
}

func TestWhatMakesNoSenseEndsTheTest(t *testing.T) {
	for want, do := range nonsense {
		t.Run(want, func(t *testing.T) {
			assert.Contains(t, verdict(t, func(mm *mmfake.Server) { do(set(t, mm)) }, mmfake.InMemory()), want)
		})
	}
}

func TestWaitingInsideAHandlerEndsInTime(t *testing.T) {
	for want, wait := range map[string]func(t *testing.T, s *scene){
		"@bob waiting for a dialog":                    func(_ *testing.T, s *scene) { s.mm.User("bob").Dialog() },
		"@alice did not connect to the websocket":      func(_ *testing.T, s *scene) { s.mm.WaitConnected(s.alice) },
		"the integration did not answer within 30s":    func(t *testing.T, s *scene) { assert.NoError(t, s.mm.Settle(t.Context())) },
		"when the test ended, the integration had not": func(_ *testing.T, s *scene) { s.mm.Close() },
	} {
		t.Run(want, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				said := verdict(t, func(mm *mmfake.Server) {
					s := set(t, mm)
					mm.Mount(bot+"/command", http.HandlerFunc(func(http.ResponseWriter, *http.Request) { wait(t, s) }))
					mm.Command("/wait", bot+"/command")
					s.alice.Run(s.dev, "/wait")
				}, mmfake.InMemory())
				assert.Contains(t, said, want)
			})
		})
	}
}

// A failure is told of at the line of the test that caused it. This test runs itself
// once more, and looks at what is printed.
func TestAFailureNamesTheLineOfTheTest(t *testing.T) {
	const within = "MMFAKE_WITHIN_TEST"
	if os.Getenv(within) != "" {
		for name, do := range deeds {
			t.Run(name, func(t *testing.T) { do(set(t, mmfake.New(t, mmfake.InMemory())).foreignTo()) })
		}
		for name, do := range nonsense {
			t.Run(name, func(t *testing.T) { do(set(t, mmfake.New(t, mmfake.InMemory()))) })
		}
		return
	}
	again := exec.CommandContext(t.Context(), os.Args[0], "-test.run", "^"+t.Name()+"$")
	again.Env = append(os.Environ(), within+"=1")
	out, err := again.CombinedOutput()
	require.Error(t, err)
	told := 0
	for line := range strings.Lines(string(out)) {
		if strings.Contains(line, ": mmfake: ") && !strings.Contains(line, "what happened on the server") {
			assert.Contains(t, line, "misuse_test.go:")
			told++
		}
	}
	assert.Equal(t, len(deeds)+len(nonsense), told)
}

// A goroutine that outlives its test does not take the others down with it.
func TestActingAfterTheTestEndsTheGoroutine(t *testing.T) {
	var act func()
	t.Run("the test", func(t *testing.T) {
		s := set(t, mmfake.New(t, mmfake.InMemory()))
		act = func() { s.alice.Post(s.dev, "late") }
	})
	ended, returned := make(chan struct{}), false
	go func() {
		defer close(ended)
		act()
		returned = true
	}()
	<-ended
	assert.False(t, returned)
}
