package mmfake_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// These tests print what happened in them, when TestATestIsTheSameEveryRun runs them.

func TestSameOne(t *testing.T)   { t.Parallel(); printSession(t) }
func TestSameTwo(t *testing.T)   { t.Parallel(); printSession(t) }
func TestSameThree(t *testing.T) { t.Parallel(); printSession(t) }

const printing = "MMFAKE_PRINT_SESSION"

func printSession(t *testing.T) {
	line, err := json.Marshal(session(t))
	require.NoError(t, err)
	if os.Getenv(printing) != "" {
		fmt.Printf("\nsession %s %s\n", t.Name(), line)
	}
}

// session does something of each kind, while a client asks over and over what the time
// is, and returns all that is to be the same each time.
func session(t *testing.T) []string {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	alice, robot := mm.User("alice", dev), mm.Bot("robot", dev)
	stop := poll(mm, robot)
	defer stop()
	listen(t, mm, robot)
	hook := mm.IncomingWebhook(dev)
	command := mm.Command("/deploy", bot+"/command")
	question := alice.Post(dev, "@robot deploy")
	robot.React(question, "eyes")
	ask(mm, robot, "POST /api/v4/posts", `{"channel_id":"`+dev.ID+`","message":"deploying","root_id":"`+question.ID+`"}`)
	_, dialog := asked(t, mm, reportForm, map[string]any{})
	alice.Submit(dialog, mmfake.Fields{"summary": "It burns"})
	alice.Run(dev, "/deploy prod")
	sendJSON(t, mm, hook.URL, model.IncomingWebhookRequest{Text: "deployed"})
	token := alice.AccessToken("a token")
	stop()

	list := []string{alice.ID, alice.Token, robot.ID, robot.Token, token, dev.ID, dev.TeamID, hook.ID, command.ID, command.Token, mm.Admin.Token}
	var last int64
	for _, p := range mm.Posts() {
		list = append(list, p.ID+" "+p.String())
		assert.Greater(t, p.CreateAt, last, "times go on")
		last = p.CreateAt
	}
	for ex := range mm.Journal.Each(recorder.OfKind(recorder.KindCallback)) {
		list = append(list, ex.Request.URL()+" "+strings.TrimPrefix(ex.Request.Get("response_url").String(), mm.URL))
	}
	return append(list, mm.Transcript())
}

// poll asks for something until stop is called, which may be more than once.
func poll(mm *mmfake.Server, who *mmfake.Actor) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	var polling sync.WaitGroup
	polling.Go(func() {
		for ctx.Err() == nil {
			ask(mm, who, "GET /api/v4/users/me", "")
		}
	})
	return func() { cancel(); polling.Wait() }
}

func TestATestIsTheSameEveryRun(t *testing.T) {
	want := sessions(t)
	require.Len(t, want, 3)
	for name, of := range want {
		require.Len(t, of, 1, name)
	}
	assert.NotEqual(t, want["TestSameOne"], want["TestSameTwo"], "tests of different names have different ids")
	for _, flags := range [][]string{
		{"-test.shuffle=1", "-test.count=3"}, {"-test.shuffle=2", "-test.count=2", "-test.parallel=1"}, {"-test.shuffle=3", "-test.cpu=1,4"},
	} {
		for name, of := range sessions(t, flags...) {
			assert.Equal(t, want[name], of, "%s with %s", name, flags)
		}
	}
}

// sessions runs the tests that print their sessions, in a process of their own, and
// returns which different ones each has printed.
func sessions(t *testing.T, flags ...string) map[string][]string {
	t.Helper()
	run := exec.CommandContext(t.Context(), os.Args[0], append(flags, "-test.run=^TestSame(One|Two|Three)$")...)
	run.Env = append(os.Environ(), printing+"=1")
	out, err := run.CombinedOutput()
	require.NoError(t, err, "%s", out)
	printed := map[string][]string{}
	for line := range strings.Lines(string(out)) {
		if rest, ok := strings.CutPrefix(line, "session "); ok {
			name, session, _ := strings.Cut(rest, " ")
			if !assert.ObjectsAreEqual([]string{session}, printed[name]) {
				printed[name] = append(printed[name], session)
			}
		}
	}
	return printed
}
