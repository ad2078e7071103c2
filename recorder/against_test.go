package recorder_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// listened is a session in which alice listens, posts, and reads what is there.
const listened = `{"format": 1, "names": {"token": ["1"], "channel": ["dev"], "post": ["1", "2"], "user": ["alice"]}, "exchanges": [
 {"kind": "api", "direction": "in", "actor": "alice",
  "request": {"method": "GET", "path": "/api/v4/websocket", "header": {"Authorization": "Bearer {token.1}"}},
  "answer": {"status": 101}},
 {"kind": "socket", "direction": "out", "actor": "alice",
  "request": {"path": "/api/v4/websocket", "json": {"event": "hello", "data": {"user_id": "{user.alice}"}, "seq": 0}}},
 {"kind": "api", "direction": "in", "actor": "alice",
  "request": {"method": "POST", "path": "/api/v4/posts", "header": {"Authorization": "Bearer {token.1}", "Content-Type": "application/json"}, "json": {"channel_id": "{channel.dev}", "message": "hi", "pending_post_id": "{user.alice}:{time.1}"}},
  "answer": {"status": 201, "header": {"Content-Type": "application/json", "Etag": "11.6.0.{post.1}.{time.2}"}, "json": {"id": "{post.1}", "create_at": "{time.2}", "update_at": "{time.2}", "edit_at": 0}}},
 {"kind": "socket", "direction": "out", "actor": "alice",
  "request": {"path": "/api/v4/websocket", "json": {"event": "posted", "data": {"post": {"$json": {"id": "{post.1}", "create_at": "{time.2}"}}}, "seq": 1}}},
 {"kind": "socket", "direction": "in", "actor": "alice",
  "request": {"path": "/api/v4/websocket", "json": {"seq": 1, "action": "user_typing", "data": {"channel_id": "{channel.dev}"}}}},
 {"kind": "socket", "direction": "out", "actor": "alice",
  "request": {"path": "/api/v4/websocket", "json": {"status": "OK", "seq_reply": 1}}},
 {"kind": "api", "direction": "in", "actor": "alice",
  "request": {"method": "GET", "path": "/api/v4/channels/{channel.dev}/posts", "query": {"since": "{time.2}"}, "header": {"Authorization": "Bearer {token.1}"}},
  "answer": {"status": 200, "header": {"Content-Type": "application/json"}, "json": {"posts": {"{post.2}": {"message": "before"}, "{post.1}": {"message": "hi"}}, "order": ["{post.1}", "{post.2}"]}}}
]}
`

func fixtureOf(t *testing.T, content string) *recorder.Fixture {
	t.Helper()
	f, err := recorder.ParseFixture("s.json", []byte(content))
	require.NoError(t, err)
	return f
}

// serving is the URL of a server that answers as a fixture says, with values of its own.
func serving(t *testing.T, content string) string {
	t.Helper()
	f := fixtureOf(t, content)
	values := map[string]string{}
	for _, name := range []string{"post.1", "post.2", "token.1", "channel.dev", "user.alice"} {
		values[name] = recorder.IDOf("the server's " + name)
	}
	r := recorder.NewReplay(f.With(values), recorder.AnyOrder())
	server := httptest.NewServer(r)
	t.Cleanup(func() { r.Close(); server.Close() })
	return server.URL
}

// known is what a client of the server knows.
func known() recorder.DriveOption {
	return recorder.Bind(map[string]string{"token.1": "any", "channel.dev": recorder.IDOf("the server's channel.dev"), "user.alice": recorder.IDOf("the server's user.alice")})
}

func against(t *testing.T, fixture, server string, options ...recorder.DriveOption) *recorder.Comparison {
	t.Helper()
	found, err := fixtureOf(t, fixture).Against(t.Context(), serving(t, server), append([]recorder.DriveOption{known(), recorder.EventsWithin(10 * time.Second)}, options...)...)
	require.NoError(t, err)
	return found
}

func TestAServerThatAnswersAsRecordedDiffersInNothing(t *testing.T) {
	found := against(t, listened, listened)
	assert.Empty(t, found.Differences)
	assert.Empty(t, found.NotSent)
	assert.Equal(t, 4, found.Sent)
}

func TestWhatAServerAnswersDifferentlyIsSaidWithExchangeAndField(t *testing.T) {
	for name, c := range map[string]struct{ old, with, want string }{
		"a status":         {`"status": 201`, `"status": 200`, `exchange 3, POST /api/v4/posts: status is 200, recorded is 201`},
		"a field":          {`"edit_at": 0`, `"edit_at": 1`, `exchange 3, POST /api/v4/posts: json.edit_at is 1, recorded is 0`},
		"a field left out": {`, "edit_at": 0`, ``, `exchange 3, POST /api/v4/posts: json.edit_at is absent, recorded is 0`},
		"a field more":     {`"edit_at": 0`, `"edit_at": 0, "new": []`, `exchange 3, POST /api/v4/posts: json.new is [], recorded is none`},
		"a header more":    {`"header": {"Content-Type": "application/json"}, "json": {"posts"`, `"header": {"Content-Type": "application/json", "Etag": "a"}, "json": {"posts"`, ``},
		"a header":         {`{"Content-Type": "application/json", "Etag": "11.6.0.{post.1}.{time.2}"}`, `{"Content-Type": "text/plain"}`, `exchange 3, POST /api/v4/posts: header.Content-Type is text/plain, recorded is application/json`},
		"two times":        {`"update_at": "{time.2}"`, `"update_at": "{time.3}"`, `exchange 3, POST /api/v4/posts: json.update_at is 1700000003000, recorded is "{time.2}"`},
		"no time":          {`"update_at": "{time.2}"`, `"update_at": 0`, `exchange 3, POST /api/v4/posts: json.update_at is 0, recorded is "{time.2}"`},
		"another id":       {`"order": ["{post.1}"`, `"order": ["{post.2}"`, `exchange 7, GET /api/v4/channels/{channel.dev}/posts: json.order.0 is `},
		"below an id":      {`"message": "before"`, `"message": "after"`, `json.posts.` + recorder.IDOf("the server's post.2") + `.message is "after", recorded is "before"`},
		"an event":         {`{"id": "{post.1}", "create_at": "{time.2}"}}}, "seq": 1`, `{"id": "{post.1}", "create_at": "{time.2}", "new": 1}}}, "seq": 1`, `exchange 4, the event posted to alice: json.data.post.new is 1, recorded is none`},
		"another seq":      {`"seq": 1}}}`, `"seq": 7}}}`, ``},
		"another etag":     {`"Etag": "11.6.0`, `"Etag": "12.0.0`, ``},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel() // each waits until nothing more comes
			require.Contains(t, listened, c.old)
			found := against(t, listened, strings.Replace(listened, c.old, c.with, 1), recorder.EventsWithin(500*time.Millisecond))
			if c.want == "" {
				assert.Empty(t, found.Differences)
				return
			}
			require.Len(t, found.Differences, 1)
			assert.Contains(t, found.Differences[0].String(), c.want)
		})
	}
}

func TestEveryHeaderThatIsRecordedIsCompared(t *testing.T) {
	const kept = `"answer": {"status": 200, "header": {"X-Mine": "a", `
	recorded := strings.Replace(listened, `"answer": {"status": 200, "header": {`, kept, 1)
	require.Contains(t, recorded, kept)
	assert.Empty(t, against(t, recorded, recorded).Differences)
	found := against(t, recorded, listened)
	require.Len(t, found.Differences, 1)
	assert.Equal(t, []string{`header.X-Mine is absent, recorded is "a"`}, found.Differences[0].Parts)
}

// without is the session without one of the server's messages.
func without(t *testing.T, event string) string {
	t.Helper()
	lines := strings.Split(listened, "\n")
	for i, line := range lines {
		if strings.Contains(line, event) {
			return strings.Join(append(lines[:i-1:i-1], lines[i+1:]...), "\n")
		}
	}
	t.Fatalf("no %s", event)
	return ""
}

func TestAnEventThatDoesNotComeAndOneThatIsNotRecordedAreDifferences(t *testing.T) {
	found := against(t, listened, without(t, `"posted"`), recorder.EventsWithin(500*time.Millisecond))
	require.Len(t, found.Differences, 1)
	assert.Equal(t, recorder.Difference{Exchange: 4, What: "the event posted to alice", Parts: []string{"it has not come within 500ms"}}, found.Differences[0])

	found = against(t, without(t, `"posted"`), listened)
	require.Len(t, found.Differences, 1)
	assert.Contains(t, found.Differences[0].String(), `the event posted to alice: it is not recorded: {"event":"posted",`)
	assert.Zero(t, found.Differences[0].Exchange)
}

func TestWhatIsIgnoredIsNoDifference(t *testing.T) {
	other := strings.NewReplacer(`"edit_at": 0`, `"edit_at": 1`, `"create_at": "{time.2}"}}}, "seq"`, `"create_at": 0}}}, "seq"`).Replace(listened)
	brief := recorder.EventsWithin(500 * time.Millisecond)
	assert.Len(t, against(t, listened, other, brief).Differences, 2)
	assert.Empty(t, against(t, listened, other, recorder.Ignore("json.edit_at", "json.data.post.create_at")).Differences)
	assert.Len(t, against(t, listened, other, brief, recorder.Ignore("json.edit_at")).Differences, 1)
	assert.Empty(t, against(t, listened, other, recorder.Ignore("json.edit_at", "event.posted")).Differences)
	assert.Empty(t, against(t, without(t, `"posted"`), listened, recorder.Ignore("event.posted")).Differences)
}

func TestEventsMayComeInAnotherOrder(t *testing.T) {
	event := func(name string) string {
		return `{"kind": "socket", "direction": "out", "actor": "alice", "request": {"path": "/api/v4/websocket", "json": {"event": "` + name + `"}}},`
	}
	marker := ` {"kind": "socket", "direction": "in"`
	one := strings.Replace(listened, marker, event("a")+event("b")+event("a")+marker, 1)
	other := strings.Replace(listened, marker, event("a")+event("a")+event("b")+marker, 1)
	assert.Empty(t, against(t, one, other).Differences)
}

func TestNothingIsSentUntilAllThatIsNeededIsBound(t *testing.T) {
	asked := false
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked = true }))
	defer server.Close()
	_, err := fixtureOf(t, listened).Against(t.Context(), server.URL, recorder.Bind(map[string]string{"user.alice": mine}))
	var unbound *recorder.UnboundError
	require.ErrorAs(t, err, &unbound)
	assert.Equal(t, []recorder.Unbound{
		{Name: "token.1", Exchange: 1, What: "GET /api/v4/websocket", Place: "header.Authorization"},
		{Name: "channel.dev", Exchange: 3, What: "POST /api/v4/posts", Place: "json.channel_id"},
	}, unbound.Names)
	assert.EqualError(t, err, "these names stand for what the server has to have and nobody tells: give them values with recorder.Bind: "+
		"{token.1} (exchange 1, GET /api/v4/websocket, header.Authorization), {channel.dev} (exchange 3, POST /api/v4/posts, json.channel_id)")
	assert.False(t, asked)
}

func TestALoginTellsTheToken(t *testing.T) {
	const login = `{"format": 1, "names": {"token": ["1"], "password": ["1"], "user": ["alice"]}, "exchanges": [
 {"kind": "api", "direction": "in", "request": {"method": "POST", "path": "/api/v4/users/login", "json": {"login_id": "alice", "password": "{password.1}"}},
  "answer": {"status": 200, "header": {"Token": "{token.1}"}, "json": {"id": "{user.alice}"}}},
 {"kind": "api", "direction": "in", "request": {"method": "GET", "path": "/api/v4/users/me", "header": {"Authorization": "Bearer {token.1}"}}, "answer": {"status": 200}}]}`
	var seen []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen = append(seen, r.Header.Get("Authorization"))
		if r.URL.Path == "/api/v4/users/login" {
			w.Header().Set("Token", "made up here")
			fmt.Fprintf(w, `{"id": %q}`, mine)
		}
	}))
	defer server.Close()
	found, err := fixtureOf(t, login).Against(t.Context(), server.URL, recorder.Bind(map[string]string{"password.1": "open sesame"}))
	require.NoError(t, err)
	assert.Empty(t, found.Differences)
	assert.Equal(t, []string{"", "Bearer made up here"}, seen)
}

func TestWhatClientsMakeUpIsMadeUpAnew(t *testing.T) {
	post := `{"kind": "api", "direction": "in", "request": {"method": "POST", "path": "/api/v4/posts", "header": {"If-None-Match": "{etag.1}"}, "json": {"pending_post_id": "{pending.1}", "at": "{time.1}"}}, "answer": {"status": 200}}`
	f := fixtureOf(t, `{"format": 1, "names": {"etag": ["1"], "pending": ["1"]}, "exchanges": [`+post+`]}`)
	assert.Empty(t, f.Needed())
	seen := map[string]bool{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var post struct {
			ID string `json:"pending_post_id"`
		}
		assert.NoError(t, json.NewDecoder(r.Body).Decode(&post))
		seen[post.ID] = true
	}))
	defer server.Close()
	for range 2 {
		found, err := f.Against(t.Context(), server.URL)
		require.NoError(t, err)
		assert.Empty(t, found.Differences)
		assert.Equal(t, 1, found.Sent)
	}
	assert.Len(t, seen, 2, "a server takes one that it has seen for the same post")
	assert.NotContains(t, seen, "")
}

func TestWhatCannotBeSentIsLeftOutWithAReason(t *testing.T) {
	request := func(method, more string) string {
		return `{"kind": "api", "direction": "in", "request": {"method": "` + method + `", "path": "/api/v4/x"` + more + `}`
	}
	fixture := `{"format": 1, "names": {"trigger": ["1"], "post": ["1"]}, "exchanges": [` + strings.Join([]string{
		request("GET", ``) + `}`,
		request("PUT", `, "text": "be", "size": 9`) + `, "answer": {"status": 200}}`,
		`{"kind": "callback", "direction": "out", "request": {"method": "POST", "path": "/command", "form": {"trigger_id": "{trigger.1}"}}}`,
		request("POST", `, "json": {"trigger_id": "{trigger.1}"}`) + `, "answer": {"status": 200, "json": {"id": "{post.1}"}}}`,
		request("POST", `, "json": {"id": "{post.1}"}`) + `, "answer": {"status": 200}}`,
		`{"kind": "socket", "direction": "in", "actor": "alice", "request": {"path": "/api/v4/websocket", "json": {"seq": 1}}}`,
		`{"kind": "socket", "direction": "out", "actor": "alice", "request": {"path": "/api/v4/websocket", "json": {"event": "hello"}}}`,
		request("DELETE", ``) + `, "answer": {"status": 200, "text": "the begin", "size": 100}}`,
		request("PATCH", ``) + `, "answer": {"status": 200, "text": "PA"}, "err": "the upstream broke its answer off after 2 bytes"}`,
	}, ",") + `]}`
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, r.Method) }))
	defer server.Close()
	found, err := fixtureOf(t, fixture).Against(t.Context(), server.URL)
	require.NoError(t, err)
	var left []string
	for _, d := range found.NotSent {
		left = append(left, d.String())
	}
	assert.Equal(t, []string{
		"exchange 1, GET /api/v4/x: it was not answered when it was recorded",
		"exchange 2, PUT /api/v4/x: only the beginning of its body was recorded",
		"exchange 4, POST /api/v4/x: nobody has told what {trigger.1} stands for",
		"exchange 5, POST /api/v4/x: nobody has told what {post.1} stands for",
		`exchange 6, the websocket message {"seq":1}: there is no websocket of alice`,
		"exchange 7, the event hello to alice: there is no websocket of alice, so nothing that was sent there is compared",
		"exchange 9, PATCH /api/v4/x: it was not answered as a whole when it was recorded: the upstream broke its answer off after 2 bytes",
	}, left)
	assert.Equal(t, 1, found.Sent)
	assert.Empty(t, found.Differences)
}

func TestAServerThatDoesNotAnswerIsADifference(t *testing.T) {
	release := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-release:
		case <-r.Context().Done():
		}
	}))
	defer server.Close()
	defer close(release)
	found, err := fixtureOf(t, listened).Against(t.Context(), server.URL, known(), recorder.AnswersWithin(20*time.Millisecond), recorder.Only(recorder.Route("POST /api/v4/posts")))
	require.NoError(t, err)
	require.Len(t, found.Differences, 1)
	assert.Equal(t, "exchange 3, POST /api/v4/posts: it is not answered: nothing came within 20ms", found.Differences[0].String())

	found, err = fixtureOf(t, listened).Against(t.Context(), "http://127.0.0.1:1", known())
	require.NoError(t, err)
	assert.Contains(t, found.Differences[0].String(), "exchange 1, GET /api/v4/websocket: the websocket cannot be opened: ")
	assert.Contains(t, found.Differences[1].String(), "exchange 3, POST /api/v4/posts: it is not answered: ")
}

func TestAWebsocketThatIsRefusedIsADifference(t *testing.T) {
	found := against(t, listened, strings.Replace(listened, `"status": 101`, `"status": 401`, 1))
	assert.Equal(t, "exchange 1, GET /api/v4/websocket: status is 401, recorded is 101", found.Differences[0].String())
}

func TestBytesOnAWebsocketAreSentAsBytes(t *testing.T) {
	const fixture = `{"format": 1, "names": {}, "exchanges": [
 {"kind": "api", "direction": "in", "actor": "alice", "request": {"method": "GET", "path": "/ws"}, "answer": {"status": 101}},
 {"kind": "socket", "direction": "in", "actor": "alice", "request": {"path": "/ws", "base64": "AAH/"}},
 {"kind": "socket", "direction": "out", "actor": "alice", "request": {"path": "/ws", "text": "MessageBinary"}}]}`
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ws, err := websocket.Accept(w, r, nil)
		if err != nil {
			return
		}
		defer ws.CloseNow()
		form, _, _ := ws.Read(r.Context())
		ws.Write(r.Context(), websocket.MessageText, []byte(form.String()))
		ws.Read(r.Context())
	}))
	defer server.Close()
	found, err := fixtureOf(t, fixture).Against(t.Context(), server.URL)
	require.NoError(t, err)
	assert.Empty(t, found.Differences)
}

func TestAConnectionThatIsUsedNoLongerEndsBeforeTheNext(t *testing.T) {
	const open = `{"kind": "api", "direction": "in", "actor": "alice", "request": {"method": "GET", "path": "/api/v4/websocket"}, "answer": {"status": 101}}`
	hello := func(seq int) string {
		return fmt.Sprintf(`{"kind": "socket", "direction": "out", "actor": "alice", "request": {"path": "/api/v4/websocket", "json": {"event": "hello", "seq": %d}}}`, seq)
	}
	for name, c := range map[string]struct {
		messages []string
		hellos   int // on each connection
		ends     bool
	}{
		"one after the other": {[]string{open, hello(0), open, hello(0)}, 1, true},
		"both at once":        {[]string{open, hello(0), open, hello(0), hello(1), hello(1)}, 2, false},
	} {
		t.Run(name, func(t *testing.T) {
			var count atomic.Int32
			ended := make(chan struct{}) // the first connection
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				first := count.Add(1) == 1
				if !first && c.ends {
					<-ended
				}
				ws, err := websocket.Accept(w, r, nil)
				if err != nil {
					return
				}
				defer ws.CloseNow()
				select {
				case <-ended:
					assert.True(t, c.ends, "the first one is used still")
				default:
				}
				for range c.hellos {
					ws.Write(r.Context(), websocket.MessageText, []byte(`{"event":"hello"}`))
				}
				ws.Read(r.Context())
				if first {
					close(ended)
				}
			}))
			defer server.Close()
			found, err := fixtureOf(t, `{"format": 1, "names": {}, "exchanges": [`+strings.Join(c.messages, ",")+`]}`).Against(t.Context(), server.URL)
			require.NoError(t, err)
			assert.Equal(t, 2, found.Sent)
			assert.Empty(t, found.Differences)
		})
	}
}

func TestAgainstEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ws, err := websocket.Accept(w, r, nil)
		if err != nil {
			return
		}
		cancel() // and no hello
		ws.Read(r.Context())
	}))
	defer server.Close()
	_, err := fixtureOf(t, listened).Against(ctx, server.URL, known(), recorder.EventsWithin(time.Minute))
	assert.ErrorIs(t, err, context.Canceled)
}

func TestAgainstInATestFailsItWithEachDifference(t *testing.T) {
	path := filepath.Join(t.TempDir(), "session.json")
	require.NoError(t, os.WriteFile(path, []byte(listened), 0o600))
	recorder.Against(t, path, serving(t, listened), known())

	tb := &keepingTB{}
	other := strings.NewReplacer(`"edit_at": 0`, `"edit_at": 1`, `"message": "before"`, `"message": "after"`).Replace(listened)
	recorder.Against(tb, path, serving(t, other), known())
	require.Len(t, tb.errors, 2)
	assert.Equal(t, "recorder: "+path+": exchange 3, POST /api/v4/posts: json.edit_at is 1, recorded is 0", tb.errors[0])

	for want, run := range map[string]func(tb *keepingTB){
		"no such file": func(tb *keepingTB) { recorder.Against(tb, path+"x", "http://a.test") },
		`holding /x against ` + path + `: "/x" is no URL such as http://127.0.0.1:8065`: func(tb *keepingTB) { recorder.Against(tb, path, "/x") },
		`the fixture has no name "tokn.1"`: func(tb *keepingTB) {
			recorder.Against(tb, path, "http://a.test", recorder.Bind(map[string]string{"tokn.1": ""}))
		},
		"it has no request of a client to send": func(tb *keepingTB) {
			recorder.Against(tb, path, "http://a.test", recorder.Only(recorder.Path("/none")))
		},
		"give them values with recorder.Bind: {token.1} (": func(tb *keepingTB) { recorder.Against(tb, path, "http://a.test") },
	} {
		tb := &keepingTB{}
		run(tb)
		require.Len(t, tb.fatals, 1)
		assert.Contains(t, tb.fatals[0], want)
	}
}
