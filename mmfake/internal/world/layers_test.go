package world_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const module = "github.com/seed-a46829e6/mattermost-fake/"

// mayImport says who may import whom, of the project's own packages: what stands above
// never comes into what stands below, and nothing goes in a circle.
var mayImport = map[string]string{
	"recorder":                    "",
	"mmfake/model":                "",
	"mmfake/internal/inmemory":    "",
	"mmfake/internal/bell":        "",
	"mmfake/internal/conformance": "",
	"mmfake/internal/faults":      "mmfake/model recorder",
	"mmfake/internal/versions":    "mmfake/model",
	"mmfake/internal/world":       "mmfake/internal/versions mmfake/model",
	"mmfake/internal/outgoing":    "mmfake/internal/bell mmfake/internal/faults mmfake/internal/world mmfake/internal/versions mmfake/model recorder",
	"mmfake/internal/rest":        "mmfake/internal/bell mmfake/internal/outgoing mmfake/internal/faults mmfake/internal/world mmfake/internal/versions mmfake/model recorder",
	"mmfake/internal/witness":     "mmfake/internal/rest mmfake/model recorder",
	"mmfake/internal/socket":      "mmfake/internal/bell mmfake/internal/faults mmfake/internal/world mmfake/internal/versions mmfake/model recorder",
	"mmfake": "mmfake/internal/bell mmfake/internal/inmemory mmfake/internal/outgoing mmfake/internal/rest mmfake/internal/socket mmfake/internal/witness " +
		"mmfake/internal/faults mmfake/internal/world mmfake/internal/versions mmfake/model recorder",
	"assertions":        "mmfake recorder",
	"mmfake/cmd/mmfake": "mmfake mmfake/internal/conformance recorder",
}

// list runs go list, which prints a package on each line by a template.
func list(t *testing.T, template string, arguments ...string) []string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "go", append([]string{"list", "-f", template}, arguments...)...).Output()
	require.NoError(t, err)
	return strings.Split(strings.TrimSpace(string(out)), "\n")
}

func TestNoPackageImportsOneAboveIt(t *testing.T) {
	for _, line := range list(t, `{{.ImportPath}}{{range .Imports}} {{.}}{{end}}`, module+"...") {
		imports := strings.Fields(line)
		name := strings.TrimPrefix(imports[0], module)
		if strings.HasPrefix(name, "examples/") {
			continue // they may import whatever is public, which the compiler sees to
		}
		allowed, known := mayImport[name]
		assert.True(t, known, "%s has no place among the layers: say in mayImport whom it may import", name)
		for _, imported := range imports[1:] {
			if own, ok := strings.CutPrefix(imported, module); ok {
				assert.Contains(t, strings.Fields(allowed), own, "%s imports it", name)
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
