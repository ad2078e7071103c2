package recorder

import (
	"context"
	"errors"
	"fmt"
	"strings"
)

// Wait returns nil once every recorded request has been made, and nothing else. It
// does not poll.
//
// When something else is asked, the error says so at once. When ctx ends or the replay
// is closed before, it wraps ctx.Err() or [ErrReplayClosed] and names the requests
// that nobody has made.
func (r *Replay) Wait(ctx context.Context) error {
	for {
		changed, left, problems := r.state()
		switch {
		case len(problems) > 0:
			return fmt.Errorf("recorder: what is not in the fixture was asked: %s", strings.Join(problems, "\n"))
		case left == 0:
			return nil
		case r.ctx.Err() != nil:
			return r.waitError(ErrReplayClosed)
		case ctx.Err() != nil:
			return r.waitError(reason(ctx))
		}
		select {
		case <-changed:
		case <-ctx.Done():
		case <-r.ctx.Done():
		}
	}
}

// ErrReplayClosed is why waiting ends when a replay is closed.
var ErrReplayClosed = errors.New("the replay was closed")

func (r *Replay) waitError(why error) error {
	return fmt.Errorf("recorder: waited for all that is recorded to be asked: %w\nnobody has asked for %s", why, strings.Join(r.Unused(), "\n                  "))
}

// state returns what is closed by the next request, how many recorded ones nobody has
// made, and what was asked beside them.
func (r *Replay) state() (changed <-chan struct{}, left int, problems []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.changed == nil {
		r.changed = make(chan struct{})
	}
	return r.changed, r.left, r.problems
}

// use marks a step as used. r.mu must be held.
func (r *Replay) use(s *step) {
	s.used = true
	r.left--
}

// tellChanged wakes those who wait. r.mu must be held.
func (r *Replay) tellChanged() {
	if r.changed != nil {
		close(r.changed)
		r.changed = nil
	}
}
