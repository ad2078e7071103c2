package readme_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/seed-a46829e6/mattermost-fake/assertions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

func TestTheBuildIsReported(t *testing.T) {
	mm := mmfake.New(t) // a server of its own, closed when the test ends
	builds := mm.Channel("builds")
	hook := mm.IncomingWebhook(builds)

	report(hook.URL, "build 7 passed") // the code under test

	assertions.New(t, mm).Posted(mmfake.In(builds), mmfake.Text("build 7 passed"))
}

func report(webhook, text string) error {
	_, err := http.Post(webhook, "application/json", strings.NewReader(`{"text": "`+text+`"}`))
	return err
}
