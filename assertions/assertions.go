// Package assertions says what a test expects of a fake Mattermost server: what
// was posted, edited and shown, which requests were made either way, and how the
// whole conversation reads.
//
//	is := assertions.New(t, mm)
//	is.Posted(mmfake.In(dev), mmfake.By(robot), mmfake.Contains("all green"))
//	is.Exchanged(1, recorder.Route("POST /api/v4/posts"))
//	is.NotPosted(mmfake.Contains("error"))
//
// What is to happen is waited for, on the event itself; a test never sleeps. What
// is not to happen is looked for once nothing is in flight any more: see
// mmfake.Server.Settle, also for what it cannot foresee. A failure prints what was
// wanted, which post or exchange comes nearest and what is different about it, and
// the last of what there was.
package assertions

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
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

// DefaultLimit is how long an assertion waits for what is to happen, or for the
// server to settle.
const DefaultLimit = 2 * time.Second

// New returns assertions after whose failure the test goes on.
func New(t TestingT, mm *mmfake.Server) *Assertions {
	t.Helper()
	if mm == nil {
		assert.Fail(calling(t), "There is no server to say anything about: it is nil, and mmfake.New makes one.")
		t.FailNow()
	}
	return &Assertions{t: t, mm: mm, limit: DefaultLimit}
}

// Require returns assertions after whose failure the test ends.
func Require(t TestingT, mm *mmfake.Server) *Assertions {
	t.Helper()
	a := New(t, mm)
	a.stops = true
	return a
}

// Within returns the same assertions with another limit of time in place of
// DefaultLimit. With 0 or less they look at what is there now. No limit lets them wait
// past the end of the test's own time, see [TestingT].
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

// await waits until done returns true, and else says how long it has waited.
func (a *Assertions) await(done func() bool) (waited string, ok bool) {
	ctx, cancel := a.context()
	defer cancel()
	start := time.Now()
	err := a.mm.WaitFor(ctx, done)
	return since(start, err), err == nil
}

// since is how long a wait took, with why it ended where it was not the time.
func since(start time.Time, err error) string {
	text := fmt.Sprintf("waited %v", time.Since(start).Round(time.Millisecond))
	if errors.Is(err, mmfake.ErrClosed) || errors.Is(err, recorder.ErrClosed) {
		text += ", until the server was closed"
	}
	return text
}

// settled waits until nothing is in flight, and fails where something always is.
func (a *Assertions) settled() bool {
	a.t.Helper()
	if a.limit <= 0 {
		return true
	}
	ctx, cancel := a.context()
	defer cancel()
	if err := a.mm.Settle(ctx); err != nil {
		a.fail(a.lately(), "What is not there may still come: %v. Ask when that is answered, and never inside a handler that the server waits for; Within(0) looks without waiting.", err)
		return false
	}
	return true
}

// complete says whether the journal holds all that there was, and fails where it does
// not: what should not be there may be among what it has dropped.
func (a *Assertions) complete() bool {
	a.t.Helper()
	if a.mm.Journal.Dropped() == 0 {
		return true
	}
	a.fail(a.lately(), "The journal does not hold all that there was, and nothing can be said of the rest.")
	return false
}

// fail reports a failure: what went wrong, and below it what helps to see why.
func (a *Assertions) fail(details, format string, args ...any) {
	a.t.Helper()
	message := fmt.Sprintf(format, args...)
	if details != "" {
		message += "\n" + details
	}
	if a.mm != nil { // there is none with a replay alone
		if busy := a.mm.InFlight(); len(busy) > 0 {
			message += "\n" + "pending: " + strings.Join(busy, "\n         ")
		}
		if n := a.mm.Journal.Dropped(); n > 0 {
			message += "\n" + "dropped: " + count(int(n), "older exchange") + "; mmfake.JournalLimits has the journal hold more"
		}
	}
	assert.Fail(calling(a.t), message)
	if a.stops {
		a.t.FailNow()
	}
}

// impossible fails for what can never be there.
func (a *Assertions) impossible(what string, why error) {
	a.t.Helper()
	a.fail("", "This %s can never be there: %v.", what, why)
}

const longestTable = 10 // lines: what came last says most

// table lists the last of some values, a line for each, behind a label.
func table[T fmt.Stringer](label string, values []T) string {
	if len(values) == 0 {
		return label + "none"
	}
	var lines []string
	if more := len(values) - longestTable; more > 0 {
		lines = append(lines, fmt.Sprintf("(%d earlier)", more))
		values = values[more:]
	}
	for _, v := range values {
		lines = append(lines, v.String())
	}
	return label + strings.Join(lines, "\n"+strings.Repeat(" ", len(label)))
}

// lately lists the last requests, either way.
func (a *Assertions) lately() string { return a.latelyAs("journal: ") }

func (a *Assertions) latelyAs(label string) string {
	return table(label, a.mm.Journal.Find(recorder.Not(recorder.OfKind(recorder.KindSocket))))
}

// wants lists conditions, a line for each, behind a label.
func wants[T any](label string, conditions []recorder.Condition[T]) string {
	lines := []string{"anything"}
	if len(conditions) > 0 {
		lines = nil
	}
	for _, c := range conditions {
		lines = append(lines, c.Want)
	}
	return label + strings.Join(lines, "\n"+strings.Repeat(" ", len(label)))
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
