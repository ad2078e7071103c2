package rest_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

func TestWhatNeedsALicenceIsRefusedAsByAServerWithoutOne(t *testing.T) {
	for version, wants := range map[string]map[string]string{
		"11.6": {
			"GET /groups":                                     "api.license_error",
			"GET /channels/{dev}/moderations":                 "api.channel.get_channel_moderations.license.error",
			"GET /channels/{dev}/bookmarks":                   "api.channel.bookmark.channel_bookmark.license.error",
			"GET /custom_profile_attributes/fields":           "api.custom_profile_attributes.license_error",
			"POST /users/{alice}/demote":                      "api.team.demote_user_to_guest.license.error",
			"POST /teams/{team}/invite-guests/email":          "api.team.invate_guests_to_channels.license.error",
			"PUT /channels/{dev}/scheme {\"scheme_id\":\"\"}": "api.channel.update_channel_scheme.license.error",
			"POST /channels/{dev}/bookmarks/none/sort_order":  "api.channel.bookmark.channel_bookmark.license.error",
			"POST /posts/schedule":                            "api.scheduled_posts.license_error",
			"POST /posts/{dev}/move":                          "api.post.move_thread.disabled.app_error",
			"PUT /channels/{dev}/scheme {}":                   "api.context.invalid_body_param.app_error",
		},
		"5.36": {
			"GET /groups":         "api.ldap_groups.license_error",
			"GET /cloud/products": "api.cloud.license_error",
		},
	} {
		mm := mmfake.New(t, mmfake.Version(version))
		dev := mm.Channel("dev")
		actor := mm.User("alice", dev)
		alice := clientOf(t, mm, actor)
		names := strings.NewReplacer("{dev}", dev.ID, "{team}", dev.TeamID, "{alice}", actor.ID)
		for request, problem := range wants {
			f := strings.Fields(request)
			r := alice.do(f[0], "/api/v4"+names.Replace(f[1]), strings.Join(f[2:], ""))
			assert.Equal(t, problem, r.problem(), "%s: %s", version, request)
		}
	}
}

func TestTheListsOfWhatNeedsALicenceAreEmptyForAdmins(t *testing.T) {
	mm := mmfake.New(t)
	admin, alice := clientOf(t, mm, mm.Admin), clientOf(t, mm, mm.User("alice"))
	for _, path := range []string{"/api/v4/schemes", "/api/v4/cluster/status", "/api/v4/jobs", "/api/v4/imports", "/api/v4/exports"} {
		assert.Equal(t, "[]", strings.TrimSpace(string(admin.do("GET", path, nil).Body)), path)
		assert.Equal(t, 403, alice.do("GET", path, nil).Status, path)
	}
	assert.Equal(t, "app.scheme.get.app_error", admin.do("GET", "/api/v4/schemes/aaaaaaaaaaaaaaaaaaaaaaaaaa", nil).problem())
	assert.Equal(t, "app.job.get.app_error", admin.do("GET", "/api/v4/jobs/aaaaaaaaaaaaaaaaaaaaaaaaaa", nil).problem())
}

func TestABusyServerDoesWithoutSearches(t *testing.T) {
	mm := mmfake.New(t)
	admin, alice := clientOf(t, mm, mm.Admin), clientOf(t, mm, mm.User("alice"))
	search := func() reply { return alice.do("POST", "/api/v4/users/search", object{"term": "alice"}) }

	assert.False(t, admin.do("GET", "/api/v4/server_busy", nil).get("busy").Bool())
	assert.Equal(t, 403, alice.do("POST", "/api/v4/server_busy", nil).Status)
	assert.Equal(t, 400, admin.do("POST", "/api/v4/server_busy?seconds=0", nil).Status)
	require.Equal(t, 200, admin.do("POST", "/api/v4/server_busy?seconds=60", nil).Status)

	assert.True(t, admin.do("GET", "/api/v4/server_busy", nil).get("busy").Bool())
	assert.Equal(t, "api.context.server_busy.app_error", search().problem())
	assert.Equal(t, 503, search().Status)
	assert.Equal(t, 200, alice.do("GET", "/api/v4/users/me", nil).Status, "the rest goes on")
	require.Equal(t, 200, admin.do("DELETE", "/api/v4/server_busy", nil).Status)
	assert.Equal(t, 200, search().Status)
}

func TestPluginsCannotBeUploadedNorSwitched(t *testing.T) {
	mm := mmfake.New(t)
	admin := clientOf(t, mm, mm.Admin)

	assert.Equal(t, "app.plugin.upload_disabled.app_error", admin.do("POST", "/api/v4/plugins", nil).problem())
	assert.Equal(t, "app.plugin.not_installed.app_error", admin.do("POST", "/api/v4/plugins/com.example.plugin/enable", nil).problem())
}
