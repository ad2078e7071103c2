package mmfake_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// called waits for a number of requests to the integration, and returns them.
func called(t testing.TB, mm *mmfake.Server, n int) []*recorder.Exchange {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	list, err := mm.Journal.Wait(ctx, n, recorder.OfKind(recorder.KindCallback))
	require.NoError(t, err)
	return list
}

func TestAnOutgoingWebhookTellsOfAPost(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	alice := mm.User("alice", dev)
	mm.Mount(bot, answering(map[string]any{}))
	form := mm.OutgoingWebhook(dev, bot+"/form", "page")
	asJSON := mm.OutgoingWebhookWith(model.OutgoingWebhook{ChannelID: dev.ID, CallbackURLs: []string{bot + "/json"}, ContentType: "application/json"})
	post := alice.Post(dev, "page bob & co")

	for _, ex := range called(t, mm, 2) {
		assert.Equal(t, "alice", ex.Actor)
		assert.Equal(t, "Mattermost-Bot/1.1", ex.Request.Header.Get("User-Agent"))
		if ex.Request.Path == "/json" {
			var sent model.OutgoingWebhookPayload
			require.NoError(t, json.Unmarshal(ex.Request.Body, &sent))
			assert.Equal(t, model.OutgoingWebhookPayload{
				Token: asJSON.Token, TeamID: dev.TeamID, TeamDomain: "test", ChannelID: dev.ID, ChannelName: "dev", Timestamp: post.CreateAt,
				UserID: alice.ID, UserName: "alice", PostID: post.ID, Text: "page bob & co",
			}, sent, "the word is that of the last webhook")
			continue
		}
		sent, err := url.ParseQuery(ex.Request.Text())
		require.NoError(t, err)
		assert.Equal(t, form.Token, sent.Get("token"))
		assert.Equal(t, "page bob & co", sent.Get("text"))
		assert.Equal(t, fmt.Sprint(post.CreateAt/1000), sent.Get("timestamp"))
	}
}

func TestAnOutgoingWebhookListensToPeopleAndBotsInPublicChannelsOnly(t *testing.T) {
	mm := mmfake.New(t)
	dev, secret := mm.Channel("dev"), mm.PrivateChannel("secret")
	alice, robot := mm.User("alice", dev, secret), mm.Bot("robot", dev)
	mm.Mount(bot, answering(map[string]any{"text": "page again"})) // which fires nothing
	mm.OutgoingWebhookWith(model.OutgoingWebhook{TriggerWords: []string{"page"}, CallbackURLs: []string{bot + "/hook"}})
	mm.Mount(bot+"/command", answering(model.CommandResponse{ResponseType: "in_channel", Text: "page by command"}))
	mm.Command("/say", bot+"/command")

	alice.Post(secret, "page in private")
	alice.Post(alice.Direct(robot), "page in a direct channel")
	alice.Post(dev, "please page")
	alice.Post(dev, "Page")
	alice.Post(dev, "pages")
	alice.Edit(alice.Post(dev, "nothing"), "page edited")
	sendJSON(t, mm, mm.IncomingWebhook(dev).URL, model.IncomingWebhookRequest{Text: "page by webhook"})
	alice.Run(dev, "/say")
	robot.Post(dev, "page by bot")
	alice.Post(dev, "page\tby alice")

	var texts []string
	for _, ex := range called(t, mm, 4) {
		if ex.Request.Path == "/hook" {
			texts = append(texts, ex.Request.Get("text").String())
		}
	}
	assert.ElementsMatch(t, []string{"page by command", "page by bot", "page\tby alice"}, texts)
}

func TestAnAnswerToAnOutgoingWebhookIsPosted(t *testing.T) {
	for name, c := range map[string]struct {
		answer string
		want   func(t *testing.T, asked, said *mmfake.Post)
	}{
		"a post": {`{"text": "It is <http://a.test|so>"}`, func(t *testing.T, _, said *mmfake.Post) {
			assert.Equal(t, "It is [so](http://a.test)", said.Message)
			assert.Empty(t, said.RootID)
			assert.Equal(t, "sysadmin", said.Author)
			assert.Equal(t, model.Props{"from_webhook": "true", "override_username": "webhook", "webhook_display_name": "a webhook of ~dev"}, said.Props)
		}},
		"a comment": {`{"text": "here", "response_type": "comment", "username": "oracle", "icon_url": "http://a.test/i.png"}`, func(t *testing.T, asked, said *mmfake.Post) {
			assert.Equal(t, asked.ID, said.RootID)
			assert.Equal(t, "oracle", said.Props["override_username"])
			assert.Equal(t, "http://a.test/i.png", said.Props["override_icon_url"])
		}},
		"attachments": {`{"attachments": [{"text": "boxed", "actions": [{"name": "Go", "integration": {"url": "http://bot.test"}}]}]}`, func(t *testing.T, _, said *mmfake.Post) {
			assert.Equal(t, "slack_attachment", said.Type)
			assert.Equal(t, []string{"Go"}, said.Buttons())
		}},
		"attachments of a type": {`{"attachments": [{"text": "boxed"}], "type": "custom_box"}`, func(t *testing.T, _, said *mmfake.Post) {
			assert.Equal(t, "custom_box", said.Type, "only an incoming webhook's is always slack_attachment")
		}},
		"an empty text": {`{"text": ""}`, func(t *testing.T, _, said *mmfake.Post) { assert.Empty(t, said.Message) }},
	} {
		t.Run(name, func(t *testing.T) {
			mm := mmfake.New(t)
			dev := mm.Channel("dev")
			alice := mm.User("alice", dev)
			mm.Mount(bot, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				w.WriteHeader(http.StatusTeapot) // of which nothing follows
				io.WriteString(w, c.answer)
			}))
			mm.OutgoingWebhook(dev, bot, "ask")
			asked := alice.Post(dev, "ask")
			ex := called(t, mm, 1)[0]
			posts := dev.Posts()
			require.Len(t, posts, 2)
			c.want(t, asked, posts[1])
			said := strings.ReplaceAll(posts[1].Message, "[so](http://a.test)", "<http://a.test|so>")
			if list := posts[1].Attachments(); len(list) > 0 {
				said = "[attachment] " + list[0].Text
			}
			assert.Equal(t, []string{"posted in ~dev: " + said}, ex.Followed)
		})
	}
}

func TestAnAnswerThatSaysNothingIsNotPosted(t *testing.T) {
	for name, c := range map[string]struct{ answer, followed string }{
		"nothing":     {``, ""},
		"no text":     {`{"username": "oracle"}`, ""},
		"a page":      {`<html>Hello`, "nothing: the answer cannot be read: it answered with a page"},
		"plain text":  {`hello`, "nothing: the answer cannot be read: it answered \"hello\""},
		"a system":    {`{"text": "x", "type": "system_join"}`, "nothing: the answer could not be posted: The parameter type"},
		"unknown":     {`{"text": "x", "type": "weird"}`, "nothing: the answer could not be posted"},
		"no priority": {`{"text": "x", "priority": {"requested_ack": true}}`, "nothing: the answer could not be posted: The parameter priority"},
		"ten MB":      {`{"text": "` + strings.Repeat("x", 10<<20), "nothing: the answer cannot be read: it answered with more than"},
		"in a thread": {`{"text": "x", "response_type": "comment"}`, "nothing: the answer could not be posted"},
	} {
		t.Run(name, func(t *testing.T) {
			mm := mmfake.New(t)
			dev := mm.Channel("dev")
			alice := mm.User("alice", dev)
			root := alice.Post(dev, "root")
			mm.Mount(bot, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, c.answer) }))
			mm.OutgoingWebhook(dev, bot, "ask")
			alice.Reply(root, "ask")
			ex := called(t, mm, 1)[0]
			assert.Len(t, dev.Posts(), 2)
			if c.followed == "" {
				assert.Empty(t, ex.Followed)
				return
			}
			assert.Contains(t, ex.Followed[0], c.followed)
		})
	}
}

func TestTheURLsOfAWebhookAreCalledBesideEachOther(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	alice := mm.User("alice", dev)
	meet := make(chan string) // each handler waits here for the other
	for _, path := range []string{"/one", "/two"} {
		mm.Mount(bot+path, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			select {
			case meet <- path:
			case <-meet:
			case <-r.Context().Done():
			}
			fmt.Fprintf(w, `{"text":%q}`, path)
		}))
	}
	mm.OutgoingWebhookWith(model.OutgoingWebhook{ChannelID: dev.ID, CallbackURLs: []string{bot + "/one", bot + "/two"}})
	alice.Post(dev, "both")
	called(t, mm, 2)
	var texts []string
	for _, p := range dev.Posts() {
		texts = append(texts, p.Message)
	}
	assert.ElementsMatch(t, []string{"both", "/one", "/two"}, texts)
}

func TestCloseEndsTheRequestsOfOutgoingWebhooks(t *testing.T) {
	reached := make(chan struct{}, 2)
	hang := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		reached <- struct{}{}
		<-r.Context().Done()
	})
	behindAPort := httptest.NewServer(hang)
	defer behindAPort.Close()
	tb := &recordingTB{TB: t}
	mm := mmfake.New(tb)
	dev := mm.Channel("dev")
	mm.Mount(bot, hang)
	mm.OutgoingWebhookWith(model.OutgoingWebhook{ChannelID: dev.ID, CallbackURLs: []string{bot, behindAPort.URL}})
	mm.User("alice", dev).Post(dev, "hello")
	<-reached
	<-reached
	mm.Close()
	assert.Len(t, tb.logs, 2)
	assert.Contains(t, strings.Join(tb.logs, "\n"), "it waited for the answer to POST "+bot)
	for ex := range mm.Journal.Each(recorder.OfKind(recorder.KindCallback)) {
		assert.Contains(t, ex.Err, "the fake was closed")
	}
	assert.Equal(t, 2, mm.Journal.Count(recorder.OfKind(recorder.KindCallback)))
}

func TestAnIntegrationThatHangsGetsAThousandRequestsAndNoMore(t *testing.T) {
	mm := mmfake.New(&recordingTB{TB: t})
	defer mm.Close()
	dev := mm.Channel("dev")
	alice := mm.User("alice", dev)
	mm.Mount(bot, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
	mm.OutgoingWebhook(dev, bot)
	for range 1001 {
		alice.Post(dev, "hello")
	}
	sent := mm.Journal.Find(recorder.OfKind(recorder.KindCallback))
	require.Len(t, sent, 1)
	assert.Contains(t, sent[0].Err, "it was not sent: 1000 requests of outgoing webhooks are waiting")
}

func TestOutgoingWebhooksCanBeSwitchedOff(t *testing.T) {
	mm := mmfake.New(t, mmfake.Configure(func(s *mmfake.Settings) { s.EnableOutgoingWebhooks = false }))
	for _, do := range []string{"GET /api/v4/hooks/outgoing", "GET /api/v4/hooks/outgoing/qqqqqqqqqqqqqqqqqqqqqqqqqy", "DELETE /api/v4/hooks/outgoing/qqqqqqqqqqqqqqqqqqqqqqqqqy"} {
		status, answer := as(t, mm, mm.Admin, do, nil)
		assert.Equal(t, 501, status, do)
		assert.Equal(t, "api.outgoing_webhook.disabled.app_error", errorID(t, answer))
	}
}

func TestAnUpdateOfAnOutgoingWebhookReplacesItsToken(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	hook := mm.OutgoingWebhook(dev, bot, "a")
	other := mm.OutgoingWebhook(dev, bot, "b")
	path := "/api/v4/hooks/outgoing/" + hook.ID
	change := model.OutgoingWebhook{ID: hook.ID, ChannelID: dev.ID, TriggerWords: []string{"c"}, CallbackURLs: []string{bot}}

	status, answer := as(t, mm, mm.Admin, "PUT "+path, change)
	require.Equal(t, 200, status, answer)
	var now model.OutgoingWebhook
	require.NoError(t, json.Unmarshal([]byte(answer), &now))
	assert.Empty(t, now.Token)
	assert.Equal(t, []string{"c"}, now.TriggerWords)
	assert.Equal(t, mm.Admin.ID, now.CreatorID)

	for name, c := range map[string]struct {
		change func(h *model.OutgoingWebhook)
		status int
		id     string
	}{
		"taken":        {func(h *model.OutgoingWebhook) { h.TriggerWords = []string{"b"} }, 400, "api.webhook.update_outgoing.intersect.app_error"},
		"no words":     {func(h *model.OutgoingWebhook) { h.ChannelID, h.TriggerWords = "", nil }, 500, "api.webhook.create_outgoing.triggers.app_error"},
		"private":      {func(h *model.OutgoingWebhook) { h.ChannelID = mm.PrivateChannel("secret").ID }, 403, "api.webhook.create_outgoing.not_open.app_error"},
		"another id":   {func(h *model.OutgoingWebhook) { h.ID = other.ID }, 400, "api.context.invalid_body_param.app_error"},
		"another team": {func(h *model.OutgoingWebhook) { h.TeamID = mm.Team("elsewhere").ID }, 400, "api.webhook.team_mismatch.app_error"},
		"elsewhere":    {func(h *model.OutgoingWebhook) { h.ChannelID = mm.Team("elsewhere").Channel("there").ID }, 403, "api.webhook.create_outgoing.permissions.app_error"},
	} {
		wrong := change
		c.change(&wrong)
		status, answer := as(t, mm, mm.Admin, "PUT "+path, wrong)
		assert.Equal(t, c.status, status, name)
		assert.Equal(t, c.id, errorID(t, answer), name)
	}
}
