package rest_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

func TestJoiningATeamIsToldInItsDefaultChannels(t *testing.T) {
	mm := mmfake.New(t)
	alice, bob, carol := clientOf(t, mm, mm.User("alice")), mm.User("bob"), mm.User("carol")
	id := alice.newTeam("lab").get("id").String()
	members := "/api/v4/teams/" + id + "/members"
	require.Equal(t, 201, alice.do("POST", members, object{"team_id": id, "user_id": bob.ID}).Status)
	require.Equal(t, 201, alice.do("POST", members+"/batch", []object{{"team_id": id, "user_id": carol.ID}}).Status)
	require.Equal(t, 200, clientOf(t, mm, bob).do("DELETE", members+"/me", nil).Status)
	require.Equal(t, 200, alice.do("DELETE", members+"/"+carol.ID, nil).Status)

	channel := func(name string) string {
		return alice.do("GET", "/api/v4/teams/"+id+"/channels/name/"+name, nil).get("id").String()
	}
	assert.Equal(t, []string{
		"carol removed from the team.", "bob left the team.",
		"carol added to the team by alice.", "bob joined the team.", "alice joined the team.",
	}, alice.told(channel("town-square")))
	assert.Equal(t, []string{
		"carol added to the channel by alice.", "bob joined the channel.", "alice joined the channel.",
	}, alice.told(channel("off-topic")))
}

func TestDefaultChannelsKeepQuietAboutMembersWhereTheSettingsSaySo(t *testing.T) {
	mm := mmfake.New(t, mmfake.Configure(func(s *mmfake.Settings) { s.EnableDefaultLeaveJoinMessages = false }))
	alice, bob := clientOf(t, mm, mm.User("alice")), mm.User("bob")
	id := alice.newTeam("lab").get("id").String()
	require.Equal(t, 201, alice.do("POST", "/api/v4/teams/"+id+"/members", object{"team_id": id, "user_id": bob.ID}).Status)
	require.Equal(t, 200, clientOf(t, mm, bob).do("DELETE", "/api/v4/teams/"+id+"/members/me", nil).Status)
	town := alice.do("GET", "/api/v4/teams/"+id+"/channels/name/town-square", nil).get("id").String()
	assert.Empty(t, alice.told(town))
}

func TestWhoLeavesATeamLeavesItsChannels(t *testing.T) {
	mm := mmfake.New(t)
	bench := mm.Team("lab").Channel("bench")
	alice := clientOf(t, mm, mm.User("alice", bench))
	members := "/api/v4/teams/" + bench.TeamID + "/members"
	require.Equal(t, 200, alice.do("DELETE", members+"/me", nil).Status)

	assert.Equal(t, 403, alice.do("GET", "/api/v4/channels/"+bench.ID, nil).Status)
	assert.Equal(t, 200, alice.do("DELETE", members+"/me", nil).Status, "whoever was a member may leave again")
	assert.Equal(t, "api.team.remove_user_from_team.missing.app_error", clientOf(t, mm, mm.User("bob")).do("DELETE", members+"/me", nil).problem())
	mine := alice.do("GET", "/api/v4/users/me/teams/members", nil)
	assert.NotZero(t, mine.get(fmt.Sprintf(`#(team_id=%q).delete_at`, bench.TeamID)).Int(), "an ended membership is still listed")
	admin := clientOf(t, mm, mm.Admin)
	assert.Equal(t, "[]", admin.do("GET", members, nil).get("#.user_id").Raw)
	assert.Equal(t, "[]", admin.do("POST", members+"/ids", []string{mm.User("alice").ID}).get("#.user_id").Raw)

	require.Equal(t, 201, admin.do("POST", members, object{"team_id": bench.TeamID, "user_id": mm.User("alice").ID}).Status)
	assert.EqualValues(t, 1, admin.do("GET", "/api/v4/teams/"+bench.TeamID+"/stats", nil).get("total_member_count").Int())
}

func TestABatchOfMembersEndsAtTheFirstWhoCannotJoin(t *testing.T) {
	mm := mmfake.New(t)
	admin, lab, bob := clientOf(t, mm, mm.Admin), mm.Team("lab"), mm.User("bob")
	path := "/api/v4/teams/" + lab.ID + "/members/batch"
	batch := []object{{"team_id": lab.ID, "user_id": "aaaaaaaaaaaaaaaaaaaaaaaaaa"}, {"team_id": lab.ID, "user_id": bob.ID}}

	assert.Equal(t, "api.team.user.missing_account", admin.do("POST", path, batch).problem())
	r := admin.do("POST", path+"?graceful=true", batch)
	assert.Equal(t, "api.team.user.missing_account", r.get("0.error.id").String())
	assert.Equal(t, "null", r.get("0.member").Raw)
	assert.Equal(t, bob.ID, r.get("1.member.user_id").String())
	assert.Equal(t, "null", r.get("1.error").Raw)
	assert.Equal(t, 400, admin.do("POST", path, []object{}).Status)
	assert.Equal(t, 400, admin.do("POST", path, make([]object, 201)).Status)
	assert.Equal(t, 400, admin.do("POST", path, []object{{"team_id": mm.Team("test").ID, "user_id": bob.ID}}).Status)
}

func TestAFullTeamTakesNobody(t *testing.T) {
	mm := mmfake.New(t, mmfake.Configure(func(s *mmfake.Settings) { s.MaxUsersPerTeam = 2 }))
	alice := clientOf(t, mm, mm.User("alice"))
	id := alice.newTeam("lab").get("id").String()
	add := func(a *mmfake.Actor) reply {
		return alice.do("POST", "/api/v4/teams/"+id+"/members", object{"team_id": id, "user_id": a.ID})
	}
	require.Equal(t, 201, add(mm.User("bob")).Status)
	assert.Equal(t, "app.team.join_user_to_team.max_accounts.app_error", add(mm.User("carol")).problem())
	require.Equal(t, 200, alice.do("DELETE", "/api/v4/teams/"+id+"/members/"+mm.User("bob").ID, nil).Status)
	assert.Equal(t, 201, add(mm.User("carol")).Status)
}

func TestTeamMembersArePagedInTheOrderOfJoiningOrByName(t *testing.T) {
	mm := mmfake.New(t)
	alice := clientOf(t, mm, mm.User("zed"))
	id := alice.newTeam("lab").get("id").String()
	names := map[string]string{mm.User("zed").ID: "zed"}
	for _, name := range []string{"mia", "ann", "bob"} {
		names[mm.User(name).ID] = name
		require.Equal(t, 201, alice.do("POST", "/api/v4/teams/"+id+"/members", object{"team_id": id, "user_id": mm.User(name).ID}).Status)
	}
	list := func(query string) []string {
		var got []string
		for _, m := range alice.do("GET", "/api/v4/teams/"+id+"/members?"+query, nil).get("#.user_id").Array() {
			got = append(got, names[m.String()])
		}
		return got
	}
	assert.Equal(t, []string{"zed", "mia", "ann", "bob"}, list(""))
	assert.Equal(t, []string{"ann", "bob"}, list("page=1&per_page=2"))
	assert.Equal(t, []string{"mia", "zed"}, list("page=1&per_page=2&sort=Username"))
	require.Equal(t, 200, clientOf(t, mm, mm.Admin).do("PUT", "/api/v4/users/"+mm.User("mia").ID+"/active", object{"active": false}).Status)
	assert.Equal(t, []string{"zed", "ann", "bob"}, list("exclude_deleted_users=true"))
	assert.EqualValues(t, 3, alice.do("GET", "/api/v4/teams/"+id+"/stats", nil).get("active_member_count").Int())
}

func TestTeamAdminsPromoteMembers(t *testing.T) {
	mm := mmfake.New(t)
	alice, bob := clientOf(t, mm, mm.User("alice")), clientOf(t, mm, mm.User("bob"))
	id, bobID := alice.newTeam("lab").get("id").String(), mm.User("bob").ID
	require.Equal(t, 201, alice.do("POST", "/api/v4/teams/"+id+"/members", object{"team_id": id, "user_id": bobID}).Status)
	path := "/api/v4/teams/" + id + "/members/" + bobID

	assert.Equal(t, 403, bob.do("PUT", path+"/schemeRoles", object{"scheme_user": true, "scheme_admin": true}).Status)
	require.Equal(t, 200, alice.do("PUT", path+"/schemeRoles", object{"scheme_user": true, "scheme_admin": true}).Status)
	assert.Equal(t, "team_user team_admin", bob.do("GET", path, nil).get("roles").String())
	assert.Equal(t, 200, bob.do("PUT", "/api/v4/teams/"+id+"/patch", object{"description": "mine too"}).Status)
	assert.Equal(t, "api.channel.update_team_member_roles.scheme_role.app_error", alice.do("PUT", path+"/roles", object{"roles": "team_user system_admin"}).problem())
	assert.Equal(t, "app.team.get_member.missing.app_error", alice.do("PUT", "/api/v4/teams/"+id+"/members/"+mm.Admin.ID+"/roles", object{"roles": "team_user"}).problem())
}

func TestATeamTakesMembersOfItsDomainsOnly(t *testing.T) {
	mm := mmfake.New(t)
	alice, admin := clientOf(t, mm, mm.User("alice")), clientOf(t, mm, mm.Admin)
	team := alice.newTeam("lab")
	id, invite := team.get("id").String(), team.get("invite_id").String()
	require.Equal(t, 200, alice.do("PUT", "/api/v4/teams/"+id+"/patch", object{"allowed_domains": "@corp.test, example.com"}).Status)
	join := func(name, address string) reply {
		user := admin.do("POST", "/api/v4/users", object{"username": name, "email": address, "password": "Passw0rd!"}).get("id").String()
		return admin.do("POST", "/api/v4/teams/"+id+"/members", object{"team_id": id, "user_id": user})
	}

	assert.Equal(t, 201, join("bob", "bob@corp.test").Status)
	assert.Equal(t, "api.team.join_user_to_team.allowed_domains.app_error", join("carol", "carol@notcorp.test").problem())
	signUp := clientOf(t, mm, nil).do("POST", "/api/v4/users?iid="+invite, object{"username": "dora", "email": "dora@else.test", "password": "Passw0rd!"})
	assert.Equal(t, "api.team.invite_members.invalid_email.app_error", signUp.problem())
	refused := alice.do("POST", "/api/v4/teams", object{"name": "corp", "display_name": "Corp", "type": "O", "allowed_domains": "corp.test"})
	assert.Equal(t, 400, refused.Status)
	assert.Equal(t, "api.team.is_team_creation_allowed.domain.app_error", refused.problem())
}

func TestNobodyJoinsATeamThatIsNotThere(t *testing.T) {
	mm := mmfake.New(t)
	actor := mm.User("alice")
	const nowhere = "aaaaaaaaaaaaaaaaaaaaaaaaaa"

	r := clientOf(t, mm, actor).do("POST", "/api/v4/teams/"+nowhere+"/members", object{"team_id": nowhere, "user_id": actor.ID})

	assert.Equal(t, "app.team.get.find.app_error", r.problem())
}

func TestTheMessageThatSomebodyLeftComesBeforeTheEvent(t *testing.T) {
	for version, want := range map[string]string{"11.6": "posted", "5.36": "posted", "5.0": "leave_team"} {
		mm := mmfake.New(t, mmfake.Version(version))
		dev := mm.Channel("dev")
		bob := mm.User("bob", dev)
		events := mm.User("alice", dev)
		conn := clientOf(t, mm, events).events()

		require.Equal(t, 200, clientOf(t, mm, bob).do("DELETE", "/api/v4/teams/"+dev.TeamID+"/members/me", nil).Status)

		assert.Equal(t, want, conn("posted", "leave_team").Get("event").String(), version)
	}
}

func TestWhoJoinsATeamHearsOfItWhenHeIsInItsChannels(t *testing.T) {
	mm := mmfake.New(t)
	team := clientOf(t, mm, mm.User("alice")).newTeam("lab").get("id").String()
	bob := mm.User("bob")
	next := clientOf(t, mm, bob).events()

	require.Equal(t, 201, clientOf(t, mm, mm.Admin).do("POST", "/api/v4/teams/"+team+"/members", object{"team_id": team, "user_id": bob.ID}).Status)

	told := []string{}
	for range 6 {
		told = append(told, next("posted", "user_added", "added_to_team").Get("event").String())
	}
	assert.Equal(t, []string{"posted", "user_added", "posted", "user_added", "added_to_team", "added_to_team"}, told)
}

func TestAMemberOfATeamMayBeMadeNothingInOldVersions(t *testing.T) {
	for version, problem := range map[string]string{"11.6": "api.team.update_team_member_roles.unset_user_scheme.app_error", "5.36": ""} {
		mm := mmfake.New(t, mmfake.Version(version))
		dev := mm.Channel("dev")
		path := "/api/v4/teams/" + dev.TeamID + "/members/" + mm.User("alice", dev).ID

		r := clientOf(t, mm, mm.Admin).do("PUT", path+"/schemeRoles", object{"scheme_user": false, "scheme_admin": true})

		assert.Equal(t, problem, r.problem(), version)
	}
}

func TestAGracefulBatchSaysInTheWordsOfTheVersionWhoCannotBeAdded(t *testing.T) {
	for version, problem := range map[string]string{"11.6": "api.team.user.missing_account", "5.36": "app.user.missing_account.const"} {
		mm := mmfake.New(t, mmfake.Version(version))
		team := mm.Team("lab").ID
		nobody := []object{{"team_id": team, "user_id": "aaaaaaaaaaaaaaaaaaaaaaaaaa"}}

		r := clientOf(t, mm, mm.Admin).do("POST", "/api/v4/teams/"+team+"/members/batch?graceful=yes", nobody)

		assert.Equal(t, problem, r.get("0.error.id").String(), version)
	}
}

func TestWhoMadeATeamIsItsAdminWheneverHeJoins(t *testing.T) {
	for _, version := range []string{"11.6", "5.36", "5.0"} {
		mm := mmfake.New(t, mmfake.Version(version))
		alice, bob := clientOf(t, mm, mm.User("alice")), clientOf(t, mm, mm.User("bob"))
		made := alice.do("POST", "/api/v4/teams", object{"name": "squad", "display_name": "Squad", "type": "O"})
		team, invite := "/api/v4/teams/"+made.get("id").String(), "/api/v4/teams/members/invite?invite_id="+made.get("invite_id").String()
		require.Equal(t, 200, alice.do("DELETE", team+"/members/me", nil).Status, version)

		assert.Equal(t, "team_user team_admin", alice.do("POST", invite, nil).get("roles").String(), version)
		assert.Equal(t, "team_user", bob.do("POST", invite, nil).get("roles").String(), version)
		town := alice.do("GET", team+"/channels/name/town-square", nil).get("id").String()
		assert.True(t, alice.do("GET", "/api/v4/channels/"+town+"/members/me", nil).get("scheme_admin").Bool(), version)
	}
}

func TestTheOldestVersionListsAllMembersOfATeamInOneOrder(t *testing.T) {
	for version, want := range map[string]int{"11.6": 1, "5.36": 1, "5.0": 2} {
		mm := mmfake.New(t, mmfake.Version(version))
		admin, dev := clientOf(t, mm, mm.Admin), mm.Channel("dev")
		gone := mm.User("gone", dev)
		team := "/api/v4/teams/" + dev.TeamID + "/members"
		all := len(admin.do("GET", team, nil).get("@this").Array())
		require.Equal(t, 200, admin.do("PUT", "/api/v4/users/"+gone.ID+"/active", object{"active": false}).Status)

		assert.Len(t, admin.do("GET", team+"?exclude_deleted_users=true", nil).get("@this").Array(), all-2+want, version)
	}
}
