package readme_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const root = "../.."

// A document's block of Go follows a line that says which file it is a part of,
// and so may a block of text:
//
//	<!-- from examples/readme/first_test.go -->
var blocks = regexp.MustCompile("(?sm)(?:^<!-- from (\\S+) -->\n)?^```(go|text)\n(.*?)^```$")

func TestTheDocumentsShowCodeThatIsTested(t *testing.T) {
	for _, name := range []string{"README.md", "CONTRIBUTING.md"} {
		t.Run(name, func(t *testing.T) {
			text, err := os.ReadFile(filepath.Join(root, name))
			require.NoError(t, err)
			found := blocks.FindAllStringSubmatch(string(text), -1)
			assert.NotEmpty(t, found)
			for _, block := range found {
				file, language, code := block[1], block[2], block[3]
				if file == "" && language == "text" {
					continue // the start output, which the command's test compares
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
var paths = regexp.MustCompile("`((?:\\.ci|mmfake|recorder|assertions|examples)/[\\w./-]*)`")

func TestTheDocumentsNameFilesThatAreThere(t *testing.T) {
	for _, name := range []string{"README.md", "CONTRIBUTING.md"} {
		text, err := os.ReadFile(filepath.Join(root, name))
		require.NoError(t, err)
		for _, match := range paths.FindAllStringSubmatch(string(text), -1) {
			_, err := os.Stat(filepath.Join(root, match[1]))
			assert.NoError(t, err, name)
		}
	}
}
