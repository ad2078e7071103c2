package rest_test

import (
	"bytes"
	"image"
	"image/png"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

// addEmoji makes an emoji of the client's user.
func (c client) addEmoji(creator, name, picture string) reply {
	c.t.Helper()
	return c.form("/api/v4/emoji", part{"emoji", "", `{"name":"` + name + `","creator_id":"` + creator + `"}`}, part{"image", "a.png", picture})
}

func TestALargeImageOfAnEmojiIsScaled(t *testing.T) {
	mm := mmfake.New(t)
	alice, _ := aliceIn(t, mm)
	id := alice.addEmoji(mm.User("alice").ID, "blob", aPNG(t, 1000, 500)).get("id").String()

	r := alice.do("GET", "/api/v4/emoji/"+id+"/image", nil)

	require.Equal(t, "image/png", r.Header.Get("Content-Type"))
	size, err := png.DecodeConfig(bytes.NewReader(r.Body))
	require.NoError(t, err)
	assert.Equal(t, image.Pt(128, 64), image.Pt(size.Width, size.Height))
}

func TestAnEmojiThatIsTooLargeIsRefused(t *testing.T) {
	mm := mmfake.New(t)
	alice, _ := aliceIn(t, mm)
	me := mm.User("alice").ID
	assert.Equal(t, "api.emoji.upload.large_image.too_large.app_error", alice.addEmoji(me, "wide", aPNG(t, 1029, 1)).problem())
	assert.Equal(t, "api.emoji.upload.large_image.too_large.app_error", alice.addEmoji(me, "huge", claimedPNG(t, 1<<20, 1<<20)).problem())
	bytes := alice.addEmoji(me, "heavy", aPNG(t, 1, 1)+strings.Repeat("x", 512<<10))
	assert.Equal(t, 413, bytes.Status)
	assert.Equal(t, "api.emoji.create.too_large.app_error", bytes.problem())
}

func TestEmojiAreFoundByTheirNames(t *testing.T) {
	mm := mmfake.New(t)
	alice, _ := aliceIn(t, mm)
	for _, name := range []string{"cat-b", "a-cat", "cat-a"} {
		require.Equal(t, 200, alice.addEmoji(mm.User("alice").ID, name, aPNG(t, 1, 1)).Status)
	}
	names := func(r reply) string { return r.get("#.name").Raw }
	assert.Equal(t, `["cat-b","a-cat","cat-a"]`, names(alice.do("GET", "/api/v4/emoji", nil)))
	assert.Equal(t, `["cat-b"]`, names(alice.do("GET", "/api/v4/emoji?sort=name&per_page=2&page=1", nil)))
	assert.Equal(t, 400, alice.do("GET", "/api/v4/emoji?sort=age", nil).Status)
	assert.Equal(t, `["a-cat","cat-a","cat-b"]`, names(alice.do("POST", "/api/v4/emoji/search", map[string]any{"term": "cat"})))
	assert.Equal(t, `["cat-a","cat-b"]`, names(alice.do("POST", "/api/v4/emoji/search", map[string]any{"term": "cat", "prefix_only": true})))
	assert.Equal(t, `["cat-a","cat-b"]`, names(alice.do("GET", "/api/v4/emoji/autocomplete?name=cat", nil)))
	assert.Equal(t, `["a-cat"]`, names(alice.do("POST", "/api/v4/emoji/names", []string{"smile", "a-cat"})))
}

func TestAnAdminDeletesAnybodysEmojiAndItsNameIsFree(t *testing.T) {
	mm := mmfake.New(t)
	alice, _ := aliceIn(t, mm)
	me := mm.User("alice").ID
	id := alice.addEmoji(me, "gone", aPNG(t, 1, 1)).get("id").String()

	assert.Equal(t, 200, clientOf(t, mm, mm.Admin).do("DELETE", "/api/v4/emoji/"+id, nil).Status)

	assert.Equal(t, 200, alice.addEmoji(me, "gone", aPNG(t, 1, 1)).Status)
}

func TestWithoutCustomEmojiTheirEndpointsAreOff(t *testing.T) {
	mm := mmfake.New(t, mmfake.Configure(func(s *mmfake.Settings) { s.EnableCustomEmoji = false }))
	alice, _ := aliceIn(t, mm)
	for _, path := range []string{"/api/v4/emoji", "/api/v4/emoji/name/x", "/api/v4/emoji/autocomplete?name=x"} {
		r := alice.do("GET", path, nil)
		assert.Equal(t, 501, r.Status, path)
		assert.Equal(t, "api.emoji.disabled.app_error", r.problem(), path)
	}
	assert.Equal(t, 501, alice.addEmoji(mm.User("alice").ID, "x", aPNG(t, 1, 1)).Status)
}

func TestAPostTellsWhichCustomEmojiItUses(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := aliceIn(t, mm)
	for _, name := range []string{"tik", "tak", "toe"} {
		alice.addEmoji(mm.User("alice").ID, name, aPNG(t, 1, 1))
	}
	r := alice.do("POST", "/api/v4/posts", map[string]any{
		"channel_id": dev.ID, "message": ":tak:tik: :smile: :unknown: toe",
		"props": map[string]any{"attachments": []any{map[string]any{"text": "and :toe:"}}},
	})
	assert.Equal(t, `["tak","tik","toe"]`, r.get("metadata.emojis.#.name").Raw)
}

func TestAnIconThatIsAnEmojiHasAnAddress(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := aliceIn(t, mm)
	custom := alice.addEmoji(mm.User("alice").ID, "blob", aPNG(t, 1, 1)).get("id").String()
	hook := mm.IncomingWebhook(dev)
	for icon, address := range map[string]string{
		":rocket:": "/static/emoji/1f680.png", "thumbsup": "/static/emoji/1f44d.png", "heart": "/static/emoji/2764-fe0f.png",
		"+1_medium_dark_skin_tone": "/static/emoji/1f44d-1f3fe.png", "blob": "/api/v4/emoji/" + custom + "/image",
		"rocket_dark_skin_tone": "", "unknown": "",
	} {
		clientOf(t, mm, nil).do("POST", strings.TrimPrefix(hook.URL, mm.URL), map[string]any{"text": "hi", "icon_emoji": icon})
		posts := alice.do("GET", "/api/v4/channels/"+dev.ID+"/posts?per_page=1", nil)
		props := posts.get("posts." + posts.get("order.0").String() + ".props")
		assert.Equal(t, icon, props.Get("override_icon_emoji").String())
		assert.Equal(t, address, props.Get("override_icon_url").String(), icon)
	}
}

func FuzzEmojiForms(f *testing.F) {
	mm := mmfake.New(f)
	alice, _ := aliceIn(f, mm)
	me := mm.User("alice").ID
	f.Add("--b\r\nContent-Disposition: form-data; name=\"emoji\"\r\n\r\n{\"name\":\"x\",\"creator_id\":\"" + me +
		"\"}\r\n--b\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a\"\r\n\r\n" + aPNG(f, 1, 1) + "\r\n--b--\r\n")
	f.Fuzz(func(t *testing.T, body string) {
		alice.t = t
		r := alice.do("POST", "/api/v4/emoji", body, "Content-Type", "multipart/form-data; boundary=b")
		assert.Contains(t, []int{200, 400, 403, 413, 507}, r.Status, "%s", r.Body)
	})
}
