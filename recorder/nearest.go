package recorder

import (
	"fmt"
	"iter"
	"strings"
)

// Nearest returns, of the candidates that do not meet all of the conditions,
// the one that comes nearest, and why it does not meet them: a text for each
// condition that it misses. It returns ok false when there is no such
// candidate.
//
// The nearest misses the fewest conditions; among equals, the one that misses
// a later condition than the others do (so the condition that matters most is
// written first), and then the latest candidate.
func Nearest[T any](candidates iter.Seq[T], conditions ...Condition[T]) (nearest T, misses []string, ok bool) {
	all := flatten(conditions)
	firstMissed := -1
	for candidate := range candidates {
		missed, first := missesOf(candidate, all)
		if len(missed) == 0 {
			continue
		}
		better := len(missed) < len(misses) || len(missed) == len(misses) && first >= firstMissed
		if better || !ok {
			nearest, misses, firstMissed, ok = candidate, missed, first, true
		}
	}
	return nearest, misses, ok
}

// Explain returns a text for a person whose condition was not met: what was
// wanted, and which candidate comes nearest (see [Nearest]) with what is
// different. Candidates are shown as fmt prints them, so a type with a String
// method shows itself best.
//
//	wanted:  POST /api/v4/posts
//	         status 201
//	nearest: #4 api in POST /api/v4/posts by deploybot: 503
//	         status is 503, wanted 201
func Explain[T any](candidates iter.Seq[T], conditions ...Condition[T]) string {
	var wants []string
	for _, c := range flatten(conditions) {
		wants = append(wants, c.Want)
	}
	if len(wants) == 0 {
		wants = []string{"anything"}
	}
	count := 0
	counted := func(yield func(T) bool) {
		for candidate := range candidates {
			count++
			if !yield(candidate) {
				return
			}
		}
	}
	nearest, misses, ok := Nearest(counted, conditions...)
	var lines []string
	switch {
	case ok:
		lines = append([]string{fmt.Sprint(nearest)}, misses...)
	case count == 0:
		lines = []string{"none, there is nothing to compare with"}
	default:
		lines = []string{fmt.Sprintf("none, all %d there are meet it", count)}
	}
	return labelled("wanted:  ", wants) + "\n" + labelled("nearest: ", lines)
}

// labelled puts a label before the first line and indents the others below it.
func labelled(label string, lines []string) string {
	indent := "\n" + strings.Repeat(" ", len(label))
	return label + strings.ReplaceAll(strings.Join(lines, "\n"), "\n", indent)
}
