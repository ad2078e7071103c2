package rest_test

import (
	"fmt"
	"net/url"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

// names are the user names in a list of users.
func names(r reply, path string) []string {
	list := []string{}
	for _, name := range r.get(path).Array() {
		list = append(list, name.String())
	}
	return list
}

// someUsers makes users who are called some-000 and so on.
func someUsers(mm *mmfake.Server, n int) {
	for i := range n {
		mm.User(fmt.Sprintf("some-%03d", i))
	}
}

func TestAClientReadsAllUsersPageAfterPage(t *testing.T) {
	mm := mmfake.New(t)
	someUsers(mm, 25)
	admin := clientOf(t, mm, mm.Admin)

	seen := map[string]bool{}
	pages := 0
	for ; ; pages++ {
		list := names(admin.do("GET", fmt.Sprintf("/api/v4/users?page=%d&per_page=10", pages), nil), "#.username")
		for _, name := range list {
			assert.False(t, seen[name], "%s stands on two pages", name)
			seen[name] = true
		}
		if len(list) == 0 {
			break
		}
	}

	assert.Equal(t, 3, pages)
	assert.Len(t, seen, 27, "with the two users of the sample data")
}

func TestAHugePageHasAsManyUsersAsAPageMayHave(t *testing.T) {
	mm := mmfake.New(t)
	someUsers(mm, 210)

	r := clientOf(t, mm, mm.Admin).do("GET", "/api/v4/users?per_page=100000000", nil)

	assert.Equal(t, 200, r.Status)
	assert.Len(t, names(r, "#.id"), 200)
}

func TestAPageFarBeyondTheEndIsEmpty(t *testing.T) {
	mm := mmfake.New(t)
	for _, page := range []string{"99", "9223372036854775807"} {
		r := clientOf(t, mm, mm.Admin).do("GET", "/api/v4/users?per_page=200&page="+page, nil)
		assert.Equal(t, "[]", string(r.Body[:2]), page)
	}
}

func TestAListThatAClientHasAlreadyIsNotSentAgain(t *testing.T) {
	mm := mmfake.New(t)
	alice := clientOf(t, mm, mm.User("alice"))
	list := "/api/v4/users?in_team=" + mm.Channel("dev").TeamID
	for _, path := range []string{list, "/api/v4/users/me"} {
		first := alice.do("GET", path, nil)
		again := alice.do("GET", path, nil, "If-None-Match", first.Header.Get("Etag"))
		assert.Equal(t, 304, again.Status, path)
		assert.Empty(t, again.Body, path)
		assert.Equal(t, first.Header.Get("Etag"), again.Header.Get("Etag"), path)
	}
	tag := alice.do("GET", list, nil).Header.Get("Etag")
	alice.do("PUT", "/api/v4/users/me/patch", object{"nickname": "Al"})
	assert.Equal(t, 200, alice.do("GET", list, nil, "If-None-Match", tag).Status, "it changed")
}

func TestUsersAreListedNewestFirstWhereATeamIsNamed(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	mm.User("zoe", dev)
	mm.User("adam", dev)
	alice := clientOf(t, mm, mm.User("alice", dev))

	r := alice.do("GET", "/api/v4/users?sort=create_at&per_page=3&in_team="+dev.TeamID, nil)

	assert.Equal(t, []string{"alice", "adam", "zoe"}, names(r, "#.username"))
	for _, query := range []string{
		"sort=create_at", "sort=shoe_size", "sort=status&in_team=" + dev.TeamID,
		"active=true&inactive=true", "not_in_channel=" + dev.ID,
	} {
		bad := alice.do("GET", "/api/v4/users?"+query, nil)
		assert.Equal(t, "api.context.invalid_url_param.app_error", bad.problem(), query)
	}
}

func TestUsersOfAChannelAreListedByWhetherTheyAreThere(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	for name, status := range map[string]string{"anna": "dnd", "bert": "online", "carl": "away"} {
		actor := mm.User(name, dev)
		r := clientOf(t, mm, actor).do("PUT", "/api/v4/users/me/status", object{"user_id": actor.ID, "status": status})
		require.Equal(t, 200, r.Status)
	}

	r := clientOf(t, mm, mm.User("adam", dev)).do("GET", "/api/v4/users?sort=status&in_channel="+dev.ID, nil)

	assert.Equal(t, []string{"bert", "carl", "anna", "adam"}, names(r, "#.username")[:4])
}

func TestEachIDGivesAUserOnce(t *testing.T) {
	mm := mmfake.New(t)
	actor := mm.User("alice")

	r := clientOf(t, mm, actor).do("POST", "/api/v4/users/ids", []string{actor.ID, actor.ID})

	assert.Len(t, names(r, "#.id"), 1)
}

func TestAClientAsksForUsersThatChanged(t *testing.T) {
	mm := mmfake.New(t)
	alice, bob := mm.User("alice"), mm.User("bob")
	c := clientOf(t, mm, alice)
	now := c.do("PUT", "/api/v4/users/me/patch", object{"nickname": "Al"}).get("update_at").Int()
	ids := []string{alice.ID, bob.ID}

	assert.Equal(t, []string{"alice"}, names(c.do("POST", fmt.Sprintf("/api/v4/users/ids?since=%d", now-1), ids), "#.username"))
	assert.Equal(t, 400, c.do("POST", "/api/v4/users/ids?since=yesterday", ids).Status)
}

func TestEachNameGivesAUserOnce(t *testing.T) {
	mm := mmfake.New(t)
	mm.User("bob")

	r := clientOf(t, mm, mm.User("alice")).do("POST", "/api/v4/users/usernames", []string{"bob", "alice", "BOB"})

	assert.Equal(t, []string{"alice", "bob"}, names(r, "#.username"))
}

func TestEveryWordOfASearchMustBeInOneOfTheNames(t *testing.T) {
	mm := mmfake.New(t)
	alice := clientOf(t, mm, mm.User("alice"))
	alice.do("PUT", "/api/v4/users/me/patch", object{"first_name": "Alicia", "last_name": "Liddell", "nickname": "Wonder"})
	for term, found := range map[string]bool{
		"ali": true, "LICE": true, "@alice": true, "lidd wond": true, "alicia bob": false, "%": false, "_": false, "alice@example": true,
	} {
		r := alice.do("POST", "/api/v4/users/search", object{"term": term})
		assert.Equal(t, 200, r.Status, term)
		assert.Equal(t, found, len(names(r, "#.id")) == 1, "%s: %s", term, r.Body)
	}
}

func TestTheLimitOfASearchHasLimits(t *testing.T) {
	mm := mmfake.New(t)
	someUsers(mm, 5)
	alice := clientOf(t, mm, mm.User("alice"))

	assert.Len(t, names(alice.do("POST", "/api/v4/users/search", object{"term": "some", "limit": 2}), "#.id"), 2)
	for _, limit := range []int{0, -1, 1001} {
		r := alice.do("POST", "/api/v4/users/search", object{"term": "some", "limit": limit})
		assert.Equal(t, "api.context.invalid_body_param.app_error", r.problem(), limit)
	}
	for _, limit := range []string{"1001", "100000000", "many", "-1"} {
		r := alice.do("GET", "/api/v4/users/autocomplete?name=some&limit="+limit, nil)
		assert.Len(t, names(r, "users.#.id"), 5, limit)
	}
}

func TestASearchIsForThoseWhomOneMaySee(t *testing.T) {
	mm := mmfake.New(t)
	dev, secret := mm.Channel("dev"), mm.Channel("secret")
	mm.User("bob", secret)
	carol := clientOf(t, mm, mm.User("carol", dev))

	for _, search := range []object{
		{"term": "bob", "in_channel_id": secret.ID},
		{"term": "bob", "team_id": "aaaaaaaaaaaaaaaaaaaaaaaaaa"},
		{"term": "bob", "not_in_team_id": "aaaaaaaaaaaaaaaaaaaaaaaaaa"},
	} {
		assert.Equal(t, 403, carol.do("POST", "/api/v4/users/search", search).Status, "%v", search)
	}
	r := carol.do("POST", "/api/v4/users/search", object{"term": "bob", "not_in_channel_id": dev.ID})
	assert.Equal(t, 400, r.Status, "not_in_channel_id goes with team_id")
	r = carol.do("POST", "/api/v4/users/search", object{"term": "bob", "not_in_channel_id": dev.ID, "team_id": dev.TeamID})
	assert.Equal(t, []string{"bob"}, names(r, "#.username"))
}

func TestCompletingANameTellsApartWhoIsOutsideTheChannel(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	mm.User("some-inside", dev)
	mm.User("some-outside")
	alice := clientOf(t, mm, mm.User("alice", dev))

	r := alice.do("GET", "/api/v4/users/autocomplete?name=some&in_team="+dev.TeamID+"&in_channel="+dev.ID, nil)

	assert.Equal(t, []string{"some-inside"}, names(r, "users.#.username"))
	assert.Equal(t, []string{"some-outside"}, names(r, "out_of_channel.#.username"))
}

func TestKnownUsersAreThoseOfTheSameChannels(t *testing.T) {
	mm := mmfake.New(t)
	alice, bob, carol := mm.User("alice", mm.Channel("dev")), mm.User("bob", mm.Channel("dev")), mm.User("carol", mm.Channel("other"))
	stranger := clientOf(t, mm, mm.Admin).do("POST", "/api/v4/users", object{"username": "dora", "email": "dora@example.com", "password": "Passw0rd!"})

	r := clientOf(t, mm, alice).do("GET", "/api/v4/users/known", nil)

	assert.Contains(t, names(r, "@this"), bob.ID)
	assert.Contains(t, names(r, "@this"), carol.ID, "they share town-square")
	assert.NotContains(t, names(r, "@this"), alice.ID)
	assert.NotContains(t, names(r, "@this"), stranger.get("id").String())
}

func TestTheOthersOfAGroupChannelAreListedForItsMembers(t *testing.T) {
	mm := mmfake.New(t)
	alice, bob, carol, dave := mm.User("alice"), mm.User("bob"), mm.User("carol"), mm.User("dave")
	group := clientOf(t, mm, alice).do("POST", "/api/v4/channels/group", []string{bob.ID, carol.ID}).get("id").String()
	require.NotEmpty(t, group)

	r := clientOf(t, mm, alice).do("POST", "/api/v4/users/group_channels", []string{group})

	assert.Equal(t, []string{"bob", "carol"}, names(r, group+".#.username"))
	assert.Equal(t, "{}", string(clientOf(t, mm, dave).do("POST", "/api/v4/users/group_channels", []string{group}).Body[:2]))
}

func TestTheNumberOfUsersLeavesOutTheDeactivated(t *testing.T) {
	mm := mmfake.New(t)
	alice, admin := mm.User("alice"), clientOf(t, mm, mm.Admin)
	mm.Bot("robot")
	count := func(path string) int64 { return admin.do("GET", path, nil).get("total_users_count").Int() }
	before := count("/api/v4/users/stats")

	require.Equal(t, 200, admin.do("DELETE", "/api/v4/users/"+alice.ID, nil).Status)

	assert.Equal(t, before-1, count("/api/v4/users/stats"))
	assert.Equal(t, before-2, count("/api/v4/users/stats/filtered"), "without bots")
	assert.Equal(t, before, count("/api/v4/users/stats/filtered?include_bots=true&include_deleted=true"))
	assert.EqualValues(t, 1, count("/api/v4/users/stats/filtered?roles=system_admin,system_manager"))
	assert.Equal(t, 403, clientOf(t, mm, mm.User("bob")).do("GET", "/api/v4/users/stats/filtered", nil).Status)
}

func FuzzSearchForUsers(f *testing.F) {
	for _, term := range []string{"alice", "@", "%_\\", "a b c", "\x00", "ſ", "İ", "'; --"} {
		f.Add(term)
	}
	mm := mmfake.New(f)
	alice := clientOf(f, mm, mm.User("alice"))
	f.Fuzz(func(t *testing.T, term string) {
		if !utf8.ValidString(term) {
			t.Skip("JSON has no such text")
		}
		c := alice
		c.t = t
		searched := c.do("POST", "/api/v4/users/search", object{"term": term})
		assert.Equal(t, term == "", searched.Status != 200)
		completed := c.do("GET", "/api/v4/users/autocomplete?name="+url.QueryEscape(term), nil)
		assert.Contains(t, []int{200, 414}, completed.Status)
	})
}

func TestOnlyTheListsOfTeamsHaveAnEtagAndThatOfAllUsersInOldServers(t *testing.T) {
	for _, version := range []string{"11.6", "5.36", "5.0"} {
		mm := mmfake.New(t, mmfake.Version(version))
		dev := mm.Channel("dev")
		admin := clientOf(t, mm, mm.Admin)
		for query, want := range map[string]bool{
			"in_team=" + dev.TeamID: true, "not_in_team=" + dev.TeamID: true, "": version == "5.0",
			"in_channel=" + dev.ID: false, "in_team=" + dev.TeamID + "&not_in_channel=" + dev.ID: false,
			"in_team=" + dev.TeamID + "&sort=create_at": false, "without_team=true": false,
		} {
			assert.Equal(t, want, admin.do("GET", "/api/v4/users?"+query, nil).Header.Get("Etag") != "", version, query)
		}
	}
}

func TestTheListOfThoseWithoutATeamIsForAdmins(t *testing.T) {
	mm := mmfake.New(t)
	admin := clientOf(t, mm, mm.Admin)
	require.Equal(t, 201, admin.do("POST", "/api/v4/users", object{"username": "carol", "email": "carol@example.com", "password": "Passw0rd!"}).Status)

	assert.Equal(t, 403, clientOf(t, mm, mm.User("alice")).do("GET", "/api/v4/users?without_team=true", nil).Status)
	assert.Equal(t, []string{"carol"}, names(admin.do("GET", "/api/v4/users?without_team=true", nil), "#.username"))
}

func TestAListOfUsersGoesByOneThingOnly(t *testing.T) {
	mm := mmfake.New(t)
	dev, ops := mm.Channel("dev"), mm.Channel("ops")
	bob := clientOf(t, mm, mm.User("bob", ops))
	alice := clientOf(t, mm, mm.User("alice", dev, ops))
	list := func(as client, query string) reply { return as.do("GET", "/api/v4/users?"+query, nil) }

	all := list(alice, "in_team="+dev.TeamID+"&in_channel="+dev.ID)
	assert.Contains(t, names(all, "#.username"), "bob", "the channel does not matter where a team is named")
	assert.Equal(t, 200, list(bob, "in_team="+dev.TeamID+"&in_channel="+dev.ID).Status, "and nobody asks whether bob may see it")
	outside := list(alice, "in_team="+dev.TeamID+"&not_in_channel="+dev.ID+"&in_channel="+dev.ID)
	assert.NotContains(t, names(outside, "#.username"), "alice")
}

func TestTheMembersOfAChannelAreListedWithItsAdminsFirst(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	mm.User("adam", dev)
	zoe := mm.User("zoe", dev)
	admin := clientOf(t, mm, mm.Admin)
	require.Equal(t, 200, admin.do("PUT", "/api/v4/channels/"+dev.ID+"/members/"+zoe.ID+"/schemeRoles", object{"scheme_user": true, "scheme_admin": true}).Status)

	r := admin.do("GET", "/api/v4/users?sort=admin&in_channel="+dev.ID, nil)

	assert.Equal(t, "zoe", names(r, "#.username")[0])
	assert.Equal(t, 400, admin.do("GET", "/api/v4/users?sort=admin", nil).Status, "it takes a channel")
}

func TestUsersAreListedByTheRolesThatThereAre(t *testing.T) {
	mm := mmfake.New(t)
	admin := clientOf(t, mm, mm.Admin)
	mm.User("alice")

	assert.Equal(t, []string{"sysadmin"}, names(admin.do("GET", "/api/v4/users?role=system_admin", nil), "#.username"))
	for _, query := range []string{"role=emperor", "roles=emperor", "roles=Not-a-name"} {
		assert.Equal(t, "api.context.invalid_body_param.app_error", admin.do("GET", "/api/v4/users?"+query, nil).problem(), query)
	}
}

func TestWhoWasNeverThereIsNotAmongTheRecentlyActive(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	mm.User("adam", dev)
	zoe := mm.User("zoe", dev)
	zoe.Post(dev, "here I am")

	r := clientOf(t, mm, zoe).do("GET", "/api/v4/users?sort=last_activity_at&in_team="+dev.TeamID, nil)

	assert.Equal(t, []string{"zoe", "sysadmin"}, names(r, "#.username"))
	assert.NotZero(t, r.get("0.last_activity_at").Int())
}

func TestCompletingNamesOfAChannelTakesItsTeamSince536(t *testing.T) {
	for version, status := range map[string]int{"11.6": 500, "5.36": 500, "5.0": 200} {
		mm := mmfake.New(t, mmfake.Version(version))
		dev := mm.Channel("dev")

		r := clientOf(t, mm, mm.User("alice", dev)).do("GET", "/api/v4/users/autocomplete?name=a&in_channel="+dev.ID, nil)

		assert.Equal(t, status, r.Status, version)
	}
}

func TestASearchInAChannelFindsThoseOfNoTeamToo(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	alice, carol := mm.User("alice", dev), mm.User("carol")
	as := clientOf(t, mm, alice)
	dm := as.do("POST", "/api/v4/channels/direct", []string{alice.ID, carol.ID}).get("id").String()

	r := as.do("POST", "/api/v4/users/search", object{"term": "carol", "team_id": dev.TeamID, "in_channel_id": dm})

	assert.Equal(t, []string{"carol"}, names(r, "#.username"))
}

func TestNamesAreAskedForAsTheyAre(t *testing.T) {
	mm := mmfake.New(t)
	alice := clientOf(t, mm, mm.User("alice"))

	assert.Equal(t, []string{"alice"}, names(alice.do("POST", "/api/v4/users/usernames", []string{"alice", "ALICE"}), "#.username"))
}

func TestAStarInASearchStandsForNothing(t *testing.T) {
	mm := mmfake.New(t)
	alice := clientOf(t, mm, mm.User("alice"))

	assert.Equal(t, []string{"alice"}, names(alice.do("POST", "/api/v4/users/search", object{"term": "ali*ce"}), "#.username"))
	assert.Len(t, names(alice.do("POST", "/api/v4/users/search", object{"term": "*"}), "#.username"), 3, "everybody")
}

func TestWhetherAUserIsActiveIsTrueOrFalseInEachVersion(t *testing.T) {
	for _, version := range []string{"11.6", "5.36", "5.0"} {
		mm := mmfake.New(t, mmfake.Version(version))

		r := clientOf(t, mm, mm.Admin).do("PUT", "/api/v4/users/"+mm.User("alice").ID+"/active", object{"active": "no"})

		assert.Equal(t, "api.context.invalid_body_param.app_error", r.problem(), version)
	}
}
