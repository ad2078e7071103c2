package recorder_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// replayOf returns a replay of the exchanges, which stand as in a file.
func replayOf(t testing.TB, exchanges string, options ...recorder.ReplayOption) *recorder.Replay {
	t.Helper()
	f, err := recorder.ParseFixture("s.json", []byte(`{"format": 1, "names": {"channel": ["dev"], "post": ["1", "2"], "password": ["1"], "pending": ["1"], "user": ["alice"]}, "exchanges": [`+exchanges+`]}`))
	require.NoError(t, err)
	return recorder.NewReplay(f, options...)
}

func recordedRequest(request, answer string) string {
	return `{"kind": "api", "direction": "in", "request": ` + request + `, "answer": ` + answer + `}`
}

// ask sends a request with a JSON body and returns the answer's status and body.
func ask(r http.Handler, do, body string) (int, string) { return askWith(r, do, jsonMessage(body)) }

func askWith(r http.Handler, do string, m recorder.Message) (int, string) {
	method, path, _ := strings.Cut(do, " ")
	w := httptest.NewRecorder()
	req := httptest.NewRequest(method, path, strings.NewReader(m.Text()))
	req.Header = m.Header
	r.ServeHTTP(w, req)
	return w.Code, w.Body.String()
}

const mine = "1bnzy8w9d3f5mkz9sphcwo9wxh" // an id

func TestWhatTheClientSendsFirstIsWhatANameStandsFor(t *testing.T) {
	r := replayOf(t, recordedRequest(`{"method": "POST", "path": "/api/v4/channels/{channel.dev}/posts", "json": {"password": "{password.1}", "pending": "{user.alice}:{time.1}"}}`,
		`{"status": 200, "json": {"channel_id": "{channel.dev}", "user_id": "{user.alice}", "create_at": "{time.1}", "id": "{post.1}"}}`))
	status, answer := ask(r, "POST /api/v4/channels/"+mine+"/posts", `{"pending":"9wd6ikuy1fnf8gq3myfuj6eo5h:1763886000123","password":"my own"}`)
	require.Equal(t, 200, status, answer)
	assert.JSONEq(t, `{"channel_id":"`+mine+`","user_id":"9wd6ikuy1fnf8gq3myfuj6eo5h","create_at":1763886000123,"id":"`+r.Value("post.1")+`"}`, answer)
	assert.Equal(t, "my own", r.Value("password.1"))
}

func TestWhatOwnRulesHaveReplacedIsWhateverTheClientSends(t *testing.T) {
	sent := jsonMessage(`{"email":"a@b.test","n":5,"user":{"id":1},"list":[true],"log":"{\"a\":[1]}","text":"see http://a.test/?token=abcd-efgh-1234","same":"a@b.test"}`)
	ex := posted("alice", "", 200)
	ex.Request.Message = sent
	f, err := recorder.NewFixture([]*recorder.Exchange{ex, ex}, recorder.RedactKey("email", "n", "user", "list", "log"))
	require.NoError(t, err)
	require.Contains(t, string(f.Bytes()), `"text": "see http://a.test/?token={secret.`)
	r := recorder.NewReplay(f)
	for _, other := range []string{"a@b.test", "c@d.test"} {
		status, answer := ask(r, "POST /api/v4/posts", strings.ReplaceAll(sent.Text(), "a@b.test", other))
		if other == "a@b.test" {
			assert.Equal(t, 200, status, answer)
		} else {
			assert.Contains(t, answer, `json.email is \"c@d.test\", recorded is \"{secret.1}\"`, "it is the same to the end")
		}
	}
	assert.Len(t, r.Unused(), 1)
}

func TestANameStandsForOneValueToTheEnd(t *testing.T) {
	get := recordedRequest(`{"method": "GET", "path": "/api/v4/channels/{channel.dev}"}`, `{"status": 200, "text": "{channel.dev}"}`)
	r := replayOf(t, get+","+get)
	status, _ := ask(r, "GET /api/v4/channels/"+mine, "")
	require.Equal(t, 200, status)
	status, answer := ask(r, "GET /api/v4/channels/9wd6ikuy1fnf8gq3myfuj6eo5h", "")
	assert.Equal(t, 501, status)
	assert.Contains(t, answer, "path is /api/v4/channels/9wd6ikuy1fnf8gq3myfuj6eo5h, recorded is /api/v4/channels/{channel.dev}")
}

func TestBodiesAreComparedByTheirValues(t *testing.T) {
	r := replayOf(t, recordedRequest(`{"method": "POST", "path": "/x", "query": {"b": "2", "a": "1"}, "json": {"n": 1.50, "list": [{"$json": {"k": null}}], "$$ref": true}}`, `{"status": 200}`))
	for body, want := range map[string]string{
		`{"$ref":true,"n":1.5,"list":["{\"k\":1}"]}`:               "json.list.0.k is 1, recorded is null",
		`{"$ref":true,"n":1.5,"list":[]}`:                          "json.list is [], recorded is",
		`{"$ref":true,"n":1.6,"list":["{\"k\":null}"]}`:            "json.n is 1.6, recorded is 1.50",
		`{"n":1.5,"list":["{\"k\":null}"]}`:                        "json.$ref is absent, recorded is true",
		`{"$ref":true,"n":1.5,"list":["{\"k\":null}"],"more":[1]}`: "json.more is [1], recorded is none",
	} {
		status, answer := ask(r, "POST /x?a=1&b=2", body)
		assert.Equal(t, 501, status)
		var m recorder.Message
		m.Body = []byte(answer)
		assert.Contains(t, m.Get("message").String(), want)
	}
	status, answer := ask(r, "POST /x?a=1&b=2", `{"list":["{\"k\":null}"],"n":15e-1,"$ref":true}`)
	assert.Equal(t, 200, status, answer)
	assert.Len(t, r.Problems(), 5)
	assert.Empty(t, r.Unused())
}

func TestABodyThatWasRecordedInPartIsKnownByItsSize(t *testing.T) {
	r := replayOf(t, recordedRequest(`{"method": "POST", "path": "/api/v4/files", "text": "the begin", "size": 14}`, `{"status": 201, "text": "the be", "size": 10}`))
	status, answer := ask(r, "POST /api/v4/files", "the beginning")
	assert.Equal(t, 501, status)
	assert.Contains(t, answer, "the body has 13 bytes, recorded are 14")
	assert.PanicsWithValue(t, http.ErrAbortHandler, func() { ask(r, "POST /api/v4/files", "the beginning!") })
	assert.Empty(t, r.Unused())
}

func TestAnAnswerThatBrokeOffBreaksOffAgain(t *testing.T) {
	get := func(path, rest string) string {
		return `{"kind": "api", "direction": "in", "request": {"method": "GET", "path": "` + path + `"}, ` + rest + `}`
	}
	r := replayOf(t, get("/whole", `"answer": {"status": 200, "text": "whole"}`)+","+
		get("/off", `"answer": {"status": 200, "text": "the be"}, "err": "the upstream broke its answer off after 6 bytes"`)+","+
		get("/beginning", `"answer": {"status": 200, "text": "the be", "size": 10}`)+","+
		get("/down", `"answer": {"status": 502, "json": {"id": "recorder.proxy", "message": "it is down"}}, "err": "it is down"`))
	server := httptest.NewServer(r)
	defer server.Close()
	for path, want := range map[string]struct {
		body   string
		length int64
		broken bool
	}{
		"/whole":     {"whole", 5, false},
		"/off":       {"the be", -1, true},
		"/beginning": {"the be", 10, true},
		"/down":      {`{"id":"recorder.proxy","message":"it is down"}`, 46, false},
	} {
		resp, err := http.Get(server.URL + path)
		require.NoError(t, err)
		body, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		assert.Equal(t, want.body, string(body), path)
		assert.Equal(t, want.length, resp.ContentLength, path)
		assert.Equal(t, want.broken, errors.Is(err, io.ErrUnexpectedEOF), "%s: %v", path, err)
	}
	assert.Equal(t, []string{"GET /beginning is exchange 3, of whose answer only the first 6 of 10 bytes are in the fixture: it breaks off there"}, r.Problems())
}

func TestAMomentOfTheClientsOwnClockMayBeAnyOther(t *testing.T) {
	at := func(moment string) string {
		return recordedRequest(`{"method": "GET", "path": "/at", "query": {"since": "`+moment+`"}}`, `{"status": 200, "json": {"now": "{time.1}", "then": "{time.2}"}}`)
	}
	r := replayOf(t, at("{time.1}")+","+at("{time.2}")+","+at("{time.2}")+","+at("{time.2}"))
	told := func(want int, since string) {
		t.Helper()
		status, answer := ask(r, "GET /at?since="+since, "")
		assert.Equal(t, want, status, answer)
	}
	told(200, "1763886000123")
	told(200, r.Value("time.2"))
	told(501, "1763886000123") // of which it was told that it is {time.1}
	told(501, "yesterday")
	told(200, "1763886000456")
	told(200, "1763886000789")
}

func TestBytesOnAWebsocketAreReplayedAsBytes(t *testing.T) {
	r := replayOf(t, `{"kind": "api", "direction": "in", "actor": "alice", "request": {"method": "GET", "path": "/ws"}, "answer": {"status": 101}},
		{"kind": "socket", "direction": "out", "actor": "alice", "request": {"path": "/ws", "base64": "AAH/"}},
		{"kind": "socket", "direction": "out", "actor": "alice", "request": {"path": "/ws", "text": "a text"}}`)
	server := httptest.NewServer(r)
	defer server.Close()
	defer r.Close()
	ws, _, err := websocket.Dial(t.Context(), server.URL+"/ws", nil)
	require.NoError(t, err)
	defer ws.CloseNow()
	for _, want := range []struct {
		form websocket.MessageType
		body string
	}{{websocket.MessageBinary, "\x00\x01\xff"}, {websocket.MessageText, "a text"}} {
		form, body, err := ws.Read(t.Context())
		require.NoError(t, err)
		assert.Equal(t, want.form, form)
		assert.Equal(t, want.body, string(body))
	}
}

func TestAReplayOfManyExchangesFindsEachAtOnce(t *testing.T) {
	r := manySteps(t, 2000, recorder.AnyOrder())
	for i := 1999; i >= 0; i-- {
		status, answer := ask(r, "POST /api/v4/posts", fmt.Sprintf(`{"message":"number %d"}`, i))
		require.Equal(t, 201, status, answer)
	}
	assert.Empty(t, r.Unused())
}

func manySteps(t testing.TB, count int, options ...recorder.ReplayOption) *recorder.Replay {
	steps := make([]string, count)
	for i := range steps {
		steps[i] = recordedRequest(fmt.Sprintf(`{"method": "POST", "path": "/api/v4/posts", "json": {"message": "number %d"}}`, i), `{"status": 201, "json": {"id": "{post.1}"}}`)
	}
	return replayOf(t, strings.Join(steps, ","), options...)
}

// A request allocates as much among many as among few: nothing goes through them all.
// recorder/bench measures the time.
func TestARequestCostsNoMoreAmongManyExchanges(t *testing.T) {
	cost := func(count int) float64 {
		r, next := manySteps(t, count), 0
		return testing.AllocsPerRun(8, func() {
			status, answer := ask(r, "POST /api/v4/posts", fmt.Sprintf(`{"message":"number %d"}`, next))
			assert.Equal(t, 201, status, answer)
			next++
		})
	}
	assert.InEpsilon(t, cost(10), cost(10_000), 0.05)
}

func TestWaitingForAReplayEndsWithItsLastRequest(t *testing.T) {
	get := recordedRequest(`{"method": "GET", "path": "/a"}`, `{"status": 200, "text": ""}`)
	r := replayOf(t, get+","+get)
	ended := make(chan error)
	go func() { ended <- r.Wait(t.Context()) }()
	ask(r, "GET /a", "")
	ask(r, "GET /a", "")
	assert.NoError(t, <-ended)
}

func TestWaitingForAReplayEndsWithAnErrorThatSaysWhatIsMissing(t *testing.T) {
	two := recordedRequest(`{"method": "GET", "path": "/a"}`, `{"status": 200, "text": ""}`) + "," + recordedRequest(`{"method": "GET", "path": "/b"}`, `{"status": 200, "text": ""}`)
	r := replayOf(t, two)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- r.Wait(ctx) }()
	ask(r, "GET /a", "")
	cancel()
	err := <-ended
	assert.ErrorIs(t, err, context.Canceled)
	assert.EqualError(t, err, "recorder: waited for all that is recorded to be asked: context canceled\nnobody has asked for exchange 2, GET /b")

	go func() { ended <- r.Wait(t.Context()) }()
	r.Close()
	assert.ErrorIs(t, <-ended, recorder.ErrReplayClosed)

	r = replayOf(t, two)
	go func() { ended <- r.Wait(t.Context()) }()
	ask(r, "GET /c", "")
	assert.ErrorContains(t, <-ended, "recorder: what is not in the fixture was asked: GET /c is not in the fixture; exchange")
}
