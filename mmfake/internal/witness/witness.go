// Package witness tells of exchanges with a Mattermost server, seen from outside by a
// proxy, what the server itself would know of them: which endpoint it was, and who acted.
//
// Who acts is behind a token, and what travels tells whose that is: the answer to a login,
// to a request for one's own user, to one for a new token or a new post, and the greeting
// on a websocket. The names of users are in every object that has one beside an id.
package witness

import (
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/rest"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// A Witness learns from exchanges in their order. Its methods may be called from several
// goroutines.
type Witness struct {
	mu      sync.Mutex
	names   map[string]string     // user names by id; guarded by mu, as what follows
	owners  map[string]string     // ids of users by token
	ended   map[string]int64      // when a token was logged out, in the journal's count
	used    []string              // tokens that were good, in the order of their first use
	sockets map[int64]*connection // by number
	version string
	site    string
}

// A connection is what is known of a websocket.
type connection struct {
	token string // "" while it has none
	since int64  // after what, in the journal's count, it is the user's
	user  string // his id, if the greeting has told it
}

// New returns a witness who knows nothing yet.
func New() *Witness {
	return &Witness{names: map[string]string{}, owners: map[string]string{}, ended: map[string]int64{}, sockets: map[int64]*connection{}}
}

// See learns from the next exchange, and sets its Kind, Route and Actor as far as is known.
func (w *Witness) See(ex *recorder.Exchange) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch {
	case ex.Kind == recorder.KindCallback:
		w.learnCallback(ex)
	case ex.Kind == recorder.KindSocket:
		ex.Route = "GET " + websocketPath
		w.learnMessage(ex)
	default:
		ex.Route, ex.Kind = rest.RouteOf(ex.Request.Method, ex.Request.Path)
		if ex.Response.Get("id").String() == noEndpoint {
			ex.Route = "" // an older server, which does not have it
		}
		w.learnRequest(ex)
	}
	ex.Actor = w.actorOf(ex)
}

const (
	websocketPath = "/api/v4/websocket"
	noEndpoint    = "api.context.404.app_error"
)

// ActorOf returns the name of the user who acted, "" where that is not known. It knows
// more than See did when a later exchange has told it.
func (w *Witness) ActorOf(ex *recorder.Exchange) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.actorOf(ex)
}

func (w *Witness) actorOf(ex *recorder.Exchange) string {
	switch {
	case ex.Kind == recorder.KindCallback:
		if name := field(ex, "user_name"); name != "" {
			return name
		}
		return w.names[field(ex, "user_id")]
	case ex.Kind == recorder.KindSocket:
		return w.listenerOf(ex)
	case ex.Route == "" || ex.Response.Status == http.StatusUnauthorized:
		return "" // the server has not asked who it is, or has not accepted it
	}
	token := tokenOf(ex)
	if end, ended := w.ended[token]; ended && end < ex.Began {
		return ""
	}
	return w.names[w.owners[token]]
}

// field is a field of a callback, which is JSON, a form or a query.
func field(ex *recorder.Exchange, name string) string {
	if value := ex.Request.Get(name).String(); value != "" {
		return value
	}
	return queryOf(ex).Get(name)
}

// listenerOf returns whose connection a message is on.
func (w *Witness) listenerOf(ex *recorder.Exchange) string {
	c := w.sockets[ex.Connection]
	if c == nil || ex.Began <= c.since {
		return ""
	}
	if c.user != "" {
		return w.names[c.user]
	}
	return w.names[w.owners[c.token]]
}

// Version is that of the server, as "11.6.0", "" while unknown.
func (w *Witness) Version() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	parts := strings.Split(w.version, ".")
	return strings.Join(parts[:min(3, len(parts))], ".")
}

// SiteURL is what the server has told clients that its links begin with, "" while unknown.
func (w *Witness) SiteURL() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.site
}

// Strangers returns the tokens that were good and whose users are not known by name.
func (w *Witness) Strangers() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	var strangers []string
	for _, token := range w.used {
		if w.names[w.owners[token]] == "" {
			strangers = append(strangers, token)
		}
	}
	return strangers
}

// Introduce tells whose a token is.
func (w *Witness) Introduce(token, userID, name string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.owners[token], w.names[userID] = userID, name
}

// uses notes that a token was good.
func (w *Witness) uses(token string) {
	if token != "" && !slices.Contains(w.used, token) {
		w.used = append(w.used, token)
	}
}
