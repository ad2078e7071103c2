package recorder

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// A harAt is a place in a HAR file, with what stands there: nil where nothing does.
type harAt struct {
	r     *harReader
	v     *value
	place string
	near  *value // what stands there, or around it
}

// field is the place of a field of an object.
func (h harAt) field(key string) harAt {
	next := harAt{r: h.r, v: h.v.get(key), place: below(h.place, key), near: h.near}
	if next.v != nil {
		next.near = next.v
	}
	if next.v != nil && next.v.kind == literal && next.v.text == "null" {
		next.v = nil // some write null for nothing
	}
	return next
}

func (h harAt) refuse(format string, args ...any) {
	if h.r.reason == "" {
		h.r.at, h.r.reason = h.near, h.place+" "+fmt.Sprintf(format, args...)
	}
}

// mustBe refuses what is not of a kind.
func (h harAt) mustBe(kind valueKind, what string) bool {
	switch {
	case h.v == nil:
		h.refuse("is missing, which must be %s", what)
	case h.v.kind != kind:
		h.refuse("is %s, which must be %s", clip(string(h.v.append(nil))), what)
	default:
		return true
	}
	return false
}

func (h harAt) object() harAt {
	h.mustBe(object, "an object")
	return h
}

func (h harAt) list() []harAt {
	if !h.mustBe(array, "a list") {
		return nil
	}
	items := make([]harAt, len(h.v.items))
	for i, item := range h.v.items {
		items[i] = harAt{r: h.r, v: item, place: below(h.place, strconv.Itoa(i)), near: item}
	}
	return items
}

// maybeList is list for what may be missing.
func (h harAt) maybeList() []harAt {
	if h.v == nil {
		return nil
	}
	return h.list()
}

func (h harAt) text() string {
	if !h.mustBe(text, "a text") {
		return ""
	}
	return h.v.text
}

// maybeText is text for what may be missing.
func (h harAt) maybeText() string {
	if h.v == nil {
		return ""
	}
	return h.text()
}

// maybeNumber returns a number, -1 where there is none, as HAR has it.
func (h harAt) maybeNumber() float64 {
	if h.v == nil {
		return -1
	}
	if !h.mustBe(number, "a number") {
		return -1
	}
	n, err := strconv.ParseFloat(h.v.text, 64)
	if err != nil || math.Abs(n) > largest {
		h.refuse("is %s, which is too large", clip(h.v.text))
		return -1
	}
	return n
}

const largest = 1 << 53 // up to which a float64 counts

// word returns a text that must be one of several.
func (h harAt) word(words ...string) string {
	s := h.text()
	if !slices.Contains(words, s) {
		h.refuse("is %q, which is none of %s", clip(s), strings.Join(words, ", "))
	}
	return s
}
