// Package shoutrrr has the Mattermost service of shoutrrr send to the fake.
package shoutrrr_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/nicholas-fedor/shoutrrr"
	"github.com/nicholas-fedor/shoutrrr/pkg/types"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/assertions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

// service is the URL that shoutrrr has for a webhook: mattermost://host/id, here
// without TLS.
func service(t *testing.T, hook *mmfake.IncomingWebhook) *url.URL {
	t.Helper()
	u, err := url.Parse(hook.URL)
	require.NoError(t, err)
	return &url.URL{Scheme: "mattermost", Host: u.Host, Path: strings.TrimPrefix(u.Path, "/hooks"), RawQuery: "disabletls=yes"}
}

func TestShoutrrrPostsThroughAWebhook(t *testing.T) {
	mm := mmfake.New(t)
	builds := mm.Channel("builds")

	require.NoError(t, shoutrrr.Send(service(t, mm.IncomingWebhook(builds)).String(), "build 7 **passed**"))

	assertions.New(t, mm).Posted(mmfake.In(builds), mmfake.Text("build 7 **passed**"))
}

func TestShoutrrrChoosesChannelNameAndIcon(t *testing.T) {
	mm := mmfake.New(t)
	releases := mm.Channel("releases")
	u := service(t, mm.IncomingWebhook(mm.Channel("builds")))
	u.User = url.User("ci")
	u.Path += "/releases"
	u.RawQuery += "&icon=rocket"
	sender, err := shoutrrr.CreateSender(u.String())
	require.NoError(t, err)

	for _, err := range sender.Send("1.4 is out", &types.Params{}) {
		require.NoError(t, err)
	}

	post := assertions.Require(t, mm).Posted(mmfake.In(releases), mmfake.Text("1.4 is out"))
	assert.Equal(t, "ci", post.Props["override_username"])
	assert.Equal(t, "rocket", post.Props["override_icon_emoji"])
}

func TestShoutrrrSaysThatAWebhookIsUnknown(t *testing.T) {
	mm := mmfake.New(t)
	u := service(t, mm.IncomingWebhook(mm.Channel("builds")))
	u.Path = "/xxxxxxxxxxxxxxxxxxxxxxxxxx"

	assert.ErrorContains(t, shoutrrr.Send(u.String(), "anybody there?"), "400 Bad Request")
}
