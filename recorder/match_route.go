package recorder

import (
	"errors"
	"fmt"
	"strings"
)

// Route is met by exchanges whose request has that method and path:
//
//	Route("POST /api/v4/posts")                  a path
//	Route("GET /api/v4/posts/{post_id}/thread")  a template
//	Route("POST http://deploybot.test/command")  a request of the fake, with its origin
//
// A template is met by the requests that were routed by it, whatever the names
// in its braces; where an exchange has no Route, by the paths that it fits, as
// in the patterns of [net/http.ServeMux]. The query plays no part.
//
// A pattern that no request can have, such as one without a method, sets Err.
func Route(pattern string) Match {
	method, path, _ := strings.Cut(pattern, " ")
	return Match{
		Want: pattern,
		Miss: func(ex *Exchange) string {
			if ex.Request.Method == method && hasPath(ex, pattern, path) {
				return ""
			}
			return "it is " + clip(strings.TrimSpace(ex.Request.Method+" "+ex.Request.Origin+ex.Request.Path)) + ", wanted " + pattern
		},
		Err: checkRoute(pattern),
	}
}

// hasPath tells whether a request, whose method is right, has the path of a pattern.
func hasPath(ex *Exchange, pattern, path string) bool {
	switch {
	case ex.Route == pattern:
		return true
	case strings.Contains(path, "://"):
		return ex.Request.Origin+ex.Request.Path == path
	case !strings.Contains(path, "{"):
		return ex.Request.Path == path
	case ex.Route != "":
		_, template, _ := strings.Cut(ex.Route, " ")
		return sameTemplate(path, template)
	default:
		return fits(path, ex.Request.Path)
	}
}

// checkRoute returns what is wrong with the pattern of a route.
func checkRoute(pattern string) error {
	const example = `write it like "POST /api/v4/posts"`
	method, path, found := strings.Cut(pattern, " ")
	switch {
	case pattern == "":
		return errors.New("a route is empty: " + example)
	case !found && strings.Contains(pattern, "/"):
		return fmt.Errorf("the route %q has no method: %s", pattern, example)
	case !found || path == "":
		return fmt.Errorf("the route %q has no path: %s", pattern, example)
	case method == "" || strings.Trim(method, "ABCDEFGHIJKLMNOPQRSTUVWXYZ-") != "":
		return fmt.Errorf("the route %q does not begin with a method in upper case and one space: %s", pattern, example)
	case strings.Contains(path, "?"):
		return fmt.Errorf("the route %q has a query, which is no part of a route: use recorder.Query beside it", pattern)
	case strings.Contains(path, "://") && strings.Contains(path, "{"):
		return fmt.Errorf("the route %q has an origin and a template: use one of the two", pattern)
	case !strings.HasPrefix(path, "/") && !strings.Contains(path, "://"):
		return fmt.Errorf("the path of the route %q does not begin with \"/\": %s", pattern, example)
	case strings.Contains(path, " "):
		return fmt.Errorf("the route %q has a space in its path: %s", pattern, example)
	}
	return nil
}

// sameTemplate tells whether two templates differ at most in the names in
// their braces.
func sameTemplate(a, b string) bool {
	for {
		segmentA, restA, moreA := strings.Cut(a, "/")
		segmentB, restB, moreB := strings.Cut(b, "/")
		if moreA != moreB || wildcard(segmentA) != wildcard(segmentB) {
			return false
		}
		if wildcard(segmentA) == notWild && segmentA != segmentB {
			return false
		}
		if !moreA {
			return true
		}
		a, b = restA, restB
	}
}

// fits tells whether a path fits a template.
func fits(template, path string) bool {
	for {
		pattern, restPattern, morePattern := strings.Cut(template, "/")
		segment, restPath, morePath := strings.Cut(path, "/")
		switch wildcard(pattern) {
		case wildRest:
			return true
		case wildEnd:
			return path == ""
		case wildOne:
			if segment == "" {
				return false
			}
		case notWild:
			if pattern != segment {
				return false
			}
		}
		if morePattern != morePath {
			return false
		}
		if !morePattern {
			return true
		}
		template, path = restPattern, restPath
	}
}

// The kinds of segments in a template of net/http.
type wild int

const (
	notWild  wild = iota // itself
	wildOne              // {name}: one segment
	wildRest             // {name...}: what remains
	wildEnd              // {$}: the end of a path that ends in a slash
)

func wildcard(segment string) wild {
	switch {
	case !strings.HasPrefix(segment, "{") || !strings.HasSuffix(segment, "}"):
		return notWild
	case segment == "{$}":
		return wildEnd
	case strings.HasSuffix(segment, "...}"):
		return wildRest
	default:
		return wildOne
	}
}
