package rest_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// search returns the messages that a member of the default team finds, newest first.
func (c client) search(terms string, more ...any) []string {
	c.t.Helper()
	body := map[string]any{"terms": terms}
	for i := 0; i+1 < len(more); i += 2 {
		body[more[i].(string)] = more[i+1]
	}
	r := c.do("POST", "/api/v4/teams/"+c.mm.Team("test").ID+"/posts/search", body)
	require.Equal(c.t, 200, r.Status, "%s: %s", terms, r.Body)
	found := []string{}
	for _, id := range r.order() {
		found = append(found, r.get("posts."+id+".message").String())
	}
	return found
}

// at is a time of day in UTC, in milliseconds.
func at(text string) int64 {
	t, err := time.Parse("2006-01-02 15:04", text)
	if err != nil {
		panic(err)
	}
	return t.UnixMilli()
}

func TestASearchTakesWordsAndModifiers(t *testing.T) {
	mm := mmfake.New(t)
	alice, bob, dev := aliceAndBob(t, mm)
	ops := mm.Channel("ops")
	mm.User("alice", ops)
	admin := clientOf(t, mm, mm.Admin)
	admin.post(model.Post{ChannelID: dev.ID, Message: "old news of January", CreateAt: at("2020-01-02 23:30")})
	admin.post(model.Post{ChannelID: dev.ID, Message: "old news of February", CreateAt: at("2020-02-03 10:00")})
	alice.post(model.Post{ChannelID: dev.ID, Message: "The build failed: fix-it now! #deploy"})
	bob.post(model.Post{ChannelID: dev.ID, Message: "the BUILD passed (Überraschung)"})
	alice.post(model.Post{ChannelID: ops.ID, Message: "building a failed deploy #deploy-prod"})
	direct := mm.User("alice").Direct(mm.User("bob"))
	group := bob.do("POST", "/api/v4/channels/group", []string{mm.User("alice").ID, mm.User("bob").ID, mm.User("carol").ID})
	bob.post(model.Post{ChannelID: group.get("id").String(), Message: "three of us"})
	bob.post(model.Post{ChannelID: direct.ID, Message: "just for you"})
	const failed, passed, building, just = "The build failed: fix-it now! #deploy", "the BUILD passed (Überraschung)", "building a failed deploy #deploy-prod", "just for you"
	const january, february = "old news of January", "old news of February"

	for terms, want := range map[string][]string{
		"build":                           {passed, failed},
		"failed build":                    {failed},
		`"build failed"`:                  {failed},
		`"failed build"`:                  {},
		"build*":                          {building, passed, failed},
		"build -passed":                   {failed},
		`failed -"build failed"`:          {building},
		"überraschung":                    {passed},
		"fix-it":                          {failed},
		"it-fix":                          {},
		"#deploy":                         {failed},
		"#DEPLOY":                         {failed},
		"deploy":                          {building, failed},
		"failed -#deploy":                 {building},
		"from:bob build":                  {passed},
		"from: @bob build":                {passed},
		"from:nobody build":               {},
		"build -from:bob":                 {failed},
		"in:ops failed":                   {building},
		"IN:Ops failed":                   {building},
		"in:~ops failed":                  {building},
		"in:@bob,carol":                   {"three of us"},
		"in:" + ops.ID + " failed":        {building},
		"channel:ops channel:dev failed":  {building, failed},
		"failed -in:ops":                  {failed},
		"in:nowhere failed":               {},
		"in:@bob":                         {just},
		"in:@bob you":                     {just},
		"news on:2020-01-02":              {january},
		"news on:2020-1-2":                {january},
		"news on:2020-01-03":              {},
		"news before:2020-02-03":          {january},
		"news after:2020-01-02":           {february},
		"after:2020-01-01 news":           {february, january},
		"news -on:2020-01-02":             {february},
		"on:2020-01-02":                   {january},
		"after:2020-01-01 before:2020-03": {},
		"before:2020-03-01 from:sysadmin": {february, january},
		"on:someday":                      {},
		"*":                               {},
		"  ":                              {},
		`"`:                               {},
		"...":                             {},
		"-":                               {},
	} {
		assert.Equal(t, want, alice.search(terms), terms)
	}
	assert.Equal(t, []string{passed, failed}, alice.search("passed fix", "is_or_search", true))
	assert.Equal(t, []string{january}, alice.search("news on:2020-01-03", "time_zone_offset", 3600))
	assert.Equal(t, []string{building, failed}, alice.search("#deploy #deploy-prod", "is_or_search", true))
	assert.Empty(t, alice.search("build", "page", 1))
	assert.NotContains(t, bob.search("failed"), building, "bob is not in ops")
}

func TestASearchFindsThePresentTextOfAPost(t *testing.T) {
	mm := mmfake.New(t)
	alice, _, dev := aliceAndBob(t, mm)
	id := alice.post(model.Post{ChannelID: dev.ID, Message: "first thought"})

	alice.do("PUT", "/api/v4/posts/"+id+"/patch", map[string]string{"message": "second thought"})
	assert.Empty(t, alice.search("first"))
	assert.Equal(t, []string{"second thought"}, alice.search("second"))
	assert.Equal(t, []string{"second thought"}, alice.search("thought"), "it is found once")
	alice.do("DELETE", "/api/v4/posts/"+id, nil)
	assert.Empty(t, alice.search("thought"))
}

func TestASearchLeavesArchivedChannelsOutUnlessAskedFor(t *testing.T) {
	mm := mmfake.New(t)
	alice, _, dev := aliceAndBob(t, mm)
	alice.post(model.Post{ChannelID: dev.ID, Message: "history"})
	require.Equal(t, 200, clientOf(t, mm, mm.Admin).do("DELETE", "/api/v4/channels/"+dev.ID, nil).Status)

	assert.Empty(t, alice.search("history"))
	assert.Equal(t, []string{"history"}, alice.search("history", "include_deleted_channels", true))
}

func TestSystemMessagesAreNotFound(t *testing.T) {
	mm := mmfake.New(t)
	alice, bob, dev := aliceAndBob(t, mm)
	require.Equal(t, 200, bob.do("DELETE", "/api/v4/channels/"+dev.ID+"/members/"+mm.User("bob").ID, nil).Status)

	assert.Empty(t, alice.search("left"))
	assert.NotContains(t, alice.search("in:dev"), "bob has left the channel.")
}

func TestASearchShowsAHundredPostsAtMost(t *testing.T) {
	mm := mmfake.New(t)
	alice, _, dev := aliceAndBob(t, mm)
	author := mm.User("alice")
	for range 600 {
		author.Post(dev, "same")
	}
	last := author.Post(dev, "same").ID

	for _, terms := range []string{"same", "from:alice"} {
		r := alice.do("POST", "/api/v4/posts/search", map[string]string{"terms": terms})
		assert.Len(t, r.order(), 100)
		assert.Equal(t, last, r.order()[0])
		assert.Len(t, slices.Compact(slices.Sorted(slices.Values(r.order()))), 100)
	}
}

func TestSearchingCanBeTurnedOff(t *testing.T) {
	mm := mmfake.New(t, mmfake.Configure(func(s *mmfake.Settings) { s.EnablePostSearch = false }))
	alice, _, _ := aliceAndBob(t, mm)

	r := alice.do("POST", "/api/v4/posts/search", map[string]string{"terms": "x"})

	assert.Equal(t, 501, r.Status)
	assert.Equal(t, "store.sql_post.search.disabled", r.problem())
}

func FuzzSearchTerms(f *testing.F) {
	mm := mmfake.New(f)
	alice, _, dev := aliceAndBob(f, mm)
	alice.post(model.Post{ChannelID: dev.ID, Message: "some words in a #tag post"})
	for _, terms := range []string{
		"words", `"in a`, `-"`, "from:", "in:@", "on:9999-99-99", "before:2020-01-01 after:2020-01-01", "*", "#", "-#tag", "a:b:c", "\xff*",
		"word* -*", strings.Repeat("x ", 500), "-in:dev -from:alice",
	} {
		f.Add(terms, false, 0)
		f.Add(terms, true, -3600)
	}
	f.Fuzz(func(t *testing.T, terms string, either bool, zone int) {
		alice := client{t: t, mm: mm, token: alice.token}
		r := alice.do("POST", "/api/v4/posts/search", map[string]any{"terms": terms, "is_or_search": either, "time_zone_offset": zone})
		assert.Contains(t, []int{200, 400}, r.Status, "%s", r.Body)
		assert.True(t, json.Valid(r.Body))
	})
}
