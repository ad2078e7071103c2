package assertions

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

// Every test that imports this package has the flag -update, unless one that was
// initialised before it has registered it: then that one counts.
func init() {
	if testing.Testing() && flag.Lookup("update") == nil {
		flag.Bool("update", false, "rewrite the golden files of transcripts")
	}
}

func updating() bool {
	update := flag.Lookup("update")
	return update != nil && update.Value.String() == "true"
}

// Transcript waits until nothing is in flight and compares the whole conversation
// with the server, as mmfake.Server.Transcript has it, with a file, such as
// "testdata/deploy.golden". go test -update writes the file anew. What happens at the
// same time stands there in the order in which it began: wait for what a bot does, with
// Posted for instance, before the test goes on.
//
// A test package with a flag -update of its own drops it, and reads this one with
// flag.Lookup("update").
func Transcript(t TestingT, mm *mmfake.Server, file string) bool {
	t.Helper()
	a := New(t, mm)
	if !a.settled() || !a.complete() {
		return false
	}
	got := mm.Transcript()
	if updating() {
		if err := write(file, got); err != nil {
			a.fail("", "The transcript cannot be written: %v.", err)
			return false
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		a.fail("transcript:\n"+got, "There is no transcript to compare with: %v. go test -update writes it.", err)
		return false
	}
	return assert.Equal(calling(t), string(want), got, "The conversation is not that of %s; if it is right now, go test -update writes it anew.", file)
}

func write(file, text string) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	return os.WriteFile(file, []byte(text), 0o644)
}
