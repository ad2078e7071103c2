package recorder

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/tidwall/gjson"
)

// unfold returns an exchange as it stands in a file, but with the values that
// names will stand for. It shares nothing with the exchange.
func (o *fixtureRules) unfold(ex *Exchange) (*value, error) {
	v := &value{kind: object}
	v.addText("kind", string(ex.Kind))
	v.addText("direction", string(ex.Direction))
	actor := ex.Actor
	if actor == "" && o.actor != nil {
		actor = o.actor(ex)
	}
	v.addText("actor", actor)
	request, err := o.unfoldRequest(&ex.Request)
	if err != nil {
		return nil, err
	}
	v.add("request", request)
	if ex.Response.Status != 0 {
		answer := &value{kind: object}
		answer.add("status", &value{kind: number, text: strconv.Itoa(ex.Response.Status)})
		if err := o.unfoldMessage(answer, &ex.Response.Message); err != nil {
			return nil, err
		}
		v.add("answer", answer)
	}
	v.addText("err", ex.Err)
	if o.followed && len(ex.Followed) > 0 {
		v.add("followed", textList(ex.Followed))
	}
	return v, nil
}

func (o *fixtureRules) unfoldRequest(r *Request) (*value, error) {
	v := &value{kind: object}
	v.addText("method", r.Method)
	v.addText("origin", r.Origin)
	v.addText("path", r.Path)
	if r.Query != "" {
		// What cannot be decoded is left out.
		query, _ := url.ParseQuery(r.Query)
		v.add("query", o.unfoldFields(query))
	}
	return v, o.unfoldMessage(v, &r.Message)
}

// unfoldMessage adds header and body.
func (o *fixtureRules) unfoldMessage(v *value, m *Message) error {
	if header := o.unfoldHeader(m.Header); len(header.keys) > 0 {
		v.add("header", header)
	}
	if len(m.Body) > 0 {
		if err := o.unfoldBody(v, m); err != nil {
			return err
		}
	}
	if m.Truncated {
		v.add("size", &value{kind: number, text: strconv.FormatInt(m.Size, 10)})
	}
	return nil
}

func (o *fixtureRules) unfoldHeader(header http.Header) *value {
	v := &value{kind: object}
	for _, name := range o.headers {
		if values := header[name]; len(values) == 1 {
			v.add(name, textValue(values[0]))
		} else if len(values) > 1 {
			v.add(name, textList(values))
		}
	}
	return v
}

func (o *fixtureRules) unfoldBody(v *value, m *Message) error {
	kind, _, _ := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if isForm(kind, m.Body) && !m.Truncated {
		if fields, err := url.ParseQuery(string(m.Body)); err == nil {
			v.add("form", o.unfoldFields(fields))
			return nil
		}
	}
	if o.unfoldParts(v, m) {
		return nil
	}
	if json.Valid(m.Body) && utf8.Valid(m.Body) {
		body, err := parseValue(m.Body)
		if err != nil {
			return fmt.Errorf("a body that is JSON cannot be read: %w", err)
		}
		if err := o.sealPaths(body, m.Body); err != nil {
			return err
		}
		v.add("json", o.unpack(body, "", 0))
		return nil
	}
	if isText(m.Body) {
		v.add("text", textValue(string(m.Body)))
		return nil
	}
	encoded := base64.StdEncoding.EncodeToString(m.Body)
	v.addText("base64", encoded)
	v.addText("sha256", hashOf(encoded))
	return nil
}

// isText tells whether people can read the bytes.
func isText(body []byte) bool {
	return utf8.Valid(body) && !slices.ContainsFunc([]rune(string(body)), func(r rune) bool {
		return r < ' ' && r != '\n' && r != '\t' && r != '\r' || r == 0x7f
	})
}

// unfoldFields returns the fields of a form or a query as an object, sorted by
// their names, those that are ids at the end.
func (o *fixtureRules) unfoldFields(fields url.Values) *value {
	v := &value{kind: object}
	names := slices.SortedFunc(maps.Keys(fields), func(a, b string) int {
		switch {
		case isID(a) && !isID(b):
			return 1
		case isID(b) && !isID(a):
			return -1
		}
		return strings.Compare(a, b)
	})
	for _, name := range names {
		item := textList(fields[name])
		if len(item.items) == 1 {
			item = item.items[0]
		}
		v.add(name, item)
	}
	return o.unpack(v, "", 0)
}

func textList(texts []string) *value {
	list := &value{kind: array}
	for _, s := range texts {
		list.items = append(list.items, textValue(s))
	}
	return list
}

// mostEmbedded is how often JSON may stand in a text inside of JSON in a text …
const mostEmbedded = 8

// unpack turns texts that hold JSON into embedded values, but for secrets, and seals
// what stands under the keys of own rules. It changes v, which stands under key.
func (o *fixtureRules) unpack(v *value, key string, level int) *value {
	switch {
	case v.kind == text && !v.sealed && wholeKind(key) == "" && level < mostEmbedded:
		if inner := jsonInside(v.text); inner != nil {
			return &value{kind: embedded, items: []*value{o.unpack(inner, key, level+1)}}
		}
	case v.kind == array, v.kind == object:
		for i, item := range v.items {
			under := key
			if v.kind == object {
				under = v.keys[i]
			}
			if v.kind == object && (slices.Contains(o.keys, foldKey(under)) || item.kind == number && wholeKind(under) == "password") {
				item.seal()
			}
			v.items[i] = o.unpack(item, under, level)
		}
	}
	return v
}

// jsonInside returns the object or list that a text holds, if writing it again
// gives the same text: with or without the escapes for HTML.
func jsonInside(s string) *value {
	if len(s) < 2 || s[0] != '{' && s[0] != '[' || !json.Valid([]byte(s)) {
		return nil
	}
	v, err := parseValue([]byte(s))
	if err != nil {
		return nil
	}
	again := string(v.append(nil))
	if again != s && again != escapedHTML.Replace(s) {
		return nil
	}
	return v
}

// escapedHTML takes out the escapes with which encoding/json protects HTML.
var escapedHTML = strings.NewReplacer(`\\`, `\\`, `\u003c`, "<", `\u003e`, ">", `\u0026`, "&")

// seal makes a value a text that will be replaced as a whole.
func (v *value) seal() {
	if v.sealed {
		return
	}
	*v = value{kind: text, text: v.asText(), at: v.at, end: v.end, sealed: true}
}

// asText is the text that a value is when it is sealed.
func (v *value) asText() string {
	switch v.kind {
	case array, object:
		return string(v.append(nil))
	case embedded:
		return v.items[0].asText()
	}
	return v.text
}

// sealPaths seals what the own rules' paths lead to in a body just read.
func (o *fixtureRules) sealPaths(v *value, body []byte) error {
	for _, path := range o.paths {
		found := gjson.GetBytes(body, path)
		if !found.Exists() {
			continue
		}
		places, results := found.Indexes, found.Array()
		if len(places) == 0 {
			places, results = []int{found.Index}, []gjson.Result{found}
		}
		for i, start := range places {
			if start == 0 && len(body) != len(results[i].Raw) || !v.sealAt(start+len(results[i].Raw)) {
				return fmt.Errorf("the path to redact %q leads to something that stands nowhere in the body: name a place", path)
			}
		}
	}
	return nil
}

// sealAt seals the value that ends at a byte of the document.
func (v *value) sealAt(end int) bool {
	if v.end == end {
		v.seal()
		return true
	}
	for _, item := range v.items {
		if item.end >= end {
			return item.sealAt(end)
		}
	}
	return false
}
