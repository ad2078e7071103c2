package rest_test

import (
	"maps"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

// outgoingHook makes an outgoing webhook into a channel with more fields, as the
// admin, and returns the answer.
func outgoingHook(t *testing.T, mm *mmfake.Server, c *mmfake.Channel, fields map[string]any) reply {
	t.Helper()
	hook := map[string]any{"team_id": c.TeamID, "channel_id": c.ID, "trigger_words": []string{"page"}, "callback_urls": []string{"http://bot.test/page"}}
	maps.Copy(hook, fields)
	return clientOf(t, mm, mm.Admin).do("POST", "/api/v4/hooks/outgoing", hook)
}

func TestANewOutgoingWebhookMayBringATokenAndNoID(t *testing.T) {
	token := strings.Repeat("y", 26)
	for _, c := range []struct {
		version, field, value, problem string
	}{
		{"11.6", "token", token, ""},
		{"11.6", "token", "short", "model.outgoing_hook.is_valid.token.app_error"},
		{"11.6", "id", token, "app.webhooks.save_outgoing.override.app_error"},
		{"5.0", "id", token, "store.sql_webhooks.save_outgoing.override.app_error"},
		{"11.6", "team_id", "short", "model.outgoing_hook.is_valid.team_id.app_error"},
	} {
		mm := mmfake.New(t, mmfake.Version(c.version))
		fields := map[string]any{c.field: c.value}
		if c.field == "team_id" {
			fields["channel_id"] = "" // else it is in another team
		}
		r := outgoingHook(t, mm, mm.Channel("dev"), fields)
		if c.problem != "" {
			assert.Equal(t, 400, r.Status, "%s %s", c.field, c.value)
			assert.Equal(t, c.problem, r.problem())
			continue
		}
		assert.Equal(t, 201, r.Status)
		assert.Equal(t, c.value, r.get(c.field).String())
	}
}

func TestAnOutgoingWebhookIsNotChangedToWhatTheDatabaseHasNoRoomFor(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	hook := outgoingHook(t, mm, dev, nil).get("id").String()
	for field, value := range map[string]any{
		"display_name": strings.Repeat("x", 65), "description": strings.Repeat("x", 501), "content_type": strings.Repeat("x", 129),
		"username": strings.Repeat("x", 65), "icon_url": strings.Repeat("x", 1025), "token": strings.Repeat("x", 27),
		"trigger_words": []string{strings.Repeat("x", 1025)}, "callback_urls": []string{strings.Repeat("x", 1025)},
	} {
		r := clientOf(t, mm, mm.Admin).do("PUT", "/api/v4/hooks/outgoing/"+hook, map[string]any{"id": hook, "channel_id": dev.ID, field: value})
		assert.Equal(t, 500, r.Status, field)
		assert.Equal(t, "app.webhooks.update_outgoing.app_error", r.problem(), field)
	}
}

func TestAnOutgoingWebhookMadeAsDeletedIsNeverFoundAgain(t *testing.T) {
	mm := mmfake.New(t)
	r := outgoingHook(t, mm, mm.Channel("dev"), map[string]any{"delete_at": 5})
	assert.Equal(t, int64(5), r.get("delete_at").Int())
	assert.Equal(t, 404, clientOf(t, mm, mm.Admin).do("GET", "/api/v4/hooks/outgoing/"+r.get("id").String(), nil).Status)
}

func TestWhatFollowsTheJSONOfAnAnswerToAnOutgoingWebhookIsNotLookedAt(t *testing.T) {
	mm := mmfake.New(t)
	asked(mm, `{"text": "paging bob"} and more`)
	dev := mm.Channel("dev")
	mm.OutgoingWebhook(dev, "http://bot.test", "page")
	mm.User("alice", dev).Post(dev, "page bob")
	require.NoError(t, mm.Settle(t.Context()))
	posts := dev.Posts()
	assert.Equal(t, "paging bob", posts[len(posts)-1].Message)
}

func TestBefore536AChangeOfAnOutgoingWebhookUnderAnothersIDReplacedThatOne(t *testing.T) {
	for version, name := range map[string]string{"11.6": "", "5.0": "Pages"} {
		mm := mmfake.New(t, mmfake.Version(version))
		dev := mm.Channel("dev")
		admin := clientOf(t, mm, mm.Admin)
		hook := outgoingHook(t, mm, dev, nil).get("id").String()
		other := outgoingHook(t, mm, dev, map[string]any{"trigger_words": []string{"call"}}).get("id").String()
		admin.do("PUT", "/api/v4/hooks/outgoing/"+hook, map[string]any{"id": other, "channel_id": dev.ID, "display_name": "Pages"})
		assert.Empty(t, admin.do("GET", "/api/v4/hooks/outgoing/"+hook, nil).get("display_name").String(), "as %s", version)
		assert.Equal(t, name, admin.do("GET", "/api/v4/hooks/outgoing/"+other, nil).get("display_name").String(), "as %s", version)
	}
}

func TestBefore536AChangeOfAnOutgoingWebhookUnderAnotherIDWentNowhere(t *testing.T) {
	for version, status := range map[string]int{"11.6": 400, "5.0": 200} {
		mm := mmfake.New(t, mmfake.Version(version))
		dev := mm.Channel("dev")
		hook := outgoingHook(t, mm, dev, nil).get("id").String()
		r := clientOf(t, mm, mm.Admin).do("PUT", "/api/v4/hooks/outgoing/"+hook, map[string]any{"channel_id": dev.ID, "display_name": "Pages"})
		assert.Equal(t, status, r.Status, "as %s", version)
		assert.Empty(t, clientOf(t, mm, mm.Admin).do("GET", "/api/v4/hooks/outgoing/"+hook, nil).get("display_name").String())
	}
}

func TestTheWebhookThatWasChangedLastNamesTheTriggerWord(t *testing.T) {
	mm := mmfake.New(t)
	var words []string
	mm.Mount("http://bot.test", http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { words = append(words, r.FormValue("trigger_word")) }))
	dev := mm.Channel("dev")
	alice := mm.User("alice", dev)
	first := outgoingHook(t, mm, dev, map[string]any{"trigger_words": []string{"page"}, "callback_urls": []string{"http://bot.test"}}).get("id").String()
	outgoingHook(t, mm, dev, map[string]any{"trigger_words": []string{"pa"}, "trigger_when": 1, "callback_urls": []string{"http://other.test"}})
	mm.Mount("http://other.test", http.NotFoundHandler())
	ask := func() {
		alice.Post(dev, "page bob")
		require.NoError(t, mm.Settle(t.Context()))
	}
	ask()
	clientOf(t, mm, mm.Admin).do("POST", "/api/v4/hooks/outgoing/"+first+"/regen_token", nil)
	ask()
	assert.Equal(t, []string{"pa", "page"}, words)
}
