package recorder

import (
	"bytes"
	"cmp"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"
)

// request is what was asked. Header fields of HTTP/2 that are none of HTTP's, as
// ":method", are left out.
func (e *harEntry) request(path string) Request {
	at := e.field("request")
	r := Request{Method: at.field("method").text(), Path: path, Query: e.url.RawQuery}
	if r.Method == "" && e.v.string("_kind") != string(KindSocket) {
		at.field("method").refuse("is empty, which must be a method such as GET")
	}
	r.Header = at.header()
	if r.Header.Get("Authorization") == "" {
		if token := at.sessionCookie(r.Header); token != "" {
			r.Header.Set("Authorization", "Bearer "+token)
		}
	}
	data := at.field("postData")
	if data.v == nil {
		if size := at.field("bodySize").maybeNumber(); size > 0 {
			r.cutTo(nil, int64(size))
			e.r.bodies++
		}
		return r
	}
	data.object()
	r.tellType(data.field("mimeType").maybeText())
	if data.field("text").v != nil {
		r.Body = asSent(data.content(), at.field("bodySize").maybeNumber())
		if !e.isOwn() && mediaType(r.Header.Get("Content-Type")) == multipartType && bytes.Contains(r.Body, notText) {
			e.r.uploads++ // Chrome does not save bytes that are no text
		}
	} else if data.params(&r.Message) {
		e.r.uploads++
	}
	data.sized(&r.Message)
	return r
}

// response is the answer, with status 0 if there was none.
func (e *harEntry) response() Response {
	at := e.field("response")
	if at.v == nil {
		return Response{}
	}
	at.object()
	status := at.field("status")
	r := Response{Status: int(max(0, status.maybeNumber()))} // 0 for no answer
	if r.Status != 0 && (r.Status < 100 || r.Status > 999) {
		status.refuse("is %d, which is no HTTP status", r.Status)
	}
	r.Header = at.header()
	content := at.field("content")
	bodiless := r.Status == http.StatusNoContent || r.Status == http.StatusNotModified || r.Status == http.StatusSwitchingProtocols
	if content.v == nil || r.Status == 0 || bodiless && !e.isOwn() {
		return r
	}
	content.object()
	if size := content.field("size").maybeNumber(); size > 0 && content.field("text").v == nil {
		r.cutTo(nil, int64(size))
		e.r.bodies++
		return r
	}
	r.Body = content.content()
	if len(r.Body) > 0 {
		r.tellType(content.field("mimeType").maybeText())
	}
	content.sized(&r.Message)
	return r
}

// header are header fields.
func (h harAt) header() http.Header {
	header := http.Header{}
	for _, at := range h.field("headers").maybeList() {
		if name := at.object().field("name").text(); name != "" && !strings.HasPrefix(name, ":") {
			name = http.CanonicalHeaderKey(name)
			header[name] = append(header[name], at.field("value").text())
		}
	}
	return header
}

// sessionCookie is the cookie by which a browser is logged in, "" where there is none.
func (h harAt) sessionCookie(header http.Header) string {
	if cookie, err := (&http.Request{Header: header}).Cookie(sessionCookie); err == nil {
		return cookie.Value
	}
	for _, at := range h.field("cookies").maybeList() {
		if at.object().field("name").maybeText() == sessionCookie {
			return at.field("value").maybeText()
		}
	}
	return ""
}

const sessionCookie = "MMAUTHTOKEN"

// content is what stands under "text", of a body.
func (h harAt) content() []byte {
	body := h.field("text").maybeText()
	if cmp.Or(h.field("encoding").maybeText(), h.field("_encoding").maybeText()) != "base64" {
		return []byte(body)
	}
	decoded, err := decodeBase64(body)
	if err != nil {
		h.field("text").refuse("cannot be decoded: it is said to be base64")
	}
	return decoded
}

// notText is what a browser writes for bytes that are no text.
var notText = []byte(string(utf8.RuneError))

// asSent returns a request's body of so many bytes as it was sent: Firefox writes a
// letter for each byte.
func asSent(body []byte, size float64) []byte {
	runes := []rune(string(body))
	if len(runes) != int(size) || len(runes) == len(body) || slices.Max(runes) > 0xff {
		return body
	}
	sent := make([]byte, len(runes))
	for i, r := range runes {
		sent[i] = byte(r)
	}
	return sent
}

// params makes a body of fields, where nothing else is told of it. The result tells whether
// there is a file among them of which nothing has been kept.
func (h harAt) params(m *Message) (lost bool) {
	fields, parts := url.Values{}, []formPart{}
	for _, at := range h.field("params").maybeList() {
		name, value := at.object().field("name").text(), at.field("value").maybeText()
		fields.Add(name, value)
		part := formPart{name: name, content: []byte(value), contentType: at.field("contentType").maybeText()}
		if filename := at.field("fileName"); filename.v != nil {
			sent := filename.text()
			part.filename = &sent
			lost = lost || at.field("value").v == nil
		}
		parts = append(parts, part)
	}
	if len(fields) == 0 {
		return lost
	}
	if mediaType(m.Header.Get("Content-Type")) != multipartType {
		m.Body = []byte(fields.Encode())
		m.tellType(formType)
		return lost
	}
	body, boundary := joinParts(parts)
	m.Body = body
	m.Header.Set("Content-Type", addBoundary(m.Header.Get("Content-Type"), boundary))
	return lost
}

// tellType sets the Content-Type of a message that tells none.
func (m *Message) tellType(contentType string) {
	if len(m.Header["Content-Type"]) == 0 && contentType != "" && contentType != "x-unknown" {
		m.Header.Set("Content-Type", contentType)
	}
}

// sized has a message be cut short, if a fixture has written that it is.
func (h harAt) sized(m *Message) {
	if size := h.field("_size"); size.v != nil {
		m.cutTo(m.Body, int64(size.maybeNumber()))
	}
}

func (m *Message) cutTo(body []byte, size int64) {
	m.Body, m.Size, m.Truncated = body, max(size, int64(len(body))), true
}

// mark reads what only a fixture writes.
func (e *harEntry) mark(ex *Exchange) {
	if !e.isOwn() {
		return
	}
	ex.Kind = Kind(e.field("_kind").word(fixtureKinds...))
	ex.Direction = Direction(e.field("_direction").word(string(In), string(Out)))
	ex.Actor = e.field("_actor").maybeText()
	for _, at := range e.field("_followed").maybeList() {
		ex.Followed = append(ex.Followed, at.text())
	}
	if ex.Direction == Out {
		ex.Request.Origin, ex.Request.Path = e.url.Scheme+"://"+e.url.Host, e.url.Path
	}
	for key, field := range map[string]*string{"_origin": &ex.Request.Origin, "_path": &ex.Request.Path} {
		if at := e.field(key); at.v != nil {
			*field = at.text()
		}
	}
}

// messages makes exchanges of the websocket messages, other than those that keep the
// connection up.
func (e *harEntry) messages(opening *Exchange) {
	const textFrame, binaryFrame = 1, 2
	at := float64(e.start)
	for _, m := range e.field("_webSocketMessages").maybeList() {
		opcode := m.object().field("opcode").maybeNumber()
		way := m.field("type").text()
		if seconds := m.field("time").maybeNumber(); seconds > 0 {
			at = max(at, math.Round(seconds*1e6))
		}
		if way != "send" && way != "receive" || opcode != textFrame && opcode != binaryFrame {
			continue
		}
		ex := &Exchange{Kind: KindSocket, Direction: In, Actor: opening.Actor, Request: Request{Path: opening.Request.Path}}
		if way == "receive" {
			ex.Direction = Out
		}
		if actor := m.field("_actor"); actor.v != nil {
			ex.Actor = actor.text()
		}
		body := m.field("data").text()
		if ex.Request.Body = []byte(body); opcode == binaryFrame {
			if decoded, err := decodeBase64(body); err == nil {
				ex.Request.Body = decoded
			}
		}
		e.r.found = append(e.r.found, timedExchange{int64(at), ex})
	}
}
