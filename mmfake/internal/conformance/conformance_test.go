package conformance_test

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/conformance"
)

// TestFake holds the fake against the recordings, one subtest a scenario:
//
//	go test ./mmfake/internal/conformance -run 'TestFake/11.6/webhook-text'
//
// testdata/notyet/VERSION.txt lists what the fake does not serve yet. Those
// scenarios run too, and fail the test once they pass.
func TestFake(t *testing.T) {
	for _, version := range conformance.Versions() {
		t.Run(version, func(t *testing.T) { holdAgainst(t, version) })
	}
}

func holdAgainst(t *testing.T, version string) {
	url := startFake(t, version)
	scenarios, err := conformance.Scenarios()
	require.NoError(t, err)
	notYet := readNotYet(t, version)
	scenarios = slices.DeleteFunc(scenarios, func(s *conformance.Scenario) bool { return !s.For(version) })
	tally := &conformance.Tally{}
	var played atomic.Int32
	t.Cleanup(func() { // when all subtests are through
		t.Logf("as Mattermost %s: %s", version, tally)
		if int(played.Load()) == len(scenarios) { // none was left out by -run
			checkREADME(t, fmt.Sprintf("| %s | %d | %s |", version, len(scenarios), tally.Total()))
		}
	})
	for _, s := range scenarios {
		t.Run(s.Name, func(t *testing.T) {
			t.Parallel()
			reason, listed := notYet[s.Name]
			target := conformance.Target{URL: url, AdminName: "sysadmin", AdminPassword: "Sys@dmin-sample1"}
			if listed {
				target.Patience = 300 * time.Millisecond // most of what it waits for will not come
			}
			result, err := conformance.NewRunner(target).Hold(t.Context(), s, version)
			require.NoError(t, err)
			tally.Add(result)
			played.Add(1)
			switch {
			case listed && result.Matches():
				t.Errorf("%s passes: remove it from %s", s.Name, notYetFile(version))
			case listed:
				t.Skipf("not yet served (%s): %s", reason, result.Score)
			case !result.Matches():
				t.Error(result)
			}
		})
	}
}

// checkREADME says which row of figures the README should have and has not.
func checkREADME(t *testing.T, row string) {
	readme, err := os.ReadFile("../../../README.md")
	require.NoError(t, err)
	assert.True(t, strings.Contains(string(readme), row+"\n"), "the README's figures are not true any more; write: %s", row)
}

func notYetFile(version string) string { return filepath.Join("testdata", "notyet", version+".txt") }

// readNotYet reads the list of scenarios that the fake does not serve yet: a line
// has a name and, after it, the reason. No file is an empty list.
func readNotYet(t *testing.T, version string) map[string]string {
	t.Helper()
	list := map[string]string{}
	f, err := os.Open(notYetFile(version))
	if errors.Is(err, fs.ErrNotExist) {
		return list
	}
	require.NoError(t, err)
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, reason, _ := strings.Cut(line, " ")
		assert.NotContains(t, list, name, "it stands in %s twice", notYetFile(version))
		list[name] = strings.TrimSpace(reason)
	}
	return list
}

func TestTheListsOfWhatIsNotServedYetAreSound(t *testing.T) {
	scenarios, err := conformance.Scenarios()
	require.NoError(t, err)
	files, err := filepath.Glob(notYetFile("*"))
	require.NoError(t, err)
	for _, file := range files {
		version := strings.TrimSuffix(filepath.Base(file), ".txt")
		assert.Contains(t, conformance.Versions(), version, "%s is for a version that the fake is not held against", file)
		known := map[string]bool{}
		for _, s := range scenarios {
			known[s.Name] = s.For(version)
		}
		for name, reason := range readNotYet(t, version) {
			assert.True(t, known[name], "%s names %s, which is no scenario of %s", file, name, version)
			assert.NotEmpty(t, reason, "%s gives no reason for %s", file, name)
		}
	}
}
