package mmfake

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// WaitForPost returns the oldest post that meets all of the conditions, as soon
// as there is one; those that are there already count. It does not poll.
//
// When ctx ends or the server is closed before, the error wraps ctx.Err() or
// [ErrClosed] and says what was wanted, and which post comes nearest and what is
// different about it. A condition that can never be met is an error at once.
func (s *Server) WaitForPost(ctx context.Context, conditions ...PostMatch) (*Post, error) {
	if err := recorder.Check(conditions...); err != nil {
		return nil, fmt.Errorf("mmfake: cannot wait for a post: %w", err)
	}
	wanted := recorder.And(conditions...)
	s.watching.Do(func() { s.world.Subscribe(&s.changes) })
	for {
		changed := s.changes.next()
		ended, closed := ctx.Err(), s.ctx.Err() // before the look: a late wait still sees what is there
		posts := s.Posts()
		for _, p := range posts {
			if wanted.Meets(p) {
				return p, nil
			}
		}
		if closed != nil {
			return nil, waitError(ErrClosed, posts, conditions)
		}
		if ended != nil {
			return nil, waitError(ended, posts, conditions)
		}
		select {
		case <-changed:
		case <-ctx.Done():
		case <-s.ctx.Done():
		}
	}
}

func waitError(reason error, posts []*Post, conditions []PostMatch) error {
	return fmt.Errorf("mmfake: waited for a post: %w\n%s", reason, recorder.Explain(slices.Values(posts), conditions...))
}

// changes wakes those who wait for the world to change. It is a world.Sink that
// listens while somebody waits.
type changes struct {
	mu      sync.Mutex
	changed chan struct{} // closed by the next event; nil while nobody waits; guarded by mu
}

// next is closed by the first event from now on.
func (c *changes) next() <-chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.changed == nil {
		c.changed = make(chan struct{})
	}
	return c.changed
}

func (c *changes) Listening() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.changed != nil
}

func (c *changes) Deliver(*world.Event) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.changed != nil {
		close(c.changed)
		c.changed = nil
	}
}
