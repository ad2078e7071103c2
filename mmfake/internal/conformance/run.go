package conformance

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"
)

// A Target is a server under test.
type Target struct {
	URL                      string // e.g. http://127.0.0.1:8065
	AdminName, AdminPassword string // of a system admin

	// Client sends the requests and opens the websockets. The default one gives a
	// request 40 seconds, more than a real server gives an integration to answer.
	Client *http.Client

	// Patience is how long a step waits for callbacks and events that the recording
	// has; the default is 3 seconds.
	Patience time.Duration

	// Settle is the pause before a websocket is opened. A real server sends events
	// behind its answers and wants some 400 ms, else the new connection hears of
	// earlier steps; one that queues events first, as the fake does, needs none.
	Settle time.Duration

	// CallbackHost is the name or address by which the server reaches this machine,
	// for one in a container or on another host. Without it that is 127.0.0.1.
	CallbackHost string
}

// A Runner plays scenarios on one server, any number of them at once.
type Runner struct{ target Target }

// NewRunner returns a runner for that server, and fills in the defaults.
func NewRunner(target Target) *Runner {
	target.URL = strings.TrimRight(target.URL, "/")
	if target.Patience == 0 {
		target.Patience = 3 * time.Second
	}
	client := http.Client{Timeout: 40 * time.Second}
	if target.Client != nil {
		client = *target.Client
	}
	// A redirect is an answer to compare like any other.
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	target.Client = &client
	return &Runner{target: target}
}

// Run plays a scenario in a world of its own and returns what the server did. It
// stops at the first step that cannot be done (no answer, nothing to save), and
// returns the outcome up to and with that step beside the error; the outcome is
// nil where not even the world could be made. want is the recording, which tells
// how many callbacks and events are worth waiting for; without one, steps wait
// until no more of them come, which takes far longer.
func (r *Runner) Run(ctx context.Context, s *Scenario, want *Outcome) (*Outcome, error) {
	run, err := newRun(&r.target)
	if err != nil {
		return nil, fmt.Errorf("listening for callbacks: %w", err)
	}
	defer run.close(ctx)
	if err := run.setUp(ctx); err != nil {
		return nil, fmt.Errorf("setting up: %w", err)
	}
	out := &Outcome{Scenario: s.Name}
	for i := range s.Steps {
		step := &s.Steps[i]
		var expect *StepOutcome
		if want != nil && i < len(want.Steps) {
			expect = &want.Steps[i]
		}
		did, err := run.do(ctx, step, expect)
		did.Title = step.Title()
		out.Steps = append(out.Steps, *did)
		if err == nil {
			err = ctx.Err() // a wait that was cut short proves nothing
		}
		if err != nil {
			return out, fmt.Errorf("step %d (%s): %w", i+1, did.Title, err)
		}
	}
	return out, nil
}

// A run is one scenario being played.
type run struct {
	names
	target      *Target
	integration *integration
	sockets     map[string]*socket // by user
	opened      []*socket          // all of them
	users       []string           // ids of those made for this run
}

func newRun(target *Target) (*run, error) {
	integration, err := startIntegration(target.CallbackHost)
	if err != nil {
		return nil, err
	}
	return &run{names: newNames(), target: target, integration: integration, sockets: map[string]*socket{}}, nil
}

// close ends all that the run has open, and removes its users: a real server
// without a licence takes no more than 250 active ones.
func (r *run) close(ctx context.Context) {
	for _, s := range r.opened {
		s.close()
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	for _, id := range r.users {
		// The verdict does not depend on it.
		_, _ = r.call(ctx, r.vars["sysadmin.token"], "DELETE /api/v4/users/"+id, nil)
	}
	r.integration.Close()
}

// do carries one step out. The outcome is never nil.
func (r *run) do(ctx context.Context, s *Step, want *StepOutcome) (*StepOutcome, error) {
	switch {
	case s.Do != "":
		return r.request(ctx, s)
	case s.Callbacks != "":
		return r.readCallbacks(ctx, s, want), nil
	case s.Events != "":
		return r.readEvents(ctx, s, want)
	case s.Integration != "":
		return &StepOutcome{Skip: true}, r.prepare(s)
	case s.Listen != "":
		return &StepOutcome{Skip: true}, r.listen(ctx, s)
	case s.Send != "":
		return &StepOutcome{Skip: true}, r.send(ctx, s)
	}
	return &StepOutcome{}, errors.New("empty step")
}

// prepare tells the integration what to answer.
func (r *run) prepare(s *Step) error {
	reply := *s.Reply
	reply.JSON = r.expand(reply.JSON)
	if reply.Text != nil {
		t := r.sub(*reply.Text)
		reply.Text = &t
	}
	return r.integration.answer(s.Integration, reply)
}

// A surplus callback is as wrong as a missing one; see eventsSettle.
const callbacksSettle = 20 * time.Millisecond

// readCallbacks takes what the integration got at the step's path since the last
// look.
func (r *run) readCallbacks(ctx context.Context, s *Step, want *StepOutcome) *StepOutcome {
	here := func(c callback) bool { return c.path == s.Callbacks }
	if want == nil {
		r.integration.received.awaitSilence(ctx, here, 400*time.Millisecond)
	} else {
		r.integration.received.await(ctx, len(want.Callbacks), here, r.target.Patience)
		pause(ctx, callbacksSettle)
	}
	o := &StepOutcome{}
	for _, c := range r.integration.received.take(here) {
		if body, ok := c.seen["body"].(map[string]any); ok {
			r.saveFrom(body, s)
		}
		o.Callbacks = append(o.Callbacks, r.clean(c.seen, s))
	}
	return o
}

// saveFrom keeps those parts of a callback or an event that are there.
func (r *run) saveFrom(v any, s *Step) {
	for _, name := range slices.Sorted(maps.Keys(s.Save)) {
		if value := text(dig(v, s.Save[name])); value != "" {
			r.define(name, value)
		}
	}
}
