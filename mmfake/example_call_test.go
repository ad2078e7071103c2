package mmfake_test

import (
	"fmt"
	"net/http"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// Sent is what no user could make Mattermost send.
func ExampleServer_CallAction() {
	mm := started(mmfake.InMemory())
	defer mm.Close()
	dev := mm.Channel("dev")
	question := asking(mm, dev)
	mallory := mm.User("mallory", dev)

	forged := mm.CallAction(mallory, question, "Approve", mmfake.ChangeField("user_name", "alice"), mmfake.DropField("trigger_id"))
	fmt.Println(forged.Status, forged.Exchange.Request.Get("user_name"), forged.Exchange.Request.Get("trigger_id").Exists())
	// Output: 200 alice false
}

func ExampleServer_CallDialog() {
	mm, _, dialog := opened()
	defer mm.Close()

	sent := mm.CallDialog(dialog, mmfake.Fields{"reason": 5})
	fmt.Println(sent.Exchange.Request.Get("submission"))
	// Output: {"reason":5}
}

func ExampleServer_Replay() {
	mm := started(mmfake.InMemory())
	defer mm.Close()
	dev := mm.Channel("dev")
	alice := mm.User("alice", dev)
	mm.Mount("http://bot.test", answering(model.CommandResponse{Text: "deploying"}))
	mm.Command("/deploy", "http://bot.test/command")
	command := alice.Run(dev, "/deploy prod").Exchange

	fmt.Println(mm.Replay(command).Exchange.Request.Get("text")) // the same once more
	fmt.Println(mm.Replay(command, mmfake.ChangeHeader("Authorization", "Token wrong")).Exchange.Request.Header.Get("Authorization"))
	fmt.Println(mm.Replay(command, mmfake.CutShort(10)).Exchange.Request.Size)
	// Output:
	// prod
	// Token wrong
	// 10
}

func ExampleServer_OutgoingWebhook() {
	mm := started(mmfake.InMemory())
	defer mm.Close()
	dev := mm.Channel("dev")
	alice := mm.User("alice", dev)
	mm.Mount("http://bot.test", answering(model.OutgoingWebhookResponse{}))
	hook := mm.OutgoingWebhook(dev, "http://bot.test/page", "page")
	mm.OutgoingWebhookWith(model.OutgoingWebhook{ChannelID: dev.ID, TriggerWhen: 1, TriggerWords: []string{"pa"}, ContentType: "application/json", CallbackURLs: []string{"http://bot.test/any"}, DisplayName: "any word that begins like that"})

	alice.Post(dev, "page bob")
	mm.Settle(tooLong())
	fmt.Println(mm.Journal.Count(recorder.OfKind(recorder.KindCallback)), "calls")
	quiet := alice.Post(dev, "nothing")
	fmt.Println(mm.CallOutgoingWebhook(hook, quiet).Exchange.Request.Get("text"))
	// Output:
	// 2 calls
	// nothing
}

// A request at a time of its own: what the server is to say, the test may say.
func ExampleServer_Command() {
	mm := started(mmfake.InMemory())
	defer mm.Close()
	dev := mm.Channel("dev")
	mm.Mount("http://bot.test", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Println(r.Method, r.URL.Query().Get("text"))
	}))
	mm.Command("/find", "http://bot.test/find", func(c *model.Command) { c.Method = model.CommandMethodGet })

	mm.User("alice", dev).Run(dev, "/find bob")
	// Output: GET bob
}
