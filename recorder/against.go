package recorder

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"net/url"
	"slices"
	"strings"
	"sync"
)

// Against holds a server, real or fake, against a fixture: it fails the test with each
// difference that [Fixture.Against] finds.
func Against(t TB, path, url string, options ...DriveOption) {
	t.Helper()
	f, err := Load(path)
	if err != nil {
		t.Fatalf("%v", err)
		return // where Fatalf ends nothing
	}
	found, err := f.Against(context.Background(), url, options...)
	if err != nil {
		t.Fatalf("recorder: holding %s against %s: %v", url, path, err)
		return
	}
	for _, d := range found.Differences {
		t.Errorf("recorder: %s: %s", path, d)
	}
	for _, d := range found.NotSent {
		t.Logf("recorder: %s: left out: %s", path, d)
	}
}

// Against sends what the clients of the session sent to the server at a URL, in the order
// of the fixture and one after the other, and compares what it answers with what is
// recorded. Websockets are opened where they were, what clients said on them is said
// again, and what the server sends on them is compared too. It does on the server
// what the session did: use none that matters.
//
// Of the answers, status, headers and body are compared, JSON by its values. A name of the
// fixture stands for what [Bind] says, and else for what the server tells in its place
// first, and for the same from then on. What clients send before the server has told it,
// such as their tokens and the users and channels that must be there already, has to be
// bound ([Fixture.Needed]): an [UnboundError] says what is missing before anything
// is sent. {host.site} is the host of the URL unless it is bound.
//
// A moment may be any other one, but those that are the same in one answer have to be so
// again. A moment that a client was the first to tell is the present when it is sent.
// Not compared are the headers Etag, If-None-Match and X-Ratelimit-…, of a websocket
// message its "seq", and bodies of which only the beginning was recorded.
//
// Messages on a websocket may come in another order than the recorded one, and at any time
// after what they stand behind; one that does not come (see [EventsWithin]) and one that
// is not recorded are differences.
//
// Requests that were recorded without an answer are not sent, nor are those that need what
// only an integration was told. What the server sends to integrations is not seen: have
// them there, if the session needs them.
func (f *Fixture) Against(ctx context.Context, url string, options ...DriveOption) (*Comparison, error) {
	a, err := newAgainst(f, url, options)
	if err != nil {
		return nil, err
	}
	if missing := a.unbound(); len(missing) > 0 {
		return nil, &UnboundError{missing}
	}
	return a.run(ctx)
}

// A Comparison is what [Fixture.Against] has found.
type Comparison struct {
	// Sent is how many requests and websocket messages were sent.
	Sent int
	// Differences are what the server has answered differently, in the order of the
	// fixture.
	Differences []Difference
	// NotSent are what was not sent, or not compared, and why.
	NotSent []Difference
}

// A Difference is about one exchange.
type Difference struct {
	// Exchange is the number of the exchange in the fixture, from 1; 0 for a websocket
	// message that is not in it.
	Exchange int
	// What was asked, as "POST /api/v4/posts/{post.1}/pin", or sent by the server, as
	// "the event posted to alice".
	What string
	// Parts say in words what is different, as "status is 200, recorded is 201", or why
	// it was not sent.
	Parts []string
}

// String is the difference on one line.
func (d Difference) String() string {
	what := d.What
	if d.Exchange > 0 {
		what = fmt.Sprintf("exchange %d, %s", d.Exchange, what)
	}
	return what + ": " + strings.Join(d.Parts, "; ")
}

// An UnboundError says which names have to be bound before a fixture can be sent.
type UnboundError struct{ Names []Unbound }

// An Unbound is a name whose value a client has to know.
type Unbound struct {
	// Name is the name without braces, as "channel.dev".
	Name string
	// Exchange is the number of the exchange that sends it first, and What is asked
	// there; Place is where in the request it stands, as "json.channel_id".
	Exchange    int
	What, Place string
}

func (e *UnboundError) Error() string {
	names := make([]string, len(e.Names))
	for i, u := range e.Names {
		names[i] = fmt.Sprintf("{%s} (exchange %d, %s, %s)", u.Name, u.Exchange, u.What, u.Place)
	}
	return "these names stand for what the server has to have and nobody tells: give them values with recorder.Bind: " + strings.Join(names, ", ")
}

// An against is one run of a fixture against a server.
type against struct {
	*driveOptions
	f       *Fixture
	server  string // its URL without a slash at the end
	values  *bindings
	sending []bool // by the exchange's index: whether it is to be sent
	plan    socketPlan
	sockets []*againstSocket
	deaf    []string      // those who were sent messages, but have no websocket here
	news    chan struct{} // something has come on one of them
	mu      sync.Mutex    // of what has come
	Comparison
}

func newAgainst(f *Fixture, server string, options []DriveOption) (*against, error) {
	u, err := url.Parse(server)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, fmt.Errorf("%q is no URL such as http://127.0.0.1:8065", server)
	}
	o, err := newDriveOptions(f, options)
	if err != nil {
		return nil, err
	}
	known := f.With(map[string]string{siteName: hostOf(u)}).With(o.bound)
	a := &against{
		driveOptions: o, f: f, server: strings.TrimRight(server, "/"), values: newBindings(known),
		sending: make([]bool, len(f.exchanges)), news: make(chan struct{}, 1), plan: f.planSockets(),
	}
	some := false
	for i, shown := range f.exchanges {
		a.sending[i] = Direction(shown.string("direction")) == In && meetsAll(f.foldRequest(shown), o.only)
		some = some || a.sending[i]
	}
	if !some {
		return nil, errors.New("it has no request of a client to send")
	}
	return a, nil
}

// unbound returns the names that clients send and nobody tells.
func (a *against) unbound() []Unbound {
	var missing []Unbound
	for _, n := range a.f.needed(func(i int) bool { return a.sending[i] }) {
		if _, bound := a.values.values[n.name]; !bound && !n.out {
			missing = append(missing, Unbound{n.name, n.index + 1, whatIs(a.f.exchanges[n.index]), n.place})
		}
	}
	return missing
}

func (a *against) run(ctx context.Context) (*Comparison, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer a.closeSockets()
	defer cancel()
	for i, shown := range a.f.exchanges {
		switch {
		case a.sending[i]:
			a.send(ctx, i, shown)
		case Kind(shown.string("kind")) == KindSocket && Direction(shown.string("direction")) == Out:
			a.expect(i, shown)
		}
		if ctx.Err() != nil {
			return nil, fmt.Errorf("it ended before exchange %d: %w", i+1, context.Cause(ctx))
		}
	}
	a.awaitAll(ctx)
	if ctx.Err() != nil {
		return nil, fmt.Errorf("it ended before all websocket messages had come: %w", context.Cause(ctx))
	}
	slices.SortStableFunc(a.Differences, func(x, y Difference) int { return cmp.Compare(orLast(x.Exchange), orLast(y.Exchange)) })
	return &a.Comparison, nil
}

// orLast sorts what is in no exchange behind all that are.
func orLast(exchange int) int { return cmp.Or(exchange, math.MaxInt) }

// differ notes how an exchange is different, if it is.
func (a *against) differ(i int, parts ...string) {
	if len(parts) > 0 {
		a.Differences = append(a.Differences, Difference{i + 1, whatIs(a.f.exchanges[i]), parts})
	}
}

func (a *against) notSent(i int, why string) {
	a.NotSent = append(a.NotSent, Difference{i + 1, whatIs(a.f.exchanges[i]), []string{why}})
}
