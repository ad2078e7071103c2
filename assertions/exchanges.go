package assertions

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// Exchanged waits until n exchanges meet all of the conditions, and returns them.
// It fails where there are fewer in time, and where there are more once nothing is
// in flight. What the test's own actors do is no exchange.
func (a *Assertions) Exchanged(n int, conditions ...recorder.Match) []*recorder.Exchange {
	a.t.Helper()
	if impossible := recorder.Check(conditions...); impossible != nil {
		a.impossible("exchange", impossible)
		return nil
	}
	switch {
	case n < 0:
		a.impossible("exchange", fmt.Errorf("there are never %d of them: give 0 or more", n))
		return nil
	case n == 0:
		a.NotExchanged(conditions...)
		return nil
	}
	ctx, cancel := a.context()
	defer cancel()
	start := time.Now()
	_, err := a.mm.Journal.Wait(ctx, n, conditions...)
	waited := since(start, err)
	if err == nil {
		a.tryToSettle()
	}
	found := a.mm.Journal.Find(conditions...)
	switch {
	case len(found) > n:
		a.fail(wants("wanted:  ", conditions)+"\n"+table("found:   ", found)+"\n"+a.lately(), "%s wanted, %d found.", count(n, "exchange"), len(found))
	case len(found) < n:
		all := a.mm.Journal.All()
		a.fail(recorder.Explain(slices.Values(all), conditions...)+"\n"+table("journal: ", all), "%s wanted, %d found (%s).", count(n, "exchange"), len(found), waited)
	default:
		a.complete()
	}
	return found
}

// tryToSettle gives what is in flight the time to show, where there should be no
// more of something. What never ends is left alone.
func (a *Assertions) tryToSettle() {
	ctx, cancel := a.context()
	defer cancel()
	_ = a.mm.Settle(ctx)
}

// NotExchanged waits until nothing is in flight and looks whether there is an
// exchange that meets all of the conditions. It also fails where the server does
// not settle.
func (a *Assertions) NotExchanged(conditions ...recorder.Match) bool {
	a.t.Helper()
	if impossible := recorder.Check(conditions...); impossible != nil {
		a.impossible("exchange", impossible)
		return false
	}
	if !a.settled() {
		return false
	}
	found := a.mm.Journal.Find(conditions...)
	if len(found) == 0 {
		return a.complete()
	}
	a.fail(wants("unwanted: ", conditions)+"\n"+table("found:    ", found)+"\n"+a.latelyAs("journal:  "), "There is an exchange that should not be there.")
	return false
}

// failed is met by requests, either way, that were answered with an error or not at
// all.
var failed = recorder.Match{
	Want: "an error",
	Miss: func(ex *recorder.Exchange) string {
		switch {
		case ex.Kind == recorder.KindSocket:
			return "it is a websocket message"
		case ex.Fault != "":
			return "the test made it fail: " + ex.Fault
		case ex.Err == "" && ex.Response.Status < 400:
			return "status is " + strconv.Itoa(ex.Response.Status)
		}
		return ""
	},
}

// NoErrors waits until nothing is in flight and fails where a request was answered
// with 4xx or 5xx, or cut off: one of the code under test, or one that an
// integration was sent. What the test made go wrong does not count, with mm.Fail,
// mm.ExpireSession, mm.RevokeToken or mm.Restart, nor does what meets one of the
// exceptions.
func (a *Assertions) NoErrors(except ...recorder.Match) bool {
	a.t.Helper()
	if impossible := recorder.Check(except...); impossible != nil {
		a.impossible("exchange", impossible)
		return false
	}
	if !a.settled() {
		return false
	}
	conditions := []recorder.Match{failed}
	for _, exception := range except {
		conditions = append(conditions, recorder.Not(exception))
	}
	var lines []told
	for ex := range a.mm.Journal.Each(conditions...) {
		lines = append(lines, told{ex})
	}
	if len(lines) == 0 {
		return a.complete()
	}
	a.fail(table("found:   ", lines)+"\n"+a.lately(), "No errors wanted, %d found.", len(lines))
	return false
}

// told is an exchange with what its answer says of the error.
type told struct{ *recorder.Exchange }

func (t told) String() string {
	text := t.Exchange.String()
	if id := t.Response.Get("id").String(); id != "" {
		text += fmt.Sprintf(" %s: %s", id, t.Response.Get("message"))
	}
	return text
}

// exchange waits for one exchange that meets all of the conditions and returns the
// first that does, or nil.
func (a *Assertions) exchange(missing string, conditions []recorder.Match) *recorder.Exchange {
	a.t.Helper()
	if impossible := recorder.Check(conditions...); impossible != nil {
		a.impossible("exchange", impossible)
		return nil
	}
	ctx, cancel := a.context()
	defer cancel()
	start := time.Now()
	found, err := a.mm.Journal.Wait(ctx, 1, conditions...)
	if err == nil {
		return found[0]
	}
	a.fail(recorder.Explain(a.mm.Journal.Each(conditions[:1]...), conditions[1:]...)+"\n"+a.lately(), "%s (%s).", missing, since(start, err))
	return nil
}
