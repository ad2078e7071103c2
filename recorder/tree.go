package recorder

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strconv"
)

// A tree is JSON as encoding/json decodes it into an any, with json.Number for
// numbers, so that those beyond 2^53 are compared exactly.

// toTree returns value as JSON sees it.
func toTree(value any) (any, error) {
	encoded, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	return parseTree(encoded)
}

// parseTree decodes one JSON value.
func parseTree(document []byte) (tree any, err error) {
	decoder := json.NewDecoder(bytes.NewReader(document))
	decoder.UseNumber()
	err = decoder.Decode(&tree)
	return tree, err
}

// treeText returns a tree as JSON, or its beginning when it is long.
func treeText(tree any) string { return clip(wholeText(tree)) }

func wholeText(tree any) string {
	encoded, err := encodeJSON(tree)
	if err != nil {
		return fmt.Sprint(tree)
	}
	return string(encoded)
}

// firstDifference returns in words the first place below path where got is not
// what is wanted, or "". With subset, objects may have more fields than wanted.
func firstDifference(path string, wanted, got any, subset bool) string {
	switch wanted := wanted.(type) {
	case map[string]any:
		if got, ok := got.(map[string]any); ok {
			return objectDifference(path, wanted, got, subset)
		}
	case []any:
		if got, ok := got.([]any); ok {
			return arrayDifference(path, wanted, got, subset)
		}
	case json.Number:
		if got, ok := got.(json.Number); ok && sameNumber(wanted, got) {
			return ""
		}
	default:
		if wanted == got {
			return ""
		}
	}
	is, should := Excerpts(wholeText(got), wholeText(wanted))
	return place(path) + "is " + is + ", wanted " + should
}

func objectDifference(path string, wanted, got map[string]any, subset bool) string {
	for _, name := range slices.Sorted(maps.Keys(wanted)) {
		value, ok := got[name]
		if !ok {
			return place(below(path, name)) + "is absent, wanted " + treeText(wanted[name])
		}
		if difference := firstDifference(below(path, name), wanted[name], value, subset); difference != "" {
			return difference
		}
	}
	if subset {
		return ""
	}
	for _, name := range slices.Sorted(maps.Keys(got)) {
		if _, ok := wanted[name]; !ok {
			return place(below(path, name)) + "is " + treeText(got[name]) + ", wanted it absent"
		}
	}
	return ""
}

func arrayDifference(path string, wanted, got []any, subset bool) string {
	if len(wanted) != len(got) {
		return fmt.Sprintf("%shas %d elements, wanted %d: %s", place(path), len(got), len(wanted), treeText(got))
	}
	for i := range wanted {
		if difference := firstDifference(below(path, strconv.Itoa(i)), wanted[i], got[i], subset); difference != "" {
			return difference
		}
	}
	return ""
}

// sameNumber compares by value: 3, 3.0 and 30e-1 are one number.
func sameNumber(a, b json.Number) bool {
	if a == b {
		return true
	}
	// Decimal fractions have to be exact, but an exponent must not cost memory.
	if len(a) > 40 || len(b) > 40 || bytes.ContainsAny([]byte(a+b), "eE") {
		x, errX := a.Float64()
		y, errY := b.Float64()
		return errX == nil && errY == nil && x == y
	}
	x, okX := new(big.Rat).SetString(a.String())
	y, okY := new(big.Rat).SetString(b.String())
	return okX && okY && x.Cmp(y) == 0
}

// below returns the path of a field or element.
func below(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}

// place returns the path as the beginning of a sentence.
func place(path string) string {
	if path == "" {
		return ""
	}
	return path + " "
}
