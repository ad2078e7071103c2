package rest_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// page reads a channel's posts; query begins with & if there is one.
func (c client) page(channelID, query string) reply {
	c.t.Helper()
	r := c.do("GET", "/api/v4/channels/"+channelID+"/posts?per_page=7"+query, nil)
	require.Equal(c.t, 200, r.Status, "%s", r.Body)
	return r
}

func (r reply) order() []string {
	ids := []string{}
	for _, id := range r.get("order").Array() {
		ids = append(ids, id.String())
	}
	return ids
}

// aHistory makes posts, replies and imports, some at the same time, and deletes
// some. It returns the living posts' ids, newest first as the server shows them.
func aHistory(t *testing.T, mm *mmfake.Server, alice client, channelID string) []string {
	random := rand.New(rand.NewPCG(1, 2))
	admin := clientOf(t, mm, mm.Admin)
	var ids, roots []string
	for i := range 60 {
		p := model.Post{ChannelID: channelID, Message: fmt.Sprint("post ", i)}
		if len(roots) > 0 && random.IntN(3) == 0 {
			p.RootID = roots[random.IntN(len(roots))]
		}
		poster := alice
		if random.IntN(5) == 0 {
			poster, p.CreateAt = admin, 1_000_000_000_000+int64(random.IntN(3))
		}
		id := poster.post(p)
		ids = append(ids, id)
		if p.RootID == "" {
			roots = append(roots, id)
		}
	}
	for range 8 {
		admin.do("DELETE", "/api/v4/posts/"+ids[random.IntN(len(ids))], nil)
	}
	all := alice.do("GET", "/api/v4/channels/"+channelID+"/posts?per_page=200", nil)
	return all.order()
}

func TestEveryWayThroughAChannelsPagesShowsEachPostOnce(t *testing.T) {
	mm := mmfake.New(t)
	alice, _, dev := aliceAndBob(t, mm)
	want := aHistory(t, mm, alice, dev.ID)
	require.Greater(t, len(want), 30)

	t.Run("by number", func(t *testing.T) {
		var seen []string
		for n := 0; ; n++ {
			order := alice.page(dev.ID, fmt.Sprint("&page=", n)).order()
			if len(order) == 0 {
				break
			}
			seen = append(seen, order...)
		}
		assert.Equal(t, want, seen)
	})
	t.Run("by prev_post_id", func(t *testing.T) {
		r := alice.page(dev.ID, "")
		seen := r.order()
		for r.get("prev_post_id").String() != "" {
			r = alice.page(dev.ID, "&before="+seen[len(seen)-1])
			seen = append(seen, r.order()...)
		}
		assert.Equal(t, want, seen)
	})
	t.Run("by next_post_id", func(t *testing.T) {
		seen := []string{want[len(want)-1]}
		for more := true; more; {
			r := alice.page(dev.ID, "&after="+seen[0])
			seen = append(r.order(), seen...)
			more = r.get("next_post_id").String() != ""
		}
		assert.Equal(t, want, seen)
	})
}

func TestThePagesOfAThreadShowEachReplyOnce(t *testing.T) {
	mm := mmfake.New(t)
	alice, _, dev := aliceAndBob(t, mm)
	admin := clientOf(t, mm, mm.Admin)
	root := alice.post(model.Post{ChannelID: dev.ID, Message: "root"})
	for i := range 20 {
		admin.post(model.Post{ChannelID: dev.ID, RootID: root, CreateAt: 2_000_000_000_000 + int64(i/3)})
	}
	whole := alice.do("GET", "/api/v4/posts/"+root+"/thread", nil).order()
	require.Equal(t, root, whole[0], "the post asked for comes first (facts 4.3)")
	replies := whole[1:]
	for direction, want := range map[string][]string{"up": replies, "down": reversed(replies)} {
		var seen []string
		query := ""
		for more := true; more; {
			r := alice.do("GET", "/api/v4/posts/"+root+"/thread?perPage=4&direction="+direction+query, nil)
			page := slices.DeleteFunc(r.order(), func(id string) bool { return id == root })
			if len(page) == 0 {
				require.False(t, r.get("has_next").Bool(), "the last page may hold the root alone, which counts too")
				break
			}
			seen = append(seen, page...)
			last := page[len(page)-1]
			query = "&fromPost=" + last + "&fromCreateAt=" + r.get("posts."+last+".create_at").String()
			more = r.get("has_next").Bool()
		}
		assert.Equal(t, want, seen, direction)
	}
}

func reversed(list []string) []string {
	list = slices.Clone(list)
	slices.Reverse(list)
	return list
}

func TestAskingWhatChangedNeverMissesAChange(t *testing.T) {
	mm := mmfake.New(t)
	alice, bob, dev := aliceAndBob(t, mm)
	known := map[string]int64{} // update_at by id
	var at int64
	sync := func() {
		r := bob.do("GET", fmt.Sprintf("/api/v4/channels/%s/posts?since=%d", dev.ID, max(at, 1)), nil)
		assert.Len(t, slices.Compact(slices.Sorted(slices.Values(r.order()))), len(r.order()), "no post is listed twice")
		for _, id := range r.order() {
			known[id] = r.get("posts." + id + ".update_at").Int()
			at = max(at, known[id])
		}
	}
	random := rand.New(rand.NewPCG(3, 4))
	var ids []string
	for i := range 120 {
		switch n := random.IntN(6); {
		case n < 2 || len(ids) == 0:
			ids = append(ids, alice.post(model.Post{ChannelID: dev.ID, Message: fmt.Sprint(i)}))
		case n == 2:
			alice.do("PUT", "/api/v4/posts/"+ids[random.IntN(len(ids))]+"/patch", map[string]string{"message": fmt.Sprint("edit ", i)})
		case n == 3:
			alice.do("DELETE", "/api/v4/posts/"+ids[random.IntN(len(ids))], nil)
		case n == 4:
			alice.do("POST", "/api/v4/posts", model.Post{ChannelID: dev.ID, RootID: ids[random.IntN(len(ids))], Message: "reply"})
		default:
			bob.do("POST", "/api/v4/posts/"+ids[random.IntN(len(ids))]+"/pin", nil)
		}
		if random.IntN(4) == 0 {
			sync()
		}
	}
	sync()
	all := bob.do("GET", "/api/v4/channels/"+dev.ID+"/posts?since=1", nil)
	for _, id := range all.order() {
		assert.Equal(t, all.get("posts."+id+".update_at").Int(), known[id])
	}
	assert.Len(t, known, len(all.order()))
}

func TestCollapsedPagesShowRootsAndTellOfTheirThreads(t *testing.T) {
	mm := mmfake.New(t)
	alice, bob, dev := aliceAndBob(t, mm)
	root := alice.post(model.Post{ChannelID: dev.ID, Message: "root"})
	reply := bob.do("POST", "/api/v4/posts", model.Post{ChannelID: dev.ID, RootID: root, Message: "reply"})
	quiet := alice.post(model.Post{ChannelID: dev.ID, Message: "nobody answers"})

	for _, query := range []string{"", "&since=1", "&before=" + quiet} {
		r := alice.page(dev.ID, "&collapsedThreads=true"+query)
		assert.NotContains(t, r.order(), reply.get("id").String())
		p := r.get("posts." + root)
		assert.EqualValues(t, 1, p.Get("reply_count").Int())
		assert.Equal(t, reply.get("create_at").Int(), p.Get("last_reply_at").Int())
		assert.Equal(t, mm.User("bob").ID, p.Get("participants.0.id").String())
		assert.True(t, p.Get("is_following").Bool())
	}
	r := alice.page(dev.ID, "&collapsedThreads=true")
	assert.Equal(t, []string{quiet, root}, r.order())
	assert.Equal(t, "null", r.get("posts."+quiet+".participants").Raw)
}

func TestOnlyAdminsPageThroughDeletedPosts(t *testing.T) {
	mm := mmfake.New(t)
	alice, _, dev := aliceAndBob(t, mm)
	kept := alice.post(model.Post{ChannelID: dev.ID, Message: "kept"})
	gone := alice.post(model.Post{ChannelID: dev.ID, Message: "gone"})
	alice.do("DELETE", "/api/v4/posts/"+gone, nil)

	assert.Equal(t, 403, alice.do("GET", "/api/v4/channels/"+dev.ID+"/posts?include_deleted=true", nil).Status)
	r := clientOf(t, mm, mm.Admin).page(dev.ID, "&include_deleted=true")
	assert.Equal(t, []string{gone, kept}, r.order())
	assert.Empty(t, r.get("posts."+gone+".message").String())
}

func TestThreadsArePagedWithSoundParametersOnly(t *testing.T) {
	mm := mmfake.New(t)
	alice, _, dev := aliceAndBob(t, mm)
	root := alice.post(model.Post{ChannelID: dev.ID, Message: "root"})
	for _, query := range []string{
		"perPage=201", "perPage=x", "perPage=-1", "direction=sideways", "fromPost=" + root, "fromCreateAt=now",
		"updatesOnly=true", "updatesOnly=true&fromUpdateAt=1&direction=up",
	} {
		assert.Equal(t, 400, alice.do("GET", "/api/v4/posts/"+root+"/thread?"+query, nil).Status, query)
	}
}

func TestTheUnreadPostsOfAChannelBeginWithTheOldest(t *testing.T) {
	mm := mmfake.New(t)
	alice, bob, dev := aliceAndBob(t, mm)
	var ids []string
	for i := range 6 {
		ids = append(ids, bob.post(model.Post{ChannelID: dev.ID, Message: fmt.Sprint(i, " @alice")}))
	}
	unread := alice.do("POST", "/api/v4/users/me/posts/"+ids[3]+"/set_unread", nil)
	require.Equal(t, 200, unread.Status)
	assert.EqualValues(t, 3, unread.get("msg_count").Int())
	assert.EqualValues(t, 3, unread.get("mention_count").Int())

	r := alice.do("GET", "/api/v4/users/me/channels/"+dev.ID+"/posts/unread?limit_before=2&limit_after=2", nil)

	assert.Equal(t, []string{ids[4], ids[3], ids[2], ids[1]}, r.order())
	assert.Equal(t, ids[5], r.get("next_post_id").String())
	assert.Equal(t, ids[0], r.get("prev_post_id").String())
	own := bob.do("GET", "/api/v4/users/me/channels/"+dev.ID+"/posts/unread?limit_before=2", nil)
	assert.Equal(t, []string{ids[5], ids[4]}, own.order(), "who has read all sees the newest")
}

func TestThePostsOfAnUnknownChannelAreNotFound(t *testing.T) {
	mm := mmfake.New(t)
	alice, _ := aliceIn(t, mm)
	unknown := "aaaaaaaaaaaaaaaaaaaaaaaaaa"
	for _, path := range []string{"/channels/" + unknown + "/posts", "/channels/" + unknown + "/pinned", "/users/me/channels/" + unknown + "/posts/unread"} {
		assert.Equal(t, "app.channel.get.existing.app_error", alice.do("GET", "/api/v4"+path, nil).problem(), path)
	}
}

func TestThePageOfAChannelWithNothingUnreadHasAnEtag(t *testing.T) {
	mm := mmfake.New(t)
	alice, bob, dev := aliceAndBob(t, mm)
	path := "/api/v4/users/me/channels/" + dev.ID + "/posts/unread"
	view := func() { bob.do("POST", "/api/v4/channels/members/me/view", object{"channel_id": dev.ID}) }
	alice.post(model.Post{ChannelID: dev.ID, Message: "read"})
	view()

	tag := bob.do("GET", path, nil).Header.Get("Etag")
	assert.NotEmpty(t, tag)
	assert.Equal(t, 304, bob.do("GET", path, nil, "If-None-Match", tag).Status)
	alice.post(model.Post{ChannelID: dev.ID, Message: "unread"})
	assert.Empty(t, bob.do("GET", path, nil).Header.Get("Etag"))
}

// posts are the ids of the posts that come with a list, in no order.
func (r reply) posts() []string {
	ids := []string{}
	for id := range r.get("posts").Map() {
		ids = append(ids, id)
	}
	return ids
}

func TestSkippingThreadsLeavesTheirRootsIn(t *testing.T) {
	mm := mmfake.New(t)
	alice, bob, dev := aliceAndBob(t, mm)
	root := alice.post(model.Post{ChannelID: dev.ID, Message: "root"})
	first := bob.post(model.Post{ChannelID: dev.ID, RootID: root, Message: "first"})
	last := bob.post(model.Post{ChannelID: dev.ID, RootID: root, Message: "last"})
	path := "/api/v4/channels/" + dev.ID + "/posts?per_page=1"

	assert.ElementsMatch(t, []string{root, first, last}, alice.do("GET", path, nil).posts())
	r := alice.do("GET", path+"&skipFetchThreads=true", nil)
	assert.ElementsMatch(t, []string{root, last}, r.posts())
	assert.EqualValues(t, 2, r.get("posts."+root+".reply_count").Int())
}

func TestAPageAroundAPostComesWithTheThreadsOfItsRoots(t *testing.T) {
	for version, whole := range map[string]bool{"11.6": true, "5.36": true, "5.0": false} {
		mm := mmfake.New(t, mmfake.Version(version))
		alice, bob, dev := aliceAndBob(t, mm)
		root := alice.post(model.Post{ChannelID: dev.ID, Message: "root"})
		next := alice.post(model.Post{ChannelID: dev.ID, Message: "next"})
		reply := bob.post(model.Post{ChannelID: dev.ID, RootID: root, Message: "reply"})

		before := alice.page(dev.ID, "&before="+next)
		after := alice.page(dev.ID, "&after="+next)

		assert.Equal(t, []string{root}, before.order())
		assert.Equal(t, whole, slices.Contains(before.posts(), reply), "as %s: %s", version, before.Body)
		assert.ElementsMatch(t, []string{root, reply}, after.posts(), "as %s", version)
	}
}

func TestACursorMayBeAPostOfAnotherChannelAndOneThatNeverWasLeadsNowhere(t *testing.T) {
	mm := mmfake.New(t)
	alice, _, dev := aliceAndBob(t, mm)
	town := mm.Channel("town-square")
	old := alice.post(model.Post{ChannelID: dev.ID, Message: "old"})
	mark := alice.post(model.Post{ChannelID: town.ID, Message: "elsewhere"})
	young := alice.post(model.Post{ChannelID: dev.ID, Message: "new"})
	nobody := "aaaaaaaaaaaaaaaaaaaaaaaaaa"

	assert.Equal(t, []string{old}, alice.page(dev.ID, "&before="+mark).order()[:1])
	assert.Equal(t, []string{young}, alice.page(dev.ID, "&after="+mark).order())
	r := alice.page(dev.ID, "&before="+nobody)
	assert.Empty(t, r.order())
	assert.Equal(t, nobody, r.get("next_post_id").String())
	assert.Equal(t, nobody, alice.page(dev.ID, "&after="+nobody).get("prev_post_id").String())
}

func TestOldVersionsShowNobodyDeletedPosts(t *testing.T) {
	mm := mmfake.New(t, mmfake.Version("5.36"))
	alice, _, dev := aliceAndBob(t, mm)
	admin := clientOf(t, mm, mm.Admin)
	gone := alice.post(model.Post{ChannelID: dev.ID, Message: "gone"})
	alice.do("DELETE", "/api/v4/posts/"+gone, nil)

	assert.NotContains(t, alice.page(dev.ID, "&include_deleted=true").order(), gone)
	assert.Equal(t, 404, admin.do("GET", "/api/v4/posts/"+gone+"?include_deleted=true", nil).Status)
}

func TestACollapsedThreadIsOfTheRootAlone(t *testing.T) {
	mm := mmfake.New(t)
	alice, bob, dev := aliceAndBob(t, mm)
	root := alice.post(model.Post{ChannelID: dev.ID, Message: "root"})
	answer := bob.post(model.Post{ChannelID: dev.ID, RootID: root, Message: "reply"})
	thread := func(id, query string) reply {
		return alice.do("GET", "/api/v4/posts/"+id+"/thread?collapsedThreads=true"+query, nil)
	}

	r := thread(root, "&collapsedThreadsExtended=true")
	assert.Equal(t, []string{root, answer}, r.order())
	assert.EqualValues(t, 1, r.get("posts."+root+".reply_count").Int())
	assert.Equal(t, "bob", r.get("posts."+root+".participants.0.username").String())
	assert.EqualValues(t, 0, r.get("posts."+answer+".reply_count").Int())
	assert.Equal(t, []string{answer}, thread(answer, "").order(), "a reply has no thread of its own")
}

func TestAPostAskedForWithoutItsThreadSaysNothingOfMorePages(t *testing.T) {
	mm := mmfake.New(t)
	alice, _, dev := aliceAndBob(t, mm)
	root := alice.post(model.Post{ChannelID: dev.ID, Message: "root"})
	reply := alice.post(model.Post{ChannelID: dev.ID, RootID: root, Message: "reply"})

	r := alice.do("GET", "/api/v4/posts/"+reply+"/thread?skipFetchThreads=true", nil)

	assert.Equal(t, []string{reply}, r.order())
	assert.False(t, r.get("has_next").Exists(), "%s", r.Body)
	assert.True(t, alice.do("GET", "/api/v4/posts/"+reply+"/thread?perPage=1&direction=down", nil).get("has_next").Bool(), "the root counts")
}

func TestOldVersionsReadThreadsAsAWhole(t *testing.T) {
	mm := mmfake.New(t, mmfake.Version("5.36"))
	alice, _, dev := aliceAndBob(t, mm)
	root := alice.post(model.Post{ChannelID: dev.ID, Message: "root"})
	alice.post(model.Post{ChannelID: dev.ID, RootID: root, Message: "reply"})

	assert.Len(t, alice.do("GET", "/api/v4/posts/"+root+"/thread?perPage=1&direction=sideways", nil).posts(), 2)
}
