package mmfake_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// deploying is an integration with a button that opens a dialog, and a command.
func deploying(t *testing.T, mattermost string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		switch r.URL.Path {
		case "/click":
			var click model.ActionRequest
			assert.NoError(t, json.NewDecoder(r.Body).Decode(&click))
			body, _ := json.Marshal(model.OpenDialogRequest{TriggerID: click.TriggerID, URL: bot + "/submit", Dialog: reportForm})
			response, err := http.Post(mattermost+"/api/v4/actions/dialogs/open", "application/json", strings.NewReader(string(body)))
			if assert.NoError(t, err) {
				response.Body.Close()
				assert.Equal(t, 200, response.StatusCode)
			}
			fmt.Fprintf(w, `{"ephemeral_text":"asked %s"}`, click.UserID)
		case "/command":
			fmt.Fprintf(w, `{"response_type":"in_channel","text":"deploying %s for %s"}`, r.FormValue("text"), r.FormValue("user_name"))
		default:
			fmt.Fprint(w, `{}`)
		}
	})
}

// deploy is a user's client that presses the button of a webhook's message, fills the
// dialog in and runs the command.
func (c replayClient) deploy(hook string) {
	c.t.Helper()
	ws, _, err := websocket.Dial(c.t.Context(), c.url+"/api/v4/websocket", &websocket.DialOptions{HTTPHeader: http.Header{"Authorization": {"Bearer " + c.token}}})
	require.NoError(c.t, err)
	defer ws.CloseNow()
	events := &client{c.t, ws}
	events.next("hello")
	status, channel := c.do("GET /api/v4/channels/"+c.channel, "")
	require.Equal(c.t, http.StatusOK, status, channel)
	team := field(c.t, channel, "team_id")

	c.succeeds("POST "+hook, `{"text":"Deploy?","attachments":[{"actions":[{"name":"Ask","type":"button","integration":{"url":"`+bot+`/click"}}]}]}`)
	post := recorder.Message{Body: []byte(events.next("posted").Data["post"].(string))}
	action := post.Get("props.attachments.0.actions.0.id").String()
	c.succeeds("POST /api/v4/posts/"+post.Get("id").String()+"/actions/"+action, `{}`)
	dialog := recorder.Message{Body: []byte(events.next("open_dialog").Data["dialog"].(string))}
	c.succeeds("POST /api/v4/actions/dialogs/submit", fmt.Sprintf(`{"url":%q,"callback_id":"report","state":"s1","channel_id":%q,"team_id":%q,"submission":{"summary":"fine"}}`, dialog.Get("url").String(), c.channel, team))
	c.succeeds("POST /api/v4/commands/execute", `{"channel_id":"`+c.channel+`","command":"/deploy prod"}`)
	assert.Contains(c.t, events.next("posted").Data["post"], "deploying prod for alice")
}

func (c replayClient) succeeds(do, body string) {
	c.t.Helper()
	status, answer := c.do(do, body)
	require.Equal(c.t, http.StatusOK, status, answer)
}

func TestASessionIsRecordedReplayedAndDrivenWithoutADifference(t *testing.T) {
	path := filepath.Join(t.TempDir(), "session.json")
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	alice := mm.User("alice", dev)
	mm.Mount(bot, deploying(t, mm.URL))
	mm.Command("/deploy", bot+"/command")
	hook := mm.IncomingWebhook(dev)
	replayClient{t, mm.URL, alice.Token, dev.ID}.deploy(strings.TrimPrefix(hook.URL, mm.URL))
	require.NoError(t, mm.Save(path))

	fixture, err := recorder.Load(path)
	require.NoError(t, err)
	tb := &recordingTB{TB: t}
	replay := mmfake.Replay(tb, path)
	replayClient{t, replay.URL, replay.Value("token.1"), replay.Value("channel.dev")}.deploy("/hooks/" + replay.Value("hook.1"))
	recorder.Drive(t, path, deploying(t, replay.URL))
	tb.cleanup()
	assert.Empty(t, tb.errors)
	assert.Empty(t, tb.logs, "all was asked for")

	again, err := recorder.NewFixture(fixture.Exchanges(), recorder.Site("http://"+fixture.Value("host.site")), recorder.ServerVersion(fixture.Server()))
	require.NoError(t, err)
	assert.Equal(t, string(fixture.Bytes()), string(again.Bytes()))
}
