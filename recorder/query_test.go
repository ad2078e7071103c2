package recorder_test

import (
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

func TestQueriesFindTheSameThroughManyPages(t *testing.T) {
	journal := recorder.NewJournal(recorder.Limits{Exchanges: 1_000})
	for i := range 1_500 {
		journal.Append(posted("user-"+strconv.Itoa(i%7), strconv.Itoa(i), 201))
	}
	three := recorder.By("user-3")
	var want []int64
	for _, ex := range journal.All() {
		if ex.Actor == "user-3" {
			want = append(want, ex.Seq)
		}
	}
	found := journal.Find(three)
	assert.Len(t, journal.All(), 1_000)
	assert.Equal(t, want, seqs(found))
	assert.Equal(t, len(want), journal.Count(three))
	last, ok := journal.Last(three)
	assert.True(t, ok)
	assert.Equal(t, want[len(want)-1], last.Seq)
	first, ok := journal.Last(recorder.JSON("message", "500"))
	require.True(t, ok, "the oldest is found too")
	assert.Equal(t, int64(501), first.Seq)
	_, ok = journal.Last(recorder.By("nobody"))
	assert.False(t, ok)
}

func TestAnEmptyJournalAnswersEveryQuery(t *testing.T) {
	journal := journalOf()
	assert.Empty(t, journal.All())
	assert.Zero(t, journal.Count())
	_, ok := journal.Last()
	assert.False(t, ok)
}

func TestTheBodyOfALoopMayUseTheJournal(t *testing.T) {
	journal := journalOf(posted("alice", "a", 201), posted("alice", "b", 201))
	rounds := 0
	for range journal.Each() {
		journal.Append(posted("alice", "c", 201))
		rounds++
	}
	assert.Equal(t, 2, rounds, "what is appended meanwhile is not seen")
	for ex := range journal.Each() {
		assert.Equal(t, int64(1), ex.Seq)
		break
	}
}

func TestAQueryThatCanNeverFindAnythingPanicsWithASentence(t *testing.T) {
	journal := journalOf(posted("alice", "a", 201))
	wrong := recorder.Route("/api/v4/posts")
	want := `recorder: the route "/api/v4/posts" has no method: write it like "POST /api/v4/posts"`
	assert.PanicsWithValue(t, want, func() { journal.Find(wrong) })
	assert.PanicsWithValue(t, want, func() { journal.Count(recorder.Not(wrong)) })
	assert.PanicsWithValue(t, want, func() { journal.Last(recorder.Or(wrong, wrong)) })
	assert.PanicsWithValue(t, want, func() { journal.Each(recorder.And(recorder.By("x"), wrong)) })
}
