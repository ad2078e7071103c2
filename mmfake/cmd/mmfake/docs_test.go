package main

import (
	"io"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A command in a document: a line of a block for a shell, up to a comment.
var shown = regexp.MustCompile(`(?m)^(?:\w+=\S+ )?mmfake ([^#\n]+)`)

func TestTheDocumentsShowCommandsThatThereAre(t *testing.T) {
	for _, name := range []string{"../../../README.md", "../../../docs/fixtures.md", "main.go"} {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		commands := shown.FindAllStringSubmatch(strings.ReplaceAll(string(text), "//\tmmfake", "mmfake"), -1)
		require.NotEmpty(t, commands, name)
		for _, command := range commands {
			parser, err := kong.New(&cli{}, kong.Writers(io.Discard, io.Discard))
			require.NoError(t, err)
			_, err = parser.Parse(strings.Fields(command[1]))
			assert.NoError(t, err, "%s: mmfake %s", name, command[1])
		}
	}
}
