package assertions

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// A test that imports this package has the flag -update where it is given, unless
// MMFAKE_RECORD is set. It is not there otherwise: a test package that registers one of
// its own would panic.
func init() {
	if testing.Testing() && os.Getenv("MMFAKE_RECORD") == "" && slices.ContainsFunc(os.Args[1:], asksToUpdate) && flag.Lookup("update") == nil {
		flag.Bool("update", false, "rewrite the golden files of transcripts")
	}
}

func asksToUpdate(argument string) bool {
	name, _, _ := strings.Cut(argument, "=")
	return name == "-update" || name == "--update"
}

// Transcript waits until nothing is in flight and compares the whole conversation
// with the server, as mmfake.Server.Transcript has it, with a file, such as
// "testdata/deploy.golden". go test -update writes the file anew, and so does
// MMFAKE_RECORD=1. What happens at the same time stands there in the order in which it
// began: wait for what a bot does, with Posted for instance, before the test goes on.
//
// A test package with a flag -update of its own is run with MMFAKE_RECORD=1 go test
// -update, or with MMFAKE_RECORD=0 to leave the transcripts as they are: this package
// has no such flag then.
func Transcript(t TestingT, mm *mmfake.Server, file string) bool {
	t.Helper()
	a := New(t, mm)
	if !a.settled() || !a.complete() {
		return false
	}
	got := mm.Transcript()
	if recorder.Updating() {
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
