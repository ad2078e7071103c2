package readme_test

import (
	"testing"

	"github.com/seed-a46829e6/mattermost-fake/assertions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

func TestEveryRequestIsInTheJournal(t *testing.T) {
	mm := mmfake.New(t)
	hook := mm.IncomingWebhook(mm.Channel("builds"))

	report(hook.URL, "build 7 passed")

	is := assertions.New(t, mm)
	is.Exchanged(1, recorder.Route("POST /hooks/{hook_id}"), recorder.JSON("text", "build 7 passed"), recorder.Status(200))
	for ex := range mm.Journal.Each(recorder.OfKind(recorder.KindWebhook)) {
		t.Log(ex, ex.Request.Get("text"))
	}
}
