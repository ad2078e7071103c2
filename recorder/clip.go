package recorder

import "strings"

// clipAt is how many bytes of a value a message shows.
const clipAt = 200

// clip returns text, or its beginning and an ellipsis when it is long.
func clip(text string) string {
	if len(text) <= clipAt {
		return text
	}
	return strings.ToValidUTF8(text[:clipAt], "") + "…"
}
