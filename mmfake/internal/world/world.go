// Package world holds the state of a fake Mattermost and the rules by which it
// changes. It knows nothing of HTTP: internal/rest and the test's actors call
// the same methods.
//
// Each exported method takes the session of whoever acts, checks what he may do,
// changes the state and publishes the events before it returns. What it returns
// is the caller's to read: posts and users are never changed once they are
// handed out (a change replaces them), everything else is a copy.
package world

import (
	"slices"
	"sync"
	"sync/atomic"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// A World is the state of one fake server. Its methods may be called from
// several goroutines at once.
type World struct {
	version  versions.Version // what it behaves as
	ids      *idSource
	passing  passingIDs
	clock    clock
	triggers triggers
	cookies  cookieSeal

	initial Config // what it was made with
	easel   easel
	echoes  atomic.Int32 // that wait to be posted

	mu     sync.RWMutex
	sinks  []Sink             // guarded by mu, as what follows
	badIDs []UnroutableAction // that were ever posted
	ended  map[string]string  // tokens that a test has made invalid, with how; see Ended
	seal   seal
	state
}

// A state is all of a world that Snapshot keeps. See memento for what that asks of
// its types. Maps are nil until put makes them.
type state struct {
	config      *Config                 // replaced, never changed
	users       map[string]*user        // by id
	names       map[string]*user        // by user name
	emails      map[string]*user        // by e-mail address
	allUsers    []*user                 // in the order of their making
	sessions    map[string]*Session     // by token
	tokens      map[string]*accessToken // by id
	secrets     map[string]*accessToken // by the token itself
	teams       map[string]*team
	teamName    map[string]*team
	allTeams    []*team
	channels    map[string]*channel
	directs     map[string]*channel // direct and group channels by name
	posts       map[string]*post
	hooks       map[string]*model.IncomingWebhook
	allHooks    []string // ids of the hooks in the order of their making
	outgoing    outgoingHooks
	commands    commands
	dialogs     openDialogs
	shown       ephemeralPosts
	pending     pendingPosts
	files       files
	follows     follows
	emojis      emojis
	sidebars    sidebars
	permissions rolePermissionsNow
	roleBook    roleBook
	oauthApps   []*model.OAuthApp // in the order of their registration; replaced, never changed
	drafts      drafts
	search      searchIndex
	busyUntil   int64            // see Busy
	keyed       map[string]*user // those with words of their own that mention them, by id
}

// New makes a world of the given settings with nothing and nobody in it. The
// version that they name must be one that package versions can read.
func New(config Config) *World {
	version := versions.MustParse(config.Version)
	config.fitVersion(version)
	return &World{ids: newIDSource(config.Seed), version: version, initial: config, state: newState(config)}
}

// put puts a value into a map, which is made if need be.
func put[K comparable, V any](m *map[K]V, key K, value V) {
	if *m == nil {
		*m = map[K]V{}
	}
	(*m)[key] = value
}

// without takes a value out of a list.
func without[T comparable](list []T, gone T) []T {
	return slices.DeleteFunc(list, func(v T) bool { return v == gone })
}

// few is how many users, members and channels the lists of most tests have room for
// from the start.
const few = 4

func newState(config Config) state {
	return state{
		config:   &config,
		users:    map[string]*user{},
		names:    map[string]*user{},
		emails:   map[string]*user{},
		sessions: map[string]*Session{},
		teams:    map[string]*team{},
		teamName: map[string]*team{},
		channels: map[string]*channel{},
		allUsers: make([]*user, 0, few),
	}
}

// Version is the version of Mattermost that the world behaves as.
func (w *World) Version() versions.Version { return w.version }

// NewID makes an id as Mattermost makes them.
func (w *World) NewID() string { return w.ids.next() }

// newIDOf makes an id of an object of a kind. In a world with a seed the n-th of the same
// kind, owner or place, and name has the same id in each run, whatever else is made
// at the same time.
func (w *World) newIDOf(kind, of, name string) string { return w.ids.about(topic{kind, of, name}) }

// NewPassingID makes an id for what passes, such as a request or a connection. How many
// of them there are depends on when clients come; the ids of objects do not.
func (w *World) NewPassingID() string {
	w.passing.once.Do(func() {
		seed := w.initial.Seed
		if seed != "" {
			seed += " passing"
		}
		w.passing.ids = newIDSource(seed)
	})
	return w.passing.ids.next()
}

// passingIDs are made when the first of them is asked for.
type passingIDs struct {
	once sync.Once
	ids  *idSource
}
