package conformance

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func differences(want, got *Outcome) []Difference {
	list, _ := judge(want, got)
	return list
}

func score(want, got *Outcome) Score {
	_, score := judge(want, got)
	return score
}

const moody = `
steps:
  - {as: alice, do: GET /api/v4/mood, setup: true}
  - {as: alice, do: GET /api/v4/mood}
`

func mood(value string) *Outcome {
	return &Outcome{Steps: []StepOutcome{
		{Title: "alice GET /api/v4/mood", Status: 200, Skip: true},
		{Title: "alice GET /api/v4/mood", Status: 200, ContentType: "application/json", Body: object{"mood": value}},
	}}
}

func TestAServerThatDoesAsTheRecordingSaysMatches(t *testing.T) {
	want := mood("fine")
	got, err := newStub(t).runner().Run(t.Context(), scenario(t, moody), want)
	require.NoError(t, err)
	assert.Empty(t, differences(want, got))
	assert.Equal(t, Score{Steps: 1, Matched: 1, Leaves: 3, LeavesMatched: 3}, score(want, got))
}

func TestADifferenceNamesStepPathAndBothValues(t *testing.T) {
	want := mood("merry")
	got, err := newStub(t).runner().Run(t.Context(), scenario(t, moody), want)
	require.NoError(t, err)
	assert.Equal(t, []Difference{{Step: 2, Title: "alice GET /api/v4/mood", Path: "body.mood", Want: `"merry"`, Got: `"fine"`}}, differences(want, got))
}

func TestARunStopsWhereThereIsNothingToSave(t *testing.T) {
	want := mood("fine")
	want.Steps = append(want.Steps, StepOutcome{Title: "alice GET /api/v4/mood", Skip: true}, want.Steps[1])
	got, err := newStub(t).runner().Run(t.Context(), scenario(t, moody+`
  - {as: alice, do: GET /api/v4/mood, save: {x: no.such.thing}, setup: true}
  - {as: alice, do: GET /api/v4/mood}
`), want)
	assert.ErrorContains(t, err, `step 3 (alice GET /api/v4/mood): answered 200`)
	assert.ErrorContains(t, err, `nothing at "no.such.thing" to save as "x"`)
	assert.Equal(t, []Difference{{Step: 4, Title: "alice GET /api/v4/mood", NotReached: true}}, differences(want, got))
	assert.Equal(t, 1, score(want, got).Matched)
}

func TestAWorldThatCannotBeMadeIsAnError(t *testing.T) {
	for name, answer := range map[string]http.HandlerFunc{
		"refused": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusForbidden) },
		"no JSON": func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("hello")) },
		"no id":   func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("{}")) },
	} {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(answer)
			defer server.Close()
			got, err := NewRunner(Target{URL: server.URL}).Run(t.Context(), scenario(t, moody), nil)
			assert.ErrorContains(t, err, "setting up: login as sysadmin")
			assert.Nil(t, got)
		})
	}
}

func TestTheUsersOfARunAreRemoved(t *testing.T) {
	server := newStub(t)
	_, err := server.runner().Run(t.Context(), scenario(t, moody), nil)
	require.NoError(t, err)
	assert.Equal(t, 3, server.deleted)
}

const calling = `
steps:
  - integration: /hook
    reply: {status: 201, headers: {Location: "/there"}, json: {for: "${alice}"}}
  - {do: POST /api/v4/call, query: {url: "${callback}/hook?a=b"}, json: {user: "${alice}", key: k-12345}, show: [Location]}
  - {callbacks: /hook, save: {key: key}}
  - {callbacks: /hook}
  - {do: POST /api/v4/call, query: {url: "${callback}/other"}, json: {again: "${key}"}, setup: true}
  - {callbacks: /other, ignore: [headers]}
`

func called() *Outcome {
	return &Outcome{Steps: []StepOutcome{
		{Title: "integration /hook", Skip: true},
		{Title: "anonymous POST /api/v4/call", Status: 200, Headers: []string{"Location", "Location: /there"}, Body: ""},
		{Title: "callbacks /hook", Callbacks: []any{object{
			"method":  "POST",
			"query":   object{"a": "b"},
			"headers": object{"Content-Type": "application/json", "User-Agent": "Go-http-client/1.1"},
			"body":    object{"user": "<alice>", "key": "<key>"},
		}}},
		{Title: "callbacks /hook"},
		{Title: "anonymous POST /api/v4/call", Skip: true},
		{Title: "callbacks /other", Callbacks: []any{object{"method": "POST", "body": object{"again": "<key>"}}}},
	}}
}

func TestCallbacksAreComparedAndTheIntegrationAnswersAsTold(t *testing.T) {
	got, err := newStub(t).runner().Run(t.Context(), scenario(t, calling), called())
	require.NoError(t, err)
	assert.Empty(t, differences(called(), got))
}

func TestRunsAtOnceHaveCallbacksOfTheirOwn(t *testing.T) {
	runner := newStub(t).runner()
	var wg sync.WaitGroup
	for range 16 {
		wg.Go(func() {
			got, err := runner.Run(t.Context(), scenario(t, calling), called())
			assert.NoError(t, err)
			assert.Empty(t, differences(called(), got))
		})
	}
	wg.Wait()
}

func TestASurplusCallbackIsADifference(t *testing.T) {
	server := newStub(t)
	server.calls = 2
	got, err := server.runner().Run(t.Context(), scenario(t, calling), called())
	require.NoError(t, err)
	differences := differences(called(), got)
	require.NotEmpty(t, differences)
	assert.Equal(t, 3, differences[0].Step)
	assert.Contains(t, differences[0].String(), "callbacks.1.body.key: unexpected")
}

func TestAMissingCallbackIsADifferenceAfterTheRunnersPatience(t *testing.T) {
	server := newStub(t)
	server.calls = 0
	impatient := NewRunner(Target{URL: server.URL, AdminName: "root", Patience: time.Millisecond})
	got, err := impatient.Run(t.Context(), scenario(t, calling), called())
	require.NoError(t, err)
	differences := differences(called(), got)
	require.NotEmpty(t, differences)
	assert.Contains(t, differences[len(differences)-1].String(), "step 6 callbacks /other: callbacks.0.method: missing, want \"POST\"")
}

const listening = `
steps:
  - listen: alice
  - {events: alice, only: [hello]}
  - {do: POST /api/v4/relay, json: {event: posted, seq: 7, data: {post: '{"user_id":"${bob}"}'}}, setup: true}
  - {do: POST /api/v4/relay, json: {event: typing, seq: 8}, setup: true}
  - {do: POST /api/v4/relay, json: {event: posted, seq: 9, data: {post: other}}, setup: true}
  - {events: alice, only: [posted], match: "${bob}"}
  - {send: alice, json: {action: ping}}
  - {events: alice, only: [reply]}
  - {send: alice, text: '"as it stands"'}
  - {events: alice, only: [reply]}
`

func heard() *Outcome {
	return &Outcome{Steps: []StepOutcome{
		{Title: "listen alice", Skip: true},
		{Title: "events alice", Events: []any{object{"event": "hello"}}},
		{Skip: true}, {Skip: true}, {Skip: true},
		{Title: "events alice", Events: []any{object{"event": "posted", "data": object{"post": object{"<json>": object{"user_id": "<bob>"}}}}}},
		{Title: "send alice", Skip: true},
		{Title: "events alice", Events: []any{object{"status": "OK", "got": object{"action": "ping", "seq": 1}}}},
		{Title: "send alice", Skip: true},
		{Title: "events alice", Events: []any{object{"status": "OK", "got": "as it stands"}}},
	}}
}

func TestEventsAreComparedByNameAndText(t *testing.T) {
	got, err := newStub(t).runner().Run(t.Context(), scenario(t, listening), heard())
	require.NoError(t, err)
	assert.Empty(t, differences(heard(), got))
}

func TestTheEndOfAConnectionIsAnEvent(t *testing.T) {
	server := newStub(t)
	want := &Outcome{Steps: []StepOutcome{{Skip: true}, {Skip: true}, {Events: []any{object{"event": "closed"}}}}}
	got, err := server.runner().Run(t.Context(), scenario(t, `
steps:
  - listen: alice
  - {do: POST /api/v4/relay, json: {event: long, data: "${times.5000000.x}"}, setup: true}
  - {events: alice, only: [closed]}
`), want)
	require.NoError(t, err)
	assert.Empty(t, differences(want, got))
}

func TestWithoutARecordingARunRecords(t *testing.T) {
	for name, c := range map[string]struct {
		source string
		want   *Outcome
	}{"callbacks": {calling, called()}, "events": {listening, heard()}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel() // it waits for silence
			got, err := newStub(t).runner().Run(t.Context(), scenario(t, c.source), nil)
			require.NoError(t, err)
			assert.Empty(t, differences(c.want, got))
		})
	}
}

func TestAStepOfSomeoneWhoDoesNotListenIsAnError(t *testing.T) {
	for _, step := range []string{"{send: bob, json: {action: ping}}", "{events: bob, only: [posted]}"} {
		_, err := newStub(t).runner().Run(t.Context(), scenario(t, "steps: ["+step+"]"), nil)
		assert.ErrorContains(t, err, "bob does not listen")
	}
}

func TestARunEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	server := newStub(t)
	waiting := &Outcome{Steps: []StepOutcome{{Skip: true}, {Skip: true}, {Events: []any{"never", "comes"}}}}
	go func() {
		<-server.relayed
		cancel()
	}()
	_, err := server.runner().Run(ctx, scenario(t, `
steps:
  - listen: alice
  - {do: POST /api/v4/relay, json: {event: go}, setup: true}
  - {events: alice, only: [go]}
`), waiting)
	assert.ErrorIs(t, err, context.Canceled)
	assert.Equal(t, 3, server.deleted, "the world is cleaned up all the same")
}

func TestARequestIsSentAsTheStepSays(t *testing.T) {
	r, err := newRun(&NewRunner(Target{URL: "http://server.test"}).target)
	require.NoError(t, err)
	defer r.integration.Close()
	r.vars["x"], r.vars["bob.token"] = "value", "bobs"
	for _, c := range []struct{ step, contentType, body, url, auth string }{
		{`{do: GET /p, query: {q: "${x} y"}}`, "", "", "/p?q=value+y", ""},
		{`{do: POST /p, as: bob, json: {"${x}": ["${x}", 1]}}`, "application/json", `{"value":["value",1]}`, "/p", "Bearer bobs"},
		{`{do: POST /p, as: "token:${x}", json: "${x}", type: text/json}`, "text/json", `"value"`, "/p", "Bearer value"},
		{`{do: POST /p, form: {a: "${x}"}}`, "application/x-www-form-urlencoded", "a=value", "/p", ""},
		{`{do: POST http://server.test/p, text: "${x}!", type: text/x}`, "text/x", "value!", "/p", ""},
		{`{do: POST /p, text: "t"}`, "", "t", "/p", ""},
		{`{do: POST /p, headers: {Authorization: "Bearer ${x}", Content-Type: a/b}, text: t}`, "a/b", "t", "/p", "Bearer value"},
	} {
		t.Run(c.step, func(t *testing.T) {
			s := scenario(t, "steps: ["+c.step+"]")
			req, err := r.newRequest(t.Context(), &s.Steps[0])
			require.NoError(t, err)
			var body strings.Builder
			if req.Body != nil {
				require.NoError(t, req.Write(&body))
			}
			assert.Equal(t, c.contentType, req.Header.Get("Content-Type"))
			assert.Equal(t, c.auth, req.Header.Get("Authorization"))
			assert.Equal(t, c.url, req.URL.RequestURI())
			assert.Contains(t, body.String(), c.body)
		})
	}
}

func TestFilesAreSentAsMultipart(t *testing.T) {
	r, err := newRun(&NewRunner(Target{URL: "http://server.test"}).target)
	require.NoError(t, err)
	defer r.integration.Close()
	r.vars["x"] = "value"
	s := scenario(t, `steps: [{do: POST /p, files: [{field: a, text: "${x}"}, {field: f, name: n.txt, text: content}]}]`)
	req, err := r.newRequest(t.Context(), &s.Steps[0])
	require.NoError(t, err)
	require.NoError(t, req.ParseMultipartForm(1<<20))
	assert.Equal(t, "value", req.FormValue("a"))
	require.Len(t, req.MultipartForm.File["f"], 1)
	assert.Equal(t, "n.txt", req.MultipartForm.File["f"][0].Filename)
}
