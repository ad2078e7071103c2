package recorder_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// A keepingTB is a test that keeps what it is told. Fatalf ends nothing.
type keepingTB struct{ errors, fatals, logs []string }

func (k *keepingTB) Helper() {}
func (k *keepingTB) Errorf(format string, args ...any) {
	k.errors = append(k.errors, fmt.Sprintf(format, args...))
}
func (k *keepingTB) Fatalf(format string, args ...any) {
	k.fatals = append(k.fatals, fmt.Sprintf(format, args...))
}
func (k *keepingTB) Logf(format string, args ...any) {
	k.logs = append(k.logs, fmt.Sprintf(format, args...))
}

// commands is a fixture of two commands, of which each was answered with what its
// text and its user are, and an id of the integration's own.
const commands = `{"format": 1, "names": {"user": ["alice"], "token": ["1"], "job": ["1"]}, "exchanges": [
 {"kind": "callback", "direction": "out",
  "request": {"method": "POST", "origin": "http://bot.test", "path": "/command", "header": {"Authorization": "Token {token.1}", "Content-Type": "application/x-www-form-urlencoded"}, "form": {"text": "prod", "user_id": "{user.alice}"}},
  "answer": {"status": 200, "header": {"Content-Type": "application/json"}, "json": {"text": "prod for {user.alice}", "job_id": "{job.1}"}}},
 {"kind": "callback", "direction": "out",
  "request": {"method": "POST", "origin": "http://bot.test", "path": "/command", "header": {"Authorization": "Token {token.1}", "Content-Type": "application/x-www-form-urlencoded"}, "form": {"text": "test", "user_id": "{user.alice}"}},
  "answer": {"status": 200, "header": {"Content-Type": "application/json"}, "json": {"text": "test for {user.alice}", "job_id": "{job.1}"}}},
 {"kind": "callback", "direction": "out", "request": {"method": "GET", "origin": "http://nowhere.test", "path": "/"}, "err": "the integration did not answer"}
]}
`

func commandsFile(t *testing.T) string {
	path := filepath.Join(t.TempDir(), "commands.json")
	require.NoError(t, os.WriteFile(path, []byte(commands), 0o600))
	return path
}

// integration answers as the recorded one, with a verb in the place of "for".
func integration(verb string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json; charset=utf-8")
		fmt.Fprintf(w, `{"job_id": "9wd6ikuy1fnf8gq3myfuj6eo5h", "text": "%s %s %s"}`, r.FormValue("text"), verb, r.FormValue("user_id"))
	})
}

func TestTheCodeUnderTestAnswersAsRecorded(t *testing.T) {
	recorder.Drive(t, commandsFile(t), integration("for"))
	server := httptest.NewServer(integration("for"))
	defer server.Close()
	recorder.Drive(t, commandsFile(t), server.URL)
}

func TestAnotherAnswerFailsTheTestWithTheField(t *testing.T) {
	tb := &keepingTB{}
	path := commandsFile(t)
	recorder.Drive(tb, path, integration("by"), recorder.Only(recorder.BodyContains("text=test")))
	require.Len(t, tb.errors, 1)
	assert.Contains(t, tb.errors[0], path+`: exchange 2, POST http://bot.test/command: json.text is "test by `)
	assert.Contains(t, tb.errors[0], `, recorded is "test for {user.alice}"`)
	assert.Equal(t, []string{"recorder: if the answers are right now, MMFAKE_RECORD=1 writes them into " + path}, tb.logs)
}

func TestIgnoredPartsMayDiffer(t *testing.T) {
	recorder.Drive(t, commandsFile(t), integration("by"), recorder.Ignore("json.text"))
	recorder.Drive(t, commandsFile(t), integration("by"), recorder.Ignore("json.*"))
}

func TestWhatIsDrivenHasTheTestsOwnValues(t *testing.T) {
	seen := ""
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen = r.Header.Get("Authorization")
		integration("for").ServeHTTP(w, r)
	})
	recorder.Drive(t, commandsFile(t), handler, recorder.Bind(map[string]string{"token.1": "my own"}))
	assert.Equal(t, "Token my own", seen)
}

func TestAskedToTheAnswersAreWrittenIntoTheFixture(t *testing.T) {
	t.Setenv("MMFAKE_RECORD", "1")
	tb := &keepingTB{}
	path := commandsFile(t)
	recorder.Drive(tb, path, integration("by"))
	assert.Empty(t, tb.errors)
	assert.Len(t, tb.logs, 1)
	content, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Contains(t, string(content), `{"job_id": "{job.1}", "text": "test by {user.alice}"}`)

	t.Setenv("MMFAKE_RECORD", "")
	recorder.Drive(t, path, integration("by"))
}

func TestTheFlagUpdateAsksUnlessTheEnvironmentSaysNo(t *testing.T) {
	defer func(was bool) { *update = was }(*update)
	*update = true
	for record, want := range map[string]bool{"": true, "1": true, "0": false} {
		t.Setenv("MMFAKE_RECORD", record)
		assert.Equal(t, want, recorder.Updating(), record)
	}
	*update = false
	t.Setenv("MMFAKE_RECORD", "")
	assert.False(t, recorder.Updating())
}

func TestWhatIsWrittenAnewIsTheSameButForTheAnswers(t *testing.T) {
	ex := &recorder.Exchange{
		Kind: recorder.KindCallback, Direction: recorder.Out,
		Request:  recorder.Request{Method: "POST", Origin: "http://bot.test", Path: "/command", Message: message("application/x-www-form-urlencoded", "text=prod&mail=a%40b.test")},
		Response: recorder.Response{Status: 200, Message: message("application/json", `{"text":"before"}`)},
	}
	ex.Request.Header.Set("X-Mine", "a")
	path := filepath.Join(t.TempDir(), "s.json")
	require.NoError(t, journalOf(ex).Save(path, recorder.KeepHeader("X-Mine"), recorder.RedactKey("mail")))
	before, err := os.ReadFile(path)
	require.NoError(t, err)
	t.Setenv("MMFAKE_RECORD", "1")
	recorder.Drive(&keepingTB{}, path, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("X-Theirs", "not shown")
		fmt.Fprint(w, `{"text":"after"}`)
	}))
	after, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, strings.Replace(string(before), `"before"`, `"after"`, 1), string(after))
}

func TestDrivingWhatCannotBeDrivenSaysWhy(t *testing.T) {
	for name, c := range map[string]struct {
		to   any
		want string
	}{
		"a number": {5, "the code under test must be an http.Handler or a URL"},
		"a path":   {"/command", `"/command" is no URL such as http://127.0.0.1:5000`},
		"nobody":   {"http://127.0.0.1:1", "exchange 1, POST http://bot.test/command: "},
	} {
		t.Run(name, func(t *testing.T) {
			tb := &keepingTB{}
			recorder.Drive(tb, commandsFile(t), c.to)
			require.Len(t, tb.fatals, 1)
			assert.Contains(t, tb.fatals[0], c.want)
		})
	}
	tb := &keepingTB{}
	recorder.Drive(tb, commandsFile(t), integration("for"), recorder.Only(recorder.Path("/none")))
	assert.Len(t, tb.errors, 1, "nothing to drive is no success")
}
