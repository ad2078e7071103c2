package rest_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/tidwall/gjson"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

// asking is the JSON of props with a button whose clicks go to http://bot.test, and
// one that calls nobody.
const asking = `{"attachments": [{"actions": [{"id": "approve", "name": "Approve", "integration": {"url": "http://bot.test"}}, {"id": "idle", "name": "Idle"}]}]}`

// asked mounts an integration that answers clicks with a JSON value.
func asked(mm *mmfake.Server, answer string) {
	mm.Mount("http://bot.test", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte(answer)) }))
}

// privately shows alice a message with buttons that is not stored.
func privately(t *testing.T, mm *mmfake.Server, alice *mmfake.Actor, c *mmfake.Channel) reply {
	t.Helper()
	r := clientOf(t, mm, mm.Admin).do("POST", "/api/v4/posts/ephemeral", `{"user_id": "`+alice.ID+`", "post": {"channel_id": "`+c.ID+`", "props": `+asking+`}}`)
	require.Equal(t, 201, r.Status, "%s", r.Body)
	return r
}

func TestACookieCountsOnlyWhereThePostIsNotStored(t *testing.T) {
	mm := mmfake.New(t)
	asked(mm, `{}`)
	dev := mm.Channel("dev")
	alice := mm.User("alice", dev)
	cookie := map[string]string{"cookie": privately(t, mm, alice, dev).get("props.attachments.0.actions.0.cookie").String()}
	client := clientOf(t, mm, alice)
	stored := client.do("POST", "/api/v4/posts", `{"channel_id": "`+dev.ID+`", "props": `+asking+`}`).get("id").String()

	assert.Equal(t, 200, client.do("POST", "/api/v4/posts/"+stored+"/actions/approve", cookie).Status)
	r := client.do("POST", "/api/v4/posts/"+stored+"/actions/other", cookie)
	assert.Equal(t, "api.post.do_action.action_id.app_error", r.problem())
	assert.Equal(t, 400, client.do("POST", "/api/v4/posts/"+alice.ID+"/actions/approve", cookie).Status, "it is another post's")
}

func TestAButtonThatCallsNobodyHasACookieToo(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	alice := mm.User("alice", dev)
	post := privately(t, mm, alice, dev)
	cookie := post.get("props.attachments.0.actions.1.cookie").String()
	assert.NotEmpty(t, cookie)
	r := clientOf(t, mm, alice).do("POST", "/api/v4/posts/"+post.get("id").String()+"/actions/idle", map[string]string{"cookie": cookie})
	assert.Equal(t, 400, r.Status)
}

func TestWhoIsInAPublicChannelsTeamOnlyMayClickThereSince11(t *testing.T) {
	for version, status := range map[string]int{"11.6": 200, "5.36": 403} {
		mm := mmfake.New(t, mmfake.Version(version))
		asked(mm, `{}`)
		dev := mm.Channel("dev")
		post := clientOf(t, mm, mm.User("alice", dev)).do("POST", "/api/v4/posts", `{"channel_id": "`+dev.ID+`", "props": `+asking+`}`).get("id").String()
		bob := clientOf(t, mm, mm.User("bob"))
		assert.Equal(t, status, bob.do("POST", "/api/v4/posts/"+post+"/actions/approve", nil).Status, "as %s", version)
		dialog := map[string]any{"url": "http://bot.test", "channel_id": dev.ID, "team_id": dev.TeamID}
		assert.Equal(t, status, bob.do("POST", "/api/v4/actions/dialogs/submit", dialog).Status, "as %s", version)
	}
}

func TestBefore11WhatFollowedTheJSONOfAnAnswerWasNotLookedAt(t *testing.T) {
	for version, status := range map[string]int{"11.6": 400, "5.36": 200} {
		mm := mmfake.New(t, mmfake.Version(version))
		asked(mm, `{"ephemeral_text": "Approved"} and more`)
		dev := mm.Channel("dev")
		alice := clientOf(t, mm, mm.User("alice", dev))
		post := alice.do("POST", "/api/v4/posts", `{"channel_id": "`+dev.ID+`", "props": `+asking+`}`).get("id").String()
		assert.Equal(t, status, alice.do("POST", "/api/v4/posts/"+post+"/actions/approve", nil).Status, "as %s", version)
	}
}

func TestBefore536AnIntegrationCouldUpdateAPostOfAnArchivedChannel(t *testing.T) {
	for version, status := range map[string]int{"11.6": 400, "5.36": 400, "5.0": 200} {
		mm := mmfake.New(t, mmfake.Version(version))
		asked(mm, `{"update": {"message": "approved"}}`)
		dev := mm.Channel("dev")
		alice := clientOf(t, mm, mm.User("alice", dev))
		asking := strings.Replace(asking, "approve", "abcdefghijkmnopqrstuvwxyz1", 1)
		post := alice.do("POST", "/api/v4/posts", `{"channel_id": "`+dev.ID+`", "props": `+asking+`}`).get("id").String()
		clientOf(t, mm, mm.Admin).do("DELETE", "/api/v4/channels/"+dev.ID, nil)
		r := alice.do("POST", "/api/v4/posts/"+post+"/actions/abcdefghijkmnopqrstuvwxyz1", nil)
		assert.Equal(t, status, r.Status, "as %s: %s", version, r.Body)
	}
}

func TestAClickTakesWhatCanBeReadOfItsBody(t *testing.T) {
	mm := mmfake.New(t)
	var chosen []string
	mm.Mount("http://bot.test", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		chosen = append(chosen, gjson.GetBytes(body, "context.selected_option").String())
		w.Write([]byte(`{}`))
	}))
	dev := mm.Channel("dev")
	alice := clientOf(t, mm, mm.User("alice", dev))
	menu := `{"attachments": [{"actions": [{"id": "size", "type": "select", "name": "Size", "integration": {"url": "http://bot.test"}}]}]}`
	post := alice.do("POST", "/api/v4/posts", `{"channel_id": "`+dev.ID+`", "props": `+menu+`}`).get("id").String()
	for _, body := range []string{`{"selected_option": "s", "cookie": 5}`, `{"selected_option": "m"} and more`, `{"selected_option": 5}`, `{"selected_option": "x"`} {
		assert.Equal(t, 200, alice.do("POST", "/api/v4/posts/"+post+"/actions/size", body).Status, body)
	}
	assert.Equal(t, []string{"s", "m", "", ""}, chosen)
}

func TestOfActionsWithOneIDTheFirstCounts(t *testing.T) {
	mm := mmfake.New(t)
	asked(mm, `{}`)
	dev := mm.Channel("dev")
	alice := clientOf(t, mm, mm.User("alice", dev))
	twins := strings.Replace(strings.Replace(asking, "approve", "twin", 1), "idle", "twin", 1)
	post := alice.do("POST", "/api/v4/posts", `{"channel_id": "`+dev.ID+`", "props": `+twins+`}`).get("id").String()
	assert.Equal(t, 200, alice.do("POST", "/api/v4/posts/"+post+"/actions/twin", nil).Status)

	idleFirst := `{"attachments": [{"actions": [{"id": "twin", "name": "Idle"}]}, {"actions": [{"id": "twin", "name": "Approve", "integration": {"url": "http://bot.test"}}]}]}`
	post = alice.do("POST", "/api/v4/posts", `{"channel_id": "`+dev.ID+`", "props": `+idleFirst+`}`).get("id").String()
	assert.Equal(t, "api.post.do_action.action_id.app_error", alice.do("POST", "/api/v4/posts/"+post+"/actions/twin", nil).problem())
}

func TestBefore11AnUpdateWithAnothersFileShowedThePostsOwnFilesOnly(t *testing.T) {
	mm := mmfake.New(t, mmfake.Version("5.36"))
	dev := mm.Channel("dev")
	alice, bob := clientOf(t, mm, mm.User("alice", dev)), clientOf(t, mm, mm.User("bob", dev))
	upload := func(as client) string {
		return as.do("POST", "/api/v4/files?filename=a.txt&channel_id="+dev.ID, "x", "Content-Type", "text/plain").get("file_infos.0.id").String()
	}
	mine, others := upload(alice), upload(bob)
	post := alice.do("POST", "/api/v4/posts", `{"channel_id": "`+dev.ID+`", "file_ids": ["`+mine+`"], "props": `+asking+`}`).get("id").String()
	asked(mm, `{"update": {"file_ids": ["`+mine+`", "`+others+`"]}}`)
	assert.Equal(t, 200, alice.do("POST", "/api/v4/posts/"+post+"/actions/approve", nil).Status)
	r := alice.do("GET", "/api/v4/posts/"+post, nil)
	assert.Len(t, r.get("file_ids").Array(), 2)
	assert.Equal(t, `["`+mine+`"]`, r.get("metadata.files.#.id").Raw)
}

func TestBefore510APostThatAnIntegrationUpdatedWasAWebhooksWhateverItSaid(t *testing.T) {
	for version, from := range map[string]string{"11.6": "no", "5.0": "true"} {
		mm := mmfake.New(t, mmfake.Version(version))
		asked(mm, `{"update": {"message": "approved", "props": {}}}`)
		dev := mm.Channel("dev")
		alice := clientOf(t, mm, mm.User("alice", dev))
		props := `{"from_webhook": "no", ` + strings.Replace(asking[1:], "approve", "abcdefghijkmnopqrstuvwxyz1", 1)
		post := alice.do("POST", "/api/v4/posts", `{"channel_id": "`+dev.ID+`", "props": `+props+`}`).get("id").String()
		assert.Equal(t, 200, alice.do("POST", "/api/v4/posts/"+post+"/actions/abcdefghijkmnopqrstuvwxyz1", nil).Status)
		assert.Equal(t, from, alice.do("GET", "/api/v4/posts/"+post, nil).get("props.from_webhook").String(), "as %s", version)
	}
}

func TestBefore522AClicksAnswerMightSaySkipSlackParsingInAnyKind(t *testing.T) {
	for version, status := range map[string]int{"11.6": 400, "5.0": 200} {
		mm := mmfake.New(t, mmfake.Version(version))
		asked(mm, `{"ephemeral_text": "approved", "skip_slack_parsing": "yes"}`)
		dev := mm.Channel("dev")
		alice := clientOf(t, mm, mm.User("alice", dev))
		asking := strings.Replace(asking, "approve", "abcdefghijkmnopqrstuvwxyz1", 1)
		post := alice.do("POST", "/api/v4/posts", `{"channel_id": "`+dev.ID+`", "props": `+asking+`}`).get("id").String()
		assert.Equal(t, status, alice.do("POST", "/api/v4/posts/"+post+"/actions/abcdefghijkmnopqrstuvwxyz1", nil).Status, "as %s", version)
	}
}
