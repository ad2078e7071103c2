package conformance

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/require"
)

// stub is the least of a server that a scenario's world can be made on, with a
// few paths of its own for the runner's tests:
//
//	GET  /api/v4/mood      {"mood": stub.mood}
//	POST /api/v4/relay     sends its JSON to every open websocket
//	POST /api/v4/call?url= posts its JSON to the integration, stub.calls times
type stub struct {
	*httptest.Server
	mood    string
	calls   int
	relayed chan struct{} // gets a value for each relay

	mu      sync.Mutex
	last    int               // guarded by mu; number of the last id
	users   map[string]object // by name; guarded by mu
	deleted int               // guarded by mu
	sockets []*websocket.Conn // guarded by mu
}

func newStub(t *testing.T) *stub {
	s := &stub{mood: "fine", calls: 1, relayed: make(chan struct{}, 9), users: map[string]object{"root": {"id": fmt.Sprintf("%026d", 0), "username": "root"}}}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /api/v4/users/login", s.login)
	mux.HandleFunc("POST /api/v4/users", s.newUser)
	mux.HandleFunc("DELETE /api/v4/users/{id}", s.deleteUser)
	mux.HandleFunc("POST /api/v4/teams", s.newThing)
	mux.HandleFunc("POST /api/v4/channels", s.newThing)
	mux.HandleFunc("POST /api/v4/teams/{id}/members", s.newThing)
	mux.HandleFunc("POST /api/v4/channels/{id}/members", s.newThing)
	mux.HandleFunc("GET /api/v4/teams/{id}/channels/name/town-square", s.newThing)
	mux.HandleFunc("GET /api/v4/mood", func(w http.ResponseWriter, r *http.Request) { respond(w, object{"mood": s.mood}) })
	mux.HandleFunc("POST /api/v4/relay", s.relay)
	mux.HandleFunc("POST /api/v4/call", s.call)
	mux.HandleFunc("GET /api/v4/websocket", s.socket)
	s.Server = httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s
}

// runner plays scenarios on the stub.
func (s *stub) runner() *Runner {
	return NewRunner(Target{URL: s.URL, AdminName: "root", AdminPassword: "secret"})
}

func (s *stub) nextID() string {
	s.last++
	return fmt.Sprintf("%026d", s.last)
}

func (s *stub) login(w http.ResponseWriter, r *http.Request) {
	in := decode(r)
	s.mu.Lock()
	defer s.mu.Unlock()
	user, ok := s.users[text(in["login_id"])]
	if !ok {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	w.Header().Set("Token", "token-of-"+text(user["username"]))
	respond(w, user)
}

func (s *stub) newUser(w http.ResponseWriter, r *http.Request) {
	in := decode(r)
	s.mu.Lock()
	defer s.mu.Unlock()
	user := object{"id": s.nextID(), "username": in["username"]}
	s.users[text(in["username"])] = user
	respond(w, user)
}

func (s *stub) deleteUser(http.ResponseWriter, *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.deleted++
}

func (s *stub) newThing(w http.ResponseWriter, _ *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	respond(w, object{"id": s.nextID()})
}

func (s *stub) relay(w http.ResponseWriter, r *http.Request) {
	message, _ := json.Marshal(decode(r))
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.sockets {
		_ = c.Write(r.Context(), websocket.MessageText, message)
	}
	s.relayed <- struct{}{}
}

func (s *stub) call(w http.ResponseWriter, r *http.Request) {
	in, _ := json.Marshal(decode(r))
	for range s.calls {
		resp, err := http.Post(r.URL.Query().Get("url"), "application/json", strings.NewReader(string(in)))
		if err != nil {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		defer resp.Body.Close()
		w.Header().Set("Location", cmp.Or(resp.Header.Get("Location"), "nowhere"))
	}
}

func (s *stub) socket(w http.ResponseWriter, r *http.Request) {
	c, err := websocket.Accept(w, r, nil)
	if err != nil {
		return
	}
	_ = c.Write(r.Context(), websocket.MessageText, []byte(`{"event":"hello"}`))
	s.mu.Lock()
	s.sockets = append(s.sockets, c)
	s.mu.Unlock()
	for { // every message is answered by itself
		_, message, err := c.Read(r.Context())
		if err != nil {
			return
		}
		_ = c.Write(r.Context(), websocket.MessageText, []byte(`{"status":"OK","got":`+string(message)+`}`))
	}
}

func decode(r *http.Request) object {
	var o object
	_ = json.NewDecoder(r.Body).Decode(&o)
	return o
}

func respond(w http.ResponseWriter, o object) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(o)
}

// scenario reads a scenario for the runner's tests.
func scenario(t *testing.T, source string) *Scenario {
	t.Helper()
	s, err := parseScenario("stub-test", []byte(source))
	require.NoError(t, err)
	return s
}
