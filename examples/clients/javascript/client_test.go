// Package javascript holds the official JavaScript client against the fake.
package javascript_test

import (
	"bufio"
	"context"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/assertions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

// needNode skips the test where the client cannot run.
func needNode(t *testing.T) {
	t.Helper()
	if _, err := exec.LookPath("node"); err != nil {
		t.Skip("there is no node on this machine")
	}
	if _, err := os.Stat("node_modules/@mattermost/client"); err != nil {
		t.Skip("the client is not installed: run npm ci in examples/clients/javascript")
	}
}

// A script is client.js while it runs.
type script struct {
	t     *testing.T
	lines *bufio.Scanner
}

func run(t *testing.T, mm *mmfake.Server, bot *mmfake.Actor, channel string) *script {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute) // it goes on after the test, to its end
	t.Cleanup(cancel)
	node := exec.CommandContext(ctx, "node", "client.js")
	node.Env = append(os.Environ(), "MATTERMOST_URL="+mm.URL, "MATTERMOST_LOGIN="+bot.Username,
		"MATTERMOST_PASSWORD="+bot.Password, "MATTERMOST_CHANNEL="+channel)
	var log strings.Builder
	node.Stderr = &log
	output, err := node.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, node.Start())
	t.Cleanup(func() {
		assert.NoError(t, node.Wait(), "the script says:\n%s", &log)
	})
	return &script{t, bufio.NewScanner(output)}
}

// says waits for the script's next line.
func (s *script) says(want string) {
	s.t.Helper()
	require.True(s.t, s.lines.Scan(), "the script ended before it said %q", want)
	require.Equal(s.t, want, s.lines.Text())
}

func TestTheOfficialJavaScriptClientDoesItsWork(t *testing.T) {
	needNode(t)
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	alice, bot := mm.User("alice", dev), mm.User("jsbot", dev)
	is := assertions.New(t, mm)

	js := run(t, mm, bot, mm.Team("test").Name+"/dev")
	js.says("logged in as jsbot")
	js.says("listening")
	js.says("posted")
	alice.Post(dev, "are you there?")
	js.says("reacted to are you there?")
	js.says("uploaded numbers.csv")
	js.says("drop me")
	mm.DropWebSockets(bot)
	missed := alice.Post(dev, "psst")
	js.says("done")

	answer := is.Posted(mmfake.By(bot), mmfake.Text(`got "psst"`))
	assert.Equal(t, missed.ID, answer.RootID)
}
