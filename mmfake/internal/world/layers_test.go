package world_test

import (
	"os"
	"os/exec"
	"path"
	"regexp"
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

func TestNoPackageImportsOneAboveIt(t *testing.T) {
	rules, _ := mayImport(t)
	list := exec.CommandContext(t.Context(), "go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "./...")
	list.Dir = top
	out, err := list.Output()
	require.NoError(t, err)
	for line := range strings.Lines(string(out)) {
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
