package recorder_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// played is a journal with a deed of the test's own between two requests.
func played() *recorder.Journal {
	j := recorder.NewJournal(recorder.Limits{})
	j.Append(&recorder.Exchange{Kind: recorder.KindAPI, Actor: "alice"})
	j.Append(&recorder.Exchange{Kind: recorder.KindActor, Actor: "alice"})
	j.Append(&recorder.Exchange{Kind: recorder.KindWebhook})
	return j
}

func TestQueriesLeaveOutWhatTheTestDidItself(t *testing.T) {
	j := played()
	assert.Len(t, j.All(), 2)
	assert.Equal(t, 1, j.Count(recorder.By("alice")))
	last, ok := j.Last(recorder.By("alice"))
	require.True(t, ok)
	assert.Equal(t, recorder.KindAPI, last.Kind)
	ctx, cancel := context.WithTimeout(t.Context(), time.Nanosecond)
	defer cancel()
	_, err := j.Wait(ctx, 2, recorder.By("alice"))
	assert.ErrorContains(t, err, "1 came")
}

func TestAConditionOnTheKindBringsTheTestsOwnDeedsIn(t *testing.T) {
	j, deeds := played(), recorder.OfKind(recorder.KindActor)
	assert.Equal(t, 1, j.Count(deeds))
	assert.Equal(t, 3, j.Count(recorder.Or(deeds, recorder.Not(deeds))))
	_, ok := j.Last(recorder.And(recorder.By("alice"), deeds))
	assert.True(t, ok)
	_, err := j.Wait(t.Context(), 1, deeds)
	assert.NoError(t, err)
}

func TestConditionsHandOnWhatTheyAreAbout(t *testing.T) {
	one := recorder.Match{About: []any{1}}
	two := recorder.Match{About: []any{2}}
	assert.Equal(t, []any{1, 2}, recorder.And(one, recorder.Not(two)).About)
	assert.Equal(t, []any{2, 1}, recorder.Or(recorder.And(two), one).About)
}
