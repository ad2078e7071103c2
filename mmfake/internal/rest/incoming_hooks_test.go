package rest_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

// directOf makes the direct channel of two users and returns the answer.
func directOf(t *testing.T, mm *mmfake.Server, a, b *mmfake.Actor) reply {
	t.Helper()
	r := clientOf(t, mm, a).do("POST", "/api/v4/channels/direct", []string{a.ID, b.ID})
	require.Equal(t, 201, r.Status)
	return r
}

func TestNobodyMakesAWebhookIntoADirectChannel(t *testing.T) {
	mm := mmfake.New(t)
	direct := directOf(t, mm, mm.Admin, mm.User("bob"))
	r := clientOf(t, mm, mm.Admin).do("POST", "/api/v4/hooks/incoming", map[string]string{"channel_id": direct.get("id").String()})
	assert.Equal(t, 403, r.Status, "it is in no team, in which facts 6.1 wants a permission")
	assert.Equal(t, "api.context.permissions.app_error", r.problem())
}

func TestADirectChannelHasItsNameInEveryTeam(t *testing.T) {
	mm := mmfake.New(t)
	bob := mm.User("bob")
	dev := mm.Channel("dev")
	direct := directOf(t, mm, mm.Admin, bob)
	name, id := direct.get("name").String(), direct.get("id").String()

	found := clientOf(t, mm, bob).do("GET", "/api/v4/teams/"+dev.TeamID+"/channels/name/"+name, nil)
	assert.Equal(t, id, found.get("id").String(), "%s", found.Body)
	hidden := clientOf(t, mm, mm.User("eve")).do("GET", "/api/v4/teams/"+dev.TeamID+"/channels/name/"+name, nil)
	assert.Equal(t, 404, hidden.Status)

	hook := clientOf(t, mm, mm.Admin).do("POST", "/api/v4/hooks/incoming", map[string]string{"channel_id": dev.ID})
	posted := clientOf(t, mm, nil).do("POST", "/hooks/"+hook.get("id").String(), map[string]string{"channel": name, "text": "psst"})
	require.Equal(t, 200, posted.Status, "%s", posted.Body)
	posts := clientOf(t, mm, bob).do("GET", "/api/v4/channels/"+id+"/posts", nil)
	assert.Equal(t, "psst", posts.get("posts."+posts.get("order.0").String()+".message").String())
}

// incomingHook makes a webhook as a user and returns the answer.
func incomingHook(t *testing.T, mm *mmfake.Server, as *mmfake.Actor, fields map[string]any) reply {
	t.Helper()
	return clientOf(t, mm, as).do("POST", "/api/v4/hooks/incoming", fields)
}

func TestTheServerMakesTheIDOfAWebhook(t *testing.T) {
	for version, id := range map[string]string{
		"11.6": "app.webhooks.save_incoming.existing.app_error", "5.0": "store.sql_webhooks.save_incoming.existing.app_error",
	} {
		mm := mmfake.New(t, mmfake.Version(version))
		r := incomingHook(t, mm, mm.Admin, map[string]any{"channel_id": mm.Channel("dev").ID, "id": mm.Admin.ID})
		assert.Equal(t, 400, r.Status)
		assert.Equal(t, id, r.problem(), "as %s", version)
	}
}

func TestAWebhooksNameIsCheckedBeforeItsLength(t *testing.T) {
	mm := mmfake.New(t)
	r := incomingHook(t, mm, mm.Admin, map[string]any{"channel_id": mm.Channel("dev").ID, "username": strings.Repeat("x", 65), "display_name": strings.Repeat("x", 65)})
	assert.Equal(t, "api.incoming_webhook.invalid_username.app_error", r.problem())
}

func TestAWebhookMadeAsDeletedIsNeverFoundAgain(t *testing.T) {
	mm := mmfake.New(t)
	r := incomingHook(t, mm, mm.Admin, map[string]any{"channel_id": mm.Channel("dev").ID, "delete_at": 5, "create_at": 5})
	assert.Equal(t, int64(5), r.get("delete_at").Int())
	assert.NotEqual(t, int64(5), r.get("create_at").Int())
	assert.Equal(t, 404, clientOf(t, mm, mm.Admin).do("GET", "/api/v4/hooks/incoming/"+r.get("id").String(), nil).Status)
}

func TestAWebhookIsNotChangedToWhatTheDatabaseHasNoRoomFor(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	hook := incomingHook(t, mm, mm.Admin, map[string]any{"channel_id": dev.ID}).get("id").String()
	change := func(field, value string) reply {
		return clientOf(t, mm, mm.Admin).do("PUT", "/api/v4/hooks/incoming/"+hook, map[string]string{"id": hook, "channel_id": dev.ID, field: value})
	}
	for field, n := range map[string]int{"display_name": 64, "description": 500, "icon_url": 1024} {
		r := change(field, strings.Repeat("ü", n+1))
		assert.Equal(t, 500, r.Status, field)
		assert.Equal(t, "app.webhooks.update_incoming.app_error", r.problem(), field)
		assert.Equal(t, 201, change(field, strings.Repeat("ü", n)).Status, field)
	}
	assert.Equal(t, "api.incoming_webhook.invalid_username.app_error", change("username", "Not A Name").problem())
}

func TestAWebhookIntoAPrivateChannelIsManagedByThoseWhoReadIt(t *testing.T) {
	mm := mmfake.New(t)
	dev, secret := mm.Channel("dev"), mm.PrivateChannel("secret")
	bob := mm.User("bob", dev)
	admin := clientOf(t, mm, mm.Admin)
	require.Equal(t, 200, admin.do("PUT", "/api/v4/teams/"+dev.TeamID+"/members/"+bob.ID+"/roles", map[string]string{"roles": "team_user team_admin"}).Status)
	hook := incomingHook(t, mm, mm.Admin, map[string]any{"channel_id": secret.ID}).get("id").String()

	for _, method := range []string{"GET", "DELETE"} {
		assert.Equal(t, 403, clientOf(t, mm, bob).do(method, "/api/v4/hooks/incoming/"+hook, nil).Status, method)
	}
	require.Equal(t, 201, admin.do("POST", "/api/v4/channels/"+secret.ID+"/members", map[string]string{"user_id": bob.ID}).Status)
	assert.Equal(t, 200, clientOf(t, mm, bob).do("GET", "/api/v4/hooks/incoming/"+hook, nil).Status)
}

func TestWhoMayNotChangeAWebhookHearsFirstThatItsChannelOrTeamIsWrong(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	bob := mm.User("bob", dev)
	hook := incomingHook(t, mm, mm.Admin, map[string]any{"channel_id": dev.ID}).get("id").String()
	change := func(fields map[string]string) int {
		fields["id"] = hook
		return clientOf(t, mm, bob).do("PUT", "/api/v4/hooks/incoming/"+hook, fields).Status
	}
	assert.Equal(t, 404, change(map[string]string{"channel_id": bob.ID}))
	assert.Equal(t, 400, change(map[string]string{"channel_id": dev.ID, "team_id": bob.ID}))
	assert.Equal(t, 403, change(map[string]string{"channel_id": dev.ID}))
}
