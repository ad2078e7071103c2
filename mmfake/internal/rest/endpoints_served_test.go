package rest_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

var (
	rows   = regexp.MustCompile("(?m)^\\| ([A-Z]+) \\| `([^`]+)` \\| (\\w+) \\| ([^|]*) \\|")
	params = regexp.MustCompile(`\{[^}]*\}`)
)

// Each line of docs/endpoints.md is asked for, by an admin and with the id of a user for
// every name in braces. The endpoint does what the column says.
func TestTheFakeServesWhatTheTableOfEndpointsSays(t *testing.T) {
	table, err := os.ReadFile("../../../docs/endpoints.md")
	require.NoError(t, err)
	seen := map[string]int{}
	for _, row := range rows.FindAllStringSubmatch(string(table), -1) {
		method, path, mark, since := row[1], row[2], row[3], row[4]
		if strings.HasPrefix(since, "up to") || strings.HasPrefix(since, "before") || method == "HEAD" {
			continue // this version has it no longer; an answer without a body has no id
		}
		mm := mmfake.New(t, mmfake.InMemory(), mmfake.Lenient())
		at := params.ReplaceAllString(strings.NewReplacer("{$}", "", "{timestamp}", "0").Replace(path), mm.User("user-1").ID)
		r := clientOf(t, mm, mm.Admin).do(method, at, "{}")
		missing, unknown := r.problem() == "mmfake.not_implemented", r.problem() == "api.context.404.app_error"
		what := "%s %s is %s: %d %s"
		args := []any{method, path, mark, r.Status, r.Body}
		switch mark {
		case "no":
			assert.True(t, missing && r.Status == 501, append([]any{what}, args...)...)
		case "empty":
			assert.Equal(t, 200, r.Status, append([]any{what}, args...)...)
		case "refused":
			assert.True(t, r.Status >= 400 && !missing && (!unknown || path == "/api/v4/users"), append([]any{what}, args...)...)
		default:
			assert.False(t, missing || unknown, append([]any{what}, args...)...)
		}
		seen[mark]++
	}
	assert.Len(t, seen, 4, "%v", seen)
}
