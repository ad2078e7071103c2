package rest_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// The posts that webhooks make (facts 6.4).

func TestAPostOfABotsWebhookIsMarkedAsTheBots(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	hook := incomingHook(t, mm, mm.Admin, map[string]any{"channel_id": dev.ID, "user_id": mm.Bot("ci").ID}).get("id").String()
	require.Equal(t, 200, clientOf(t, mm, nil).do("POST", "/hooks/"+hook, map[string]string{"text": "passed"}).Status)
	assert.Equal(t, "true", dev.Posts()[0].Props[model.PropFromBot])
}

func TestWhatTheServerSaysInABotsNameIsMarkedAsTheBots(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	ci := mm.Bot("ci", dev)
	require.Equal(t, 200, execute(t, mm, ci, dev.ID, "/header Builds").Status)
	require.Equal(t, 200, execute(t, mm, ci, dev.ID, "/echo passed").Status)
	require.Equal(t, 200, execute(t, mm, ci, dev.ID, "/me rests").Status)
	channel := clientOf(t, mm, mm.Admin).do("GET", "/api/v4/channels/"+dev.ID+"/posts?per_page=3", nil)
	for _, post := range channel.get("posts").Map() {
		assert.Equal(t, "true", post.Get("props.from_bot").String(), "%s", post.Raw)
	}
}

func TestBefore514NoIconComesFromAnEmoji(t *testing.T) {
	for version, address := range map[string]any{"11.6": "/static/emoji/1f680.png", "5.0": nil} {
		mm := mmfake.New(t, mmfake.Version(version))
		dev := mm.Channel("dev")
		body := map[string]any{"text": "passed", "props": map[string]string{"override_icon_emoji": "rocket"}}
		require.Equal(t, 200, clientOf(t, mm, nil).do("POST", "/hooks/"+mm.IncomingWebhook(dev).ID, body).Status)
		assert.Equal(t, address, dev.Posts()[0].Props[model.PropOverrideIconURL], "as %s", version)
	}
}

func TestAWebhooksPriorityMayBeEmptyAndMayNotBeMissing(t *testing.T) {
	mm := mmfake.New(t)
	hook := "/hooks/" + mm.IncomingWebhook(mm.Channel("dev")).ID
	assert.Equal(t, 200, clientOf(t, mm, nil).do("POST", hook, `{"text": "a", "priority": {"priority": ""}}`).Status)
	assert.Equal(t, 400, clientOf(t, mm, nil).do("POST", hook, `{"text": "a", "priority": {"requested_ack": true}}`).Status)
}

func TestTheIconEmojiOfARequestsPropsWinsOverTheOneBesideThem(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	body := map[string]any{"text": "passed", "icon_emoji": "rocket", "props": map[string]string{"override_icon_emoji": "smile"}}
	require.Equal(t, 200, clientOf(t, mm, nil).do("POST", "/hooks/"+mm.IncomingWebhook(dev).ID, body).Status)
	assert.Equal(t, "smile", dev.Posts()[0].Props[model.PropOverrideIconEmoji])
}

func TestNobodySetsThePropsThatAreTheServersAlone(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := commandAnswering(t, mm, `{"response_type": "in_channel", "text": "hi", "props": {"add_channel_member": {}, "card": "c"}}`)
	props := map[string]any{"add_channel_member": map[string]any{}, "force_notification": "x", "card": "c"}
	require.Equal(t, 200, clientOf(t, mm, nil).do("POST", "/hooks/"+mm.IncomingWebhook(dev).ID, map[string]any{"text": "passed", "props": props}).Status)
	require.Equal(t, 200, execute(t, mm, alice, dev.ID, "/ask").Status)
	own := clientOf(t, mm, alice).do("POST", "/api/v4/posts", map[string]any{"channel_id": dev.ID, "message": "me", "props": props}).get("id").String()
	clientOf(t, mm, alice).do("PUT", "/api/v4/posts/"+own+"/patch", map[string]any{"props": props})
	for _, post := range dev.Posts() {
		assert.Equal(t, "c", post.Props["card"], post.Message)
		assert.NotContains(t, post.Props, "add_channel_member", post.Message)
		assert.NotContains(t, post.Props, "force_notification", post.Message)
	}
}
