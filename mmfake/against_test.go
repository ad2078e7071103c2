package mmfake_test

import (
	"flag"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// A stage is a server with what a session needs: a channel, a user in it, a webhook, and
// an integration with a command.
type stage struct {
	*mmfake.Server
	client replayClient
	hook   string
}

func newStage(t *testing.T, options ...mmfake.Option) *stage {
	t.Helper()
	mm := mmfake.New(t, options...)
	dev := mm.Channel("dev")
	alice := mm.User("alice", dev)
	mm.Mount(bot, deploying(t, mm.URL))
	mm.Command("/deploy", bot+"/command")
	return &stage{mm, replayClient{t, mm.URL, alice.Token, dev.ID}, strings.TrimPrefix(mm.IncomingWebhook(dev).URL, mm.URL)}
}

func (s *stage) bindings() recorder.DriveOption {
	return recorder.Bind(map[string]string{"token.1": s.client.token, "channel.dev": s.client.channel, "hook.1": strings.TrimPrefix(s.hook, "/hooks/")})
}

// recorded is the fixture of a session with posts, a websocket, a webhook, a click, a dialog
// and a command.
func (s *stage) recorded(t *testing.T) string {
	t.Helper()
	for _, text := range []string{"one", "two", "one"} {
		status, answer := s.client.post(text)
		require.Equal(t, http.StatusCreated, status, answer)
		s.client.succeeds("GET /api/v4/posts/"+field(t, answer, "id"), "")
	}
	s.client.deploy(s.hook)
	path := filepath.Join(t.TempDir(), "session.json")
	require.NoError(t, s.Save(path))
	return path
}

func TestAFreshFakeDiffersInNothingFromAFixtureOfOne(t *testing.T) {
	path := newStage(t, mmfake.Seed("recorded")).recorded(t)
	fresh := newStage(t)
	recorder.Against(t, path, fresh.URL, fresh.bindings())
}

func TestTwoWebsocketsOfOneUserAreToldApart(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	alice := mm.User("alice", dev)
	one := listen(t, mm, alice)
	one.next("status_change") // she is online before the other one hears of it
	two := listen(t, mm, alice)
	c := replayClient{t, mm.URL, alice.Token, dev.ID}
	status, answer := c.post("hello, both")
	require.Equal(t, http.StatusCreated, status, answer)
	one.next("posted")
	two.next("posted")
	path := filepath.Join(t.TempDir(), "session.json")
	require.NoError(t, mm.Save(path))

	fresh := mmfake.New(t)
	dev = fresh.Channel("dev")
	recorder.Against(t, path, fresh.URL, recorder.Bind(map[string]string{"token.1": fresh.User("alice", dev).Token, "channel.1": dev.ID}))
}

func TestAFakeWithoutAPortIsHeldAgainstAFixtureToo(t *testing.T) {
	path := recorded(t)
	fresh := mmfake.New(t, mmfake.InMemory())
	dev := fresh.Channel("dev")
	known := map[string]string{"token.1": fresh.User("alice", dev).Token, "channel.1": dev.ID}
	recorder.Against(t, path, fresh.URL, recorder.Bind(known), recorder.HTTPClient(fresh.Client()))
}

var update = flag.Bool("update", false, "write what is expected anew")

func TestAnOlderFakeDiffersInWhatIsKnown(t *testing.T) {
	path := newStage(t, mmfake.Seed("recorded")).recorded(t)
	old := newStage(t, mmfake.Version("5.36"))
	f, err := recorder.Load(path)
	require.NoError(t, err)
	found, err := f.Against(t.Context(), old.URL, old.bindings(), recorder.EventsWithin(time.Second))
	require.NoError(t, err)

	golden := filepath.Join("testdata", "against-5.36.txt")
	got := summary(found)
	if *update {
		require.NoError(t, os.WriteFile(golden, []byte(got), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	assert.Equal(t, string(want), got)
	require.Len(t, found.NotSent, 1, "but for what the integration asks")
	assert.Equal(t, "POST /api/v4/actions/dialogs/open", found.NotSent[0].What)
}

// summary has each difference once, without what is made up in each run.
func summary(found *recorder.Comparison) string {
	madeUp := regexp.MustCompile(`[a-z0-9]{26,32}|\.[0-9]+\}|not recorded: .*`)
	var lines []string
	for _, d := range found.Differences {
		for _, part := range d.Parts {
			lines = append(lines, madeUp.ReplaceAllString(d.What+": "+part, "…"))
		}
	}
	slices.Sort(lines)
	return strings.Join(slices.Compact(lines), "\n") + "\n"
}
