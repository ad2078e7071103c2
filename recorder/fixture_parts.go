package recorder

import (
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"
)

// A form with parts stands in a file as a list of them, without the boundary, which
// chance has made:
//
//	"multipart": [
//	 {"name": "channel_id", "text": "{channel.dev}"},
//	 {"name": "files", "filename": "a.png", "type": "image/png", "base64": "…", "sha256": "…"}
//	]

// unfoldParts adds a body as parts to a message that has its header already. It
// returns false where the body is no well-formed form with parts.
func (o *fixtureRules) unfoldParts(v *value, m *Message) bool {
	boundary, contentType, ok := cutBoundary(m.Header.Get("Content-Type"))
	if !ok || m.Truncated {
		return false
	}
	parts, err := splitParts(m.Body, boundary)
	if err != nil {
		return false
	}
	list := &value{kind: array}
	for _, p := range parts {
		if p.name == "" {
			return false
		}
		list.items = append(list.items, o.unfoldPart(&p))
	}
	if shown := v.get("header").get("Content-Type"); shown != nil {
		*shown = *textValue(contentType)
	}
	v.add("multipart", list)
	return true
}

func (o *fixtureRules) unfoldPart(p *formPart) *value {
	v := &value{kind: object}
	v.add("name", textValue(p.name))
	if p.filename != nil {
		v.add("filename", textValue(*p.filename))
	}
	v.addText("type", p.contentType)
	if isText(p.content) {
		field := &value{kind: object, keys: []string{p.name}, items: []*value{textValue(string(p.content))}}
		v.add("text", o.unpack(field, "", 0).items[0])
		return v
	}
	encoded := base64.StdEncoding.EncodeToString(p.content)
	v.addText("base64", encoded)
	v.addText("sha256", hashOf(encoded))
	return v
}

func (n *namer) learnParts(parts *value, path string) {
	if parts == nil {
		return
	}
	for _, p := range parts.items {
		for _, key := range partTexts {
			n.learnText(p.string(key))
		}
		n.learnValue(p.get("text"), spot{key: p.string("name"), of: lastWord(path)})
	}
}

// partTexts are what a part has beside its content.
var partTexts = []string{"name", "filename", "type"}

func (n *namer) nameParts(parts *value) {
	for _, p := range parts.items {
		if content := p.get("text"); content != nil {
			n.nameField(content, p.string("name"))
		}
		for _, key := range partTexts {
			if at := p.get(key); at != nil {
				at.text = n.nameText(at.text)
			}
		}
	}
}

// scanParts is scanValue for parts, of which each stands under its name.
func (o *fixtureRules) scanParts(parts *value, at string) error {
	for i, p := range parts.items {
		for j, item := range p.items {
			key := p.keys[j]
			if key == "text" {
				key = p.string("name")
			}
			if err := o.scanValue(item, key, at+"."+strconv.Itoa(i)+"."+p.keys[j]); err != nil {
				return err
			}
		}
	}
	return nil
}

// foldParts returns the body that unfoldParts was given, with another boundary, which
// it writes into the header.
func (f *Fixture) foldParts(parts *value, header http.Header) []byte {
	list := make([]formPart, len(parts.items))
	for i, p := range parts.items {
		list[i] = formPart{name: f.expand(p.string("name")), contentType: f.expand(p.string("type"))}
		if filename := p.get("filename"); filename != nil {
			expanded := f.expand(filename.text)
			list[i].filename = &expanded
		}
		if content := p.get("text"); content != nil {
			list[i].content = []byte(f.foldField(content))
		} else {
			list[i].content, _ = decodeBase64(p.string("base64")) // checked when read
		}
	}
	body, boundary := joinParts(list)
	header["Content-Type"] = []string{addBoundary(header.Get("Content-Type"), boundary)}
	return body
}

var partShape = shape{
	"name": (*fixtureReader).param, "filename": (*fixtureReader).param, "type": (*fixtureReader).param,
	"text": (*fixtureReader).field, "base64": (*fixtureReader).base64, "sha256": (*fixtureReader).text,
}

// parts checks a form with parts.
func (r *fixtureReader) parts(v *value) {
	if v.kind != array {
		r.refuse(v, `"multipart" must be a list of parts`)
		return
	}
	for _, p := range v.items {
		r.object(p, "a part", partShape, "name")
		r.oneBody(p, "a part", "text", "base64")
	}
}

// param checks what stands in a part's header.
func (r *fixtureReader) param(v *value) {
	r.text(v)
	if strings.ContainsFunc(v.text, func(c rune) bool { return c < ' ' || c == 0x7f }) {
		r.refuse(v, "%s has a control character in it, which cannot be sent", clip(string(v.append(nil))))
	}
}
