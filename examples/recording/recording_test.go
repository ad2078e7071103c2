package recording_test

import (
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

var update = flag.Bool("update", false, "write the fixture and the difference anew")

const (
	notified   = "testdata/notified.json"
	difference = "testdata/notified.diff"
)

// programs is the folder of the programs that the script runs, built once.
var programs = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "recording")
	if err != nil {
		return "", err
	}
	out, err := exec.Command("go", "build", "-o", dir+"/", "../../mmfake/cmd/mmfake", "../notifier").CombinedOutput()
	if err != nil {
		err = errors.New(string(out))
	}
	return dir, err
})

func TestMain(m *testing.M) {
	code := m.Run()
	if dir, err := programs(); err == nil {
		os.RemoveAll(dir)
	}
	os.Exit(code)
}

// needs skips the test where a program of the system is missing.
func needs(t *testing.T, tools ...string) {
	t.Helper()
	for _, tool := range tools {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("needs %s", tool)
		}
	}
}

// records runs the script and returns the fixture that it has made.
func records(t *testing.T, flags ...string) string {
	t.Helper()
	needs(t, "sh", "sed", "mktemp")
	dir, err := programs()
	require.NoError(t, err)
	file := filepath.Join(t.TempDir(), "session.json")
	script := exec.CommandContext(t.Context(), "sh", append([]string{"record.sh", file}, flags...)...)
	script.Env = append(os.Environ(), "PATH="+dir+string(filepath.ListSeparator)+os.Getenv("PATH"))
	out, err := script.CombinedOutput()
	require.NoError(t, err, "%s", out)
	assert.Contains(t, string(out), "Stopped. "+file+" has 2 exchanges.")
	return file
}

// isThe compares a text with that of a file, or writes it.
func isThe(t *testing.T, file string, content []byte) {
	t.Helper()
	if *update {
		require.NoError(t, os.WriteFile(file, content, 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, string(want), string(content), "go test ./examples/recording -update writes %s", file)
}

func TestTheScriptMakesTheFixture(t *testing.T) {
	content, err := os.ReadFile(records(t))
	require.NoError(t, err)
	isThe(t, notified, content)
}

func TestAChangeOfTheCallShowsInTheFixture(t *testing.T) {
	needs(t, "diff")
	file := records(t, "--url", "https://ci.test/7")
	out, err := exec.CommandContext(t.Context(), "diff", "-U", "2", "--label", "a/notified.json", "--label", "b/notified.json", notified, file).Output()
	exit, ok := errors.AsType[*exec.ExitError](err)
	require.True(t, ok && exit.ExitCode() == 1, "they differ: %v", err)
	isThe(t, difference, out)
}

func TestTheNotifierNeedsNoServer(t *testing.T) {
	dir, err := programs()
	require.NoError(t, err)
	replay := mmfake.Replay(t, notified)
	notifier := exec.CommandContext(t.Context(), filepath.Join(dir, "notifier"), "--project", "shop")
	notifier.Env = append(os.Environ(), "MATTERMOST_URL="+replay.URL, "MATTERMOST_TOKEN=any", "MATTERMOST_CHANNEL=test/town-square")
	out, err := notifier.CombinedOutput()
	require.NoError(t, err, "%s", out)
	assert.Empty(t, replay.Unused())
}
