package recorder_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

var report = strings.Repeat("a line of the report\n", 40)

func TestLongTextsAreShownWhereTheyDiffer(t *testing.T) {
	got, wanted := recorder.Excerpts(report+"7 failures\n"+report, report+"8 failures\n"+report)
	for _, shown := range []struct{ text, has string }{{got, "report\n7 failures\na line"}, {wanted, "report\n8 failures\na line"}} {
		assert.Contains(t, shown.text, shown.has)
		assert.LessOrEqual(t, len(shown.text), 210)
		assert.True(t, strings.HasPrefix(shown.text, "…") && strings.HasSuffix(shown.text, "…"), shown.text)
	}
	got, wanted = recorder.Excerpts(report, report+"and one more")
	assert.True(t, strings.HasSuffix(got, "a line of the report\n"), got)
	assert.True(t, strings.HasSuffix(wanted, "report\nand one more"), wanted)
	got, wanted = recorder.Excerpts("short", report)
	assert.Equal(t, "short", got)
	assert.True(t, strings.HasPrefix(wanted, "a line"), wanted)
}

func FuzzExcerptsDifferWhereTheTextsDo(f *testing.F) {
	f.Add("ä", "ö", uint8(110))
	f.Add(report, "", uint8(0))
	f.Fuzz(func(t *testing.T, a, b string, before uint8) {
		if a == b || !utf8.ValidString(a) || !utf8.ValidString(b) {
			return
		}
		same := strings.Repeat("ß", int(before))
		got, wanted := recorder.Excerpts(same+a, same+b)
		assert.True(t, utf8.ValidString(got) && utf8.ValidString(wanted), "%q, %q", got, wanted)
		assert.NotEqual(t, got, wanted)
	})
}

func TestAConditionOnALongBodyTellsWhatIsDifferentInIt(t *testing.T) {
	journal := recorder.NewJournal(recorder.Limits{})
	journal.Append(&recorder.Exchange{Request: recorder.Request{Message: recorder.Message{
		Body: []byte(`{"text":"` + strings.Repeat("x", 500) + `seven", "props": {"a": "` + strings.Repeat("y", 500) + `", "b": 1}}`),
	}}})
	for name, condition := range map[string]recorder.Match{
		`xseven", wanted …x`:                  recorder.JSON("text", strings.Repeat("x", 500)+"eight"),
		`xeight"`:                             recorder.JSONSubset(map[string]string{"text": strings.Repeat("x", 500) + "eight"}),
		"request JSON props.b is 1, wanted 2": recorder.JSON("props", map[string]any{"a": strings.Repeat("y", 500), "b": 2}),
	} {
		assert.Contains(t, recorder.Explain(journal.Each(), condition), name)
	}
}

func TestTheNearestOfLongTextsIsTheOneThatBeginsTheSame(t *testing.T) {
	wanted := recorder.Condition[string]{Want: "text " + report, Miss: func(text string) string {
		is, should := recorder.Excerpts(text, report+"8 failures")
		return "text is " + is + ", wanted " + should
	}}
	nearest, _, _ := recorder.Nearest(func(yield func(string) bool) {
		_ = yield(report+"7 failures") && yield("a report of another kind\n"+report)
	}, wanted)
	assert.Equal(t, report+"7 failures", nearest)
}
