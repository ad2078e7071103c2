package rest

import (
	_ "embed"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"sync"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// A route is one line of the table of endpoints. Its pattern is "METHOD /path",
// whose {…_id} are ids: by the time the handler runs they are known to be well
// formed, and {user_id} is the caller's own id where the client wrote me.
type route struct {
	pattern string
	serve   handler
	flags   flags
	params  []string          // the names in braces, in order
	since   versions.Endpoint // the versions that have it
	other   http.Handler      // answers in the others
	idle    bool              // a busy server does without it
}

// A handler answers a call. What it returns is encoded as JSON, with the status
// that the route says; see answer for the other kinds of answers.
type handler func(*call) (any, error)

type flags int

const (
	open       flags = 1 << iota // needs no session
	trusted                      // asks no browser for the CSRF token
	created                      // a good answer has status 201
	page                         // outside /api/v4: errors are JSON all the same
	missing                      // Mattermost has it, the fake does not
	stays                        // what follows needs a session, though it is open
	errorPages                   // errors are pages for a browser
	refusal                      // nobody gets anything but an error: docs/endpoints.md tells these two apart
	constant                     // everybody gets the same, such as an empty list
)

func (f flags) has(g flags) bool { return f&g != 0 }

// families are the parts of the route table, one for each family of endpoints.
var families = [][]route{
	systemRoutes,
	configRoutes,
	oauthAppRoutes,
	licensedRoutes,
	systemEmptyRoutes,
	serverBusyRoutes,
	roleRoutes,
	userRoutes,
	userListRoutes,
	userMailRoutes,
	userStepRoutes,
	sessionRoutes,
	tokenRoutes,
	botRoutes,
	botIconRoutes,
	preferenceRoutes,
	portraitRoutes,
	statusRoutes,
	teamRoutes,
	teamMemberRoutes,
	teamIconRoutes,
	channelRoutes,
	channelListRoutes,
	channelAdminRoutes,
	channelMemberRoutes,
	sidebarRoutes,
	postRoutes,
	postListRoutes,
	searchRoutes,
	postLinkRoutes,
	threadRoutes,
	draftRoutes,
	reactionRoutes,
	websocketRoutes,
	fileRoutes,
	fileSearchRoutes,
	uploadRoutes,
	emojiRoutes,
	incomingHookRoutes,
	outgoingHookRoutes,
	commandRoutes,
	hookRoutes,
	actionRoutes,
}

//go:embed endpoints.tsv
var endpointsTSV string

// routes is the table of endpoints as a mux. It is the same for all servers and
// made once: a handler finds its server in the call, which is the
// http.ResponseWriter that the mux hands on.
var routes = sync.OnceValue(newMux)

// newMux puts the table into two muxes. net/http refuses two patterns that match
// the same path without one being more special, such as /users/tokens/{token_id}
// and /users/{user_id}/tokens. Mattermost lets the literal word win, so the paths
// with a word in that place are asked first.
func newMux() *http.ServeMux {
	words, ids := http.NewServeMux(), http.NewServeMux()
	known, since := knownEndpoints()
	served := map[string]bool{}
	serve := func(r route) {
		served[shape(r.pattern)] = true
		r.params = paramNames(r.pattern)
		r.idle = idleOnly[r.pattern]
		r.since = versions.EndpointOf(shape(r.pattern), since[shape(r.pattern)])
		if f := strings.Split(r.pattern, "/"); len(f) > 4 && strings.HasPrefix(f[4], "{") {
			r.other = http.HandlerFunc(noRoute)
			ids.Handle(r.pattern, &r)
			return
		}
		r.other = ids
		words.Handle(r.pattern, &r)
	}
	for _, family := range families {
		for _, r := range family {
			serve(r)
		}
	}
	for _, pattern := range known {
		if !served[shape(pattern)] {
			serve(route{pattern: pattern, serve: notImplemented, flags: open | trusted | missing})
		}
	}
	words.Handle("/", ids)
	ids.Handle("/", http.HandlerFunc(noRoute))
	return words
}

var braces = regexp.MustCompile(`\{([^}.]+)[.]*\}`)

// shape is a pattern without the names of its parameters.
func shape(pattern string) string { return braces.ReplaceAllString(pattern, "{}") }

func paramNames(pattern string) []string {
	var names []string
	for _, m := range braces.FindAllStringSubmatch(pattern, -1) {
		names = append(names, m[1])
	}
	return names
}

// knownEndpoints are the patterns of all endpoints that Mattermost has, and by
// their shape the versions that they came with where that is documented.
func knownEndpoints() (patterns []string, since map[string]string) {
	since = map[string]string{}
	for i, line := range strings.Split(strings.TrimSpace(endpointsTSV), "\n") {
		if f := strings.Split(line, "\t"); i > 0 && len(f) > 4 {
			pattern := f[0] + " " + f[1]
			patterns = append(patterns, pattern)
			since[shape(pattern)] = f[4]
		}
	}
	return patterns, since
}

// ServeHTTP carries a call out. w is always the call.
func (rt *route) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c := w.(*call)
	if c.asking {
		if rt.matches(r) {
			c.route = rt
		}
		return
	}
	if !c.world().Version().HasEndpoint(rt.since) {
		c.since = rt.since
		rt.other.ServeHTTP(w, r)
		return
	}
	if !rt.matches(r) {
		noRoute(w, r)
		return
	}
	c.route = rt
	if c.urlTooLong() {
		c.fail(errURLTooLong.With(c.config.MaximumURLLength))
		return
	}
	err := c.authenticate()
	if c.api.Faults.Any() && c.struck() {
		return
	}
	if err != nil {
		c.fail(err)
		return
	}
	if rt.idle && c.world().Busy() {
		c.fail(errBusy.With())
		return
	}
	if err := rt.checkParams(c); err != nil {
		c.fail(err)
		return
	}
	answer, err := rt.serve(c)
	if err != nil {
		c.fail(err)
		return
	}
	c.answer(answer)
}

// urlTooLong says whether a handler refuses a URL. What answers for unknown paths of
// the API is none.
func (c *call) urlTooLong() bool {
	limit := c.config.MaximumURLLength
	return limit > 0 && len(c.r.RequestURI) > limit && c.has(versions.BodyLimit)
}

// noRoute is what a real server says of an API path that it does not know, and
// of a known one asked for with another method. Other paths show the web app.
func noRoute(w http.ResponseWriter, r *http.Request) {
	c := w.(*call)
	if c.asking {
		return
	}
	if c.api.Faults.Any() && c.struck() {
		return
	}
	if !strings.HasPrefix(r.URL.Path, "/api/") {
		webApp(c)
		return
	}
	// What is asked for below /api/v4/ no handler signs, nor what cannot be a page's.
	c.lost, c.unversioned = true, strings.HasPrefix(r.URL.Path, "/api/v4/") || !c.readsOnly()
	if c.unversioned && r.Method == http.MethodOptions && !c.has(versions.OptionsUnknown) {
		c.status = http.StatusOK
		c.send(nil, nil)
		return
	}
	c.api.missed(Miss{Method: r.Method, Path: r.URL.Path, When: c.since.When()})
	c.failWith(&model.AppError{
		ID: "api.context.404.app_error", StatusCode: http.StatusNotFound,
		Message:       "No endpoint of Mattermost's has this method and path: check both.",
		DetailedError: fmt.Sprintf("There doesn't appear to be an api call for the url='%s'.  Typo? are you missing a team_id or user_id as part of the url?", r.URL.Path),
	})
}

// notImplemented is the answer of endpoints that Mattermost has and the fake has
// not.
func notImplemented(c *call) (any, error) {
	c.api.missed(Miss{Method: c.r.Method, Path: c.r.URL.Path, Known: true})
	return nil, errNotImplemented.With(c.route.pattern)
}
