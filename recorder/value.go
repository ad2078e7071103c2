package recorder

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
)

// A value is JSON with the order of its keys and the digits of its numbers, so
// that a fixture shows a body as it was sent.
type value struct {
	kind  valueKind
	text  string   // of a string; of a number its digits; "true", "false" or "null"
	keys  []string // of an object, one for each of items
	items []*value // of an embedded value: the one that it holds

	at     int  // the byte of the document at which it begins, or a little after
	end    int  // the byte after it
	sealed bool // a text whatever it was, which nobody may see; see seal
}

type valueKind byte

const (
	literal valueKind = iota // true, false and null
	number
	text
	array
	object
	embedded // a text that holds JSON, shown as {"$json": …}
)

// deepest is how far values may nest, as in encoding/json.
const deepest = 10_000

// parseValue reads one JSON value; nothing may follow it.
func parseValue(document []byte) (*value, error) {
	decoder := json.NewDecoder(bytes.NewReader(document))
	decoder.UseNumber()
	v, err := readValue(decoder, 0)
	if err != nil {
		return nil, err
	}
	if _, err := decoder.Token(); err != io.EOF {
		return nil, fmt.Errorf("there is more after the JSON value, from byte %d", decoder.InputOffset())
	}
	return v, nil
}

func readValue(decoder *json.Decoder, depth int) (*value, error) {
	if depth > deepest {
		return nil, fmt.Errorf("the JSON nests deeper than %d", deepest)
	}
	token, err := decoder.Token()
	if err != nil {
		return nil, err
	}
	at := int(decoder.InputOffset())
	v := &value{kind: literal, at: at, end: at}
	switch token := token.(type) {
	case json.Delim:
		return readContainer(decoder, token, depth)
	case string:
		v.kind, v.text = text, token
	case json.Number:
		v.kind, v.text = number, token.String()
	case bool:
		v.text = strconv.FormatBool(token)
	default:
		v.text = "null"
	}
	return v, nil
}

func readContainer(decoder *json.Decoder, open json.Delim, depth int) (*value, error) {
	v := &value{kind: array, at: int(decoder.InputOffset())}
	if open == '{' {
		v.kind = object
	}
	for decoder.More() {
		if v.kind == object {
			key, err := decoder.Token()
			if err != nil {
				return nil, err
			}
			v.keys = append(v.keys, key.(string)) // in an object the decoder lets only strings stand here
		}
		item, err := readValue(decoder, depth+1)
		if err != nil {
			return nil, err
		}
		v.items = append(v.items, item)
	}
	_, err := decoder.Token() // the closing bracket
	v.end = int(decoder.InputOffset())
	return v, err
}

// add puts a value under a key at the end of an object.
func (v *value) add(key string, item *value) {
	v.keys = append(v.keys, key)
	v.items = append(v.items, item)
}

// addText is add for a text that is left out when it is empty.
func (v *value) addText(key, s string) {
	if s != "" {
		v.add(key, textValue(s))
	}
}

func textValue(s string) *value { return &value{kind: text, text: s} }

// get returns an object's value under a key, nil where there is none.
func (v *value) get(key string) *value {
	if v == nil || v.kind != object {
		return nil
	}
	for i, k := range v.keys {
		if k == key {
			return v.items[i]
		}
	}
	return nil
}

// string returns the text under a key of an object, "" where there is none.
func (v *value) string(key string) string {
	if at := v.get(key); at != nil && at.kind == text {
		return at.text
	}
	return ""
}

// append writes the value as JSON without blanks.
func (v *value) append(out []byte) []byte { return v.appendWith(out, ",", ":") }

// appendSpaced is append with a blank after each comma and colon.
func (v *value) appendSpaced(out []byte) []byte { return v.appendWith(out, ", ", ": ") }

func (v *value) appendWith(out []byte, comma, colon string) []byte {
	switch v.kind {
	case text:
		return appendText(out, v.text)
	case embedded:
		return appendText(out, string(v.items[0].append(nil)))
	case array, object:
		open, end := v.brackets()
		out = append(out, open)
		for i, item := range v.items {
			if i > 0 {
				out = append(out, comma...)
			}
			if v.kind == object {
				out = append(appendText(out, v.keys[i]), colon...)
			}
			out = item.appendWith(out, comma, colon)
		}
		return append(out, end)
	}
	return append(out, v.text...)
}

// brackets returns what stands around an object or a list.
func (v *value) brackets() (open, end byte) {
	if v.kind == object {
		return '{', '}'
	}
	return '[', ']'
}

func appendText(out []byte, s string) []byte {
	encoded, err := encodeJSON(s)
	if err != nil {
		panic("recorder: a text always encodes: " + err.Error())
	}
	return append(out, encoded...)
}
