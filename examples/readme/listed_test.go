package readme_test

import (
	"go/doc"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The documents have lists of what there is of a kind. They lack nothing.
func TestTheDocumentsListAllThatThereIs(t *testing.T) {
	for _, list := range []struct {
		document, folder, typ string
		methods               bool // of the type, or the functions that make one
	}{
		{"testing.md", "mmfake", "PostMatch", false},
		{"testing.md", "mmfake", "Option", false},
		{"testing.md", "recorder", "Match", false},
		{"testing.md", "assertions", "Assertions", true},
		{"faults.md", "mmfake", "Fault", false},
		{"firing.md", "mmfake", "Change", false},
		{"fixtures.md", "recorder", "ReplayOption", false},
	} {
		text, err := os.ReadFile(filepath.Join(root, "docs", list.document))
		require.NoError(t, err)
		p, _ := documented(t, filepath.Join(root, list.folder))
		var names []string
		for _, typ := range p.Types {
			if typ.Name == list.typ {
				names = namesOf(typ, list.methods)
			}
		}
		assert.NotEmpty(t, names, list.typ)
		for _, name := range names {
			assert.Regexp(t, regexp.MustCompile("`(\\w+\\.)?"+name+"\\b|[.]"+name+"\\("), string(text), "docs/%s does not name %s", list.document, name)
		}
	}
}

func namesOf(typ *doc.Type, methods bool) (names []string) {
	list := typ.Funcs
	if methods {
		list = typ.Methods
	}
	for _, f := range list {
		names = append(names, f.Name)
	}
	return names
}
