package readme_test

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const root = "../.."

// documents are those of the project.
func documents(t *testing.T) []string {
	t.Helper()
	var names []string
	for _, pattern := range []string{"*.md", "docs/*.md"} {
		found, err := filepath.Glob(filepath.Join(root, pattern))
		require.NoError(t, err)
		for _, name := range found {
			name, err = filepath.Rel(root, name)
			require.NoError(t, err)
			names = append(names, name)
		}
	}
	require.Contains(t, names, "README.md")
	return names
}

// A document's block of Go follows a line that says which file it is a part of,
// and so may a block of text or of a shell:
//
//	<!-- from examples/readme/first_test.go -->
var blocks = regexp.MustCompile("(?sm)(?:^<!-- from (\\S+) -->\n)?^```(go|text|sh)\n(.*?)^```$")

func TestTheDocumentsShowCodeThatIsTested(t *testing.T) {
	for _, name := range documents(t) {
		t.Run(name, func(t *testing.T) {
			text, err := os.ReadFile(filepath.Join(root, name))
			require.NoError(t, err)
			for _, block := range blocks.FindAllStringSubmatch(string(text), -1) {
				file, language, code := block[1], block[2], block[3]
				if file == "" && language != "go" {
					continue // commands, and the start output, which the command's test compares
				}
				if !assert.NotEmpty(t, file, "say above this block which file it is from:\n%s", code) {
					continue
				}
				source, err := os.ReadFile(filepath.Join(root, file))
				require.NoError(t, err)
				for part := range strings.SplitSeq(code, "\n\n") {
					assert.Contains(t, string(source), strings.Trim(part, "\n"), "%s is not what %s shows", file, name)
				}
			}
		})
	}
}

// Names in backquotes that look like files are files.
var paths = regexp.MustCompile("`((?:\\.ci|mmfake|recorder|assertions|examples|docs)/[\\w./-]*)`")

// Links lead to files too, and to headings in them.
var (
	links    = regexp.MustCompile(`\]\(([^)#:]*)(?:#([^)]+))?\)`)
	headings = regexp.MustCompile(`(?m)^#+ (.*)$`)
)

// anchor is what a link calls a heading.
func anchor(heading string) string {
	return strings.ReplaceAll(regexp.MustCompile(`[^a-z0-9 -]`).ReplaceAllString(strings.ToLower(heading), ""), " ", "-")
}

func TestTheDocumentsNameFilesThatAreThere(t *testing.T) {
	for _, name := range documents(t) {
		text, err := os.ReadFile(filepath.Join(root, name))
		require.NoError(t, err)
		for _, match := range paths.FindAllStringSubmatch(string(text), -1) {
			_, err := os.Stat(filepath.Join(root, match[1]))
			assert.NoError(t, err, name)
		}
		for _, match := range links.FindAllStringSubmatch(string(text), -1) {
			to := name
			if match[1] != "" {
				to = filepath.Join(filepath.Dir(name), match[1])
			}
			target, err := os.ReadFile(filepath.Join(root, to))
			assert.NoError(t, err, name)
			var there []string
			for _, heading := range headings.FindAllStringSubmatch(string(target), -1) {
				there = append(there, anchor(heading[1]))
			}
			assert.True(t, match[2] == "" || slices.Contains(there, match[2]), "%s: %s has no heading #%s", name, to, match[2])
		}
	}
}

// An endpoint in backquotes that docs/limits.md names is one that is not served, or
// is where the text says what it does.
func TestTheLimitsNameEndpointsThatAreNotServed(t *testing.T) {
	read := func(name string) string {
		text, err := os.ReadFile(filepath.Join(root, "docs", name))
		require.NoError(t, err)
		return string(text)
	}
	limits, endpoints := read("limits.md"), read("endpoints.md")
	marks := map[string]string{
		"GET /api/v4/license/client":        "yes",
		"PUT /api/v4/config":                "yes",
		"PUT /api/v4/users/{user_id}/mfa":   "yes",
		"DELETE /api/v4/users/{user_id}":    "yes",
		"PUT /api/v4/roles/{role_id}/patch": "yes",
		"GET /api/v4/image":                 "yes",
		"POST /api/v4/users/password/reset": "refused",
		"POST /api/v4/users/email/verify":   "refused",
		"POST /api/v4/plugins":              "refused",
		"POST /api/v4/terms_of_service":     "refused",
	}
	for _, match := range regexp.MustCompile("`([A-Z]+) (/[^`]+)`").FindAllStringSubmatch(limits, -1) {
		mark := cmp.Or(marks[match[1]+" "+match[2]], "no")
		assert.Contains(t, endpoints, "| "+match[1]+" | `"+match[2]+"` | "+mark+" |")
	}
}

// What docs/limits.md says of the endpoints that are not there holds for all of them:
// each belongs to an area that it names.
func TestTheLimitsNameEachAreaInWhichEndpointsAreMissing(t *testing.T) {
	limits, err := os.ReadFile(filepath.Join(root, "docs/limits.md"))
	require.NoError(t, err)
	endpoints, err := os.ReadFile(filepath.Join(root, "docs/endpoints.md"))
	require.NoError(t, err)
	missing := map[string]int{}
	for _, row := range regexp.MustCompile("(?m)^\\| [A-Z]+ \\| `[^`]+` \\| no \\| [^|]* \\| ([^|,]*)").FindAllStringSubmatch(string(endpoints), -1) {
		missing[strings.TrimSpace(row[1])]++
	}
	require.NotEmpty(t, missing)
	for area, n := range missing {
		assert.Contains(t, string(limits), fmt.Sprintf("%s (%d)", area, n))
	}
}
