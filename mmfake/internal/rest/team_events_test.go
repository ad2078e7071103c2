package rest_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

func TestAnArchivedPrivateChannelIsToldToItsMembersOnly(t *testing.T) {
	mm := mmfake.New(t)
	vault, dev := mm.PrivateChannel("vault"), mm.Channel("dev")
	alice, bob := mm.User("alice", vault, dev), mm.User("bob", dev)
	member, outsider := listen(t, mm, alice), listen(t, mm, bob)
	as := clientOf(t, mm, alice)

	require.Equal(t, 200, as.do("DELETE", "/api/v4/channels/"+vault.ID, nil).Status)
	require.Equal(t, 200, as.do("DELETE", "/api/v4/channels/"+dev.ID, nil).Status)

	archived := member("channel_deleted")
	assert.Equal(t, vault.ID, archived.get("data.channel_id").String())
	assert.Equal(t, vault.ID, archived.get("broadcast.channel_id").String())
	archived = outsider("channel_deleted")
	assert.Equal(t, dev.ID, archived.get("data.channel_id").String(), "the first that he hears of")
	assert.Equal(t, dev.TeamID, archived.get("broadcast.team_id").String())
}

func TestAChangeOfTheSidebarIsToldToItsUsersClients(t *testing.T) {
	mm, alice, path, category := aSidebar(t)
	own := listen(t, mm, mm.User("alice"))

	made := category(object{"display_name": "Work"})
	id := alice.do("POST", path, made).get("id").String()
	created := own("sidebar_category_created")
	assert.Equal(t, id, created.get("data.category_id").String())
	assert.Equal(t, mm.User("alice").ID, created.get("broadcast.user_id").String())

	made["display_name"] = "Play"
	alice.do("PUT", path+"/"+id, made)
	updated := reply{Body: []byte(own("sidebar_category_updated").get("data.updatedCategories").String())}
	assert.Equal(t, `["Play"]`, updated.get("#.display_name").Raw)

	var order []string
	for _, id := range alice.do("GET", path+"/order", nil).get("@reverse").Array() {
		order = append(order, id.String())
	}
	alice.do("PUT", path+"/order", order)
	assert.Equal(t, order[0], own("sidebar_category_order_updated").get("data.order.0").String())

	alice.do("DELETE", path+"/"+id, nil)
	assert.Equal(t, id, own("sidebar_category_deleted").get("data.category_id").String())
}

func TestMembersHearOfTheirTeam(t *testing.T) {
	mm := mmfake.New(t)
	alice, bob := clientOf(t, mm, mm.User("alice")), mm.User("bob")
	id := alice.newTeam("lab").get("id").String()
	path := "/api/v4/teams/" + id
	require.Equal(t, 201, alice.do("POST", path+"/members", object{"team_id": id, "user_id": bob.ID}).Status)
	member := listen(t, mm, bob)

	alice.do("PUT", path+"/members/"+bob.ID+"/schemeRoles", object{"scheme_user": true, "scheme_admin": true})
	alice.do("PUT", path+"/privacy", object{"privacy": "I"})
	alice.do("DELETE", path, nil)
	alice.do("POST", path+"/restore", nil)

	inside := func(event, key string) reply {
		return reply{Body: []byte(member(event).get("data." + key).String())}
	}
	assert.Equal(t, "team_user team_admin", inside("memberrole_updated", "member").get("roles").String())
	closed := inside("update_team", "team")
	assert.Equal(t, "I", closed.get("type").String())
	assert.Empty(t, closed.get("invite_id").String(), "an event shows what every member may see")
	assert.NotZero(t, inside("delete_team", "team").get("delete_at").Int())
	assert.Zero(t, inside("restore_team", "team").get("delete_at").Int())
}

func TestNothingIsToldOfAChannelThatWasReadAlready(t *testing.T) {
	mm := mmfake.New(t)
	dev, ops := mm.Channel("dev"), mm.Channel("ops")
	alice, bob := mm.User("alice", dev, ops), mm.User("bob", dev, ops)
	own := listen(t, mm, alice)
	as := clientOf(t, mm, alice)
	bob.Post(ops, "news")

	as.do("POST", "/api/v4/channels/members/me/view", object{"channel_id": dev.ID})
	as.do("POST", "/api/v4/channels/members/me/view", object{"channel_id": ops.ID})

	times := own("multiple_channels_viewed").get("data.channel_times").Map()
	assert.Contains(t, times, ops.ID, "dev had nothing unread")
}
