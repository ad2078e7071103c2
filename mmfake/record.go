package mmfake

import (
	"os"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// A Recording writes a test's session into a file when the test ends; see
// Server.Record.
type Recording struct {
	mm      *Server
	path    string
	options []recorder.FixtureOption
}

// Record writes the session, from the server's start on, into a fixture when the
// test ends: if the test has passed and was not skipped, or in any case if MMFAKE_RECORD=1
// is in the environment. The same session is the same bytes each time. That it cannot be
// written, say because it has something in it that looks like a secret, fails the
// test. It is for servers from New; Save writes that of any server at any time.
func (s *Server) Record(path string, options ...recorder.FixtureOption) *Recording {
	if s.t == (noTest{}) {
		s.fail("Record writes when a test ends, and the server is from Start: call Save when the session is complete")
	}
	s.t.Helper()
	r := &Recording{s, path, options}
	s.t.Cleanup(r.end)
	return r
}

func (r *Recording) end() {
	t := r.mm.t
	t.Helper()
	r.mm.complain() // for what the test fails when the server is closed, which comes later
	skipped, ok := t.(interface{ Skipped() bool })
	why := ""
	switch {
	case os.Getenv("MMFAKE_RECORD") == "1":
	case t.Failed():
		why = "has failed"
	case ok && skipped.Skipped():
		why = "was skipped"
	}
	if why != "" {
		t.Logf("mmfake: %s is not written, because the test %s (MMFAKE_RECORD=1 writes it all the same)", r.path, why)
		return
	}
	if err := r.Save(); err != nil {
		t.Errorf("mmfake: %v", err)
	}
}

// Save writes what there is of the session now.
func (r *Recording) Save() error { return r.mm.Save(r.path, r.options...) }

// Save writes the session so far into a fixture; see recorder.Journal.Save, to whose
// options it adds the server's URL and version.
func (s *Server) Save(path string, options ...recorder.FixtureOption) error {
	known := []recorder.FixtureOption{recorder.Site(s.URL), recorder.ServerVersion(s.world.Config().Version)}
	return s.Journal.Save(path, append(known, options...)...)
}
