// Package rest answers the requests that a Mattermost server answers: those
// under /api/v4 and /hooks, and the pages of the web app in their place. Each
// family of endpoints has a file with its part of the route table.
//
// A request goes one way: the route's handler decodes it, one method of world
// does it, the answer is encoded, the exchange is written into the journal, and
// then the client gets the answer.
package rest

import (
	"net"
	"net/http"
	"path"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/bell"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/faults"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/outgoing"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// An API serves one world over HTTP.
type API struct {
	World    *world.World
	Journal  *recorder.Journal
	Socket   Socket           // takes over the websocket's connections
	Outgoing *outgoing.Client // makes the requests to integrations
	Faults   *faults.Set      // what goes wrong on purpose

	version atomic.Pointer[versionHeader]

	mu       sync.Mutex
	misses   []Miss    // guarded by mu
	inFlight *call     // the latest call that is not answered yet; guarded by mu
	idle     bell.Bell // see Idle; guarded by mu
}

// A Miss is a request for an endpoint that the fake does not answer as a real
// server with that endpoint would.
type Miss struct {
	Method, Path string
	Known        bool   // Mattermost has the endpoint, and the fake does not
	When         string // which versions have the endpoint, where the fake behaves as another one
	Page         bool   // the web app's page was the answer
}

const mostMisses = 100 // kept of them: enough to tell a test what went wrong

// Misses returns the first requests for endpoints that are not there.
func (a *API) Misses() []Miss {
	a.mu.Lock()
	defer a.mu.Unlock()
	return append([]Miss(nil), a.misses...)
}

func (a *API) missed(m Miss) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.misses) < mostMisses {
		a.misses = append(a.misses, m)
	}
}

// ServeHTTP answers a request, and has its exchange in the journal before the
// client sees the answer.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c := &call{api: a, w: w, r: r, config: a.World.Config(), start: time.Now(), began: a.Journal.Begin()}
	a.enter(c)
	defer a.leave(c)
	if c.config.AllowCorsFrom != "" && c.allowOrigin() {
		return
	}
	if clean := cleanPath(r.URL.Path); clean != r.URL.Path {
		c.redirect(clean)
	} else {
		routes().ServeHTTP(c, r)
	}
	c.finish()
	c.release()
}

// cleanPath is a path without empty, . and .. parts; a slash at its end stays.
func cleanPath(p string) string {
	if p != "" && !strings.Contains(p, "//") && !strings.Contains(p, "/.") {
		return p
	}
	clean := path.Clean("/" + p)
	if strings.HasSuffix(p, "/") && clean != "/" {
		clean += "/"
	}
	return clean
}

// redirect sends the client to the same place under its clean path, as the real
// server's router does, whatever the method.
func (c *call) redirect(clean string) {
	target := *c.r.URL
	target.Path, target.RawPath = clean, ""
	c.w.Header().Set("Location", target.String())
	c.status, c.unversioned = http.StatusMovedPermanently, true
	c.send(nil, nil)
}

// enter and leave keep the list of the calls in flight, each of which knows its
// neighbours.
func (a *API) enter(c *call) {
	a.mu.Lock()
	defer a.mu.Unlock()
	c.earlier = a.inFlight
	if c.earlier != nil {
		c.earlier.later = c
	}
	a.inFlight = c
}

func (a *API) leave(c *call) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if c.later != nil {
		c.later.earlier = c.earlier
	} else {
		a.inFlight = c.earlier
	}
	if c.earlier != nil {
		c.earlier.later = c.later
	}
	if a.inFlight == nil {
		a.idle.Ring()
	}
}

// Idle is closed once no request is being answered.
func (a *API) Idle() <-chan struct{} {
	a.mu.Lock()
	defer a.mu.Unlock()
	idle := a.idle.Next()
	if a.inFlight == nil {
		a.idle.Ring()
	}
	return idle
}

// CutOff cuts off the connections on which something is being answered now, and returns
// them.
func (a *API) CutOff(why faults.Outage) (cut []net.Conn) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for c := a.inFlight; c != nil; c = c.earlier {
		if line := faults.LineOf(c.r.Context()); line != nil {
			line.Cut(why)
			cut = append(cut, line.Conn)
		}
	}
	return cut
}

// InFlight returns the requests that are being answered now, as "METHOD /path".
func (a *API) InFlight() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	var list []string
	for c := a.inFlight; c != nil; c = c.earlier {
		list = append(list, c.r.Method+" "+c.r.URL.Path)
	}
	slices.Sort(list)
	return list
}

// A versionHeader is the value of X-Version-Id under some settings. All answers share
// it: it never changes.
type versionHeader struct {
	config *world.Config
	value  []string
}

// versionID is the value of X-Version-Id.
func (c *call) versionID() []string {
	if v := c.api.version.Load(); v != nil && v.config == c.config {
		return v.value
	}
	v := &versionHeader{c.config, []string{c.config.VersionID()}}
	c.api.version.Store(v)
	return v.value
}
