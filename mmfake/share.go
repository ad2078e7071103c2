package mmfake

import (
	"maps"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/faults"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
)

// With binds a server that several tests share to one of them, be it from Start or from
// the New of a test whose subtests, or whose fuzz targets, they are: it is the same
// server, and what goes wrong with what is done through it fails that test. Ask it
// for the users and channels that the test acts with.
//
// Its Journal begins empty: assertions on exchanges, the Transcript and a Recording
// know only what has happened since With was called, to be sure together with what
// tests do that run at the same time. Posts are there as long as nobody calls Reset
// or Restore.
//
// When the test ends, the faults that it made are undone, and it fails for what New
// looks for, as far as that has come up since.
func (s *Server) With(t TB) *Server {
	isThere(t)
	t.Helper()
	if s.ctx.Err() != nil {
		t.Fatalf("mmfake: With needs a server that is not closed")
	}
	if err := s.inItsTime(); err != nil {
		t.Fatalf("mmfake: %v", err)
	}
	v := &Server{
		URL: s.URL, WSURL: s.WSURL, Journal: s.Journal.Tail(), t: t, shared: s.shared,
		actors: map[string]*Actor{},
	}
	v.log.t = t
	s.mu.Lock()
	v.Admin = v.known(world.AdminName)
	s.mu.Unlock()
	v.since = s.now()
	t.Cleanup(func() {
		t.Helper()
		v.over.Store(true)
		if t.Failed() {
			v.logTranscript()
			v.logIdleFaults()
		}
		v.log.end()
		v.complain()
	})
	return v
}

// known is somebody whom the server that this one was made of knows by name, as an
// actor of this one: nil for nobody. s.mu is held.
func (s *Server) known(name string) *Actor {
	there := s.root.actors[name]
	if there == nil {
		return nil
	}
	if a := s.actors[name]; a != nil && a.acting == there.acting { // no Reset or Restore has come between
		return a
	}
	bound := *there
	bound.mm = s
	s.actors[name] = &bound
	return &bound
}

// Reset makes the server hold what it held when it was new: the sample users, team
// and channels with their ids, and nothing else. The journal is empty, and faults are
// undone. What is mounted stays; ids and times go on. Websockets and requests under way
// are cut off. Users and channels that the test has asked for before are gone: ask
// for them again.
func (s *Server) Reset() {
	s.t.Helper()
	s.notClosed()
	s.faults.Clear()
	s.change("reset", func() {
		session := s.world.Reset()
		s.Journal.Clear()
		s.mu.Lock()
		defer s.mu.Unlock()
		clear(s.channels) // none of them is there again
		clear(s.root.channels)
		admin := s.root.Admin
		s.root.actors = map[string]*Actor{admin.Username: admin}
		admin.current.Store(session) // all who are bound to him share it, and its token is what it was
	})
}

// change puts another world in the place of the present one, while nobody is connected.
// What is asked for now ends with an outage of that name. Connections on which nothing is
// asked for stay: a client that is to use one again could not tell that it has gone.
func (s *Server) change(name faults.Outage, do func()) {
	s.api.CutOff(name)
	s.hub.Forget(do)
}

// A Snapshot is what a server held at one time; see Server.Snapshot.
type Snapshot struct {
	mm     *shared
	held   *world.Snapshot
	actors map[string]*Actor // whom the test had asked for by then
}

// Snapshot remembers all that the server holds: users, sessions, channels, posts,
// files, settings and so on. It takes some microseconds for each object.
func (s *Server) Snapshot() *Snapshot {
	s.mu.Lock()
	defer s.mu.Unlock()
	return &Snapshot{s.shared, s.world.Snapshot(), maps.Clone(s.root.actors)}
}

// Restore makes the server hold what it held at a snapshot, which may be restored
// any number of times. Users and channels from before can be used as before, later
// ones are gone. Mounts and faults stay as they are, and the journal goes on, as what
// has happened has happened; ids and times go on too. Websockets and requests under way
// are cut off.
func (s *Server) Restore(snapshot *Snapshot) {
	s.t.Helper()
	s.notClosed()
	if snapshot == nil || snapshot.mm != s.shared {
		s.fail("the snapshot is not of this server: restore it where it was taken")
	}
	s.happens("the server goes back to a snapshot")
	s.change("restore", func() {
		s.world.Restore(snapshot.held)
		s.mu.Lock()
		defer s.mu.Unlock()
		s.root.actors = maps.Clone(snapshot.actors)
	})
}
