package main

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/assertions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

const address = "http://onduty.test"

// start runs the service beside a server with a channel and its people. Bob is on
// duty.
func start(t *testing.T) (mm *mmfake.Server, ops *mmfake.Channel, alice *mmfake.Actor, hook *mmfake.OutgoingWebhook) {
	mm = mmfake.New(t)
	ops = mm.Channel("ops")
	alice = mm.User("alice", ops)
	mm.User("bob", ops)
	mm.User("carol", ops)
	hook = mm.OutgoingWebhook(ops, address+"/page", "page")
	settings := map[string]string{
		"ONDUTY_URL": address, "ONDUTY_TOKEN": hook.Token, "ONDUTY_SECRET": "s3cret", "ONDUTY_FIRST": "@bob",
		"MATTERMOST_URL": mm.URL, "MATTERMOST_TOKEN": mm.Bot("onduty", ops).Token,
	}
	s, err := fromEnvironment(func(name string) string { return settings[name] })
	require.NoError(t, err)
	mm.Mount(address, s.handler())
	return mm, ops, alice, hook
}

// page has alice page somebody, and returns the service's answer.
func page(t *testing.T, mm *mmfake.Server, ops *mmfake.Channel, alice *mmfake.Actor) *mmfake.Post {
	asked := alice.Post(ops, "page the shop is down")
	card := assertions.Require(t, mm).Posted(mmfake.In(ops), mmfake.Contains("you are on duty"))
	assert.Equal(t, asked.ID, card.RootID)
	return card
}

func TestWhoIsOnDutyIsPaged(t *testing.T) {
	mm, ops, alice, _ := start(t)
	card := page(t, mm, ops, alice)
	assert.Equal(t, "@bob, you are on duty.", card.Message)
	assert.Equal(t, "the shop is down", card.Attachments()[0].Title)
	assert.Equal(t, []string{"Acknowledge", "Severity", "Hand over to"}, card.Buttons())
}

func TestAPageWithoutAReasonIsAskedForOne(t *testing.T) {
	mm, ops, alice, _ := start(t)
	alice.Post(ops, "page")
	assertions.New(t, mm).Posted(mmfake.In(ops), mmfake.Contains("What is it?"))
}

func TestAnAlertIsAcknowledged(t *testing.T) {
	mm, ops, alice, _ := start(t)
	card := page(t, mm, ops, alice)
	done := mm.User("bob").Click(card, "Acknowledge").Post
	assert.Equal(t, ":white_check_mark: @bob takes care of it.", done.Message)
	assert.Empty(t, done.Buttons())
}

func TestTheSeverityColoursTheAlert(t *testing.T) {
	mm, ops, alice, _ := start(t)
	changed := alice.Choose(page(t, mm, ops, alice), "Severity", "Users notice").Post
	assert.Equal(t, "@bob, you are on duty. @alice calls it high.", changed.Message)
	assert.Equal(t, "#f5ab00", changed.Attachments()[0].Color)
	assert.NoError(t, alice.Click(changed, "Acknowledge").Err, "the new buttons work")
}

func TestTheDutyIsHandedOver(t *testing.T) {
	mm, ops, alice, _ := start(t)
	card := page(t, mm, ops, alice)
	answer := mm.User("bob").Choose(card, "Hand over to", "@carol")
	assert.Equal(t, "@carol, you are on duty: @bob has handed over from @bob.", answer.Post.Message)
	assert.Equal(t, "@carol is on duty from now on.", answer.Ephemeral.Message)

	alice.Post(ops, "page the shop is still down")
	assertions.New(t, mm).Posted(mmfake.In(ops), mmfake.Text("@carol, you are on duty."))
}

func TestTheDutyStaysWhereMattermostKnowsNobody(t *testing.T) {
	mm, ops, alice, _ := start(t)
	sent := mm.CallAction(alice, page(t, mm, ops, alice), "Hand over to", mmfake.ChangeField("context.selected_option", strings.Repeat("q", 26)))
	assert.Contains(t, sent.Exchange.Response.Get("ephemeral_text").String(), "404 Not Found")
}

func TestARequestWithAnotherTokenIsRefused(t *testing.T) {
	mm, ops, alice, hook := start(t)
	post := alice.Post(ops, "hello")
	assert.Equal(t, http.StatusForbidden, mm.CallOutgoingWebhook(hook, post, mmfake.ChangeField("token", "guessed")).Status)
	assert.Equal(t, http.StatusForbidden, mm.CallOutgoingWebhook(hook, post, mmfake.DropField("token")).Status)
}

func TestAForgedClickIsRefused(t *testing.T) {
	mm, ops, alice, _ := start(t)
	card := page(t, mm, ops, alice)
	for _, c := range []struct {
		change mmfake.Change
		status int
	}{
		{mmfake.ChangeField("context.alert.what", "all is well"), http.StatusForbidden},
		{mmfake.DropField("context.signature"), http.StatusForbidden},
		{mmfake.CutShort(20), http.StatusBadRequest},
	} {
		assert.Equal(t, c.status, mm.CallAction(alice, card, "Acknowledge", c.change).Status)
	}
}

func TestAMissingSettingIsNamed(t *testing.T) {
	_, err := fromEnvironment(func(string) string { return "" })
	assert.EqualError(t, err, "set ONDUTY_URL")
}
