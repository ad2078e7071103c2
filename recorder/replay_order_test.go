package recorder_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// twoPosts is a session in which a post is made in each of two channels, changed and
// looked at.
const twoPosts = `{"format": 1, "names": {"channel": ["dev", "ops"], "post": ["1", "2"], "user": ["bob"], "team": ["test"]}, "exchanges": [
 {"kind": "api", "direction": "in", "request": {"method": "POST", "path": "/api/v4/posts", "json": {"channel_id": "{channel.dev}", "user_id": "{user.bob}"}}, "answer": {"status": 201, "json": {"id": "{post.1}"}}},
 {"kind": "api", "direction": "in", "request": {"method": "POST", "path": "/api/v4/posts", "json": {"channel_id": "{channel.ops}", "user_id": "{user.bob}"}}, "answer": {"status": 201, "json": {"id": "{post.2}"}}},
 {"kind": "api", "direction": "in", "request": {"method": "PUT", "path": "/api/v4/posts/{post.1}", "json": {"id": "{post.1}"}}, "answer": {"status": 200}},
 {"kind": "api", "direction": "in", "request": {"method": "PUT", "path": "/api/v4/posts/{post.2}", "json": {"id": "{post.2}"}}, "answer": {"status": 200}},
 {"kind": "api", "direction": "in", "request": {"method": "GET", "path": "/api/v4/channels/{channel.dev}/posts"}, "answer": {"status": 200}},
 {"kind": "api", "direction": "in", "request": {"method": "DELETE", "path": "/api/v4/users/{user.bob}/posts/{post.1}/reactions/tada"}, "answer": {"status": 200}},
 {"kind": "api", "direction": "in", "request": {"method": "GET", "path": "/api/v4/users/{user.bob}/teams/{team.test}/channels"}, "answer": {"status": 200}},
 {"kind": "api", "direction": "in", "request": {"method": "PUT", "path": "/api/v4/users/{user.bob}/patch"}, "answer": {"status": 200}},
 {"kind": "api", "direction": "in", "request": {"method": "PUT", "path": "/api/v4/config"}, "answer": {"status": 200}},
 {"kind": "api", "direction": "in", "request": {"method": "GET", "path": "/api/v4/config"}, "answer": {"status": 200}}
]}
`

// An orderly client makes the requests of twoPosts.
type orderly struct {
	t *testing.T
	*recorder.Replay
}

func newOrderly(t *testing.T, options ...recorder.ReplayOption) orderly {
	f, err := recorder.ParseFixture("s.json", []byte(twoPosts))
	require.NoError(t, err)
	return orderly{t, recorder.NewReplay(f, options...)}
}

// requests are those of twoPosts by the numbers of their exchanges.
func (o orderly) request(exchange int) (int, string) {
	dev, ops, one, two, bob := o.Value("channel.dev"), o.Value("channel.ops"), o.Value("post.1"), o.Value("post.2"), o.Value("user.bob")
	switch exchange {
	case 1:
		return ask(o, "POST /api/v4/posts", `{"channel_id":"`+dev+`","user_id":"`+bob+`"}`)
	case 2:
		return ask(o, "POST /api/v4/posts", `{"channel_id":"`+ops+`","user_id":"`+bob+`"}`)
	case 3:
		return ask(o, "PUT /api/v4/posts/"+one, `{"id":"`+one+`"}`)
	case 4:
		return ask(o, "PUT /api/v4/posts/"+two, `{"id":"`+two+`"}`)
	case 5:
		return ask(o, "GET /api/v4/channels/"+dev+"/posts", "")
	case 6:
		return ask(o, "DELETE /api/v4/users/"+bob+"/posts/"+one+"/reactions/tada", "")
	case 7:
		return ask(o, "GET /api/v4/users/"+bob+"/teams/"+o.Value("team.test")+"/channels", "")
	case 8:
		return ask(o, "PUT /api/v4/users/"+bob+"/patch", "")
	case 9:
		return ask(o, "PUT /api/v4/config", "")
	}
	return ask(o, "GET /api/v4/config", "")
}

func (o orderly) answers(exchanges ...int) {
	o.t.Helper()
	for _, exchange := range exchanges {
		status, answer := o.request(exchange)
		require.Less(o.t, status, 300, "exchange %d: %s", exchange, answer)
	}
}

func (o orderly) refuses(exchange int, why string) {
	o.t.Helper()
	status, answer := o.request(exchange)
	assert.Equal(o.t, http.StatusNotImplemented, status, "exchange %d", exchange)
	m := recorder.Message{Body: []byte(answer)}
	assert.Contains(o.t, m.Get("message").String(), why)
}

func TestRequestsAboutDifferentResourcesComeInAnyOrder(t *testing.T) {
	for _, sequence := range [][]int{{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, {9, 2, 10, 4, 7, 8, 1, 3, 6, 5}, {7, 8, 9, 10, 2, 1, 5, 4, 3, 6}} {
		o := newOrderly(t)
		o.answers(sequence...)
		assert.Empty(t, o.Problems())
		assert.Empty(t, o.Unused())
	}
}

func TestRequestsAboutOneResourceComeInTheirOrder(t *testing.T) {
	o := newOrderly(t)
	o.refuses(5, "GET /api/v4/channels/"+o.Value("channel.dev")+"/posts is exchange 5 of the fixture and comes too early: exchange 1, POST /api/v4/posts, has to come before it, because both are about {channel.dev}")
	o.refuses(3, "exchange 1, POST /api/v4/posts, has to come before it, because both are about {post.1}")
	o.refuses(8, "exchange 7, GET /api/v4/users/{user.bob}/teams/{team.test}/channels, has to come before it, because both are about {user.bob}")
	o.refuses(10, "exchange 9, PUT /api/v4/config, has to come before it, because both are about /api/v4/config")
	o.answers(1, 5)
	o.refuses(6, "exchange 3, PUT /api/v4/posts/{post.1}, has to come before it, because both are about {post.1}")
	o.answers(3, 6)
	assert.Len(t, o.Problems(), 5)
}

func TestInOrderEachRequestComesInItsTurn(t *testing.T) {
	o := newOrderly(t, recorder.InOrder())
	_, answer := ask(o, "PUT /api/v4/posts", `{"channel_id":"`+mine+`","user_id":"`+o.Value("user.bob")+`"}`)
	assert.Contains(t, answer, "PUT /api/v4/posts is not what comes next in the fixture: that is exchange 1, POST /api/v4/posts; method is PUT, recorded is POST")
	o.refuses(2, "POST /api/v4/posts is exchange 2 of the fixture and comes too early: exchange 1, POST /api/v4/posts, has to come before it")
	o.answers(1)
	o.refuses(9, "PUT /api/v4/config is exchange 9 of the fixture and comes too early: exchange 2, POST /api/v4/posts, has to come before it")
	o.answers(2, 3, 4, 5, 6, 7, 8, 9, 10)
	o.refuses(10, "GET /api/v4/config is in the fixture, but each time that it was recorded has been answered")
	assert.Len(t, o.Unused(), 0)
}

func TestInAnyOrderNothingComesTooEarly(t *testing.T) {
	o := newOrderly(t, recorder.AnyOrder())
	o.answers(10, 9, 8, 7, 6, 5, 4, 3, 2, 1)
	assert.Empty(t, o.Problems())
}

func TestTheLastOfSeveralOrdersCounts(t *testing.T) {
	o := newOrderly(t, recorder.InOrder(), recorder.ByResource())
	o.answers(9, 1)
}

func TestWhatComesTooEarlyDoesNotFallThrough(t *testing.T) {
	for name, option := range map[string]recorder.ReplayOption{"by resource": recorder.ByResource(), "in order": recorder.InOrder()} {
		t.Run(name, func(t *testing.T) {
			o := newOrderly(t, option, recorder.Otherwise(http.NotFoundHandler()))
			status, _ := ask(o, "GET /api/v4/system/ping", "")
			assert.Equal(t, http.StatusNotFound, status)
			assert.Empty(t, o.Problems())
			o.refuses(10, "comes too early")
			assert.Len(t, o.Problems(), 1)
		})
	}
}
