package mmfake_test

import (
	"runtime"
	"strings"
	"testing"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

// An endingTB is a recordingTB whose Fatalf ends the test's goroutine, as a real
// one does.
type endingTB struct{ recordingTB }

func (e *endingTB) Fatalf(format string, args ...any) {
	e.recordingTB.Fatalf(format, args...)
	runtime.Goexit()
}

// verdict runs a test with a server of its own and returns what it fails with, at
// once or at its end; "" where it passes.
func verdict(t *testing.T, test func(mm *mmfake.Server), options ...mmfake.Option) string {
	t.Helper()
	tb := &endingTB{recordingTB{TB: t}}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		test(mmfake.New(tb, options...))
	}()
	<-ended
	tb.cleanup()
	return strings.Join(append(tb.fatals, tb.errors...), "\n")
}
