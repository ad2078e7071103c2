package main

import (
	"io"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/assertions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// environment is what the CI server sets.
type environment map[string]string

func (e environment) get(name string) string { return e[name] }

func notify(t *testing.T, e environment, args ...string) error {
	t.Helper()
	return run(t.Context(), args, e.get, io.Discard)
}

func TestAFailedBuildIsRedInTheWebhooksChannel(t *testing.T) {
	mm := mmfake.New(t)
	builds := mm.Channel("builds")
	hook := mm.IncomingWebhook(builds)

	require.NoError(t, notify(t, environment{"MATTERMOST_WEBHOOK": hook.URL}, "--project", "shop", "--status", "failed", "--url", "https://ci.test/7"))

	post := assertions.Require(t, mm).Posted(mmfake.In(builds), mmfake.Attachment(model.Attachment{
		Title: "shop failed on main", TitleLink: "https://ci.test/7", Color: "danger",
	}))
	assert.Equal(t, "ci", post.Props[model.PropOverrideUsername])
}

func TestAPassedBuildIsToldByTheBot(t *testing.T) {
	mm := mmfake.New(t)
	builds := mm.Channel("builds")
	robot := mm.Bot("ci", builds)
	e := environment{"MATTERMOST_URL": mm.URL, "MATTERMOST_TOKEN": robot.Token, "MATTERMOST_CHANNEL": "test/builds"}

	require.NoError(t, notify(t, e, "--project", "shop"))

	is := assertions.New(t, mm)
	is.Posted(mmfake.In(builds), mmfake.By(robot), mmfake.Text(":white_check_mark: shop passed on main"))
	is.NotPosted(mmfake.Contains("@channel"))
	is.Exchanged(1, recorder.Route("POST /api/v4/posts"), recorder.By("ci"), recorder.Status(201))
}

func TestAWrongTokenIsSaid(t *testing.T) {
	mm := mmfake.New(t)
	e := environment{"MATTERMOST_URL": mm.URL, "MATTERMOST_TOKEN": "old", "MATTERMOST_CHANNEL": "test/builds"}

	err := notify(t, e, "--project", "shop")

	assert.ErrorContains(t, err, "401 Unauthorized")
	assertions.New(t, mm).Exchanged(0, recorder.Route("POST /api/v4/posts"))
}

func TestADeletedWebhookIsSaid(t *testing.T) {
	mm := mmfake.New(t)
	err := notify(t, environment{"MATTERMOST_WEBHOOK": mm.URL + "/hooks/qqqqqqqqqqqqqqqqqqqqqqqqqy"}, "--project", "shop")
	assert.ErrorContains(t, err, "400 Bad Request")
}

func TestItSaysWhatIsMissing(t *testing.T) {
	assert.ErrorContains(t, notify(t, environment{}), "--project")
	assert.ErrorContains(t, notify(t, environment{}, "--project", "shop"), "MATTERMOST_WEBHOOK")
}
