package assertions

import (
	"fmt"
	"slices"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// Exchanged waits until n exchanges meet all of the conditions, and returns them.
// It fails where there are fewer in time, and where there are more.
func (a *Assertions) Exchanged(n int, conditions ...recorder.Match) []*recorder.Exchange {
	a.t.Helper()
	if impossible := recorder.Check(conditions...); impossible != nil {
		a.fail("", "This exchange can never be there: %v.", impossible)
		return nil
	}
	ctx, cancel := a.context()
	defer cancel()
	a.mm.Journal.Wait(ctx, n, conditions...) // what came of it is counted below
	found := a.mm.Journal.Find(conditions...)
	if len(found) == n {
		return found
	}
	all := a.mm.Journal.All()
	if len(found) > n {
		a.fail("unwanted: "+recorder.And(conditions...).Want+"\n"+table("found:    ", found), "%s wanted, %d found.", count(n), len(found))
		return found
	}
	a.fail(recorder.Explain(slices.Values(all), conditions...)+"\n"+table("there:   ", all), "%s wanted, %d found.", count(n), len(found))
	return found
}

func count(n int) string {
	if n == 1 {
		return "1 exchange"
	}
	return fmt.Sprintf("%d exchanges", n)
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
