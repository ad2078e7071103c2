package rest

import (
	"net/http"
	"strings"
	"time"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/faults"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// A call is one request on its way through the API. It is the
// http.ResponseWriter that the mux sees; handlers return what they answer.
type call struct {
	api       *API
	w         http.ResponseWriter
	r         *http.Request
	config    *world.Config // the settings when it came
	start     time.Time
	began     int64  // in the journal's count
	route     *route // nil where none matched
	session   *world.Session
	noSession string            // why there is none, for developers
	since     versions.Endpoint // of the route that the server's version does not have

	status      int    // of the answer; handlers set it where it is not the route's
	body        []byte // of the request, once it is read
	bodySize    int64  // of the request, where the handler read it itself: body is its beginning then
	bodyErr     error
	bodyRead    bool
	sent        []byte  // of the answer
	buffer      *[]byte // that sent is in; nil where it is in none; see release
	unversioned bool    // the answer has neither X-Request-Id nor X-Version-Id
	lost        bool    // the API has no such path
	finished    bool
	asking      bool          // only for its route: nothing is carried out
	fault       *faults.Fault // that struck it; nil for none
	faultWords  string        // what it did, for the journal

	earlier, later *call // in flight; guarded by api.mu
}

// world is the state that the call is about.
func (c *call) world() *world.World { return c.api.World }

// has says whether the server behaves as the feature says.
func (c *call) has(f versions.Feature) bool { return c.world().Version().Has(f) }

// param is a parameter of the path. One whose name ends in _id is a well-formed
// id, and not me.
func (c *call) param(name string) string { return c.r.PathValue(name) }

// exchange is the call as the journal holds it.
func (c *call) exchange() recorder.Exchange {
	e := recorder.Exchange{
		Kind: c.kind(), Direction: recorder.In, Began: c.began, Time: c.start, Duration: time.Since(c.start),
		Actor: c.world().NameOf(c.session), Fault: c.faultWords,
		Request: recorder.Request{
			Method: c.r.Method, Path: c.r.URL.Path, Query: c.r.URL.RawQuery,
			Message: recorder.Message{Header: c.r.Header, Body: c.body, Size: c.bodySize, Truncated: c.bodySize > int64(len(c.body))},
		},
		Response: recorder.Response{Status: c.status, Message: recorder.Message{Header: c.w.Header(), Body: c.sent}},
	}
	if c.route != nil {
		e.Route = c.route.pattern
	}
	if outage, ok := faults.OutageOf(c.r.Context()); ok {
		e.Fault, e.Err = string(outage), "the connection was cut off before the answer"
	}
	return e
}

func (c *call) kind() recorder.Kind {
	switch {
	case c.route != nil && c.route.flags.has(page):
		return recorder.KindWebhook
	case strings.HasPrefix(c.r.URL.Path, "/api/v4/"):
		return recorder.KindAPI
	}
	return recorder.KindPage
}
