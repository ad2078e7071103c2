package main

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// says runs the command, which is to end well by itself, and returns what it prints.
func says(t *testing.T, args ...string) string {
	t.Helper()
	var stdout, stderr bytes.Buffer
	require.Equal(t, exitOK, run(t.Context(), args, &stdout, &stderr), "it says: %s", stderr.String())
	return stdout.String()
}

const browsers = "../../../recorder/testdata/"

func TestHarImportMakesAFixture(t *testing.T) {
	out := filepath.Join(t.TempDir(), "session.json")
	said := says(t, "har", "import", browsers+"firefox.har", out)
	assert.Equal(t, out+" has 9 exchanges.\nLeft out:\n  2 requests for pages and files of the server, and what else is not its API\n", said)
	want, err := os.ReadFile(browsers + "firefox.json")
	require.NoError(t, err)
	got, err := os.ReadFile(out)
	require.NoError(t, err)
	assert.Equal(t, string(want), string(got))
}

func TestHarImportTakesTheSiteAndOwnRules(t *testing.T) {
	out := filepath.Join(t.TempDir(), "session.json")
	assert.Contains(t, fails(t, exitFailure, "har", "import", browsers+"chrome.har", out), "mmfake: "+browsers+"chrome.har:2: it has requests to several Mattermost servers: say which of them")
	assert.NoFileExists(t, out)
	says(t, "har", "import", browsers+"chrome.har", out, "--site", "http://127.0.0.1:33695",
		"--redact-key", "email", "--redact-path", "message", "--keep-key", "etag", "--keep-header", "X-Requested-With")
	got, err := os.ReadFile(out)
	require.NoError(t, err)
	assert.NotContains(t, string(got), "sysadmin@sample.mattermost.com")
	assert.NotContains(t, string(got), "ünïcode")
	assert.Contains(t, string(got), `"X-Requested-With": "XMLHttpRequest"`)
}

func TestHarExportIsTheOtherWayRound(t *testing.T) {
	dir := t.TempDir()
	har, again := filepath.Join(dir, "session.har"), filepath.Join(dir, "session.json")
	assert.Equal(t, har+" has 17 exchanges.\n", says(t, "har", "export", browsers+"chrome.json", har))
	says(t, "har", "import", har, again)
	want, err := os.ReadFile(browsers + "chrome.json")
	require.NoError(t, err)
	got, err := os.ReadFile(again)
	require.NoError(t, err)
	assert.Equal(t, string(want), string(got))
}

func TestHarSaysWhatIsWrongInOneSentence(t *testing.T) {
	dir := t.TempDir()
	none := filepath.Join(dir, "none")
	assert.Equal(t, "mmfake: open "+none+": no such file or directory\n", fails(t, exitFailure, "har", "export", none, none))
	assert.Contains(t, fails(t, exitFailure, "har", "import", browsers+"chrome.json", none), "chrome.json:1: it is no HAR")
	assert.Contains(t, fails(t, exitFailure, "har", "export", browsers+"firefox.json", filepath.Join(browsers, "chrome.har", "x")), "is not written: ")
	assert.Contains(t, fails(t, exitUsage, "har", "import", none), "<out>")
}
