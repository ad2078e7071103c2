package recorder

import (
	"cmp"
	"slices"
	"strings"
)

// sets are the keys of lists of ids whose order says nothing: the server sorts them by the
// ids, or takes them from where they have no order.
var sets = map[string]bool{"file_ids": true, "mentions": true}

// isSet tells whether a path leads to such a list.
func isSet(path string) bool { return sets[path[strings.LastIndexByte(path, '.')+1:]] }

// arrangeSets puts the ids in what a server has said into an order that is the same in each
// recording: by what people call them, then as they were seen. What a client has sent stays,
// for it sends it like that again.
func (n *namer) arrangeSets(ex *value) {
	said := "answer"
	if Direction(ex.string("direction")) == Out {
		said = "request"
	}
	n.arrangeSet(ex.get(said), "")
}

func (n *namer) arrangeSet(v *value, key string) {
	switch {
	case v == nil:
		return
	case v.kind == text && sets[key]: // as outgoing webhooks have file_ids
		if ids := strings.Split(v.text, ","); !slices.ContainsFunc(ids, func(id string) bool { return !isID(id) }) {
			slices.SortStableFunc(ids, n.compareIDs)
			v.text = strings.Join(ids, ",")
		}
	case v.kind == array && sets[key] && !slices.ContainsFunc(v.items, func(item *value) bool { return item.kind != text || !isID(item.text) }):
		slices.SortStableFunc(v.items, func(a, b *value) int { return n.compareIDs(a.text, b.text) })
	default:
		for i, item := range v.items {
			under := key
			if v.kind == object {
				under = v.keys[i]
			}
			n.arrangeSet(item, under)
		}
	}
}

func (n *namer) compareIDs(a, b string) int {
	return cmp.Or(strings.Compare(n.nice[a], n.nice[b]), cmp.Compare(n.seen[a], n.seen[b]))
}

// paired returns items of a set that was sent in the order of the recorded ones that they can
// be.
func (u *unifier) paired(path string, shown, sent []*value) []*value {
	left, order := slices.Clone(sent), make([]*value, 0, len(sent))
	for _, item := range shown {
		at := max(0, slices.IndexFunc(left, func(other *value) bool {
			trial := u.trial()
			trial.compare(path, item, other)
			return len(trial.differences) == 0
		}))
		order = append(order, left[at])
		left = slices.Delete(left, at, at+1)
	}
	return order
}
