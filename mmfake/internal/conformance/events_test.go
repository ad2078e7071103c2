package conformance_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/conformance"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
)

// rows are those of the table in docs/events.md: the event, its versions, the keys
// of its data.
var rows = regexp.MustCompile("(?m)^\\| `(\\w+)` \\| ([^|]*)\\| [^|]* \\| ([^|]*) \\|")

// eventTable returns docs/events.md by the names of the events.
func eventTable(t *testing.T) map[string]struct{ version, keys string } {
	t.Helper()
	text, err := os.ReadFile("../../../docs/events.md")
	require.NoError(t, err)
	table := map[string]struct{ version, keys string }{}
	for _, row := range rows.FindAllStringSubmatch(string(text), -1) {
		assert.NotContains(t, table, row[1], "%s stands there twice", row[1])
		table[row[1]] = struct{ version, keys string }{strings.TrimSpace(row[2]), row[3]}
	}
	return table
}

func TestTheTableOfEventsNamesWhatIsSent(t *testing.T) {
	sent := eventsOf(t, "../world", "../socket")
	table := eventTable(t)
	for name := range sent {
		assert.Contains(t, table, name, "docs/events.md lacks an event that the fake sends")
	}
	for name := range table {
		assert.Contains(t, sent, name, "docs/events.md has an event that the fake does not send")
	}
}

// eventsOf returns the names of the events that the sources in the directories
// speak of by model's constants.
func eventsOf(t *testing.T, directories ...string) map[string]bool {
	t.Helper()
	constant := regexp.MustCompile(`(?m)^\t(Event\w+) += "(\w+)"`)
	source, err := os.ReadFile("../../model/event.go")
	require.NoError(t, err)
	names := map[string]string{}
	for _, c := range constant.FindAllStringSubmatch(string(source), -1) {
		names[c[1]] = c[2]
	}
	sent := map[string]bool{}
	for _, directory := range directories {
		files, err := filepath.Glob(filepath.Join(directory, "*.go"))
		require.NoError(t, err)
		for _, file := range files {
			source, err := os.ReadFile(file)
			require.NoError(t, err)
			for _, use := range regexp.MustCompile(`\bmodel\.(Event\w+)`).FindAllStringSubmatch(string(source), -1) {
				if name := names[use[1]]; name != "" {
					sent[name] = true
				}
			}
		}
	}
	require.NotEmpty(t, sent)
	return sent
}

func TestTheTableOfEventsHasTheKeysThatWereRecorded(t *testing.T) {
	table := eventTable(t)
	scenarios, err := conformance.Scenarios()
	require.NoError(t, err)
	for _, s := range scenarios {
		recording, err := conformance.Golden("11.6", s.Name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		require.NoError(t, err)
		for _, step := range recording.Steps {
			for _, e := range step.Events {
				event, _ := e.(map[string]any)
				name, _ := event["event"].(string)
				data, _ := event["data"].(map[string]any)
				if name == "" || name == "closed" {
					continue // an event without its name, or the end of the connection
				}
				for key := range data {
					assert.Contains(t, table[name].keys, "`"+key+"`", "docs/events.md lacks a key of %s", name)
				}
			}
		}
	}
}

func TestTheTableOfEventsSaysSinceWhen(t *testing.T) {
	for name, row := range eventTable(t) {
		has := func(version string) bool { return versions.MustParse(version).Event(name, map[string]any{}) }
		if row.version == "" || strings.HasPrefix(row.version, "before ") {
			assert.True(t, has("5.0"), "%s: docs/events.md gives another version", name)
			continue
		}
		assert.True(t, has(row.version), "%s: docs/events.md gives another version", name)
		assert.False(t, has(before(t, row.version)), "%s: docs/events.md gives another version", name)
	}
}

// before is a version below the one given, and above all others below it.
func before(t *testing.T, version string) string {
	t.Helper()
	var major, minor int
	_, err := fmt.Sscanf(version, "%d.%d", &major, &minor)
	require.NoError(t, err, "docs/events.md: %q is no version", version)
	if minor == 0 {
		return fmt.Sprintf("%d.99", major-1)
	}
	return fmt.Sprintf("%d.%d", major, minor-1)
}
