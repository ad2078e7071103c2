package main

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/assertions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

// startBot runs the bot against a fake, until the test ends, and returns once it
// listens.
func startBot(t *testing.T, channels func(*mmfake.Server) []*mmfake.Channel) (*mmfake.Server, *mmfake.Actor) {
	t.Helper()
	mm := mmfake.New(t)
	robot := mm.Bot("echobot", channels(mm)...)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	b := &bot{url: mm.URL, token: robot.Token, retry: time.Millisecond, logf: t.Logf}
	go func() { ended <- b.run(ctx) }()
	t.Cleanup(func() {
		stop()
		assert.NoError(t, <-ended)
	})
	mm.WaitConnected(robot)
	return mm, robot
}

func inDev(mm *mmfake.Server) []*mmfake.Channel { return []*mmfake.Channel{mm.Channel("dev")} }

func TestAMentionIsAnsweredInTheThread(t *testing.T) {
	mm, robot := startBot(t, inDev)
	dev := mm.Channel("dev")
	alice := mm.User("alice", dev)
	question := alice.Post(dev, "@echobot hello")
	answer := assertions.New(t, mm).Posted(mmfake.In(dev), mmfake.By(robot), mmfake.Text("You said: hello"))
	assert.Equal(t, question.ID, answer.RootID)
}

func TestAnAnswerStaysInItsThread(t *testing.T) {
	mm, robot := startBot(t, inDev)
	dev := mm.Channel("dev")
	alice := mm.User("alice", dev)
	root := alice.Post(dev, "a thread")
	alice.Reply(root, "@echobot are you here?")
	answer := assertions.New(t, mm).Posted(mmfake.By(robot), mmfake.Text("You said: are you here?"))
	assert.Equal(t, root.ID, answer.RootID)
}

func TestADirectMessageIsAnsweredDirectly(t *testing.T) {
	mm, robot := startBot(t, inDev)
	alice := mm.User("alice")
	direct := alice.Direct(robot)
	alice.Post(direct, "psst")
	answer := assertions.New(t, mm).Posted(mmfake.In(direct), mmfake.By(robot), mmfake.Text("You said: psst"))
	assert.Empty(t, answer.RootID)
}

func TestNoMessageIsLostWhileTheConnectionIsDown(t *testing.T) {
	mm, robot := startBot(t, inDev)
	dev := mm.Channel("dev")
	alice := mm.User("alice", dev)
	is := assertions.New(t, mm)
	alice.Post(dev, "@echobot one")
	is.Posted(mmfake.Text("You said: one"))
	mm.DropWebSockets(robot)
	alice.Post(dev, "@echobot two")
	is.Posted(mmfake.Text("You said: two"))
	alice.Post(dev, "@echobot three")
	is.Posted(mmfake.Text("You said: three"))
}

func TestWhatIsNotForTheBotIsNotAnswered(t *testing.T) {
	mm, robot := startBot(t, inDev)
	dev := mm.Channel("dev")
	alice := mm.User("alice", dev)
	alice.Post(dev, "nothing for anybody")
	alice.Post(dev, "`@echobot` in code")
	alice.Post(dev, "@echobot the last one")
	is := assertions.New(t, mm)
	is.Posted(mmfake.By(robot), mmfake.Text("You said: the last one"))
	is.NotPosted(mmfake.By(robot), mmfake.Contains("nothing"))
	is.NotPosted(mmfake.By(robot), mmfake.Contains("code"))
}

func TestAWrongTokenIsAnError(t *testing.T) {
	mm := mmfake.New(t)
	b := &bot{url: mm.URL, token: "wrong", logf: t.Logf}
	require.ErrorContains(t, b.run(t.Context()), "401")
}
