package mmfake_test

import (
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

func TestWhatIsNilIsNamed(t *testing.T) {
	for want, do := range map[string]func(s *scene){
		"one of the changes is nil":    func(s *scene) { s.mm.Command("/deploy", bot, nil) },
		"one of the changes is nil: l": func(s *scene) { s.mm.CallOutgoingWebhook(s.hook, s.post, nil) },
		"one of the functions is nil":  func(s *scene) { s.mm.Restart(nil) },
	} {
		t.Run(want, func(t *testing.T) {
			assert.Contains(t, verdict(t, func(mm *mmfake.Server) { do(set(t, mm)) }, mmfake.InMemory()), want)
		})
	}
	for _, option := range []mmfake.Option{nil, mmfake.Configure(nil)} {
		_, err := mmfake.Start(mmfake.InMemory(), option)
		assert.ErrorContains(t, err, "one of the options is nil")
	}
	assert.PanicsWithValue(t, "mmfake: the test is nil: give the *testing.T or the like; mmfake.Start makes a server without one, as TestMain needs it", func() { mmfake.New(nil) })
	assert.Panics(t, func() { mmfake.New(t, mmfake.InMemory()).With(nil) })
}

func TestAUserMayHaveTheLongestNameThereIs(t *testing.T) {
	mm := mmfake.New(t, mmfake.InMemory())
	long := mm.User(strings.Repeat("x", 64))
	answer, err := mm.Client().Post(mm.URL+"/api/v4/users/login", "application/json", strings.NewReader(`{"login_id":"`+long.Username+`","password":"`+long.Password+`"}`))
	require.NoError(t, err)
	defer answer.Body.Close()
	assert.Equal(t, http.StatusOK, answer.StatusCode)
	for _, name := range []string{"", strings.Repeat("x", 65)} {
		assert.Contains(t, verdict(t, func(mm *mmfake.Server) { mm.User(name) }, mmfake.InMemory()), "A user name has 1 to 64")
	}
}

func TestADeletedPostIsNamedAsSuch(t *testing.T) {
	for name, do := range map[string]func(s *scene){
		"Reply":  func(s *scene) { s.alice.Reply(s.post, "a") },
		"Edit":   func(s *scene) { s.alice.Edit(s.post, "a") },
		"Delete": func(s *scene) { s.alice.Delete(s.post) },
		"React":  func(s *scene) { s.alice.React(s.post, "eyes") },
		"Click":  func(s *scene) { s.alice.Click(s.post, "Yes") },
		"RunIn":  func(s *scene) { s.alice.RunIn(s.post, "/shrug") },
	} {
		t.Run(name, func(t *testing.T) {
			assert.Contains(t, verdict(t, func(mm *mmfake.Server) {
				s := set(t, mm)
				s.alice.Delete(s.post)
				do(s)
			}, mmfake.InMemory()), "the post @alice in ~dev: hello was deleted")
		})
	}
}

func TestAServerFromOutsideABubbleIsRefusedInside(t *testing.T) {
	outside, err := mmfake.Start()
	require.NoError(t, err)
	defer outside.Close()
	dev := outside.Channel("dev")
	synctest.Test(t, func(t *testing.T) {
		const refusal = "made outside of the testing/synctest bubble"
		assert.Contains(t, subtest(t, outside, func(*mmfake.Server) {}), refusal)
		assert.PanicsWithValue(t, "mmfake: "+outsideBubble, func() { outside.Admin.Post(dev, "hello") })
		assert.ErrorContains(t, outside.Settle(t.Context()), refusal)
		assert.ErrorContains(t, outside.WaitFor(t.Context(), func() bool { return false }), refusal)
		_, err := outside.WaitForPost(t.Context())
		assert.ErrorContains(t, err, refusal)
		_, err = outside.Candidates() // as assertions ask it
		assert.ErrorContains(t, err, refusal)
	})
}

const outsideBubble = "the server was made outside of the testing/synctest bubble in which it is used, and no time passes there while somebody waits for it: make it inside, with mmfake.InMemory()"

// A fuzzLike is a test that may not be used now, as a *testing.F may not be while its
// target runs.
type fuzzLike struct {
	recordingTB
	busy bool
}

func (f *fuzzLike) Helper() {
	if f.busy {
		panic("testing: f.Helper was called inside the fuzz target")
	}
}

func TestAFuzzTargetMayShareAServer(t *testing.T) {
	f := &fuzzLike{recordingTB: recordingTB{TB: t}}
	mm := mmfake.New(f, mmfake.InMemory())
	dev := mm.Channel("dev")
	mm.User("alice", dev)
	mm.Mount(bot, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("boom") }))
	mm.Command("/deploy", bot)
	f.busy = true
	said := subtest(t, mm, func(mm *mmfake.Server) {
		answer := mm.User("alice").Run(mm.Channel("dev"), "/deploy")
		assert.ErrorAs(t, answer.Err, new(*model.AppError))
	})
	f.busy = false
	f.cleanup()
	assert.Contains(t, said, "the mounted handler panicked: boom")
}
