package recorder

import (
	"encoding/base64"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// harSite is the server's URL in a HAR file.
func (f *Fixture) harSite() string { return "http://" + f.Value(siteName) }

// harHead is what a fixture says of itself in a HAR file, by which ParseHAR makes the
// same one again.
func (f *Fixture) harHead() *value {
	head := &value{kind: object}
	head.addText("server", f.server)
	head.add("site", textValue(f.harSite()))
	head.add("redacted", textList(f.redacted))
	names := &value{kind: object}
	for _, name := range f.names {
		names.add(name, textValue(f.Value(name)))
	}
	head.add("names", names)
	return head
}

// A harWriter writes entries. Each exchange has a millisecond of its own.
type harWriter struct {
	site    string
	plan    socketPlan
	list    []*value
	sockets []*harSocket
}

// A harSocket is an entry for a websocket connection, and what was sent on it.
type harSocket struct {
	began       int // the index of the exchange that has begun it
	path, actor string
	entry       *value
	messages    *value
}

func (w *harWriter) entries(exchanges []*Exchange) *value {
	for i, ex := range exchanges {
		if isPlainMessage(ex) {
			w.message(i, ex)
			continue
		}
		entry := w.entry(i, ex)
		if ex.Response.Status == http.StatusSwitchingProtocols {
			w.socket(i, entry, ex)
		}
	}
	for _, s := range w.sockets {
		s.entry.get("_resourceType").text = "websocket"
		s.entry.add("_webSocketMessages", s.messages)
	}
	return &value{kind: array, items: w.list}
}

// isPlainMessage tells whether an exchange is nothing but a websocket message.
func isPlainMessage(ex *Exchange) bool {
	r := &ex.Request
	return ex.Kind == KindSocket && r.Method == "" && r.Origin == "" && r.Query == "" && len(r.Header) == 0 && !r.Truncated &&
		ex.Response.Status == 0 && ex.Err == "" && len(ex.Followed) == 0
}

// moment is when an exchange is said to have happened.
func (w *harWriter) moment(i int) time.Time {
	return time.Unix(firstMoment, 0).UTC().Add(time.Duration(i) * time.Millisecond)
}

func (w *harWriter) entry(i int, ex *Exchange) *value {
	v := &value{kind: object}
	v.add("startedDateTime", textValue(w.moment(i).Format("2006-01-02T15:04:05.000Z07:00")))
	v.add("time", numberValue(1))
	v.add("request", w.request(ex))
	v.add("response", w.response(ex))
	v.add("cache", &value{kind: object})
	v.add("timings", objectOf("send", numberValue(0), "wait", numberValue(1), "receive", numberValue(0)))
	if ex.Direction == Out {
		v.add("comment", textValue("sent by the server to an integration"))
	}
	v.add("_resourceType", textValue("fetch")) // by which Chrome's network tab filters
	v.add("_kind", textValue(string(ex.Kind)))
	v.add("_direction", textValue(string(ex.Direction)))
	v.addText("_actor", ex.Actor)
	if len(ex.Followed) > 0 {
		v.add("_followed", textList(ex.Followed))
	}
	w.markURL(v, ex)
	w.list = append(w.list, v)
	return v
}

// markURL adds what the URL of an entry does not say again.
func (w *harWriter) markURL(v *value, ex *Exchange) {
	origin, path := "", ""
	if u, err := url.Parse(w.url(&ex.Request)); err == nil {
		path = u.Path
		if ex.Direction == Out {
			origin = u.Scheme + "://" + u.Host
		}
	}
	if origin != ex.Request.Origin {
		v.add("_origin", textValue(ex.Request.Origin))
	}
	if path != ex.Request.Path {
		v.add("_path", textValue(ex.Request.Path))
	}
}

func (w *harWriter) url(r *Request) string {
	rest := (&url.URL{Path: "/" + strings.TrimPrefix(r.Path, "/"), RawQuery: r.Query}).String()
	if u, err := url.Parse(r.Origin + rest); err != nil || u.Host == "" {
		return w.site + rest // without an origin, or with one that is none; see markURL
	}
	return r.Origin + rest
}

func (w *harWriter) request(ex *Exchange) *value {
	r := &ex.Request
	address := w.url(r)
	if ex.Response.Status == http.StatusSwitchingProtocols && ex.Direction == In {
		address = "ws" + strings.TrimPrefix(address, "http")
	}
	v := objectOf("method", textValue(r.Method), "url", textValue(address), "httpVersion", textValue("HTTP/1.1"), "cookies", &value{kind: array},
		"headers", harHeaders(r.Header), "queryString", harQuery(r.Query))
	if len(r.Body) > 0 || r.Truncated {
		data := objectOf("mimeType", textValue(r.Header.Get("Content-Type")), "params", &value{kind: array})
		harBody(data, &r.Message, "_encoding") // HAR has none for requests
		v.add("postData", data)
	}
	v.add("headersSize", numberValue(-1))
	v.add("bodySize", numberValue(r.Message.size()))
	return v
}

// response writes an answer; where there was none, it has status 0, as browsers write it.
func (w *harWriter) response(ex *Exchange) *value {
	r := &ex.Response
	content := objectOf("size", numberValue(r.size()), "mimeType", textValue(r.Header.Get("Content-Type")))
	harBody(content, &r.Message, "encoding")
	v := objectOf("status", numberValue(int64(r.Status)), "statusText", textValue(http.StatusText(r.Status)), "httpVersion", textValue("HTTP/1.1"),
		"cookies", &value{kind: array}, "headers", harHeaders(r.Header), "content", content,
		"redirectURL", textValue(r.Header.Get("Location")), "headersSize", numberValue(-1), "bodySize", numberValue(r.size()))
	v.addText("_error", ex.Err)
	return v
}

func (m *Message) size() int64 {
	if m.Truncated {
		return m.Size
	}
	return int64(len(m.Body))
}

// harBody adds the text of a body, and under a key how it is encoded.
func harBody(v *value, m *Message, encoding string) {
	if utf8.Valid(m.Body) {
		v.add("text", textValue(string(m.Body)))
	} else {
		v.add("text", textValue(base64.StdEncoding.EncodeToString(m.Body)))
		v.add(encoding, textValue("base64"))
	}
	if m.Truncated {
		v.add("_size", numberValue(m.Size))
	}
}

func harHeaders(header http.Header) *value {
	list := &value{kind: array}
	for _, name := range slices.Sorted(maps.Keys(header)) {
		for _, s := range header[name] {
			list.items = append(list.items, objectOf("name", textValue(name), "value", textValue(s)))
		}
	}
	return list
}

func harQuery(query string) *value {
	fields, _ := url.ParseQuery(query) // that has just been encoded
	return harHeaders(http.Header(fields))
}

// socket makes an entry one of a connection.
func (w *harWriter) socket(i int, entry *value, opening *Exchange) *harSocket {
	s := &harSocket{began: i, path: opening.Request.Path, actor: opening.Actor, entry: entry, messages: &value{kind: array}}
	w.sockets = append(w.sockets, s)
	return s
}

// message adds a message to its connection: where that is not known to the last one of its
// user, or else to the last one; if there is none, to one that is made for it.
func (w *harWriter) message(i int, ex *Exchange) {
	s := w.connection(i, ex)
	m := &value{kind: object}
	way, opcode := "send", int64(1)
	if ex.Direction == Out {
		way = "receive"
	}
	data := string(ex.Request.Body)
	if !utf8.ValidString(data) {
		data, opcode = base64.StdEncoding.EncodeToString(ex.Request.Body), 2
	}
	at := w.moment(i)
	m.add("type", textValue(way))
	m.add("time", &value{kind: number, text: fmt.Sprintf("%d.%03d", at.Unix(), at.Nanosecond()/1e6)})
	m.add("opcode", numberValue(opcode))
	m.add("data", textValue(data))
	if ex.Actor != s.actor {
		m.add("_actor", textValue(ex.Actor))
	}
	s.messages.items = append(s.messages.items, m)
}

func (w *harWriter) connection(i int, ex *Exchange) *harSocket {
	var other *harSocket
	began, planned := w.plan.of[i]
	for _, s := range slices.Backward(w.sockets) {
		if planned && s.began == began && s.path == ex.Request.Path {
			return s
		}
	}
	for _, s := range slices.Backward(w.sockets) {
		if s.path == ex.Request.Path && s.actor == ex.Actor {
			return s
		}
		if s.path == ex.Request.Path && other == nil {
			other = s
		}
	}
	if other != nil {
		return other
	}
	opening := &Exchange{
		Kind: KindAPI, Direction: In, Actor: ex.Actor, Request: Request{Method: http.MethodGet, Path: ex.Request.Path},
		Response: Response{Status: http.StatusSwitchingProtocols},
	}
	entry := w.entry(i, opening)
	entry.add("comment", textValue("the beginning of this connection is not in the recorded session"))
	entry.add("_recorded", &value{kind: literal, text: "false"})
	return w.socket(i, entry, ex)
}

func numberValue(n int64) *value { return &value{kind: number, text: strconv.FormatInt(n, 10)} }

// objectOf makes an object of keys and values in turn.
func objectOf(fields ...any) *value {
	v := &value{kind: object}
	for i := 0; i < len(fields); i += 2 {
		v.add(fields[i].(string), fields[i+1].(*value))
	}
	return v
}
