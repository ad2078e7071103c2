package main

import (
	"fmt"
	"io"
	"sync/atomic"
	"time"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// logTo writes each exchange of a journal on a line as it happens. finish returns when
// what the journal has is written.
func logTo(out io.Writer, journal *recorder.Journal) (finish func()) {
	var last atomic.Int64
	wrote := make(chan struct{}, 1)
	cancel := journal.Subscribe(func(ex *recorder.Exchange) {
		fmt.Fprintln(out, logLine(ex))
		last.Store(ex.Seq)
		select {
		case wrote <- struct{}{}:
		default: // nobody has looked since
		}
	})
	return func() {
		defer cancel()
		end, any := journal.Last()
		late := time.After(stopWithin) // what comes into a closed journal is told to nobody
		for any && last.Load() < end.Seq {
			select {
			case <-wrote:
			case <-late:
				return
			}
		}
	}
}

// logLine is an exchange on a line, and where it is an error of Mattermost's what that
// says.
func logLine(ex *recorder.Exchange) string {
	if id := ex.Response.Get("id"); ex.Response.Status >= 400 && id.Exists() {
		return fmt.Sprintf("%s %s: %s", ex, id, ex.Response.Get("message"))
	}
	return ex.String()
}
