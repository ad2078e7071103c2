package recorder

import (
	"regexp"
	"strings"
)

// A span is a part of a text for which a name stands.
type span struct {
	from, to int
	name     string
}

var shownName = regexp.MustCompile(`\{([a-z]+\.[a-z0-9][a-z0-9_.-]*)\}`)

const brace = "brace.open" // the name of a "{" that begins no name

// showNames writes a text as a fixture has it: names in braces for its spans, and
// {brace.open} for the brace of what only looks like a name.
func showNames(s string, spans []span) string {
	if len(spans) == 0 && !strings.Contains(s, "{") {
		return s
	}
	var b strings.Builder
	at := 0
	for _, sp := range spans {
		b.WriteString(shownName.ReplaceAllString(s[at:sp.from], "{"+brace+"}$1}"))
		b.WriteString("{" + sp.name + "}")
		at = sp.to
	}
	b.WriteString(shownName.ReplaceAllString(s[at:], "{"+brace+"}$1}"))
	return b.String()
}

// expandNames writes a fixture's text with what its names stand for.
func expandNames(s string, standFor func(name string) string) string {
	if !strings.Contains(s, "{") {
		return s
	}
	return shownName.ReplaceAllStringFunc(s, func(found string) string {
		name := found[1 : len(found)-1]
		if name == brace {
			return "{"
		}
		return standFor(name)
	})
}
