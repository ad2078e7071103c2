package recorder_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// A server makes sessions up: requests one after the other, and what each of them has
// the websockets told.
type server struct {
	*rand.Rand
	now   int64
	conns []*listener
	steps []*happening

	channel, user, other string
	posts                []string
	post                 int              // which one the request is about
	moments              map[string]int64 // of the posts
	typed                int
}

type listener struct {
	number int64
	user   string
	seq    int
}

// A happening is a request, and the messages that it causes.
type happening struct {
	ex       *recorder.Exchange
	post     int // which one it is about, if it is about one
	messages []*event
}

// An event is a message on one connection. It is seen at most so many steps late.
type event struct {
	ex     *recorder.Exchange
	cause  int
	latest int // the last step that may have begun when it is seen
	seen   int // as a proxy sees it
}

const never = 1 << 30

func (s *server) id() string {
	const alphabet = "ybndrfg8ejkmcpqxot1uwisza345h769"
	id := make([]byte, 26)
	for i := range id {
		id[i] = alphabet[s.IntN(32)]
	}
	id[0] = '1' + byte(s.IntN(9))
	return string(id)
}

func (s *server) tick() int64 {
	s.now += 1 + s.Int64N(50)
	return s.now
}

// does adds a request.
func (s *server) does(kind recorder.Kind, method, path, asked, answered string) *recorder.Exchange {
	ex := &recorder.Exchange{
		Kind: kind, Direction: recorder.In, Request: recorder.Request{Method: method, Path: path, Message: jsonMessage(asked)},
		Response: recorder.Response{Status: 200, Message: jsonMessage(answered)},
	}
	s.steps = append(s.steps, &happening{ex: ex})
	return ex
}

// tells has all connections, save one, told of something. With own, each is told something
// of its own besides.
func (s *server) tells(latest int, own bool, save int64, format string, args ...any) {
	for _, c := range s.conns {
		if c.number == save {
			continue
		}
		text := fmt.Sprintf(format, args...)
		if own {
			text += fmt.Sprintf(`,"mine":%q`, c.user)
		}
		s.tell(c, latest, text)
	}
}

func (s *server) tell(c *listener, latest int, fields string) {
	c.seq++
	body := fmt.Sprintf(`{%s,"seq":%d}`, fields, c.seq)
	here := s.steps[len(s.steps)-1]
	here.messages = append(here.messages, &event{cause: len(s.steps) - 1, latest: latest, ex: &recorder.Exchange{
		Kind: recorder.KindSocket, Direction: recorder.Out, Connection: c.number, Actor: c.user,
		Request: recorder.Request{Path: "/api/v4/websocket", Message: recorder.Message{Body: []byte(body)}},
	}})
}

func (s *server) connects(user, id string) {
	ex := s.does(recorder.KindAPI, "GET", "/api/v4/websocket", "", "")
	c := &listener{number: int64(len(s.conns) + 1), user: user}
	ex.Connection, ex.Actor, ex.Response = c.number, user, recorder.Response{Status: http.StatusSwitchingProtocols}
	s.conns = append(s.conns, c)
	s.tell(c, greeting, fmt.Sprintf(`"event":"hello","data":{"connection_id":%q},"broadcast":{"user_id":%q}`, s.id(), id))
	s.tell(c, unrelated, fmt.Sprintf(`"event":"status_change","data":{"status":"online","user_id":%q}`, id))
}

// alone is the mark of an event that its client waits for before anything is changed
// again, because it tells of no time of its own.
const alone = -1

// news is the mark of an event that one client waits for before a request is made that
// tells of no time or is about the same post, because its cause told of no time either.
const news = -2

// unrelated is the mark of an event that has nothing new: its client may do what it likes
// meanwhile, but for a request that names the user.
const unrelated = -3

// greeting is the mark of the event that comes before its client says anything.
const greeting = -4

func (s *server) step() {
	own := s.IntN(2) == 0
	switch kind := s.IntN(10); {
	case kind < 2 || len(s.posts) == 0:
		p, at := s.creates()
		s.does(recorder.KindAPI, "POST", "/api/v4/posts", fmt.Sprintf(`{"channel_id":%q}`, s.channel), fmt.Sprintf(`{"id":%q,"create_at":%d,"user_id":%q}`, p, at, s.user))
		s.tells(never, own, 0, `"event":"posted","data":{"post":%q}`, fmt.Sprintf(`{"id":%q,"create_at":%d}`, p, at))
	case kind == 2: // by a webhook
		p, at := s.creates()
		s.does(recorder.KindWebhook, "POST", "/hooks/7csyxx3e1fghxgpj5yf4i4qxwy", `{"text":"x"}`, `"ok"`)
		s.tells(news, own, 0, `"event":"posted","data":{"post":%q}`, fmt.Sprintf(`{"id":%q,"create_at":%d}`, p, at))
	case kind == 3: // edited
		p, at := s.one(), s.tick()
		s.does(recorder.KindAPI, "PUT", "/api/v4/posts/"+p+"/patch", `{"message":"y"}`, fmt.Sprintf(`{"id":%q,"create_at":%d,"update_at":%d}`, p, s.moments[p], at))
		s.tells(never, own, 0, `"event":"post_edited","data":{"post":%q}`, fmt.Sprintf(`{"id":%q,"create_at":%d,"update_at":%d}`, p, s.moments[p], at))
	case kind == 4: // deleted
		p, at := s.one(), s.tick()
		s.does(recorder.KindAPI, "DELETE", "/api/v4/posts/"+p, "", `{"status":"OK"}`)
		s.tells(news, own, 0, `"event":"post_deleted","data":{"post":%q}`, fmt.Sprintf(`{"id":%q,"create_at":%d,"delete_at":%d}`, p, s.moments[p], at))
	case kind == 5: // no longer liked
		p := s.one()
		s.does(recorder.KindAPI, "DELETE", "/api/v4/users/me/posts/"+p+"/reactions/ok", "", `{"status":"OK"}`)
		s.tells(alone, own, 0, `"event":"reaction_removed","data":{"post_id":%q,"create_at":%d}`, p, s.moments[p])
	case kind == 6: // typing
		c := s.conns[s.IntN(len(s.conns))]
		ex := s.does(recorder.KindSocket, "", "/api/v4/websocket", fmt.Sprintf(`{"action":"user_typing","data":{"channel_id":%q},"seq":%d}`, s.channel, s.typed), "")
		s.typed++
		ex.Connection, ex.Actor, ex.Response = c.number, c.user, recorder.Response{}
		s.tells(alone, false, c.number, `"event":"typing","data":{"channel_id":%q,"user_id":%q}`, s.channel, s.idOf(c.user))
		s.tell(c, alone, `"status":"OK","seq_reply":2`)
	case kind == 7: // a slash command
		trigger := s.id()
		p, at := s.creates()
		s.does(recorder.KindAPI, "POST", "/api/v4/commands/execute", fmt.Sprintf(`{"channel_id":%q}`, s.channel), fmt.Sprintf(`{"trigger_id":%q}`, trigger))
		call := s.does(recorder.KindCallback, "POST", "/command", fmt.Sprintf(`{"trigger_id":%q,"channel_id":%q,"user_id":%q}`, trigger, s.channel, s.user), `{"text":"x"}`)
		call.Direction = recorder.Out
		s.tells(news, own, 0, `"event":"posted","data":{"post":%q}`, fmt.Sprintf(`{"id":%q,"create_at":%d,"user_id":%q}`, p, at, s.user))
	default:
		p := s.posts[len(s.posts)-1]
		path, answer := "/api/v4/users/"+s.other, fmt.Sprintf(`{"id":%q,"create_at":%d}`, s.other, s.moments[s.other])
		if s.IntN(2) == 0 {
			path, answer = "/api/v4/channels/"+s.channel+"/posts", fmt.Sprintf(`{"order":[%q],"posts":{%[1]q:{"id":%[1]q,"create_at":%d}}}`, p, s.moments[p])
		}
		s.does(recorder.KindAPI, "GET", path, "", answer)
	}
}

func (s *server) idOf(user string) string {
	if user == "bob" {
		return s.other
	}
	return s.user
}

// one is the post that the request is about.
func (s *server) one() string { return s.posts[s.post] }

// creates is a new one.
func (s *server) creates() (id string, at int64) {
	id, at = s.id(), s.tick()
	s.post = len(s.posts)
	s.posts = append(s.posts, id)
	s.moments[id] = at
	return id, at
}

// aServersSession makes a session of so many requests up.
func aServersSession(seed uint64, requests int) *server {
	s := &server{Rand: rand.New(rand.NewPCG(seed, 66)), now: 1763886000123, moments: map[string]int64{}}
	s.channel, s.user, s.other = s.id(), s.id(), s.id()
	s.moments[s.other] = s.tick()
	s.does(recorder.KindAPI, "POST", "/api/v4/users/login", `{"login_id":"alice"}`, fmt.Sprintf(`{"id":%q,"username":"alice","create_at":%d}`, s.user, s.tick()))
	s.connects("alice", s.user)
	s.connects("bob", s.other)
	for range requests {
		if s.IntN(12) == 0 {
			s.connects("alice", s.user)
		}
		s.post = s.IntN(max(len(s.posts), 1))
		s.step()
		s.steps[len(s.steps)-1].post = s.post
	}
	return s
}

// inside is the session as the server records it: an event while it answers the request.
func (s *server) inside() []*recorder.Exchange {
	return s.record(func(e *event) int { return e.cause })
}

// outside is the session as a proxy records it: events come late.
func (s *server) outside() []*recorder.Exchange {
	for i, h := range s.steps {
		patient := -1
		if len(h.messages) > 0 {
			patient = s.IntN(len(h.messages))
		}
		for j, e := range h.messages {
			latest := e.latest
			switch {
			case latest == alone:
				latest = s.nextChange(i, false) - 1
			case latest == news && j == patient:
				latest = min(s.nextChange(i, true), s.nextOf(i, s.posts[h.post])) - 1
			case latest == unrelated:
				latest = s.nextOf(i, s.idOf(e.ex.Actor)) - 1
			case latest == greeting:
				latest = s.nextOn(i, e.ex.Connection) - 1
			case latest < 0:
				latest = never
			}
			e.seen = min(i+s.IntN(6), latest, len(s.steps)-1)
		}
		for _, e := range h.messages { // nobody is told before the client that waits
			if e.latest == news {
				e.seen = max(e.seen, h.messages[patient].seen)
			}
		}
	}
	s.inOrder()
	return s.record(func(e *event) int { return e.seen })
}

// nextChange is the next step that changes something; with untold, and tells of no time.
func (s *server) nextChange(after int, untold bool) int {
	for i := after + 1; i < len(s.steps); i++ {
		ex := s.steps[i].ex
		if ex.Request.Method == "GET" && ex.Response.Status == 200 {
			continue
		}
		if !untold || !strings.Contains(ex.Response.Text(), "_at") {
			return i
		}
	}
	return len(s.steps)
}

// nextOf is the next step whose request names an id.
func (s *server) nextOf(after int, id string) int {
	for i := after + 1; i < len(s.steps); i++ {
		if r := &s.steps[i].ex.Request; strings.Contains(r.Path+r.Text(), id) {
			return i
		}
	}
	return len(s.steps)
}

// nextOn is the next message of a connection's client.
func (s *server) nextOn(after int, connection int64) int {
	for i := after + 1; i < len(s.steps); i++ {
		if s.steps[i].ex.Connection == connection {
			return i
		}
	}
	return len(s.steps)
}

// inOrder has each connection see its messages in their order.
func (s *server) inOrder() {
	next := map[int64]int{}
	for _, h := range slices.Backward(s.steps) {
		for _, e := range slices.Backward(h.messages) {
			if later, ok := next[e.ex.Connection]; ok {
				e.seen = min(e.seen, later)
			}
			next[e.ex.Connection] = e.seen
		}
	}
}

// record returns the exchanges as a journal holds them in which each message is seen
// after the step that at says, those of several connections in any order.
func (s *server) record(at func(*event) int) []*recorder.Exchange {
	seen := map[int]map[int64][]*event{}
	for _, h := range s.steps {
		for _, e := range h.messages {
			if seen[at(e)] == nil {
				seen[at(e)] = map[int64][]*event{}
			}
			seen[at(e)][e.ex.Connection] = append(seen[at(e)][e.ex.Connection], e)
		}
	}
	journal := recorder.NewJournal(recorder.Limits{})
	for i, h := range s.steps {
		step := *h.ex
		step.Began = journal.Begin()
		for queues := seen[i]; len(queues) > 0; {
			for connection, queue := range queues { // in any order
				message := *queue[0].ex
				journal.Append(&message)
				if queues[connection] = queue[1:]; len(queue) == 1 {
					delete(queues, connection)
				}
				break
			}
		}
		journal.Append(&step)
	}
	return journal.All()
}

// order is what a fixture has behind what, by the methods and paths of requests and the
// events and numbers of messages.
func order(t *testing.T, f *recorder.Fixture) []string {
	t.Helper()
	var lines []string
	for _, ex := range f.Exchanges() {
		lines = append(lines, line(t, ex))
	}
	return lines
}

func line(t *testing.T, ex *recorder.Exchange) string {
	t.Helper()
	if ex.Kind != recorder.KindSocket || ex.Direction == recorder.In {
		return ex.Request.Method + " " + regexp.MustCompile(`[a-z0-9]{26}`).ReplaceAllString(ex.Request.Path, "…")
	}
	var message struct {
		Event string
		Seq   int
	}
	require.NoError(t, json.Unmarshal(ex.Request.Body, &message))
	return fmt.Sprintf("  %s %s %d", ex.Actor, message.Event, message.Seq)
}

func TestASessionIsTheSameFixtureWhoeverHasRecordedIt(t *testing.T) {
	for seed := range uint64(100) {
		s := aServersSession(seed, 4+int(seed%30))
		inside, err := recorder.NewFixture(s.inside(), plain)
		require.NoError(t, err, "seed %d", seed)
		outside, err := recorder.NewFixture(s.outside(), plain)
		require.NoError(t, err, "seed %d", seed)

		var causes []string
		for _, h := range s.steps {
			causes = append(causes, line(t, h.ex))
			slices.SortStableFunc(h.messages, func(a, b *event) int { return int(a.ex.Connection - b.ex.Connection) })
			for _, e := range h.messages {
				causes = append(causes, line(t, e.ex))
			}
		}
		require.Equal(t, causes, order(t, inside), "seed %d: each message stands behind its cause", seed)
		require.Equal(t, causes, order(t, outside), "seed %d: and so it does when it was seen late", seed)
		require.Equal(t, string(inside.Bytes()), string(outside.Bytes()), "seed %d", seed)
	}
}

func TestExchangesOfNoJournalKeepTheirOrder(t *testing.T) {
	s := aServersSession(1, 20)
	var given []*recorder.Exchange
	for _, ex := range s.inside() {
		copied := *ex
		copied.Began = 0
		given = append(given, &copied)
	}
	f, err := recorder.NewFixture(given, plain)
	require.NoError(t, err)
	for i, ex := range f.Exchanges() {
		assert.Equal(t, line(t, given[i]), line(t, ex))
	}
}

func TestNewsThatNoRequestHasCausedStaysWhereItCame(t *testing.T) {
	s := aServersSession(1, 0)
	p, at := s.creates()
	s.does(recorder.KindAPI, "GET", "/api/v4/users/me", "", `{"username":"alice"}`)
	s.does(recorder.KindAPI, "GET", "/api/v4/channels/"+s.channel, "", `{"name":"dev"}`)
	s.tells(never, false, 0, `"event":"posted","data":{"post":%q}`, fmt.Sprintf(`{"id":%q,"create_at":%d}`, p, at))
	f, err := recorder.NewFixture(s.inside(), plain)
	require.NoError(t, err)
	assert.Equal(t, []string{"GET /api/v4/users/me", "GET /api/v4/channels/…", "  alice posted 3", "  bob posted 3"}, order(t, f)[7:])
}
