package mmfake_test

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// What old versions do otherwise for integrations and over the websocket.

func TestTheOldestVersionTellsAnIntegrationOnlyWhoClicked(t *testing.T) {
	mm := mmfake.New(t, mmfake.Version("5.0"))
	alice := mm.User("alice", mm.Channel("dev"))
	mm.Mount(bot, answering(map[string]any{}))
	ex := alice.Click(askWith(t, mm, button("Approve")), "Approve").Exchange
	assert.JSONEq(t, `{"user_id":"`+alice.ID+`","context":{"job":"42"}}`, string(ex.Request.Body))
	assert.Equal(t, "Go-http-client/1.1", ex.Request.Header.Get("User-Agent"))
}

func TestAnUpdateOfTheOldestVersionForgetsThePinAndTheProps(t *testing.T) {
	mm := mmfake.New(t, mmfake.Version("5.0"))
	alice := mm.User("alice", mm.Channel("dev"))
	mm.Mount(bot, answering(map[string]any{"update": map[string]any{"message": "Deployed"}, "ephemeral_text": "<http://a.test|Thanks>", "skip_slack_parsing": true}))
	post := askWith(t, mm, button("Approve"))
	status, pinned := request(t, mm, alice, "POST /api/v4/posts/"+post.ID+"/pin", "", "")
	require.Equal(t, http.StatusOK, status, pinned)

	answer := alice.Click(post, "Approve")

	assert.Equal(t, "Deployed", answer.Post.Message)
	assert.False(t, answer.Post.IsPinned)
	assert.Equal(t, "true", answer.Post.Props["from_webhook"])
	assert.NotContains(t, answer.Post.Props, "attachments")
	assert.Equal(t, post.UserID, answer.Ephemeral.UserID, "the post's author speaks")
	assert.Equal(t, "[Thanks](http://a.test)", answer.Ephemeral.Message, "skip_slack_parsing came later")
}

func TestAnEmptyAnswerToAClickWasAnError(t *testing.T) {
	for version, fails := range map[string]bool{"11.6": false, "5.36": true, "5.0": true} {
		mm := mmfake.New(t, mmfake.Version(version))
		alice := mm.User("alice", mm.Channel("dev"))
		mm.Mount(bot, http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
		answer := alice.Click(askWith(t, mm, button("Approve")), "Approve")
		assert.Equal(t, fails, answer.Err != nil, "as %s: %v", version, answer.Err)
	}
}

func TestBefore520AnActionHasAnIDOf26Characters(t *testing.T) {
	for version, want := range map[string]int{"5.19": http.StatusBadRequest, "5.20": http.StatusOK} {
		mm := mmfake.New(t, mmfake.Version(version), mmfake.Lenient())
		alice := mm.User("alice", mm.Channel("dev"))
		mm.Mount(bot, answering(map[string]any{}))
		approve := button("Approve")
		approve.ID = "approve"
		post := askWith(t, mm, approve)
		status, answer := request(t, mm, alice, "POST /api/v4/posts/"+post.ID+"/actions/approve", "application/json", "{}")
		assert.Equal(t, want, status, "as %s: %s", version, answer)
	}
}

func TestAButtonThatAnOldVersionRoutesNoClickOnFailsTheTest(t *testing.T) {
	rec := &recordingTB{TB: t}
	mm := mmfake.New(rec, mmfake.Version("5.0"))
	approve := button("Approve")
	approve.ID = "approve"
	askWith(t, mm, approve)
	for _, cleanup := range rec.cleanups {
		cleanup()
	}
	require.Len(t, rec.errors, 1)
	assert.Contains(t, rec.errors[0], "26 letters and digits before version 5.20")
}

func TestButtonsThatOnlyOneSeesDidNotWorkBefore510(t *testing.T) {
	for version, works := range map[string]bool{"5.9": false, "5.10": true} {
		mm, dev, alice := commanded(t, "application/json", `{"attachments":[{"actions":[{"name":"Go","integration":{"url":"http://x.test"}}]}]}`, mmfake.Version(version))
		action := alice.Run(dev, "/deploy").Ephemeral.Attachments()[0].Actions[0]
		assert.Equal(t, works, action.ID != "", version)
		assert.Equal(t, works, action.Cookie != "", version)
		assert.Nil(t, action.Integration, version)
		mm.Close()
	}
}

func TestATriggerIDLivedThreeSeconds(t *testing.T) {
	for version, want := range map[string]int{"5.36": http.StatusBadRequest, "11.6": http.StatusOK} {
		synctest.Test(t, func(t *testing.T) {
			mm, dev, alice := commanded(t, "application/json", `{}`, mmfake.InMemory(), mmfake.Version(version))
			trigger := alice.Run(dev, "/deploy").Exchange.Request.Get("trigger_id").String()
			time.Sleep(4 * time.Second)
			body, err := json.Marshal(model.OpenDialogRequest{TriggerID: trigger, URL: bot, Dialog: reportForm})
			require.NoError(t, err)
			status, answer := request(t, mm, nil, "POST /api/v4/actions/dialogs/open", "application/json", string(body))
			assert.Equal(t, want, status, "as %s: %s", version, answer)
		})
	}
}

func TestAnUnreadableAnswerToADialogSaidNothing(t *testing.T) {
	for version, want := range map[string]string{"5.36": `{"error":"no"}`, "11.6": "app.submit_interactive_dialog.decode_json_error"} {
		mm := mmfake.New(t, mmfake.Version(version))
		dev := mm.Channel("dev")
		alice := mm.User("alice", dev)
		mm.Mount(bot, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			io.WriteString(w, `{"error":"no","errors":"several","type":"form"}`)
		}))
		body := `{"url":"` + bot + `","channel_id":"` + dev.ID + `","team_id":"` + dev.TeamID + `","submission":{}}`
		_, answer := request(t, mm, alice, "POST /api/v4/actions/dialogs/submit", "application/json", body)
		assert.Contains(t, answer, want, version)
	}
}

func TestTheOldestVersionTellsACommandLess(t *testing.T) {
	mm, dev, alice := commanded(t, "text/plain", "ok", mmfake.Version("5.0"))
	mm.Command("find", deployer+"/find?engine=fast", func(c *model.Command) { c.Method = model.CommandMethodGet })
	r := alice.Run(dev, "/find @alice in ~dev").Exchange.Request
	assert.NotContains(t, r.Query, "engine", "the URL's query was replaced")
	for _, later := range []string{"trigger_id", "root_id", "user_mentions", "channel_mentions"} {
		assert.NotContains(t, r.Query, later)
	}
}

func TestOldVersionsLinkToTheHostThatTheClientAsked(t *testing.T) {
	mm, dev, alice := commanded(t, "text/plain", "ok", mmfake.Version("5.36"))
	r, err := http.NewRequest("POST", mm.URL+"/api/v4/commands/execute", strings.NewReader(`{"channel_id":"`+dev.ID+`","command":"/deploy"}`))
	require.NoError(t, err)
	r.Host = "chat.test"
	r.Header.Set("Authorization", "Bearer "+alice.Token)
	r.Header.Set("X-Forwarded-Proto", "https")
	response, err := mm.Client().Do(r)
	require.NoError(t, err)
	response.Body.Close()
	ex, asked := mm.Journal.Last(recorder.OfKind(recorder.KindCallback))
	require.True(t, asked)
	assert.Contains(t, ex.Request.Get("response_url").String(), "https://chat.test/hooks/commands/")
}

func TestOnlyABlankEndedTheTriggerOfACommand(t *testing.T) {
	for version, want := range map[string]int{"5.21": http.StatusNotFound, "5.22": http.StatusOK} {
		mm, dev, alice := commanded(t, "text/plain", "ok", mmfake.Version(version))
		status, answer := execute(t, mm, alice, model.CommandArgs{ChannelID: dev.ID, Command: "/deploy\nprod"})
		assert.Equal(t, want, status, "as %s: %s", version, answer)
	}
}

func TestBuiltInCommandsHidCustomOnesAndNeededNoSetting(t *testing.T) {
	off := mmfake.Configure(func(s *mmfake.Settings) { s.EnableCommands = false })
	for version, want := range map[string]int{"5.25": http.StatusOK, "5.26": http.StatusNotImplemented} {
		mm := mmfake.New(t, mmfake.Version(version), off)
		dev := mm.Channel("dev")
		status, answer := execute(t, mm, mm.User("alice", dev), model.CommandArgs{ChannelID: dev.ID, Command: "/shrug"})
		assert.Equal(t, want, status, "as %s: %s", version, answer)
	}
}

func TestACommandWhoseAnswerCouldNotBePostedSucceeded(t *testing.T) {
	for version, want := range map[string]int{"5.7": http.StatusOK, "5.8": http.StatusInternalServerError} {
		mm, dev, alice := commanded(t, "application/json", `{"response_type":"in_channel","type":"system_x","text":"no"}`, mmfake.Version(version))
		status, answer := execute(t, mm, alice, model.CommandArgs{ChannelID: dev.ID, Command: "/deploy"})
		assert.Equal(t, want, status, "as %s: %s", version, answer)
		assert.Empty(t, dev.Posts())
	}
}

func TestKeysOfACommandsAnswerThatCameLaterAreNotRead(t *testing.T) {
	mm, dev, alice := commanded(t, "application/json",
		`{"response_type":"in_channel","text":"<http://a.test|a>","skip_slack_parsing":true,"channel_id":"nowhere","extra_responses":[{"text":"psst"}]}`, mmfake.Version("5.0"))
	_, answer := execute(t, mm, alice, model.CommandArgs{ChannelID: dev.ID, Command: "/deploy"})
	posts := dev.Posts()
	require.Len(t, posts, 1)
	assert.Equal(t, "[a](http://a.test)", posts[0].Message)
	for _, later := range []string{"trigger_id", "skip_slack_parsing", "channel_id", "extra_responses"} {
		assert.NotContains(t, answer, later)
	}
}

func TestTheOldestVersionShowsTheCallerWhatWasPosted(t *testing.T) {
	mm, dev, alice := commanded(t, "application/json", `{"response_type":"in_channel","text":"ok","props":{"mine":1},"attachments":[{"actions":[{"name":"Go","integration":{"url":"http://x.test"}}]}]}`, mmfake.Version("5.0"))
	_, answer := execute(t, mm, alice, model.CommandArgs{ChannelID: dev.ID, Command: "/deploy"})
	var response model.CommandResponse
	require.NoError(t, json.Unmarshal([]byte(answer), &response))
	assert.Equal(t, "true", response.Props["from_webhook"])
	assert.Len(t, response.Attachments[0].Actions[0].ID, 26)
	assert.Nil(t, response.Attachments[0].Actions[0].Integration)
}

func TestBuiltInCommandsThatCameLaterAreUnknown(t *testing.T) {
	for version, want := range map[string]int{"5.32": http.StatusNotFound, "5.33": http.StatusOK} {
		mm := mmfake.New(t, mmfake.Version(version))
		dev := mm.Channel("dev")
		status, answer := execute(t, mm, mm.User("alice", dev), model.CommandArgs{ChannelID: dev.ID, Command: "/status"})
		assert.Equal(t, want, status, "as %s: %s", version, answer)
	}
}

func TestStrangersHeardOfTheirErrors(t *testing.T) {
	mm := mmfake.New(t, mmfake.Version("5.0"))
	c := dial(t, mm, "", "")
	c.send(`{"seq":1,"action":"ping"}`)
	assert.Equal(t, "api.web_socket_router.not_authenticated.app_error", c.next("reply").Error.ID)
	c.send(`{"seq":2,"action":"authentication_challenge","data":{"token":"` + mm.User("alice").Token + `"}}`)
	c.next("hello")
	assert.EqualValues(t, 2, c.next("reply").SeqReply)
}

func TestOldConnectionsCannotBeResumed(t *testing.T) {
	mm := mmfake.New(t, mmfake.Version("5.36"))
	alice := mm.User("alice")
	hello := dial(t, mm, alice.Token, "?connection_id=abc&sequence_number=x&posted_ack=true").next("hello")
	assert.Equal(t, "", hello.Data["connection_id"], "the query says nothing to it")
	assert.NotContains(t, hello.Data, "server_hostname")
	mm = mmfake.New(t, mmfake.Version("5.0"))
	assert.NotContains(t, dial(t, mm, mm.User("alice").Token, "").next("hello").Data, "connection_id")
}

func TestOldConnectionsKnowNoLaterActionsAndFrames(t *testing.T) {
	mm := mmfake.New(t, mmfake.Version("5.0"))
	c := listen(t, mm, mm.User("alice"))
	for _, action := range []string{"presence", "custom_com.example.plugin_do"} {
		c.send(`{"seq":1,"action":"` + action + `"}`)
		assert.Equal(t, "api.web_socket_router.bad_action.app_error", c.next("reply").Error.ID, action)
	}
	packed := "\x82\xa3seq\x02\xa6action\xa4ping"
	require.NoError(t, c.ws.Write(t.Context(), websocket.MessageBinary, []byte(packed)))
	c.ends()
}

func TestTheOldestVersionLetsAnybodyBeTyping(t *testing.T) {
	mm := mmfake.New(t, mmfake.Version("5.0"))
	secret := mm.PrivateChannel("secret")
	heard := listen(t, mm, mm.User("alice", secret))
	c := listen(t, mm, mm.User("mallory"))
	c.send(`{"seq":1,"action":"user_typing","data":{"channel_id":"` + secret.ID + `"}}`)
	assert.Equal(t, "OK", c.next("reply").Status)
	heard.next("typing")
}

func TestOldEphemeralMessagesHaveNoParent(t *testing.T) {
	mm, dev, alice := commanded(t, "text/plain", "psst", mmfake.Version("5.36"))
	root := alice.Post(dev, "shall we?")
	c := listen(t, mm, alice)
	alice.RunIn(root, "/deploy")
	text := c.next("ephemeral_message").Data["post"].(string)
	assert.Contains(t, text, `"root_id":"`+root.ID+`"`)
	assert.Contains(t, text, `"parent_id":""`)
	assert.Equal(t, 1, strings.Count(text, "parent_id"))
}

func TestNullWasNoBodyOfAnObject(t *testing.T) {
	for version, want := range map[string]string{"5.36": "api.context.invalid_body_param.app_error", "11.6": "api.command.execute_command.start.app_error"} {
		mm := mmfake.New(t, mmfake.Version(version))
		_, answer := request(t, mm, mm.User("alice"), "POST /api/v4/commands/execute", "application/json", "null")
		assert.Equal(t, want, errorID(t, answer), version)
	}
}

func TestDescriptionsOfWebhooksWereShorter(t *testing.T) {
	for version, want := range map[string]int{"5.3": http.StatusBadRequest, "5.4": http.StatusCreated} {
		mm := mmfake.New(t, mmfake.Version(version))
		hook := `{"channel_id":"` + mm.Channel("dev").ID + `","description":"` + strings.Repeat("x", 200) + `"}`
		status, answer := request(t, mm, mm.User("sysadmin"), "POST /api/v4/hooks/incoming", "application/json", hook)
		assert.Equal(t, want, status, "as %s: %s", version, answer)
	}
}
