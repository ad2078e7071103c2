package rest

import (
	"net/http"
	"net/url"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// RouteOf returns the pattern by which the newest server routes a request, "" where none of
// them matches, and what the request is about. It carries nothing out.
func RouteOf(method, path string) (pattern string, kind recorder.Kind) {
	r := &http.Request{Method: method, URL: &url.URL{Path: path}}
	c := &call{w: unsent{}, r: r, asking: true}
	routes().ServeHTTP(c, r)
	if c.route != nil {
		pattern = c.route.pattern
	}
	return pattern, c.kind()
}

// An unsent is an answer that nobody gets.
type unsent http.Header

func (u unsent) Header() http.Header       { return http.Header(u) }
func (unsent) Write(b []byte) (int, error) { return len(b), nil }
func (unsent) WriteHeader(int)             {}
