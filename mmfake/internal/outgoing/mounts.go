package outgoing

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
)

// mounts are the handlers that stand in for integrations on a network.
type mounts struct {
	mu   sync.RWMutex
	list []mount // guarded by mu
}

// A mount serves an origin, such as http://bot.test, below a path.
type mount struct {
	origin, path string
	handler      http.Handler
}

// Mount makes requests to a URL, and to those below its path, go to a handler.
// It sees the whole path. Among several the longest path wins, and among equals
// the handler that was mounted last.
func (c *Client) Mount(address string, h http.Handler) error {
	u, err := url.Parse(address)
	switch {
	case err != nil:
		return err
	case u.Scheme != "http" && u.Scheme != "https" || u.Host == "":
		return fmt.Errorf("%q is no http or https URL with a host: write it like http://bot.test", address)
	case u.RawQuery != "" || u.Fragment != "":
		return fmt.Errorf("%q has a query or a fragment: a handler is mounted under a path", address)
	}
	c.mounts.mu.Lock()
	defer c.mounts.mu.Unlock()
	c.mounts.list = append(c.mounts.list, mount{origin(u), strings.TrimRight(u.Path, "/"), h})
	return nil
}

// origin is a URL's scheme and host, without the port that the scheme implies.
func origin(u *url.URL) string {
	host := strings.ToLower(u.Host)
	switch u.Scheme {
	case "http":
		host = strings.TrimSuffix(host, ":80")
	case "https":
		host = strings.TrimSuffix(host, ":443")
	}
	return u.Scheme + "://" + host
}

// find returns the handler for a URL, nil where none is mounted.
func (m *mounts) find(u *url.URL) http.Handler {
	m.mu.RLock()
	defer m.mu.RUnlock()
	if len(m.list) == 0 {
		return nil
	}
	var best mount
	at := origin(u)
	for _, one := range m.list {
		rest, below := strings.CutPrefix(u.Path, one.path)
		if one.origin == at && below && (rest == "" || rest[0] == '/') && len(one.path) >= len(best.path) {
			best = one
		}
	}
	return best.handler
}

// where says where handlers are mounted, for who found none.
func (m *mounts) where() string {
	m.mu.RLock()
	defer m.mu.RUnlock()
	if len(m.list) == 0 {
		return "none is mounted at all"
	}
	var list []string
	for _, one := range m.list {
		if at := one.origin + one.path; !slices.Contains(list, at) {
			list = append(list, at)
		}
	}
	return "there are handlers at " + strings.Join(list, ", ")
}

// serve has a handler answer a request, as a server behind a port would. It
// returns when the handler does, or when the request's context ends; the handler
// then goes on alone, and what it writes is lost.
func (c *Client) serve(h http.Handler, req *http.Request) (*http.Response, error) {
	w := &memoryAnswer{header: http.Header{}}
	in := incoming(req)
	done := make(chan error, 1)
	c.work.Add(1) // the call that this belongs to keeps the count above zero
	go func() {
		defer c.work.Done()
		err := errors.New("the mounted handler ended its goroutine") // as t.FailNow does
		defer func() {
			if p := recover(); p == http.ErrAbortHandler {
				err = errors.New("the mounted handler cut the connection")
			} else if p != nil {
				err = fmt.Errorf("the mounted handler panicked: %v", p)
				c.log("%v\n%s", err, debug.Stack())
			}
			done <- err
		}()
		h.ServeHTTP(w, in)
		err = nil
	}()
	select {
	case err := <-done:
		if ended := req.Context().Err(); ended != nil {
			return nil, ended // the handler returned because of that: it has not answered
		}
		if err != nil {
			return nil, err
		}
		return w.response(req), nil
	case <-req.Context().Done():
		return nil, req.Context().Err()
	}
}

func (c *Client) log(format string, args ...any) {
	if c.options.Logf != nil {
		c.options.Logf(format, args...)
	}
}

// incoming is a request as the server of a handler gets it.
func incoming(req *http.Request) *http.Request {
	in := req.Clone(req.Context())
	in.RequestURI = req.URL.RequestURI()
	in.Host = req.URL.Host
	in.RemoteAddr = "127.0.0.1:0"
	in.Proto, in.ProtoMajor, in.ProtoMinor = "HTTP/1.1", 1, 1
	in.URL.Scheme, in.URL.Host = "", ""
	if in.Body == nil {
		in.Body = http.NoBody
	}
	return in
}

// A memoryAnswer is what a handler writes, as far as it is read. Only the
// handler's goroutine touches it until the handler has returned.
type memoryAnswer struct {
	header http.Header // the handler's
	sent   http.Header // a copy from when it was sent
	status int
	body   bytes.Buffer
}

func (w *memoryAnswer) Header() http.Header { return w.header }

func (w *memoryAnswer) WriteHeader(status int) {
	if w.status != 0 || status < 200 { // informational answers are not for us
		return
	}
	w.status, w.sent = status, w.header.Clone()
}

func (w *memoryAnswer) Write(b []byte) (int, error) {
	if w.status == 0 {
		if _, set := w.header["Content-Type"]; !set {
			w.header.Set("Content-Type", http.DetectContentType(b))
		}
		w.WriteHeader(http.StatusOK)
	}
	if room := world.MostAnswer - w.body.Len(); room > 0 {
		w.body.Write(b[:min(room, len(b))])
	}
	return len(b), nil
}

// Flush is for handlers that stream: there is nobody to read before the end.
func (w *memoryAnswer) Flush() {
	if w.status == 0 {
		w.WriteHeader(http.StatusOK)
	}
}

func (w *memoryAnswer) response(req *http.Request) *http.Response {
	w.Flush()
	if _, set := w.sent["Content-Type"]; !set && w.body.Len() > 0 {
		w.sent.Set("Content-Type", http.DetectContentType(w.body.Bytes()))
	}
	resp := answering(req, w.status, w.sent, w.body.Bytes())
	if length, err := strconv.Atoi(w.sent.Get("Content-Length")); err == nil && length > w.body.Len() && w.body.Len() < world.MostAnswer {
		resp.Body = &arriving{ctx: req.Context(), rest: w.body.Bytes(), size: max(1, w.body.Len()), cut: true} // it has promised more than it wrote
		resp.ContentLength = int64(length)
	}
	return resp
}
