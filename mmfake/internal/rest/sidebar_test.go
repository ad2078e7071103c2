package rest_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

// aSidebar is a client of alice, who is in the channel dev, with the path of her
// categories and what a category of hers needs.
func aSidebar(t *testing.T) (mm *mmfake.Server, alice client, path string, category func(object) object) {
	mm = mmfake.New(t)
	alice, dev := aliceIn(t, mm)
	me := mm.User("alice").ID
	return mm, alice, "/api/v4/users/me/teams/" + dev.TeamID + "/channels/categories", func(o object) object {
		o["user_id"], o["team_id"] = me, dev.TeamID
		return o
	}
}

// placed are the ids of the channels in a category.
func placed(all reply, id string) string {
	return all.get(fmt.Sprintf(`categories.#(id=%q).channel_ids`, id)).Raw
}

func TestEverybodyBeginsWithThreeCategories(t *testing.T) {
	mm, alice, path, _ := aSidebar(t)
	dm := mm.User("alice").Direct(mm.User("bob"))
	r := alice.do("GET", path, nil)
	me, team := mm.User("alice").ID, mm.Team("test").ID
	assert.Equal(t, `["Favorites","Channels","Direct Messages"]`, r.get("categories.#.display_name").Raw)
	assert.JSONEq(t, fmt.Sprintf(`["favorites_%[1]s_%[2]s","channels_%[1]s_%[2]s","direct_messages_%[1]s_%[2]s"]`, me, team), r.get("order").Raw)
	assert.Len(t, r.get("categories.1.channel_ids").Array(), 3, "town-square, off-topic and dev")
	assert.JSONEq(t, fmt.Sprintf(`[%q]`, dm.ID), r.get("categories.2.channel_ids").Raw)
	assert.Equal(t, `[]`, r.get("categories.0.channel_ids").Raw)
	assert.Equal(t, 403, clientOf(t, mm, mm.User("bob")).do("GET", "/api/v4/users/"+me+"/teams/"+team+"/channels/categories", nil).Status)
}

func TestAChannelIsInOneCategoryOnly(t *testing.T) {
	mm, alice, path, category := aSidebar(t)
	dev, other := mm.Channel("dev"), mm.Channel("not-hers")
	work := alice.do("POST", path, category(object{"display_name": "Work", "channel_ids": []string{dev.ID, other.ID, dev.ID}}))
	require.Equal(t, 200, work.Status, "%s", work.Body)
	id := work.get("id").String()
	assert.JSONEq(t, fmt.Sprintf(`[%q]`, dev.ID), work.get("channel_ids").Raw)

	all := alice.do("GET", path, nil)
	assert.Equal(t, id, all.get("order.1").String(), "right after the favourites")
	assert.NotContains(t, all.get("categories.2.channel_ids").Raw, dev.ID)

	favourites := all.get("order.0").String()
	r := alice.do("PUT", path+"/"+favourites, category(object{"display_name": "Stars", "channel_ids": []string{dev.ID}}))
	assert.Equal(t, "Favorites", r.get("display_name").String(), "only categories of one's own are renamed")
	all = alice.do("GET", path, nil)
	assert.JSONEq(t, fmt.Sprintf(`[%q]`, dev.ID), placed(all, favourites))
	assert.Equal(t, `[]`, placed(all, id))
}

func TestADeletedCategoryGivesItsChannelsBack(t *testing.T) {
	mm, alice, path, category := aSidebar(t)
	dev := mm.Channel("dev")
	id := alice.do("POST", path, category(object{"display_name": "Work", "channel_ids": []string{dev.ID}})).get("id").String()
	require.Equal(t, 200, alice.do("DELETE", path+"/"+id, nil).Status)
	all := alice.do("GET", path, nil)
	assert.Contains(t, all.get("categories.1.channel_ids").Raw, dev.ID)
	assert.Equal(t, 403, alice.do("DELETE", path+"/"+id, nil).Status, "an unknown one is not hers")
	assert.Equal(t, 404, clientOf(t, mm, mm.Admin).do("DELETE", strings.Replace(path, "me", mm.User("alice").ID, 1)+"/"+id, nil).Status)
	assert.Equal(t, 400, alice.do("DELETE", path+"/"+all.get("order.0").String(), nil).Status)
}

func TestCategoriesAreOrderedByAListOfAllOfThem(t *testing.T) {
	_, alice, path, _ := aSidebar(t)
	var order []string
	for _, id := range alice.do("GET", path+"/order", nil).get("@this").Array() {
		order = append(order, id.String())
	}
	turned := []string{order[2], order[0], order[1]}
	require.Equal(t, 200, alice.do("PUT", path+"/order", turned).Status)
	r := alice.do("GET", path, nil)
	assert.Equal(t, turned[0], r.get("categories.0.id").String())
	assert.Equal(t, "[0,10,20]", r.get("categories.#.sort_order").Raw)
	assert.Equal(t, 400, alice.do("PUT", path+"/order", turned[:2]).Status)
	assert.Equal(t, 400, alice.do("PUT", path+"/order", []string{order[0], order[0], order[1]}).Status)
}

func TestMutingACategoryMutesItsChannels(t *testing.T) {
	mm, alice, path, category := aSidebar(t)
	dev := mm.Channel("dev")
	made := category(object{"display_name": "Work", "channel_ids": []string{dev.ID}})
	made["id"] = alice.do("POST", path, made).get("id").String()
	mark := func(muted bool) string {
		made["muted"] = muted
		require.Equal(t, 200, alice.do("PUT", path, []object{made}).Status)
		return alice.do("GET", "/api/v4/channels/"+dev.ID+"/members/me", nil).get("notify_props.mark_unread").String()
	}
	assert.Equal(t, "mention", mark(true))
	assert.Equal(t, "all", mark(false))
}

func TestACategoryOfSomebodyElseIsRefused(t *testing.T) {
	mm, alice, path, category := aSidebar(t)
	his := category(object{"display_name": "Work"})
	his["user_id"] = mm.User("bob").ID
	assert.Equal(t, 400, alice.do("POST", path, his).Status)
	assert.Equal(t, 400, alice.do("PUT", path, []object{his}).Status)
	assert.Equal(t, 400, alice.do("PUT", path, "[null]").Status)
	for _, id := range []string{"unknown", "custom_aaaaaaaaaaaaaaaaaaaaaaaaaa_aaaaaaaaaaaaaaaaaaaaaaaaaa"} {
		assert.Equal(t, "api.context.invalid_url_param.app_error", alice.do("GET", path+"/"+id, nil).problem(), id)
	}
	assert.Equal(t, 403, alice.do("PUT", path+"/aaaaaaaaaaaaaaaaaaaaaaaaaa", category(object{})).Status)
	assert.Equal(t, 403, alice.do("GET", path+"/aaaaaaaaaaaaaaaaaaaaaaaaaa", nil).Status)
}

func TestACategoryIsSortedByDefaultWhenItIsMade(t *testing.T) {
	_, alice, path, category := aSidebar(t)

	made := alice.do("POST", path, category(object{"display_name": "Work", "sorting": "alpha"}))

	assert.Equal(t, `""`, made.get("sorting").Raw)
}

func TestTheSidebarOfATeamThatOneIsNotInHasNoChannels(t *testing.T) {
	mm := mmfake.New(t)
	team := clientOf(t, mm, mm.User("alice")).newTeam("lab").get("id").String()
	bob := mm.User("bob")
	path := "/api/v4/users/me/teams/" + team + "/channels/categories"
	as := clientOf(t, mm, bob)

	assert.Equal(t, "[[],[],[]]", as.do("GET", path, nil).get("categories.#.channel_ids").Raw)
	assert.Equal(t, "api.invalid_channel", as.do("POST", path, object{"user_id": bob.ID, "team_id": team, "display_name": "Work"}).problem())
}

func TestAFavouriteIsAPreferenceAndInACategory(t *testing.T) {
	mm, alice, path, category := aSidebar(t)
	dev := mm.Channel("dev")
	favorites := alice.do("GET", path+"/order", nil).get("0").String()
	preference := []object{{"user_id": mm.User("alice").ID, "category": "favorite_channel", "name": dev.ID, "value": "true"}}

	require.Equal(t, 200, alice.do("PUT", "/api/v4/users/me/preferences", preference).Status)
	assert.JSONEq(t, fmt.Sprintf(`[%q]`, dev.ID), placed(alice.do("GET", path, nil), favorites))
	require.Equal(t, 200, alice.do("PUT", path+"/"+favorites, category(object{"channel_ids": []string{}})).Status)
	assert.Equal(t, 404, alice.do("GET", "/api/v4/users/me/preferences/favorite_channel", nil).Status)
	require.Equal(t, 200, alice.do("PUT", path+"/"+favorites, category(object{"channel_ids": []string{dev.ID}})).Status)
	assert.Equal(t, "true", alice.do("GET", "/api/v4/users/me/preferences/favorite_channel/name/"+dev.ID, nil).get("value").String())
	require.Equal(t, 200, alice.do("POST", "/api/v4/users/me/preferences/delete", preference).Status)
	assert.Equal(t, `[]`, placed(alice.do("GET", path, nil), favorites))
}

func TestAChannelThatOneComesBackToIsWhereNewOnesAre(t *testing.T) {
	mm, alice, path, category := aSidebar(t)
	dev, me := mm.Channel("dev"), mm.User("alice").ID
	id := alice.do("POST", path, category(object{"display_name": "Work", "channel_ids": []string{dev.ID}})).get("id").String()

	require.Equal(t, 200, alice.do("DELETE", "/api/v4/channels/"+dev.ID+"/members/me", nil).Status)
	require.Equal(t, 201, alice.do("POST", "/api/v4/channels/"+dev.ID+"/members", object{"user_id": me}).Status)

	all := alice.do("GET", path, nil)
	assert.Equal(t, "[]", placed(all, id))
	assert.Contains(t, all.get(`categories.#(type=="channels").channel_ids`).Raw, dev.ID)
}

func TestWhoLeavesATeamLosesWhatHeHasArrangedThere(t *testing.T) {
	mm, alice, path, category := aSidebar(t)
	team, me := mm.Team("test").ID, mm.User("alice").ID
	require.Equal(t, 200, alice.do("POST", path, category(object{"display_name": "Work"})).Status)
	require.Equal(t, 200, alice.do("PUT", "/api/v4/users/me/preferences", []object{
		{"user_id": me, "category": team, "name": "last", "value": "dev"}, {"user_id": me, "category": "other", "name": "x", "value": "y"},
	}).Status)

	require.Equal(t, 200, alice.do("DELETE", "/api/v4/teams/"+team+"/members/me", nil).Status)
	require.Equal(t, 201, clientOf(t, mm, mm.Admin).do("POST", "/api/v4/teams/"+team+"/members", object{"team_id": team, "user_id": me}).Status)

	assert.Equal(t, `["favorites","channels","direct_messages"]`, alice.do("GET", path, nil).get("categories.#.type").Raw)
	assert.Equal(t, 404, alice.do("GET", "/api/v4/users/me/preferences/"+team, nil).Status)
	assert.Equal(t, 200, alice.do("GET", "/api/v4/users/me/preferences/other", nil).Status)
}
