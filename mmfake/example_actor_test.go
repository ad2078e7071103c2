package mmfake_test

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// Users and bots do what a client would do for them.
func ExampleActor() {
	mm := started(mmfake.InMemory())
	defer mm.Close()
	dev := mm.Channel("dev")
	alice, robot := mm.User("alice", dev), mm.Bot("robot", dev)

	question := alice.Post(dev, "deploy?")
	robot.Typing(dev)
	robot.React(question, ":eyes:")
	robot.Unreact(question, "eyes")
	answer := robot.Reply(question, "deploying")
	robot.Edit(answer, "deployed")
	alice.View(dev)
	alice.Delete(question) // with its thread

	ops := mm.Channel("ops")
	alice.Join(ops)
	alice.Leave(ops)
	alice.Post(alice.Direct(robot), "thank you")
	for _, p := range mm.Posts() {
		fmt.Println(p.Author, p.Message)
	}
	// Output: alice thank you
}

func ExampleActor_Run() {
	mm := started(mmfake.InMemory())
	defer mm.Close()
	dev := mm.Channel("dev")
	alice := mm.User("alice", dev)
	mm.Mount("http://bot.test", answering(model.CommandResponse{Text: "deploying"}))
	mm.Command("/deploy", "http://bot.test/command")

	fmt.Println(alice.Run(dev, "/deploy prod").Ephemeral)
	thread := alice.Post(dev, "release 1.4")
	fmt.Println(alice.RunIn(thread, "/deploy prod").Exchange.Request.Get("root_id").String() == thread.ID)
	fmt.Println(len(alice.Ephemerals()))
	// Output:
	// @alice in ~dev only for @alice: deploying
	// true
	// 2
}

// asking posts a question with a button and a menu through a webhook, as an
// integration does, and answers what is pressed.
func asking(mm *mmfake.Server, dev *mmfake.Channel) *mmfake.Post {
	mm.Mount("http://bot.test", answering(model.ActionResponse{EphemeralText: "noted"}))
	mm.Client().Post(mm.IncomingWebhook(dev).URL, "application/json", strings.NewReader(`{"text": "Release?", "attachments": [{"actions": [
		{"id": "yes", "name": "Approve", "integration": {"url": "http://bot.test/approve"}},
		{"id": "where", "name": "Where", "type": "select", "options": [{"text": "Production", "value": "prod"}], "integration": {"url": "http://bot.test/where"}}
	]}]}`))
	return dev.Posts()[0]
}

func ExampleActor_Choose() {
	mm := started(mmfake.InMemory())
	defer mm.Close()
	dev := mm.Channel("dev")
	question := asking(mm, dev)

	answer := mm.User("alice", dev).Choose(question, "Where", "Production")

	fmt.Println(question.Buttons())
	fmt.Println(answer.Exchange.Request.Get("context.selected_option"), answer.Ephemeral.Message)
	// Output:
	// [Approve Where]
	// prod noted
}

// form is an integration that opens a dialog for whoever runs its command.
func form(mm *mmfake.Server) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/command" {
			answering(map[string]any{"items": []map[string]string{{"text": "Berlin", "value": "ber"}}}).ServeHTTP(w, r)
			return
		}
		response, err := mm.Client().Post(mm.URL+"/api/v4/actions/dialogs/open", "application/json", strings.NewReader(`{
			"trigger_id": "`+r.FormValue("trigger_id")+`", "url": "http://bot.test/form", "dialog": {"title": "Release", "notify_on_cancel": true, "elements": [
				{"name": "reason", "display_name": "Reason", "type": "text", "min_length": 3},
				{"name": "kind", "display_name": "Kind", "type": "select", "optional": true, "refresh": true, "options": [{"text": "Minor", "value": "minor"}]},
				{"name": "city", "display_name": "City", "type": "select", "optional": true, "data_source": "dynamic"}]}}`))
		if err == nil {
			response.Body.Close()
		}
	})
}

// opened is a server, and a dialog that was opened for alice on it.
func opened() (mm *mmfake.Server, alice *mmfake.Actor, dialog *mmfake.Dialog) {
	mm = started(mmfake.InMemory())
	dev := mm.Channel("dev")
	alice = mm.User("alice", dev)
	mm.Mount("http://bot.test", form(mm))
	mm.Command("/release", "http://bot.test/command")
	return mm, alice, alice.Run(dev, "/release").Dialog
}

func ExampleActor_Submit() {
	mm, alice, dialog := opened()
	defer mm.Close()

	fmt.Println(dialog.Title, dialog.Check(mmfake.Fields{"reason": "no"}))
	answer := alice.Submit(dialog, mmfake.Fields{"reason": "it is time"})
	fmt.Println(answer.Exchange.Request.Get("submission.reason"))
	// Output:
	// Release map[reason:has 2 characters, and needs at least 3]
	// it is time
}

func ExampleActor_Cancel() {
	mm, alice, dialog := opened()
	defer mm.Close()

	answer := alice.Cancel(dialog)
	fmt.Println(answer.Exchange.Request.Get("cancelled"))
	// Output: true
}

// A client asks for the dialog anew, and for the options of a menu, while the user
// fills it in.
func ExampleActor_Refresh() {
	mm, alice, dialog := opened()
	defer mm.Close()

	fmt.Println(alice.Lookup(dialog, "city", "be").Options[0].Text)
	fmt.Println(alice.Refresh(dialog, "kind", mmfake.Fields{"kind": "Minor"}).Exchange.Request.Get("type"))
	// Output:
	// Berlin
	// refresh
}

// An integration may open its dialog after it has answered.
func ExampleActor_Dialog() {
	mm := started(mmfake.InMemory())
	defer mm.Close()
	dev := mm.Channel("dev")
	alice := mm.User("alice", dev)
	mm.Mount("http://bot.test", http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		r.ParseForm()
		go form(mm).ServeHTTP(nil, r)
	}))
	mm.Command("/release", "http://bot.test/command")

	dialog := alice.Run(dev, "/release").Dialog
	if dialog == nil { // it was not so quick
		dialog = alice.Dialog()
	}
	fmt.Println(dialog)
	fmt.Println(len(alice.Dialogs()))
	// Output:
	// the dialog Release
	// 1
}
