package conformance

import (
	"errors"
	"io/fs"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestAScenarioThatSaysNothingClearIsRefused(t *testing.T) {
	for source, complaint := range map[string]string{
		"steps: [{do: GET /x, ignor: [id]}]": "field ignor not found",
		"step: []":                           "field step not found",
		"steps: []":                          "it has no steps",
		"about: nothing":                     "it has no steps",
		"steps: [{as: alice}]":               "step 1: wants one of do,",
		"steps: [{listen: alice}, {do: GET /, send: x}]": "step 2: wants one of do,",
		"steps: [{do: GET}]":                             "do wants METHOD and path",
		"steps: [{integration: /x}]":                     "integration wants a reply",
		"steps: [{events: alice}]":                       "events wants the names of events",
		"steps: 7":                                       "cannot unmarshal",
	} {
		_, err := parseScenario("odd", []byte(source))
		assert.ErrorContains(t, err, complaint, source)
		assert.ErrorContains(t, err, "scenario odd: ", source)
	}
}

func TestAnAreaIsTheFirstWordOfAName(t *testing.T) {
	assert.Equal(t, "webhook", (&Scenario{Name: "webhook-long-text"}).Area())
	assert.Equal(t, "alone", (&Scenario{Name: "alone"}).Area())
}

func TestAScenarioIsForTheVersionsBetweenSinceAndUntil(t *testing.T) {
	s := &Scenario{Since: "5.36", Until: "9.11"}
	for version, want := range map[string]bool{"5.4": false, "5.35.9": false, "5.36": true, "5.36.1": true, "6.0": true, "9.11": true, "9.12": false, "11.6": false} {
		assert.Equal(t, want, s.For(version), version)
	}
	assert.True(t, (&Scenario{}).For("5.0"))
}

func TestEveryScenarioIsRecordedForEachVersionItIsFor(t *testing.T) {
	scenarios, err := Scenarios()
	require.NoError(t, err)
	for _, version := range Versions() {
		recordings, err := data.ReadDir("golden/" + version)
		require.NoError(t, err)
		unread := map[string]bool{}
		for _, f := range recordings {
			unread[f.Name()] = true
		}
		for _, s := range scenarios {
			want, err := Golden(version, s.Name)
			if !s.For(version) {
				assert.ErrorIs(t, err, fs.ErrNotExist, "%s is not for %s", s.Name, version)
				continue
			}
			require.NoError(t, err)
			delete(unread, s.Name+".json")
			require.Len(t, want.Steps, len(s.Steps), "%s of %s", s.Name, version)
			for i := range s.Steps {
				assert.Equal(t, want.Steps[i].Title, s.Steps[i].Title(), "%s of %s, step %d", s.Name, version, i+1)
			}
		}
		assert.Empty(t, unread, "recordings of %s without a scenario", version)
	}
	versions, err := data.ReadDir("golden")
	require.NoError(t, err)
	assert.Len(t, versions, len(Versions()))
}

func TestWhatIsNotRecordedIsAnErrorThatSaysSo(t *testing.T) {
	_, err := Golden("11.6", "no-such-scenario")
	assert.True(t, errors.Is(err, fs.ErrNotExist))
	_, err = Golden("1.0", "webhook-text")
	assert.ErrorContains(t, err, "no recording of webhook-text")
}
