package rest_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/tidwall/gjson"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

// grant gives a role a permission besides those that it has.
func (c client) grant(role, permission string) reply {
	c.t.Helper()
	now := c.do("GET", "/api/v4/roles/name/"+role, nil)
	require.Equal(c.t, 200, now.Status)
	list := append(names(now, "permissions"), permission)
	return c.do("PUT", "/api/v4/roles/"+now.get("id").String()+"/patch", object{"permissions": list})
}

func TestAnAdminLetsMembersMakeWebhooks(t *testing.T) {
	for version, permission := range map[string]string{
		"11.6": "manage_own_incoming_webhooks", "5.36": "manage_incoming_webhooks", "5.0": "manage_webhooks",
	} {
		mm := mmfake.New(t, mmfake.Version(version))
		admin := clientOf(t, mm, mm.Admin)
		alice, dev := aliceIn(t, mm)
		hook := object{"channel_id": dev.ID}
		require.Equal(t, 403, alice.do("POST", "/api/v4/hooks/incoming", hook).Status, version)

		changed := admin.grant("team_user", permission)

		assert.Contains(t, names(changed, "permissions"), permission, version)
		assert.Equal(t, 201, alice.do("POST", "/api/v4/hooks/incoming", hook).Status, version)
	}
}

func TestAPermissionThatARoleLosesIsGone(t *testing.T) {
	mm := mmfake.New(t)
	admin := clientOf(t, mm, mm.Admin)
	alice, dev := aliceIn(t, mm)
	next := alice.listen()
	role := admin.do("GET", "/api/v4/roles/name/channel_user", nil)
	rest := slices.DeleteFunc(names(role, "permissions"), func(p string) bool { return p == "create_post" })

	require.Equal(t, 200, admin.do("PUT", "/api/v4/roles/"+role.get("id").String()+"/patch", object{"permissions": rest}).Status)

	assert.Equal(t, 403, alice.do("POST", "/api/v4/posts", object{"channel_id": dev.ID, "message": "hi"}).Status)
	told := gjson.Parse(next("role_updated").Get("data.role").String())
	assert.Equal(t, "channel_user", told.Get("name").String())
	assert.Equal(t, role.get("id").String(), told.Get("id").String())
}

func TestRolesThatCannotBeChanged(t *testing.T) {
	mm := mmfake.New(t)
	admin, alice := clientOf(t, mm, mm.Admin), clientOf(t, mm, mm.User("alice"))

	assert.Equal(t, "api.roles.patch_roles.license.error", admin.grant("team_guest", "create_post").problem())
	assert.Equal(t, "api.roles.patch_roles.not_allowed_permission.error", admin.grant("system_user", "manage_system").problem())
	assert.Equal(t, "app.role.save.invalid_role.app_error", admin.grant("system_user", "Fly!").problem())
	assert.Equal(t, "api.context.permissions.app_error", alice.grant("system_user", "create_bot").problem())
	assert.Equal(t, "app.role.get.app_error", admin.do("PUT", "/api/v4/roles/aaaaaaaaaaaaaaaaaaaaaaaaaa/patch", object{}).problem())
}

func TestASnapshotHoldsWhatRolesAllow(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := aliceIn(t, mm)
	before := mm.Snapshot()
	require.Equal(t, 200, clientOf(t, mm, mm.Admin).grant("team_user", "manage_own_incoming_webhooks").Status)

	mm.Restore(before)

	assert.Equal(t, 403, alice.do("POST", "/api/v4/hooks/incoming", object{"channel_id": dev.ID}).Status)
}

func TestATeamAdminPostsInChannelsThatHeIsNotIn(t *testing.T) {
	for version, want := range map[string]struct{ post, command int }{
		"11.6": {201, 200}, "5.36": {201, 403}, "5.0": {403, 403},
	} {
		mm := mmfake.New(t, mmfake.Version(version))
		admin := clientOf(t, mm, mm.Admin)
		dev, secret := mm.Channel("dev"), mm.PrivateChannel("secret")
		bob := mm.User("bob", dev)
		client := clientOf(t, mm, bob)
		path := "/api/v4/teams/" + dev.TeamID + "/members/" + bob.ID + "/roles"
		require.Equal(t, 200, admin.do("PUT", path, object{"roles": "team_user team_admin"}).Status)

		post := client.do("POST", "/api/v4/posts", object{"channel_id": secret.ID, "message": "hi"})
		command := client.do("POST", "/api/v4/commands/execute", object{"channel_id": secret.ID, "command": "/shrug"})

		assert.Equal(t, want.post, post.Status, version)
		assert.Equal(t, want.command, command.Status, version)
		assert.Equal(t, 403, client.do("GET", "/api/v4/channels/"+secret.ID+"/posts", nil).Status, version)
		assert.Equal(t, want.post, client.do("POST", "/api/v4/channels/"+secret.ID+"/members", object{"user_id": bob.ID}).Status, version)
	}
}

func TestAVersionHasItsRolesAndNoLaterOnes(t *testing.T) {
	for version, want := range map[string]struct {
		found                           string
		guest, manager, guestOfAChannel string
	}{
		"11.6": {`["system_custom_group_admin","system_guest","system_manager"]`, "", "api.user.update_user_roles.license.app_error", "api.channel.update_channel_member_roles.guest_and_user.app_error"},
		"5.36": {`["system_guest","system_manager"]`, "", "api.user.update_user_roles.license.app_error", "api.channel.update_channel_member_roles.guest_and_user.app_error"},
		"5.0":  {`[]`, "app.role.check_roles_exist.role_not_found", "app.role.check_roles_exist.role_not_found", "store.sql_role.get_by_name.app_error"},
	} {
		mm := mmfake.New(t, mmfake.Version(version))
		admin, dev := clientOf(t, mm, mm.Admin), mm.Channel("dev")
		alice := mm.User("alice", dev)
		set := func(roles string) string {
			return admin.do("PUT", "/api/v4/users/"+alice.ID+"/roles", object{"roles": roles}).problem()
		}

		found := names(admin.do("POST", "/api/v4/roles/names", []string{"system_manager", "system_guest", "system_custom_group_admin"}), "#.name")
		slices.Sort(found)
		text, _ := json.Marshal(append([]string{}, found...))
		assert.JSONEq(t, want.found, string(text), version)
		assert.Equal(t, want.guest, set("system_guest"), version)
		assert.Equal(t, want.manager, set("system_user system_manager"), version)
		assert.Equal(t, want.guestOfAChannel, admin.do("PUT", "/api/v4/channels/"+dev.ID+"/members/"+alice.ID+"/roles", object{"roles": "channel_user channel_guest"}).problem(), version)
	}
}
