package recorder

import (
	"cmp"
	"slices"
	"strings"
)

// arrange sorts those fields of each object whose keys are ids, as in "posts":
// {"…": …}. The server sends them in the order of the ids, which chance decides:
// here they stand in the order of the moments in them, then of what else is in
// them, names aside. It needs to know which values names will stand for.
func (n *namer) arrange(v *value) {
	if v == nil {
		return
	}
	for _, item := range v.items {
		n.arrange(item)
	}
	if v.kind != object {
		return
	}
	var places []int
	var fields []*idField
	for i, key := range v.keys {
		if isID(key) {
			field := &idField{key: key, item: v.items[i], nice: n.nice[key], seen: n.seen[key]}
			n.outline(&field.outline, v.items[i], "")
			places, fields = append(places, i), append(fields, field)
		}
	}
	slices.SortStableFunc(fields, (*idField).compare)
	for i, at := range places {
		v.keys[at], v.items[at] = fields[i].key, fields[i].item
	}
}

// An idField is a field whose key is an id, with what it is sorted by.
type idField struct {
	key  string
	item *value
	outline
	nice string
	seen int
}

func (f *idField) compare(other *idField) int {
	return cmp.Or(
		slices.Compare(f.moments, other.moments),
		strings.Compare(f.rest.String(), other.rest.String()),
		strings.Compare(f.nice, other.nice),
		cmp.Compare(f.seen, other.seen),
	)
}

// An outline is what is the same in each recording of a value: its moments, as
// their ranks, and all but what names stand for.
type outline struct {
	moments []int
	rest    strings.Builder
}

func (n *namer) outline(o *outline, v *value, key string) {
	o.rest.WriteByte('0' + byte(v.kind))
	switch {
	case v.kind == number || v.kind == text && isDigits(v.text):
		if rank := n.rank(key, v.text); rank > 0 {
			o.moments = append(o.moments, rank)
			return
		}
		o.rest.WriteString(v.text)
	case v.sealed, v.kind == text && wholeKindOf(key, v.text) != "":
	case v.kind == text:
		n.outlineText(o, v.text)
	case v.kind == literal:
		o.rest.WriteString(v.text)
	}
	for i, item := range v.items {
		under := key
		if v.kind == object && !isID(v.keys[i]) {
			under = v.keys[i]
		}
		if v.kind == object {
			n.outlineText(o, v.keys[i])
		}
		n.outline(o, item, under)
	}
}

func (n *namer) outlineText(o *outline, s string) {
	at := 0
	for _, sp := range n.spans(s) {
		if rank := n.rank("", s[sp.from:sp.to]); rank > 0 {
			o.moments = append(o.moments, rank)
		}
		o.rest.WriteString(s[at:sp.from])
		at = sp.to
	}
	o.rest.WriteString(s[at:])
}
