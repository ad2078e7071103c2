package conformance

import (
	"embed"
	"encoding/json"
	"fmt"
	"path"
	"strings"
)

// The files are those of the shared conformance folder as they stand, so that a
// plain diff shows what a newer recording changes.
//
//go:embed scenarios/*.yaml golden/*/*.json
var data embed.FS

// Scenarios returns all scenarios, sorted by name.
func Scenarios() ([]*Scenario, error) {
	files, err := data.ReadDir("scenarios") // sorted by name
	if err != nil {
		return nil, err
	}
	list := make([]*Scenario, 0, len(files))
	for _, f := range files {
		source, err := data.ReadFile(path.Join("scenarios", f.Name()))
		if err != nil {
			return nil, err
		}
		s, err := parseScenario(strings.TrimSuffix(f.Name(), ".yaml"), source)
		if err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, nil
}

// Versions returns the server versions of which there are recordings, newest
// first.
func Versions() []string { return []string{"11.6", "5.36", "5.0"} }

// Golden returns what the real server of that version did with a scenario. The
// error is fs.ErrNotExist where the scenario is not meant for that version.
func Golden(version, name string) (*Outcome, error) {
	source, err := data.ReadFile(path.Join("golden", version, name+".json"))
	if err != nil {
		return nil, fmt.Errorf("no recording of %s: %w", name, err)
	}
	o := &Outcome{}
	if err := json.Unmarshal(source, o); err != nil {
		return nil, fmt.Errorf("recording of %s by %s: %w", name, version, err)
	}
	return o, nil
}
