package mmfake_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// shake sends a handshake with more headers and returns the answer's status and
// body. A connection that comes of it is cut off.
func shake(t *testing.T, mm *mmfake.Server, query string, header http.Header) (int, string) {
	t.Helper()
	ws, answer, err := websocket.Dial(t.Context(), mm.WSURL+"/api/v4/websocket"+query, &websocket.DialOptions{HTTPHeader: header})
	if err == nil {
		ws.CloseNow()
		return answer.StatusCode, ""
	}
	require.NotNil(t, answer)
	body, _ := io.ReadAll(answer.Body) // at most the first kilobyte of it
	return answer.StatusCode, string(body)
}

func TestWebPagesOfOtherSitesMayNotConnect(t *testing.T) {
	mm := mmfake.New(t)
	for origin, want := range map[string]int{
		mm.URL: 101, "http://evil.test": 403, "null": 403, "://": 403,
		strings.Replace(mm.URL, "http:", "https:", 1): 403,
	} {
		status, body := shake(t, mm, "", http.Header{"Origin": {origin}})
		assert.Equal(t, want, status, origin)
		if want == 403 {
			assert.Contains(t, body, "Forbidden\n{")
			assert.Contains(t, body, `"id":"api.web_socket.connect.upgrade.app_error"`)
			assert.Contains(t, body, `"status_code":400`)
		}
	}
}

func TestWebPagesThatTheSettingsNameMayConnect(t *testing.T) {
	mm := mmfake.New(t, mmfake.Configure(func(s *mmfake.Settings) { s.AllowCorsFrom = "http://a.test http://b.test" }))
	for origin, want := range map[string]int{"http://b.test": 101, "http://c.test": 403, mm.URL: 101} {
		status, _ := shake(t, mm, "", http.Header{"Origin": {origin}})
		assert.Equal(t, want, status, origin)
	}
}

func TestARequestWithoutUpgradeIsRefused(t *testing.T) {
	mm := mmfake.New(t)
	answer, err := http.Get(mm.URL + "/api/v4/websocket")
	require.NoError(t, err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	assert.Equal(t, 400, answer.StatusCode)
	assert.Contains(t, string(body), "Bad Request\n{")
	assert.Equal(t, "text/plain; charset=utf-8", answer.Header.Get("Content-Type"))
}

func TestATokenInTheQueryIsRefused(t *testing.T) {
	mm := mmfake.New(t)
	status, body := shake(t, mm, "?access_token="+mm.User("alice").Token, nil)
	assert.Equal(t, 401, status)
	assert.Contains(t, body, "api.context.token_provided.app_error")
}

func TestTheCookieOfASessionIsEnough(t *testing.T) {
	mm := mmfake.New(t)
	alice := mm.User("alice")
	ws, _, err := websocket.Dial(t.Context(), mm.URL+"/api/v4/websocket/", &websocket.DialOptions{
		HTTPHeader: http.Header{"Cookie": {"MMAUTHTOKEN=" + alice.Token}},
	})
	require.NoError(t, err)
	defer ws.CloseNow()
	(&client{t, ws}).next("hello")
	assert.Equal(t, []string{"alice"}, mm.Listeners())
}

func TestAWrongTokenOpensAConnectionOfNobody(t *testing.T) {
	mm := mmfake.New(t)
	c := dial(t, mm, "wrong", "")
	c.send(`{"seq":1,"action":"ping"}`) // not answered
	c.send(`{"seq":2,"action":"authentication_challenge","data":{"token":"` + mm.User("alice").Token + `"}}`)
	hello, err := c.read()
	require.NoError(t, err)
	assert.Equal(t, "hello", hello.Event)
	assert.EqualValues(t, 2, c.next("reply").SeqReply)
}

func TestAWrongChallengeEndsTheConnection(t *testing.T) {
	mm := mmfake.New(t)
	for _, data := range []string{`{"token":"wrong"}`, `{"token":7}`, `null`} {
		c := dial(t, mm, "", "")
		c.send(`{"seq":1,"action":"authentication_challenge","data":` + data + `}`)
		assert.EqualValues(t, -1, c.ends(), data)
	}
}

func TestASecondChallengeIsNotAnswered(t *testing.T) {
	mm := mmfake.New(t)
	c := listen(t, mm, mm.User("alice"))
	c.send(`{"seq":1,"action":"authentication_challenge","data":{"token":"wrong"}}`)
	c.send(`{"seq":2,"action":"ping"}`)
	assert.EqualValues(t, 2, c.next("reply").SeqReply)
}

func TestEveryMessageIsInTheJournal(t *testing.T) {
	mm := mmfake.New(t)
	alice := mm.User("alice")
	c := listen(t, mm, alice)
	c.send(`{"seq":1,"action":"ping"}`)
	c.next("reply")
	var lines []string
	for ex := range mm.Journal.Each() {
		if ex.Kind == recorder.KindSocket {
			assert.Equal(t, "alice", ex.Actor)
			assert.Equal(t, "/api/v4/websocket", ex.Request.Path)
			lines = append(lines, string(ex.Direction)+" "+ex.Request.Text())
		}
	}
	require.Len(t, lines, 4)
	assert.Contains(t, lines[0], `out {"event": "hello"`)
	assert.Contains(t, lines[1], `out {"event": "status_change", "data": {"status":"online"`)
	assert.Contains(t, lines[1], `"seq": 1}`)
	assert.Equal(t, `in {"seq":1,"action":"ping"}`, lines[2])
	assert.Contains(t, lines[3], `out {"status":"OK","seq_reply":1`)
	upgrade, ok := mm.Journal.Last(recorder.Route("GET /api/v4/websocket"), recorder.Status(101))
	require.True(t, ok)
	assert.Equal(t, recorder.KindAPI, upgrade.Kind)
}
