package rest_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

func TestWhatNeedsALicenceIsRefusedAsByAServerWithoutOne(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := aliceIn(t, mm)
	some := strings.Repeat("a", 26)
	for request, want := range map[string]string{
		"POST /api/v4/posts/schedule":                                            "400 api.scheduled_posts.license_error",
		"POST /api/v4/posts/" + some + "/move":                                   "501 api.post.move_thread.disabled.app_error",
		"GET /api/v4/channels/" + dev.ID + "/bookmarks":                          "403 api.channel.bookmark.channel_bookmark.license.error",
		"POST /api/v4/channels/" + dev.ID + "/bookmarks/" + some + "/sort_order": "403 api.channel.bookmark.channel_bookmark.license.error",
	} {
		method, path, _ := strings.Cut(request, " ")
		r := alice.do(method, path, "{}")
		assert.Equal(t, want, r.get("status_code").String()+" "+r.problem(), request)
	}
}
