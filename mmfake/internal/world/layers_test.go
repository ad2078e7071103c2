package world_test

import (
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Who may import whom, of the project's own packages: what stands above never
// comes into what stands below, and nothing goes in a circle.
var mayImport = map[string]string{
	"recorder":                 "",
	"mmfake/model":             "",
	"mmfake/internal/inmemory": "",
	"mmfake/internal/faults":   "mmfake/model recorder",
	"mmfake/internal/versions": "mmfake/model",
	"mmfake/internal/world":    "mmfake/internal/versions mmfake/model",
	"mmfake/internal/outgoing": "mmfake/internal/faults mmfake/internal/world mmfake/internal/versions mmfake/model recorder",
	"mmfake/internal/rest":     "mmfake/internal/outgoing mmfake/internal/faults mmfake/internal/world mmfake/internal/versions mmfake/model recorder",
	"mmfake/internal/witness":  "mmfake/internal/rest mmfake/model recorder",
	"mmfake/internal/socket":   "mmfake/internal/faults mmfake/internal/world mmfake/internal/versions mmfake/model recorder",
}

func TestNoPackageImportsOneAboveIt(t *testing.T) {
	const module = "github.com/seed-a46829e6/mattermost-fake/"
	for name, allowed := range mayImport {
		out, err := exec.CommandContext(t.Context(), "go", "list", "-f", `{{join .Imports "\n"}}`, module+name).Output()
		require.NoError(t, err)
		for imported := range strings.FieldsSeq(string(out)) {
			if own, ok := strings.CutPrefix(imported, module); ok {
				assert.Contains(t, strings.Fields(allowed), own, "%s imports it", name)
			}
		}
	}
}
