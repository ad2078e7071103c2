package versions

import (
	"cmp"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write docs/versions.md anew")

const (
	versionsFile = "../../../docs/versions.md"
	modelFiles   = "../../model/*.go"
)

// TestTheTableOfVersionsIsUpToDate holds docs/versions.md against the tables:
//
//	go test ./mmfake/internal/versions -run TestTheTableOfVersionsIsUpToDate -update
func TestTheTableOfVersionsIsUpToDate(t *testing.T) {
	want := versionTables(t)
	if *update {
		require.NoError(t, os.WriteFile(versionsFile, []byte(want), 0o644))
	}
	have, err := os.ReadFile(versionsFile)
	require.NoError(t, err)
	assert.True(t, string(have) == want,
		"docs/versions.md is stale: go test ./mmfake/internal/versions -run TestTheTableOfVersionsIsUpToDate -update")
}

func TestEachFeatureSaysSinceWhenAndWhat(t *testing.T) {
	for f, entry := range features {
		assert.NotEmpty(t, entry.what, "feature %d", f)
		assert.True(t, MustParse("5.0").before(entry.since), "%s: 5.0 has it too", entry.what)
	}
}

// A row is a line of a table, in the order of versions.
type row struct {
	since Version
	cells []string
}

// versionTables is the text of docs/versions.md.
func versionTables(t *testing.T) string {
	behaviour, events, errors := []row{}, []row{}, []row{}
	for _, f := range features {
		behaviour = append(behaviour, row{f.since, []string{f.what}})
	}
	for _, e := range eventsSince {
		events = append(events, row{e.since, []string{"`" + e.name + "`", ""}})
	}
	for _, k := range eventKeys {
		events = append(events, row{k.since, []string{"`" + k.event + "`", "`" + k.key + "`"}})
	}
	for _, r := range renames {
		before := "`" + r.old + "`"
		if r.status != 0 {
			before += fmt.Sprintf(", status %d", r.status)
		}
		errors = append(errors, row{r.since, []string{"`" + r.id + "`", before}})
	}
	return `# Versions

` + "`mmfake.Version`" + ` and ` + "`mmfake serve --server-version`" + ` choose the version of Mattermost that the fake behaves as: any from
5.0 on. It reports itself as it is asked to, and has everything below that came with that version or an earlier one.

Real servers 5.0.0, 5.36.1 and 11.6.0 were recorded. What came somewhere between 5.0 and 5.36 counts as new in 5.36. "After 5.36"
is anywhere between 5.36 and 11.6, and the fake has it from 6.0 on: the 9.11 and 10.5 that people run are nearer to 11.6 than to
5.36. Where only the major version is known, its first release counts. Which endpoints came when is in
[endpoints.md](endpoints.md).

This file is written by a test: ` + "`go test ./mmfake/internal/versions -run TestTheTableOfVersionsIsUpToDate -update`" + `.

## Behaviour

` + table([]string{"Since", "What"}, behaviour) + `
## Events of the websocket

An event without a key came with all of its data, one with a key had no such key before.

` + table([]string{"Since", "Event", "Key"}, events) + `
## Keys of JSON objects

` + table([]string{"Version", "Object", "Key", "Rule"}, slices.Concat(keyRows(t), configRows())) + `
## Errors

` + table([]string{"Since", "Error", "Before"}, errors)
}

func table(head []string, rows []row) string {
	slices.SortStableFunc(rows, func(a, b row) int {
		return cmp.Or(cmp.Compare(a.since.major, b.since.major), cmp.Compare(a.since.minor, b.since.minor))
	})
	var b strings.Builder
	fmt.Fprintf(&b, "| %s |\n|%s\n", strings.Join(head, " | "), strings.Repeat(" --- |", len(head)))
	for _, r := range rows {
		fmt.Fprintf(&b, "| %s | %s |\n", r.since.table(), strings.Join(r.cells, " | "))
	}
	return b.String()
}

// keyRules are the tags of package model's fields, and what they say.
var keyRules = []struct{ tag, rule string }{
	{"since", "it is there since then"},
	{"filled", "since then it is sent when it is empty, before it was left out"},
	{"full", "up to then it was sent when it was empty, since then it is left out"},
	{"blank", "up to then it was sent, and always empty"},
	{"unset", "up to then it was sent as false or 0 where it is left out now"},
	{"also", "up to then its value was sent as %s too"},
}

// keyRows reads the tags in the source of package model.
func keyRows(t *testing.T) []row {
	files, err := filepath.Glob(modelFiles)
	require.NoError(t, err)
	var rows []row
	for _, file := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		require.NoError(t, err)
		ast.Inspect(parsed, func(n ast.Node) bool {
			if spec, ok := n.(*ast.TypeSpec); ok {
				if s, ok := spec.Type.(*ast.StructType); ok {
					for _, f := range s.Fields.List {
						rows = append(rows, tagRows(t, spec.Name.Name, f.Tag)...)
					}
				}
			}
			return true
		})
	}
	require.NotEmpty(t, rows)
	return rows
}

func configRows() []row {
	var rows []row
	for _, c := range configSince {
		for _, key := range c.keys {
			rows = append(rows, row{c.since, []string{"settings for clients", "`" + key + "`", keyRules[0].rule}})
		}
	}
	return rows
}

func tagRows(t *testing.T, object string, literal *ast.BasicLit) []row {
	if literal == nil {
		return nil
	}
	text, err := strconv.Unquote(literal.Value)
	require.NoError(t, err)
	tag := reflect.StructTag(text)
	key, _, _ := strings.Cut(tag.Get("json"), ",")
	var rows []row
	for _, r := range keyRules {
		value, ok := tag.Lookup(r.tag)
		if !ok {
			continue
		}
		rule := r.rule
		if other, version, ok := strings.Cut(value, " "); ok {
			rule, value = fmt.Sprintf(rule, "`"+other+"`"), version
		}
		rows = append(rows, row{tagged(value), []string{"`" + object + "`", "`" + key + "`", rule}})
	}
	return rows
}
