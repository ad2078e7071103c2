package mmfake

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/faults"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// A Fault is something that Fail makes go wrong, or says when it does.
type Fault func(*failing)

// A failing is a fault as it is put together.
type failing struct {
	faults.Fault
	about    *Actor // whom alone it strikes
	words    []string
	problems []error
}

// Fail makes the server do wrong to the exchanges that meet a condition:
//
//	mm.Fail(recorder.Route("POST /api/v4/posts"), mmfake.Status(503), mmfake.Times(2))
//
// The exchanges are the requests of clients, the requests that the server makes to
// integrations (of recorder.KindCallback), and the events on their way to websocket
// clients (of recorder.KindSocket and going recorder.Out). What an actor does through
// the test is never struck, but the request to an integration may be that follows
// from it: the integration is then slow, down or wrong, as the server sees it.
//
//	mm.Fail(recorder.Route("POST http://deploybot.test/command"), mmfake.Delay(time.Minute))
//
// The condition is judged on the request, before there is an answer. It must not call
// the server. An exchange is struck by one fault, the first of those that were made;
// what it did stands in the exchange's Fault.
//
// Several things may go wrong at once, such as a delay and an error. Without
// [Times], [After], [Every] and [For] each exchange that meets the condition is
// struck, until undo is called. A condition that can never be met, a fault
// without an effect, and two that shut each other out end the test. A test that fails has
// in its log which faults have met nothing.
func (s *Server) Fail(match recorder.Match, what ...Fault) (undo func()) {
	s.t.Helper()
	s.notClosed()
	f := &failing{}
	f.Match = match
	for _, set := range what {
		if f.wants(set != nil, "one of the faults is nil"); set != nil {
			set(f)
		}
	}
	if f.about != nil {
		s.knows(f.about)
		f.User = f.about.Username
	}
	err := errors.Join(append(f.problems, judgeable(match))...)
	if err == nil && !f.Some() {
		err = errors.New("it does not say what goes wrong: give mmfake.Status, mmfake.Delay, mmfake.DropEvent or the like")
	}
	if err == nil {
		err = f.Contradiction()
	}
	s.check(err, "making a fault")
	f.Words = strings.Join(f.words, ", ")
	undo = s.faults.Add(&f.Fault)
	if s.t != (noTest{}) {
		s.mu.Lock()
		s.failing = append(s.failing, &f.Fault)
		s.mu.Unlock()
	}
	if s != s.root {
		s.t.Cleanup(undo)
	}
	return undo
}

// logIdleFaults says which faults have met nothing: their conditions may be wrong.
func (s *Server) logIdleFaults() {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.failing {
		if !f.HasMet() {
			s.log.printf("nothing has met the condition of the fault %q: %s", f.Words, f.Match.Want)
		}
	}
}

// judgeable says why a condition can never be met by what a fault may strike.
func judgeable(match recorder.Match) error {
	switch {
	case recorder.Check(match) != nil:
		return recorder.Check(match)
	case recorder.NeedsAnswer(match):
		return fmt.Errorf("the condition %q is about the answer, and there is none yet when a fault strikes: name the request", match.Want)
	case slices.Contains(match.About, any(recorder.KindActor)):
		return fmt.Errorf("the condition %q is about what actors do, which is never struck", match.Want)
	}
	return nil
}

func (f *failing) says(format string, args ...any) {
	f.words = append(f.words, fmt.Sprintf(format, args...))
}

// wants notes what is wrong with how the fault is put together.
func (f *failing) wants(ok bool, format string, args ...any) {
	if !ok {
		f.problems = append(f.problems, fmt.Errorf(format, args...))
	}
}

// Status answers a request with an error of that HTTP status, from 200 to 599, and
// does not carry it out: an integration does not get it. The error's id is
// "mmfake.fault", unless there is [Error] too.
func Status(code int) Fault {
	return func(f *failing) {
		f.wants(code >= 200 && code <= 599, "mmfake.Status(%d) is no status of an answer: give one from 200 to 599", code)
		f.Status = code
		f.says("status %d", code)
	}
}

// Error answers a request with an error of that id, such as
// "api.context.permissions.app_error", and does not carry it out. The status is 500,
// unless there is [Status] too.
func Error(id string) Fault {
	return func(f *failing) {
		f.wants(id != "", "mmfake.Error needs an error's id")
		if f.Status == 0 {
			f.Status = http.StatusInternalServerError
		}
		f.ErrorID = id
		f.says("error %s", id)
	}
}

// Delay lets a request wait before it is carried out, or before what else goes
// wrong. The time that an integration has to answer is that much shorter.
func Delay(d time.Duration) Fault {
	return func(f *failing) {
		f.wants(d > 0, "mmfake.Delay(%v) delays nothing: give more than zero", d)
		f.Delay = d
		f.says("delay of %v", d)
	}
}

// Hang neither carries a request out nor answers it, until the client gives up or
// the server is closed. For a request to an integration the client is the server,
// which gives up after thirty seconds; see [IntegrationTimeout].
func Hang() Fault { return func(f *failing) { f.Hang = true; f.says("no answer") } }

// Reset cuts the connection off in place of an answer, as if it had been reset; the
// request is not carried out. It does the same to the connection of an event. Go's HTTP
// client sends a GET once more by itself, where it has used the connection before.
func Reset() Fault { return func(f *failing) { f.Reset = true; f.says("connection reset") } }

// Truncate carries a request out, and lets its answer break off after n bytes of its
// body, short of what Content-Length says.
func Truncate(n int) Fault {
	return func(f *failing) {
		f.wants(n >= 0, "mmfake.Truncate(%d): an answer has no fewer than 0 bytes", n)
		f.Truncate = faults.Cut{On: true, At: n}
		f.says("answer cut after %d bytes", n)
	}
}

// Malformed carries a request out, and answers with a body that is not JSON: the
// first half of the right one, and some HTML.
func Malformed() Fault { return func(f *failing) { f.Malformed = true; f.says("malformed answer") } }

// SlowBody carries a request out, and takes that long for the body of its answer,
// which comes in pieces.
func SlowBody(d time.Duration) Fault {
	return func(f *failing) {
		f.wants(d > 0, "mmfake.SlowBody(%v) slows nothing: give more than zero", d)
		f.Slow = d
		f.says("body in %v", d)
	}
}

// RateLimit lets n requests through in a time, and refuses more as a real server
// does: with status 429, a body in plain text and Retry-After (facts 1.9). All
// answers have the headers that tell how many are left. What is used up comes back
// one by one, each after per/n.
func RateLimit(n int, per time.Duration) Fault {
	return func(f *failing) {
		f.wants(n > 0 && per >= time.Duration(n), "mmfake.RateLimit(%d, %v) lets nothing through: give both more than zero", n, per)
		f.Rate = faults.NewRate(max(n, 1), per)
		f.says("rate limit of %d in %v", n, per)
	}
}

// RefuseUpgrade refuses websocket handshakes, with status 400 and the real server's
// error of handshakes that are none. Other requests are not struck.
func RefuseUpgrade() Fault {
	return func(f *failing) { f.RefuseUpgrade = true; f.says("websocket refused") }
}

// DropEvent loses an event on its way to a websocket client, whose next event has
// the number after the lost one's.
func DropEvent() Fault { return func(f *failing) { f.DropEvent = true; f.says("event dropped") } }

// DuplicateEvent sends an event twice, with the same number.
func DuplicateEvent() Fault {
	return func(f *failing) { f.DuplicateEvent = true; f.says("event sent twice") }
}

// DelayEvent sends an event that much later. What follows it on the same connection
// waits too.
func DelayEvent(d time.Duration) Fault {
	return func(f *failing) {
		f.wants(d > 0, "mmfake.DelayEvent(%v) delays nothing: give more than zero", d)
		f.DelayEvent = d
		f.says("event delayed by %v", d)
	}
}

// Close closes the websocket connection with a code, such as 1001, in place of an
// event.
func Close(code int) Fault {
	return func(f *failing) {
		sendable := code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006 || code >= 3000 && code <= 4999
		f.wants(sendable, "mmfake.Close(%d) is no code that a close frame has: give one such as 1001 or 1011, or mmfake.Reset for a connection that just breaks", code)
		f.CloseCode = code
		f.says("websocket closed with %d", code)
	}
}

// Times strikes no more than n exchanges.
func Times(n int) Fault {
	return func(f *failing) {
		f.wants(n > 0, "mmfake.Times(%d) strikes nothing: give 1 or more", n)
		f.Times = n
	}
}

// After lets the first n exchanges that meet the condition pass.
func After(n int) Fault {
	return func(f *failing) {
		f.wants(n >= 0, "mmfake.After(%d): give 0 or more", n)
		f.After = n
	}
}

// Every strikes the first, and then every n-th exchange that meets the condition.
func Every(n int) Fault {
	return func(f *failing) {
		f.wants(n > 0, "mmfake.Every(%d): give 1 or more", n)
		f.Every = n
	}
}

// For strikes only the requests of a user or bot, and the events to him.
func For(who *Actor) Fault {
	return func(f *failing) {
		f.wants(who != nil, "mmfake.For needs a user: it got nil")
		f.about = who
	}
}
