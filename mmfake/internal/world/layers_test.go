package world_test

import (
	"os"
	"os/exec"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const (
	module = "github.com/seed-a46829e6/mattermost-fake/"
	top    = "../../../"
)

var (
	rooms  = regexp.MustCompile("(?m)^\\| `([\\w/]+)/` \\| [^|]* \\| ([^|]*) \\|$")
	quoted = regexp.MustCompile("`(\\w+)`")
)

// mayImport is who may import whom, of the project's own packages, as CONTRIBUTING.md
// says it: by a folder the names of others, nil for any.
func mayImport(t *testing.T) (rules map[string]map[string]bool, order []string) {
	t.Helper()
	text, err := os.ReadFile(top + "CONTRIBUTING.md")
	require.NoError(t, err)
	rules = map[string]map[string]bool{}
	for _, row := range rooms.FindAllStringSubmatch(string(text), -1) {
		allowed := map[string]bool{}
		for _, name := range quoted.FindAllStringSubmatch(row[2], -1) {
			allowed[name[1]] = true
		}
		if row[2] == "everything public" {
			allowed = nil
		}
		rules[row[1]], order = allowed, append(order, row[1])
	}
	require.NotEmpty(t, rules)
	return rules, order
}

// list runs go list, which prints a package on each line by a template.
func list(t *testing.T, template string, arguments ...string) []string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", append([]string{"list", "-f", template}, arguments...)...).Output()
	require.NoError(t, err)
	return strings.Split(strings.TrimSpace(string(out)), "\n")
}

func TestNoPackageImportsOneAboveIt(t *testing.T) {
	rules, _ := mayImport(t)
	for _, line := range list(t, `{{.ImportPath}} {{join .Imports " "}}`, module+"...") {
		imports := strings.Fields(line)
		name := strings.TrimPrefix(imports[0], module)
		if strings.HasPrefix(name, "examples/") {
			name = "examples"
		}
		allowed, known := rules[name]
		assert.True(t, known, "CONTRIBUTING.md does not say where %s belongs", name)
		for _, imported := range imports[1:] {
			own, ok := strings.CutPrefix(imported, module)
			if !ok {
				continue
			}
			if allowed == nil {
				assert.NotContains(t, own, "mmfake/internal", "%s imports it", name)
				continue
			}
			assert.True(t, allowed[path.Base(own)], "%s imports %s", name, own)
		}
	}
}

// The table goes from the top to the bottom, so that nothing goes in a circle.
func TestTheTableOfPackagesGoesDownwards(t *testing.T) {
	rules, order := mayImport(t)
	above := map[string]bool{}
	for _, folder := range order {
		name := path.Base(folder)
		if folder == "mmfake/cmd/mmfake" {
			name = "the command"
		}
		above[name] = true
		for imported := range rules[folder] {
			if folder != "recorder/bench" { // of a module of its own
				assert.False(t, above[imported], "%s stands above %s, which may import it", imported, folder)
			}
		}
	}
}

func TestWhoImportsTheFakeCompilesLittleElse(t *testing.T) {
	light := []string{"github.com/google/uuid", "github.com/coder/websocket", "github.com/tidwall/gjson", "github.com/tidwall/match", "github.com/tidwall/pretty"} // the last two are gjson's
	dependencies := list(t, `{{if not .Standard}}{{.Module.Path}}{{end}}`, "-deps", module+"mmfake")
	slices.Sort(dependencies)
	for _, path := range slices.Compact(dependencies) {
		if path != "" && path+"/" != module {
			assert.Contains(t, light, path, "whoever imports mmfake would compile it")
		}
	}
}
