package world_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

func TestAWorldIsRestoredAsOftenAsOneLikes(t *testing.T) {
	w := world.New(world.DefaultConfig())
	admin := w.Populate()
	team, err := w.TeamByName(admin, world.TeamName)
	require.NoError(t, err)
	square, err := w.ChannelByName(admin, team.ID, model.DefaultChannel, false)
	require.NoError(t, err)
	before, err := w.CreatePost(admin, &model.Post{ChannelID: square.ID, Message: "before"}, world.PostOptions{})
	require.NoError(t, err)
	_, err = w.AddReaction(admin, model.Reaction{UserID: admin.UserID, PostID: before.ID, EmojiName: "eyes"})
	require.NoError(t, err)

	snapshot := w.Snapshot()
	seen := map[string]bool{}
	for round := range 3 {
		for i := range 20 {
			p, err := w.CreatePost(admin, &model.Post{ChannelID: square.ID, Message: fmt.Sprint("after ", round, i), RootID: before.ID}, world.PostOptions{})
			require.NoError(t, err)
			assert.False(t, seen[p.ID], "ids go on")
			seen[p.ID] = true
		}
		require.NoError(t, w.RemoveReaction(admin, admin.UserID, before.ID, "eyes"))
		require.NoError(t, w.DeletePost(admin, before.ID))
		_, err = w.AddChannel(model.Channel{TeamID: team.ID, Name: "later", DisplayName: "later", Type: model.ChannelOpen})
		require.NoError(t, err, "it is not there again")
		_, err = w.AddUser(world.NewUser{User: model.User{Username: "later"}})
		require.NoError(t, err)
		patchSetting(t, w, admin, "ServiceSettings", "EnableIncomingWebhooks", "false")

		w.Restore(snapshot)
		again, err := w.Post(admin, before.ID, false)
		require.NoError(t, err)
		assert.Equal(t, "before", again.Message)
		reactions, err := w.Reactions(admin, before.ID)
		require.NoError(t, err)
		assert.Len(t, reactions, 1)
		assert.True(t, w.Valid(admin), "a session is the one of before")
		assert.True(t, w.Config().EnableIncomingWebhooks)
		thread, err := w.Channel(admin, square.ID)
		require.NoError(t, err)
		assert.EqualValues(t, 1, thread.TotalMsgCount)
	}
}

func BenchmarkSnapshotOfTenThousandPosts(b *testing.B) {
	w := world.New(world.DefaultConfig())
	admin := w.Populate()
	team, _ := w.TeamByName(admin, world.TeamName)
	square, _ := w.ChannelByName(admin, team.ID, model.DefaultChannel, false)
	for range 10_000 {
		_, err := w.CreatePost(admin, &model.Post{ChannelID: square.ID, Message: "one of many"}, world.PostOptions{})
		require.NoError(b, err)
	}
	for b.Loop() {
		w.Restore(w.Snapshot())
	}
}
