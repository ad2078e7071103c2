package rest_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

// told are the texts that the server itself has posted to a channel, newest first.
func (c client) told(channelID string) []string {
	c.t.Helper()
	list := c.do("GET", "/api/v4/channels/"+channelID+"/posts", nil)
	require.Equal(c.t, 200, list.Status, "%s", list.Body)
	var texts []string
	for _, id := range list.get("order").Array() {
		if p := list.get("posts." + id.String()); strings.HasPrefix(p.Get("type").String(), "system_") {
			texts = append(texts, p.Get("message").String())
		}
	}
	return texts
}

func TestAChannelTellsEachChangeOfItsProperties(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := aliceIn(t, mm)
	path := "/api/v4/channels/" + dev.ID + "/patch"
	require.Equal(t, 200, alice.do("PUT", path, object{"display_name": "Dev", "header": "h1", "purpose": "p1"}).Status)
	require.Equal(t, 200, alice.do("PUT", path, object{"header": "h2", "purpose": ""}).Status)
	require.Equal(t, 200, alice.do("PUT", path, object{"header": "h2"}).Status, "nothing changes, nothing is told")

	assert.Equal(t, []string{
		"alice removed the channel purpose (was: p1)",
		"alice updated the channel header from: h1 to: h2",
		"alice updated the channel purpose to: p1",
		"alice updated the channel header to: h1",
		"alice updated the channel display name from: dev to: Dev",
	}, alice.told(dev.ID))
}

func TestARenamedChannelIsFoundByItsNewNameOnly(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := aliceIn(t, mm)
	require.Equal(t, 200, alice.do("PUT", "/api/v4/channels/"+dev.ID+"/patch", object{"name": "ops", "display_name": "AAA"}).Status)

	byName := "/api/v4/teams/" + dev.TeamID + "/channels/name/"
	assert.Equal(t, dev.ID, alice.do("GET", byName+"ops", nil).get("id").String())
	assert.Equal(t, 404, alice.do("GET", byName+"dev", nil).Status)
	assert.Equal(t, "AAA", alice.do("GET", "/api/v4/teams/"+dev.TeamID+"/channels", nil).get("0.display_name").String())
	assert.Equal(t, 201, alice.do("POST", "/api/v4/channels", object{"team_id": dev.TeamID, "name": "dev", "display_name": "Dev", "type": "O"}).Status)
}

func TestOfADirectChannelMembersChangeTheHeaderOnly(t *testing.T) {
	mm := mmfake.New(t)
	alice, _ := aliceIn(t, mm)
	dm := mm.User("alice").Direct(mm.User("bob"))
	path := "/api/v4/channels/" + dm.ID + "/patch"

	assert.Equal(t, "us", alice.do("PUT", path, object{"header": "us"}).get("header").String())
	assert.Equal(t, []string{"alice updated the channel header to: us"}, alice.told(dm.ID))
	assert.Equal(t, 400, alice.do("PUT", path, object{"name": "ours"}).Status)
	assert.Equal(t, 403, clientOf(t, mm, mm.User("carol")).do("PUT", path, object{"header": "them"}).Status)
	assert.Equal(t, 400, alice.do("DELETE", "/api/v4/channels/"+dm.ID, nil).Status)
}

func TestTownSquareKeepsItsNameAndStaysPublicAndOpen(t *testing.T) {
	mm := mmfake.New(t)
	admin, town := clientOf(t, mm, mm.Admin), mm.Channel("town-square")
	path := "/api/v4/channels/" + town.ID

	assert.Equal(t, "api.channel.update_channel.tried.app_error", admin.do("PUT", path+"/patch", object{"name": "village"}).problem())
	assert.Equal(t, "api.channel.update_channel_privacy.default_channel_error", admin.do("PUT", path+"/privacy", object{"privacy": "P"}).problem())
	assert.Equal(t, "api.channel.delete_channel.cannot.app_error", admin.do("DELETE", path, nil).problem())
	assert.Equal(t, "api.channel.remove.default.app_error", admin.do("DELETE", path+"/members/me", nil).problem())
}

func TestAnUpdateLeavesTheTypeOfAChannelAlone(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := aliceIn(t, mm)
	r := alice.do("PUT", "/api/v4/channels/"+dev.ID, object{"id": dev.ID, "type": "P"})
	assert.Equal(t, "api.channel.update_channel.typechange.app_error", r.problem())
}

func TestNeitherDirectNorArchivedChannelsAreMadePublicOrPrivate(t *testing.T) {
	for _, version := range []string{"11.6", "5.36"} {
		mm := mmfake.New(t, mmfake.Version(version))
		admin, dev := clientOf(t, mm, mm.Admin), mm.Channel("dev")
		dm := mm.User("alice").Direct(mm.User("bob"))
		require.Equal(t, 200, admin.do("DELETE", "/api/v4/channels/"+dev.ID, nil).Status)

		for _, privacy := range []string{"O", "P"} {
			assert.Equal(t, "model.channel.is_valid.name.app_error", admin.do("PUT", "/api/v4/channels/"+dm.ID+"/privacy", object{"privacy": privacy}).problem(), version)
			assert.Equal(t, "app.channel.update.bad_id", admin.do("PUT", "/api/v4/channels/"+dev.ID+"/privacy", object{"privacy": privacy}).problem(), version)
		}
		assert.Equal(t, "O", admin.do("GET", "/api/v4/channels/"+dev.ID, nil).get("type").String(), version)
	}
}

func TestNullIsNoPatchOfAChannelAndNoSearchForOne(t *testing.T) {
	for _, version := range []string{"11.6", "5.36", "5.0"} {
		alice, dev := aliceIn(t, mmfake.New(t, mmfake.Version(version)))
		assert.Equal(t, "api.context.invalid_body_param.app_error", alice.do("PUT", "/api/v4/channels/"+dev.ID+"/patch", " null").problem(), version)
		assert.Equal(t, "api.context.invalid_body_param.app_error", alice.do("POST", "/api/v4/teams/"+dev.TeamID+"/channels/search", "null").problem(), version)
	}
}

func TestAnArchivedChannelCannotBeChanged(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := aliceIn(t, mm)
	require.Equal(t, 200, alice.do("DELETE", "/api/v4/channels/"+dev.ID, nil).Status)
	assert.Equal(t, "api.channel.update_channel.deleted.app_error", alice.do("PUT", "/api/v4/channels/"+dev.ID+"/patch", object{"header": "x"}).problem())
	assert.Equal(t, 403, alice.do("POST", "/api/v4/channels/"+dev.ID+"/restore", nil).Status)

	admin := clientOf(t, mm, mm.Admin)
	require.Equal(t, 200, admin.do("POST", "/api/v4/channels/"+dev.ID+"/restore", nil).Status)
	assert.Equal(t, "api.channel.restore_channel.restored.app_error", admin.do("POST", "/api/v4/channels/"+dev.ID+"/restore", nil).problem())
	assert.Equal(t, []string{"sysadmin unarchived the channel.", "alice archived the channel."}, alice.told(dev.ID))
}

func TestArchivingAChannelDeletesItsWebhooksAndNoOthers(t *testing.T) {
	mm := mmfake.New(t)
	admin, dev, ops := clientOf(t, mm, mm.Admin), mm.Channel("dev"), mm.Channel("ops")
	for _, c := range []*mmfake.Channel{dev, ops} {
		mm.IncomingWebhook(c)
		out := object{"team_id": c.TeamID, "channel_id": c.ID, "display_name": c.Name, "callback_urls": []string{"http://bot.test/"}}
		require.Equal(t, 201, admin.do("POST", "/api/v4/hooks/outgoing", out).Status)
	}

	require.Equal(t, 200, admin.do("DELETE", "/api/v4/channels/"+dev.ID, nil).Status)

	for _, kind := range []string{"incoming", "outgoing"} {
		left := admin.do("GET", "/api/v4/hooks/"+kind, nil).get("#.channel_id")
		assert.JSONEq(t, fmt.Sprintf(`[%q]`, ops.ID), left.Raw, kind)
	}
}

func TestDeletingAChannelForGoodNeedsASetting(t *testing.T) {
	mm := mmfake.New(t)
	admin, dev := clientOf(t, mm, mm.Admin), mm.Channel("dev")
	r := admin.do("DELETE", "/api/v4/channels/"+dev.ID+"?permanent=true", nil)
	assert.Equal(t, 401, r.Status)
	assert.Equal(t, "api.user.delete_channel.not_enabled.app_error", r.problem())
}

func TestAnOldServerDeletesChannelsAndUsersForNow(t *testing.T) {
	mm := mmfake.New(t, mmfake.Version("5.0"), mmfake.Configure(func(s *mmfake.Settings) {
		s.EnableAPIChannelDeletion, s.EnableAPIUserDeletion = true, true
	}))
	admin, dev := clientOf(t, mm, mm.Admin), mm.Channel("dev")
	for _, path := range []string{"/api/v4/channels/" + dev.ID, "/api/v4/users/" + mm.User("alice").ID} {
		require.Equal(t, 200, admin.do("DELETE", path+"?permanent=true", nil).Status, path)
		assert.NotZero(t, admin.do("GET", path, nil).get("delete_at").Int(), path)
	}
}

func TestAChannelDeletedForGoodIsGoneWithAllThatHangsOnIt(t *testing.T) {
	mm := mmfake.New(t, mmfake.Configure(func(s *mmfake.Settings) { s.EnableAPIChannelDeletion = true }))
	alice, dev := aliceIn(t, mm)
	me := mm.User("alice")
	file := alice.upload(dev.ID, "a.txt", "hello").get("file_infos.0.id").String()
	post := me.Post(dev, "going")
	mm.User("bob", dev).Reply(post, "gone")
	me.Edit(post, "gone")
	require.Equal(t, 201, alice.do("POST", "/api/v4/drafts", object{"channel_id": dev.ID, "user_id": me.ID, "message": "not yet"}).Status)

	require.Equal(t, 200, alice.do("DELETE", "/api/v4/channels/"+dev.ID+"?permanent=true", nil).Status)

	for _, path := range []string{"/channels/" + dev.ID, "/posts/" + post.ID, "/files/" + file + "/info"} {
		assert.Equal(t, 404, alice.do("GET", "/api/v4"+path, nil).Status, path)
	}
	for _, path := range []string{"/users/me/channels", "/users/me/teams/" + dev.TeamID + "/threads", "/users/me/teams/" + dev.TeamID + "/drafts"} {
		r := alice.do("GET", "/api/v4"+path, nil)
		assert.Equal(t, 200, r.Status, path)
		assert.NotContains(t, string(r.Body), dev.ID, path)
	}
	found := alice.do("POST", "/api/v4/teams/"+dev.TeamID+"/posts/search", object{"terms": "gone"})
	assert.Equal(t, "[]", found.get("order").Raw)
	assert.Equal(t, 201, alice.do("POST", "/api/v4/channels", object{"team_id": dev.TeamID, "name": "dev", "display_name": "Dev", "type": "O"}).Status)
}

func TestAChannelShowsWhichChannelsItsHeaderNames(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := aliceIn(t, mm)
	mm.PrivateChannel("vault")
	r := alice.do("PUT", "/api/v4/channels/"+dev.ID+"/patch", object{"header": "see ~town-square, not ~vault"})
	assert.JSONEq(t, `{"channel_mentions":{"town-square":{"display_name":"Town Square"}}}`, r.get("props").Raw)
	assert.JSONEq(t, r.get("props").Raw, alice.do("GET", "/api/v4/channels/"+dev.ID, nil).get("props").Raw)
	direct := directOf(t, mm, mm.User("alice"), mm.User("bob")).get("id").String()
	r = alice.do("PUT", "/api/v4/channels/"+direct+"/patch", object{"header": "see ~town-square, not ~vault"})
	assert.Equal(t, "Town Square", r.get("props.channel_mentions.town-square.display_name").String(), "in a direct channel those of any team: %s", r.Body)
}

func TestTeamsThatAGroupHasInCommon(t *testing.T) {
	mm := mmfake.New(t)
	a, b, c := mm.User("a"), mm.User("b"), mm.User("c")
	lab := mm.Team("lab").Channel("bench")
	mm.User("a", lab)
	mm.User("b", lab)
	as := clientOf(t, mm, a)
	group := as.do("POST", "/api/v4/channels/group", []string{b.ID, c.ID}).get("id").String()

	assert.Equal(t, `["test"]`, as.do("GET", "/api/v4/channels/"+group+"/common_teams", nil).get("#.name").Raw)
	assert.Equal(t, 400, as.do("GET", "/api/v4/channels/"+lab.ID+"/common_teams", nil).Status)
}

func TestTimezonesOfAChannelAreThoseThatItsMembersLiveIn(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := aliceIn(t, mm)
	assert.Equal(t, "[]\n", string(alice.do("GET", "/api/v4/channels/"+dev.ID+"/timezones", nil).Body))
	zone := object{"useAutomaticTimezone": "false", "manualTimezone": "Asia/Tokyo", "automaticTimezone": "Europe/Oslo"}
	require.Equal(t, 200, alice.do("PUT", "/api/v4/users/me/patch", object{"timezone": zone}).Status)
	assert.Equal(t, "[\"Asia/Tokyo\"]\n", string(alice.do("GET", "/api/v4/channels/"+dev.ID+"/timezones", nil).Body))
}

func TestChannelsArePagedToTheEnd(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := aliceIn(t, mm)
	want := []string{"Off-Topic", "Town Square", "dev"}
	for i := range 10 {
		name := fmt.Sprintf("c%d", i)
		mm.Channel(name)
		want = append(want, name)
	}
	mm.PrivateChannel("c-private")
	slices.Sort(want)
	var got []string
	for page := 0; ; page++ {
		r := alice.do("GET", fmt.Sprintf("/api/v4/teams/%s/channels?page=%d&per_page=3", dev.TeamID, page), nil)
		if len(r.get("@this").Array()) == 0 {
			break
		}
		for _, name := range r.get("#.display_name").Array() {
			got = append(got, name.String())
		}
	}
	assert.Equal(t, want, got)
	assert.Len(t, alice.do("GET", "/api/v4/teams/"+dev.TeamID+"/channels?per_page=100000000", nil).get("@this").Array(), len(want))
}

func TestPrivateChannelsAreListedForAdmins(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := aliceIn(t, mm)
	mm.PrivateChannel("vault")
	path := "/api/v4/teams/" + dev.TeamID + "/channels/private"
	assert.Equal(t, 403, alice.do("GET", path, nil).Status)
	assert.Equal(t, `["vault"]`, clientOf(t, mm, mm.Admin).do("GET", path, nil).get("#.name").Raw)
}

func TestArchivedPrivateChannelsAreListedForTheirMembers(t *testing.T) {
	mm := mmfake.New(t)
	vault := mm.PrivateChannel("vault")
	alice, bob := clientOf(t, mm, mm.User("alice", vault)), clientOf(t, mm, mm.User("bob"))
	require.Equal(t, 200, alice.do("DELETE", "/api/v4/channels/"+vault.ID, nil).Status)

	path := "/api/v4/teams/" + vault.TeamID + "/channels/"
	assert.Equal(t, `["vault"]`, alice.do("GET", path+"deleted", nil).get("#.name").Raw)
	assert.Equal(t, `[]`, bob.do("GET", path+"deleted", nil).get("#.name").Raw)
	assert.Equal(t, `["vault"]`, alice.do("POST", path+"search_archived", object{"term": "vau"}).get("#.name").Raw)
	assert.Equal(t, `[]`, bob.do("POST", path+"search_archived", object{"term": "vau"}).get("#.name").Raw)
}

func TestChannelsAreFoundByWordsOfTheirPurpose(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := aliceIn(t, mm)
	require.Equal(t, 200, alice.do("PUT", "/api/v4/channels/"+dev.ID+"/patch", object{"purpose": "Release planning"}).Status)
	search := func(term string) string {
		return alice.do("POST", "/api/v4/teams/"+dev.TeamID+"/channels/search", object{"term": term}).get("#.name").Raw
	}
	assert.Equal(t, `["dev"]`, search("plan rel"))
	assert.Equal(t, `["dev"]`, search("EAS"))
	assert.Equal(t, `[]`, search("plan x"))
}

func TestTheSearchBoxCompletesDirectChannelsByWhomTheyAreWith(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := aliceIn(t, mm)
	mm.User("alice").Direct(mm.User("zoe"))
	mm.Channel("zoo")
	r := alice.do("GET", "/api/v4/teams/"+dev.TeamID+"/channels/search_autocomplete?name=zo", nil)
	assert.Equal(t, `["zoe"]`, r.get("#.display_name").Raw, "only what alice is in")
}

func TestAUsersChannelsOfAllTeams(t *testing.T) {
	mm := mmfake.New(t)
	bench := mm.Team("lab").Channel("bench")
	alice := clientOf(t, mm, mm.User("alice", mm.Channel("dev"), bench))
	mm.User("alice").Direct(mm.User("bob"))

	r := alice.do("GET", "/api/v4/users/me/channels", nil)
	assert.Len(t, r.get("@this").Array(), 7, "two teams with three channels, and a direct one")
	assert.Empty(t, r.Header.Get("Etag"), "only the list of one team has one")

	all := alice.do("GET", "/api/v4/users/me/channel_members?page=-1", nil)
	assert.Len(t, all.get("@this").Array(), 7)
	assert.Equal(t, "lab", all.get(fmt.Sprintf(`#(channel_id=%q).team_name`, bench.ID)).String())
	assert.Len(t, alice.do("GET", "/api/v4/users/me/channel_members?page=1&per_page=4", nil).get("@this").Array(), 3)
	assert.Equal(t, 403, clientOf(t, mm, mm.User("bob")).do("GET", "/api/v4/users/"+mm.User("alice").ID+"/channel_members", nil).Status)
}

func TestArchivedChannelsOfAUserAreShownWhenAskedFor(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := aliceIn(t, mm)
	require.Equal(t, 200, alice.do("DELETE", "/api/v4/channels/"+dev.ID, nil).Status)
	at := alice.do("GET", "/api/v4/channels/"+dev.ID, nil).get("delete_at").Int()

	path := "/api/v4/users/me/teams/" + dev.TeamID + "/channels"
	has := func(query string) bool {
		return strings.Contains(string(alice.do("GET", path+query, nil).Body), dev.ID)
	}
	assert.False(t, has(""))
	assert.True(t, has("?include_deleted=true"))
	assert.True(t, has(fmt.Sprintf("?include_deleted=true&last_delete_at=%d", at)))
	assert.False(t, has(fmt.Sprintf("?include_deleted=true&last_delete_at=%d", at+1)))
}

func TestAClientGivesNoChannelItsIDNorItsEnd(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := aliceIn(t, mm)
	for problem, change := range map[string]object{
		"store.sql_channel.save_channel.existing.app_error": {"id": "aaaaaaaaaaaaaaaaaaaaaaaaaa"},
		"store.sql_channel.save.archived_channel.app_error": {"delete_at": 1},
	} {
		change["team_id"], change["name"], change["display_name"], change["type"] = dev.TeamID, "ops", "Ops", "O"
		assert.Equal(t, problem, alice.do("POST", "/api/v4/channels", change).problem())
	}
}

func TestAnOutsiderIsToldThatADirectChannelIsMadeElsewhere(t *testing.T) {
	mm := mmfake.New(t)
	team := clientOf(t, mm, mm.User("alice")).newTeam("lab").get("id").String()

	r := clientOf(t, mm, mm.User("bob")).do("POST", "/api/v4/channels", object{"team_id": team, "name": "x", "display_name": "X", "type": "D"})

	assert.Equal(t, "api.channel.create_channel.direct_channel.app_error", r.problem(), "before anybody asks what he may do")
}

func TestAFullTeamSaysSoBeforeItLooksAtTheNewChannel(t *testing.T) {
	mm := mmfake.New(t, mmfake.Configure(func(s *mmfake.Settings) { s.MaxChannelsPerTeam = 3 }))
	alice, dev := aliceIn(t, mm)

	r := alice.do("POST", "/api/v4/channels", object{"team_id": dev.TeamID, "name": "Not A Name", "display_name": "X", "type": "O"})

	assert.Equal(t, "api.channel.create_channel.max_channel_limit.app_error", r.problem())
}

func TestChannelsByTheirIDsComeInTheOrderOfTheirNames(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := aliceIn(t, mm)
	able := mm.Channel("able")

	r := alice.do("POST", "/api/v4/teams/"+dev.TeamID+"/channels/ids", []string{dev.ID, able.ID, dev.ID})

	assert.Equal(t, []string{"able", "dev"}, names(r, "#.name"))
}

func TestWhoIsInNoChannelHasNoListOfThem(t *testing.T) {
	for version, status := range map[string]int{"11.6": 404, "5.36": 404, "5.0": 400} {
		mm := mmfake.New(t, mmfake.Version(version))
		admin := clientOf(t, mm, mm.Admin)
		dora := admin.do("POST", "/api/v4/users", object{"username": "dora", "email": "dora@example.com", "password": "Passw0rd!dora"}).get("id").String()

		r := admin.do("GET", "/api/v4/users/"+dora+"/teams/"+mm.Channel("dev").TeamID+"/channels", nil)

		assert.Equal(t, status, r.Status, version)
	}
}

func TestArchivedChannelsAreListedFromATimeOn(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := aliceIn(t, mm)
	path := "/api/v4/users/me/teams/" + dev.TeamID + "/channels?include_deleted=true&last_delete_at="

	assert.Equal(t, "api.context.invalid_url_param.app_error", alice.do("GET", path+"-1", nil).problem())
	assert.Equal(t, 200, alice.do("GET", path+"soon", nil).Status)
}

func TestTheStatisticsOfAChannelMayLeaveItsFilesOut(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := aliceIn(t, mm)

	r := alice.do("GET", "/api/v4/channels/"+dev.ID+"/stats?exclude_files_count=true", nil)

	assert.EqualValues(t, -1, r.get("files_count").Int())
}

func TestAnUnknownTeamHasNoChannels(t *testing.T) {
	mm := mmfake.New(t)
	alice, _ := aliceIn(t, mm)

	r := alice.do("GET", "/api/v4/teams/aaaaaaaaaaaaaaaaaaaaaaaaaa/channels/name/town-square", nil)

	assert.Equal(t, "app.channel.get_by_name.missing.app_error", r.problem())
}
