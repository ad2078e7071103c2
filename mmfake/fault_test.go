package mmfake_test

import (
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

var postRoute = recorder.Route("POST /api/v4/posts")

// An outcome is what a client got.
type outcome struct {
	status int
	header http.Header
	body   string
	err    error // of the request, or of reading the answer
}

// ask makes one request of a user.
func ask(mm *mmfake.Server, who *mmfake.Actor, do, body string) outcome {
	method, path, _ := strings.Cut(do, " ")
	r, err := http.NewRequest(method, mm.URL+path, strings.NewReader(body))
	if err != nil {
		return outcome{err: err}
	}
	r.Header.Set("Authorization", "Bearer "+who.Token)
	response, err := mm.Client().Do(r)
	if err != nil {
		return outcome{err: err}
	}
	defer response.Body.Close()
	got, err := io.ReadAll(response.Body)
	return outcome{response.StatusCode, response.Header, string(got), err}
}

// A poster posts to ~dev over HTTP.
type poster struct {
	mm    *mmfake.Server
	dev   *mmfake.Channel
	robot *mmfake.Actor
}

func newPoster(t mmfake.TB, options ...mmfake.Option) *poster {
	mm := mmfake.New(t, options...)
	dev := mm.Channel("dev")
	return &poster{mm, dev, mm.Bot("robot", dev)}
}

func (p *poster) post(text string) outcome {
	return ask(p.mm, p.robot, "POST /api/v4/posts", `{"channel_id":"`+p.dev.ID+`","message":"`+text+`"}`)
}

// overBoth runs a test with a port and without.
func overBoth(t *testing.T, test func(t *testing.T, p *poster)) {
	t.Run("port", func(t *testing.T) { test(t, newPoster(t)) })
	t.Run("memory", func(t *testing.T) { test(t, newPoster(t, mmfake.InMemory())) })
}

func (p *poster) lastFault() string {
	ex, _ := p.mm.Journal.Last(postRoute)
	return ex.Fault
}

func TestAFaultAnswersInPlaceOfTheServerAsOftenAsItIsTold(t *testing.T) {
	overBoth(t, func(t *testing.T, p *poster) {
		p.mm.Fail(postRoute, mmfake.Status(503), mmfake.Times(2))
		var got []int
		for range 4 {
			got = append(got, p.post("hi").status)
		}
		assert.Equal(t, []int{503, 503, 201, 201}, got)
		assert.Len(t, p.dev.Posts(), 2, "what failed was not done")
		assert.Equal(t, 2, p.mm.Journal.Count(postRoute, recorder.Status(503)))
		first := p.mm.Journal.Find(postRoute)[0]
		assert.Equal(t, "status 503", first.Fault)
		assert.Equal(t, "robot", first.Actor)
		assert.Contains(t, first.String(), ": 503 (fault: status 503)")
		assert.Empty(t, p.lastFault())
	})
}

func TestWhichExchangesAFaultStrikes(t *testing.T) {
	for name, c := range map[string]struct {
		when []mmfake.Fault
		want string // s for struck
	}{
		"all":         {nil, "ssssss"},
		"after two":   {[]mmfake.Fault{mmfake.After(2)}, "..ssss"},
		"every third": {[]mmfake.Fault{mmfake.Every(3)}, "s..s.."},
		"together":    {[]mmfake.Fault{mmfake.After(1), mmfake.Every(2), mmfake.Times(2)}, ".s.s.."},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPoster(t, mmfake.InMemory())
			undo := p.mm.Fail(postRoute, append(c.when, mmfake.Status(500))...)
			got := ""
			for range c.want {
				got += map[bool]string{true: "s", false: "."}[p.post("hi").status == 500]
			}
			assert.Equal(t, c.want, got)
			undo()
			undo()
			assert.Equal(t, 201, p.post("hi").status)
		})
	}
}

func TestAFaultIsForWhomAndForWhatItIs(t *testing.T) {
	p := newPoster(t, mmfake.InMemory())
	alice := p.mm.User("alice", p.dev)
	p.mm.Fail(postRoute, mmfake.Status(500), mmfake.For(alice))
	p.mm.Fail(recorder.JSON("message", "boom"), mmfake.Error("api.context.permissions.app_error"), mmfake.Status(403))
	p.mm.Fail(recorder.Route("GET /api/v4/users/{user_id}"), mmfake.Status(404))

	assert.Equal(t, 201, p.post("hi").status)
	boom := p.post("boom")
	assert.Equal(t, 403, boom.status)
	assert.Contains(t, boom.body, `"id":"api.context.permissions.app_error"`)
	p.robot.Token, alice.Token = alice.Token, p.robot.Token
	assert.Equal(t, 500, p.post("hi").status)
	p.robot.Token, alice.Token = alice.Token, p.robot.Token
	alice.Post(p.dev, "boom") // what an actor does is never struck
	assert.Equal(t, 404, ask(p.mm, alice, "GET /api/v4/users/me", "").status)
	assert.Equal(t, 200, ask(p.mm, alice, "GET /api/v4/users/username/alice", "").status)
}

func TestAnAnswerMayBreakOff(t *testing.T) {
	overBoth(t, func(t *testing.T, p *poster) {
		undo := p.mm.Fail(postRoute, mmfake.Truncate(10))
		got := p.post("hi")
		assert.ErrorIs(t, got.err, io.ErrUnexpectedEOF)
		assert.Len(t, got.body, 10)
		ex, _ := p.mm.Journal.Last(postRoute)
		assert.Equal(t, got.body, ex.Response.Text())
		assert.Equal(t, "the answer broke off after 10 bytes", ex.Err)
		assert.Len(t, p.dev.Posts(), 1, "the post was made")
		undo()

		p.mm.Fail(postRoute, mmfake.Malformed())
		got = p.post("hi")
		assert.NoError(t, got.err)
		assert.Equal(t, 201, got.status)
		assert.False(t, json.Valid([]byte(got.body)), got.body)
		assert.Equal(t, "malformed answer", p.lastFault())
	})
}

func TestAConnectionMayBeReset(t *testing.T) {
	overBoth(t, func(t *testing.T, p *poster) {
		p.mm.Fail(postRoute, mmfake.Reset())
		assert.ErrorIs(t, p.post("hi").err, syscall.ECONNRESET)
		assert.Empty(t, p.dev.Posts())
		ex, _ := p.mm.Journal.Last(postRoute)
		assert.Equal(t, "the connection was reset", ex.Err)
		assert.Zero(t, ex.Response.Status)
	})
}

func TestARequestMayHang(t *testing.T) {
	overBoth(t, func(t *testing.T, p *poster) {
		p.mm.Fail(postRoute, mmfake.Hang())
		ended := make(chan error)
		go func() { ended <- p.post("hi").err }()
		_, err := p.mm.Journal.Wait(t.Context(), 1, postRoute)
		require.NoError(t, err, "the journal has it at once")
		p.mm.Close()
		assert.Error(t, <-ended)
	})
}

func TestAnAnswerMayTakeItsTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPoster(t, mmfake.InMemory())
		start := time.Now()
		undo := p.mm.Fail(postRoute, mmfake.Delay(time.Hour), mmfake.Status(502))
		assert.Equal(t, 502, p.post("hi").status)
		assert.Equal(t, time.Hour, time.Since(start))
		assert.Equal(t, "delay of 1h0m0s, status 502", p.lastFault())
		undo()

		p.mm.Fail(postRoute, mmfake.SlowBody(time.Minute))
		start = time.Now()
		got := p.post("hi")
		assert.NoError(t, got.err)
		assert.True(t, json.Valid([]byte(got.body)))
		assert.InDelta(t, time.Minute, time.Since(start), float64(time.Millisecond))
	})
}

func TestARateLimitRefusesAsTheRealOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := newPoster(t, mmfake.InMemory())
		p.mm.Fail(postRoute, mmfake.RateLimit(3, 30*time.Second))
		for _, left := range []int{2, 1, 0} {
			got := p.post("hi")
			assert.Equal(t, 201, got.status)
			assert.Equal(t, "3", got.header.Get("X-Ratelimit-Limit"))
			assert.Equal(t, strconv.Itoa(left), got.header.Get("X-Ratelimit-Remaining"))
		}
		refused := p.post("hi")
		assert.Equal(t, 429, refused.status)
		assert.Equal(t, "limit exceeded\n", refused.body)
		assert.Equal(t, "text/plain; charset=utf-8", refused.header.Get("Content-Type"))
		assert.Equal(t, "10", refused.header.Get("Retry-After"))
		assert.Equal(t, "30", refused.header.Get("X-Ratelimit-Reset"))
		assert.Equal(t, "0", refused.header.Get("X-Ratelimit-Remaining"))
		assert.Equal(t, "rate limit of 3 in 30s", p.lastFault())
		time.Sleep(10 * time.Second)
		assert.Equal(t, 201, p.post("hi").status)
		assert.Equal(t, 429, p.post("hi").status)
	})
}

func TestAFileUploadArrivesWholeWhereAFaultOnlyDelaysIt(t *testing.T) {
	p := newPoster(t, mmfake.InMemory())
	p.mm.Fail(recorder.And[*recorder.Exchange](), mmfake.Delay(time.Nanosecond))
	file := strings.Repeat("0123456789", 100_000) // more than other bodies may have
	got := ask(p.mm, p.robot, "POST /api/v4/files?filename=a.txt&channel_id="+p.dev.ID, file)
	require.Equal(t, 201, got.status, got.body)
	assert.Contains(t, got.body, `"size":1000000`)
}

func TestAFaultThatMakesNoSenseEndsTheTest(t *testing.T) {
	for want, what := range map[string][]mmfake.Fault{
		"does not say what goes wrong":  {mmfake.Times(2)},
		"mmfake.Status(99)":             {mmfake.Status(99)},
		"mmfake.Delay(0s)":              {mmfake.Delay(0)},
		"mmfake.Truncate(-1)":           {mmfake.Truncate(-1)},
		"mmfake.RateLimit(0, 1s)":       {mmfake.RateLimit(0, time.Second)},
		"mmfake.Close(1006) is no code": {mmfake.Close(1006)},
		"mmfake.SlowBody(-1s)":          {mmfake.SlowBody(-time.Second)},
		"mmfake.DelayEvent(0s)":         {mmfake.DelayEvent(0)},
		"mmfake.Times(0)":               {mmfake.Hang(), mmfake.Times(0)},
		"mmfake.After(-1)":              {mmfake.Hang(), mmfake.After(-1)},
		"mmfake.Every(0)":               {mmfake.Hang(), mmfake.Every(0)},
		"one of the faults is nil":      {mmfake.Hang(), nil},
		"Status or Error and Hang shut": {mmfake.Hang(), mmfake.Status(503)},
		"DropEvent and Reset shut each": {mmfake.Reset(), mmfake.DropEvent()},
		"For needs a user":              {mmfake.Hang(), mmfake.For(nil)},
		"needs an error's id":           {mmfake.Error("")},
	} {
		assert.Contains(t, verdict(t, func(mm *mmfake.Server) { mm.Fail(postRoute, what...) }), want)
	}
	for want, match := range map[string]recorder.Match{
		`the route "api/v4/posts" has no method`:                                     recorder.Route("api/v4/posts"),
		"a condition has no Miss function":                                           {},
		`the condition "status 404" is about the answer`:                             recorder.Status(404),
		`the condition "POST /a and answer body contains \"b\"" is about the answer`: recorder.And(recorder.Route("POST /a"), recorder.AnswerBodyContains("b")),
		`is about what actors do`:                                                    recorder.OfKind(recorder.KindActor),
	} {
		assert.Contains(t, verdict(t, func(mm *mmfake.Server) { mm.Fail(match, mmfake.Hang()) }), want)
	}
}
