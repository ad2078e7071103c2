package conformance

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
)

// An Outcome is what a server did with one scenario, with everything that differs
// from run to run replaced by a name in angle brackets.
type Outcome struct {
	Scenario string        `json:"scenario"`
	Steps    []StepOutcome `json:"steps"`
}

// A StepOutcome is what is compared of one step.
type StepOutcome struct {
	Title       string   `json:"step"`
	Skip        bool     `json:"not_compared,omitempty"` // the step only prepares another
	Status      int      `json:"status,omitempty"`
	ContentType string   `json:"content_type,omitempty"`
	Headers     []string `json:"headers,omitempty"` // telling ones that are present
	Body        any      `json:"body,omitempty"`
	Callbacks   []any    `json:"callbacks,omitempty"`
	Events      []any    `json:"events,omitempty"`
}

// A Difference is one place where a server did not do as the recording says.
type Difference struct {
	Step       int    // counted from 1
	Title      string // what the step does
	NotReached bool   // the run ended before this step; the fields below are empty then
	Path       string // of a leaf, dotted: body.posts.<id1>.message
	Want, Got  string // its JSON; empty where that side does not have it
}

// String puts the difference into one line.
func (d Difference) String() string {
	at := fmt.Sprintf("step %d %s: ", d.Step, d.Title)
	switch {
	case d.NotReached:
		return at + "not reached"
	case d.Got == "":
		return at + d.Path + ": missing, want " + short(d.Want)
	case d.Want == "":
		return at + d.Path + ": unexpected " + short(d.Got)
	}
	return at + d.Path + ": got " + short(d.Got) + ", want " + short(d.Want)
}

// A Score counts how much of a recording a server did. Steps that only prepare
// others do not count. Leaves are the values at the ends of all answers, of the
// recording's and the server's together.
type Score struct {
	Steps, Matched        int
	Leaves, LeavesMatched int
}

// Add returns the sum of two scores.
func (s Score) Add(t Score) Score {
	return Score{s.Steps + t.Steps, s.Matched + t.Matched, s.Leaves + t.Leaves, s.LeavesMatched + t.LeavesMatched}
}

// Percent is the share of the steps that matched; of no steps at all it is 0.
func (s Score) Percent() float64 {
	if s.Steps == 0 {
		return 0
	}
	return 100 * float64(s.Matched) / float64(s.Steps)
}

// String puts the score into words: 3 of 4 steps (75.0%).
func (s Score) String() string {
	return fmt.Sprintf("%d of %d steps (%.1f%%)", s.Matched, s.Steps, s.Percent())
}

// judge lists where got, which may be nil or end early, differs from the recording
// want, and counts how much of want is in it.
func judge(want, got *Outcome) (differences []Difference, score Score) {
	for i := range want.Steps {
		step := &want.Steps[i]
		var did *StepOutcome
		if got != nil && i < len(got.Steps) {
			did = &got.Steps[i]
		}
		found, one := judgeStep(step, did)
		score = score.Add(one)
		for _, d := range found {
			d.Step, d.Title = i+1, step.Title
			differences = append(differences, d)
		}
	}
	return differences, score
}

func judgeStep(want, got *StepOutcome) (differences []Difference, score Score) {
	a := map[string]string{}
	if !want.Skip {
		a, score.Steps = leaves(want), 1
	}
	switch {
	case got == nil:
		score.Leaves = len(a)
		return []Difference{{NotReached: true}}, score
	case want.Skip:
		return nil, score
	}
	b := leaves(got)
	paths := maps.Clone(a)
	maps.Copy(paths, b)
	for _, p := range slices.Sorted(maps.Keys(paths)) {
		if a[p] != b[p] { // a leaf's JSON is never empty, so "" is one that is not there
			differences = append(differences, Difference{Path: p, Want: a[p], Got: b[p]})
		}
	}
	score.Leaves, score.LeavesMatched = len(paths), len(paths)-len(differences)
	if len(differences) == 0 {
		score.Matched = 1
	}
	return differences, score
}

// leaves maps the path of each leaf to its JSON. An object or list that is empty
// is a leaf too.
func leaves(o *StepOutcome) map[string]string {
	encoded, err := json.Marshal(o)
	if err != nil {
		panic("conformance: an outcome holds what came out of JSON: " + err.Error())
	}
	var step map[string]any
	if err := json.Unmarshal(encoded, &step); err != nil {
		panic("conformance: " + err.Error())
	}
	delete(step, "step")
	out := map[string]string{}
	collectLeaves(out, "", step)
	return out
}

func collectLeaves(out map[string]string, path string, v any) {
	below := path + "."
	if path == "" {
		below = ""
	}
	switch v := v.(type) {
	case map[string]any:
		for k, x := range v {
			collectLeaves(out, below+k, x)
		}
		if len(v) > 0 {
			return
		}
	case []any:
		for i, x := range v {
			collectLeaves(out, below+strconv.Itoa(i), x)
		}
		if len(v) > 0 {
			return
		}
	}
	out[path] = canonical(v)
}

// short keeps a line of a report readable.
func short(json string) string {
	const limit = 400
	if len(json) > limit {
		return json[:limit] + "…"
	}
	return json
}
