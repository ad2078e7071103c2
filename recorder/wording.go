package recorder

import (
	"fmt"
	"strings"
)

// clipAt is how many bytes of a value a message shows.
const clipAt = 200

// clip returns text, or its beginning and an ellipsis when it is long.
func clip(text string) string {
	if len(text) <= clipAt {
		return text
	}
	return strings.ToValidUTF8(text[:clipAt], "") + "…"
}

// orNone makes an empty text visible.
func orNone(text string) string {
	if text == "" {
		return "(none)"
	}
	return text
}

// plural is the word for so many things.
func plural(n int, thing string) string {
	stem, inY := strings.CutSuffix(thing, "y")
	switch {
	case n == 1:
		return thing
	case inY:
		return stem + "ies"
	}
	return thing + "s"
}

// count is a number of things, as "2 bodies".
func count(n int, thing string) string { return fmt.Sprintf("%d %s", n, plural(n, thing)) }
