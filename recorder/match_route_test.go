package recorder_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

func TestRouteIsMetByMethodAndPathOrTemplate(t *testing.T) {
	for _, c := range []struct {
		pattern, method, url, route string
		meets                       bool
	}{
		{"POST /api/v4/posts", "POST", "/api/v4/posts", "POST /api/v4/posts", true},
		{"GET /api/v4/posts", "POST", "/api/v4/posts", "POST /api/v4/posts", false},
		{"GET /api/v4/users/me", "GET", "/api/v4/users/me", "GET /api/v4/users/{user_id}", true},
		{"GET /api/v4/users/{user_id}", "GET", "/api/v4/users/me", "GET /api/v4/users/{user_id}", true},
		{"GET /api/v4/users/{x}", "GET", "/api/v4/users/me", "GET /api/v4/users/{user_id}", true},
		{"POST /api/v4/users/{x}", "POST", "/api/v4/users/ids", "POST /api/v4/users/ids", false},
		{"GET /api/v4/users/{x}/posts", "GET", "/api/v4/users/me/teams", "GET /api/v4/users/{user_id}/teams", false},
		{"GET /a/{x}", "GET", "/a/b/c", "GET /a/{x}/{y}", false},
		{"GET /a/{x...}", "GET", "/a/b/c", "GET /a/{rest...}", true},
		// An exchange without a route is compared by its path.
		{"POST /hooks/{id}", "POST", "/hooks/abc", "", true},
		{"POST /hooks/{id}", "POST", "/hooks/", "", false},
		{"POST /hooks/{id}", "POST", "/hooks/abc/d", "", false},
		{"POST /hooks/{id}", "POST", "/other/abc", "", false},
		{"GET /files/{rest...}", "GET", "/files/a/b", "", true},
		{"GET /files/{$}", "GET", "/files/", "", true},
		{"GET /files/{$}", "GET", "/files/a", "", false},
		{"GET /", "GET", "/", "", true},
		{"POST http://bot.test/command", "POST", "http://bot.test/command", "", true},
		{"POST http://bot.test/command", "POST", "http://other.test/command", "", false},
		{"POST /command", "POST", "http://bot.test/command", "", true},
	} {
		t.Run(c.pattern+" and "+c.method+" "+c.url, func(t *testing.T) {
			ex := &recorder.Exchange{Route: c.route, Request: recorder.Request{Method: c.method, Path: c.url}}
			if c.url[0] != '/' {
				at := len(c.url) - len("/command")
				ex.Request.Origin, ex.Request.Path = c.url[:at], c.url[at:]
			}
			match := recorder.Route(c.pattern)
			assert.NoError(t, match.Err)
			want := ""
			if !c.meets {
				want = "it is " + c.method + " " + c.url + ", wanted " + c.pattern
			}
			assert.Equal(t, want, match.Miss(ex))
		})
	}
}

func TestARouteThatNoRequestCanHaveSaysHowToWriteIt(t *testing.T) {
	const example = `: write it like "POST /api/v4/posts"`
	for pattern, want := range map[string]string{
		"":                       `a route is empty` + example,
		"/api/v4/posts":          `the route "/api/v4/posts" has no method` + example,
		"POST":                   `the route "POST" has no path` + example,
		"POST ":                  `the route "POST " has no path` + example,
		"post /posts":            `the route "post /posts" does not begin with a method in upper case and one space` + example,
		" /posts":                `the route " /posts" does not begin with a method in upper case and one space` + example,
		"POST posts":             `the path of the route "POST posts" does not begin with "/"` + example,
		"POST  /posts":           `the path of the route "POST  /posts" does not begin with "/"` + example,
		"POST /posts 201":        `the route "POST /posts 201" has a space in its path` + example,
		"GET /posts?page=1":      `the route "GET /posts?page=1" has a query, which is no part of a route: use recorder.Query beside it`,
		"GET http://a.test/{id}": `the route "GET http://a.test/{id}" has an origin and a template: use one of the two`,
	} {
		assert.EqualError(t, recorder.Check(recorder.Route(pattern)), want)
	}
}
