package rest_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// newTeam has a client make a team, of which its user is the admin then.
func (c client) newTeam(name string) reply {
	c.t.Helper()
	r := c.do("POST", "/api/v4/teams", object{"name": name, "display_name": name, "type": "O"})
	require.Equal(c.t, 201, r.Status, "%s", r.Body)
	return r
}

func TestClosingATeamMakesItsInvitationVoid(t *testing.T) {
	mm := mmfake.New(t)
	alice, bob := clientOf(t, mm, mm.User("alice")), clientOf(t, mm, mm.User("bob"))
	made := alice.newTeam("lab")
	path, invitation := "/api/v4/teams/"+made.get("id").String(), made.get("invite_id").String()

	opened := alice.do("PUT", path+"/privacy", object{"privacy": "O"})
	assert.True(t, opened.get("allow_open_invite").Bool())
	assert.Equal(t, invitation, opened.get("invite_id").String())
	closed := alice.do("PUT", path+"/privacy", object{"privacy": "I"})
	assert.False(t, closed.get("allow_open_invite").Bool())
	assert.Equal(t, "I", closed.get("type").String())
	assert.Equal(t, 404, bob.do("POST", "/api/v4/teams/members/invite?invite_id="+invitation, nil).Status)
	assert.Equal(t, "api.team.get_invite_info.not_open_team", bob.do("GET", "/api/v4/teams/invite/"+closed.get("invite_id").String(), nil).problem())
	assert.Equal(t, 400, alice.do("PUT", path+"/privacy", object{"privacy": "X"}).Status)
	assert.Equal(t, 403, bob.do("PUT", path+"/privacy", object{"privacy": "O"}).Status)
}

func TestANewInvitationReplacesTheOld(t *testing.T) {
	mm := mmfake.New(t)
	alice, bob := clientOf(t, mm, mm.User("alice")), clientOf(t, mm, mm.User("bob"))
	made := alice.newTeam("lab")
	renewed := alice.do("POST", "/api/v4/teams/"+made.get("id").String()+"/regenerate_invite_id", nil).get("invite_id").String()
	join := func(id string) int { return bob.do("POST", "/api/v4/teams/members/invite?invite_id="+id, nil).Status }
	assert.Equal(t, 404, join(made.get("invite_id").String()))
	assert.Equal(t, 201, join(renewed))
	assert.Equal(t, "api.team.add_user_to_team.missing_parameter.app_error", bob.do("POST", "/api/v4/teams/members/invite", nil).problem())
	assert.Equal(t, 400, bob.do("POST", "/api/v4/teams/members/invite?token=x", nil).Status)
}

func TestADeletedTeamComesBackWithItsMembers(t *testing.T) {
	mm := mmfake.New(t)
	alice := clientOf(t, mm, mm.User("alice"))
	id := alice.newTeam("lab").get("id").String()
	require.Equal(t, 200, alice.do("DELETE", "/api/v4/teams/"+id, nil).Status)
	assert.Equal(t, `["test"]`, alice.do("GET", "/api/v4/users/me/teams", nil).get("#.name").Raw)
	assert.EqualValues(t, 0, alice.do("POST", "/api/v4/teams/"+id+"/restore", nil).get("delete_at").Int())
	assert.Equal(t, `["test","lab"]`, alice.do("GET", "/api/v4/users/me/teams", nil).get("#.name").Raw)
}

func TestATeamDeletedForGoodIsGoneWithItsChannels(t *testing.T) {
	mm := mmfake.New(t, mmfake.Configure(func(s *mmfake.Settings) { s.EnableAPITeamDeletion = true }))
	bench := mm.Team("lab").Channel("bench")
	alice, admin := clientOf(t, mm, mm.User("alice", bench)), clientOf(t, mm, mm.Admin)
	require.Equal(t, 200, admin.do("DELETE", "/api/v4/teams/"+bench.TeamID+"?permanent=true", nil).Status)
	assert.Equal(t, 404, admin.do("GET", "/api/v4/teams/"+bench.TeamID, nil).Status)
	assert.Equal(t, 404, alice.do("GET", "/api/v4/channels/"+bench.ID, nil).Status)
	assert.Equal(t, "[]", alice.do("GET", "/api/v4/users/me/channels", nil).get("#.name").Raw)
	alice.newTeam("lab")
}

func TestDeletingATeamForGoodNeedsASetting(t *testing.T) {
	mm := mmfake.New(t)
	r := clientOf(t, mm, mm.Admin).do("DELETE", "/api/v4/teams/"+mm.Team("lab").ID+"?permanent=true", nil)
	assert.Equal(t, "api.user.delete_team.not_enabled.app_error", r.problem())
}

func TestATeamExistsForThoseWhoMayKnowOfIt(t *testing.T) {
	mm := mmfake.New(t)
	mm.Team("lab")
	exists := func(c client) bool { return c.do("GET", "/api/v4/teams/name/lab/exists", nil).get("exists").Bool() }
	assert.False(t, exists(clientOf(t, mm, mm.User("alice"))))
	assert.True(t, exists(clientOf(t, mm, mm.Admin)))
}

func TestAdminsSearchTeamsPageByPage(t *testing.T) {
	mm := mmfake.New(t)
	for i := range 5 {
		mm.Team(fmt.Sprintf("lab%d", i))
	}
	body := object{"term": "LAB", "page": 1, "per_page": 2}
	r := clientOf(t, mm, mm.Admin).do("POST", "/api/v4/teams/search", body)
	assert.Equal(t, `["lab2","lab3"]`, r.get("teams.#.name").Raw)
	assert.EqualValues(t, 5, r.get("total_count").Int())
	assert.Equal(t, 501, clientOf(t, mm, mm.User("alice")).do("POST", "/api/v4/teams/search", body).Status)
}

func TestATeamIconIsASquarePNGAndCanBeRemoved(t *testing.T) {
	mm := mmfake.New(t)
	alice := clientOf(t, mm, mm.User("alice"))
	id := alice.newTeam("lab").get("id").String()
	path := "/api/v4/teams/" + id + "/image"
	require.Equal(t, 200, alice.form(path, part{"image", "i.png", aPNG(t, 300, 200)}).Status)

	r := alice.do("GET", path, nil)
	assert.Equal(t, "image/png", r.Header.Get("Content-Type"))
	assert.Equal(t, r.Header.Get("Etag"), alice.do("GET", "/api/v4/teams/"+id, nil).get("last_team_icon_update").String())
	assert.Equal(t, 304, alice.do("GET", path, nil, "If-None-Match", r.Header.Get("Etag")).Status)
	assert.Equal(t, 403, clientOf(t, mm, mm.User("bob")).do("GET", path, nil).Status)
	assert.Equal(t, "api.team.set_team_icon.check_image_limits.app_error", alice.form(path, part{"image", "i.png", claimedPNG(t, 1<<20, 1<<20)}).problem())
	require.Equal(t, 200, alice.do("DELETE", path, nil).Status)
	assert.Equal(t, 404, alice.do("GET", path, nil).Status)
}

func TestUnreadPostsOfAUsersTeams(t *testing.T) {
	mm := mmfake.New(t)
	dev, bench := mm.Channel("dev"), mm.Team("lab").Channel("bench")
	alice, bob := clientOf(t, mm, mm.User("alice", dev, bench)), mm.User("bob", dev, bench)
	bob.Post(dev, "one")
	bob.Post(bench, "two for @alice")
	bob.Post(bench, "three")
	require.Equal(t, 200, alice.do("PUT", "/api/v4/channels/"+dev.ID+"/members/me/notify_props", object{"mark_unread": "mention"}).Status)

	all := alice.do("GET", "/api/v4/users/me/teams/unread", nil)
	assert.Equal(t, "[0,2]", all.get("#.msg_count").Raw)
	assert.Equal(t, "[0,1]", all.get("#.mention_count").Raw)
	assert.Equal(t, "[2]", alice.do("GET", "/api/v4/users/me/teams/unread?exclude_team="+dev.TeamID, nil).get("#.msg_count").Raw)
	assert.Equal(t, 403, alice.do("GET", "/api/v4/users/"+bob.ID+"/teams/unread", nil).Status)
}

func TestUnreadThreadsOfAUsersTeamsAreCountedWhereAskedFor(t *testing.T) {
	mm := mmfake.New(t)
	alice, bob, dev := aliceAndBob(t, mm)
	root := alice.post(model.Post{ChannelID: dev.ID, Message: "root", Metadata: &model.PostMetadata{Priority: &model.PostPriority{Priority: new(model.PostPriorityUrgent)}}})
	bob.post(model.Post{ChannelID: dev.ID, RootID: root, Message: "one"})
	bob.post(model.Post{ChannelID: dev.ID, RootID: root, Message: "two for @alice"})
	counts := func(query string) string {
		r := alice.do("GET", "/api/v4/users/me/teams/unread"+query, nil)
		return r.get("0.thread_count").Raw + " " + r.get("0.thread_mention_count").Raw + " " + r.get("0.thread_urgent_mention_count").Raw
	}

	assert.Equal(t, "1 1 1", counts("?include_collapsed_threads=true"))
	assert.Equal(t, "0 0 0", counts(""))
	require.Equal(t, 200, alice.do("PUT", threads(dev)+"/read", nil).Status)
	assert.Equal(t, "0 0 0", counts("?include_collapsed_threads=true"))
}

func TestWhoMaySeeTeamsOnlySearchesThemAtOnce(t *testing.T) {
	mm := mmfake.New(t)
	alice := clientOf(t, mm, mm.User("alice"))

	assert.Equal(t, 501, alice.do("POST", "/api/v4/teams/search", object{"term": "lab", "page": 0}).Status)
	assert.Equal(t, 200, alice.do("POST", "/api/v4/teams/search", object{"term": ""}).Status)
}

func TestTheOldestVersionSearchesTeamsByATermOnly(t *testing.T) {
	mm := mmfake.New(t, mmfake.Version("5.0"))

	r := clientOf(t, mm, mm.Admin).do("POST", "/api/v4/teams/search", object{"term": ""})

	assert.Equal(t, "api.context.invalid_body_param.app_error", r.problem())
}

func TestAClientGivesNoTeamItsID(t *testing.T) {
	mm := mmfake.New(t)

	r := clientOf(t, mm, mm.Admin).do("POST", "/api/v4/teams", object{"id": "aaaaaaaaaaaaaaaaaaaaaaaaaa", "name": "lab", "display_name": "Lab", "type": "O"})

	assert.Equal(t, "app.team.save.existing.app_error", r.problem())
}
