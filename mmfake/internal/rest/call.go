package rest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
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

// query is a parameter of the query, "" where it is missing.
func (c *call) query(name string) string {
	if c.r.URL.RawQuery == "" {
		return ""
	}
	return c.r.URL.Query().Get(name)
}

// queryBool is a parameter that is true or false, by Go's rules for such words.
func (c *call) queryBool(name string) bool {
	b, _ := strconv.ParseBool(c.query(name))
	return b
}

// queryList is a parameter that is a list with commas, nil where it is missing.
func (c *call) queryList(name string) []string {
	text := c.query(name)
	if text == "" {
		return nil
	}
	return strings.Split(text, ",")
}

// The limits of paging (facts 1.8).
const (
	defaultPerPage = 60
	mostPerPage    = 200
)

// page is the part of a list that the query asks for. Odd numbers never fail.
func (c *call) page() world.Page {
	return world.Page{Number: c.queryInt("page", 0), PerPage: min(c.queryInt("per_page", defaultPerPage), mostPerPage)}
}

// queryInt is a parameter that is a number; one that is none, or negative, is as
// good as missing.
func (c *call) queryInt(name string, missing int) int {
	n, err := strconv.Atoi(c.query(name))
	if err != nil || n < 0 {
		return missing
	}
	return n
}

// readBody reads the request's body, as far as the settings let it grow.
func (c *call) readBody() ([]byte, error) {
	if c.bodyRead {
		return c.body, c.bodyErr
	}
	c.bodyRead = true
	limit := c.bodyLimit()
	if n := c.r.ContentLength; n >= 0 && n <= limit {
		c.body = make([]byte, n)
		_, c.bodyErr = io.ReadFull(c.r.Body, c.body)
	} else {
		c.body, c.bodyErr = io.ReadAll(http.MaxBytesReader(c.w, c.r.Body, limit))
	}
	if _, tooLarge := errors.AsType[*http.MaxBytesError](c.bodyErr); tooLarge {
		c.bodyErr = errBodyTooLarge.With(limit)
	}
	return c.body, c.bodyErr
}

const payloadSlack = 512 // bytes that the real server grants on top of its limit

// bodyLimit is how many bytes a body may have. Old versions bound none; the fake
// takes as many as for a file then.
func (c *call) bodyLimit() int64 {
	config := c.config
	if c.route != nil && c.route.flags.has(large) || !c.has(versions.BodyLimit) {
		return config.MaxFileSize + payloadSlack
	}
	return config.MaximumPayloadSizeBytes + payloadSlack
}

// decode reads the request's body as JSON; name is what the error calls it. What
// follows the first value is not looked at, as in the real server.
func (c *call) decode(v any, name string) error {
	return c.decodeOr(v, world.ErrBodyParam, name)
}

// decodePayload is decode for endpoints that call a wrong body a parse error.
func (c *call) decodePayload(v any) error { return c.decodeOr(v, world.ErrPayload) }

func (c *call) decodeOr(v any, wrong world.Problem, args ...any) error {
	body, err := c.readBody()
	if err != nil {
		return err
	}
	err = c.decodeFirst(body, v)
	if !c.has(versions.BodiesStrict) {
		if _, mistyped := errors.AsType[*json.UnmarshalTypeError](err); mistyped {
			return nil
		}
		if bytes.HasPrefix(bytes.TrimSpace(body), []byte("null")) {
			return wrong.With(args...)
		}
	}
	if err != nil {
		return wrong.With(args...)
	}
	return nil
}

// decodeTyped is decode for endpoints of which no version takes a value of a wrong
// type.
func (c *call) decodeTyped(v any, name string) error {
	body, err := c.readBody()
	if err == nil && c.decodeFirst(body, v) != nil {
		err = world.ErrBodyParam.With(name)
	}
	return err
}

// decodeFirst decodes the first value of a body, as far as the version knows its
// keys.
func (c *call) decodeFirst(body []byte, v any) error {
	defer c.world().Version().Forget(v)
	if json.Unmarshal(body, v) == nil {
		return nil
	}
	return json.NewDecoder(bytes.NewReader(body)).Decode(v)
}

// textFields reads the request's body as a JSON object and returns those of its
// values that are text. Another kind of value is as good as none, and so is a body
// that is no such object: some endpoints of the real server read it like that.
func (c *call) textFields() (map[string]string, error) {
	body, err := c.readBody()
	if err != nil {
		return nil, err
	}
	var raw map[string]any
	if json.NewDecoder(bytes.NewReader(body)).Decode(&raw) != nil {
		return nil, nil
	}
	fields := map[string]string{}
	for key, value := range raw {
		if text, ok := value.(string); ok {
			fields[key] = text
		}
	}
	return fields, nil
}

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
	if ctx := c.r.Context(); ctx.Err() != nil {
		if outage, ok := errors.AsType[faults.Outage](context.Cause(ctx)); ok {
			e.Fault, e.Err = string(outage), "the connection was cut off before the answer"
		}
	}
	return e
}

func (c *call) kind() recorder.Kind {
	switch {
	case c.route == nil || !c.route.flags.has(page):
		if len(c.r.URL.Path) >= 8 && c.r.URL.Path[:8] == "/api/v4/" {
			return recorder.KindAPI
		}
		return recorder.KindPage
	}
	return recorder.KindWebhook
}
