package recorder_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// printed is what an example has in place of a test. It does not print its folder.
type printed struct{ folder string }

func (printed) Helper()                           {}
func (printed) Logf(format string, args ...any)   {}
func (printed) Fatalf(format string, args ...any) { panic(fmt.Sprintf(format, args...)) }

func (p printed) Errorf(format string, args ...any) {
	fmt.Println(strings.ReplaceAll(fmt.Sprintf(format, args...), p.folder+string(filepath.Separator), ""))
}

// sessionFile is where an example keeps a fixture. In a test that is in testdata.
func sessionFile() (path string, remove func()) {
	folder, err := os.MkdirTemp("", "session")
	if err != nil {
		panic(err)
	}
	return filepath.Join(folder, "session.json"), func() { os.RemoveAll(folder) }
}

// statusFixture is read as from a file.
func statusFixture() *recorder.Fixture {
	fixture, err := recorder.ParseFixture("status.json", []byte(status))
	if err != nil {
		panic(err)
	}
	return fixture
}

// greeting is an exchange with an id, a secret and something personal in it.
func greeting() *recorder.Exchange {
	ex := posted("alice", "hello", 201)
	ex.Request.Header.Set("Authorization", "Bearer 7uuc8nan1tfodrxis5maxmcxjy")
	ex.Request.Header.Set("X-Trace", "on")
	ex.Request.Body = []byte(`{"channel_id":"1bnzy8w9d3f5mkz9sphcwo9wxh","message":"hello","props":{"from":"Alice A.","mail":"alice@example.com","digest":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}}`)
	return ex
}

func ExampleNewFixture() {
	fixture, err := recorder.NewFixture([]*recorder.Exchange{greeting()},
		recorder.KeepHeader("X-Trace"), recorder.KeepKey("digest"),
		recorder.RedactKey("mail"), recorder.RedactPath("props.from"),
		recorder.Site("http://127.0.0.1:8065"), recorder.ServerVersion("11.6.0"))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(fixture.Server(), fixture.Len(), fixture.Names(), len(fixture.Redacted()) > 0)
	fmt.Println(fixture.Exchanges()[0].Request.Get("props"))
	// Output:
	// 11.6.0 1 [channel.1 secret.1 secret.2 token.1] true
	// {"from":"secret-1-stand-in","mail":"secret-2-stand-in","digest":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}
}

func ExampleJournal_Save() {
	path, remove := sessionFile()
	defer remove()
	journal := deploys()

	fmt.Println(journal.Save(path))
	fixture, err := recorder.Load(path)
	fmt.Println(fixture.Len(), err)
	again, err := journal.Fixture() // the same without a file
	fmt.Println(string(again.Bytes()) == string(fixture.Bytes()), err)
	fmt.Println(again.Save(path))
	// Output:
	// <nil>
	// 3 <nil>
	// true <nil>
	// <nil>
}

// status is a fixture of one request, and of the one that the server makes because of it.
const status = `{"format": 1, "names": {"channel": ["dev"], "token": ["1"]}, "exchanges": [
	{"kind": "api", "direction": "in", "request": {"method": "POST", "path": "/api/v4/posts", "json": {"channel_id": "{channel.dev}", "message": "status?"}},
		"answer": {"status": 201, "json": {"channel_id": "{channel.dev}"}}},
	{"kind": "callback", "direction": "out", "request": {"method": "POST", "origin": "http://bot.test", "path": "/hook", "json": {"token": "{token.1}", "text": "status?"}},
		"answer": {"status": 200, "header": {"Content-Type": "application/json"}, "json": {"text": "all green", "at": 5}}}]}`

func ExampleParseFixture() {
	fixture, err := recorder.ParseFixture("status.json", []byte(status))
	if err != nil {
		fmt.Println(err)
		return
	}
	fixture = fixture.With(map[string]string{"token.1": "s3cret"})
	fmt.Println(fixture.Value("token.1"))
	for _, ex := range fixture.Exchanges() {
		fmt.Println(ex)
	}
	// Output:
	// s3cret
	// #1 api in POST /api/v4/posts: 201
	// #2 callback out POST http://bot.test/hook: 200
}

// A replay answers the code under test as the recorded server did.
func ExampleNewReplay() {
	replay := recorder.NewReplay(statusFixture(), recorder.InOrder())
	defer replay.Close()
	server := httptest.NewServer(replay)
	defer server.Close()

	for _, text := range []string{"status?", "status!"} {
		response, err := http.Post(server.URL+"/api/v4/posts", "application/json", strings.NewReader(`{"channel_id": "`+replay.Value("channel.dev")+`", "message": "`+text+`"}`))
		if err != nil {
			fmt.Println(err)
			return
		}
		response.Body.Close()
		fmt.Println(response.StatusCode, len(replay.Unused()), len(replay.Problems()))
	}
	// Output:
	// 201 0 0
	// 501 0 1
}

func ExampleReplay_Wait() {
	replay := recorder.NewReplay(statusFixture())
	ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
	defer cancel()
	fmt.Println(replay.Wait(ctx))
	// Output:
	// recorder: waited for all that is recorded to be asked: context deadline exceeded
	// nobody has asked for exchange 1, POST /api/v4/posts
}

func ExampleOtherwise() {
	replay := recorder.NewReplay(statusFixture(), recorder.Otherwise(http.NotFoundHandler()))
	code, _ := ask(replay, "GET /api/v4/users/me", "")
	fmt.Println(code, replay.Problems())
	// Output: 404 []
}

// The recorded requests are sent to the code under test, and its answers compared.
func ExampleDrive() {
	path, remove := sessionFile()
	defer remove()
	if err := os.WriteFile(path, []byte(status), 0o600); err != nil {
		fmt.Println(err)
		return
	}
	bot := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, `{"text": "all red", "at": 7}`)
	})
	t := printed{filepath.Dir(path)} // stands for the test's *testing.T

	recorder.Drive(t, path, bot, recorder.Ignore("json.at"), recorder.Bind(map[string]string{"token.1": "s3cret"}),
		recorder.Only(recorder.Path("/hook")), recorder.Redacting(recorder.RedactKey("at")))
	// Output: recorder: session.json: exchange 2, POST http://bot.test/hook: json.text is "all red", recorded is "all green"
}

func ExampleJournal_Tail() {
	journal := deploys()
	tail := journal.Tail() // for whoever begins to look now
	journal.Append(posted("deploybot", "done", 201))
	fmt.Println(journal.Len(), tail.Len())

	journal.Clear()
	fmt.Println(journal.Len(), tail.Len())
	// Output:
	// 4 1
	// 0 0
}

func ExampleNeedsAnswer() {
	fmt.Println(recorder.NeedsAnswer(recorder.JSON("text", "hello")))
	fmt.Println(recorder.NeedsAnswer(recorder.Not(recorder.Status(200))))
	// Output:
	// false
	// true
}

func ExampleCondition_Meets() {
	toBot := recorder.Route("POST http://bot.test/command")
	for ex := range deploys().Each() {
		fmt.Println(toBot.Meets(ex), ex.Request.URL())
	}
	// Output:
	// true http://bot.test/command?v=1
	// false /api/v4/posts
	// false /api/v4/posts
}
