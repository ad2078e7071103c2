package main

import (
	"bytes"
	"flag"
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
var shown = regexp.MustCompile(`(?m)^(?:\w+=\S+ )?mmfake ([^#>&\n]+)`)

func TestTheDocumentsShowCommandsThatThereAre(t *testing.T) {
	for _, name := range []string{"../../../README.md", "../../../docs/command.md", "../../../docs/fixtures.md", "main.go"} {
		text, err := os.ReadFile(name)
		require.NoError(t, err)
		commands := shown.FindAllStringSubmatch(strings.ReplaceAll(string(text), "//\tmmfake", "mmfake"), -1)
		require.NotEmpty(t, commands, name)
		for _, command := range commands {
			parser, err := kong.New(&cli{}, kong.Vars{"version": "", "goldens": ""}, kong.Writers(io.Discard, io.Discard), kong.Exit(func(int) {}))
			require.NoError(t, err)
			words := strings.Fields(strings.NewReplacer("URL", "http://a.test", "PASSWORD", "x:y").Replace(command[1]))
			_, err = parser.Parse(words)
			assert.NoError(t, err, "%s: mmfake %s", name, command[1])
		}
	}
}

var update = flag.Bool("update", false, "write the help texts into docs/command.md")

const commandFile = "../../../docs/command.md"

// A help text in a document stands below its command.
var helpBlock = regexp.MustCompile("(?ms)^<!-- (mmfake[a-z ]* --help) -->\n```text\n(.*?)^```$")

// TestTheDocumentHasTheHelpOfEachCommand holds docs/command.md against --help:
//
//	go test ./mmfake/cmd/mmfake -run TestTheDocumentHasTheHelpOfEachCommand -update
func TestTheDocumentHasTheHelpOfEachCommand(t *testing.T) {
	document, err := os.ReadFile(commandFile)
	require.NoError(t, err)
	there := map[string]bool{}
	want := helpBlock.ReplaceAllStringFunc(string(document), func(block string) string {
		command := helpBlock.FindStringSubmatch(block)[1]
		there[command] = true
		var stdout, stderr bytes.Buffer
		require.Equal(t, exitOK, run(t.Context(), strings.Fields(command)[1:], &stdout, &stderr), stderr.String())
		return "<!-- " + command + " -->\n```text\n" + stdout.String() + "```"
	})
	for _, command := range []string{"mmfake", "mmfake serve", "mmfake record", "mmfake replay", "mmfake check", "mmfake har import", "mmfake har export", "mmfake conform"} {
		assert.True(t, there[command+" --help"], "docs/command.md does not have the help of %s", command)
	}
	if *update {
		require.NoError(t, os.WriteFile(commandFile, []byte(want), 0o644))
		return
	}
	assert.True(t, want == string(document),
		"docs/command.md is stale: go test ./mmfake/cmd/mmfake -run TestTheDocumentHasTheHelpOfEachCommand -update")
}
