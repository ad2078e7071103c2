package readme_test

import (
	"testing"

	"github.com/seed-a46829e6/mattermost-fake/assertions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

func TestPeopleTalk(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")          // made when it is first named, in the team "test"
	alice := mm.User("alice", dev)    // a member of the team and of dev
	robot := mm.Bot("deploybot", dev) // with a token: robot.Token

	question := alice.Post(dev, "@deploybot status")
	answer := robot.Reply(question, "all green") // your bot does so over HTTP or the websocket
	robot.Edit(answer, "all green since 9:00")
	alice.Post(alice.Direct(robot), "thank you")

	is := assertions.New(t, mm)
	is.Posted(mmfake.By(robot), mmfake.Contains("all green"))
	is.NotPosted(mmfake.In(dev), recorder.Or(mmfake.Contains("error"), mmfake.Contains("thank")))
}
