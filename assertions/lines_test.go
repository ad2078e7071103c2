package assertions_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/assertions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

// A namedFailing has a name, as a *testing.T has.
type namedFailing struct{ *failing }

func (namedFailing) Name() string { return "TestOfAUser" }

func TestAFailureNamesTheLinesOfTheTestAlone(t *testing.T) {
	mm := mmfake.New(t, mmfake.InMemory())
	for name, check := range map[string]func(t assertions.TestingT){
		"Posted":    func(t assertions.TestingT) { assertions.New(t, mm).Within(0).Posted(mmfake.Text("nothing")) },
		"Exchanged": func(t assertions.TestingT) { assertions.New(t, mm).Within(0).Exchanged(1) },
		"Updated":   func(t assertions.TestingT) { assertions.New(t, mm).Updated(nil) },
		"New":       func(t assertions.TestingT) { assertions.New(t, nil) },
		"Transcript": func(t assertions.TestingT) {
			comparing(func() { assertions.Transcript(t, mm, "testdata/talk.golden") })
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := namedFailing{&failing{deadline: time.Now().Add(time.Hour)}}
			check(f)
			require.Len(t, f.messages, 1)
			assert.Regexp(t, `^\n\tError Trace:\t\S*/assertions/lines_test\.go:\d+\n`, f.messages[0])
			assert.NotRegexp(t, `assertions/[a-z]+\.go:`, f.messages[0])
			assert.Regexp(t, `Test: +\tTestOfAUser`, f.messages[0])
		})
	}
}
