package mmfake_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// Tests that share a server each bind it to themselves.
func ExampleServer_With() {
	shared := started(mmfake.InMemory())
	defer shared.Close()
	dev := shared.Channel("dev")
	for _, name := range []string{"one", "two"} {
		var t fakeTest // stands for the *testing.T of a subtest
		mm := shared.With(&t)
		alice := mm.User("alice", dev)
		mm.Fail(recorder.Route("POST /api/v4/posts"), mmfake.Status(503), mmfake.Times(1)) // until the subtest ends
		alice.Post(dev, name)
		fmt.Println(ask(mm, alice, "GET /api/v4/users/me", "").status, mm.Journal.Len(), len(dev.Posts()))
		t.end()
	}
	// Output:
	// 200 2 1
	// 200 2 2
}

func ExampleServer_Reset() {
	mm := started(mmfake.InMemory())
	defer mm.Close()
	mm.User("alice", mm.Channel("dev")).Post(mm.Channel("dev"), "hello")

	mm.Reset()
	fmt.Println(len(mm.Posts()), mm.Journal.Len())
	// Output: 0 0
}

func ExampleServer_Snapshot() {
	mm := started(mmfake.InMemory())
	defer mm.Close()
	dev := mm.Channel("dev")
	alice := mm.User("alice", dev)
	post := alice.Post(dev, "as it was")

	before := mm.Snapshot()
	for range 2 {
		alice.Edit(post, "changed")
		mm.Restore(before)
		fmt.Println(dev.Posts()[0].Message)
	}
	// Output:
	// as it was
	// as it was
}

// sessionFile is where an example keeps a fixture. In a test that is in testdata.
func sessionFile() (path string, remove func()) {
	folder, err := os.MkdirTemp("", "session")
	if err != nil {
		panic(err)
	}
	return filepath.Join(folder, "session.json"), func() { os.RemoveAll(folder) }
}

// A passed test writes what has happened into a file, with names in place of ids.
func ExampleServer_Record() {
	path, remove := sessionFile()
	defer remove()

	var t fakeTest // stands for the test's *testing.T
	mm := mmfake.New(&t, mmfake.InMemory())
	recording := mm.Record(path)
	ask(mm, mm.User("alice"), "GET /api/v4/users/me", "")
	fmt.Println(recording.Save(), mm.Save(path)) // now, and again when the test ends
	t.end()

	fixture, err := recorder.Load(path)
	fmt.Println(fixture.Len(), err)
	// Output:
	// <nil> <nil>
	// 1 <nil>
}

// A fixture answers in the place of a server, and a fake what the fixture does not have.
func ExampleReplay() {
	path, remove := sessionFile()
	defer remove()
	var t fakeTest // stands for the test's *testing.T
	defer t.end()
	mm := mmfake.New(&t)
	ask(mm, mm.Admin, "GET /api/v4/system/ping", "")
	mm.Save(path)

	replay := mmfake.Replay(&t, path, mmfake.FallThrough(mm))
	for _, path := range []string{"/api/v4/system/ping", "/api/v4/license/client?format=old"} {
		response, err := http.Get(replay.URL + path)
		if err != nil {
			fmt.Println(err)
			return
		}
		response.Body.Close()
		fmt.Println(response.StatusCode, replay.Unused())
	}
	// Output:
	// 200 []
	// 200 []
}
