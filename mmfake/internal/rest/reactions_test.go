package rest_test

import (
	"fmt"
	"strings"
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

func TestAnAdminsReactionToAPostThatNeverWasFindsNone(t *testing.T) {
	mm := mmfake.New(t)
	alice, _, _ := aliceAndBob(t, mm)
	nothing := "aaaaaaaaaaaaaaaaaaaaaaaaaa"

	assert.Equal(t, 403, alice.react(mm.User("alice").ID, nothing, "tada").Status)
	assert.Equal(t, "app.post.get.app_error", clientOf(t, mm, mm.Admin).react(mm.Admin.ID, nothing, "tada").problem())
}

// TestADeletedPostIsNotThereForItsChannelsMembers: outsiders are forbidden what
// members are told is gone.
func TestADeletedPostIsNotThereForItsChannelsMembers(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.PrivateChannel("dev")
	alice, carol := clientOf(t, mm, mm.User("alice", dev)), clientOf(t, mm, mm.User("carol"))
	id := alice.post(model.Post{ChannelID: dev.ID, Message: "gone"})
	alice.do("DELETE", "/api/v4/posts/"+id, nil)

	for _, request := range []string{
		"POST /api/v4/posts/" + id + "/pin", "POST /api/v4/users/me/posts/" + id + "/set_unread",
		"GET /api/v4/posts/" + id + "/files/info", "DELETE /api/v4/users/me/posts/" + id + "/reactions/tada",
		"PUT " + threads(dev) + "/" + id + "/following",
	} {
		method, path, _ := strings.Cut(request, " ")
		assert.Equal(t, "app.post.get.app_error", alice.do(method, path, "{}").problem(), request)
		assert.Equal(t, 403, carol.do(method, path, "{}").Status, request)
	}
	assert.Equal(t, 200, alice.do("GET", "/api/v4/posts/"+id+"/reactions", nil).Status, "it keeps its reactions")
}

func TestAnArchivedChannelOfTheOldestVersionIsNotFrozen(t *testing.T) {
	mm := mmfake.New(t, mmfake.Version("5.0"))
	alice, _, dev := aliceAndBob(t, mm)
	id := alice.post(model.Post{ChannelID: dev.ID, Message: "old"})
	alice.do("DELETE", "/api/v4/channels/"+dev.ID, nil)

	assert.Equal(t, 200, alice.react(mm.User("alice").ID, id, "tada").Status)
	assert.Equal(t, 200, alice.do("PUT", "/api/v4/posts/"+id+"/patch", map[string]string{"message": "edited"}).Status)
	assert.Equal(t, 200, alice.do("DELETE", "/api/v4/posts/"+id, nil).Status)
}

func TestADeletedEmojiTakesItsReactionsWithIt(t *testing.T) {
	mm := mmfake.New(t)
	alice, bob, dev := aliceAndBob(t, mm)
	id := alice.post(model.Post{ChannelID: dev.ID, Message: "news"})
	emoji := bob.addEmoji(mm.User("bob").ID, "party", aPNG(t, 1, 1)).get("id").String()
	bob.react(mm.User("bob").ID, id, "party")
	before := alice.do("GET", "/api/v4/posts/"+id, nil)
	require.True(t, before.get("has_reactions").Bool(), "%s", before.Body)

	require.Equal(t, 200, bob.do("DELETE", "/api/v4/emoji/"+emoji, nil).Status)

	after := alice.do("GET", "/api/v4/posts/"+id, nil)
	assert.False(t, after.get("has_reactions").Exists())
	assert.Greater(t, after.get("update_at").Int(), before.get("update_at").Int())
}

func TestAnEmojiNameInAPathHasUpTo64Characters(t *testing.T) {
	mm := mmfake.New(t)
	alice, _, dev := aliceAndBob(t, mm)
	id := alice.post(model.Post{ChannelID: dev.ID, Message: "news"})
	long := strings.Repeat("x", 65)

	assert.Equal(t, "api.context.invalid_url_param.app_error", alice.do("GET", "/api/v4/emoji/name/"+long, nil).problem())
	assert.Equal(t, 400, alice.do("DELETE", "/api/v4/users/me/posts/"+id+"/reactions/"+long, nil).Status)
}

func TestTheReactionsOfNoPostsAreNone(t *testing.T) {
	mm := mmfake.New(t)
	alice, _, _ := aliceAndBob(t, mm)

	assert.Equal(t, "{}\n", string(alice.do("POST", "/api/v4/posts/ids/reactions", "[]").Body))
	assert.Equal(t, "api.payload.parse.error", alice.do("POST", "/api/v4/posts/ids/reactions", "{").problem())
}

func TestAReactionToOldVersionsNeedsNoMoreThanAName(t *testing.T) {
	for version, status := range map[string]int{"11.6": 404, "5.36": 200, "5.0": 200} {
		mm := mmfake.New(t, mmfake.Version(version))
		alice, _, dev := aliceAndBob(t, mm)
		id := alice.post(model.Post{ChannelID: dev.ID, Message: "news"})

		assert.Equal(t, status, alice.react(mm.User("alice").ID, id, "nobody_made_it").Status, "as %s", version)
	}
}

func TestReactionsStandInTheOrderOfTheTimesThatTheirUsersGive(t *testing.T) {
	mm := mmfake.New(t)
	alice, bob, dev := aliceAndBob(t, mm)
	id := alice.post(model.Post{ChannelID: dev.ID, Message: "nice"})

	require.Equal(t, 200, alice.do("POST", "/api/v4/reactions", model.Reaction{UserID: mm.User("alice").ID, PostID: id, EmojiName: "tada"}).Status)
	r := bob.do("POST", "/api/v4/reactions", model.Reaction{UserID: mm.User("bob").ID, PostID: id, EmojiName: "eyes", CreateAt: 5})

	assert.EqualValues(t, 5, r.get("create_at").Int())
	assert.Greater(t, r.get("update_at").Int(), int64(5))
	assert.Equal(t, `["eyes","tada"]`, bob.do("GET", "/api/v4/posts/"+id+"/reactions", nil).get("#.emoji_name").Raw)
}
