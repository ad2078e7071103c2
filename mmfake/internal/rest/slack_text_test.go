package rest_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// Slack's markup in what integrations send (facts 6.5).

// commandAnswering makes a command /ask of a server, whose integration answers
// with a JSON value, and the user who runs it.
func commandAnswering(t testing.TB, mm *mmfake.Server, answer string) (alice *mmfake.Actor, dev *mmfake.Channel) {
	t.Helper()
	dev = mm.Channel("dev")
	alice = mm.User("alice", dev)
	mm.Mount("http://bot.test", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Write([]byte(answer))
	}))
	mm.Command("/ask", "http://bot.test/ask")
	return alice, dev
}

func TestALinkInAWebhooksTextHasOneLineAndSince11NoBarInItsLabel(t *testing.T) {
	for version, want := range map[string]string{
		"11.6": "[A](http://a.test) <http://b.test|two\nlines> <http://c.test|a|b>",
		"5.36": "[A](http://a.test) <http://b.test|two\nlines> [a|b](http://c.test)",
	} {
		mm := mmfake.New(t, mmfake.Version(version))
		dev := mm.Channel("dev")
		r := clientOf(t, mm, nil).do("POST", "/hooks/"+mm.IncomingWebhook(dev).ID,
			map[string]string{"text": "<http://a.test|A> <http://b.test|two\nlines> <http://c.test|a|b>"})
		require.Equal(t, 200, r.Status, "%s", r.Body)
		assert.Equal(t, want, dev.Posts()[0].Message, "as %s", version)
	}
}

func TestALinkInAnAttachmentMayHaveSeveralLinesAndBars(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	r := clientOf(t, mm, nil).do("POST", "/hooks/"+mm.IncomingWebhook(dev).ID,
		`{"attachments": [{"text": "<http://b.test|two\nlines> <http://c.test|a|b>", "fields": [{"title": "<http://d.test|D>", "value": "<http://d.test|D>"}]}]}`)
	require.Equal(t, 200, r.Status, "%s", r.Body)
	a := dev.Posts()[0].Attachments()[0]
	assert.Equal(t, "[two\nlines](http://b.test) [a|b](http://c.test)", a.Text)
	assert.Equal(t, "<http://d.test|D>", a.Fields[0].Title, "titles have no links")
	assert.Equal(t, "[D](http://d.test)", a.Fields[0].Value)
}

func TestALinkInACommandsTextMayHaveSeveralLines(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := commandAnswering(t, mm, `{"text": "<http://a.test|two\nlines>"}`)
	assert.Equal(t, "[two\nlines](http://a.test)", alice.Run(dev, "/ask").Ephemeral.Message)
}

func TestSkippingSlacksMarkupLeavesNamesAloneAndNotTheLinksOfAttachments(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := commandAnswering(t, mm, `{"response_type": "in_channel", "skip_slack_parsing": true, "text": "<!all> <http://a.test|A>",
		"attachments": [{"text": "<!all> <http://a.test|A>", "title": "<!all>"}]}`)
	post := alice.Run(dev, "/ask").Post
	assert.Equal(t, "<!all> <http://a.test|A>", post.Message)
	assert.Equal(t, "<!all> [A](http://a.test)", post.Attachments()[0].Text)
	assert.Equal(t, "<!all>", post.Attachments()[0].Title)
}

func TestBefore58AFieldsShortWasNoText(t *testing.T) {
	const attachments = `"attachments": [{"text": "inside", "fields": [{"title": "a", "value": "b", "short": "true"}]}]`
	for version, want := range map[string]bool{"11.6": true, "5.8": true, "5.0": false} {
		mm := mmfake.New(t, mmfake.Version(version))
		alice, dev := commandAnswering(t, mm, `{"text": "hi", `+attachments+`}`)
		r := execute(t, mm, alice, dev.ID, "/ask")
		assert.Equal(t, want, r.Status == 200, "a command's answer as %s: %s", version, r.Body)
		r = clientOf(t, mm, alice).do("POST", "/api/v4/posts", `{"channel_id": "`+dev.ID+`", "message": "hi", "props": {`+attachments+`}}`)
		assert.Equal(t, want, r.get("props.attachments.0.fields.0.short").Bool(), "a member's post as %s: %s", version, r.Body)
		assert.Equal(t, 201, r.Status)
		mm.OutgoingWebhook(dev, "http://bot.test/page", "page")
		alice.Post(dev, "page")
		require.NoError(t, mm.Settle(t.Context()))
		asked, _ := mm.Journal.Last(recorder.OfKind(recorder.KindCallback))
		require.Len(t, asked.Followed, 1)
		assert.Equal(t, want, strings.HasPrefix(asked.Followed[0], "posted"), "an outgoing webhook's answer as %s: %s", version, asked.Followed)
	}
}
