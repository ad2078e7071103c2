// Package node runs clients that are written in JavaScript from Go tests.
package node

import (
	"bufio"
	"context"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Need skips the test where Node or the package of npm is not there. It fails it
// where MMFAKE_CLIENTS=required, so that the checks of the project skip nothing.
func Need(t *testing.T, name string) {
	t.Helper()
	missing := t.Skipf
	if os.Getenv("MMFAKE_CLIENTS") == "required" {
		missing = t.Fatalf
	}
	if _, err := exec.LookPath("node"); err != nil {
		missing("there is no node on this machine")
	}
	if _, err := os.Stat("node_modules/" + name); err != nil {
		missing("%s is not installed: run npm ci beside this test", name)
	}
}

// A Script is a program of Node while it runs.
type Script struct {
	t     *testing.T
	lines *bufio.Scanner
}

// Start runs node with these arguments and these variables besides the test's own.
// The script has to end by itself, without an error and within a minute; that is
// waited for when the test ends. Where the test has failed it is ended.
func Start(t *testing.T, variables []string, arguments ...string) *Script {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute) // it goes on after the test, to its end
	t.Cleanup(cancel)
	node := exec.CommandContext(ctx, "node", arguments...)
	node.Env = append(os.Environ(), variables...)
	var log strings.Builder
	node.Stderr = &log
	output, err := node.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, node.Start())
	s := &Script{t, bufio.NewScanner(output)}
	t.Cleanup(func() {
		if t.Failed() {
			cancel()
		}
		for s.lines.Scan() {
			log.WriteString(s.lines.Text() + "\n")
		}
		assert.NoError(t, node.Wait(), "the script says:\n%s", &log)
	})
	return s
}

// Says waits for the script's next line.
func (s *Script) Says(want string) {
	s.t.Helper()
	require.True(s.t, s.lines.Scan(), "the script ended before it said %q", want)
	require.Equal(s.t, want, s.lines.Text())
}
