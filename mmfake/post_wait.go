package mmfake

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/bell"
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
	if _, err := s.Candidates(conditions...); err != nil {
		return nil, fmt.Errorf("mmfake: cannot wait for a post: %w", err)
	}
	wanted := recorder.And(conditions...)
	var posts []*Post
	var found *Post
	err := s.WaitFor(ctx, func() bool {
		posts, _ = s.Candidates(conditions...) // sound, as above
		if i := slices.IndexFunc(posts, wanted.Meets); i >= 0 {
			found = posts[i]
		}
		return found != nil
	})
	if err != nil {
		return nil, fmt.Errorf("mmfake: waited for a post: %w\n%s", err, recorder.Explain(slices.Values(posts), conditions...))
	}
	return found, nil
}

// Candidates returns the posts that conditions are tried on, oldest first: those of
// Server.Posts, and where Ephemeral is among the conditions also the latest messages
// that only one user was shown. The error says that the conditions can never be met
// here: one is wrongly written, or about a user, channel or post of another server.
func (s *Server) Candidates(conditions ...PostMatch) ([]*Post, error) {
	if err := cmp.Or(recorder.Check(conditions...), s.inItsTime()); err != nil {
		return nil, err
	}
	posts, ephemeral := s.Posts(), false
	for _, about := range recorder.And(conditions...).About {
		switch about := about.(type) {
		case *Channel:
			if about.mm == nil || about.mm.shared != s.shared {
				return nil, fmt.Errorf("%s is a channel of another server: ask this one for it", about)
			}
			if err := s.gone(about); err != nil {
				return nil, err
			}
		case *Actor:
			if about.mm == nil || about.mm.shared != s.shared {
				return nil, fmt.Errorf("%s is of another server: ask this one for the user or bot", about)
			}
			if err := s.gone(about); err != nil {
				return nil, err
			}
		case *Post:
			if _, err := s.Current(about); err != nil {
				return nil, err
			}
		case onlyShown:
			ephemeral = true
		}
	}
	if ephemeral {
		posts = slices.Concat(posts, s.ephemerals(s.world.EphemeralPosts("")))
		slices.SortStableFunc(posts, func(a, b *Post) int { return cmp.Compare(a.CreateAt, b.CreateAt) })
	}
	return posts, nil
}

// changes wakes those who wait for the world to change. It is a world.Sink that
// listens while somebody waits.
type changes struct {
	mu      sync.Mutex
	changed bell.Bell // rung by each event; guarded by mu
}

// next is closed by the first event from now on.
func (c *changes) next() <-chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.changed.Next()
}

func (c *changes) Listening() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.changed.Awaited()
}

func (c *changes) Deliver(*world.Event) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.changed.Ring()
}
