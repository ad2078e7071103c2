package rest_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/tidwall/gjson"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// TestALinkToAPostShowsItToThoseWhoMayReadIt: in answers and in events, each reader
// what he may see (facts 4.1, 11.6).
func TestALinkToAPostShowsItToThoseWhoMayReadIt(t *testing.T) {
	mm := mmfake.New(t)
	_, bob, dev := aliceAndBob(t, mm)
	secret := mm.PrivateChannel("secret")
	alice := clientOf(t, mm, mm.User("alice", secret))
	hidden := alice.post(model.Post{ChannelID: secret.ID, Message: "hush"})
	hers, his := alice.listen(), bob.listen()

	made := alice.do("POST", "/api/v4/posts", model.Post{ChannelID: dev.ID, Message: "see " + mm.URL + "/test/pl/" + hidden + " please"})

	shown := made.get("metadata.embeds.0")
	assert.Equal(t, "permalink", shown.Get("type").String(), "%s", made.Body)
	assert.Equal(t, "hush", shown.Get("data.post.message").String())
	assert.Equal(t, "secret", shown.Get("data.channel_display_name").String())
	assert.Equal(t, hidden, made.get("props.previewed_post").String())
	assert.False(t, bob.do("GET", "/api/v4/posts/"+made.get("id").String(), nil).get("metadata.embeds").Exists())
	told := func(next func(string) gjson.Result) gjson.Result {
		return gjson.Parse(next("posted").Get("data.post").String())
	}
	assert.Equal(t, "hush", told(hers).Get("metadata.embeds.0.data.post.message").String())
	assert.Equal(t, "{}", told(his).Get("props").Raw)
}

func TestOnlyTheFirstLinkShowsAPost(t *testing.T) {
	mm := mmfake.New(t)
	alice, _, dev := aliceAndBob(t, mm)
	id := alice.post(model.Post{ChannelID: dev.ID, Message: "look"})
	link := mm.URL + "/test/pl/" + id
	nowhere := mm.URL + "/test/pl/aaaaaaaaaaaaaaaaaaaaaaaaaa"
	for text, shown := range map[string]bool{
		link: true, "look at " + link + ".": true, "**" + link + "**": true, "[here](" + link + ")": true, "<" + link + ">": true,
		"http://a.test " + link: false, "`" + link + "`": false, link + "/more": false, nowhere: false, "/test/pl/" + id: false,
	} {
		r := alice.do("POST", "/api/v4/posts", model.Post{ChannelID: dev.ID, Message: text})
		assert.Equal(t, shown, r.get("metadata.embeds").Exists(), "%s: %s", text, r.Body)
	}
}

func TestAPostThatIsShownShowsNoneItself(t *testing.T) {
	mm := mmfake.New(t)
	alice, _, dev := aliceAndBob(t, mm)
	link := func(id string) string { return mm.URL + "/test/pl/" + id }
	first := alice.post(model.Post{ChannelID: dev.ID, Message: "look"})
	second := alice.post(model.Post{ChannelID: dev.ID, Message: link(first)})

	r := alice.do("POST", "/api/v4/posts", model.Post{ChannelID: dev.ID, Message: link(second)})

	assert.True(t, r.get("metadata.embeds.0.data.post").Exists(), "%s", r.Body)
	assert.False(t, r.get("metadata.embeds.0.data.post.metadata").Exists())
}

func TestAPictureIsLookedForWhereItIs(t *testing.T) {
	mm := mmfake.New(t)
	alice, _, _ := aliceAndBob(t, mm)
	request, err := http.NewRequestWithContext(t.Context(), "GET", mm.URL+"/api/v4/image?url=http%3A%2F%2Fpics.test%2Fa.png", nil)
	require.NoError(t, err)
	request.Header.Set("Authorization", "Bearer "+alice.token)

	r, err := mm.Client().Transport.RoundTrip(request)

	require.NoError(t, err)
	defer r.Body.Close()
	assert.Equal(t, 302, r.StatusCode)
	assert.Equal(t, "http://pics.test/a.png", r.Header.Get("Location"))
	assert.Equal(t, "api.image.get.app_error", alice.do("GET", "/api/v4/image?url=mailto:a@b.test", nil).problem())
}

func TestPreviewsAreOffUnlessTheSettingsTurnThemOn(t *testing.T) {
	mm := mmfake.New(t)
	alice, _, _ := aliceAndBob(t, mm)

	r := alice.do("POST", "/api/v4/opengraph", object{"url": "http://a.test"})

	assert.Equal(t, 501, r.Status)
	assert.Equal(t, "api.post.link_preview_disabled.app_error", r.problem())
}
