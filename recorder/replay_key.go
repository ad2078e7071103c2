package recorder

import (
	"maps"
	"slices"
	"strings"
)

// The key of a request is a text that is the same for all that may be the same
// request: by it, steps are found among any number of them. It has names in the
// place of values, or a mark where values differ from run to run.

const unnamed = "{}"

// shownKey returns the key of a request as it stands in a fixture, with its names or
// without.
func shownKey(request *value, names bool) string {
	return keyOf(request, true, func(key, s string) string {
		if wholeKindOf(key, s) != "" {
			return unnamed
		}
		return shownName.ReplaceAllStringFunc(s, func(found string) string {
			switch name := found[1 : len(found)-1]; {
			case name == brace:
				return "{"
			case !names || isMomentName(name):
				return unnamed
			}
			return found
		})
	})
}

// hides tells whether there is something in a recorded request of which nobody can see in a
// client's what it is: a secret within a text, or under a key of which only an own rule says
// so; or a host that need not be one of this machine.
func hides(request *value) bool {
	hidden := false
	for _, part := range append([]string{"path"}, bodyKeys...) {
		eachName(request.get(part), part, func(name, place string) {
			kind, _, _ := strings.Cut(name, ".")
			key := place[strings.LastIndexByte(place, '.')+1:]
			hidden = hidden || (secretKinds[kind] || kind == "host" || isMadeUp(name) && !isMomentName(name)) && wholeKind(key) == ""
		})
	}
	return hidden
}

// key returns the key of a request that a client has made.
func (b *bindings) key(request *value, names bool) string {
	return keyOf(request, false, func(key, s string) string {
		if wholeKindOf(key, s) != "" || isDigits(s) && momentUnder(key, s) != notTime {
			return unnamed
		}
		return b.mask(s, names)
	})
}

// mask writes names, or marks, for what in a text differs from run to run.
func (b *bindings) mask(s string, names bool) string {
	var out strings.Builder
	at := 0
	mark := func(from, to int) {
		out.WriteString(s[at:from])
		if name := b.names[s[from:to]]; names && name != "" && !isMomentName(name) {
			out.WriteString("{" + name + "}")
		} else {
			out.WriteString(unnamed)
		}
		at = to
	}
	hosts := hostHere.FindAllStringIndex(s, -1)
	for _, r := range runs(s) {
		for len(hosts) > 0 && hosts[0][0] < r.from {
			mark(hosts[0][0], hosts[0][1])
			hosts = hosts[1:]
		}
		mark(r.from, r.from+len(r.text))
	}
	for _, host := range hosts {
		mark(host[0], host[1])
	}
	return out.String() + s[at:]
}

func isMomentName(name string) bool {
	return strings.HasPrefix(name, "time.") || strings.HasPrefix(name, "seconds.")
}

// keyOf writes method, path, query and body, with each text as write makes it. The
// request is one of a fixture if it is shown.
func keyOf(request *value, shown bool, write func(key, s string) string) string {
	k := keyWriter{shown: shown, write: write}
	k.out.WriteString(request.string("method") + " " + write("", request.string("path")))
	for _, part := range bodyKeys {
		v := request.get(part)
		if v == nil {
			continue
		}
		k.out.WriteByte(' ')
		if part == "multipart" {
			k.parts(v)
		} else {
			k.value(v, "")
		}
	}
	return k.out.String()
}

type keyWriter struct {
	out   strings.Builder
	shown bool
	write func(key, s string) string
}

func (k *keyWriter) value(v *value, key string) {
	switch v.kind {
	case array:
		for _, item := range v.items {
			k.out.WriteByte(',')
			k.value(item, key)
		}
	case embedded:
		k.value(v.items[0], key)
	case object:
		if k.shown && len(v.keys) == 1 && (v.keys[0] == "$json" || v.keys[0] == "$text") {
			k.value(v.items[0], key)
			return
		}
		k.object(v)
	case number:
		if k.write(key, v.text) == unnamed {
			k.out.WriteString(unnamed)
		} else {
			k.out.WriteByte('#') // numbers may be written in several ways: they are compared later
		}
	default:
		k.out.WriteString(k.write(key, v.text))
	}
}

func (k *keyWriter) parts(parts *value) {
	for _, p := range parts.items {
		name := p.string("name")
		k.out.WriteString(";" + k.write("", name) + "=")
		if content := p.get("text"); content != nil {
			k.value(content, name)
		} else {
			k.out.WriteString(p.string("base64"))
		}
	}
}

func (k *keyWriter) object(v *value) {
	fields := map[string]*value{}
	for i, name := range v.keys {
		if k.shown && strings.HasPrefix(name, "$$") {
			name = name[1:]
		}
		fields[k.write("", name)] = v.items[i]
	}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		k.out.WriteString(";" + name + "=")
		k.value(fields[name], name)
	}
}
