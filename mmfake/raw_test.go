package mmfake_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

func TestAClickCanBeSentAsNoUserCould(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	alice, mallory := mm.User("alice", dev), mm.User("mallory", dev)
	mm.Mount(bot, answering(map[string]any{"update": map[string]any{"message": "Approved"}}))
	post := askWith(t, mm, button("Approve"))

	sent := mm.CallAction(mallory, post, "Approve",
		mmfake.ChangeField("user_id", alice.ID), mmfake.ChangeField("context.job", "43"), mmfake.ChangeField("context.more.of", 1),
		mmfake.DropField("channel_id"), mmfake.ChangeHeader("User-Agent", "curl"), mmfake.ChangeHeader("Accept", "")).Exchange

	assert.Equal(t, alice.ID, sent.Request.Get("user_id").String())
	assert.Equal(t, "mallory", sent.Request.Get("user_name").String())
	assert.JSONEq(t, `{"job":"43","more":{"of":1}}`, sent.Request.Get("context").Raw)
	assert.False(t, sent.Request.Get("channel_id").Exists())
	assert.Equal(t, "curl", sent.Request.Header.Get("User-Agent"))
	assert.Empty(t, sent.Request.Header.Get("Accept"))
	assert.Equal(t, "Deploy?", dev.Posts()[0].Message, "nothing follows from the answer")
}

func TestARequestCanBeSentAgainAndCutShort(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	alice := mm.User("alice", dev)
	mm.Mount(bot, answering(map[string]any{}))
	first := alice.Click(askWith(t, mm, button("Approve")), "Approve").Exchange

	again := mm.Replay(first)
	assert.Equal(t, first.Request.Text(), again.Exchange.Request.Text())
	assert.Equal(t, first.Request.URL(), again.Exchange.Request.URL())
	assert.Equal(t, 200, again.Status)
	assert.Equal(t, first.Request.Text()[:10], mm.Replay(first, mmfake.CutShort(10)).Exchange.Request.Text())

	command := mm.Command("/deploy", bot+"/a%20b?c=d")
	ran := alice.Run(dev, "/deploy prod").Exchange
	forged := mm.Replay(ran, mmfake.ChangeField("token", "wrong"), mmfake.ChangeHeader("Authorization", "Token wrong")).Exchange
	assert.Equal(t, command.Token, ran.Request.Get("token").String())
	assert.Equal(t, "wrong", forged.Request.Get("token").String())
	assert.Equal(t, "prod", forged.Request.Get("text").String())
	assert.Equal(t, ran.Request.URL(), forged.Request.URL())

	mm.Command("/get", bot, func(c *model.Command) { c.Method = model.CommandMethodGet })
	got := mm.Replay(alice.Run(dev, "/get x").Exchange, mmfake.ChangeField("user_name", "mallory")).Exchange
	assert.Contains(t, got.Request.Query, "user_name=mallory")
}

func TestADialogCanBeSentAsNoClientWould(t *testing.T) {
	mm := mmfake.New(t)
	alice, dialog := asked(t, mm, reportForm, map[string]any{})
	sent := mm.CallDialog(dialog, mmfake.Fields{"summary": 5, "other": nil}, mmfake.ChangeField("user_id", "x")).Exchange
	assert.JSONEq(t, `{"summary":5,"other":null}`, sent.Request.Get("submission").Raw)
	assert.Equal(t, "x", sent.Request.Get("user_id").String())
	assert.NoError(t, alice.Submit(dialog, mmfake.Fields{"summary": "It burns"}).Err, "it is still open")
}

func TestAnOutgoingWebhookCanBeCalledForAnyPost(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	mm.Mount(bot, answering(map[string]any{"text": "never posted"}))
	hook := mm.OutgoingWebhook(dev, bot, "page")
	post := mm.User("alice", dev).Post(dev, "hello")
	sent := mm.CallOutgoingWebhook(hook, post, mmfake.ChangeField("token", "wrong"), mmfake.DropField("user_id")).Exchange
	assert.Equal(t, "wrong", sent.Request.Get("token").String())
	assert.Equal(t, "hello", sent.Request.Get("text").String())
	assert.False(t, sent.Request.Get("user_id").Exists())
	assert.Len(t, dev.Posts(), 1)
}

func TestOnlyWhatTheServerSentCanBeSentAgain(t *testing.T) {
	assert.Contains(t, verdict(t, func(mm *mmfake.Server) { mm.Replay(nil) }), "only a request that the server made to an integration can be sent again")
	assert.Contains(t, verdict(t, func(mm *mmfake.Server) {
		sendJSON(t, mm, mm.IncomingWebhook(mm.Channel("dev")).URL, model.IncomingWebhookRequest{Text: "x"})
		mm.Replay(mm.Journal.All()[0])
	}), "only a request that the server made to an integration can be sent again")
}
