package conformance

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
)

var anyID = regexp.MustCompile(`\b[a-z0-9]{26}\b`)

// number tells apart the unknown ids of one answer that stand in it more than
// once, <id1>, <id2>, … in the order of their appearance, so that relations show.
// The others become <id>.
func number(v any) any {
	n := numbering{times: map[string]int{}, place: map[string]int{}}
	eachID(v, func(id string) string { n.times[id]++; return id })
	return n.walk(v)
}

type numbering struct {
	times map[string]int // how often an id stands in the answer
	place map[string]int // the number it got
}

func (n *numbering) rename(id string) string {
	if n.times[id] < 2 {
		return "<id>"
	}
	if n.place[id] == 0 {
		n.place[id] = len(n.place) + 1
	}
	return fmt.Sprintf("<id%d>", n.place[id])
}

// walk renames all ids in a copy of v, in an order that does not depend on them.
func (n *numbering) walk(v any) any {
	switch v := v.(type) {
	case string:
		return anyID.ReplaceAllStringFunc(v, n.rename)
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = n.walk(v[i])
		}
		return out
	case map[string]any:
		out := make(map[string]any, len(v))
		for _, k := range n.order(v) {
			name := anyID.ReplaceAllStringFunc(k, n.rename) // a key comes before its value
			out[name] = n.walk(v[k])
		}
		return out
	}
	return v
}

// order sorts an object's keys: plain ones by name, then the ids that have a
// number already, then the other ids by what stands under them.
func (n *numbering) order(m map[string]any) []string {
	type rank struct {
		class, place int
		text         string
	}
	ranks := make(map[string]rank, len(m))
	keys := make([]string, 0, len(m))
	for k, x := range m {
		keys = append(keys, k)
		switch place := n.place[k]; {
		case !anyID.MatchString(k):
			ranks[k] = rank{text: k}
		case place != 0:
			ranks[k] = rank{class: 1, place: place}
		default:
			ranks[k] = rank{class: 2, text: canonical(eachID(x, func(string) string { return "<id>" }))}
		}
	}
	slices.SortFunc(keys, func(a, b string) int {
		x, y := ranks[a], ranks[b]
		return cmp.Or(cmp.Compare(x.class, y.class), cmp.Compare(x.place, y.place), cmp.Compare(x.text, y.text), cmp.Compare(a, b))
	})
	return keys
}

// eachID returns a copy of v with every id replaced by what f makes of it.
func eachID(v any, f func(string) string) any {
	switch v := v.(type) {
	case string:
		return anyID.ReplaceAllStringFunc(v, f)
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = eachID(v[i], f)
		}
		return out
	case map[string]any:
		out := make(map[string]any, len(v))
		for k, x := range v {
			out[anyID.ReplaceAllStringFunc(k, f)] = eachID(x, f)
		}
		return out
	}
	return v
}
