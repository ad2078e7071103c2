// Package hubot has a Hubot with its Mattermost adapter listen on the fake and
// answer.
package hubot_test

import (
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/assertions"
	"github.com/seed-a46829e6/mattermost-fake/examples/clients/internal/node"
	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

// answers is how long Node may take on a busy machine.
const answers = 20 * time.Second

// start runs a Hubot with the scripts of this folder as that user, and returns when
// it listens. The user alice sends it home when the test ends.
func start(t *testing.T, mm *mmfake.Server, robot, alice *mmfake.Actor) {
	t.Helper()
	u, err := url.Parse(mm.URL)
	require.NoError(t, err)
	node.Start(t, []string{
		"MATTERMOST_HOST=" + u.Hostname(), "MATTERMOST_HTTP_PORT=" + u.Port(), "MATTERMOST_USE_TLS=false",
		"MATTERMOST_GROUP=test", "MATTERMOST_USER=" + robot.Username, "MATTERMOST_PASSWORD=" + robot.Password,
	}, "node_modules/hubot/bin/hubot.js", "--adapter", "matteruser", "--name", robot.Username, "--disable-httpd")
	mm.WaitConnected(robot)
	t.Cleanup(func() { alice.Post(alice.Direct(robot), "go home") })
}

func TestHubotAnswersInTheThread(t *testing.T) {
	node.Need(t, "hubot-matteruser")
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	alice, robot := mm.User("alice", dev), mm.User("hubot", dev)
	start(t, mm, robot, alice)
	is := assertions.Require(t, mm).Within(answers)

	order := alice.Post(dev, "@hubot deploy prod")
	answer := is.Posted(mmfake.By(robot), mmfake.In(dev), mmfake.Text("deploying to prod"))
	assert.Equal(t, order.ID, answer.RootID)

	alice.Reply(answer, "hubot: deploy test")
	answer = is.Posted(mmfake.By(robot), mmfake.In(dev), mmfake.Text("deploying to test"))
	assert.Equal(t, order.ID, answer.RootID, "it stays in the thread that it was asked in")
}

func TestHubotTalksInChannelsAndDirectMessages(t *testing.T) {
	node.Need(t, "hubot-matteruser")
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	alice, robot := mm.User("alice", dev), mm.User("hubot", dev)
	start(t, mm, robot, alice)
	is := assertions.Require(t, mm).Within(answers)

	alice.Post(dev, "a badger!")
	assert.Empty(t, is.Posted(mmfake.By(robot), mmfake.In(dev), mmfake.Text("mushroom")).RootID)

	alice.Post(alice.Direct(robot), "deploy prod")
	is.Posted(mmfake.By(robot), mmfake.In(alice.Direct(robot)), mmfake.Text("deploying to prod"))
}
