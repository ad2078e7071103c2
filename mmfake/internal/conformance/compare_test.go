package conformance

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func step(t *testing.T, source string) StepOutcome {
	t.Helper()
	var o StepOutcome
	require.NoError(t, json.Unmarshal([]byte(source), &o))
	return o
}

func TestLeavesAreComparedOneByOne(t *testing.T) {
	for _, c := range []struct {
		name, want, got string
		differences     []string
		leaves, same    int
	}{
		{"equal", `{"body": {"a": [1, null]}}`, `{"body": {"a": [1, null]}}`, nil, 2, 2},
		{"title does not count", `{"step": "x", "status": 200}`, `{"step": "y", "status": 200}`, nil, 1, 1},
		{"changed", `{"body": {"a": 1}}`, `{"body": {"a": "1"}}`, []string{`body.a: got "1", want 1`}, 1, 0},
		{"missing", `{"body": {"a": 1, "b": [2]}}`, `{"body": {"a": 1}}`, []string{`body.b.0: missing, want 2`}, 2, 1},
		{"unexpected", `{"body": []}`, `{"body": ["x"]}`, []string{`body: missing, want []`, `body.0: unexpected "x"`}, 2, 0},
		{"empty is not null", `{"body": {"a": {}}}`, `{"body": {"a": null}}`, []string{`body.a: got null, want {}`}, 1, 0},
		{"null is not absent", `{"body": {"a": null, "b": 1}}`, `{"body": {"b": 1}}`, []string{`body.a: missing, want null`}, 2, 1},
		{"order", `{"headers": ["Etag", "Link"]}`, `{"headers": ["Link", "Etag"]}`, []string{`headers.0: got "Link", want "Etag"`, `headers.1: got "Etag", want "Link"`}, 2, 0},
		{"no HTML escapes", `{"body": "<id>"}`, `{"body": "<ms>"}`, []string{`body: got "<ms>", want "<id>"`}, 1, 0},
		{"prepares only", `{"not_compared": true, "status": 200}`, `{"not_compared": true, "status": 500}`, nil, 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			want := &Outcome{Steps: []StepOutcome{step(t, c.want)}}
			got := &Outcome{Steps: []StepOutcome{step(t, c.got)}}
			var lines []string
			differences, score := judge(want, got)
			for _, d := range differences {
				_, line, _ := strings.Cut(d.String(), ": ")
				lines = append(lines, line)
			}
			assert.Equal(t, c.differences, lines)
			assert.Equal(t, c.leaves, score.Leaves)
			assert.Equal(t, c.same, score.LeavesMatched)
			assert.Equal(t, score.Steps == 1 && c.differences == nil, score.Matched == 1)
		})
	}
}

func TestStepsThatWereNotReachedDiffer(t *testing.T) {
	want := &Outcome{Steps: []StepOutcome{{Title: "a", Status: 200}, {Title: "b", Skip: true}, {Title: "c", Status: 200, Body: "x"}}}
	_, score := judge(want, nil)
	assert.Equal(t, Score{Steps: 2, Leaves: 3}, score)

	differences, score := judge(want, &Outcome{Steps: want.Steps[:1]})

	require.Len(t, differences, 2)
	assert.Equal(t, "step 2 b: not reached", differences[0].String())
	assert.Equal(t, "step 3 c: not reached", differences[1].String())
	assert.Equal(t, Score{Steps: 2, Matched: 1, Leaves: 3, LeavesMatched: 1}, score)
}

func TestEveryRecordingMatchesItselfAndNoOther(t *testing.T) {
	scenarios, err := Scenarios()
	require.NoError(t, err)
	var before *Outcome
	for _, s := range scenarios {
		if !s.For("11.6") {
			continue
		}
		o, err := Golden("11.6", s.Name)
		require.NoError(t, err)
		differences, score := judge(o, o)
		assert.Empty(t, differences)
		assert.Equal(t, score.Steps, score.Matched)
		assert.NotZero(t, score.Steps, s.Name)
		if before != nil {
			differences, _ := judge(o, before)
			assert.NotEmpty(t, differences, s.Name)
		}
		before = o
	}
}

func TestAScoreIsToldInWords(t *testing.T) {
	assert.Equal(t, "3 of 4 steps (75.0%)", Score{Steps: 3, Matched: 2}.Add(Score{Steps: 1, Matched: 1}).String())
	assert.Equal(t, "0 of 0 steps (0.0%)", Score{}.String())
}

func TestLongValuesAreCutInAReport(t *testing.T) {
	d := Difference{Path: "body", Want: strings.Repeat("x", 500), Got: "1"}
	assert.Less(t, len(d.String()), 450)
}
