package conformance

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// What this package handles are values as encoding/json decodes them into any.

// embedded is the key under which JSON that stood in a string is kept.
const embedded = "<json>"

// canonical is a value's JSON with sorted keys.
func canonical(v any) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic("conformance: not a value that came out of JSON: " + err.Error())
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// sortCanonical gives a list whose order does not count one that is always the
// same.
func sortCanonical(list []any) {
	slices.SortStableFunc(list, func(a, b any) int { return strings.Compare(canonical(a), canonical(b)) })
}

// unpack turns strings that hold a JSON object or list into values, so that the
// ids and times inside them can be named too. It changes v.
func unpack(v any) any {
	switch v := v.(type) {
	case string:
		if len(v) > 1 && (v[0] == '{' || v[0] == '[') {
			var in any
			if json.Unmarshal([]byte(v), &in) == nil {
				return map[string]any{embedded: unpack(in)}
			}
		}
	case map[string]any:
		for k := range v {
			v[k] = unpack(v[k])
		}
	case []any:
		for i := range v {
			v[i] = unpack(v[i])
		}
	}
	return v
}

// dig follows a dotted path; a number indexes a list. What is not there is nil.
func dig(v any, path string) any {
	if path == "" || path == "." {
		return v
	}
	for _, key := range strings.Split(path, ".") {
		v = child(v, key)
	}
	return v
}

func child(v any, key string) any {
	switch v := v.(type) {
	case map[string]any:
		if in, ok := v[embedded]; ok && len(v) == 1 {
			return child(in, key)
		}
		return v[key]
	case []any:
		if i, err := strconv.Atoi(key); err == nil && i >= 0 && i < len(v) {
			return v[i]
		}
	}
	return nil
}

// text is a value as it is kept in a variable: nothing for null, a string as it
// stands, a number in full.
func text(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return fmt.Sprint(v)
}
