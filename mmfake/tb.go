package mmfake

import (
	"errors"
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"time"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// A TB is what New needs of a test: *testing.T, *testing.B and the like have it.
type TB interface {
	Helper()
	Name() string
	Logf(format string, args ...any)
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
	Failed() bool
	Cleanup(func())
}

// noTest is what a server from Start has in place of a test.
type noTest struct{ TB }

func (noTest) Helper()                           {}
func (noTest) Logf(format string, args ...any)   {}
func (noTest) Fatalf(format string, args ...any) { panic(fmt.Sprintf(format, args...)) }

// isThere panics where a test should be and none is: there is nothing else that could end.
func isThere(t TB) {
	if t == nil {
		panic("mmfake: the test is nil: give the *testing.T or the like; mmfake.Start makes a server without one, as TestMain needs it")
	}
}

// fail ends the test, or where there is none panics, with what went wrong.
func (s *Server) fail(format string, args ...any) {
	s.t.Helper()
	if s.over.Load() && !isTests() {
		runtime.Goexit() // the test has returned: nobody is left to be told, and the others are not to blame
	}
	s.t.Fatalf("mmfake: %s", fmt.Sprintf(format, args...))
}

// isTests says whether a test's own goroutine calls, as it does in a Cleanup.
func isTests() bool {
	var callers [64]uintptr
	frames := runtime.CallersFrames(callers[:runtime.Callers(0, callers[:])])
	for {
		frame, more := frames.Next()
		if strings.HasPrefix(frame.Function, "testing.") {
			return true
		}
		if !more {
			return false
		}
	}
}

// given fails for a function that is nil.
func (s *Server) given(ok bool, what string) {
	if !ok {
		s.t.Helper()
		s.fail("one of the %ss is nil: leave it out, or give a function", what)
	}
}

// check fails with what was tried, if it failed.
func (s *Server) check(err error, format string, args ...any) {
	if err != nil {
		s.t.Helper()
		s.fail("%s: %v", fmt.Sprintf(format, args...), err)
	}
}

// check is Server.check for what an actor does in a channel.
func (a *Actor) check(channelID string, err error, format string, args ...any) {
	if err != nil {
		a.mm.t.Helper()
		a.mm.fail("%s: %v%s", fmt.Sprintf(format, args...), err, a.outside(channelID, err))
	}
}

// outside says how to have the actor in a channel, or at all, where he may not do
// something because he is not.
func (a *Actor) outside(channelID string, err error) string {
	if gone := a.mm.gone(a); gone != nil {
		return "; " + gone.Error()
	}
	if problem, ok := errors.AsType[*model.AppError](err); !ok || problem.StatusCode != http.StatusForbidden {
		return ""
	}
	if _, err := a.mm.world.ChannelMember(a.mm.Admin.session(), channelID, a.ID); err == nil {
		return ""
	}
	made := "User"
	if a.IsBot {
		made = "Bot"
	}
	return fmt.Sprintf("; mm.%s(%q, channel) has him in the channel", made, a.Username)
}

// What a test hands in is looked at first. Only what happened can be looked at on a
// server that is closed.

func (s *Server) notClosed() {
	s.t.Helper()
	if s.ctx.Err() != nil {
		s.fail("the server is closed, and only what happened on it can be looked at: do that before Close, and before the test ends")
	}
	if err := s.inItsTime(); err != nil {
		s.fail("%v", err)
	}
}

// inItsTime fails inside a testing/synctest bubble, whose time begins in the year 2000,
// for a server that was made outside: waiting for it there would never end.
func (s *shared) inItsTime() error {
	if time.Now().Before(s.started) {
		return errors.New("the server was made outside of the testing/synctest bubble in which it is used, and no time passes there while somebody waits for it: make it inside, with mmfake.InMemory()")
	}
	return nil
}

// owns fails for a channel of another server, or none.
func (s *Server) owns(c *Channel) {
	s.t.Helper()
	s.notClosed()
	if c == nil || c.mm == nil || c.mm.shared != s.shared {
		s.fail("the channel %v is not of this server: ask this server for it", c)
	}
	s.present(c)
}

// knows fails for an actor of another server, or none.
func (s *Server) knows(who *Actor) {
	s.t.Helper()
	s.notClosed()
	if who == nil || who.mm == nil || who.mm.shared != s.shared {
		s.fail("the user %v is not of this server: ask this server for him", who)
	}
	s.present(who)
}

func (s *Server) present(what fmt.Stringer) {
	s.t.Helper()
	if err := s.gone(what); err != nil {
		s.fail("%v", err)
	}
}

// gone says that a user or channel of this server's is on it no more, if that is so.
func (s *Server) gone(what fmt.Stringer) error {
	var name string
	switch what := what.(type) {
	case *Actor:
		name, _ = s.world.Names(what.ID, "")
	case *Channel:
		_, name = s.world.Names("", what.ID)
	}
	if name != "" {
		return nil
	}
	return fmt.Errorf("%v is on the server no more, since Reset, Restore or a deletion for good: ask the server again", what)
}

// has fails for a post of another server, or none.
func (s *Server) has(p *Post) {
	s.t.Helper()
	s.notClosed()
	if _, err := s.Current(p); err != nil {
		s.fail("%v: give one that this server has, such as Actor.Post, Server.Posts and Answer.Post return", err)
	}
}

// hasStill fails for a deleted post, too.
func (s *Server) hasStill(p *Post) {
	s.t.Helper()
	s.has(p)
	if now, _ := s.Current(p); now == nil {
		s.fail("the post %s was deleted, and nobody can do anything with it any more", p)
	}
}
