// Package outgoing makes the requests that a Mattermost server makes of its own:
// to the integrations behind slash commands, buttons, dialogs and outgoing
// webhooks. The world decides what to ask and what follows from the answer; this
// package sends it, within limits, and writes it into the journal.
package outgoing

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/faults"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// Options say how a Client differs from the usual one.
type Options struct {
	// Timeout is how long an integration may take to answer, its whole answer
	// included. 0 means the world's OutgoingTimeout, which is 30 seconds.
	Timeout time.Duration
	// AllowPublic lets requests go to public addresses, and not only to mounted
	// handlers and to loopback and private ones.
	AllowPublic bool
	// Faults are what goes wrong with the requests on purpose; nil for none.
	Faults *faults.Set
	// Logf is told of panics of mounted handlers, with their stacks; nil is nobody.
	Logf func(format string, args ...any)
}

// A Client makes the requests of one server. Its methods may be called from
// several goroutines at once, and not while the world is locked.
type Client struct {
	world   *world.World
	journal *recorder.Journal
	options Options
	mounts  mounts

	firings atomic.Int64 // requests of outgoing webhooks under way

	mu      sync.Mutex
	closed  bool                       // guarded by mu
	network *http.Transport            // guarded by mu; see transport
	running map[*world.Callback]string // what is being asked, as "POST http://bot.test/x", "" once it is answered; guarded by mu
	later   map[*world.Later]string    // commands whose effect is to come; guarded by mu
	idle    chan struct{}              // see Idle; guarded by mu
	failed  []string                   // see Unanswered; guarded by mu
	work    sync.WaitGroup             // calls and handlers under way; Add with mu held
	ctx     context.Context            // of all work, ends with Close; made with the first work, and never changed
	stop    context.CancelCauseFunc    // of ctx
}

// New makes a client that is to be closed.
func New(w *world.World, journal *recorder.Journal, options Options) *Client {
	c := &Client{world: w, journal: journal, options: options}
	w.OnFiring(c.fire)
	return c
}

// errClosed is why a call ends when the client is closed.
var errClosed = errors.New("the fake was closed before the integration had answered")

// Call makes a request, hands what came of it to finish, and returns the
// exchange of it. Redirects are followed as Go's client follows them; each of
// the requests is an exchange in the journal by the time that Call returns, the
// last one with what finish says has followed. finish may be nil.
//
// A request ends with its answer, with the limit of time, or with Close: not
// when the client that caused it has gone.
func (c *Client) Call(cb *world.Callback, finish func(*world.CallbackAnswer) []string) *recorder.Exchange {
	return c.run(cb, c.begin(cb), finish)
}

// run does what Call says for a request that begin took, or refused with an error.
// In the second case it leaves the world alone, which may be locked then.
func (c *Client) run(cb *world.Callback, refused error, finish func(*world.CallbackAnswer) []string) *recorder.Exchange {
	t := &trip{client: c, actor: cb.Actor}
	answer := &world.CallbackAnswer{Err: refused}
	if refused == nil {
		defer c.end(cb)
		limit := c.timeout()
		ctx, cancel := context.WithTimeoutCause(c.ctx, limit, tooLate(limit))
		defer cancel()
		answer = t.do(ctx, cb)
		c.answered(cb)
	}
	last := t.last(cb)
	if answer.Err != nil {
		last.Err = answer.Err.Error()
		if !t.struck {
			c.note(cb, answer.Err)
		}
	}
	if finish != nil {
		last.Followed = finish(answer)
	}
	c.journal.Append(last)
	return last
}

func (c *Client) timeout() time.Duration {
	if c.options.Timeout > 0 {
		return c.options.Timeout
	}
	return time.Duration(c.world.Config().OutgoingTimeout) * time.Second
}

// tooLate is why a call ends that takes longer than it may.
type tooLate time.Duration

func (t tooLate) Error() string {
	return fmt.Sprintf("the integration did not answer within %v", time.Duration(t))
}

const mostUnanswered = 100 // kept of them: enough to tell a test what went wrong

// note keeps a call that no integration has answered.
func (c *Client) note(cb *world.Callback, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.failed) < mostUnanswered && !errors.Is(err, errClosed) {
		c.failed = append(c.failed, fmt.Sprintf("%s %s: %v", cb.Method, cb.URL, err))
	}
}

// Unanswered returns the first calls that an integration did not answer in full, or
// not in time, each with why. Those that Close cuts off, or that a fault struck, are
// not among them.
func (c *Client) Unanswered() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.failed)
}

// begin counts a call among those that Close cuts off.
func (c *Client) begin(cb *world.Callback) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return errClosed
	}
	if c.running == nil {
		c.running = map[*world.Callback]string{}
	}
	c.running[cb] = cb.Method + " " + cb.URL
	c.addWork()
	return nil
}

// addWork counts work that Close ends and waits for. c.mu is held.
func (c *Client) addWork() {
	if c.ctx == nil {
		c.ctx, c.stop = context.WithCancelCause(context.Background())
	}
	c.work.Add(1)
}

// answered notes that only what follows from a call is left to do: Close does not
// cut it off.
func (c *Client) answered(cb *world.Callback) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.running[cb] = ""
}

func (c *Client) end(cb *world.Callback) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.running, cb)
	c.tellIdle()
	c.work.Done()
}

// tellIdle wakes those who wait for nothing to be under way. c.mu is held.
func (c *Client) tellIdle() {
	if len(c.running)+len(c.later) == 0 && c.idle != nil {
		close(c.idle)
		c.idle = nil
	}
}

// Idle is closed once no integration is being asked, and no effect of a command is to
// come.
func (c *Client) Idle() <-chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	idle := c.idle
	if idle == nil {
		idle = make(chan struct{})
	}
	c.idle = idle
	c.tellIdle()
	return idle
}

// InFlight returns the requests that wait for an integration's answer, as
// "POST http://bot.test/command", and the commands whose effect is to come, as
// "/echo hello 10".
func (c *Client) InFlight() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Concat(c.unanswered(), slices.Sorted(maps.Values(c.later)))
}

// unanswered are the requests among what is in flight. c.mu is held.
func (c *Client) unanswered() []string {
	if len(c.running) == 0 {
		return nil
	}
	list := slices.Sorted(maps.Values(c.running))
	return slices.DeleteFunc(list, func(request string) bool { return request == "" })
}

// closeGrace is how long Close waits for handlers to notice that nobody wants
// their answer any more.
const closeGrace = time.Second

// Close ends every request that is under way and returns them, as
// "POST http://bot.test/command". Later ones fail.
func (c *Client) Close() []string {
	c.mu.Lock()
	c.closed = true
	cutOff := c.unanswered()
	stop := c.stop
	c.mu.Unlock()
	if stop != nil {
		stop(errClosed)
		c.awaitWork()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.network != nil {
		c.network.CloseIdleConnections()
	}
	return cutOff
}

// awaitWork waits for calls and handlers to end. A handler that never looks at its
// context cannot be ended.
func (c *Client) awaitWork() {
	ended := make(chan struct{})
	go func() { c.work.Wait(); close(ended) }()
	select {
	case <-ended:
	case <-time.After(closeGrace):
	}
}

// transport is the way to integrations that listen on a port, made when the first
// of them is asked: most servers never do.
func (c *Client) transport() *http.Transport {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.network == nil {
		c.network = newNetwork(c.options.AllowPublic)
	}
	return c.network
}

// A trip is one call with its redirects: the http.RoundTripper that sends each of
// its requests and keeps what was sent.
type trip struct {
	client *Client
	actor  string
	hop    *recorder.Exchange // the latest request
	start  time.Time
	struck bool // by a fault
}

// do makes the requests and reads the final answer.
func (t *trip) do(ctx context.Context, cb *world.Callback) *world.CallbackAnswer {
	req, err := http.NewRequestWithContext(ctx, cb.Method, cb.URL, bytes.NewReader(cb.Body))
	if err != nil {
		return &world.CallbackAnswer{Err: fmt.Errorf("the integration's URL is none: %w", err)}
	}
	if req.URL.Host == "" {
		return &world.CallbackAnswer{Err: fmt.Errorf("the integration's URL %s has no host, and the fake has no plugins: give a whole URL", cb.URL)}
	}
	req.Header = cb.Header.Clone()
	client := http.Client{Transport: t}
	resp, err := client.Do(req)
	if err != nil {
		return &world.CallbackAnswer{Err: explain(ctx, err)}
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, world.MostAnswer))
	t.hop.Response.Body = body
	t.hop.Duration = time.Since(t.start)
	if err != nil {
		err = explain(ctx, fmt.Errorf("its answer broke off: %w", err))
	}
	return &world.CallbackAnswer{Status: resp.StatusCode, ContentType: resp.Header.Get("Content-Type"), Body: body, Err: err}
}

// explain says why there is no answer.
func explain(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if wrapped, ok := errors.AsType[*url.Error](err); ok {
		err = wrapped.Err
	}
	return fmt.Errorf("the integration did not answer: %w", err)
}

// RoundTrip sends one request: to a mounted handler, or over the network. That
// there is another one means that the one before was answered by a redirect.
func (t *trip) RoundTrip(req *http.Request) (*http.Response, error) {
	if t.hop != nil {
		t.client.journal.Append(t.hop)
	}
	t.start = time.Now()
	t.hop = t.exchange(req)
	resp, err := t.pass(req)
	t.hop.Duration = time.Since(t.start)
	if err == nil {
		t.hop.Response.Status, t.hop.Response.Header = resp.StatusCode, resp.Header
	}
	return resp, err
}

func (t *trip) send(req *http.Request) (*http.Response, error) {
	if h := t.client.mounts.find(req.URL); h != nil {
		return t.client.serve(h, req)
	}
	resp, err := t.client.transport().RoundTrip(req)
	if _, unknown := errors.AsType[*net.DNSError](err); unknown {
		err = fmt.Errorf("%w, and no handler is mounted there with mmfake.Server.Mount (%s)", err, t.client.mounts.where())
	}
	return resp, err
}

// exchange is a request as the journal holds it.
func (t *trip) exchange(req *http.Request) *recorder.Exchange {
	ex := &recorder.Exchange{
		Kind: recorder.KindCallback, Direction: recorder.Out, Began: t.client.journal.Begin(), Actor: t.actor, Time: t.start,
		Request: recorder.Request{
			Method: req.Method, Origin: req.URL.Scheme + "://" + req.URL.Host, Path: req.URL.Path, Query: req.URL.RawQuery,
			Message: recorder.Message{Header: req.Header.Clone()},
		},
	}
	if req.GetBody != nil {
		if body, err := req.GetBody(); err == nil {
			ex.Request.Body, _ = io.ReadAll(body) // from memory
		}
	}
	return ex
}

// last is the exchange of the final request, also where it was never sent.
func (t *trip) last(cb *world.Callback) *recorder.Exchange {
	if t.hop != nil {
		return t.hop
	}
	ex := &recorder.Exchange{
		Kind: recorder.KindCallback, Direction: recorder.Out, Actor: cb.Actor, Time: time.Now(),
		Request: recorder.Request{Method: cb.Method, Path: cb.URL, Message: recorder.Message{Header: cb.Header.Clone(), Body: cb.Body}},
	}
	if u, err := url.Parse(cb.URL); err == nil && u.Host != "" {
		ex.Request.Origin, ex.Request.Path, ex.Request.Query = u.Scheme+"://"+u.Host, u.Path, u.RawQuery
	}
	return ex
}
