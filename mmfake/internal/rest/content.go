package rest

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// A content is an answer that clients may ask parts of: the bytes of a file. It is
// never compressed, so that its length and ranges are the file's.
type content struct {
	contentType string
	bytes       []byte // never changed
	changed     int64  // when, in milliseconds
}

// download is a file as the answer, with the headers that tell browsers what to do
// with it (facts 5.2).
func (c *call) download(info *model.FileInfo, b []byte, contentType string) content {
	disposition := "attachment"
	if !c.queryBool("download") && slices.Contains(inlineTypes, contentType) {
		disposition = "inline"
	}
	name := url.PathEscape(info.Name)
	h := c.w.Header()
	h.Set("Content-Disposition", fmt.Sprintf(`%s;filename="%s"; filename*=UTF-8''%s`, disposition, name, name))
	h["Cache-Control"] = c.fileCaching()
	h.Set("X-Frame-Options", "DENY")
	h.Set("Content-Security-Policy", "Frame-ancestors 'none'")
	return content{contentType: contentType, bytes: b, changed: info.UpdateAt}
}

// fileCaching says how long a client may keep a file.
func (c *call) fileCaching() []string {
	switch {
	case c.has(versions.FilesCached):
		return []string{"private, max-age=86400"}
	case c.has(versions.FilesRevalidated):
		return []string{"private, no-cache"}
	}
	return keepMonth
}

// inlineTypes are shown by a browser; everything else is saved.
var inlineTypes = []string{
	"image/jpeg", "image/png", "image/bmp", "image/gif", "image/tiff", "image/webp",
	"video/avi", "video/mpeg", "video/mp4", "audio/mpeg", "audio/wav",
}

// shownType is the media type under which a file is sent: a browser must not run
// what somebody has uploaded.
func shownType(mediaType string) string {
	if mediaType == "" {
		return "application/octet-stream"
	}
	for _, active := range []string{"html", "javascript", "ecmascript", "xml"} {
		if kind, _, _ := strings.Cut(mediaType, ";"); strings.Contains(kind, active) && !strings.Contains(kind, "openxml") {
			return "text/plain"
		}
	}
	return mediaType
}

// sendContent answers with the content, or with the part of it that the client
// wants.
func (c *call) sendContent(v content) {
	c.setHeaders([]string{v.contentType})
	c.w.Header()["X-Content-Type-Options"] = noSniff // in versions without the other headers too
	if c.fault != nil && c.fault.SpoilsAnswer() {
		c.finished = true
		c.writeSpoilt(v.bytes)
		return
	}
	http.ServeContent(&contentWriter{c, v.bytes}, c.r, "", time.UnixMilli(v.changed), bytes.NewReader(v.bytes))
}

// A contentWriter is what net/http serves a content to. It has the exchange in the
// journal before the first byte leaves.
type contentWriter struct {
	call    *call
	content []byte
}

func (w *contentWriter) Header() http.Header { return w.call.w.Header() }

func (w *contentWriter) WriteHeader(status int) {
	c := w.call
	c.status, c.finished = status, true
	var from, to int
	switch n, _ := fmt.Sscanf(w.Header().Get("Content-Range"), "bytes %d-%d/", &from, &to); {
	case c.r.Method == http.MethodHead:
	case status == http.StatusOK:
		c.sent = w.content
	case status == http.StatusPartialContent && n == 2:
		c.sent = w.content[from : to+1]
	}
	ex := c.exchange()
	c.api.Journal.Append(&ex)
	c.w.WriteHeader(status)
}

func (w *contentWriter) Write(b []byte) (int, error) { return w.call.w.Write(b) }
