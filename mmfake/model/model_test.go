package model

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestAnIDHas26LettersOrDigitsOfAnyCase(t *testing.T) {
	for s, want := range map[string]bool{
		"h1pt7r3zkbyq8eswnjfu4x6mco":  true,
		"abcdefghijkmnopqrstuvwxyz1":  true,
		"ABCDEFGHIJKLMNOPQRSTUVWXYZ":  true,
		"":                            false,
		"me":                          false,
		"h1pt7r3zkbyq8eswnjfu4x6mc":   false,
		"h1pt7r3zkbyq8eswnjfu4x6mcoo": false,
		"h1pt7r3zkbyq8eswnjfu4x6mc-":  false,
		"h1pt7r3zkbyq8eswnjfu4x6mc_":  false,
		"h1pt7r3zkbyq8eswnjfu4x6mc ":  false,
		strings.Repeat("é", 13):       true, // 26 bytes
		strings.Repeat("é", 26):       false,
		strings.Repeat("\xff", 26):    false,
	} {
		assert.Equal(t, want, IsValidID(s), "%q", s)
	}
}

func TestPostsOfTheServerAreSystemPosts(t *testing.T) {
	for kind, want := range map[string]bool{
		PostTypeDefault: false, PostTypeMe: false, PostTypeSlackAttachment: false, "custom_x": false,
		PostTypeAddBot: false, PostTypeJoinChannel: true, PostTypeEphemeral: true,
	} {
		assert.Equal(t, want, (&Post{Type: kind}).IsSystem(), kind)
	}
}

func TestAPatchTellsWhatIsGiven(t *testing.T) {
	var p PostPatch
	require.NoError(t, json.Unmarshal([]byte(`{"message":"","props":{},"file_ids":[]}`), &p))
	require.NotNil(t, p.Message)
	require.NotNil(t, p.Props)
	require.NotNil(t, p.FileIDs)
	assert.Nil(t, p.IsPinned)
	assert.NotNil(t, *p.Props)
}

func TestAChannelIsMutedWhenOnlyMentionsMarkItUnread(t *testing.T) {
	assert.False(t, (&ChannelMember{}).IsMuted())
	assert.False(t, (&ChannelMember{NotifyProps: StringMap{NotifyMarkUnread: MarkUnreadAll}}).IsMuted())
	assert.True(t, (&ChannelMember{NotifyProps: StringMap{NotifyMarkUnread: MarkUnreadMention}}).IsMuted())
}

func ExampleIsValidID() {
	fmt.Println(IsValidID("h1pt7r3zkbyq8eswnjfu4x6mco"), IsValidID("me"))
	// Output: true false
}

func ExampleAppError() {
	var err error = &AppError{ID: "app.post.get.app_error", Message: "There is no such post.", StatusCode: 404}
	fmt.Println(err)
	// Output: There is no such post. (app.post.get.app_error, 404)
}

func ExamplePostList() {
	list := NewPostList()
	list.Append(&Post{ID: "reply", RootID: "root"})
	list.Add(&Post{ID: "root"})
	fmt.Println(list.Order, len(list.Posts))
	// Output: [reply] 2
}

func ExampleOutgoingWebhookPayload_Form() {
	p := OutgoingWebhookPayload{Text: "deploy prod", TriggerWord: "deploy", Timestamp: 1760000300000}
	form := p.Form()
	fmt.Println(form.Get("text"), form.Get("timestamp"))
	// Output: deploy prod 1760000300
}

func BenchmarkAPostIsDecodedAndEncoded(b *testing.B) {
	body := []byte(`{"channel_id":"k5xmd9hzfigw7pnr8t6ybq3jue","message":"build #42 ok","props":{"n":1}}`)
	b.ReportAllocs()
	for b.Loop() {
		var p Post
		if err := json.Unmarshal(body, &p); err != nil {
			b.Fatal(err)
		}
		if _, err := json.Marshal(&p); err != nil {
			b.Fatal(err)
		}
	}
}
