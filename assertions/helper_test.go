package assertions_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// A failing is a test that keeps what it is told. FailNow only counts.
type failing struct {
	messages []string
	stopped  int
	deadline time.Time
}

func (f *failing) Helper()  {}
func (f *failing) FailNow() { f.stopped++ }
func (f *failing) Errorf(format string, args ...any) {
	f.messages = append(f.messages, fmt.Sprintf(format, args...))
}

// Deadline says that the test ends soon, so that no test here waits for the limit.
func (f *failing) Deadline() (time.Time, bool) { return f.deadline, true }

func newFailing() *failing { return &failing{deadline: time.Now().Add(150 * time.Millisecond)} }

// newPatient is for failures that do not wait for the end of the time.
func newPatient() *failing { return &failing{deadline: time.Now().Add(time.Hour)} }

// What differs from run to run in a failure message.
var masks = []struct {
	what *regexp.Regexp
	with string
}{
	{regexp.MustCompile(`waited [\d.]+m?s`), "waited …"},
	{regexp.MustCompile(`(?m)^[ \t]+\t| +$`), ""},
	{regexp.MustCompile(`/hooks/[a-z0-9]{26}`), "/hooks/…"},
	{regexp.MustCompile(`/posts/[a-z0-9]{26}`), "/posts/…"},
	{regexp.MustCompile(`_id=[a-z0-9]{26}`), "_id=…"},
	{regexp.MustCompile(`127\.0\.0\.1:\d+`), "127.0.0.1:…"},
}

// golden compares the one failure that there is with a file of testdata.
func golden(t *testing.T, f *failing) {
	t.Helper()
	require.Len(t, f.messages, 1)
	_, message, found := strings.Cut(f.messages[0], "Error:      \t")
	require.True(t, found, f.messages[0])
	for _, mask := range masks {
		message = mask.what.ReplaceAllString(message, mask.with)
	}
	file := filepath.Join("testdata", t.Name()+".txt")
	if recorder.Updating() {
		require.NoError(t, os.MkdirAll(filepath.Dir(file), 0o755))
		require.NoError(t, os.WriteFile(file, []byte(message), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err, "go test -update writes it")
	assert.Equal(t, string(want), message)
}

// talk is a server with a conversation in it.
func talk(t *testing.T, options ...mmfake.Option) (mm *mmfake.Server, dev *mmfake.Channel, robot *mmfake.Actor) {
	t.Helper()
	mm = mmfake.New(t, options...)
	dev = mm.Channel("dev")
	robot = mm.Bot("robot", dev)
	mm.User("alice", dev).Post(dev, "@robot deploy to prod")
	robot.Post(dev, "deploying to test")
	return mm, dev, robot
}

// sendHook sends a body to a webhook, as the code under test would.
func sendHook(t *testing.T, mm *mmfake.Server, url, body string) {
	t.Helper()
	response, err := mm.Client().Post(url, "application/json", strings.NewReader(body))
	if assert.NoError(t, err) {
		response.Body.Close()
		mm.Settle(t.Context()) // no failure finds it in flight
	}
}

// send makes a request of the API for an actor, as the code under test would.
func send(t *testing.T, mm *mmfake.Server, as *mmfake.Actor, method, path, body string) {
	t.Helper()
	request, err := http.NewRequest(method, mm.URL+"/api/v4"+path, strings.NewReader(body))
	require.NoError(t, err)
	request.Header.Set("Authorization", "Bearer "+as.Token)
	response, err := mm.Client().Do(request)
	require.NoError(t, err)
	response.Body.Close()
	mm.Settle(t.Context()) // no failure finds it in flight
}

const bot = "http://deploybot.test"

// answering mounts an integration that answers everything with a body.
func answering(mm *mmfake.Server, body string) {
	mm.Mount(bot, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Write([]byte(body))
	}))
	mm.Command("/deploy", bot+"/command")
}
