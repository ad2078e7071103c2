package conformance_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
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
		switch since, minor, _ := strings.Cut(row.version, "."); {
		case row.version == "", row.version == "until 5.36":
			assert.True(t, has("5.0"), "%s: docs/events.md gives another version", name)
		case row.version == "after 5.36":
			assert.False(t, has("5.36"), "%s: docs/events.md gives another version", name)
		default:
			assert.Equal(t, "5", since, name)
			assert.True(t, has(row.version), "%s: docs/events.md gives another version", name)
			number, err := strconv.Atoi(minor)
			require.NoError(t, err, "%s: no version: %s", name, row.version)
			assert.False(t, has(fmt.Sprintf("5.%d", number-1)), "%s: docs/events.md gives another version", name)
		}
	}
}
