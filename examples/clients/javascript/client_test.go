// Package javascript holds the official JavaScript client against the fake.
package javascript_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/seed-a46829e6/mattermost-fake/assertions"
	"github.com/seed-a46829e6/mattermost-fake/examples/clients/internal/node"
	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

// run starts a script of this folder as that user, in the channel dev.
func run(t *testing.T, mm *mmfake.Server, as *mmfake.Actor, script string) *node.Script {
	t.Helper()
	return node.Start(t, []string{
		"MATTERMOST_URL=" + mm.URL, "MATTERMOST_LOGIN=" + as.Username, "MATTERMOST_PASSWORD=" + as.Password,
		"MATTERMOST_CHANNEL=test/dev", "MATTERMOST_INTEGRATION=" + integration,
	}, script)
}

func TestTheOfficialJavaScriptClientDoesItsWork(t *testing.T) {
	node.Need(t, "@mattermost/client")
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	alice, bot := mm.User("alice", dev), mm.User("jsbot", dev)
	is := assertions.New(t, mm)

	js := run(t, mm, bot, "client.js")
	js.Says("logged in as jsbot")
	js.Says("listening")
	js.Says("posted")
	alice.Post(dev, "are you there?")
	js.Says("reacted to are you there?")
	js.Says("uploaded numbers.csv")
	js.Says("drop me")
	mm.DropWebSockets(bot)
	missed := alice.Post(dev, "psst")
	js.Says("done")

	answer := is.Posted(mmfake.By(bot), mmfake.Text(`got "psst"`))
	assert.Equal(t, missed.ID, answer.RootID)
}
