package rest

import (
	"bytes"
	"compress/gzip"
	"encoding/hex"
	"encoding/json"
	"hash/fnv"
	"net/http"
	"strings"
	"sync"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// A done is the answer of endpoints that have nothing to tell.
type done struct{}

// A blob is an answer that is no JSON.
type blob struct {
	contentType string
	body        []byte
}

// A nothing is an answer without a body; the handler sets its status.
type nothing struct{}

// An unchanged is the answer to a client that has the current version already.
type unchanged struct{}

// A takenOver says that nothing is left to answer: see call.takeOver.
type takenOver struct{}

var doneBody = []byte(`{"status":"OK"}`)

// Values of headers that all answers share. net/http does not change them.
var (
	typeJSON     = []string{"application/json"}
	typeText     = []string{"text/plain; charset=utf-8"}
	typeHTML     = []string{"text/html"}
	noSniff      = []string{"nosniff"}
	noReferrer   = []string{"no-referrer"}
	emptyValue   = []string{""}
	expired      = []string{"0"}
	varyEncoding = []string{"Accept-Encoding"}
	gzipEncoding = []string{"gzip"}
	noStore      = []string{"no-cache, no-store, must-revalidate"}
	keepMonth    = []string{"max-age=2592000, private"}
)

// setHeaders writes the headers that every answer of the real server has.
func (c *call) setHeaders(contentType []string) {
	h := c.w.Header()
	if contentType != nil {
		h["Content-Type"] = contentType
	}
	if c.unversioned {
		return
	}
	h["X-Request-Id"] = []string{c.world().NewPassingID()}
	h["X-Version-Id"] = c.versionID()
	if c.has(versions.SecurityHeaders) {
		h["X-Content-Type-Options"] = noSniff
		h["Referrer-Policy"] = noReferrer
		h["Permissions-Policy"] = emptyValue
	}
	if vary := h["Vary"]; vary == nil {
		h["Vary"] = varyEncoding
	} else {
		h["Vary"] = append(vary, varyEncoding...)
	}
	if c.r.Method == http.MethodGet {
		h["Expires"] = expired
	}
}

// answer sends what a handler returned.
func (c *call) answer(v any) {
	if c.status == 0 {
		c.status = http.StatusOK
		if c.route.flags.has(created) {
			c.status = http.StatusCreated
		}
	}
	switch v := v.(type) {
	case done:
		c.send(typeJSON, doneBody)
	case blob:
		c.send([]string{v.contentType}, v.body)
	case content:
		c.sendContent(v)
	case takenOver:
	case nothing:
		c.send(nil, nil)
	case unchanged:
		c.status = http.StatusNotModified
		c.send(nil, nil)
	default:
		body, err := c.encode(v)
		if err != nil {
			c.fail(errEncoding.With(err))
			return
		}
		c.send(typeJSON, body)
	}
}

// buffers hold answers while they are sent. The journal copies short ones, so that they
// are free again then.
var buffers = sync.Pool{New: func() any { return new([]byte) }}

const longestBuffer = 2048 // bytes of a buffer that is used again

// release gives the answer's buffer back, if it has one.
func (c *call) release() {
	if c.buffer != nil && cap(*c.buffer) <= longestBuffer {
		buffers.Put(c.buffer)
	}
	c.buffer = nil
}

// encode writes a value as JSON, as the server's version has it, on a line of its own.
func (c *call) encode(v any) ([]byte, error) {
	if version := c.world().Version(); !version.IsNewest() {
		body, err := version.Marshal(v)
		return append(body, '\n'), err
	}
	if p, ok := v.(*model.Post); ok && p != nil {
		c.buffer = buffers.Get().(*[]byte)
		body, err := p.AppendJSON((*c.buffer)[:0])
		*c.buffer = append(body, '\n')
		return *c.buffer, err
	}
	var body bytes.Buffer
	err := json.NewEncoder(&body).Encode(v)
	return body.Bytes(), err
}

// send sets the headers and writes the answer.
func (c *call) send(contentType []string, body []byte) {
	c.setHeaders(contentType)
	c.write(body)
}

// write is the end of every answer: the exchange is in the journal before the
// first byte leaves.
func (c *call) write(body []byte) {
	if c.finished {
		return
	}
	c.finished = true
	if !c.bodyRead && c.r.ContentLength != 0 {
		c.readBody() // the journal holds what was sent, also where nobody looked at it
	}
	if c.fault != nil && c.fault.SpoilsAnswer() {
		c.writeSpoilt(body)
		return
	}
	c.sent = body
	compressed := len(body) >= gzipFrom && strings.Contains(c.r.Header.Get("Accept-Encoding"), "gzip")
	if compressed {
		c.w.Header()["Content-Encoding"] = gzipEncoding
	}
	ex := c.exchange()
	c.api.Journal.Append(&ex)
	c.w.WriteHeader(c.status)
	switch {
	case compressed:
		c.writeCompressed(body)
	case body != nil:
		c.w.Write(body) // a client that has gone is nobody's problem
	}
}

const gzipFrom = 1024 // bytes; shorter answers are sent as they are

var gzipWriters = sync.Pool{New: func() any {
	w, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed)
	return w
}}

func (c *call) writeCompressed(body []byte) {
	w := gzipWriters.Get().(*gzip.Writer)
	defer gzipWriters.Put(w)
	w.Reset(c.w)
	w.Write(body)
	w.Close()
}

// etag sets the answer's Etag and says whether the client has that version.
func (c *call) etag(tag string) bool {
	c.w.Header()["Etag"] = []string{tag}
	return c.r.Header.Get("If-None-Match") == tag
}

// The mux has the call for its http.ResponseWriter; what it answers itself waits for
// finish.

func (c *call) Header() http.Header { return c.w.Header() }

func (c *call) WriteHeader(status int) { c.status = status }

func (c *call) Write(b []byte) (int, error) {
	c.sent = append(c.sent, b...)
	return len(b), nil
}

// finish sends what the mux wrote, if it was the mux that answered.
func (c *call) finish() {
	if c.finished {
		return
	}
	if c.status == 0 {
		c.status = http.StatusOK
	}
	c.write(c.sent)
}

// shortTag makes an Etag of a text that is too long for one.
func shortTag(text string) string {
	h := fnv.New128a()
	h.Write([]byte(text))
	return hex.EncodeToString(h.Sum(nil))
}
