package rest_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

func (c client) react(userID, postID, emoji string) reply {
	c.t.Helper()
	return c.do("POST", "/api/v4/reactions", model.Reaction{UserID: userID, PostID: postID, EmojiName: emoji})
}

func TestAReactionAddedTwiceCountsOnce(t *testing.T) {
	mm := mmfake.New(t)
	alice, bob, dev := aliceAndBob(t, mm)
	id := alice.post(model.Post{ChannelID: dev.ID, Message: "news"})
	me := mm.User("bob").ID

	for range 2 {
		require.Equal(t, 200, bob.react(me, id, "tada").Status)
	}

	r := alice.do("GET", "/api/v4/posts/"+id, nil)
	assert.Equal(t, `["tada"]`, r.get("metadata.reactions.#.emoji_name").Raw)
	assert.True(t, r.get("has_reactions").Bool())
}

func TestAPostWithoutItsLastReactionHasNone(t *testing.T) {
	mm := mmfake.New(t)
	alice, bob, dev := aliceAndBob(t, mm)
	id := alice.post(model.Post{ChannelID: dev.ID, Message: "news"})
	before := alice.do("GET", "/api/v4/posts/"+id, nil)
	bob.react(mm.User("bob").ID, id, "tada")

	require.Equal(t, 200, bob.do("DELETE", "/api/v4/users/me/posts/"+id+"/reactions/tada", nil).Status)

	r := alice.do("GET", "/api/v4/posts/"+id, nil)
	assert.False(t, r.get("has_reactions").Exists())
	assert.Equal(t, "{}", r.get("metadata").Raw)
	assert.Greater(t, r.get("update_at").Int(), before.get("update_at").Int(), "clients hear of it when they ask what changed")
	assert.Equal(t, "null\n", string(alice.do("GET", "/api/v4/posts/"+id+"/reactions", nil).Body))
}

func TestAPostTakesSoManyDifferentEmoji(t *testing.T) {
	mm := mmfake.New(t, mmfake.Configure(func(s *mmfake.Settings) { s.UniqueEmojiReactionLimit = 2 }))
	alice, bob, dev := aliceAndBob(t, mm)
	id := alice.post(model.Post{ChannelID: dev.ID, Message: "news"})
	me, other := mm.User("alice").ID, mm.User("bob").ID
	for _, emoji := range []string{"tada", "+1"} {
		require.Equal(t, 200, alice.react(me, id, emoji).Status)
	}

	assert.Equal(t, "app.reaction.save.save.too_many_reactions", alice.react(me, id, "eyes").problem())
	assert.Equal(t, 200, bob.react(other, id, "tada").Status, "one that is there already")
}

func TestReactionsAreFrozenInAnArchivedChannel(t *testing.T) {
	mm := mmfake.New(t)
	alice, _, dev := aliceAndBob(t, mm)
	id := alice.post(model.Post{ChannelID: dev.ID, Message: "news"})
	me := mm.User("alice").ID
	alice.react(me, id, "tada")
	require.Equal(t, 200, clientOf(t, mm, mm.Admin).do("DELETE", "/api/v4/channels/"+dev.ID, nil).Status)

	assert.Equal(t, "api.reaction.save.archived_channel.app_error", alice.react(me, id, "+1").problem())
	r := alice.do("DELETE", fmt.Sprintf("/api/v4/users/%s/posts/%s/reactions/tada", me, id), nil)
	assert.Equal(t, "api.reaction.delete.archived_channel.app_error", r.problem())
}
