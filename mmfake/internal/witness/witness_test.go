package witness_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/witness"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

const (
	alice, bob = "hh5hqk8wq3yp3yd4p7d9rjb1pr", "aa7ejn8wq3yp3yd4p7d9rjb1pr"
	post       = "1bnzy8w9d3f5mkz9sphcwo9wxh"
)

// A scene is what a witness sees.
type scene struct {
	*witness.Witness
	count int64
}

func newScene() *scene { return &scene{Witness: witness.New()} }

// sees shows it a request with a token, "" for none, and returns the exchange.
func (s *scene) sees(token, method, path string, status int, answer string) *recorder.Exchange {
	ex := &recorder.Exchange{
		Kind: recorder.KindAPI, Direction: recorder.In,
		Request:  recorder.Request{Method: method, Path: path, Message: recorder.Message{Header: http.Header{}}},
		Response: recorder.Response{Status: status, Message: recorder.Message{Header: http.Header{"Content-Type": {"application/json"}}, Body: []byte(answer)}},
	}
	if token != "" {
		ex.Request.Header.Set("Authorization", "Bearer "+token)
	}
	return s.see(ex)
}

func (s *scene) see(ex *recorder.Exchange) *recorder.Exchange {
	s.count++
	ex.Began = s.count
	s.See(ex)
	return ex
}

// says shows it a message on a websocket.
func (s *scene) says(connection int64, way recorder.Direction, format string, args ...any) *recorder.Exchange {
	return s.see(&recorder.Exchange{
		Kind: recorder.KindSocket, Direction: way, Connection: connection,
		Request: recorder.Request{Path: "/api/v4/websocket", Message: recorder.Message{Body: fmt.Appendf(nil, format, args...)}},
	})
}

// connects shows it a handshake.
func (s *scene) connects(connection int64, token string) *recorder.Exchange {
	ex := &recorder.Exchange{
		Kind: recorder.KindAPI, Direction: recorder.In, Connection: connection,
		Request:  recorder.Request{Method: "GET", Path: "/api/v4/websocket", Message: recorder.Message{Header: http.Header{}}},
		Response: recorder.Response{Status: http.StatusSwitchingProtocols},
	}
	if token != "" {
		ex.Request.Header.Set("Authorization", "Bearer "+token)
	}
	return s.see(ex)
}

func user(id, name string) string {
	return fmt.Sprintf(`{"id":%q,"username":%q,"nickname":""}`, id, name)
}

func TestRoutesAndKindsAreThoseOfTheServer(t *testing.T) {
	for _, c := range []struct {
		method, path string
		route        string
		kind         recorder.Kind
	}{
		{"POST", "/api/v4/posts/" + post + "/pin", "POST /api/v4/posts/{post_id}/pin", recorder.KindAPI},
		{"GET", "/api/v4/users/me", "GET /api/v4/users/{user_id}", recorder.KindAPI},
		{"GET", "/api/v4/users/tokens/" + post, "GET /api/v4/users/tokens/{token_id}", recorder.KindAPI},
		{"GET", "/api/v4/nonsense", "", recorder.KindAPI},
		{"PATCH", "/api/v4/users/login", "", recorder.KindAPI},
		{"POST", "/hooks/" + post, "POST /hooks/{hook_id}", recorder.KindWebhook},
		{"POST", "/hooks/commands/" + post, "POST /hooks/commands/{hook_id}", recorder.KindWebhook},
		{"GET", "/hooks/" + post, "", recorder.KindPage},
		{"GET", "/", "", recorder.KindPage},
		{"GET", "/api/v4//posts", "", recorder.KindAPI},
		{"", "", "", recorder.KindPage},
	} {
		ex := newScene().sees("", c.method, c.path, 200, "{}")
		assert.Equal(t, c.route, ex.Route, "%s %s", c.method, c.path)
		assert.Equal(t, c.kind, ex.Kind, "%s %s", c.method, c.path)
	}
}

func TestAnEndpointThatAnOlderServerDoesNotHaveHasNoRoute(t *testing.T) {
	ex := newScene().sees("t", "GET", "/api/v4/drafts", 404, `{"id":"api.context.404.app_error"}`)
	assert.Empty(t, ex.Route)
}

func TestWhoseATokenIs(t *testing.T) {
	for name, learn := range map[string]func(*scene){
		"by one's own user": func(s *scene) { s.sees("t", "GET", "/api/v4/users/me", 200, user(alice, "alice")) },
		"by a post, and a list of users": func(s *scene) {
			s.sees("t", "POST", "/api/v4/posts", 201, fmt.Sprintf(`{"id":%q,"user_id":%q}`, post, alice))
			s.sees("t", "POST", "/api/v4/users/ids", 200, "["+user(bob, "bob")+","+user(alice, "alice")+"]")
		},
		"by who made it": func(s *scene) {
			s.sees("admin", "POST", "/api/v4/users/"+alice+"/tokens", 200, fmt.Sprintf(`{"token":"t","user_id":%q}`, alice))
			s.sees("admin", "GET", "/api/v4/users/"+alice, 200, user(alice, "alice"))
		},
		"by the greeting on a websocket, and a bot": func(s *scene) {
			s.connects(1, "t")
			s.says(1, recorder.Out, `{"event":"hello","broadcast":{"user_id":%q}}`, alice)
			s.sees("admin", "GET", "/api/v4/bots/"+alice, 200, fmt.Sprintf(`{"user_id":%q,"username":"alice","owner_id":%q}`, alice, bob))
		},
		"by a challenge, and the author of a post": func(s *scene) {
			s.connects(1, "")
			s.says(1, recorder.In, `{"seq":1,"action":"authentication_challenge","data":{"token":"t"}}`)
			s.says(1, recorder.Out, `{"event":"hello","broadcast":{"user_id":%q}}`, alice)
			s.says(1, recorder.Out, `{"event":"posted","data":{"sender_name":"@alice","post":"{\"user_id\":\"%s\",\"props\":{}}"}}`, alice)
		},
		"by a post, and a request to an integration": func(s *scene) {
			s.sees("t", "POST", "/api/v4/posts", 201, fmt.Sprintf(`{"id":%q,"user_id":%q}`, post, alice))
			s.see(&recorder.Exchange{Kind: recorder.KindCallback, Direction: recorder.Out, Request: recorder.Request{Method: "POST", Message: recorder.Message{
				Body: fmt.Appendf(nil, `{"user_id":%q,"user_name":"alice"}`, alice),
			}}})
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newScene()
			earlier := s.sees("t", "GET", "/api/v4/teams", 200, "[]")
			assert.Empty(t, earlier.Actor)
			assert.Equal(t, []string{"t"}, s.Strangers())
			learn(s)
			assert.Equal(t, "alice", s.sees("t", "GET", "/api/v4/teams", 200, "[]").Actor)
			assert.Equal(t, "alice", s.ActorOf(earlier), "it is known later")
			assert.NotContains(t, s.Strangers(), "t")
		})
	}
}

func TestALoginTellsWhoCameIn(t *testing.T) {
	s := newScene()
	login := &recorder.Exchange{
		Request:  recorder.Request{Method: "POST", Path: "/api/v4/users/login", Message: recorder.Message{Body: []byte(`{"login_id":"alice"}`)}},
		Response: recorder.Response{Status: 200, Message: recorder.Message{Header: http.Header{"Token": {"t"}}, Body: []byte(user(alice, "alice"))}},
	}
	assert.Equal(t, "alice", s.see(login).Actor)
	cookie := &recorder.Exchange{
		Request:  recorder.Request{Method: "GET", Path: "/api/v4/teams", Message: recorder.Message{Header: http.Header{"Cookie": {"MMAUTHTOKEN=t"}}}},
		Response: recorder.Response{Status: 200},
	}
	assert.Equal(t, "alice", s.see(cookie).Actor)
	query := &recorder.Exchange{Request: recorder.Request{Method: "GET", Path: "/api/v4/teams", Query: "access_token=t"}, Response: recorder.Response{Status: 200}}
	assert.Equal(t, "alice", s.see(query).Actor)
}

func TestWhoIsNotLetInIsNobody(t *testing.T) {
	s := newScene()
	s.Introduce("t", alice, "alice")
	assert.Empty(t, s.sees("t", "GET", "/api/v4/teams", 401, `{}`).Actor)
	assert.Equal(t, "alice", s.sees("t", "GET", "/api/v4/teams", 403, `{}`).Actor)
	assert.Empty(t, s.sees("t", "GET", "/api/v4/nonsense", 404, `{}`).Actor, "the server does not look")
	assert.Equal(t, "alice", s.sees("t", "POST", "/api/v4/users/logout", 200, `{}`).Actor)
	assert.Empty(t, s.sees("t", "GET", "/api/v4/config/client", 200, `{}`).Actor, "she is logged out")
	assert.Empty(t, s.sees("other", "GET", "/api/v4/teams", 401, `{}`).Actor)
	assert.Empty(t, s.Strangers(), "a token that was never good is nobody's")
}

func TestAListenerIsKnownOnceHeHasSaidWhoHeIs(t *testing.T) {
	s := newScene()
	s.Introduce("t", alice, "alice")
	assert.Empty(t, s.connects(1, "").Actor)
	wrong := s.says(1, recorder.In, `{"seq":1,"action":"authentication_challenge","data":{"token":"wrong"}}`)
	challenge := s.says(1, recorder.In, `{"seq":1,"action":"authentication_challenge","data":{"token":"t"}}`)
	assert.Empty(t, wrong.Actor+challenge.Actor)
	assert.Equal(t, "alice", s.says(1, recorder.Out, `{"event":"hello","broadcast":{"user_id":%q}}`, alice).Actor)
	assert.Equal(t, "alice", s.says(1, recorder.In, `{"seq":2,"action":"ping"}`).Actor)
	assert.Empty(t, s.ActorOf(challenge), "he was nobody yet")

	assert.Equal(t, "alice", s.connects(2, "t").Actor)
	assert.Equal(t, "alice", s.says(2, recorder.Out, `{"event":"hello"}`).Actor)
	assert.Empty(t, s.says(3, recorder.Out, `{"event":"hello"}`).Actor)
}

func TestOtherNamesAreNotThoseOfUsers(t *testing.T) {
	s := newScene()
	s.sees("t", "POST", "/api/v4/posts", 201, fmt.Sprintf(`{"user_id":%q}`, alice))
	for _, other := range []string{
		fmt.Sprintf(`{"id":%q,"user_id":%q,"username":"ci","channel_locked":false}`, post, alice), // an incoming webhook
		fmt.Sprintf(`{"id":%q,"creator_id":%q,"username":"deployer","trigger":"deploy"}`, post, alice),
		`{"username":"nobody"`, `[[[`, `{"username":7}`,
	} {
		s.sees("t", "GET", "/api/v4/hooks/incoming", 200, other)
	}
	s.connects(1, "x")
	s.says(1, recorder.Out, `{"event":"posted","data":{"sender_name":"@ci","post":"{\"user_id\":\"%s\",\"props\":{\"from_webhook\":\"true\"}}"}}`, alice)
	s.says(1, recorder.Out, `{"event":"posted","data":{"sender_name":"ci","post":"{\"user_id\":\"%s\"}"}}`, alice)
	assert.Equal(t, []string{"t", "x"}, s.Strangers())
}

func TestTheUserBehindACallback(t *testing.T) {
	s := newScene()
	s.Introduce("t", alice, "alice")
	callback := func(contentType, query, body string) string {
		return s.see(&recorder.Exchange{Kind: recorder.KindCallback, Direction: recorder.Out, Request: recorder.Request{
			Method: "POST", Query: query, Message: recorder.Message{Header: http.Header{"Content-Type": {contentType}}, Body: []byte(body)},
		}}).Actor
	}
	assert.Equal(t, "bob", callback("application/x-www-form-urlencoded", "", "user_name=bob&user_id="+bob))
	assert.Equal(t, "alice", callback("application/json", "", `{"type":"dialog_submission","user_id":"`+alice+`"}`))
	assert.Equal(t, "bob", callback("", "user_name=bob", ""))
	assert.Empty(t, callback("text/plain", "", "hello"))
}

func TestTheServerTellsItsVersionAndSite(t *testing.T) {
	s := newScene()
	assert.Empty(t, s.Version()+s.SiteURL())
	ex := s.sees("", "GET", "/api/v4/config/client", 200, `{"SiteURL":"https://chat.example.com/"}`)
	assert.Empty(t, s.Version())
	ex.Response.Header.Set("X-Version-Id", "11.6.0.11.6.0.abc.true")
	s.See(ex)
	assert.Equal(t, "11.6.0", s.Version())
	assert.Equal(t, "https://chat.example.com", s.SiteURL())
}

func TestManyMayAskAtOnce(t *testing.T) {
	s := newScene()
	done := make(chan struct{})
	go func() {
		defer close(done)
		for range 100 {
			s.Strangers()
			s.ActorOf(&recorder.Exchange{})
		}
	}()
	for range 100 {
		s.sees("t", "GET", "/api/v4/users/me", 200, user(alice, "alice"))
	}
	<-done
}
