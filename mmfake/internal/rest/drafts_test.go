package rest_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

func TestAChannelAndEachOfItsThreadsHaveADraftOfTheirOwn(t *testing.T) {
	mm := mmfake.New(t)
	alice, bob, dev := aliceAndBob(t, mm)
	root := alice.post(model.Post{ChannelID: dev.ID, Message: "root"})
	put := func(rootID, text string) {
		r := alice.do("POST", "/api/v4/drafts", model.Draft{ChannelID: dev.ID, RootID: rootID, Message: text})
		require.Equal(t, 201, r.Status, "%s", r.Body)
	}
	put("", "to the channel")
	put(root, "to the thread")
	put("", "to the channel, better")
	drafts := func(c client) string {
		return c.do("GET", "/api/v4/users/me/teams/"+dev.TeamID+"/drafts", nil).get("#.message").Raw
	}

	assert.Equal(t, `["to the channel, better","to the thread"]`, drafts(alice), "the one changed last first")
	assert.Empty(t, drafts(bob))
	require.Equal(t, 200, alice.do("DELETE", "/api/v4/users/me/channels/"+dev.ID+"/drafts/"+root, nil).Status)
	assert.Equal(t, `["to the channel, better"]`, drafts(alice))
}

func TestAnArchivedChannelTakesNoDrafts(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := aliceIn(t, mm)
	require.Equal(t, 200, clientOf(t, mm, mm.Admin).do("DELETE", "/api/v4/channels/"+dev.ID, nil).Status)

	r := alice.do("POST", "/api/v4/drafts", model.Draft{ChannelID: dev.ID, Message: "too late"})

	assert.Equal(t, 400, r.Status)
	assert.Equal(t, "api.draft.create_draft.can_not_draft_to_deleted.error", r.problem())
}

func TestADraftThatSaysNothingLeavesNone(t *testing.T) {
	mm := mmfake.New(t)
	alice, _, dev := aliceAndBob(t, mm)
	list := "/api/v4/users/me/teams/" + dev.TeamID + "/drafts"
	alice.do("POST", "/api/v4/drafts", model.Draft{ChannelID: dev.ID, Message: "unfinished"})
	require.EqualValues(t, 1, alice.do("GET", list, nil).get("#").Int())

	r := alice.do("POST", "/api/v4/drafts", model.Draft{ChannelID: dev.ID})

	assert.Equal(t, 201, r.Status)
	assert.Equal(t, "null\n", string(r.Body))
	assert.Equal(t, "null\n", string(alice.do("GET", list, nil).Body))
}

func TestADraftTellsOfItsAuthorsFiles(t *testing.T) {
	mm := mmfake.New(t)
	alice, bob, dev := aliceAndBob(t, mm)
	mine := alice.upload(dev.ID, "mine.txt", "a").get("file_infos.0.id").String()
	his := bob.upload(dev.ID, "his.txt", "b").get("file_infos.0.id").String()

	r := alice.do("POST", "/api/v4/drafts", model.Draft{ChannelID: dev.ID, FileIDs: []string{mine, his}})

	assert.Equal(t, `["mine.txt"]`, r.get("metadata.files.#.name").Raw)
	assert.EqualValues(t, 2, r.get("file_ids.#").Int())
}

func TestADeletedThreadTakesItsDraftsAlong(t *testing.T) {
	mm := mmfake.New(t)
	alice, bob, dev := aliceAndBob(t, mm)
	root := alice.post(model.Post{ChannelID: dev.ID, Message: "root"})
	bob.do("POST", "/api/v4/drafts", model.Draft{ChannelID: dev.ID, RootID: root, Message: "but"})

	alice.do("DELETE", "/api/v4/posts/"+root, nil)

	assert.Equal(t, "null\n", string(bob.do("GET", "/api/v4/users/me/teams/"+dev.TeamID+"/drafts", nil).Body))
}

func TestDraftsAreRefusedWhereTheSettingsTurnThemOff(t *testing.T) {
	mm := mmfake.New(t, mmfake.Configure(func(s *mmfake.Settings) { s.AllowSyncedDrafts = false }))
	alice, dev := aliceIn(t, mm)
	list := "/api/v4/users/me/teams/" + dev.TeamID + "/drafts"

	assert.Equal(t, "api.drafts.disabled.app_error", alice.do("POST", "/api/v4/drafts", model.Draft{ChannelID: dev.ID, Message: "x"}).problem())
	assert.Equal(t, 501, alice.do("GET", list, nil).Status)
	assert.Equal(t, 501, alice.do("DELETE", "/api/v4/users/me/channels/"+dev.ID+"/drafts", nil).Status)
}

func TestADraftIsAsOldAsItsAuthorSays(t *testing.T) {
	mm := mmfake.New(t)
	alice, _, dev := aliceAndBob(t, mm)

	r := alice.do("POST", "/api/v4/drafts", model.Draft{ChannelID: dev.ID, Message: "unfinished", CreateAt: 5, UpdateAt: 6})

	assert.EqualValues(t, 5, r.get("create_at").Int())
	assert.Greater(t, r.get("update_at").Int(), int64(6))
}
