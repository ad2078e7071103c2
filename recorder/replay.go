package recorder

import (
	"context"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// A Replay answers requests from a fixture, as the server that it was recorded from
// did: an http.Handler for the place of that server.
//
// A request is matched by its method, path, query and body. JSON is compared by its
// values; headers, by which clients differ, play no part. Of a body of which only the
// beginning was recorded the size is compared. A name of the fixture stands
// for whatever the client sends in its place the first time, be it its own id or
// password, and for the same from then on; for what the client is told first, for a
// stand-in (see [Replay.Value]). Each recorded request is answered once: where one was
// recorded more than once, the answers come in their order.
//
// Websocket messages are sent at their place: after the last request of their own user
// that they follow in the fixture, before its answer. What others did in between, such as
// an integration that the server asked meanwhile, is not waited for: it may not be here.
// With [InOrder], where all of them have to come, messages are sent exactly where they stand.
// Of several connections of a user each has its own.
//
// An answer that broke off when it was recorded breaks off there again. So does one of which
// the fixture has only the beginning, which is a problem, too.
//
// Requests that the recorded server made to integrations are not made; [Drive] does.
type Replay struct {
	fixture   *Fixture
	order     order
	otherwise http.Handler
	ctx       context.Context // ends with Close
	stop      context.CancelFunc
	running   sync.WaitGroup // websocket connections

	mu       sync.Mutex
	steps    []*step          // guarded by mu, as what follows
	exact    map[string]*line // by the key with names
	alike    map[string]*line // by the key without names
	about    map[string]*line // by what they are about, when that matters
	unkeyed  line             // those that their keys do not tell; see hides
	next     int              // the first step that is not used
	values   *bindings
	problems []string
	left     int           // steps that are not used
	changed  chan struct{} // closed when a request has come; nil while nobody waits
	sockets  []*replaySocket
	waiting  []*replayMessage // messages of users who have not connected yet
}

// A step is a recorded request, or message of a client, and what followed it.
type step struct {
	number    int // in the fixture, from 1
	on        int // of a message of a client, the number of what began its connection; 0 if nothing did
	shown     *value
	used      bool
	resources []string // what it is about; see ByResource
	messages  []*replayMessage
}

// A line is steps that look the same, in their order.
type line struct{ steps []*step }

// A ReplayOption changes how a Replay answers.
type ReplayOption func(*Replay)

// Otherwise has a handler answer the requests that the fixture does not have, those for
// a websocket among them. Without it they are answered with status 501 and are a problem,
// as are still what comes too early, and what a client sends on a websocket of the
// fixture that is not there.
func Otherwise(handler http.Handler) ReplayOption {
	return func(r *Replay) { r.otherwise = handler }
}

// NewReplay returns a replay of a fixture from its beginning.
func NewReplay(f *Fixture, options ...ReplayOption) *Replay {
	r := &Replay{fixture: f, exact: map[string]*line{}, alike: map[string]*line{}, about: map[string]*line{}, values: newBindings(f)}
	r.ctx, r.stop = context.WithCancel(context.Background())
	for _, option := range options {
		option(r)
	}
	last, plan := map[string]*step{}, f.planSockets() // the last by the user
	for i, shown := range f.exchanges {
		kind, direction := Kind(shown.string("kind")), Direction(shown.string("direction"))
		switch {
		case direction == In:
			s := &step{number: i + 1, shown: shown}
			if handshake, planned := plan.of[i]; planned {
				s.on = handshake + 1
			}
			r.add(s)
			last[shown.string("actor")] = s
		case kind == KindSocket:
			m := &replayMessage{actor: shown.string("actor"), shown: shown.get("request")}
			if handshake, planned := plan.of[i]; planned {
				m.on = handshake + 1
			}
			if len(r.steps) == 0 {
				r.waiting = append(r.waiting, m)
				continue
			}
			s := last[m.actor]
			if s == nil || r.order == inOrder {
				s = r.steps[len(r.steps)-1]
			}
			s.messages = append(s.messages, m)
		}
	}
	return r
}

func (r *Replay) add(s *step) {
	r.steps = append(r.steps, s)
	r.left++
	request := s.shown.get("request")
	if request.get("size") != nil || hides(request) {
		r.unkeyed.steps = append(r.unkeyed.steps, s)
	}
	join(r.exact, shownKey(request, true), s)
	join(r.alike, shownKey(request, false), s)
	if r.order == byResource {
		s.resources = resourcesOf(s.shown)
		for _, resource := range s.resources {
			join(r.about, resource, s)
		}
	}
}

// join puts a step at the end of a line.
func join(lines map[string]*line, key string, s *step) {
	if lines[key] == nil {
		lines[key] = &line{}
	}
	lines[key].steps = append(lines[key].steps, s)
}

// find returns the step that a request is, or else one that it would be if it were in
// its turn. Both are nil if the fixture has none for it. A message came on the connection that
// the exchange of a number began. r.mu must be held.
func (r *Replay) find(request *value, on int) (s, early *step) {
	for _, l := range []*line{r.exact[r.values.key(request, true)], r.alike[r.values.key(request, false)], &r.unkeyed} {
		for _, s := range l.left() {
			if s.used || s.on != 0 && s.on != on {
				continue
			}
			fresh, is := r.values.matches(s.shown.get("request"), request)
			switch {
			case is && r.earlier(s) == nil:
				r.values.bindAll(fresh)
				return s, nil
			case is && early == nil:
				early = s
			}
		}
	}
	return nil, early
}

// left returns the steps of a line from the first that is not used on.
func (l *line) left() []*step {
	if l == nil {
		return nil
	}
	for len(l.steps) > 0 && l.steps[0].used {
		l.steps = l.steps[1:]
	}
	return l.steps
}

// next returns the first step of a line that is not used, nil if all are.
func (l *line) next() *step {
	if left := l.left(); len(left) > 0 {
		return left[0]
	}
	return nil
}

// ServeHTTP answers a request.
func (r *Replay) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, req.Body, mostReplayed))
	if err != nil {
		http.Error(w, "the body cannot be read: "+err.Error(), http.StatusRequestEntityTooLarge)
		return
	}
	request := Request{Method: req.Method, Path: req.URL.Path, Query: req.URL.RawQuery, Message: Message{Header: req.Header, Body: body}}
	answer, s, problem := r.answer(&request, 0)
	switch {
	case problem != "":
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusNotImplemented)
		text, _ := encodeJSON(map[string]any{"id": "recorder.replay.not_recorded", "message": problem, "status_code": http.StatusNotImplemented})
		w.Write(text)
	case s == nil:
		req.Body = io.NopCloser(strings.NewReader(string(body)))
		r.otherwise.ServeHTTP(w, req)
	case answer.Response.Status == http.StatusSwitchingProtocols:
		r.serveSocket(w, req, s, answer.Actor)
	case answer.Response.Status == 0:
		panic(http.ErrAbortHandler) // the recorded client had no answer either
	default:
		r.release(s)
		sendAnswer(w, answer)
	}
}

// sendAnswer sends a recorded answer. One that broke off when it was recorded, or of which
// only the beginning was kept, breaks off there again: nobody is to take it for the whole.
func sendAnswer(w http.ResponseWriter, ex *Exchange) {
	maps.Copy(w.Header(), ex.Response.Header)
	if ex.Response.Truncated {
		w.Header().Set("Content-Length", strconv.FormatInt(ex.Response.Size, 10))
	}
	w.WriteHeader(ex.Response.Status)
	w.Write(ex.Response.Body)
	if ex.Response.Truncated || ex.Err != "" && ex.Response.Get("id").String() != proxyProblem {
		http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler) // cuts the connection
	}
}

// mostReplayed is how large a request may be.
const mostReplayed = 64 << 20

// answer finds the step of a request and marks it as used. If there is none, the
// problem is why; without one the request is not for this replay. On is find's.
func (r *Replay) answer(request *Request, on int) (ex *Exchange, s *step, problem string) {
	shown, err := (&fixtureRules{}).unfoldRequest(request)
	if err != nil {
		return nil, nil, err.Error()
	}
	shown.add("size", numberValue(int64(len(request.Body))))
	r.mu.Lock()
	defer r.mu.Unlock()
	defer r.tellChanged()
	s, early := r.find(shown, on)
	switch {
	case s != nil:
		r.use(s)
		ex = r.values.fixture().fold(s.shown)
		if answer := &ex.Response; answer.Truncated && ex.Err == "" {
			r.problems = append(r.problems, fmt.Sprintf("%s is exchange %d, of whose answer only the first %d of %d bytes are in the fixture: it breaks off there", request.what(), s.number, len(answer.Body), answer.Size))
		}
		return ex, s, ""
	case early == nil && r.otherwise != nil && request.Method != "":
		return nil, nil, ""
	case early != nil:
		problem = r.tooEarly(request, early)
	default:
		problem = r.explain(request, shown)
	}
	r.problems = append(r.problems, problem)
	return nil, nil, problem
}

// explain says why a request has no answer: which recorded one comes nearest, and
// what is different. r.mu must be held.
func (r *Replay) explain(request *Request, shown *value) string {
	what := request.what()
	nearest, differences := r.nearest(shown)
	switch {
	case nearest == nil:
		return fmt.Sprintf("%s is not in the fixture, which has no request at all", what)
	case len(differences) == 0 && !nearest.used:
		return fmt.Sprintf("%s is in the fixture, but on another websocket (exchange %d)", what, nearest.number)
	case len(differences) == 0:
		return fmt.Sprintf("%s is in the fixture, but each time that it was recorded has been answered (last: exchange %d)", what, nearest.number)
	case r.order == inOrder && !nearest.used:
		return fmt.Sprintf("%s is not what comes next in the fixture: that is exchange %d, %s; %s", what, nearest.number, nearest, strings.Join(differences, "; "))
	}
	return fmt.Sprintf("%s is not in the fixture; exchange %d, %s, comes nearest: %s", what, nearest.number, nearest, strings.Join(differences, "; "))
}

// what is a request, or a client's websocket message, for people.
func (r *Request) what() string {
	if r.Method == "" {
		return "the websocket message " + clip(r.Text())
	}
	return r.Method + " " + clip(r.URL())
}

// nearest returns the step with the fewest differences from a request, if possible one
// that is not used, and in order the one that comes next. r.mu must be held.
func (r *Replay) nearest(request *value) (nearest *step, differences []string) {
	candidates := r.steps
	if next := r.upNext(); next != nil && r.order == inOrder {
		candidates = []*step{next}
	}
	for _, s := range candidates {
		d := r.values.differences(s.shown.get("request"), request)
		if nearest == nil || len(d) < len(differences) || len(d) == len(differences) && nearest.used && !s.used {
			nearest, differences = s, d
		}
	}
	return nearest, differences
}

// String is what was asked.
func (s *step) String() string { return whatIs(s.shown) }

// whatIs is what was asked or sent in an exchange of a fixture, for people.
func whatIs(shown *value) string {
	request := shown.get("request")
	if Kind(shown.string("kind")) != KindSocket {
		return strings.TrimSpace(request.string("method") + " " + clip(request.string("origin")+request.string("path")))
	}
	if event := eventOf(request); event != "" {
		return "the event " + event + " to " + orNone(shown.string("actor"))
	}
	for _, body := range []string{"json", "text"} {
		if at := request.get(body); at != nil {
			return "the websocket message " + clip(string(at.append(nil)))
		}
	}
	return "a websocket message"
}

// Close ends the connections of websocket clients, and takes no new ones.
func (r *Replay) Close() {
	r.mu.Lock()
	r.stop()
	r.mu.Unlock()
	r.running.Wait()
}

// Problems returns what was asked and is not in the fixture, in words.
func (r *Replay) Problems() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.problems)
}

// Unused returns the recorded requests that nobody has made, in words.
func (r *Replay) Unused() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	var unused []string
	for _, s := range r.steps {
		if !s.used {
			unused = append(unused, fmt.Sprintf("exchange %d, %s", s.number, s))
		}
	}
	return unused
}

// Value returns what a name of the fixture, without braces, stands for: what the
// client has sent in its place, or else its stand-in. It is what the code under test
// is configured with, as in Value("channel.dev").
func (r *Replay) Value(name string) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.values.value(name)
}
