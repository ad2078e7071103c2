package recorder

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// nameExchange writes names in the place of values, in the order in which people
// read them.
func (n *namer) nameExchange(ex *value) {
	for _, side := range []string{"request", "answer"} {
		m := ex.get(side)
		if m == nil {
			continue
		}
		for i, key := range m.keys {
			switch key {
			case "origin", "path", "text":
				m.items[i].text = n.nameText(m.items[i].text)
			case "query", "form", "header":
				n.nameFields(m.items[i])
			case "json":
				n.nameValue(m.items[i], "")
			case "multipart":
				n.nameParts(m.items[i])
			}
		}
	}
	if err := ex.get("err"); err != nil {
		err.text = n.nameText(err.text)
	}
	if followed := ex.get("followed"); followed != nil {
		n.nameFields(followed)
	}
}

// nameValue names what is in a value of JSON that stands under a key.
func (n *namer) nameValue(v *value, key string) {
	switch v.kind {
	case number:
		if name := n.moment(key, v.text); name != "" {
			*v = *textValue(name)
		}
	case text:
		n.nameString(v, key)
		if isMoment(v.text) {
			*v = value{kind: object, keys: []string{"$text"}, items: []*value{textValue(v.text)}}
		}
	case embedded:
		n.nameValue(v.items[0], key)
		*v = value{kind: object, keys: []string{"$json"}, items: v.items}
	case array:
		for _, item := range v.items {
			n.nameValue(item, key)
		}
	case object:
		for i, item := range v.items {
			under := v.keys[i]
			if isID(under) {
				under = key
			}
			v.keys[i] = n.nameKey(v.keys[i])
			if strings.HasPrefix(v.keys[i], "$") {
				v.keys[i] = "$" + v.keys[i]
			}
			n.nameValue(item, under)
		}
	}
}

// nameFields names what is in a form, a query, headers or a list: texts, each of which may
// hold JSON.
func (n *namer) nameFields(v *value) {
	for i, item := range v.items {
		key := ""
		if v.kind == object {
			key = v.keys[i]
			v.keys[i] = n.nameKey(key)
		}
		switch item.kind {
		case text:
			n.nameString(item, key)
		case array:
			for _, one := range item.items {
				n.nameField(one, key)
			}
		default:
			n.nameField(item, key)
		}
	}
}

func (n *namer) nameField(v *value, key string) {
	if v.kind == text {
		n.nameString(v, key)
		return
	}
	n.nameValue(v, key)
}

// nameString names what is in the text v.
func (n *namer) nameString(v *value, key string) {
	scheme := ""
	if strings.EqualFold(key, "authorization") {
		scheme, v.text = cutScheme(v.text)
	}
	secret := v.sealed || wholeKindOf(key, v.text) != ""
	switch {
	case v.text != "" && secret:
		v.text = "{" + n.nameOf(v.text) + "}"
	case isDigits(v.text) && n.moment(key, v.text) != "":
		v.text = n.moment(key, v.text)
	default:
		v.text = n.nameText(v.text)
	}
	v.text = scheme + v.text
}

// moment returns the name of a moment in braces, "" where digits are none.
func (n *namer) moment(key, digits string) string {
	rank, kind := n.rank(key, digits), "time"
	if rank == 0 {
		return ""
	}
	if momentUnder(key, digits) == seconds {
		kind = "seconds"
	}
	return "{" + kind + "." + strconv.Itoa(rank) + "}"
}

// rank returns which of the session's moments the digits are, from 1; 0 where they
// are none.
func (n *namer) rank(key, digits string) int {
	list := n.times
	switch momentUnder(key, digits) {
	case notTime:
		return 0
	case seconds:
		list = n.seconds
	}
	at, found := slices.BinarySearch(list, toInt(digits))
	if !found {
		return 0
	}
	return at + 1
}

// nameText returns a text with names for what in it is known or looks like an id.
func (n *namer) nameText(s string) string {
	spans := n.spans(s)
	for i := range spans {
		value := s[spans[i].from:spans[i].to]
		if spans[i].name = strings.Trim(n.moment("", value), "{}"); spans[i].name == "" {
			spans[i].name = n.nameOf(value)
		}
	}
	// The name of a direct channel is its members' ids, the lower id first: chance
	// decides which that is.
	if len(spans) == 2 && spans[0].from == 0 && spans[1].to == len(s) && s[spans[0].to:spans[1].from] == "__" {
		if compareNames(spans[0].name, spans[1].name) > 0 {
			spans[0].name, spans[1].name = spans[1].name, spans[0].name
		}
	}
	return showNames(s, spans)
}

// nameKey is nameText for a key. One that promises a secret has none in it, whatever that is.
func (n *namer) nameKey(key string) string {
	if wholeKind(key) != "" && len(runs(key)) == 0 {
		return key
	}
	return n.nameText(key)
}

// spans returns the parts of a text that names stand for, in their order, without
// the names.
func (n *namer) spans(s string) []span {
	var found []span
	for i := 0; i < len(s); {
		to := n.longAt(s, i)
		if to == 0 && isAlphanumeric(s[i]) && (i == 0 || !isAlphanumeric(s[i-1])) {
			to = n.runAt(s, i)
		}
		if to == 0 {
			i++
			continue
		}
		found = append(found, span{from: i, to: to})
		i = to
	}
	return found
}

// longAt returns the end of the secret or the host that begins at i, 0 if none does.
func (n *namer) longAt(s string, i int) int {
	if len(n.long) == 0 || i+longFrom > len(s) {
		return 0
	}
	for _, value := range n.long[s[i:i+longFrom]] {
		if to := i + len(value); strings.HasPrefix(s[i:], value) && (n.known[value].kind != "host" || isHostAt(s, i, to)) {
			return to
		}
	}
	return 0
}

// runAt returns the end of the id or the moment that begins at i, 0 if none does.
func (n *namer) runAt(s string, i int) int {
	to := i
	for to < len(s) && isAlphanumeric(s[to]) {
		to++
	}
	word := s[i:to]
	if (isID(word) || isHash(word)) && n.known[word].kind != "" || isMilliseconds(word) && n.moment("", word) != "" {
		return to
	}
	return 0
}

// nameOf returns the name of a value that is known. The first call decides on it.
func (n *namer) nameOf(value string) string {
	if name := n.names[value]; name != "" {
		return name
	}
	if given := n.rules.named[value]; given != "" {
		return n.name(value, given)
	}
	if slices.Contains(n.rules.sites, value) {
		return n.name(value, siteName)
	}
	kind := cmp.Or(n.known[value].kind, "secret")
	if nice := n.nice[value]; nice != "" && !n.taken[kind+"."+nice] {
		return n.name(value, kind+"."+nice)
	}
	for {
		n.counts[kind]++
		if name := kind + "." + strconv.Itoa(n.counts[kind]); !n.taken[name] {
			return n.name(value, name)
		}
	}
}

// siteName is the name that all of the server's hosts have.
const siteName = "host.site"

func (n *namer) name(value, name string) string {
	if name != siteName || !slices.Contains(n.order, siteName) {
		n.order = append(n.order, name)
	}
	n.names[value], n.taken[name] = name, true
	return name
}

// compareNames sorts post.2 before post.10.
func compareNames(a, b string) int {
	kindA, restA, _ := strings.Cut(a, ".")
	kindB, restB, _ := strings.Cut(b, ".")
	byCount := 0
	if isDigits(restA) && isDigits(restB) {
		byCount = cmp.Compare(len(restA), len(restB))
	}
	return cmp.Or(strings.Compare(kindA, kindB), byCount, strings.Compare(restA, restB))
}

// sortedNames returns the names given: those of a kind together.
func (n *namer) sortedNames() []string {
	names := slices.Clone(n.order)
	slices.SortFunc(names, compareNames)
	return names
}
