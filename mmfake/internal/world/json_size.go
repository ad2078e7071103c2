package world

import (
	"encoding/json"
	"math"
	"unicode/utf8"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// jsonSize is the number of characters of a value's JSON. What cannot be encoded
// is too large for anything.
func jsonSize(v any) int {
	b, err := json.Marshal(v)
	if err != nil {
		return math.MaxInt32
	}
	return utf8.RuneCount(b)
}

// fits says whether the JSON of props has at most n characters. Props of texts
// alone, as most are, need not be encoded to know.
func fits(props model.Props, n int) bool {
	const longest = 6 // characters that one byte of a text can become, as in \u001f
	most := 2
	for key, value := range props {
		text, ok := value.(string)
		if !ok {
			return jsonSize(props) <= n
		}
		most += longest*(len(key)+len(text)) + len(`"":"",`)
	}
	return most <= n || jsonSize(props) <= n
}
