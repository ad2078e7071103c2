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

// threads is the path of a client's threads in a channel's team.
func threads(c *mmfake.Channel) string { return "/api/v4/users/me/teams/" + c.TeamID + "/threads" }

func TestWhoLeftAThreadComesBackWhenHeIsMentioned(t *testing.T) {
	mm := mmfake.New(t)
	alice, bob, dev := aliceAndBob(t, mm)
	root := alice.post(model.Post{ChannelID: dev.ID, Message: "root"})
	bob.post(model.Post{ChannelID: dev.ID, RootID: root, Message: "one"})
	require.Equal(t, 200, alice.do("DELETE", threads(dev)+"/"+root+"/following", nil).Status)

	bob.post(model.Post{ChannelID: dev.ID, RootID: root, Message: "two"})
	gone := alice.do("GET", threads(dev)+"/"+root, nil)
	assert.Equal(t, 404, gone.Status)
	bob.post(model.Post{ChannelID: dev.ID, RootID: root, Message: "@alice three"})

	r := alice.do("GET", threads(dev)+"/"+root, nil)
	assert.EqualValues(t, 1, r.get("unread_mentions").Int())
	assert.EqualValues(t, 3, r.get("unread_replies").Int())
	counts := alice.do("GET", threads(dev)+"/mention_counts", nil)
	assert.EqualValues(t, 1, counts.get(dev.ID).Int())
}

func TestAThreadIsReadUpToATimeAndUnreadFromAPostOn(t *testing.T) {
	mm := mmfake.New(t)
	alice, bob, dev := aliceAndBob(t, mm)
	root := alice.post(model.Post{ChannelID: dev.ID, Message: "root"})
	other := alice.post(model.Post{ChannelID: dev.ID, Message: "other"})
	var replies []reply
	for range 3 {
		replies = append(replies, bob.do("POST", "/api/v4/posts", model.Post{ChannelID: dev.ID, RootID: root, Message: "@alice"}))
	}

	read := alice.do("PUT", fmt.Sprintf("%s/%s/read/%d", threads(dev), root, replies[1].get("create_at").Int()), nil)
	assert.EqualValues(t, 1, read.get("unread_replies").Int())
	assert.EqualValues(t, 1, read.get("unread_mentions").Int())
	unread := alice.do("POST", threads(dev)+"/"+root+"/set_unread/"+replies[0].get("id").String(), nil)
	assert.EqualValues(t, 3, unread.get("unread_replies").Int())
	assert.EqualValues(t, 3, unread.get("unread_mentions").Int())
	assert.Equal(t, 400, alice.do("POST", threads(dev)+"/"+root+"/set_unread/"+other, nil).Status)
	assert.Equal(t, 400, alice.do("PUT", threads(dev)+"/"+root+"/read/0", nil).Status)
}

func TestAUsersThreadsArePagedByTheirNewestReply(t *testing.T) {
	mm := mmfake.New(t)
	alice, bob, dev := aliceAndBob(t, mm)
	var roots []string
	for i := range 5 {
		root := alice.post(model.Post{ChannelID: dev.ID, Message: fmt.Sprint("root ", i)})
		bob.post(model.Post{ChannelID: dev.ID, RootID: root, Message: "reply"})
		roots = append([]string{root}, roots...)
	}
	list := func(query string) []string {
		ids := []string{}
		r := alice.do("GET", threads(dev)+"?"+query, nil)
		require.Equal(t, 200, r.Status, "%s", r.Body)
		for _, id := range r.get("threads.#.id").Array() {
			ids = append(ids, id.String())
		}
		return ids
	}

	assert.Equal(t, roots[:2], list("per_page=2"))
	assert.Equal(t, roots[2:4], list("pageSize=2&before="+roots[1]))
	assert.Equal(t, roots[1:3], list("per_page=2&after="+roots[3]))
	assert.Empty(t, list("totalsOnly=true"))
	assert.Equal(t, 400, alice.do("GET", threads(dev)+"?before="+roots[0]+"&after="+roots[1], nil).Status)
	assert.Equal(t, 400, alice.do("GET", threads(dev)+"?totalsOnly=true&threadsOnly=true", nil).Status)
	assert.Equal(t, "bob", alice.do("GET", threads(dev)+"?extended=true", nil).get("threads.0.participants.0.username").String())
}

func TestADeletedThreadIsNoMoreAmongAUsersThreads(t *testing.T) {
	mm := mmfake.New(t)
	alice, bob, dev := aliceAndBob(t, mm)
	root := alice.post(model.Post{ChannelID: dev.ID, Message: "root"})
	only := bob.post(model.Post{ChannelID: dev.ID, RootID: root, Message: "reply"})

	bob.do("DELETE", "/api/v4/posts/"+only, nil)
	assert.EqualValues(t, 0, alice.do("GET", threads(dev), nil).get("total").Int(), "a root without replies is no thread")
	bob.post(model.Post{ChannelID: dev.ID, RootID: root, Message: "again"})
	assert.EqualValues(t, 1, alice.do("GET", threads(dev), nil).get("total").Int())
	alice.do("DELETE", "/api/v4/posts/"+root, nil)
	assert.EqualValues(t, 0, alice.do("GET", threads(dev), nil).get("total").Int())
	assert.Equal(t, 404, alice.do("GET", threads(dev)+"/"+root, nil).Status)
}

// follows says whether a client's user follows a thread.
func (c client) follows(dev *mmfake.Channel, root string) bool {
	c.t.Helper()
	return c.do("GET", threads(dev)+"/"+root, nil).Status == 200
}

func TestWhoLeftAThreadComesBackWhenHeReplies(t *testing.T) {
	mm := mmfake.New(t)
	alice, bob, dev := aliceAndBob(t, mm)
	root := alice.post(model.Post{ChannelID: dev.ID, Message: "root"})
	bob.post(model.Post{ChannelID: dev.ID, RootID: root, Message: "one"})
	require.Equal(t, 200, bob.do("DELETE", threads(dev)+"/"+root+"/following", nil).Status)
	require.False(t, bob.follows(dev, root))

	bob.post(model.Post{ChannelID: dev.ID, RootID: root, Message: "two"})

	assert.True(t, bob.follows(dev, root))
}

func TestWhoLeavesAChannelFollowsItsThreadsNoMore(t *testing.T) {
	mm := mmfake.New(t)
	alice, bob, dev := aliceAndBob(t, mm)
	root := alice.post(model.Post{ChannelID: dev.ID, Message: "root"})
	bob.post(model.Post{ChannelID: dev.ID, RootID: root, Message: "one"})
	require.True(t, bob.follows(dev, root))
	members := "/api/v4/channels/" + dev.ID + "/members"
	require.Equal(t, 200, bob.do("DELETE", members+"/me", nil).Status)
	require.Equal(t, 201, bob.do("POST", members, object{"user_id": mm.User("bob").ID}).Status)

	assert.Equal(t, "app.user.get_thread_membership_for_user.not_found", bob.do("GET", threads(dev)+"/"+root, nil).problem())
	assert.True(t, alice.follows(dev, root))
	bob.post(model.Post{ChannelID: dev.ID, RootID: root, Message: "two"})
	assert.True(t, bob.follows(dev, root))
}

func TestNobodyFollowsAThreadForAWebhooksPostInHisName(t *testing.T) {
	mm := mmfake.New(t)
	_, bob, dev := aliceAndBob(t, mm)
	hook := mm.IncomingWebhook(dev)
	bob.do("POST", strings.TrimPrefix(hook.URL, mm.URL), object{"text": "built"})
	built := dev.Posts()[0]

	bob.post(model.Post{ChannelID: dev.ID, RootID: built.ID, Message: "thanks"})

	assert.True(t, bob.follows(dev, built.ID))
	assert.False(t, clientOf(t, mm, mm.Admin).follows(dev, built.ID))
}

func TestWhoWantsToFollowsAllThreadsOfAChannelFromTheNextReplyOn(t *testing.T) {
	mm := mmfake.New(t)
	alice, bob, dev := aliceAndBob(t, mm)
	carol := clientOf(t, mm, mm.User("carol", dev))
	root := alice.post(model.Post{ChannelID: dev.ID, Message: "root"})
	bob.post(model.Post{ChannelID: dev.ID, RootID: root, Message: "one"})
	require.False(t, carol.follows(dev, root))
	props := object{"user_id": mm.User("carol").ID, "channel_auto_follow_threads": "on"}
	require.Equal(t, 200, carol.do("PUT", "/api/v4/channels/"+dev.ID+"/members/me/notify_props", props).Status)

	bob.post(model.Post{ChannelID: dev.ID, RootID: root, Message: "two"})

	assert.True(t, carol.follows(dev, root))
}

func TestAPostWithoutRepliesIsNoThreadToBeRead(t *testing.T) {
	mm := mmfake.New(t)
	alice, _, dev := aliceAndBob(t, mm)
	id := alice.post(model.Post{ChannelID: dev.ID, Message: "alone"})

	assert.Equal(t, "app.user.get_thread_membership_for_user.not_found", alice.do("GET", threads(dev)+"/"+id, nil).problem())
	assert.Equal(t, "app.user.get_threads_for_user.not_found", alice.do("PUT", threads(dev)+"/"+id+"/read/1", nil).problem())
}

func TestAClientThatShowsNoThreadsApartReadsThemWithTheirChannel(t *testing.T) {
	for apart, unread := range map[bool]int64{true: 1, false: 0} {
		mm := mmfake.New(t)
		alice, bob, dev := aliceAndBob(t, mm)
		root := alice.post(model.Post{ChannelID: dev.ID, Message: "root"})
		bob.post(model.Post{ChannelID: dev.ID, RootID: root, Message: "reply"})
		next := alice.listen()

		alice.do("POST", "/api/v4/channels/members/me/view", object{"channel_id": dev.ID, "collapsed_threads_supported": apart})

		assert.Equal(t, unread, alice.do("GET", threads(dev), nil).get("total_unread_threads").Int(), "apart: %t", apart)
		if !apart {
			e := next("thread_read_changed")
			assert.Equal(t, dev.ID, e.Get("broadcast.channel_id").String())
			assert.Equal(t, `["timestamp"]`, e.Get("data.@keys").Raw)
		}
	}
}

func TestAChannelMadeUnreadFromAReplyOnHasUnreadRepliesOnly(t *testing.T) {
	mm := mmfake.New(t)
	alice, bob, dev := aliceAndBob(t, mm)
	root := bob.post(model.Post{ChannelID: dev.ID, Message: "root"})
	answer := bob.post(model.Post{ChannelID: dev.ID, RootID: root, Message: "reply"})
	bob.post(model.Post{ChannelID: dev.ID, Message: "later"})
	alice.do("POST", "/api/v4/channels/members/me/view", object{"channel_id": dev.ID})
	next := alice.listen()

	r := alice.do("POST", "/api/v4/users/me/posts/"+answer+"/set_unread", object{"collapsed_threads_supported": false})

	require.Equal(t, 200, r.Status, "%s", r.Body)
	thread := next("thread_updated")
	assert.Equal(t, `["thread"]`, thread.Get("data.@keys").Raw)
	unread := alice.do("GET", "/api/v4/users/me/channels/"+dev.ID+"/unread", nil)
	assert.EqualValues(t, 2, unread.get("msg_count").Int())
	assert.EqualValues(t, 0, unread.get("msg_count_root").Int())
	assert.True(t, alice.follows(dev, root))
}

func TestTheParticipantsOfAThreadAreInTheOrderOfTheirLastReplies(t *testing.T) {
	for version, last := range map[string]string{"11.6": "alice", "5.36": "bob"} {
		mm := mmfake.New(t, mmfake.Version(version))
		alice, bob, dev := aliceAndBob(t, mm)
		root := alice.post(model.Post{ChannelID: dev.ID, Message: "root"})
		for _, c := range []client{alice, bob, alice} {
			c.post(model.Post{ChannelID: dev.ID, RootID: root, Message: "reply"})
		}

		participants := alice.do("GET", threads(dev)+"/"+root, nil).get("participants.#.id").Array()

		require.Len(t, participants, 2, version)
		assert.Equal(t, mm.User(last).ID, participants[1].String(), version)
	}
}
