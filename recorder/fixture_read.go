package recorder

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
)

// Load reads a fixture. Its error names the file, the line and the reason where
// the file is not as [Fixture] says: of another version, cut short, with a field
// that the format does not have, or with a name that its "names" do not list.
func Load(path string) (*Fixture, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("recorder: %w", err)
	}
	return ParseFixture(path, content)
}

// ParseFixture is [Load] for a content at hand; its errors name the file as path.
func ParseFixture(path string, content []byte) (*Fixture, error) {
	f := &Fixture{}
	content = bytes.TrimPrefix(content, byteOrderMark)
	file, err := parseValue(content)
	if err != nil {
		return nil, fmt.Errorf("recorder: %s:%s", path, syntaxError(content, err))
	}
	r := &fixtureReader{}
	r.file(f, file)
	if r.reason != "" {
		return nil, fmt.Errorf("recorder: %s:%d: %s", path, lineAt(content, r.at.at), r.reason)
	}
	return f, nil
}

// byteOrderMark is what some editors begin a file with.
var byteOrderMark = []byte("\xef\xbb\xbf")

// syntaxError returns the line and the reason of what is no JSON.
func syntaxError(content []byte, err error) string {
	// Of a part of a document, as parseValue reads it, encoding/json tells no offset in all.
	if whole := json.Unmarshal(content, new(json.RawMessage)); whole != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		err = whole
	}
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		return fmt.Sprintf("%d: it is no JSON: %s", lineAt(content, int(syntax.Offset)), syntax)
	}
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return fmt.Sprintf("%d: it is cut short", lineAt(content, len(content)))
	}
	return fmt.Sprintf("%d: it is no JSON: %s", lineAt(content, len(content)), err)
}

// lineAt returns the number of the line of a byte, from 1.
func lineAt(content []byte, at int) int {
	return 1 + bytes.Count(bytes.TrimRight(content[:min(at, len(content))], "\n"), []byte("\n"))
}

// A fixtureReader checks a file. It keeps the first thing that is wrong.
type fixtureReader struct {
	names  map[string]bool
	at     *value
	reason string
}

func (r *fixtureReader) refuse(at *value, format string, args ...any) {
	if r.reason == "" {
		r.at, r.reason = at, fmt.Sprintf(format, args...)
	}
}

// A shape is what an object of the file may have: for each key, what its value
// must be.
type shape map[string]func(*fixtureReader, *value)

var messageShape = shape{
	"header": (*fixtureReader).fields, "json": (*fixtureReader).json, "form": (*fixtureReader).fields,
	"text": (*fixtureReader).text, "base64": (*fixtureReader).base64, "sha256": (*fixtureReader).text,
	"size": (*fixtureReader).count, "multipart": (*fixtureReader).parts,
}

var (
	requestShape = messageShape.with(shape{
		"method": (*fixtureReader).text, "origin": (*fixtureReader).text, "path": (*fixtureReader).text,
		"query": (*fixtureReader).fields,
	})
	answerShape   = messageShape.with(shape{"status": (*fixtureReader).status})
	exchangeShape = shape{
		"kind":      oneOf(fixtureKinds...),
		"direction": oneOf(string(In), string(Out)),
		"actor":     (*fixtureReader).text, "err": (*fixtureReader).text, "followed": (*fixtureReader).texts,
		"request": message("request", requestShape), "answer": message("answer", answerShape, "status"),
	}
)

// fixtureKinds are the kinds of exchanges that a fixture has.
var fixtureKinds = []string{string(KindAPI), string(KindWebhook), string(KindPage), string(KindCallback), string(KindSocket)}

func (s shape) with(more shape) shape {
	all := maps.Clone(s)
	maps.Copy(all, more)
	return all
}

// object checks the object that is called what.
func (r *fixtureReader) object(v *value, what string, s shape, required ...string) {
	if v.kind != object {
		r.refuse(v, "%s must be an object", what)
		return
	}
	for i, key := range v.keys {
		check, known := s[key]
		switch {
		case !known:
			r.refuse(v.items[i], "%s has the field %q, which format %d does not have", what, key, FixtureFormat)
		case slices.Index(v.keys, key) != i:
			r.refuse(v.items[i], "%s has the field %q twice", what, key)
		default:
			check(r, v.items[i])
		}
	}
	for _, key := range required {
		if v.get(key) == nil {
			r.refuse(v, "%s has no field %q", what, key)
		}
	}
}

func (r *fixtureReader) file(f *Fixture, v *value) {
	r.version(v)
	r.names = map[string]bool{brace: true}
	if table := v.get("names"); table != nil {
		r.nameTable(f, table)
	}
	accept := func(*fixtureReader, *value) {}
	r.object(v, "the file", shape{
		"format": accept, "server": (*fixtureReader).text, "redacted": (*fixtureReader).texts, "names": accept,
		"exchanges": (*fixtureReader).exchanges,
	}, "names", "exchanges")
	if r.reason != "" {
		return
	}
	f.server = v.string("server")
	f.exchanges = v.get("exchanges").items
	if redacted := v.get("redacted"); redacted != nil {
		f.redacted = redacted.texts()
	}
}

// version comes first: of another version nothing else can be said.
func (r *fixtureReader) version(v *value) {
	format := v.get("format")
	switch version := strconv.Itoa(FixtureFormat); {
	case v.kind != object:
		r.refuse(v, "a fixture must be an object")
	case format == nil:
		r.refuse(v, `it has no "format": it is no fixture`)
	case format.kind != number || format.text != version:
		r.refuse(format, "its format is %s; this version of the recorder reads format %s", clip(string(format.append(nil))), version)
	}
}

func (r *fixtureReader) nameTable(f *Fixture, table *value) {
	if table.kind != object {
		r.refuse(table, `"names" must be an object`)
		return
	}
	for i, kind := range table.keys {
		list := table.items[i]
		switch {
		case list.kind != array:
			r.refuse(list, "the names of kind %q must be a list of texts", kind)
			return
		case slices.Index(table.keys, kind) != i:
			r.refuse(list, "the names of kind %q are there twice", kind)
		}
		for _, item := range list.items {
			name := kind + "." + item.text
			switch whole := "{" + name + "}"; {
			case item.kind != text || shownName.FindString(whole) != whole:
				r.refuse(item, "%s is no name: it has small letters, digits, '.', '_' and '-'", clip(string(item.append(nil))))
			case kind == "time" || kind == "seconds" || kind == "brace":
				r.refuse(item, "names of kind %q are not listed", kind)
			case r.names[name]:
				r.refuse(item, "the name %s is there twice", name)
			}
			r.names[name] = true
			f.names = append(f.names, name)
		}
	}
}

func (r *fixtureReader) exchanges(v *value) {
	if v.kind != array {
		r.refuse(v, `"exchanges" must be a list`)
		return
	}
	for _, ex := range v.items {
		r.object(ex, "an exchange", exchangeShape, "kind", "direction", "request")
		if request := ex.get("request"); ex.string("kind") != string(KindSocket) && request.string("method") == "" {
			r.refuse(request, `request has no field "method"`)
		}
	}
}

func message(what string, s shape, required ...string) func(*fixtureReader, *value) {
	return func(r *fixtureReader, v *value) {
		r.object(v, what, s, required...)
		r.oneBody(v, what, "json", "form", "multipart", "text", "base64")
		if contentType := v.get("header").string("Content-Type"); v.get("multipart") != nil && mediaType(contentType) != multipartType {
			r.refuse(v.get("multipart"), "%s has a multipart body, so its header must have the Content-Type %s", what, multipartType)
		}
	}
}

// oneBody checks what stands under the keys, of which there is at most one.
func (r *fixtureReader) oneBody(v *value, what string, keys ...string) {
	var bodies []string
	for _, key := range keys {
		if v.get(key) != nil {
			bodies = append(bodies, key)
		}
	}
	if len(bodies) > 1 {
		r.refuse(v, "%s has more than one body: %s", what, strings.Join(bodies, " and "))
	}
	if sum := v.get("sha256"); sum != nil && v.string("sha256") != hashOf(v.string("base64")) {
		r.refuse(sum, "the sha256 is not that of the bytes in base64")
	}
}

func (r *fixtureReader) text(v *value) {
	if v.kind != text {
		r.refuse(v, "%s must be a text", clip(string(v.append(nil))))
		return
	}
	r.namesIn(v, v.text)
}

func (r *fixtureReader) texts(v *value) {
	if v.kind != array {
		r.refuse(v, "%s must be a list of texts", clip(string(v.append(nil))))
		return
	}
	for _, item := range v.items {
		r.text(item)
	}
}

func (r *fixtureReader) base64(v *value) {
	if _, err := decodeBase64(v.text); err != nil || v.kind != text {
		r.refuse(v, "the base64 cannot be decoded")
	}
}

func (r *fixtureReader) count(v *value) {
	if n, err := strconv.ParseInt(v.text, 10, 64); err != nil || n < 0 || v.kind != number {
		r.refuse(v, "%s must be a count", clip(string(v.append(nil))))
	}
}

func (r *fixtureReader) status(v *value) {
	if n, err := strconv.Atoi(v.text); err != nil || n < 100 || n > 999 || v.kind != number {
		r.refuse(v, "%s is no HTTP status", clip(string(v.append(nil))))
	}
}

func oneOf(words ...string) func(*fixtureReader, *value) {
	return func(r *fixtureReader, v *value) {
		if v.kind != text || !slices.Contains(words, v.text) {
			r.refuse(v, "%s is none of %s", clip(string(v.append(nil))), strings.Join(words, ", "))
		}
	}
}

// fields checks a form, a query or headers: texts, texts that hold JSON, or lists
// of these.
func (r *fixtureReader) fields(v *value) {
	if v.kind != object {
		r.refuse(v, "%s must be an object", clip(string(v.append(nil))))
		return
	}
	seen := map[string]bool{}
	for i, item := range v.items {
		r.namesIn(item, v.keys[i])
		if seen[v.keys[i]] {
			r.refuse(item, "the field %q is there twice: write its values as a list", v.keys[i])
		}
		seen[v.keys[i]] = true
		if item.kind != array {
			r.field(item)
			continue
		}
		for _, one := range item.items {
			r.field(one)
		}
	}
}

func (r *fixtureReader) field(v *value) {
	if v.kind == object && len(v.keys) == 1 && v.keys[0] == "$json" {
		r.json(v)
		return
	}
	r.text(v)
}

// json checks a value of a body.
func (r *fixtureReader) json(v *value) {
	switch v.kind {
	case text:
		r.namesIn(v, v.text)
	case object:
		for i, key := range v.keys {
			if strings.HasPrefix(key, "$") && !strings.HasPrefix(key, "$$") {
				r.form(v, key)
			}
			r.namesIn(v.items[i], key)
		}
	}
	for _, item := range v.items {
		r.json(item)
	}
}

// form checks an object that stands for a text.
func (r *fixtureReader) form(v *value, key string) {
	switch {
	case key != "$json" && key != "$text":
		r.refuse(v, "the key %q is none: write %q for a key that begins with \"$\"", key, "$"+key)
	case len(v.keys) != 1:
		r.refuse(v, "%q stands for a text, so nothing may stand beside it", key)
	case key == "$json" && v.items[0].kind != object && v.items[0].kind != array:
		r.refuse(v, `what stands under "$json" must be an object or a list`)
	case key == "$text" && v.items[0].kind != text:
		r.refuse(v, `what stands under "$text" must be a text`)
	}
}

func (r *fixtureReader) namesIn(v *value, s string) {
	if !strings.Contains(s, "{") {
		return
	}
	for _, m := range shownName.FindAllStringSubmatch(s, -1) {
		if kind, rest, _ := strings.Cut(m[1], "."); kind == "time" || kind == "seconds" {
			if !isDigits(rest) || len(rest) > 6 || toInt(rest) == 0 {
				r.refuse(v, "{%s} is no moment: they are counted from {%s.1}", m[1], kind)
			}
			continue
		}
		if !r.names[m[1]] {
			r.refuse(v, `the name {%s} is not among the "names" of the file`, m[1])
		}
	}
}
