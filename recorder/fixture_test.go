package recorder_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// A run has the values that differ from one recording of a session to the next.
type run struct {
	user, other, channel, team, post, hook string // ids
	token, trigger, host                   string
	begin                                  int64 // milliseconds
}

var (
	firstRun = run{
		user: "hh5hqk8wq3yp3yd4p7d9rjb1pr", other: "aa7ejn8wq3yp3yd4p7d9rjb1pr", channel: "9wd6ikuy1fnf8gq3myfuj6eo5h",
		team: "kfgu8hmcg7bz5pf4t4wxyrqhia", post: "1bnzy8w9d3f5mkz9sphcwo9wxh", hook: "7csyxx3e1fghxgpj5yf4i4qxwy",
		token: "u4xq9khd1bf6pfzxoemtzj9hyr", trigger: "N2NzeXh4M2UxZmdoeGdwajV5ZjRpNHF4d3k6aGg1aHFrOHdx", host: "127.0.0.1:36417", begin: 1763886000123,
	}
	secondRun = run{
		user: "zw8qejm5hq3yp3yd4p7d9rjb1x", other: "b3nejn8wq3yp3yd4p7d9rjb1pa", channel: "otw6ikuy1fnf8gq3myfuj6eo5z",
		team: "xggu8hmcg7bz5pf4t4wxyrqhie", post: "yynzy8w9d3f5mkz9sphcwo9wx1", hook: "p1syxx3e1fghxgpj5yf4i4qxw8",
		token: "a1xq9khd1bf6pfzxoemtzj9hyc", trigger: "cDFzeXh4M2UxZmdoeGdwajV5ZjRpNHF4dzg6eno4cWVqbTVo", host: "127.0.0.1:40999", begin: 1773886000999,
	}
)

// session is a session as a run of it: login, post, event, webhook, command.
func (r run) session() []*recorder.Exchange {
	jsonHeader := func() http.Header {
		return http.Header{"Content-Type": {"application/json"}, "Authorization": {"Bearer " + r.token}, "Cookie": {"MMAUTHTOKEN=" + r.token}}
	}
	message := func(h http.Header, format string, args ...any) recorder.Message {
		return recorder.Message{Header: h, Body: fmt.Appendf(nil, format, args...)}
	}
	post := fmt.Sprintf(`{"id":"%s","create_at":%d,"user_id":"%s","channel_id":"%s","message":"good <morning>","pending_post_id":"%s:%d"}`,
		r.post, r.begin+70, r.user, r.channel, r.user, r.begin+60)
	posted, _ := json.Marshal(post)
	login := jsonHeader()
	login.Set("Token", r.token)
	return []*recorder.Exchange{
		{
			Kind: recorder.KindAPI, Direction: recorder.In, Route: "POST /api/v4/users/login",
			Request:  recorder.Request{Method: "POST", Path: "/api/v4/users/login", Message: message(jsonHeader(), `{"login_id":"alice","password":"Correct horse 1"}`)},
			Response: recorder.Response{Status: 200, Message: message(login, `{"id":"%s","username":"alice","create_at":%d}`, r.user, r.begin)},
		},
		{
			Kind: recorder.KindAPI, Direction: recorder.In, Actor: "alice",
			Request:  recorder.Request{Method: "GET", Path: "/api/v4/users/me/teams/" + r.team + "/channels", Query: "since=" + fmt.Sprint(r.begin)},
			Response: recorder.Response{Status: 200, Message: message(jsonHeader(), `[{"id":"%s","name":"dev"},{"id":"%s","name":"%s"}]`, r.channel, r.team[2:]+"q1", min(r.user, r.other)+"__"+max(r.user, r.other))},
		},
		{
			Kind: recorder.KindAPI, Direction: recorder.In, Actor: "alice",
			Request:  recorder.Request{Method: "POST", Path: "/api/v4/posts", Message: message(jsonHeader(), `{"channel_id":"%s","message":"good <morning>"}`, r.channel)},
			Response: recorder.Response{Status: 201, Message: message(jsonHeader(), "%s", post)},
		},
		{
			Kind: recorder.KindSocket, Direction: recorder.Out, Actor: "alice",
			Request: recorder.Request{Path: "/api/v4/websocket", Message: message(nil, `{"event":"posted","data":{"post":%s,"mentions":"[\"%s\"]"},"broadcast":{"channel_id":"%s"},"seq":1}`, posted, r.other, r.channel)},
		},
		{
			Kind: recorder.KindWebhook, Direction: recorder.In,
			Request:  recorder.Request{Method: "POST", Path: "/hooks/" + r.hook, Message: message(formHeader(), "payload=%s", `{"text":"a+b {post.1} {{x}"}`)},
			Response: recorder.Response{Status: 200, Message: message(http.Header{"Content-Type": {"text/plain"}}, "ok")},
		},
		{
			Kind: recorder.KindCallback, Direction: recorder.Out, Actor: "alice", Followed: []string{"posted in ~dev: see " + r.post},
			Request: recorder.Request{
				Method: "POST", Origin: "http://127.0.0.1:5" + r.host[len(r.host)-3:], Path: "/command",
				Message: message(formHeader(), "response_url=http://%s/hooks/commands/%s&trigger_id=%s&token=%s&text=", r.host, r.team[3:]+"abc", r.trigger, r.post[1:]+"z"),
			},
			Response: recorder.Response{Status: 200, Message: message(jsonHeader(), `{"text":"at %d, for %s"}`, r.begin+60, r.user)},
		},
		{
			Kind: recorder.KindAPI, Direction: recorder.In, Err: "the client went away",
			Request:  recorder.Request{Method: "GET", Path: "/api/v4/channels/" + r.channel + "/posts"},
			Response: recorder.Response{Status: 200, Message: message(jsonHeader(), `{"order":["%[1]s"],"posts":{%[2]s}}`, r.post, r.posts())},
		},
	}
}

// posts are two posts under their ids in the ids' order, as a server sends them.
func (r run) posts() string {
	one := fmt.Sprintf(`"%s":{"id":"%[1]s","message":"good <morning>","create_at":%d}`, r.post, r.begin+70)
	two := fmt.Sprintf(`"%s":{"id":"%[1]s","message":"an older one","create_at":%d}`, r.user[3:]+"xyz", r.begin-70)
	if one < two {
		return one + "," + two
	}
	return two + "," + one
}

func formHeader() http.Header {
	return http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}
}

func (r run) fixture(t *testing.T) *recorder.Fixture {
	t.Helper()
	f, err := recorder.NewFixture(r.session(), recorder.Site("http://"+r.host), recorder.ServerVersion("11.6.0"), recorder.KeepFollowed())
	require.NoError(t, err)
	return f
}

func TestTwoRecordingsOfOneSessionAreTheSameBytes(t *testing.T) {
	assert.Equal(t, string(firstRun.fixture(t).Bytes()), string(secondRun.fixture(t).Bytes()))
}

// Of two posts changed at the same moment the one with the higher id is in a thread's ETag, and
// a client's clock tells any moment, such as one that the server has told.
func TestETagsAndPendingPostIDsAreNamedAsAWhole(t *testing.T) {
	session := func(r run, latest string, now int64) string {
		answered := &recorder.Exchange{
			Kind: recorder.KindAPI, Direction: recorder.In, Request: recorder.Request{Method: "GET", Path: "/api/v4/posts/" + r.post + "/thread"},
			Response: recorder.Response{Status: 200, Message: message("application/json", fmt.Sprintf(`{"order":["%s","%s"],"at":%d}`, r.post, r.other, r.begin))},
		}
		answered.Response.Header.Set("Etag", "11.6.0."+r.post+"."+latest+"."+fmt.Sprint(r.begin))
		again := *answered
		again.Request.Header, again.Response = http.Header{"If-None-Match": answered.Response.Header["Etag"]}, recorder.Response{Status: 304}
		f, err := recorder.NewFixture([]*recorder.Exchange{answered, &again, saying(fmt.Sprintf(`{"pending_post_id":"%s:%d"}`, r.user, now))})
		require.NoError(t, err)
		return string(f.Bytes())
	}
	one := session(firstRun, firstRun.post, firstRun.begin)
	assert.Equal(t, one, session(secondRun, secondRun.other, secondRun.begin-1))
	for _, shown := range []string{`"Etag": "{etag.1}"`, `"If-None-Match": "{etag.1}"`, `"pending_post_id": "{pending.1}"`} {
		assert.Contains(t, one, shown)
	}
}

var update = flag.Bool("update", false, "write the fixture that is expected anew")

func TestAFixtureReadsAsPeopleExpect(t *testing.T) {
	golden := filepath.Join("testdata", "session.json")
	got := firstRun.fixture(t).Bytes()
	if *update {
		require.NoError(t, os.WriteFile(golden, got, 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	assert.Equal(t, string(want), string(got))
}

func TestAFixtureReadAndMadeAgainIsTheSameBytes(t *testing.T) {
	bytes := firstRun.fixture(t).Bytes()
	read, err := recorder.ParseFixture("session.json", bytes)
	require.NoError(t, err)
	assert.Equal(t, string(bytes), string(read.Bytes()), "read and written")

	again, err := recorder.NewFixture(read.Exchanges(), recorder.Site("http://"+read.Value("host.site")), recorder.ServerVersion(read.Server()), recorder.KeepFollowed())
	require.NoError(t, err)
	assert.Equal(t, string(bytes), string(again.Bytes()), "read, folded and made again")
}

func TestNoSecretIsInAFixture(t *testing.T) {
	content := string(firstRun.fixture(t).Bytes())
	for _, secret := range []string{firstRun.token, firstRun.hook, firstRun.trigger, firstRun.user, "Correct horse", "MMAUTHTOKEN"} {
		assert.NotContains(t, content, secret)
	}
	assert.Empty(t, strings.Count(content, "17638860"), "no times either")
}
