package mmfake

import (
	"context"
	"fmt"
	"slices"
	"strings"
)

// WaitFor returns nil as soon as done returns true. It calls done at once, and then
// after each thing that happens on the server and that its users could hear of: a
// post, an edit, a reaction, a dialog. It does not poll.
//
// When ctx ends or the server is closed before, the error is ctx.Err() or
// [ErrClosed].
func (s *Server) WaitFor(ctx context.Context, done func() bool) error {
	if err := s.inItsTime(); err != nil {
		return err
	}
	s.watching.Do(func() { s.world.Subscribe(&s.changes) })
	for {
		changed := s.changes.next()
		ended, closed := ctx.Err(), s.ctx.Err() // before the look: a late wait still sees what is there
		switch {
		case done():
			return nil
		case closed != nil:
			return ErrClosed
		case ended != nil:
			return ended
		}
		select {
		case <-changed:
		case <-ctx.Done():
		case <-s.ctx.Done():
		}
	}
}

// Settle returns nil once nothing is in flight: every request is answered, every
// integration has answered, what a command does after a while is done, and the
// websockets' clients have read what they were sent, as far as they read at all: one that
// does not within half a second is not waited for until it reads again. What a
// client does later and of its own accord cannot be foreseen, such as an answer to a
// slash command's response_url, or a post from a goroutine of its own: wait for that
// itself.
//
// When ctx ends before, the error wraps ctx.Err() and names what is in flight, as
// it always will be for who asks inside a handler that the server waits for. A
// closed server is settled.
func (s *Server) Settle(ctx context.Context) error {
	if err := s.inItsTime(); err != nil {
		return err
	}
	for {
		before := s.newest()
		for _, idle := range []<-chan struct{}{s.api.Idle(), s.outgoing.Idle()} {
			select {
			case <-idle:
			case <-ctx.Done():
			case <-s.ctx.Done():
				return nil
			}
		}
		behind := s.hub.Flush(ctx)
		busy := s.InFlight()
		for _, name := range behind {
			busy = append(busy, "what @"+name+" is sent over the websocket")
		}
		if len(busy) == 0 && s.newest() == before {
			return nil
		}
		if ctx.Err() != nil {
			return unsettled(ctx.Err(), busy)
		}
	}
}

func unsettled(ended error, busy []string) error {
	why := "there was always something new"
	if len(busy) > 0 {
		why = "still under way is " + strings.Join(busy, ", ")
	}
	return fmt.Errorf("mmfake: the server did not settle: %w: %s", ended, why)
}

// InFlight returns the requests that have no answer yet: those that the server is
// answering, as "POST /api/v4/posts", and those that it has made, as
// "POST http://bot.test/command"; and commands that are to do something after a while,
// as "/echo hello 10".
func (s *Server) InFlight() []string {
	return slices.Concat(s.api.InFlight(), s.outgoing.InFlight())
}

// newest is the number of the latest exchange.
func (s *Server) newest() int64 {
	if last, ok := s.Journal.Last(); ok {
		return last.Seq
	}
	return 0
}
