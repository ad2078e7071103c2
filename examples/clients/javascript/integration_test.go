package javascript_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"testing"

	"github.com/seed-a46829e6/mattermost-fake/assertions"
	"github.com/seed-a46829e6/mattermost-fake/examples/clients/internal/node"
	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// integration is where the server finds the deploybot.
const integration = "http://deploybot.test"

type object = map[string]any

// A deploybot serves an outgoing webhook and a slash command whose answer has a
// button; the button opens a dialog.
type deploybot struct{ mattermost string }

func (b deploybot) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/page", b.page)
	mux.HandleFunc("/command", b.command)
	mux.HandleFunc("/button", b.button)
	mux.HandleFunc("/dialog", b.dialog)
	return mux
}

func (deploybot) page(w http.ResponseWriter, r *http.Request) {
	answer(w, object{"text": "paging for " + r.FormValue("user_name"), "response_type": "comment"})
}

func (deploybot) command(w http.ResponseWriter, r *http.Request) {
	button := object{"id": "approve", "name": "Approve", "integration": object{"url": integration + "/button"}}
	answer(w, object{
		"response_type": "in_channel", "text": "deploy to " + r.FormValue("text") + "?",
		"attachments": []object{{"text": "somebody has to agree", "actions": []object{button}}},
	})
}

func (b deploybot) button(w http.ResponseWriter, r *http.Request) {
	var click struct {
		TriggerID string `json:"trigger_id"`
	}
	_ = json.NewDecoder(r.Body).Decode(&click)
	dialog, _ := json.Marshal(object{"trigger_id": click.TriggerID, "url": integration + "/dialog", "dialog": object{
		"callback_id": "deploy", "title": "Why?", "state": "prod",
		"elements": []object{{"display_name": "Reason", "name": "reason", "type": "text"}},
	}})
	opened, err := http.Post(b.mattermost+"/api/v4/actions/dialogs/open", "application/json", bytes.NewReader(dialog))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	opened.Body.Close()
	answer(w, object{"update": object{"message": "approved"}})
}

func (deploybot) dialog(w http.ResponseWriter, r *http.Request) {
	var filled struct{ Submission struct{ Reason string } }
	_ = json.NewDecoder(r.Body).Decode(&filled)
	if filled.Submission.Reason == "because" {
		answer(w, object{"errors": object{"reason": "say more"}})
		return
	}
	answer(w, object{})
}

func answer(w http.ResponseWriter, body object) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(body)
}

func TestTheOfficialJavaScriptClientUsesIntegrations(t *testing.T) {
	node.Need(t, "@mattermost/client")
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	mm.Admin.Join(dev)
	mm.Mount(integration, deploybot{mm.URL}.handler())
	is := assertions.New(t, mm)

	js := run(t, mm, mm.Admin, "integrations.js")
	js.Says("logged in as sysadmin")
	js.Says("the webhook said build 7 passed")
	js.Says("the outgoing webhook answered paging for sysadmin")
	js.Says("the command answered deploy to prod?")
	js.Says("the button opened Why?")
	js.Says("the message is now approved")
	js.Says("the dialog was refused: say more")
	js.Says("the dialog was taken")

	is.Posted(mmfake.In(dev), mmfake.Text("approved"))
	is.Exchanged(1, recorder.JSON("type", "dialog_submission"), recorder.JSON("state", "prod"), recorder.JSON("submission.reason", "release 1.4"))
}
