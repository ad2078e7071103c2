package rest_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// post creates a post and returns its id.
func (c client) post(p model.Post) string {
	c.t.Helper()
	r := c.do("POST", "/api/v4/posts", p)
	require.Equal(c.t, 201, r.Status, "%s", r.Body)
	return r.get("id").String()
}

// aliceAndBob are clients of two members of the channel dev.
func aliceAndBob(t testing.TB, mm *mmfake.Server) (alice, bob client, dev *mmfake.Channel) {
	dev = mm.Channel("dev")
	return clientOf(t, mm, mm.User("alice", dev)), clientOf(t, mm, mm.User("bob", dev)), dev
}

func TestARepeatedPendingIDMakesNoPostForWhoeverMayReadTheFirst(t *testing.T) {
	mm := mmfake.New(t)
	dev, vault := mm.Channel("dev"), mm.PrivateChannel("vault")
	alice, bob := clientOf(t, mm, mm.User("alice", dev, vault)), clientOf(t, mm, mm.User("bob", dev))
	first := alice.post(model.Post{ChannelID: dev.ID, Message: "once", PendingPostID: "x:1"})
	secret := alice.post(model.Post{ChannelID: vault.ID, Message: "hush", PendingPostID: "x:2"})

	assert.Equal(t, first, alice.post(model.Post{ChannelID: vault.ID, Message: "again", PendingPostID: "x:1"}))
	assert.Equal(t, first, bob.post(model.Post{ChannelID: dev.ID, Message: "mine", PendingPostID: "x:1"}))
	assert.Len(t, dev.Posts(), 1)
	own := bob.post(model.Post{ChannelID: dev.ID, Message: "mine", PendingPostID: "x:2"})
	assert.NotEqual(t, secret, own, "what he may not read makes no difference")
	assert.Equal(t, own, bob.post(model.Post{ChannelID: dev.ID, Message: "mine", PendingPostID: "x:2"}))
}

func TestAPostIsNotDeletedForGoodUnlessTheSettingsAllowIt(t *testing.T) {
	mm := mmfake.New(t)
	alice, _, dev := aliceAndBob(t, mm)
	id := alice.post(model.Post{ChannelID: dev.ID, Message: "stays"})

	r := alice.do("DELETE", "/api/v4/posts/"+id+"?permanent=true", nil)

	assert.Equal(t, 501, r.Status)
	assert.Equal(t, "api.post.delete_post.not_enabled.app_error", r.problem())
	assert.Equal(t, 200, alice.do("GET", "/api/v4/posts/"+id, nil).Status)
}

func TestAnAdminDeletesAPostForGoodWithItsRepliesAndVersions(t *testing.T) {
	mm := mmfake.New(t, mmfake.Configure(func(s *mmfake.Settings) { s.EnableAPIPostDeletion = true }))
	alice, bob, dev := aliceAndBob(t, mm)
	root := alice.post(model.Post{ChannelID: dev.ID, Message: "root"})
	reply := bob.post(model.Post{ChannelID: dev.ID, RootID: root, Message: "reply"})
	alice.do("PUT", "/api/v4/posts/"+root+"/patch", map[string]string{"message": "edited"})
	admin := clientOf(t, mm, mm.Admin)

	alice.do("DELETE", "/api/v4/posts/"+root, nil)
	assert.Equal(t, 403, alice.do("DELETE", "/api/v4/posts/"+root+"?permanent=true", nil).Status)
	assert.Equal(t, 200, admin.do("DELETE", "/api/v4/posts/"+root+"?permanent=true", nil).Status)

	for _, id := range []string{root, reply} {
		assert.Equal(t, 404, admin.do("GET", "/api/v4/posts/"+id+"?include_deleted=true", nil).Status)
	}
	since := admin.do("GET", "/api/v4/channels/"+dev.ID+"/posts?since=1", nil)
	assert.Empty(t, since.get("order").Array())
}

func TestAnAdminReadsWhatADeletedPostSaid(t *testing.T) {
	mm := mmfake.New(t)
	alice, _, dev := aliceAndBob(t, mm)
	id := alice.post(model.Post{ChannelID: dev.ID, Message: "oops"})
	require.Equal(t, 200, alice.do("DELETE", "/api/v4/posts/"+id, nil).Status)

	assert.Equal(t, 403, alice.do("GET", "/api/v4/posts/"+id+"?include_deleted=true", nil).Status)
	r := clientOf(t, mm, mm.Admin).do("GET", "/api/v4/posts/"+id+"?include_deleted=true", nil)
	assert.Equal(t, "oops", r.get("message").String())
	assert.NotZero(t, r.get("delete_at").Int())
}

func TestAPinnedPostStaysPinnedWhenItIsEdited(t *testing.T) {
	mm := mmfake.New(t)
	alice, bob, dev := aliceAndBob(t, mm)
	id := alice.post(model.Post{ChannelID: dev.ID, Message: "rules"})
	require.Equal(t, 200, bob.do("POST", "/api/v4/posts/"+id+"/pin", nil).Status)
	require.Equal(t, 200, bob.do("POST", "/api/v4/posts/"+id+"/pin", nil).Status)

	alice.do("PUT", "/api/v4/posts/"+id+"/patch", map[string]string{"message": "new rules"})

	r := bob.do("GET", "/api/v4/channels/"+dev.ID+"/pinned", nil)
	assert.Equal(t, `["`+id+`"]`, r.get("order").Raw)
	assert.Equal(t, 304, bob.do("GET", "/api/v4/channels/"+dev.ID+"/pinned", nil, "If-None-Match", r.Header.Get("Etag")).Status)
	alice.do("DELETE", "/api/v4/posts/"+id, nil)
	assert.Empty(t, bob.do("GET", "/api/v4/channels/"+dev.ID+"/pinned", nil).get("order").Array())
}

func TestARestoredVersionOfAPostLeavesTheNewerOneInItsHistory(t *testing.T) {
	mm := mmfake.New(t)
	alice, bob, dev := aliceAndBob(t, mm)
	id := alice.post(model.Post{ChannelID: dev.ID, Message: "one"})
	other := alice.post(model.Post{ChannelID: dev.ID, Message: "other"})
	alice.do("PUT", "/api/v4/posts/"+id+"/patch", map[string]string{"message": "two"})
	version := alice.do("GET", "/api/v4/posts/"+id+"/edit_history", nil).get("0.id").String()

	for path, want := range map[string]string{
		id + "/restore/" + other:      "app.post.restore_post_version.not_an_history_item.app_error",
		other + "/restore/" + version: "app.post.restore_post_version.not_an_history_item.app_error",
		id + "/restore/" + dev.ID:     "app.post.restore_post_version.get_single.app_error",
	} {
		assert.Equal(t, want, alice.do("POST", "/api/v4/posts/"+path, nil).problem())
	}
	assert.Equal(t, 403, bob.do("POST", "/api/v4/posts/"+id+"/restore/"+version, nil).Status)
	assert.Equal(t, "one", alice.do("POST", "/api/v4/posts/"+id+"/restore/"+version, nil).get("message").String())

	history := alice.do("GET", "/api/v4/posts/"+id+"/edit_history", nil)
	assert.Equal(t, `["two","one"]`, history.get("#.message").Raw)
	assert.Equal(t, 403, clientOf(t, mm, mm.Admin).do("GET", "/api/v4/posts/"+id+"/edit_history", nil).Status)
}

func TestWhatNeedsALicenceIsRefused(t *testing.T) {
	mm := mmfake.New(t)
	alice, _, dev := aliceAndBob(t, mm)
	id := alice.post(model.Post{ChannelID: dev.ID, Message: "read me"})
	assert.Equal(t, 501, alice.do("POST", "/api/v4/users/me/posts/"+id+"/ack", nil).Status)
	assert.Equal(t, 501, alice.do("DELETE", "/api/v4/users/me/posts/"+id+"/ack", nil).Status)
	for method, path := range map[string]string{
		"POST": "/api/v4/posts/schedule", "PUT": "/api/v4/posts/schedule/" + id, "GET": "/api/v4/posts/scheduled/team/" + dev.TeamID,
	} {
		r := alice.do(method, path, map[string]any{"channel_id": dev.ID, "message": "later", "scheduled_at": 1})
		assert.Equal(t, "api.scheduled_posts.license_error", r.problem(), path)
	}
}

func TestPostsByIDsAreThoseThatTheCallerMayRead(t *testing.T) {
	mm := mmfake.New(t)
	alice, bob, dev := aliceAndBob(t, mm)
	secret := mm.PrivateChannel("secret")
	mm.User("alice", secret)
	open, hidden := alice.post(model.Post{ChannelID: dev.ID, Message: "open"}), alice.post(model.Post{ChannelID: secret.ID, Message: "hidden"})

	r := bob.do("POST", "/api/v4/posts/ids", []string{open, hidden, open})
	assert.Equal(t, `["`+open+`"]`, r.get("#.id").Raw)
	assert.Equal(t, "0", r.Header.Get("First-Inaccessible-Post-Time"))
	assert.Equal(t, `[]`, strings.TrimSpace(string(bob.do("POST", "/api/v4/posts/ids", []string{hidden}).Body)))
	assert.Equal(t, 404, bob.do("POST", "/api/v4/posts/ids", []string{dev.ID}).Status)
	assert.Equal(t, 400, bob.do("POST", "/api/v4/posts/ids", manyIDs(1001)).Status)
	assert.Equal(t, 400, bob.do("POST", "/api/v4/posts/ids", "{").Status)
}

// manyIDs are n different ids of nothing.
func manyIDs(n int) []string {
	ids := make([]string, n)
	for i := range ids {
		ids[i] = strings.Repeat("a", 20) + string("bcdefg"[i%6]) + string("bcdefg"[i/6%6]) + string("bcdefg"[i/36%6]) + string("bcdefg"[i/216%6]) + "yy"
	}
	return ids
}

func TestASavedPostThatIsDeletedIsNotListed(t *testing.T) {
	mm := mmfake.New(t)
	alice, _, dev := aliceAndBob(t, mm)
	id := alice.post(model.Post{ChannelID: dev.ID, Message: "keep"})
	me := mm.User("alice").ID
	flag := []model.Preference{{UserID: me, Category: model.PreferenceFlaggedPost, Name: id, Value: "true"}}
	require.Equal(t, 200, alice.do("PUT", "/api/v4/users/me/preferences", flag).Status)
	assert.Equal(t, `["`+id+`"]`, alice.do("GET", "/api/v4/users/me/posts/flagged", nil).get("order").Raw)

	alice.do("DELETE", "/api/v4/posts/"+id, nil)

	assert.Empty(t, alice.do("GET", "/api/v4/users/me/posts/flagged", nil).get("order").Array())
}

func FuzzPostBody(f *testing.F) {
	mm := mmfake.New(f)
	alice, _, dev := aliceAndBob(f, mm)
	for _, body := range []string{
		`{"channel_id":"CH","message":"hi"}`, `{"channel_id":"CH","props":{"attachments":[{"actions":[{}]},null,3]}}`, `[]`, `null`,
		`{"CHANNEL_ID":"CH","file_ids":["",null],"metadata":{"priority":{}}}`, `{"channel_id":"CH","create_at":-1,"type":"system_x"}`,
		`{"channel_id":"CH","message":"@here #a ~dev \u0000\ud800 ` + "`" + `"}`,
	} {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body string) {
		alice := client{t: t, mm: mm, token: alice.token}
		r := alice.do("POST", "/api/v4/posts", strings.ReplaceAll(body, "CH", dev.ID))
		assert.Contains(t, []int{201, 400, 403, 501}, r.Status, "%s", r.Body)
		assert.True(t, json.Valid(r.Body), "%s", r.Body)
		if r.Status == 201 {
			again := alice.do("GET", "/api/v4/posts/"+r.get("id").String(), nil)
			assert.Equal(t, r.get("message").String(), again.get("message").String())
		}
	})
}

func TestALongThreadGoesWithItsRoot(t *testing.T) {
	mm := mmfake.New(t)
	alice, _, dev := aliceAndBob(t, mm)
	author := mm.User("alice")
	before := author.Post(dev, "before")
	root := author.Post(dev, "root")
	for range 30 {
		author.Reply(root, "reply")
	}
	author.Post(dev, "after")

	require.Equal(t, 200, alice.do("DELETE", "/api/v4/posts/"+root.ID, nil).Status)

	require.Len(t, dev.Posts(), 2)
	assert.Equal(t, before.ID, dev.Posts()[0].ID)
	since := alice.do("GET", "/api/v4/channels/"+dev.ID+"/posts?since=1", nil)
	assert.Len(t, since.order(), 33, "the deleted ones are among what changed")
}

// What the real server drops from attachments of API posts (facts 7.1) must not
// hurt where they come from an integration either.
func TestNullActionsFieldsAndOptionsOfAttachmentsAreDropped(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := aliceIn(t, mm)
	hook := mm.IncomingWebhook(dev)
	attachments := []any{nil, object{"text": "x", "fields": []any{nil}, "actions": []any{nil, object{"name": "go", "type": "select", "options": []any{nil}}}}}
	mm.Mount("http://app.test", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(object{"response_type": r.FormValue("text"), "attachments": attachments})
	}))
	mm.Command("/odd", "http://app.test")
	run := func(how string) reply {
		return alice.do("POST", "/api/v4/commands/execute", object{"channel_id": dev.ID, "command": "/odd " + how})
	}

	require.Equal(t, 200, alice.do("POST", strings.TrimPrefix(hook.URL, mm.URL), object{"attachments": attachments}).Status)
	require.Equal(t, 200, run("in_channel").Status)
	require.Equal(t, 200, run("ephemeral").Status)
	require.Equal(t, 201, alice.do("POST", "/api/v4/posts", object{"channel_id": dev.ID, "props": object{"attachments": attachments}}).Status)

	list := alice.do("GET", "/api/v4/channels/"+dev.ID+"/posts?per_page=3", nil)
	for _, p := range list.get("posts").Map() {
		assert.Equal(t, `["go"]`, p.Get("props.attachments.#(text=x).actions.#.name").Raw)
	}
}

func TestHashtagsAreCollectedWithoutWhatSurroundsThem(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := aliceIn(t, mm)
	for text, want := range map[string]string{
		"#one": "#one", "(#one)": "#one", "##one": "#one", "###one,": "#one", "#one#": "#one", "#one #two": "#one #two", "**#one**": "#one",
		"#one#two": "", "x#one": "", "#1one": "", "#o": "", "# one": "", "#one.two-three_4": "#one.two-three_4", "##": "", "#": "",
	} {
		assert.Equal(t, want, alice.do("POST", "/api/v4/posts", object{"channel_id": dev.ID, "message": text}).get("hashtags").String(), text)
	}
}

func TestTheThreadOfANewPostIsLookedForBeforeItsID(t *testing.T) {
	mm := mmfake.New(t)
	alice, _, dev := aliceAndBob(t, mm)
	id := alice.post(model.Post{ChannelID: dev.ID, Message: "there"})

	assert.Equal(t, "api.post.create_post.root_id.app_error",
		alice.do("POST", "/api/v4/posts", model.Post{ID: id, ChannelID: dev.ID, RootID: strings.Repeat("a", 26)}).problem())
	assert.Equal(t, "app.post.save.existing.app_error",
		alice.do("POST", "/api/v4/posts", model.Post{ID: id, ChannelID: dev.ID, RootID: id}).problem())
}

func TestAPostOfAnOldServerHasAParentOfItsThreadOnly(t *testing.T) {
	for _, version := range []string{"5.0", "5.36", "11.6"} {
		t.Run(version, func(t *testing.T) {
			mm := mmfake.New(t, mmfake.Version(version))
			alice, bob, dev := aliceAndBob(t, mm)
			root := alice.post(model.Post{ChannelID: dev.ID, Message: "root"})
			reply := bob.post(model.Post{ChannelID: dev.ID, Message: "reply", RootID: root})
			other := bob.post(model.Post{ChannelID: dev.ID, Message: "elsewhere"})

			for _, c := range []struct {
				root, parent, problem string
			}{
				{root, root, ""},
				{root, reply, ""},
				{root, other, "api.post.create_post.parent_id.app_error"},
				{root, "42", "api.post.create_post.parent_id.app_error"},
				{"", root, "model.post.is_valid.root_parent.app_error"},
				{"", "42", "model.post.is_valid.parent_id.app_error"},
			} {
				r := alice.do("POST", "/api/v4/posts", map[string]string{"channel_id": dev.ID, "message": "hi", "root_id": c.root, "parent_id": c.parent})
				if version == "11.6" || c.problem == "" {
					assert.Equal(t, 201, r.Status, "root %q, parent %q: %s", c.root, c.parent, r.Body)
					continue
				}
				assert.Equal(t, c.problem, r.problem(), "root %q, parent %q", c.root, c.parent)
			}
		})
	}
}

func TestWhoSendsAPostAgainHasReadItsChannel(t *testing.T) {
	for _, version := range []string{"11.6", "5.36"} {
		t.Run(version, func(t *testing.T) {
			mm := mmfake.New(t, mmfake.Version(version))
			alice, bob, dev := aliceAndBob(t, mm)
			post := model.Post{ChannelID: dev.ID, Message: "once", PendingPostID: "x:1"}
			alice.post(post)
			bob.post(model.Post{ChannelID: dev.ID, Message: "meanwhile"})
			unread := func() int64 {
				return alice.do("GET", "/api/v4/users/me/channels/"+dev.ID+"/unread", nil).get("msg_count").Int()
			}
			require.EqualValues(t, 1, unread())

			alice.post(post)

			assert.Zero(t, unread())
		})
	}
}

func TestAnEphemeralPostIsShownAsItCame(t *testing.T) {
	for _, version := range []string{"11.6", "5.36", "5.0"} {
		t.Run(version, func(t *testing.T) {
			mm := mmfake.New(t, mmfake.Version(version))
			alice, bob, dev := aliceAndBob(t, mm)
			root := alice.post(model.Post{ChannelID: dev.ID, Message: "root"})
			admin := clientOf(t, mm, mm.Admin)

			r := admin.do("POST", "/api/v4/posts/ephemeral", object{"user_id": mm.User("alice").ID, "post": model.Post{
				ID: root, ChannelID: dev.ID, RootID: root, UserID: "somebody", Message: "psst #no", Type: "custom_x", CreateAt: 5, UpdateAt: 6, DeleteAt: 7,
				IsPinned: true, Hashtags: "#yes", FileIDs: []string{"b", "a"}, PendingPostID: "x:1",
			}})

			require.Equal(t, 201, r.Status, "%s", r.Body)
			for key, want := range map[string]string{
				"id": root, "root_id": root, "user_id": mm.Admin.ID, "message": "psst #no", "type": "system_ephemeral", "update_at": "6",
				"is_pinned": "true", "hashtags": "#yes", "file_ids": `["b","a"]`, "pending_post_id": "x:1", "parent_id": "",
			} {
				assert.Equal(t, want, r.get(key).String(), key)
			}
			assert.Greater(t, r.get("create_at").Int(), int64(5))
			assert.Equal(t, "root", bob.do("GET", "/api/v4/posts/"+root, nil).get("message").String(), "nothing is stored")
		})
	}
}

func TestANewPostKeepsWhatNobodyTakesFromIt(t *testing.T) {
	for version, echoed := range map[string]string{"11.6": "7", "5.36": "7", "5.0": ""} {
		t.Run(version, func(t *testing.T) {
			mm := mmfake.New(t, mmfake.Version(version))
			alice, bob, dev := aliceAndBob(t, mm)

			r := alice.do("POST", "/api/v4/posts", model.Post{ChannelID: dev.ID, Message: "hi", EditAt: 5, DeleteAt: 6, ReplyCount: 7, LastReplyAt: 7})

			assert.EqualValues(t, 5, r.get("edit_at").Int())
			assert.EqualValues(t, 0, r.get("delete_at").Int())
			assert.Equal(t, echoed, r.get("reply_count").String())
			assert.Equal(t, echoed, r.get("last_reply_at").String())
			read := bob.do("GET", "/api/v4/posts/"+r.get("id").String(), nil)
			assert.EqualValues(t, 5, read.get("edit_at").Int(), "what is stored is read again")
			assert.EqualValues(t, 0, read.get("reply_count").Int())
			assert.EqualValues(t, 0, read.get("last_reply_at").Int())
			answer := bob.do("POST", "/api/v4/posts", model.Post{ChannelID: dev.ID, RootID: r.get("id").String(), ReplyCount: 7})
			if echoed != "" {
				assert.EqualValues(t, 1, answer.get("reply_count").Int(), "the replies to a root are counted")
			}
		})
	}
}
