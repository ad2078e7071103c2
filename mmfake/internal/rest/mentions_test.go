package rest_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

// Which words of a post mention somebody: facts 4.2, and for the case of a first
// name and for code the settings and the help of the real server.
func TestAMentionIsAWordOfItsOwnOutsideCode(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	alice, bob := mm.User("alice", dev), mm.User("bob", dev)
	clientOf(t, mm, bob).do("PUT", "/api/v4/users/me/patch", object{
		"first_name": "Robert", "notify_props": object{"mention_keys": "deploy", "first_name": "true", "channel": "true"},
	})
	next := listen(t, mm, bob)
	for text, want := range map[string]bool{
		"deploy now": true, "DEPLOY!": true, "#deploy|x": true, "deploy-now": true, "pre.deploy": true, "deploy...": true,
		"deployment": false, "a :deploy: b": false, "my_deploy": false,
		"Robert": true, "ask Robert.": true, "robert": false,
		"`deploy`": false, "~~~\n@bob\n~~~": false, "    @bob": false, "so:\n\n\t@bob\n\n\tdeploy": false,
		"so:\n    @bob": true, "- a\n\n    @bob": true, "    x\n@bob": true,
		"[see](@bob)": false, "![x](http://a.test/@bob \"@bob\")": false, "[x](<a/@bob>)": false, "[x](a(@bob)b)": false,
		"[@bob](http://a.test)": true, "[x](y) @bob": true, "see http://a.test/@bob": true, "](": false,
	} {
		alice.Post(dev, text)
		e := next("posted")
		assert.Equal(t, want, e.get("data.mentions").Exists(), "%q", text)
	}
}

// TestOfOldVersionsAReplyMentionsThoseWhoWantToHearOfIt: while threads are not
// collapsed, comments of notify_props says of which replies.
func TestOfOldVersionsAReplyMentionsThoseWhoWantToHearOfIt(t *testing.T) {
	for _, version := range []string{"11.6", "5.36", "5.0"} {
		for level, want := range map[string]bool{"any": true, "root": false, "never": false} {
			mm := mmfake.New(t, mmfake.Version(version))
			dev := mm.Channel("dev")
			alice, bob, carol := mm.User("alice", dev), mm.User("bob", dev), mm.User("carol", dev)
			props := object{"comments": level, "mention_keys": "", "channel": "true"}
			clientOf(t, mm, bob).do("PUT", "/api/v4/users/me/patch", object{"notify_props": props})
			root := carol.Post(dev, "root")
			bob.Reply(root, "first")
			next := listen(t, mm, bob)

			alice.Reply(root, "second")

			want := want && version != "11.6"
			assert.Equal(t, want, next("posted").get("data.mentions").Exists(), "as %s with %s", version, level)
		}
	}
}

func TestWhoHasMutedAChannelIsNoneOfItsAll(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	alice, bob := mm.User("alice", dev), mm.User("bob", dev)
	next := listen(t, mm, bob)
	for _, muted := range []struct {
		props object
		heard bool
	}{
		{object{"mark_unread": "mention"}, false},
		{object{"ignore_channel_mentions": "off"}, true},
	} {
		muted.props["user_id"] = bob.ID
		clientOf(t, mm, bob).do("PUT", "/api/v4/channels/"+dev.ID+"/members/me/notify_props", muted.props)
		alice.Post(dev, "@channel lunch")
		assert.Equal(t, muted.heard, next("posted").get("data.mentions").Exists(), "%v", muted.props)
	}
}

func TestNobodyIsMentionedWhoIsDeactivated(t *testing.T) {
	mm := mmfake.New(t, mmfake.Version("5.36")) // which tells everybody of all mentions
	dev := mm.Channel("dev")
	alice, bob := mm.User("alice", dev), mm.User("bob", dev)
	direct := alice.Direct(bob)
	next := listen(t, mm, alice)
	clientOf(t, mm, mm.Admin).do("PUT", "/api/v4/users/"+bob.ID+"/active", object{"active": false})

	alice.Post(dev, "@bob @channel")
	assert.NotContains(t, next("posted").get("data.mentions").String(), bob.ID)
	alice.Post(direct, "are you there?")
	assert.False(t, next("posted").get("data.mentions").Exists())
}

func TestWhoSaysThatHisPostIsAWebhooksMayMentionHimself(t *testing.T) {
	for _, version := range []string{"11.6", "5.36", "5.0"} {
		mm := mmfake.New(t, mmfake.Version(version))
		dev := mm.Channel("dev")
		alice := mm.User("alice", dev)
		next := listen(t, mm, alice)
		clientOf(t, mm, alice).do("POST", "/api/v4/posts", object{"channel_id": dev.ID, "message": "@alice passed",
			"props": object{"from_webhook": "true", "override_username": "CI"}})
		posted := next("posted")
		assert.Contains(t, posted.get("data.mentions").String(), alice.ID, "as %s", version)
		assert.Equal(t, "CI", posted.get("data.sender_name").String(), "as %s", version)
	}
}

func TestAReplyToAWebhooksPostDoesNotConcernItsOwner(t *testing.T) {
	mm := mmfake.New(t, mmfake.Version("5.36")) // later, who follows the thread hears of it
	dev := mm.Channel("dev")
	alice, bob := mm.User("alice", dev), mm.User("bob", dev)
	clientOf(t, mm, alice).do("PUT", "/api/v4/users/me/patch", object{"notify_props": object{"comments": "root", "mention_keys": "", "channel": "true"}})
	next := listen(t, mm, alice)
	for props, want := range map[string]bool{`{"from_webhook": "true"}`: false, `{}`: true} {
		root := clientOf(t, mm, alice).do("POST", "/api/v4/posts", `{"channel_id": "`+dev.ID+`", "message": "built", "props": `+props+`}`)
		next("posted")
		clientOf(t, mm, bob).do("POST", "/api/v4/posts", object{"channel_id": dev.ID, "message": "well", "root_id": root.get("id").String()})
		assert.Equal(t, want, next("posted").get("data.mentions").Exists(), props)
	}
}

func TestThatAnAttachmentNamesSomebodyOutsideIsToldItsAuthor(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	mm.User("bob")
	hook := mm.IncomingWebhook(dev)
	next := listen(t, mm, mm.Admin)
	clientOf(t, mm, nil).do("POST", "/hooks/"+hook.ID, object{"attachments": []object{{"text": "ask @bob"}}})
	assert.Contains(t, next("ephemeral_message").get("data.post").String(), "@bob did not get notified")
}

func TestADirectMessageNamesTheChannelsOfAnyTeam(t *testing.T) {
	for _, version := range []string{"11.6", "5.36", "5.0"} {
		mm := mmfake.New(t, mmfake.Version(version))
		dev := mm.Channel("dev")
		alice, bob := mm.User("alice", dev), mm.User("bob", dev)
		direct := directOf(t, mm, alice, bob).get("id").String()
		r := clientOf(t, mm, alice).do("POST", "/api/v4/posts", object{"channel_id": direct, "message": "see ~dev and ~none"})
		assert.Equal(t, "dev", r.get("props.channel_mentions.dev.display_name").String(), "as %s: %s", version, r.Body)
		assert.Len(t, r.get("props.channel_mentions").Map(), 1, "as %s", version)
	}
}

func TestSince11WhoMayNotReadAChannelIsNotToldOfItInADirectMessage(t *testing.T) {
	for version, told := range map[string]bool{"11.6": false, "5.36": true} {
		mm := mmfake.New(t, mmfake.Version(version))
		dev := mm.Channel("dev")
		alice, eve := mm.User("alice", dev), mm.User("eve")
		clientOf(t, mm, mm.Admin).do("DELETE", "/api/v4/teams/"+dev.TeamID+"/members/"+eve.ID, nil)
		direct := directOf(t, mm, alice, eve).get("id").String()
		eves, own := listen(t, mm, eve), listen(t, mm, alice)
		post := clientOf(t, mm, alice).do("POST", "/api/v4/posts", object{"channel_id": direct, "message": "see ~dev"}).get("id").String()

		assert.Contains(t, own("posted").get("data.post").String(), "channel_mentions", "as %s", version)
		assert.Equal(t, told, strings.Contains(eves("posted").get("data.post").String(), "channel_mentions"), "as %s", version)
		read := clientOf(t, mm, eve).do("GET", "/api/v4/posts/"+post, nil)
		assert.Equal(t, told, read.get("props.channel_mentions").Exists(), "as %s: %s", version, read.Body)
	}
}
