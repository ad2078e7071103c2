package conformance

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
)

// A Result is what came of one scenario.
type Result struct {
	Scenario    *Scenario
	Score       Score
	Stopped     error // why the run ended before the last step, if it did
	Differences []Difference
}

// Hold plays a scenario and compares what the server did with what the real server
// of that version did. The error says that there is no recording.
func (r *Runner) Hold(ctx context.Context, s *Scenario, version string) (*Result, error) {
	want, err := Golden(version, s.Name)
	if err != nil {
		return nil, err
	}
	got, stopped := r.Run(ctx, s, want)
	differences, score := judge(want, got)
	return &Result{s, score, stopped, differences}, nil
}

// Matches says whether the server did as the recording says.
func (r *Result) Matches() bool { return r.Stopped == nil && len(r.Differences) == 0 }

// String puts the result into a line, and below it what differs, as much as anyone
// reads at once.
func (r *Result) String() string {
	const most = 20
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s", r.Scenario.Name, r.Score)
	if r.Stopped != nil {
		fmt.Fprintf(&b, "\n  stopped: %v", r.Stopped)
	}
	for i, d := range r.Differences {
		if i == most {
			fmt.Fprintf(&b, "\n  … %d more", len(r.Differences)-most)
			break
		}
		fmt.Fprintf(&b, "\n  %s", d)
	}
	return b.String()
}

// A Tally adds up the scores of scenarios, by area. Its zero value is empty, and
// several goroutines may use one at once.
type Tally struct {
	mu    sync.Mutex
	areas map[string]Score // guarded by mu
}

// Add counts a result in.
func (t *Tally) Add(r *Result) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.areas == nil {
		t.areas = map[string]Score{}
	}
	area := r.Scenario.Area()
	t.areas[area] = t.areas[area].Add(r.Score)
}

// Total is the sum of all scores.
func (t *Tally) Total() Score {
	t.mu.Lock()
	defer t.mu.Unlock()
	var all Score
	for _, score := range t.areas {
		all = all.Add(score)
	}
	return all
}

// String has the total and a line for each area.
func (t *Tally) String() string {
	var b strings.Builder
	b.WriteString(t.Total().String())
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, area := range slices.Sorted(maps.Keys(t.areas)) {
		fmt.Fprintf(&b, "\n  %-10s %s", area, t.areas[area])
	}
	return b.String()
}
