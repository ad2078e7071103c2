package recorder

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// bindings are what the names of a fixture stand for in a replay.
type bindings struct {
	from   *Fixture
	values map[string]string // by name
	names  map[string]string // by value
}

func newBindings(f *Fixture) *bindings {
	b := &bindings{from: f, values: map[string]string{}, names: map[string]string{}}
	for _, name := range f.names {
		b.names[f.Value(name)] = name
	}
	for name, value := range f.values {
		b.bind(name, value)
	}
	return b
}

func (b *bindings) bind(name, value string) {
	if _, bound := b.values[name]; !bound {
		b.values[name], b.names[value] = value, name
	}
}

func (b *bindings) value(name string) string {
	if value, bound := b.values[name]; bound {
		return value
	}
	return b.from.Value(name)
}

// fixture returns the fixture with what its names stand for by now. A name whose
// value the client is told stands for that from then on, but for a pending_post_id, which
// others may be told of before the client makes it up.
func (b *bindings) fixture() *Fixture {
	next := *b.from
	next.values = b.values
	next.told = func(name, value string) {
		if !strings.HasPrefix(name, "pending.") {
			b.bind(name, value)
		}
	}
	return &next
}

// matches tells whether a request is the recorded one, and what names that have stood
// for nothing yet would stand for then.
func (b *bindings) matches(shown, request *value) (fresh map[string]string, is bool) {
	u := &unifier{bindings: b, fresh: map[string]string{}, most: 1, ownClock: true}
	u.request(shown, request)
	return u.fresh, len(u.differences) == 0
}

// bindAll is bind for what matches has found.
func (b *bindings) bindAll(fresh map[string]string) {
	for name, value := range fresh {
		b.bind(name, value)
	}
}

// differences returns in words what is different in a request from the recorded one.
func (b *bindings) differences(shown, request *value) []string {
	u := &unifier{bindings: b, fresh: map[string]string{}, most: farOff, ownClock: true}
	u.request(shown, request)
	return u.differences
}

// farOff is how many differences are looked for.
const farOff = 5

// A unifier compares a recorded request with one that a client has made.
type unifier struct {
	*bindings
	fresh       map[string]string // what names would stand for
	most        int               // when to stop
	ignored     []string          // paths; see Ignore
	anyTime     bool              // a moment may be any one, but the same in all of the message
	ownClock    bool              // a moment may be any that the sender was not told; see ownMoment
	differences []string
}

// trial is a unifier that goes on where u is, to see whether there is a difference.
func (u *unifier) trial() *unifier {
	next := *u
	next.fresh, next.most, next.differences = maps.Clone(u.fresh), 1, nil
	return &next
}

func (u *unifier) differ(path, format string, args ...any) {
	if len(u.differences) < u.most && !slices.ContainsFunc(u.ignored, func(part string) bool { return isBelow(path, part) }) {
		u.differences = append(u.differences, path+" "+fmt.Sprintf(format, args...))
	}
}

func (u *unifier) request(shown, request *value) {
	if method := shown.string("method"); method != request.string("method") {
		u.differ("method", "is %s, recorded is %s", request.string("method"), method)
	}
	if path := request.string("path"); !u.text(shown.string("path"), path) {
		u.differ("path", "is %s, recorded is %s", clip(path), clip(shown.string("path")))
	}
	u.bodies(shown, request)
}

// bodies compares the queries and the bodies of two messages. Of a body of which only the
// beginning was recorded the size is compared, if that of the other one is known.
func (u *unifier) bodies(shown, message *value) {
	size, whole := shown.get("size"), message.get("size")
	if size != nil && whole != nil && size.text != whole.text {
		u.differ("the body", "has %s bytes, recorded are %s", whole.text, size.text)
	}
	for _, part := range bodyKeys {
		if size != nil && part != "query" {
			return
		}
		recorded, sent := shown.get(part), message.get(part)
		switch {
		case recorded == nil && sent == nil:
		case recorded == nil:
			u.differ(part, "is %s, recorded is none", clip(string(sent.append(nil))))
		case sent == nil:
			u.differ(part, "is absent, recorded is %s", clip(string(recorded.append(nil))))
		case part == "multipart":
			u.parts(recorded, sent)
		default:
			u.compare(part, recorded, sent)
		}
	}
}

// bodyKeys are the keys under which a message has what tells it from others.
var bodyKeys = []string{"query", "json", "form", "multipart", "text", "base64"}

// parts compares the parts of two forms, in their order.
func (u *unifier) parts(shown, sent *value) {
	if len(shown.items) != len(sent.items) {
		u.differ("multipart", "has the parts %s, recorded are %s", partNames(sent), partNames(shown))
		return
	}
	for i, recorded := range shown.items {
		u.part("multipart."+strconv.Itoa(i), recorded, sent.items[i])
	}
}

func (u *unifier) part(path string, shown, sent *value) {
	for _, key := range []string{"name", "filename", "type", "text", "base64"} {
		recorded, is := shown.get(key), sent.get(key)
		switch {
		case recorded == nil && is == nil:
		case recorded == nil:
			u.differ(below(path, key), "is %s, recorded is none", clip(string(is.append(nil))))
		case is == nil:
			u.differ(below(path, key), "is absent, recorded is %s", clip(string(recorded.append(nil))))
		default:
			u.compare(below(path, key), recorded, is)
		}
	}
}

func partNames(parts *value) string {
	names := make([]string, len(parts.items))
	for i, p := range parts.items {
		names[i] = strconv.Quote(p.string("name"))
	}
	return "[" + clip(strings.Join(names, ", ")) + "]"
}

// isBelow tells whether a path is a part, in which "*" stands for one key, or is
// below it.
func isBelow(path, part string) bool {
	for {
		key, rest, more := strings.Cut(part, ".")
		at, below, deeper := strings.Cut(path, ".")
		if key != "*" && key != at || more && !deeper {
			return false
		}
		if !more {
			return true
		}
		part, path = rest, below
	}
}

// compare compares a value of a fixture with one that was sent.
func (u *unifier) compare(path string, shown, sent *value) {
	same := false
	switch shown.kind {
	case object:
		if inner := shown.get("$json"); inner != nil && len(shown.keys) == 1 {
			if sent.kind == embedded {
				u.compare(path, inner, sent.items[0])
				return
			}
		} else if inner := shown.get("$text"); inner != nil && len(shown.keys) == 1 {
			same = sent.kind == text && u.text(inner.text, sent.text)
		} else if sent.kind == object {
			u.objects(path, shown, sent)
			return
		}
	case array:
		if sent.kind == array && len(sent.items) == len(shown.items) {
			items := sent.items
			if isSet(path) {
				items = u.paired(path, shown.items, items)
			}
			for i, item := range shown.items {
				u.compare(below(path, strconv.Itoa(i)), item, items[i])
			}
			return
		}
	case text:
		moment := isMoment(shown.text) && sent.kind == number
		switch {
		case sent.kind == text || moment:
			same = u.text(shown.text, sent.text)
		case isSealed(shown.text):
			same = u.text(shown.text, sent.asText())
		}
	case number:
		same = sent.kind == number && sameNumber(json.Number(shown.text), json.Number(sent.text))
	default:
		same = sent.kind == shown.kind && sent.text == shown.text
	}
	if !same {
		is, was := Excerpts(string(sent.append(nil)), string(shown.append(nil)))
		u.differ(path, "is %s, recorded is %s", is, was)
	}
}

func (u *unifier) objects(path string, shown, sent *value) {
	rest := map[string]*value{}
	for i, key := range sent.keys {
		rest[key] = sent.items[i]
	}
	for i, key := range shown.keys {
		if strings.HasPrefix(key, "$$") {
			key = key[1:]
		}
		u.keyFor(path, key, shown.items[i], rest)
		key = expandNames(key, u.valueOf)
		item, found := rest[key]
		if !found {
			u.differ(below(path, key), "is absent, recorded is %s", clip(string(shown.items[i].append(nil))))
			continue
		}
		delete(rest, key)
		u.compare(below(path, key), shown.items[i], item)
	}
	for _, key := range slices.Sorted(maps.Keys(rest)) {
		u.differ(below(path, key), "is %s, recorded is none", clip(string(rest[key].append(nil))))
	}
}

// keyFor has a key that is a name, and stands for nothing yet, stand for one that was
// sent: if possible for one whose value is the same.
func (u *unifier) keyFor(path, key string, shown *value, sent map[string]*value) {
	m := shownName.FindStringSubmatch(key)
	if m == nil || m[0] != key {
		return
	}
	if _, known := u.standsFor(m[1]); known {
		return
	}
	first := ""
	for _, other := range slices.Sorted(maps.Keys(sent)) {
		if !canBe(m[1], other) || u.isOthers(m[1], other) {
			continue
		}
		trial := u.trial()
		trial.fresh[m[1]] = other
		if trial.compare(below(path, other), shown, sent[other]); len(trial.differences) == 0 {
			u.fresh[m[1]] = other
			return
		}
		if first == "" {
			first = other
		}
	}
	if first != "" {
		u.fresh[m[1]] = first
	}
}

// valueOf is what a name stands for, or would.
func (u *unifier) valueOf(name string) string {
	if value, fresh := u.fresh[name]; fresh {
		return value
	}
	return u.value(name)
}

// text tells whether a text is the recorded one. A name that stands for nothing yet
// takes what is in its place: what a value of its kind looks like, or all up to what
// follows it.
func (u *unifier) text(shown, sent string) bool {
	for {
		at := shownName.FindStringSubmatchIndex(shown)
		if at == nil {
			return shown == sent
		}
		if !strings.HasPrefix(sent, shown[:at[0]]) {
			return false
		}
		name := shown[at[2]:at[3]]
		sent, shown = sent[at[0]:], shown[at[1]:]
		value, known := u.standsFor(name)
		if !known {
			value = u.taken(sent, shown)
			if !canBe(name, value) || u.isOthers(name, value) || u.anyTime && isMomentName(name) && len(value) < shortestMoment {
				return false
			}
			u.fresh[name] = value
		}
		if known && isMomentName(name) && u.ownClock {
			value = u.ownMoment(u.taken(sent, shown), value)
		}
		if !strings.HasPrefix(sent, value) {
			return false
		}
		sent = sent[len(value):]
	}
}

// ownMoment returns what was sent in the place of a moment, if it is of the sender's own
// clock: nothing that was told or sent before. When it was recorded that may by chance have
// been one that the server had told. What was told has to be the same again.
func (u *unifier) ownMoment(sent, told string) string {
	if len(sent) < shortestMoment || !isDigits(sent) || u.names[sent] != "" {
		return told
	}
	return sent
}

// standsFor returns what a name stands for already.
func (u *unifier) standsFor(name string) (value string, known bool) {
	if name == brace {
		return "{", true
	}
	if value, known = u.fresh[name]; known {
		return value, true
	}
	if u.anyTime && isMomentName(name) {
		return "", false
	}
	value, known = u.values[name]
	return value, known
}

// shortestMoment is how many digits a moment has at least, in seconds since 1970.
const shortestMoment = 9

// taken returns what stands in the place of a name that begins a text, before what
// follows the name.
func (u *unifier) taken(sent, follows string) string {
	literal := follows
	if at := shownName.FindStringIndex(follows); at != nil {
		literal = follows[:at[0]]
	}
	if literal == "" {
		return sent
	}
	before, _, _ := strings.Cut(sent, literal)
	return before
}

// canBe tells whether a name of its kind can stand for a value.
func canBe(name, value string) bool {
	kind, _, _ := strings.Cut(name, ".")
	switch usual := standIn(name); {
	case isMomentName(name):
		return isDigits(value)
	case kind == "token", kind == "hook":
		return value != ""
	case isID(usual):
		return isID(value)
	}
	return value != ""
}

// isOthers tells whether a value is what another name of the same kind stands for.
func (u *unifier) isOthers(name, value string) bool {
	other := u.names[value]
	if other == "" || other == name {
		return false
	}
	kind, _, _ := strings.Cut(name, ".")
	return strings.HasPrefix(other, kind+".") && !isMomentName(name) && u.value(other) == value
}
