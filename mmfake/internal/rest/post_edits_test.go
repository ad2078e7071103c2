package rest_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

func TestAnEditOfAReplyChangesItsRoot(t *testing.T) {
	mm := mmfake.New(t)
	alice, bob, dev := aliceAndBob(t, mm)
	root := alice.post(model.Post{ChannelID: dev.ID, Message: "root"})
	answer := bob.post(model.Post{ChannelID: dev.ID, RootID: root, Message: "reply"})
	before := alice.do("GET", "/api/v4/posts/"+root, nil)

	bob.do("PUT", "/api/v4/posts/"+answer+"/patch", object{"message": "edited"})

	since := alice.do("GET", "/api/v4/channels/"+dev.ID+"/posts?since="+before.get("update_at").Raw, nil)
	assert.Contains(t, since.order(), root, "clients that ask what changed are told of the root too")
	assert.Zero(t, since.get("posts."+root+".edit_at").Int())
}

func TestEvenAPinLeavesAnEarlierVersion(t *testing.T) {
	mm := mmfake.New(t)
	alice, bob, dev := aliceAndBob(t, mm)
	id := alice.post(model.Post{ChannelID: dev.ID, Message: "rules"})
	before := alice.do("GET", "/api/v4/posts/"+id, nil)

	bob.do("POST", "/api/v4/posts/"+id+"/pin", nil)

	since := alice.do("GET", "/api/v4/channels/"+dev.ID+"/posts?since="+before.get("update_at").Raw, nil)
	require.Len(t, since.order(), 2, "the post, and what it was, as a deleted one")
	assert.Equal(t, id, alice.do("GET", "/api/v4/posts/"+id+"/edit_history", nil).get("0.original_id").String())
	assert.Zero(t, alice.do("GET", "/api/v4/posts/"+id, nil).get("edit_at").Int())
}

func TestAnEditOfAttachmentsAloneCountsAsOneInLaterVersions(t *testing.T) {
	for version, counts := range map[string]bool{"11.6": true, "5.36": true, "5.0": false} {
		mm := mmfake.New(t, mmfake.Version(version))
		alice, _, dev := aliceAndBob(t, mm)
		id := alice.post(model.Post{ChannelID: dev.ID, Message: "build"})

		r := alice.do("PUT", "/api/v4/posts/"+id+"/patch", object{"props": object{"attachments": []object{{"text": "passed"}}}})

		assert.Equal(t, counts, r.get("edit_at").Int() > 0, "as %s: %s", version, r.Body)
	}
}

func TestAnEditOfTheOldestVersionReplacesTheListOfFilesAndLeavesTheFiles(t *testing.T) {
	mm := mmfake.New(t, mmfake.Version("5.0"))
	alice, _, dev := aliceAndBob(t, mm)
	file := alice.upload(dev.ID, "a.txt", "text").get("file_infos.0.id").String()
	id := alice.post(model.Post{ChannelID: dev.ID, Message: "see", FileIDs: []string{file}})

	patched := alice.do("PUT", "/api/v4/posts/"+id+"/patch", object{"is_pinned": true})
	replaced := alice.do("PUT", "/api/v4/posts/"+id, object{"id": id, "message": "see"})

	assert.Equal(t, file, patched.get("file_ids.0").String(), "a patch without file_ids leaves them")
	assert.False(t, replaced.get("file_ids").Exists(), "%s", replaced.Body)
	assert.Equal(t, file, alice.do("GET", "/api/v4/posts/"+id+"/files/info", nil).get("0.id").String(), "it is still the post's")
}

func TestTheLimitOfTimeIsForAnotherMessage(t *testing.T) {
	mm := mmfake.New(t, mmfake.Configure(func(s *mmfake.Settings) { s.PostEditTimeLimit = 0 }))
	alice, _, dev := aliceAndBob(t, mm)
	id := alice.post(model.Post{ChannelID: dev.ID, Message: "rules"})

	assert.Equal(t, 200, alice.do("PUT", "/api/v4/posts/"+id+"/patch", object{"is_pinned": true}).Status)
	assert.Equal(t, 200, alice.do("PUT", "/api/v4/posts/"+id, object{"id": id, "message": "rules", "props": object{"a": 1}}).Status)
	assert.Equal(t, "api.post.update_post.permissions_time_limit.app_error", alice.do("PUT", "/api/v4/posts/"+id, object{"id": id, "message": "none"}).problem())
}

func TestAnEditOfAnOldVersionLeavesTheFiles(t *testing.T) {
	for version, changed := range map[string]bool{"11.6": true, "5.36": false} {
		mm := mmfake.New(t, mmfake.Version(version))
		alice, _, dev := aliceAndBob(t, mm)
		file := alice.upload(dev.ID, "a.txt", "text").get("file_infos.0.id").String()
		id := alice.post(model.Post{ChannelID: dev.ID, Message: "see", FileIDs: []string{file}})

		r := alice.do("PUT", "/api/v4/posts/"+id+"/patch", object{"file_ids": []string{}})

		assert.Equal(t, changed, len(r.get("file_ids").Array()) == 0, "as %s: %s", version, r.Body)
	}
}

func TestAPendingIDOfADeletedPostMakesNoOther(t *testing.T) {
	mm := mmfake.New(t)
	alice, _, dev := aliceAndBob(t, mm)
	post := model.Post{ChannelID: dev.ID, Message: "once", PendingPostID: "x:1"}
	alice.do("DELETE", "/api/v4/posts/"+alice.post(post), nil)

	r := alice.do("POST", "/api/v4/posts", post)

	assert.Equal(t, 500, r.Status)
	assert.Equal(t, "api.post.deduplicate_create_post.failed_to_get", r.problem())
}

func TestTheServerSaysWhichChannelsAPostNames(t *testing.T) {
	mm := mmfake.New(t)
	alice, _, dev := aliceAndBob(t, mm)
	claimed := model.Props{"channel_mentions": object{"secret": object{"display_name": "Secret"}}}
	for text, want := range map[string]string{
		"see ~dev.": `["dev"]`, "(~dev)": `["dev"]`, "x~dev": `[]`, "~Dev": `[]`, "~nothing": `[]`, "plain": `[]`,
	} {
		r := alice.do("POST", "/api/v4/posts", model.Post{ChannelID: dev.ID, Message: text, Props: claimed})
		assert.Equal(t, want, r.get("props.channel_mentions.@keys").Raw, "%q: %s", text, r.Body)
	}
}

// TestOfOldVersionsAReplyReadsTheChannel: without collapsed threads who replies has
// seen the channel.
func TestOfOldVersionsAReplyReadsTheChannel(t *testing.T) {
	for version, unread := range map[string]int64{"11.6": 1, "5.36": 0, "5.0": 0} {
		mm := mmfake.New(t, mmfake.Version(version))
		alice, _, dev := aliceAndBob(t, mm)
		root := alice.post(model.Post{ChannelID: dev.ID, Message: "root"})
		alice.post(model.Post{ChannelID: dev.ID, RootID: root, Message: "reply"})

		r := alice.do("GET", "/api/v4/users/me/channels/"+dev.ID+"/unread", nil)

		assert.Equal(t, unread, r.get("msg_count").Int(), "as %s: %s", version, r.Body)
	}
}

func TestAPostsTypeIsNoLongerThanTheDatabaseTakes(t *testing.T) {
	mm := mmfake.New(t)
	alice, _, dev := aliceAndBob(t, mm)

	assert.Equal(t, 201, alice.do("POST", "/api/v4/posts", model.Post{ChannelID: dev.ID, Type: "custom_is_26_characters_lo"}).Status)
	r := alice.do("POST", "/api/v4/posts", model.Post{ChannelID: dev.ID, Type: "custom_has_27_characters_ok"})
	assert.Equal(t, "app.post.save.app_error", r.problem())
	assert.Equal(t, 500, r.Status)
}

func TestNoVersionTakesAPatchOrAReactionOfAWrongType(t *testing.T) {
	for _, version := range []string{"11.6", "5.36", "5.0"} {
		mm := mmfake.New(t, mmfake.Version(version))
		alice, _, dev := aliceAndBob(t, mm)
		id := alice.post(model.Post{ChannelID: dev.ID, Message: "stays"})

		assert.Equal(t, 400, alice.do("PUT", "/api/v4/posts/"+id+"/patch", object{"message": 5}).Status, version)
		r := alice.do("POST", "/api/v4/reactions", object{"user_id": mm.User("alice").ID, "post_id": id, "emoji_name": 7})
		assert.Equal(t, "api.context.invalid_body_param.app_error", r.problem(), version)
		assert.Equal(t, "stays", alice.do("GET", "/api/v4/posts/"+id, nil).get("message").String())
	}
}

func TestOldVersionsDeleteNoPostForGood(t *testing.T) {
	mm := mmfake.New(t, mmfake.Version("5.36"))
	alice, _, dev := aliceAndBob(t, mm)
	id := alice.post(model.Post{ChannelID: dev.ID, Message: "gone"})

	assert.Equal(t, 200, alice.do("DELETE", "/api/v4/posts/"+id+"?permanent=true", nil).Status)
}

func TestAnEarlierVersionTellsOfItsFiles(t *testing.T) {
	mm := mmfake.New(t)
	alice, _, dev := aliceAndBob(t, mm)
	file := alice.upload(dev.ID, "a.txt", "text").get("file_infos.0.id").String()
	id := alice.post(model.Post{ChannelID: dev.ID, Message: "see", FileIDs: []string{file}})

	alice.do("PUT", "/api/v4/posts/"+id+"/patch", object{"file_ids": []string{}})

	assert.Equal(t, `["a.txt"]`, alice.do("GET", "/api/v4/posts/"+id+"/edit_history", nil).get("0.metadata.files.#.name").Raw)
}

func TestTheServersOwnPostsAreNotPinned(t *testing.T) {
	for _, version := range []string{"11.6", "5.36", "5.0"} {
		mm := mmfake.New(t, mmfake.Version(version))
		alice, dev := aliceIn(t, mm)
		require.Equal(t, 200, alice.do("PUT", "/api/v4/channels/"+dev.ID+"/patch", object{"header": "new"}).Status)
		said := alice.do("GET", "/api/v4/channels/"+dev.ID+"/posts?per_page=1", nil).get("order.0").String()

		for _, what := range []string{"pin", "unpin"} {
			r := alice.do("POST", "/api/v4/posts/"+said+"/"+what, nil)
			assert.Equal(t, 400, r.Status, "%s %s", version, what)
			assert.Equal(t, "api.post.update_post.system_message.app_error", r.problem(), "%s %s", version, what)
		}
	}
}
