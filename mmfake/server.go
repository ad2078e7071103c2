package mmfake

import (
	"cmp"
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/faults"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/outgoing"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/rest"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/socket"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// A Server is one fake Mattermost server with a world of its own. Its methods
// may be called from several goroutines at once.
type Server struct {
	// URL is the site URL, such as http://127.0.0.1:36417, without a slash at its
	// end: what a client library asks for as the server's address.
	URL string
	// WSURL is the same for websocket clients, such as ws://127.0.0.1:36417: the
	// websocket is at WSURL + "/api/v4/websocket".
	WSURL string
	// Journal holds every exchange with the server, in order.
	Journal *recorder.Journal
	// Admin is the system admin "sysadmin", whose password is "Sys@dmin-sample1".
	Admin *Actor

	t        TB
	over     atomic.Bool // the test has ended
	since    moment      // what complain looks for has come up later
	log      testLog
	actors   map[string]*Actor   // by user name; guarded by mu, as what follows
	teams    map[string]*Team    // by name
	channels map[string]*Channel // by id
	failing  []*faults.Fault     // that the test has made
	*shared
}

// A shared is what a server and those that With makes of it have in common.
type shared struct {
	mark     mark
	root     *Server // from New or Start
	world    *world.World
	outgoing *outgoing.Client
	api      *rest.API
	hub      *socket.Hub
	faults   faults.Set
	entrance entrance
	started  time.Time
	ctx      context.Context // ends with Close
	stop     context.CancelFunc
	allowed  allowances
	closing  atomic.Bool    // somebody closes it
	closed   sync.WaitGroup // done once it is closed
	watching sync.Once      // changes hears the world's events once somebody has waited
	changes  changes

	making     sync.Mutex // held by who makes a user or bot that a test asks for
	mu         sync.Mutex
	complaints complaints // guarded by mu
}

// A mark tells what is of one server from what is of another, whose ids may be the same:
// two servers of one test have one seed. It is a thing of its own for what prints whole
// structs.
type mark struct{ _ byte }

// New starts a fake for a test and closes it when the test ends. Without options it
// listens on a free port of the loopback interface and behaves as Mattermost 11.6. Ids
// and tokens are the same each time a test of that name runs, also where bots make things
// meanwhile; another server of the same test has the same ones, unless it has a [Seed] of
// its own. An option that cannot be met, such as an address that is taken, ends the test. At its end the test fails if the
// code under test called an endpoint that Mattermost has not, or that the fake has
// not, if it posted a button that nobody can press, or if an integration has not
// answered; Lenient turns that off, and AllowUnknownEndpoints and its like each turn
// one of them off. A test that failed gets the end of the server's Transcript into
// its log.
func New(t TB, options ...Option) *Server {
	isThere(t)
	t.Helper()
	s, err := start(t, options)
	if err != nil {
		t.Fatalf("mmfake.New: %v", err)
	}
	t.Cleanup(func() {
		t.Helper()
		s.over.Store(true)
		if t.Failed() {
			s.logTranscript()
			s.logIdleFaults()
		}
		s.Close()
		s.complain()
	})
	return s
}

// Start starts a fake that belongs to no test, with ids and tokens of real randomness.
// The caller closes it. It fails where the address cannot be listened on, and where
// the version is none.
func Start(options ...Option) (*Server, error) { return start(noTest{}, options) }

func start(t TB, options []Option) (*Server, error) {
	o := settings{config: world.DefaultConfig()}
	if t != (noTest{}) {
		o.config.Seed = t.Name()
	}
	for _, option := range options {
		if option == nil {
			return nil, errors.New("one of the options is nil: leave it out")
		}
		option(&o)
	}
	version, err := versions.Parse(o.config.Version)
	if err != nil {
		return nil, err
	}
	o.config.Version = version.String()
	s := &Server{
		Journal: recorder.NewJournal(o.limits), t: t, shared: &shared{allowed: o.allowed},
		actors: map[string]*Actor{},
	}
	s.root = s
	s.started = time.Now().Round(0) // the time of the wall
	s.closed.Add(1)
	s.ctx, s.stop = context.WithCancel(context.Background())
	s.entrance = entrance{ctx: s.ctx, address: cmp.Or(o.address, "127.0.0.1:0")}
	if o.inMemory {
		s.entrance.memory, s.entrance.address = true, hostInMemory+":80"
	}
	if err := s.entrance.open(); err != nil {
		s.stop()
		return nil, err
	}
	s.URL = "http://" + s.entrance.host()
	s.WSURL = "ws" + strings.TrimPrefix(s.URL, "http")
	o.config.SiteURL = cmp.Or(o.config.SiteURL, s.URL)
	s.world = world.New(o.config)
	session := s.world.Populate()
	s.Admin = &Actor{
		ID: session.UserID, Username: world.AdminName, Password: world.AdminPassword, Token: session.Token, mm: s, acting: &acting{},
	}
	s.Admin.current.Store(session)
	s.actors[world.AdminName] = s.Admin
	s.log.t = t
	o.outgoing.Logf, o.outgoing.Faults = s.log.printf, &s.faults
	s.outgoing = outgoing.New(s.world, s.Journal, o.outgoing)
	s.hub = socket.NewHub(s.world, s.Journal)
	s.hub.Faults = &s.faults
	s.api = &rest.API{World: s.world, Journal: s.Journal, Outgoing: s.outgoing, Socket: s.hub, Faults: &s.faults}
	s.entrance.handler = s.api
	if !o.inMemory {
		s.entrance.serve()
	}
	return s, nil
}

// Close ends the server: every connection, request and goroutine of it. The
// journal can still be read. Closing twice does no harm.
func (s *Server) Close() {
	if !s.closing.CompareAndSwap(false, true) {
		s.closed.Wait() // not for a lock: no time would pass meanwhile in a synctest bubble
		return
	}
	defer s.closed.Done()
	s.stop()
	s.cutOff(s.api.InFlight(), "it answered")
	open := s.outgoing.Close()
	s.cutOff(open, "it waited for the answer to")
	s.mu.Lock()
	s.complaints.open = open
	s.mu.Unlock()
	s.hub.Close()
	s.entrance.close()
	s.Journal.Close()
	s.root.log.end()
}

// Shutdown is Close for a server that others still use: it takes no new
// connections, and lets the requests that it is answering end before it closes,
// as long as ctx allows. The error is ctx's, if requests had to be cut off.
func (s *Server) Shutdown(ctx context.Context) error {
	return shutDown(ctx, []*entrance{&s.entrance}, s.Close)
}

// cutOff says which requests were under way when the server closed.
func (s *Server) cutOff(requests []string, doing string) {
	for _, request := range requests {
		s.root.log.printf("the server was closed while %s %s; that request was cut off", doing, request)
	}
}

// ErrClosed is what waiting on a closed server ends with.
var ErrClosed = errors.New("mmfake: the server is closed")
