package rest_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

type section = map[string]any

// patchConfig has the admin change settings, and expects it to work.
func patchConfig(t *testing.T, mm *mmfake.Server, change map[string]section) {
	t.Helper()
	r := clientOf(t, mm, mm.Admin).do("PUT", "/api/v4/config/patch", change)
	require.Equal(t, 200, r.Status, "%s", r.Body)
}

func TestAMemberNeitherReadsNorChangesTheConfig(t *testing.T) {
	mm := mmfake.New(t)
	alice, _ := aliceIn(t, mm)
	for endpoint, method := range map[string]string{
		"config": "GET", "config/environment": "GET", "config/patch": "PUT", "config/reload": "POST", "logs": "GET",
		"analytics/old": "GET", "plugins": "GET", "roles": "GET", "caches/invalidate": "POST", "database/recycle": "POST",
	} {
		r := alice.do(method, "/api/v4/"+endpoint, map[string]any{})
		assert.Equal(t, 403, r.Status, endpoint)
		assert.Equal(t, "api.context.permissions.app_error", r.problem(), endpoint)
	}
}

func TestAPatchedSettingIsReadBackAndTheRestStays(t *testing.T) {
	mm := mmfake.New(t)
	admin := clientOf(t, mm, mm.Admin)
	patchConfig(t, mm, map[string]section{"ServiceSettings": {"EnableCommands": false, "NoSuchSetting": 1}, "TeamSettings": {"MaxUsersPerTeam": 7}})

	config := admin.do("GET", "/api/v4/config", nil)
	assert.False(t, config.get("ServiceSettings.EnableCommands").Bool())
	assert.EqualValues(t, 7, config.get("TeamSettings.MaxUsersPerTeam").Int())
	assert.True(t, config.get("ServiceSettings.EnableIncomingWebhooks").Bool())
	assert.Equal(t, mm.URL, config.get("ServiceSettings.SiteURL").String())
	client := admin.do("GET", "/api/v4/config/client?format=old", nil)
	assert.Equal(t, "false", client.get("EnableCommands").String())
}

func TestClientsLearnOfNoSettingThatTheirServerDoesNotHave(t *testing.T) {
	for version, want := range map[string]string{"11.6": `["true","always_on","50"]`, "5.36": `["true","disabled"]`, "5.0": `[]`} {
		mm := mmfake.New(t, mmfake.Version(version))
		r := clientOf(t, mm, mm.Admin).do("GET", "/api/v4/config/client?format=old", nil)
		assert.Equal(t, want, r.get("[EnableCustomUserStatuses,CollapsedThreads,UniqueEmojiReactionLimitPerPost]").Raw, version)
	}
}

func TestAReplacedConfigHasTheDefaultsOfWhatItLeavesOut(t *testing.T) {
	mm := mmfake.New(t)
	admin := clientOf(t, mm, mm.Admin)
	patchConfig(t, mm, map[string]section{"TeamSettings": {"MaxUsersPerTeam": 7}})

	r := admin.do("PUT", "/api/v4/config", map[string]section{"ServiceSettings": {"EnableCommands": false}})

	assert.EqualValues(t, 50, r.get("TeamSettings.MaxUsersPerTeam").Int())
	assert.False(t, r.get("ServiceSettings.EnableCommands").Bool())
}

func TestASettingThatTheServerCannotRunWithIsRefused(t *testing.T) {
	mm := mmfake.New(t)
	admin := clientOf(t, mm, mm.Admin)
	for id, change := range map[string]map[string]section{
		"model.config.is_valid.max_users.app_error":                   {"TeamSettings": {"MaxUsersPerTeam": 0}},
		"model.config.is_valid.restrict_direct_message.app_error":     {"TeamSettings": {"RestrictDirectMessage": "nobody"}},
		"api.config.update_config.clear_siteurl.app_error":            {"ServiceSettings": {"SiteURL": ""}},
		"api.context.invalid_body_param.app_error":                    {"ServiceSettings": {"EnableCommands": "yes"}},
		"model.config.is_valid.password_length.app_error":             {"PasswordSettings": {"MinimumLength": 2}},
		"model.config.is_valid.teammate_name_display.app_error":       {"TeamSettings": {"TeammateNameDisplay": "x"}},
		"model.config.is_valid.unique_emoji_reaction_limit.app_error": {"ServiceSettings": {"UniqueEmojiReactionLimitPerPost": 501}},
	} {
		r := admin.do("PUT", "/api/v4/config/patch", change)
		assert.Equal(t, 400, r.Status)
		assert.Equal(t, id, r.problem())
	}
	for _, body := range []string{`{"ServiceSettings": 5}`, `null`, `[]`, ``} {
		assert.Equal(t, 400, admin.do("PUT", "/api/v4/config/patch", body).Status, body)
	}
}

func TestWhatASettingTurnsOffIsRefusedAsByTheRealServer(t *testing.T) {
	mm := mmfake.New(t)
	admin := clientOf(t, mm, mm.Admin)
	alice, dev := aliceIn(t, mm)
	hook := mm.IncomingWebhook(dev)
	patchConfig(t, mm, map[string]section{
		"ServiceSettings": {
			"EnableIncomingWebhooks": false, "EnableOutgoingWebhooks": false, "EnableUserAccessTokens": false,
			"EnableBotAccountCreation": false, "EnableCustomEmoji": false,
		},
		"FileSettings": {"EnableFileAttachments": false},
		"TeamSettings": {"EnableUserCreation": false},
	})
	for _, off := range []struct {
		method, path string
		body         any
		status       int
	}{
		{"POST", "/api/v4/hooks/incoming", map[string]string{"channel_id": dev.ID}, 501},
		{"POST", hook.URL[len(mm.URL):], map[string]string{"text": "x"}, 501},
		{"POST", "/api/v4/hooks/outgoing", map[string]any{"team_id": dev.TeamID, "display_name": "x", "trigger_words": []string{"x"}, "callback_urls": []string{"http://x.test"}}, 501},
		{"POST", "/api/v4/users/me/tokens", map[string]string{"description": "x"}, 501},
		{"POST", "/api/v4/bots", map[string]string{"username": "robot"}, 403},
		{"GET", "/api/v4/emoji", nil, 501},
		{"POST", "/api/v4/files?filename=a&channel_id=" + dev.ID, "x", 403},
	} {
		r := admin.do(off.method, off.path, off.body)
		assert.Equal(t, off.status, r.Status, "%s %s: %s", off.method, off.path, r.Body)
		assert.NotEqual(t, "mmfake.not_implemented", r.problem())
	}
	made := clientOf(t, mm, nil).do("POST", "/api/v4/users", map[string]string{"username": "new", "email": "new@example.com", "password": "Passw0rd!"})
	assert.Equal(t, 501, made.Status, "%s", made.Body)
	assert.Equal(t, 200, alice.do("GET", "/api/v4/users/me", nil).Status)
}

func TestWithoutOverridesAWebhookPostsInItsOwnersName(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := aliceIn(t, mm)
	hook := mm.IncomingWebhook(dev)
	patchConfig(t, mm, map[string]section{"ServiceSettings": {"EnablePostUsernameOverride": false, "EnablePostIconOverride": false}})

	clientOf(t, mm, nil).do("POST", hook.URL[len(mm.URL):], map[string]string{"text": "x", "username": "ci", "icon_emoji": "rocket"})

	posts := alice.do("GET", "/api/v4/channels/"+dev.ID+"/posts?per_page=1", nil)
	props := posts.get("posts." + posts.get("order.0").String() + ".props")
	assert.False(t, props.Get("override_username").Exists())
	assert.False(t, props.Get("override_icon_url").Exists())
}

func TestClientsHearOfAChangedSetting(t *testing.T) {
	mm := mmfake.New(t)
	alice, _ := aliceIn(t, mm)
	next := alice.listen()
	before := alice.do("GET", "/api/v4/users/me", nil).Header.Get("X-Version-Id")

	patchConfig(t, mm, map[string]section{"ServiceSettings": {"EnableCommands": false}})

	assert.Equal(t, "false", next("config_changed").Get("data.config.EnableCommands").String())
	assert.NotEqual(t, before, alice.do("GET", "/api/v4/users/me", nil).Header.Get("X-Version-Id"))
}
