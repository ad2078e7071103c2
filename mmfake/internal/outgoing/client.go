// Package outgoing makes the requests that a Mattermost server makes of its own:
// to the integrations behind slash commands, buttons, dialogs and outgoing
// webhooks. The world decides what to ask and what follows from the answer; this
// package sends it, within limits, and writes it into the journal.
package outgoing

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/bell"
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
	idle    bell.Bell                  // see Idle; guarded by mu
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
	if len(c.running)+len(c.later) == 0 {
		c.idle.Ring()
	}
}

// Idle is closed once no integration is being asked, and no effect of a command is to
// come.
func (c *Client) Idle() <-chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	idle := c.idle.Next()
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
