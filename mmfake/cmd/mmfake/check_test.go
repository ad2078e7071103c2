package main

import (
	"bytes"
	"net/http"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// aServer is a fake with what the session of aSession needs.
func aServer(t *testing.T, options ...mmfake.Option) (mm *mmfake.Server, token, channel string) {
	t.Helper()
	mm, err := mmfake.Start(options...)
	require.NoError(t, err)
	t.Cleanup(mm.Close)
	dev := mm.Channel("dev")
	return mm, mm.Bot("robot", dev).Token, dev.ID
}

// checking runs the command and returns the exit code and what it says.
func checking(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	code = run(t.Context(), append([]string{"check"}, args...), &out, &errs)
	return code, out.String(), errs.String()
}

func TestCheckFindsNothingInAServerOfTheSameVersion(t *testing.T) {
	path := aSession(t)
	mm, token, channel := aServer(t)
	t.Setenv("MMFAKE_TOKEN_1", token)
	code, said, errs := checking(t, path, "--against", mm.URL, "--bind", "channel.1="+channel)
	assert.Equal(t, exitOK, code, "%s%s", said, errs)
	assert.Equal(t, "3 sent, 0 different.\n", said)
	assert.Empty(t, errs)
	assert.Len(t, mm.Journal.Find(recorder.Route("POST /api/v4/posts")), 1)
}

func TestCheckSaysWhatDiffersWithExchangeRouteAndField(t *testing.T) {
	path := aSession(t)
	mm, token, channel := aServer(t)
	mm.Fail(recorder.Route("POST /api/v4/posts"), mmfake.Status(http.StatusServiceUnavailable))
	code, said, errs := checking(t, path, "--against", mm.URL, "--bind", "token.1="+token, "--bind", "channel.1="+channel, "--events-within", "300ms")
	assert.Equal(t, exitFailure, code)
	assert.Regexp(t, `(?m)^exchange \d+, POST /api/v4/posts\n  status is 503, recorded is 201\n`, said)
	assert.Regexp(t, `(?m)^exchange \d+, the event posted to robot\n  it has not come within 300ms\n`, said)
	assert.Regexp(t, `(?m)^Left out:\n  exchange \d+, GET /api/v4/posts/\{post\.1\}: nobody has told what \{post\.1\} stands for\n2 sent, \d different\.\n$`, said)
	assert.Equal(t, "mmfake: "+mm.URL+" does not answer as "+path+" has it\n", errs)
}

func TestCheckIgnoresWhatItIsTold(t *testing.T) {
	path := aSession(t)
	check := func(more ...string) (code int, said string) {
		mm, token, channel := aServer(t, mmfake.Version("9.11")) // on which nobody has done anything
		code, said, _ = checking(t, append([]string{path, "--against", mm.URL, "--bind", "token.1=" + token, "--bind", "channel.1=" + channel}, more...)...)
		return code, said
	}

	code, said := check()
	assert.Equal(t, exitFailure, code)
	assert.Contains(t, said, "  json.file_ids is absent, recorded is []\n")

	code, said = check("--ignore", "event.hello", "--ignore", "json.data.post.file_ids", "--ignore", "json.file_ids")
	assert.Equal(t, exitOK, code, said)
}

func TestCheckSaysWhatItNeedsBeforeItSendsAnything(t *testing.T) {
	path := aSession(t)
	mm, _, _ := aServer(t)
	code, said, errs := checking(t, path, "--against", mm.URL)
	assert.Equal(t, exitFailure, code)
	assert.Contains(t, said, path+" needs to know, of the server:\n\n  token.1  ")
	assert.Regexp(t, `  token\.1 +MMFAKE_TOKEN_1 +\(exchange 1, GET /api/v4/websocket, header\.Authorization\)\n`, said)
	assert.Contains(t, said, "Set the variables, or give --bind token.1=VALUE. Nothing has been sent.\n")
	assert.Regexp(t, `^mmfake: values are missing: \d\n$`, errs)
	assert.Zero(t, mm.Journal.Count())
}

func TestCheckSaysWhatItCannotDoInOneSentence(t *testing.T) {
	path := aSession(t)
	assert.Contains(t, fails(t, exitUsage, "check", path), "--against")
	assert.Contains(t, fails(t, exitUsage, "check", path, "--against", "chat.test"), `--against: "chat.test" is no URL such as http`)
	assert.Contains(t, fails(t, exitFailure, "check", path, "--against", "http://a.test", "--bind", "tokn.1=x"), `the fixture has no name "tokn.1"`)
	assert.Contains(t, fails(t, exitFailure, "check", path+"x", "--against", "http://a.test"), "no such file")
	require.NoError(t, os.WriteFile(path, []byte(`{"format": 1, "names": {}, "exchanges": []}`), 0o600))
	assert.Contains(t, fails(t, exitFailure, "check", path, "--against", "http://a.test"), "it has no request of a client to send")
}
