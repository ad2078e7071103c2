package recorder

import (
	"net/http"

	"github.com/tidwall/gjson"
)

// A Message is what a request and an answer have in common.
type Message struct {
	// Header holds the header fields, under their canonical names.
	Header http.Header
	// Body holds the body as it was sent, or its beginning when Truncated.
	Body []byte
	// Size is the size of the whole body in bytes. [Journal.Append] sets it,
	// unless Truncated.
	Size int64
	// Truncated tells that Body is only the beginning of what was sent.
	Truncated bool
}

// A Request is what was asked.
type Request struct {
	// Method is the HTTP method in upper case; empty for a websocket message.
	Method string
	// Origin is the scheme and host of a request that the fake made, as
	// "http://deploybot.test:8080"; empty for a request to the fake.
	Origin string
	// Path is the path of the URL, unescaped.
	Path string
	// Query is the query of the URL as it was sent, without "?".
	Query string
	Message
}

// URL returns origin, path and query as one text.
func (r *Request) URL() string {
	url := r.Origin + r.Path
	if r.Query != "" {
		url += "?" + r.Query
	}
	return url
}

// A Response is the answer to a request.
type Response struct {
	// Status is the HTTP status; 0 when there was no answer.
	Status int
	Message
}

// Text returns the body as text, as far as it was kept.
func (m *Message) Text() string { return string(m.Body) }

// Get returns the value at a gjson path (https://github.com/tidwall/gjson) of
// the body: m.Get("attachments.0.title").
//
// A body of application/x-www-form-urlencoded or multipart/form-data is read
// as an object of its fields: a field is a string, one that is given more
// than once is an array of strings, and a field "payload" that holds JSON is
// that JSON, as in m.Get("payload.text"). The files of a multipart body are
// left out. Every other body is read as JSON, and so is one that begins as JSON
// does and is called a form, as curl -d calls it.
//
// When there is nothing at the path, or the body cannot be read (it is not
// JSON, or was cut short), the result's Exists method returns false.
func (m *Message) Get(path string) gjson.Result {
	document, problem := m.document()
	if problem != "" {
		return gjson.Result{}
	}
	return gjson.GetBytes(document, path)
}

// keepAtMost cuts the body after limit bytes and sets Size.
func (m *Message) keepAtMost(limit int) {
	if !m.Truncated || m.Size < int64(len(m.Body)) {
		m.Size = int64(len(m.Body))
	}
	if len(m.Body) > limit {
		// A copy, so that the whole body is not kept alive by its beginning.
		m.Body = append(make([]byte, 0, limit), m.Body[:limit]...)
		m.Truncated = true
	}
}
