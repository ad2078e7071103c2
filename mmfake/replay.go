package mmfake

import (
	"context"
	"net/http"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// A Replayed is a server that answers from a fixture, and does nothing else.
type Replayed struct {
	// URL and WSURL are what those of Server are.
	URL, WSURL string
	// Replay tells what has been asked for and what has not, and what the names in the
	// fixture stand for: replayed.Value("channel.dev") is the id to configure the code
	// under test with.
	*recorder.Replay
}

// Replay starts a server that answers the code under test from a fixture, in the
// place of the Mattermost that it was recorded from, and closes it when the test
// ends; see recorder.Replay. A request that the fixture does not have is answered
// with an error and fails the test, with the recorded one that comes nearest and what
// is different; recorded requests that nobody has made are logged. Options are
// recorder.InOrder and recorder.AnyOrder, where recorder.ByResource is not right, and
// FallThrough.
func Replay(t TB, path string, options ...recorder.ReplayOption) *Replayed {
	t.Helper()
	fixture, err := recorder.Load(path)
	if err != nil {
		t.Fatalf("mmfake.Replay: %v", err)
		return nil // where Fatalf ends nothing
	}
	door := &entrance{ctx: context.Background(), address: "127.0.0.1:0"}
	if err := door.open(); err != nil {
		t.Fatalf("mmfake.Replay: %v", err)
		return nil
	}
	replay := recorder.NewReplay(fixture.With(map[string]string{"host.site": door.host()}), options...)
	door.handler = replay
	door.serve()
	t.Cleanup(func() {
		t.Helper()
		replay.Close()
		door.close()
		for _, problem := range replay.Problems() {
			t.Errorf("mmfake: %s: %s", path, problem)
		}
		if unused := replay.Unused(); len(unused) > 0 {
			t.Logf("mmfake: %s: nobody has asked for\n\t%s", path, strings.Join(unused, "\n\t"))
		}
	})
	return &Replayed{URL: "http://" + door.host(), WSURL: "ws://" + door.host(), Replay: replay}
}

// FallThrough has a fake answer the requests that a replayed fixture does not have:
// as its own requests, with its users and their tokens.
func FallThrough(to *Server) recorder.ReplayOption {
	return recorder.Otherwise(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { to.entrance.handler.ServeHTTP(w, r) }))
}
