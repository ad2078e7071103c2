package conformance

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var (
	variable   = regexp.MustCompile(`\$\{([a-zA-Z0-9_.]+)\}`)
	anyMillis  = regexp.MustCompile(`\b1[5-9][0-9]{11}\b`)
	anySeconds = regexp.MustCompile(`^1[5-9][0-9]{8}$`)
	anyBuild   = regexp.MustCompile(`^[0-9]+\.[0-9]+\.[0-9]+\..*`)
	directName = regexp.MustCompile(`^(<[^<>]+>)__(<[^<>]+>)$`)
)

// names knows a run's variables and, the other way round, what to call the strings
// that are this run's only.
type names struct {
	vars  map[string]string // ${x} stands for vars["x"]
	known map[string]string // a string of this run -> its name in the recording
}

func newNames() names {
	return names{vars: map[string]string{}, known: map[string]string{}}
}

// define sets a variable whose value is called after it from now on.
func (n *names) define(name, value string) {
	n.vars[name] = value
	n.known[value] = "<" + name + ">"
}

// save sets a variable. Its value keeps the name it has, and gets none if it is so
// short that it stands in many a string by chance.
func (n *names) save(name, value string) {
	n.vars[name] = value
	if _, known := n.known[value]; !known && len(value) > 3 {
		n.known[value] = "<" + name + ">"
	}
}

// sub replaces ${x} by the variable's value, and ${times.3.x} by xxx. What is not
// known stays as it stands.
func (n *names) sub(s string) string {
	return variable.ReplaceAllStringFunc(s, func(found string) string {
		name := found[len("${") : len(found)-len("}")]
		if value, ok := n.vars[name]; ok {
			return value
		}
		if f := strings.Split(name, "."); len(f) == 3 && f[0] == "times" {
			if count, err := strconv.Atoi(f[1]); err == nil {
				return strings.Repeat(f[2], count)
			}
		}
		return found
	})
}

// expand is sub for every string of a value read from YAML.
func (n *names) expand(v any) any {
	switch v := v.(type) {
	case string:
		return n.sub(v)
	case []any:
		out := make([]any, len(v))
		for i := range v {
			out[i] = n.expand(v[i])
		}
		return out
	case map[string]any:
		out := make(map[string]any, len(v))
		for k, x := range v {
			out[n.sub(k)] = n.expand(x)
		}
		return out
	}
	return v
}

// clean names what differs from run to run, and drops what the step does not
// compare. It changes v.
func (n *names) clean(v any, s *Step) any {
	v = number(n.name("", unpack(v)))
	if m, ok := v.(map[string]any); ok && len(s.Keep) > 0 {
		for k := range m {
			if !slices.Contains(s.Keep, k) {
				delete(m, k)
			}
		}
	}
	return tidy(v, s)
}

// tidy drops the keys that the step ignores and sorts the lists whose order it
// does not compare, inner ones first.
func tidy(v any, s *Step) any {
	switch v := v.(type) {
	case map[string]any:
		for _, k := range s.Ignore {
			delete(v, k)
		}
		for k := range v {
			v[k] = tidy(v[k], s)
		}
	case []any:
		for i := range v {
			v[i] = tidy(v[i], s)
		}
		if s.Sort {
			sortCanonical(v)
		}
	}
	return v
}

// name names what is known inside a value that stands under that key.
func (n *names) name(key string, v any) any {
	switch v := v.(type) {
	case string:
		return n.nameValue(key, v)
	case float64:
		if v >= 1.5e12 && v < 2e12 {
			return "<ms>"
		}
	case map[string]any:
		out := make(map[string]any, len(v))
		for k, x := range v {
			if k == embedded {
				out[k] = n.name(key, x)
				continue
			}
			out[n.nameString(k)] = n.name(k, x)
		}
		return out
	case []any:
		for i := range v {
			v[i] = n.name(key, v[i])
		}
		if key == "mentions" { // a set: the server sends it in any order
			sortCanonical(v)
		}
	}
	return v
}

// nameValue names a string, minding what the key says of it.
func (n *names) nameValue(key, s string) string {
	if name, ok := n.known[s]; ok {
		return name
	}
	switch {
	case key == "trigger_id" && s != "":
		return "<trigger>"
	case key == "cookie" && s != "":
		return "<cookie>"
	case key == "server_version" && anyBuild.MatchString(s):
		return "<version>"
	case key == "server_hostname":
		return "<host>"
	case key == "timestamp" && anySeconds.MatchString(s): // an outgoing webhook's form has seconds
		return "<s>"
	}
	return n.nameString(s)
}

// nameString names what is known inside a string: the longest first, so that a
// URL is named before the id inside it.
func (n *names) nameString(s string) string {
	if name, ok := n.known[s]; ok {
		return name
	}
	var inside []string
	for k := range n.known {
		if strings.Contains(s, k) {
			inside = append(inside, k)
		}
	}
	slices.SortFunc(inside, func(a, b string) int {
		return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b))
	})
	for _, k := range inside {
		s = strings.ReplaceAll(s, k, n.known[k])
	}
	// A direct channel is called after its members' ids in order, so that chance
	// decides which name comes first.
	if m := directName.FindStringSubmatch(s); m != nil && m[1] > m[2] {
		s = m[2] + "__" + m[1]
	}
	return squeeze(anyMillis.ReplaceAllString(s, "<ms>"))
}

// squeeze shortens each run of a thousand or more same characters to <N*c>.
func squeeze(s string) string {
	const long = 1000
	if len(s) < long {
		return s
	}
	var b strings.Builder
	runes := []rune(s)
	for i, j := 0, 0; i < len(runes); i = j {
		for j < len(runes) && runes[j] == runes[i] {
			j++
		}
		if j-i < long {
			b.WriteString(string(runes[i:j]))
		} else {
			fmt.Fprintf(&b, "<%d*%c>", j-i, runes[i])
		}
	}
	return b.String()
}
