// Package notify has the Mattermost service of nikoksr/notify log in to the fake
// and post.
package notify_test

import (
	"testing"

	"github.com/nikoksr/notify"
	"github.com/nikoksr/notify/service/mattermost"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/assertions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

func TestNotifyLogsInAndPostsToEachReceiver(t *testing.T) {
	mm := mmfake.New(t)
	dev, ops := mm.Channel("dev"), mm.Channel("ops")
	ci := mm.User("ci", dev, ops)
	service := mattermost.New(mm.URL)
	require.NoError(t, service.LoginWithCredentials(t.Context(), ci.Username, ci.Password))
	service.AddReceivers(dev.ID, ops.ID)
	all := notify.New()
	all.UseServices(service)

	require.NoError(t, all.Send(t.Context(), "build 7", "passed"))

	is := assertions.New(t, mm)
	is.Posted(mmfake.By(ci), mmfake.In(dev), mmfake.Text("build 7\npassed"))
	is.Posted(mmfake.By(ci), mmfake.In(ops), mmfake.Text("build 7\npassed"))
	is.Exchanged(2, recorder.Route("POST /api/v4/posts"), recorder.Status(201))
}

func TestNotifySaysWhatTheServerRefuses(t *testing.T) {
	mm := mmfake.New(t)
	ci := mm.User("ci")
	service := mattermost.New(mm.URL)

	assert.ErrorContains(t, service.LoginWithCredentials(t.Context(), ci.Username, "wrong"), "login failed with status: 401")

	require.NoError(t, service.LoginWithCredentials(t.Context(), ci.Username, ci.Password))
	service.AddReceivers(mm.Channel("elsewhere").ID)
	assert.ErrorContains(t, service.Send(t.Context(), "build 7", "passed"), "create post failed with status: 403")
}
