package rest

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
)

var update = flag.Bool("update", false, "write docs/endpoints.md anew")

const endpointsFile = "../../../docs/endpoints.md"

// TestTheTableOfEndpointsIsUpToDate holds docs/endpoints.md against the route table:
//
//	go test ./mmfake/internal/rest -run TestTheTableOfEndpointsIsUpToDate -update
func TestTheTableOfEndpointsIsUpToDate(t *testing.T) {
	want := endpointTable()
	if *update {
		require.NoError(t, os.WriteFile(endpointsFile, []byte(want), 0o644))
	}
	have, err := os.ReadFile(endpointsFile)
	require.NoError(t, err)
	assert.True(t, string(have) == want,
		"docs/endpoints.md is stale: go test ./mmfake/internal/rest -run TestTheTableOfEndpointsIsUpToDate -update")
}

// A documented is an endpoint that Mattermost or the fake has.
type documented struct {
	method, path, area string
	since              string // the version that it came with, "" where it was always there
	known              bool   // by Mattermost's own list
	served             string // by the fake: one of the marks
}

// What the table says of an endpoint.
const (
	isServed  = "yes"
	isRefused = "refused"
	isEmpty   = "empty"
	isMissing = "no"
)

// markOf is what the table says of a route.
func markOf(r route) string {
	switch {
	case r.flags.has(refusal):
		return isRefused
	case r.flags.has(constant):
		return isEmpty
	}
	return isServed
}

// endpointTable is the text of docs/endpoints.md.
func endpointTable() string {
	list := documentedEndpoints()
	var rows strings.Builder
	counts, more := map[string]int{}, 0
	for _, e := range list {
		if e.known {
			counts[e.served]++
		} else {
			more++
		}
		fmt.Fprintf(&rows, "| %s | `%s` | %s | %s | %s |\n", e.method, e.path, e.served, e.since, e.area)
	}
	known := counts[isServed] + counts[isRefused] + counts[isEmpty] + counts[isMissing]
	return fmt.Sprintf(`# Endpoints

Of the %d endpoints on Mattermost's own list

- %d are served ("yes" below);
- %d are refused to everybody, with the status and the error id of a real server that has no licence for them, or has them
  switched off ("refused");
- %d have one answer for everybody, such as the empty list of jobs of a server that has none ("empty");
- %d are answered with status 501 and a message that names the endpoint ("no").

The fake serves %d more that are not on that list; their area is empty below. A path or method that is not in the table is
answered as the real server answers it: with its 404. So is one that came with a later version than the one that the fake
behaves as, or went with an earlier one; those without a version are taken to be as old as 5.0.

This file is written by a test: `+"`go test ./mmfake/internal/rest -run TestTheTableOfEndpointsIsUpToDate -update`"+`.

| Method | Path | Served | Since | Area |
| --- | --- | --- | --- | --- |
%s`, known, counts[isServed], counts[isRefused], counts[isEmpty], counts[isMissing], more, rows.String())
}

// documentedEndpoints joins the two lists, by path.
func documentedEndpoints() []*documented {
	byShape := map[string]*documented{}
	note := func(pattern string) *documented {
		e := byShape[shape(pattern)]
		if e == nil {
			e = &documented{served: isMissing}
			e.method, e.path, _ = strings.Cut(pattern, " ")
			byShape[shape(pattern)] = e
		}
		return e
	}
	for i, line := range strings.Split(strings.TrimSpace(endpointsTSV), "\n") {
		if f := strings.Split(line, "\t"); i > 0 && len(f) > 3 {
			e := note(f[0] + " " + f[1])
			e.known, e.area = true, f[3]
		}
	}
	for _, family := range families {
		for _, r := range family {
			note(r.pattern).served = markOf(r)
		}
	}
	var list []*documented
	_, since := knownEndpoints()
	for pattern, e := range byShape {
		e.since = versions.EndpointOf(pattern, since[pattern]).String()
		list = append(list, e)
	}
	slices.SortFunc(list, func(a, b *documented) int {
		return cmp.Or(strings.Compare(a.path, b.path), strings.Compare(a.method, b.method))
	})
	return list
}
