package rest_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

// What a real server does with webhooks and commands that it has, while they are
// switched off: the settings of facts 6.1 and 9.1.

func TestIncomingWebhooksThatAreOffCanNeitherBeReadNorDeleted(t *testing.T) {
	mm := mmfake.New(t)
	admin := clientOf(t, mm, mm.Admin)
	dev := mm.Channel("dev")
	hook := admin.do("POST", "/api/v4/hooks/incoming", map[string]string{"channel_id": dev.ID})
	require.Equal(t, 201, hook.Status)
	path := "/api/v4/hooks/incoming/" + hook.get("id").String()

	patchConfig(t, mm, map[string]section{"ServiceSettings": {"EnableIncomingWebhooks": false}})
	for _, request := range []struct{ method, path string }{
		{"GET", path}, {"PUT", path}, {"DELETE", path}, {"GET", "/api/v4/hooks/incoming"}, {"GET", "/api/v4/hooks/incoming?team_id=" + dev.TeamID},
	} {
		r := admin.do(request.method, request.path, map[string]string{"id": hook.get("id").String(), "channel_id": dev.ID})
		assert.Equal(t, 501, r.Status, "%s %s", request.method, request.path)
		assert.Equal(t, "api.incoming_webhook.disabled.app_error", r.problem())
	}

	patchConfig(t, mm, map[string]section{"ServiceSettings": {"EnableIncomingWebhooks": true}})
	assert.Equal(t, 200, admin.do("GET", path, nil).Status, "it is there still")
}

func TestCommandsThatAreOffAreUnknown(t *testing.T) {
	mm := mmfake.New(t)
	admin := clientOf(t, mm, mm.Admin)
	command := map[string]string{"team_id": mm.Channel("dev").TeamID, "trigger": "deploy", "method": "P", "url": "http://bot.test"}
	made := admin.do("POST", "/api/v4/commands", command)
	require.Equal(t, 201, made.Status)
	command["id"] = made.get("id").String()
	path := "/api/v4/commands/" + command["id"]

	patchConfig(t, mm, map[string]section{"ServiceSettings": {"EnableCommands": false}})
	for _, request := range []struct{ method, path string }{
		{"GET", path}, {"PUT", path}, {"DELETE", path}, {"PUT", path + "/regen_token"}, {"PUT", path + "/move"},
	} {
		r := admin.do(request.method, request.path, command)
		assert.Equal(t, 404, r.Status, "%s %s", request.method, request.path)
		assert.Equal(t, "store.sql_command.save.get.app_error", r.problem())
	}
	list := admin.do("GET", "/api/v4/commands?custom_only=true&team_id="+command["team_id"], nil)
	assert.Equal(t, 501, list.Status)
	assert.Equal(t, "api.command.disabled.app_error", list.problem())
	assert.False(t, admin.do("GET", "/api/v4/commands?team_id="+command["team_id"], nil).get(`#(trigger=="deploy")`).Exists())

	patchConfig(t, mm, map[string]section{"ServiceSettings": {"EnableCommands": true}})
	assert.Equal(t, 200, admin.do("GET", path, nil).Status, "it is there still")
}
