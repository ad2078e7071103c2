// Package assertions says what a test expects of a fake Mattermost server: what
// was posted, and which requests were made.
//
//	is := assertions.New(t, mm)
//	is.Posted(mmfake.In(dev), mmfake.By(robot), mmfake.Contains("all green"))
//	is.Exchanged(1, recorder.Route("POST /api/v4/posts"))
//
// What is to happen is waited for, on the event itself; a test never sleeps. A
// failure prints what was wanted, which post or exchange comes nearest and what is
// different about it, and what there was.
package assertions

import (
	"context"
	"fmt"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

// A TestingT is what the assertions need of a test: *testing.T, *testing.B and
// the like have it. One that also has Deadline is never waited for past it.
type TestingT interface {
	Helper()
	Errorf(format string, args ...any)
	FailNow()
}

// Assertions are what a test says about one server. Their methods may be called
// from several goroutines at once, those of Require only from the test's own.
type Assertions struct {
	t     TestingT
	mm    *mmfake.Server
	stops bool
	limit time.Duration
}

// DefaultLimit is how long an assertion waits for what is to happen.
const DefaultLimit = 2 * time.Second

// New returns assertions after whose failure the test goes on.
func New(t TestingT, mm *mmfake.Server) *Assertions {
	return &Assertions{t: t, mm: mm, limit: DefaultLimit}
}

// Require returns assertions after whose failure the test ends.
func Require(t TestingT, mm *mmfake.Server) *Assertions {
	return &Assertions{t: t, mm: mm, limit: DefaultLimit, stops: true}
}

// Within returns the same assertions with another limit of time. With 0 they look
// at what is there now.
func (a *Assertions) Within(limit time.Duration) *Assertions {
	other := *a
	other.limit = limit
	return &other
}

// spare is what is left of a test's time for it to say why it failed.
const spare = 100 * time.Millisecond

// context ends when the waiting does.
func (a *Assertions) context() (context.Context, context.CancelFunc) {
	end := time.Now().Add(a.limit)
	if deadline, ok := deadlineOf(a.t); ok && deadline.Add(-spare).Before(end) {
		end = deadline.Add(-spare)
	}
	return context.WithDeadline(context.Background(), end)
}

// deadlineOf is when a test has to be over, if there is such a time. Inside
// testing/synctest, where time is another one, asking a test for it is a panic.
func deadlineOf(t TestingT) (end time.Time, ok bool) {
	limited, ok := t.(interface{ Deadline() (time.Time, bool) })
	if !ok {
		return end, false
	}
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	return limited.Deadline()
}

// fail reports a failure: what went wrong, and below it what helps to see why.
func (a *Assertions) fail(details, format string, args ...any) {
	a.t.Helper()
	assert.Fail(a.t, fmt.Sprintf(format, args...)+"\n"+details)
	if a.stops {
		a.t.FailNow()
	}
}
