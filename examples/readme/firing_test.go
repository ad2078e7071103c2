package readme_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/assertions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// The tests in this file make each of the calls that docs/firing.md lists.

const url = "http://bot.test/hook"

// A helper is an integration that answers everything with a message for the user
// that has a button, and opens a dialog where it is given a trigger.
func helper(mm *mmfake.Server) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		var click model.ActionRequest
		if json.Unmarshal(body, &click) == nil && click.TriggerID != "" {
			openReport(mm, click.TriggerID)
		}
		w.Header().Set("Content-Type", "application/json")
		really := &model.Action{Name: "Really", Integration: &model.Integration{URL: url}}
		json.NewEncoder(w).Encode(model.CommandResponse{Text: "Sure?", Attachments: []*model.Attachment{{Actions: []*model.Action{really}}}})
	})
}

// openReport opens a dialog, as the integration does.
func openReport(mm *mmfake.Server, trigger string) {
	kinds := []*model.ActionOption{{Text: "Minor", Value: "minor"}}
	body, _ := json.Marshal(model.OpenDialogRequest{TriggerID: trigger, URL: url, Dialog: model.Dialog{Title: "Release", NotifyOnCancel: true, Elements: []model.DialogElement{
		{Name: "reason", Type: "text"},
		{Name: "kind", Type: "select", Optional: true, Refresh: true, Options: kinds},
		{Name: "city", Type: "select", Optional: true, DataSource: "dynamic"},
	}}})
	if resp, err := http.Post(mm.URL+"/api/v4/actions/dialogs/open", "application/json", bytes.NewReader(body)); err == nil {
		resp.Body.Close()
	}
}

// stage is a server with an integration, and a post with a button and a menu.
func stage(t *testing.T) (mm *mmfake.Server, dev *mmfake.Channel, post *mmfake.Post) {
	mm = mmfake.New(t)
	dev = mm.Channel("dev")
	handler := helper(mm)
	mm.Mount("http://bot.test", handler)
	mm.Command("/deploy", "http://bot.test/command")
	body, err := json.Marshal(model.IncomingWebhookRequest{Attachments: []*model.Attachment{{Title: "Deploy?", Actions: []*model.Action{
		{Name: "Approve", Integration: &model.Integration{URL: url}},
		{Name: "Environment", Type: "select", Options: []*model.ActionOption{{Text: "Production", Value: "prod"}}, Integration: &model.Integration{URL: url}},
	}}}})
	require.NoError(t, err)
	resp, err := http.Post(mm.IncomingWebhook(dev).URL, "application/json", bytes.NewReader(body))
	require.NoError(t, err)
	resp.Body.Close()
	return mm, dev, dev.Posts()[0]
}

func TestActorsFire(t *testing.T) {
	mm, dev, post := stage(t)
	alice := mm.User("alice", dev)

	answer := alice.Run(dev, "/deploy prod")
	assert.NoError(t, alice.RunIn(post, "/deploy prod").Err)
	assert.NoError(t, alice.Click(answer.Ephemeral, "Really").Err)
	assert.Equal(t, "prod", alice.Choose(post, "Environment", "Production").Exchange.Request.Get("context.selected_option").String())

	answer = alice.Click(post, "Approve")
	dialog := answer.Dialog
	assert.NoError(t, alice.Refresh(dialog, "kind", mmfake.Fields{"kind": "minor"}).Err)
	dialog = alice.Click(post, "Approve").Dialog
	assert.NoError(t, alice.Lookup(dialog, "city", "be").Err)
	assert.NoError(t, alice.Submit(dialog, mmfake.Fields{"reason": "release 1.4"}).Err)

	openReport(mm, answer.Exchange.Request.Get("trigger_id").String())
	dialog = alice.Dialog()
	assert.NoError(t, alice.Cancel(dialog).Err)

	mm.OutgoingWebhook(dev, url, "page")
	alice.Post(dev, "page bob")
	assertions.New(t, mm).Exchanged(1, recorder.Route("POST "+url), recorder.JSON("trigger_word", "page"))
}

func TestRawCallsFire(t *testing.T) {
	mm, dev, post := stage(t)
	alice, mallory := mm.User("alice", dev), mm.User("mallory", dev)
	hook := mm.OutgoingWebhook(dev, url, "page")
	answer := alice.Click(post, "Approve")
	dialog := answer.Dialog
	for _, sent := range []*mmfake.Answer{
		mm.CallAction(mallory, post, "Approve", mmfake.ChangeField("user_id", alice.ID)),
		mm.CallDialog(dialog, mmfake.Fields{"reason": 5}),
		mm.CallOutgoingWebhook(hook, post, mmfake.ChangeField("token", "wrong")),
		mm.Replay(answer.Exchange),
		mm.Replay(answer.Exchange, mmfake.DropField("trigger_id")),
		mm.Replay(answer.Exchange, mmfake.ChangeHeader("Authorization", "Token wrong")),
		mm.Replay(answer.Exchange, mmfake.CutShort(20)),
	} {
		assert.Equal(t, 200, sent.Status)
	}
}

var (
	inBackquotes = regexp.MustCompile("`([^`]*)`")
	endpoint     = regexp.MustCompile(`^[A-Z]+ /api/`)
	parameter    = regexp.MustCompile(`\{\w+\}`)
)

func TestTheTableOfWhatTheFakeFiresIsTrue(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, "docs", "firing.md"))
	require.NoError(t, err)
	source, err := os.ReadFile("firing_test.go")
	require.NoError(t, err)
	mm := mmfake.New(t)
	calls, requests := 0, 0
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(line, "|")
		if len(cells) < 3 || !strings.Contains(line, "`") {
			continue
		}
		for _, code := range inBackquotes.FindAllStringSubmatch(cells[2], -1) {
			assert.Contains(t, string(source), code[1], "no test makes this call")
			calls++
		}
		for _, code := range inBackquotes.FindAllStringSubmatch(line, -1) {
			if endpoint.MatchString(code[1]) {
				method, path, _ := strings.Cut(code[1], " ")
				request, err := http.NewRequest(method, mm.URL+parameter.ReplaceAllString(path, mm.Admin.ID), nil)
				require.NoError(t, err)
				resp, err := mm.Client().Do(request)
				require.NoError(t, err)
				resp.Body.Close()
				assert.NotContains(t, []int{http.StatusNotFound, http.StatusNotImplemented}, resp.StatusCode, code[1])
				requests++
			}
		}
	}
	assert.NotZero(t, calls)
	assert.NotZero(t, requests)
}
