package recorder

import (
	"fmt"
	"slices"
	"strings"
)

// Needed returns the names, without braces, whose values a client has to know before
// it begins, in the order in which it sends them: those that it sends before the server has
// told them, such as its token and the channel in which it posts. A replay takes any
// value for them; a server that is held against the fixture has to have them.
func (f *Fixture) Needed() []string {
	var names []string
	for _, need := range f.needed(func(int) bool { return true }) {
		names = append(names, need.name)
	}
	return names
}

// A need is a name that clients send before the server has told it to them.
type need struct {
	name  string
	index int    // of the exchange that sends it first
	place string // where in the request
	out   bool   // only an integration can know it
}

// needed returns those of the exchanges that are sent.
func (f *Fixture) needed(isSent func(index int) bool) []need {
	var needs []need
	told, toldOut := map[string]bool{siteName: true, brace: true}, map[string]bool{}
	for i, shown := range f.exchanges {
		request := shown.get("request")
		switch {
		case Direction(shown.string("direction")) == In && !isSent(i):
		case Direction(shown.string("direction")) == In:
			eachName(request, "", func(name, place string) {
				if !told[name] && !isMadeUp(name) {
					needs = append(needs, need{name, i, place, toldOut[name] || strings.HasPrefix(name, "trigger.")})
				}
				told[name] = true
			})
			eachName(shown.get("answer"), "", func(name, _ string) { told[name] = true })
		case Kind(shown.string("kind")) == KindSocket:
			eachName(request, "", func(name, _ string) { told[name] = true })
		default:
			eachName(request, "", func(name, _ string) { toldOut[name] = true })
		}
	}
	return needs
}

// isMadeUp tells whether a name stands for what any client makes up as it goes, or need not
// know.
func isMadeUp(name string) bool {
	return isMomentName(name) || strings.HasPrefix(name, "pending.") || strings.HasPrefix(name, "etag.")
}

// eachName calls seen with each name in a value of a fixture, and where it stands.
func eachName(v *value, place string, seen func(name, place string)) {
	if v == nil {
		return
	}
	in := func(s, place string) {
		if strings.Contains(s, "{") {
			for _, m := range shownName.FindAllStringSubmatch(s, -1) {
				seen(m[1], place)
			}
		}
	}
	if v.kind == text {
		in(v.text, place)
	}
	for i, item := range v.items {
		at := place
		if v.kind == object && v.keys[i] != "$json" && v.keys[i] != "$text" {
			in(v.keys[i], place)
			at = below(place, v.keys[i])
		}
		eachName(item, at, seen)
	}
}

// CheckNames returns an error if one of the names, without braces, is none of the
// fixture, so that nothing in it would stand for the value that somebody gives it.
func (f *Fixture) CheckNames(names ...string) error {
	for _, name := range names {
		if name == siteName || slices.Contains(f.names, name) || isMomentName(name) && isDigits(name[strings.IndexByte(name, '.')+1:]) {
			continue
		}
		if len(f.names) == 0 {
			return fmt.Errorf("the fixture has no name %q, and no other name", name)
		}
		return fmt.Errorf("the fixture has no name %q: it has %s", name, strings.Join(f.names, ", "))
	}
	return nil
}
