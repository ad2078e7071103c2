package recorder

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// clipAt is how many bytes of a value a message shows.
const clipAt = 200

// leftOut stands where a text is not shown.
const leftOut = "…"

// clip returns text, or its beginning and an ellipsis when it is long.
func clip(text string) string {
	if len(text) <= clipAt {
		return text
	}
	return strings.ToValidUTF8(text[:clipAt], "") + leftOut
}

// Excerpts returns what to show of two texts that are not the same, for the Miss of a
// condition: both as they are, or of long ones the 200 bytes about the place where they
// begin to differ, with "…" for what is left out.
func Excerpts(got, wanted string) (shownGot, shownWanted string) {
	if len(got) <= clipAt && len(wanted) <= clipAt {
		return got, wanted
	}
	same := 0
	for same < min(len(got), len(wanted)) && got[same] == wanted[same] {
		same++
	}
	from := same - clipAt/4 // some of what they have in common, to find the place by
	if from < len(leftOut) {
		from = 0
	}
	for from > 0 && !utf8.RuneStart(got[from]) { // they are the same here
		from--
	}
	return excerpt(got, from), excerpt(wanted, from)
}

func excerpt(text string, from int) string {
	if from > 0 {
		return leftOut + clip(text[from:])
	}
	return clip(text)
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
