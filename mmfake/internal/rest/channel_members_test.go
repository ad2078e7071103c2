package rest_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

func TestMembersAreAddedBelowAPost(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := aliceIn(t, mm)
	root := mm.User("alice").Post(dev, "who else?")
	bob, carol := mm.User("bob").ID, mm.User("carol").ID
	path := "/api/v4/channels/" + dev.ID + "/members"

	require.Equal(t, 201, alice.do("POST", path, object{"user_ids": []string{bob, carol}, "post_root_id": root.ID}).Status)

	assert.Len(t, alice.do("GET", "/api/v4/posts/"+root.ID+"/thread", nil).get("order").Array(), 3)
	elsewhere := mm.Admin.Post(mm.Channel("ops"), "not here")
	assert.Equal(t, 400, alice.do("POST", path, object{"user_id": bob, "post_root_id": elsewhere.ID}).Status)
	assert.Equal(t, 400, alice.do("POST", path, object{"user_ids": []string{"short"}}).Status)
}

func TestWhoCannotBeAddedIsReportedWhenNobodyCan(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := aliceIn(t, mm)
	r := alice.do("POST", "/api/v4/channels/"+dev.ID+"/members", object{"user_ids": []string{"aaaaaaaaaaaaaaaaaaaaaaaaaa"}})
	assert.Equal(t, "app.user.missing_account.const", r.problem())
}

func TestWhoLeavesAPrivateChannelCannotReadItAnyMore(t *testing.T) {
	mm := mmfake.New(t)
	vault := mm.PrivateChannel("vault")
	alice := clientOf(t, mm, mm.User("alice", vault))
	require.Equal(t, 200, alice.do("DELETE", "/api/v4/channels/"+vault.ID+"/members/me", nil).Status)
	assert.Equal(t, 403, alice.do("GET", "/api/v4/channels/"+vault.ID+"/posts", nil).Status)
	assert.Equal(t, []string{"@alice left the channel."}, clientOf(t, mm, mm.Admin).told(vault.ID))
	assert.Equal(t, "app.channel.get_member.missing.app_error", clientOf(t, mm, mm.Admin).do("GET", "/api/v4/channels/"+vault.ID+"/members/"+mm.User("alice").ID, nil).problem())
}

func TestRolesOfChannelMembers(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := aliceIn(t, mm)
	admin := clientOf(t, mm, mm.Admin)
	path := "/api/v4/channels/" + dev.ID + "/members/" + mm.User("alice").ID
	for _, c := range []struct {
		endpoint string
		body     object
		roles    string // what alice is then, "" where it is refused
		problem  string
	}{
		{"/roles", object{"roles": "channel_user channel_admin"}, "channel_user channel_admin", ""},
		{"/schemeRoles", object{"scheme_user": true, "scheme_admin": false}, "channel_user", ""},
		{"/roles", object{"roles": "system_post_all channel_user"}, "system_post_all channel_user", ""},
		{"/schemeRoles", object{"scheme_user": true, "scheme_admin": true}, "system_post_all channel_user channel_admin", ""},
		{"/roles", object{"roles": "team_admin"}, "", "api.channel.update_channel_member_roles.scheme_role.app_error"},
		{"/roles", object{"roles": "channel_guest"}, "", "api.channel.update_channel_member_roles.changing_guest_role.app_error"},
		{"/schemeRoles", object{"scheme_admin": true}, "", "api.channel.update_channel_member_roles.unset_user_scheme.app_error"},
		{"/schemeRoles", object{"scheme_user": true, "scheme_guest": true}, "", "api.channel.update_channel_member_roles.user_and_guest.app_error"},
		{"/roles", object{"roles": "channel_user channel_guest"}, "", "api.channel.update_channel_member_roles.guest_and_user.app_error"},
		{"/roles", object{"roles": "King!"}, "", "api.context.invalid_body_param.app_error"},
		{"/roles", object{"roles": "system_admin"}, "", "api.context.invalid_body_param.app_error"},
		{"/roles", object{"roles": "emperor"}, "", "app.role.get_by_name.app_error"},
	} {
		r := admin.do("PUT", path+c.endpoint, c.body)
		assert.Equal(t, c.problem, r.problem(), c.body)
		if c.roles != "" {
			assert.Equal(t, c.roles, alice.do("GET", path, nil).get("roles").String(), c.body)
		}
	}
}

func TestAMutedChannelHasOnlyMentionsUnread(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := aliceIn(t, mm)
	bob := mm.User("bob", dev)
	require.Equal(t, 200, alice.do("PUT", "/api/v4/channels/"+dev.ID+"/members/me/notify_props", object{"mark_unread": "mention", "unknown": "x"}).Status)
	bob.Post(dev, "one")
	bob.Post(dev, "two for @alice")

	r := alice.do("GET", "/api/v4/users/me/channels/"+dev.ID+"/unread", nil)
	assert.EqualValues(t, 0, r.get("msg_count").Int())
	assert.EqualValues(t, 1, r.get("mention_count").Int())
	props := alice.do("GET", "/api/v4/channels/"+dev.ID+"/members/me", nil).get("notify_props")
	assert.Equal(t, "mention", props.Get("mark_unread").String())
	assert.Equal(t, "default", props.Get("push").String())
	assert.False(t, props.Get("unknown").Exists())
}

func TestSeveralChannelsAreMarkedReadAtOnce(t *testing.T) {
	mm := mmfake.New(t)
	dev, ops, other := mm.Channel("dev"), mm.Channel("ops"), mm.Channel("other")
	alice, bob := clientOf(t, mm, mm.User("alice", dev, ops)), mm.User("bob", dev, ops)
	bob.Post(dev, "one")
	last := bob.Post(ops, "two")

	r := alice.do("POST", "/api/v4/channels/members/me/mark_read", []string{dev.ID, ops.ID, other.ID})

	assert.Equal(t, last.CreateAt, r.get("last_viewed_at_times."+ops.ID).Int())
	assert.Len(t, r.get("last_viewed_at_times").Map(), 2, "of the channels that alice is in")
	for _, id := range []string{dev.ID, ops.ID} {
		assert.EqualValues(t, 0, alice.do("GET", "/api/v4/users/me/channels/"+id+"/unread", nil).get("msg_count").Int())
	}
	assert.Equal(t, 403, alice.do("GET", "/api/v4/users/me/channels/"+other.ID+"/unread", nil).Status)
}

func TestViewingBothTheNewAndTheFormerChannelReadsBoth(t *testing.T) {
	mm := mmfake.New(t)
	dev, ops := mm.Channel("dev"), mm.Channel("ops")
	alice, bob := clientOf(t, mm, mm.User("alice", dev, ops)), mm.User("bob", dev, ops)
	bob.Post(dev, "one")
	bob.Post(ops, "two")
	r := alice.do("POST", "/api/v4/channels/members/me/view", object{"channel_id": dev.ID, "prev_channel_id": ops.ID})
	assert.Len(t, r.get("last_viewed_at_times").Map(), 2)
	assert.Equal(t, "{}", alice.do("POST", "/api/v4/channels/members/me/view", object{"channel_id": ""}).get("last_viewed_at_times").Raw)
	assert.Equal(t, 400, alice.do("POST", "/api/v4/channels/members/me/view", object{"channel_id": "short"}).Status)
}

func TestChannelStatsCountPinsAndFilesAndActiveMembers(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := aliceIn(t, mm)
	bob := mm.User("bob", dev)
	file := alice.upload(dev.ID, "a.txt", "hello").get("file_infos.0.id").String()
	require.Equal(t, 201, alice.do("POST", "/api/v4/posts", object{"channel_id": dev.ID, "message": "x", "file_ids": []string{file}, "is_pinned": true}).Status)
	require.Equal(t, 200, clientOf(t, mm, mm.Admin).do("PUT", "/api/v4/users/"+bob.ID+"/active", object{"active": false}).Status)

	r := alice.do("GET", "/api/v4/channels/"+dev.ID+"/stats", nil)
	assert.JSONEq(t, `{"channel_id":"`+dev.ID+`","member_count":1,"guest_count":0,"pinnedpost_count":1,"files_count":1}`, string(r.Body))
}

func TestAGroupMessageMentionsAllItsOtherMembers(t *testing.T) {
	mm := mmfake.New(t)
	a, b, c := mm.User("a"), mm.User("b"), mm.User("c")
	group := clientOf(t, mm, a).do("POST", "/api/v4/channels/group", []string{b.ID, c.ID}).get("id").String()
	require.Equal(t, 201, clientOf(t, mm, a).do("POST", "/api/v4/posts", object{"channel_id": group, "message": "hi"}).Status)
	assert.EqualValues(t, 1, clientOf(t, mm, b).do("GET", "/api/v4/users/me/channels/"+group+"/unread", nil).get("mention_count").Int())
	assert.EqualValues(t, 0, clientOf(t, mm, a).do("GET", "/api/v4/users/me/channels/"+group+"/unread", nil).get("mention_count").Int())
}

func TestWhoHasLeftTheTeamIsNotAddedToItsChannels(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := aliceIn(t, mm)
	bob := mm.User("bob", dev)
	require.Equal(t, 200, clientOf(t, mm, bob).do("DELETE", "/api/v4/teams/"+dev.TeamID+"/members/me", nil).Status)

	r := alice.do("POST", "/api/v4/channels/"+dev.ID+"/members", object{"user_id": bob.ID})

	assert.Equal(t, "api.channel.add_user.to.channel.failed.deleted.app_error", r.problem())
}

func TestSeveralUsersAtOnceAreAddedByNewVersionsOnly(t *testing.T) {
	for version, status := range map[string]int{"11.6": 201, "5.36": 400} {
		mm := mmfake.New(t, mmfake.Version(version))
		alice, dev := aliceIn(t, mm)

		r := alice.do("POST", "/api/v4/channels/"+dev.ID+"/members", object{"user_ids": []string{mm.User("bob").ID}})

		assert.Equal(t, status, r.Status, version)
	}
}

func TestTheMessageOfANewMemberRepliesToAPostThatIsThere(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := aliceIn(t, mm)
	bob := mm.User("bob")
	for root, problem := range map[string]string{
		"short":                      "api.context.invalid_body_param.app_error",
		"aaaaaaaaaaaaaaaaaaaaaaaaaa": "app.post.get.app_error",
	} {
		r := alice.do("POST", "/api/v4/channels/"+dev.ID+"/members", object{"user_id": bob.ID, "post_root_id": root})
		assert.Equal(t, problem, r.problem(), root)
	}
}

func TestTheMessageOfWhoJoinsIsNoReply(t *testing.T) {
	mm := mmfake.New(t)
	dev, bob := mm.Channel("dev"), mm.User("bob")
	root := mm.User("alice", dev).Post(dev, "come here")

	r := clientOf(t, mm, bob).do("POST", "/api/v4/channels/"+dev.ID+"/members", object{"user_id": bob.ID, "post_root_id": root.ID})

	require.Equal(t, 201, r.Status, "%s", r.Body)
	posts := clientOf(t, mm, mm.Admin).do("GET", "/api/v4/channels/"+dev.ID+"/posts", nil)
	joined := posts.get("posts." + posts.get("order.0").String())
	assert.Equal(t, "bob joined the channel.", joined.Get("message").String())
	assert.Empty(t, joined.Get("root_id").String())
}
