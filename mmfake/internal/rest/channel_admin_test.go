package rest_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

func TestAnAdminListsTheChannelsOfAllTeams(t *testing.T) {
	mm := mmfake.New(t)
	mm.Channel("dev")
	bench := mm.Team("lab").Channel("bench")
	admin := clientOf(t, mm, mm.Admin)
	require.Equal(t, 200, admin.do("DELETE", "/api/v4/channels/"+mm.Channel("attic").ID, nil).Status)

	list := admin.do("GET", "/api/v4/channels?exclude_default_channels=true", nil)

	assert.Equal(t, []string{"bench", "dev"}, names(list, "#.name"))
	assert.Equal(t, "lab", list.get("0.team_name").String())
	assert.Equal(t, bench.TeamID, list.get("0.team_id").String())
	page := admin.do("GET", "/api/v4/channels?exclude_default_channels=true&include_deleted=true&include_total_count=true&per_page=1", nil)
	assert.Equal(t, []string{"attic"}, names(page, "channels.#.name"))
	assert.EqualValues(t, 3, page.get("total_count").Int())
	assert.Equal(t, 403, clientOf(t, mm, mm.User("alice")).do("GET", "/api/v4/channels", nil).Status)
}

func TestAnAdminSearchesTheChannelsOfAllTeams(t *testing.T) {
	mm := mmfake.New(t)
	dev, vault := mm.Channel("dev-one"), mm.PrivateChannel("dev-vault")
	mm.Team("lab").Channel("dev-two")
	admin, alice := clientOf(t, mm, mm.Admin), clientOf(t, mm, mm.User("alice", dev, vault))
	search := func(as client, query string, body object) reply {
		return as.do("POST", "/api/v4/channels/search"+query, body)
	}

	assert.Equal(t, []string{"dev-one", "dev-two", "dev-vault"}, names(search(admin, "", object{"term": "dev"}), "#.name"))
	assert.Equal(t, []string{"dev-vault"}, names(search(admin, "", object{"term": "dev", "private": true}), "#.name"))
	assert.Equal(t, []string{"dev-one", "dev-vault"}, names(search(admin, "", object{"term": "dev", "team_ids": []string{dev.TeamID}}), "#.name"))
	page := search(admin, "", object{"term": "dev", "page": 1, "per_page": 1})
	assert.Equal(t, []string{"dev-two"}, names(page, "channels.#.name"))
	assert.EqualValues(t, 3, page.get("total_count").Int())
	assert.Equal(t, 403, search(alice, "", object{"term": "dev"}).Status)
	assert.Equal(t, []string{"dev-one", "dev-vault"}, names(search(alice, "?system_console=false", object{"term": "dev"}), "#.name"), "her own")
}

func TestGroupsAreSearchedByTheirMembersNames(t *testing.T) {
	mm := mmfake.New(t)
	alice, bob, carol, dave := mm.User("alice"), mm.User("bob"), mm.User("carol"), mm.User("dave")
	as := clientOf(t, mm, alice)
	for _, ids := range [][]string{{bob.ID, carol.ID}, {carol.ID, dave.ID}} {
		require.Equal(t, 201, as.do("POST", "/api/v4/channels/group", ids).Status)
	}
	search := func(term string) []string {
		return names(as.do("POST", "/api/v4/channels/group/search", object{"term": term}), "#.display_name")
	}

	assert.Equal(t, []string{"alice, bob, carol"}, search("car bob"))
	assert.Equal(t, []string{"alice, bob, carol", "alice, carol, dave"}, search("carol"))
	assert.Empty(t, search("nobody"))
}

func TestAChannelMovesToAnotherTeamWithItsWebhooks(t *testing.T) {
	mm := mmfake.New(t)
	dev, lab := mm.Channel("dev"), mm.Team("lab")
	alice := mm.User("alice", dev)
	hook := mm.IncomingWebhook(dev)
	admin := clientOf(t, mm, mm.Admin)
	move := func(as client, body object) reply {
		return as.do("POST", "/api/v4/channels/"+dev.ID+"/move", body)
	}
	to := object{"team_id": lab.ID, "force": false}

	assert.Equal(t, 403, move(clientOf(t, mm, alice), to).Status)
	assert.Equal(t, "api.context.invalid_body_param.app_error", move(admin, object{"team_id": lab.ID}).problem())
	assert.Equal(t, "app.channel.move_channel.members_do_not_match.error", move(admin, to).problem(), "alice is not in lab")
	to["force"] = true
	moved := move(admin, to)

	require.Equal(t, 200, moved.Status, "%s", moved.Body)
	assert.Equal(t, lab.ID, moved.get("team_id").String())
	assert.Equal(t, lab.ID, admin.do("GET", "/api/v4/hooks/incoming/"+hook.ID, nil).get("team_id").String())
	assert.Equal(t, 404, admin.do("GET", "/api/v4/channels/"+dev.ID+"/members/"+alice.ID, nil).Status)
	assert.Equal(t, "This channel has been moved to this team from test.", admin.told(dev.ID)[0])
	assert.Equal(t, dev.ID, admin.do("GET", "/api/v4/teams/"+lab.ID+"/channels/name/dev", nil).get("id").String())
}
