package main

import (
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

// aSession is a fixture in which a bot listens, posts, and looks at its post.
func aSession(t *testing.T) string {
	t.Helper()
	mm, err := mmfake.Start(mmfake.Seed("session"))
	require.NoError(t, err)
	defer mm.Close()
	dev := mm.Channel("dev")
	c := bot{t, mm.URL, mm.Bot("robot", dev).Token, dev.ID}
	c.session()
	path := filepath.Join(t.TempDir(), "session.json")
	require.NoError(t, mm.Save(path))
	return path
}

// A bot is a client under test.
type bot struct {
	t                   *testing.T
	url, token, channel string
}

func (b bot) session() {
	b.t.Helper()
	ws, _, err := websocket.Dial(b.t.Context(), b.url+"/api/v4/websocket", &websocket.DialOptions{HTTPHeader: http.Header{"Authorization": {"Bearer " + b.token}}})
	require.NoError(b.t, err)
	defer ws.CloseNow()
	_, hello, err := ws.Read(b.t.Context())
	require.NoError(b.t, err)
	require.Contains(b.t, string(hello), "hello")
	status, answer := b.post("good morning")
	require.Equal(b.t, http.StatusCreated, status, answer)
	var post struct{ ID string }
	require.NoError(b.t, json.Unmarshal([]byte(answer), &post))
	status, answer = b.do("GET", "/api/v4/posts/"+post.ID, "")
	require.Equal(b.t, http.StatusOK, status, answer)
}

func (b bot) post(message string) (int, string) {
	return b.do("POST", "/api/v4/posts", `{"channel_id":"`+b.channel+`","message":"`+message+`"}`)
}

func (b bot) do(method, path, body string) (int, string) {
	b.t.Helper()
	request, err := http.NewRequestWithContext(b.t.Context(), method, b.url+path, strings.NewReader(body))
	require.NoError(b.t, err)
	request.Header.Set("Authorization", "Bearer "+b.token)
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	response, err := http.DefaultClient.Do(request)
	require.NoError(b.t, err)
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	require.NoError(b.t, err)
	return response.StatusCode, string(answer)
}

// A replaying is a command that replays.
type replaying struct {
	*running
	readyReplay
}

func startReplay(t *testing.T, args ...string) *replaying {
	t.Helper()
	r := &replaying{running: launch(t, "is understood", "replay", args...)}
	body, err := os.ReadFile(r.file)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(body, &r.readyReplay))
	return r
}

func TestReplayAnswersTheClientOfTheFixture(t *testing.T) {
	path := aSession(t)
	for _, order := range [][]string{nil, {"--in-order"}, {"--any-order"}} {
		r := startReplay(t, append([]string{path}, order...)...)
		bot{t, r.URL, r.Names["token.1"], r.Names["channel.1"]}.session()
		code, rest := r.stop()
		assert.Equal(t, exitOK, code)
		assert.Equal(t, "\nStopped.\n", rest)
	}
}

func TestReplaySaysWhatToConfigure(t *testing.T) {
	path := aSession(t)
	r := startReplay(t, path, "--bind", "token.1=my own; secret", "--bind", "channel.1=9wd6ikuy1fnf8gq3myfuj6eo5h")
	assert.Regexp(t, `^`+path+` is replayed: \d+ exchanges with Mattermost 11\.6\.0\. Ctrl-C stops it\.\n\n  URL +`+r.URL+`\n  token\.1 +my own; secret\n`, r.block)
	assert.Equal(t, "9wd6ikuy1fnf8gq3myfuj6eo5h", r.Names["channel.1"])
	bot{t, r.URL, "my own; secret", "9wd6ikuy1fnf8gq3myfuj6eo5h"}.session()
	status, answer := bot{t, r.URL, "", "another"}.post("good morning")
	assert.Equal(t, http.StatusNotImplemented, status, answer)
}

func TestReplayEndsWithWhatItCouldNotAnswer(t *testing.T) {
	path := aSession(t)
	r := startReplay(t, path)
	status, _ := bot{t, r.URL, "token", r.Names["channel.1"]}.post("good evening")
	assert.Equal(t, http.StatusNotImplemented, status)
	code, rest := r.stop()
	assert.Equal(t, exitFailure, code)
	assert.Regexp(t, `(?s)^\nStopped\.\nNot answered:\n  POST /api/v4/posts is not in the fixture; exchange \d+, POST /api/v4/posts, comes nearest: json\.message is "good evening", recorded is "good morning"\n`+
		`Nobody has asked for:\n  exchange 1, GET /api/v4/websocket\n  exchange \d+, POST /api/v4/posts\n  exchange \d+, GET /api/v4/posts/{post\.1}\nmmfake: requests that could not be answered from `+path+`: 1\n$`, rest)
}

func TestReplayFallsThroughToAFreshFake(t *testing.T) {
	r := startReplay(t, aSession(t), "--fall-through")
	_, token, found := strings.Cut(r.block, "Token of the fake  ")
	require.True(t, found, r.block)
	token, _, _ = strings.Cut(token, " ")
	status, me := bot{t, r.URL, token, ""}.do("GET", "/api/v4/users/me", "")
	require.Equal(t, http.StatusOK, status, me)
	assert.Contains(t, me, `"username":"sysadmin"`)
	_, config := bot{t, r.URL, token, ""}.do("GET", "/api/v4/config/client?format=old", "")
	assert.Contains(t, config, `"SiteURL":"`+r.URL+`"`)
	bot{t, r.URL, "token", r.Names["channel.1"]}.session()
	code, _ := r.stop()
	assert.Equal(t, exitOK, code)
}

func TestReplaySaysWhatItCannotDoInOneSentence(t *testing.T) {
	path := aSession(t)
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer taken.Close()
	assert.Contains(t, fails(t, exitFailure, "replay", path, "--listen", taken.Addr().String()), "mmfake: cannot listen on "+taken.Addr().String()+": ")
	assert.Contains(t, fails(t, exitFailure, "replay", path, "--bind", "tokn.1=x"), `mmfake: the fixture has no name "tokn.1": it has channel.1, `)
	assert.Contains(t, fails(t, exitUsage, "replay", path, "--in-order", "--any-order"), "--in-order and --any-order")
	assert.Contains(t, fails(t, exitFailure, "replay", path+"x"), "mmfake: open "+path+"x: ")
	broken := filepath.Join(t.TempDir(), "broken.json")
	require.NoError(t, os.WriteFile(broken, []byte(`{"format": 2}`), 0o600))
	assert.Equal(t, "mmfake: "+broken+":1: its format is 2; this version of the recorder reads format 1\n", fails(t, exitFailure, "replay", broken))
	assert.Contains(t, fails(t, exitFailure, "replay", path, "--listen", "127.0.0.1:0", "--ready-file", t.TempDir()), "mmfake: cannot write the ready file ")
}
