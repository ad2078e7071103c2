package readme_test

import (
	"testing"

	"github.com/seed-a46829e6/mattermost-fake/assertions"
	"github.com/seed-a46829e6/mattermost-fake/examples/readme/deploybot"
	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

func TestDeployBot(t *testing.T) {
	mm := mmfake.New(t)               // its own world, closed by t.Cleanup
	dev := mm.Channel("dev")          // made when first named; in the default team
	alice := mm.User("alice", dev)    // a member of the team and of dev
	robot := mm.Bot("deploybot", dev) // with a token
	hook := mm.IncomingWebhook(dev)

	bot := deploybot.New(mm.URL, robot.Token, hook.URL)
	mm.Mount("http://deploybot.test", bot.Handler()) // no port needed; a plain URL works too
	mm.Command("/deploy", "http://deploybot.test/command")

	ask := alice.Run(dev, "/deploy prod")           // the fake calls the bot as Mattermost would
	form := alice.Click(ask.Post, "Approve").Dialog // by label or id; the bot opened a dialog
	alice.Submit(form, mmfake.Fields{"reason": "release 1.4"})

	is := assertions.New(t, mm)
	is.Posted(mmfake.In(dev), mmfake.By(robot), mmfake.Text("deploying to prod: release 1.4"))

	mm.Fail(recorder.Route("POST /api/v4/posts"), mmfake.Status(503), mmfake.Times(2))
	alice.Post(dev, "@deploybot status")
	is.Posted(mmfake.By(robot), mmfake.Contains("all green")) // waits for it, never sleeps
	is.Exchanged(3, recorder.Route("POST /api/v4/posts"))
}
