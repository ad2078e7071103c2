package readme_test

import (
	"net/http"
	"testing"

	"github.com/seed-a46829e6/mattermost-fake/assertions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

func TestWhatATestSays(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	alice, robot := mm.User("alice", dev), mm.Bot("deploybot", dev)
	mm.Mount("http://deploybot.test", http.HandlerFunc(deploy))
	mm.Command("/deploy", "http://deploybot.test/command")

	alice.Run(dev, "/deploy prod")
	post := robot.Post(dev, "deploying to prod, @alice") // your bot does so over HTTP or the websocket
	robot.Edit(post, "deployed to prod, @alice")
	robot.React(post, "tada")

	is := assertions.Require(t, mm) // ends the test where New lets it go on
	is.Called("http://deploybot.test/command", recorder.JSON("text", "prod"))
	is.Ephemeral(alice, mmfake.Contains("deploying to prod"))
	is.Updated(post, mmfake.Text("deployed to prod, @alice"), mmfake.Mentions(alice))
	is.Reacted(post, robot, ":tada:")
	is.Posts(1, mmfake.By(robot))
	is.NotExchanged(recorder.Route("DELETE /api/v4/posts/{post_id}"))
	is.NoErrors()
	assertions.Transcript(t, mm, "testdata/deploy.golden")
}
