package recorder

import (
	"cmp"
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
// written first), then the one that is most like what is wanted, by the words of
// the conditions, and then the latest candidate.
func Nearest[T any](candidates iter.Seq[T], conditions ...Condition[T]) (nearest T, misses []string, ok bool) {
	all := flatten(conditions)
	like := newLikeness(all)
	var best rank
	for candidate := range candidates {
		missed, first := missesOf(candidate, all)
		if len(missed) == 0 {
			continue
		}
		at := rank{-len(missed), first, like.to(missed)}
		if !ok || at.compare(best) >= 0 {
			nearest, misses, best, ok = candidate, missed, at, true
		}
	}
	return nearest, misses, ok
}

// A rank is how near a candidate comes; more is nearer.
type rank struct{ missed, first, like int }

func (r rank) compare(o rank) int {
	return cmp.Or(cmp.Compare(r.missed, o.missed), cmp.Compare(r.first, o.first), cmp.Compare(r.like, o.like))
}

// A likeness compares texts with what conditions want, by the pairs of bytes that they
// have in common.
type likeness struct {
	wanted pairs
	size   int // how many pairs that are
}

// pairs are how often there is a pair of bytes, of which some count as one.
type pairs [1024]int16

func pairOf(a, b byte) int { return (int(a)*31 + int(b)) % len(pairs{}) }

func newLikeness[T any](conditions []Condition[T]) *likeness {
	l := &likeness{}
	for _, c := range conditions {
		want := clip(c.Want)
		for i := range max(0, len(want)-1) {
			l.wanted[pairOf(want[i], want[i+1])]++
			l.size++
		}
	}
	return l
}

// to returns how much misses are like what is wanted, in thousandths: how much of that
// is in them, and a little how much else. What they repeat of it, behind ", wanted",
// says nothing.
func (l *likeness) to(misses []string) int {
	left, size, common := l.wanted, 1, 0
	for _, miss := range misses {
		miss, _, _ = strings.Cut(miss, ", wanted")
		miss = clip(miss)
		if strings.Contains(miss, "is "+leftOut) || strings.Contains(miss, `is "`+leftOut) {
			common = l.size // what is left out is the same: see Excerpts
			continue
		}
		for i := range max(0, len(miss)-1) {
			size++
			if pair := pairOf(miss[i], miss[i+1]); left[pair] > 0 {
				left[pair]--
				common++
			}
		}
	}
	return 8000 * min(common, l.size) / (8*l.size + size)
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
