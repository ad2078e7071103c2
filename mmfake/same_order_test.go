package mmfake_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

// makers make what a test and the bots under test make at the same time, and return the
// ids and tokens of it.
var makers = map[string]func(mm *mmfake.Server, hal, eva *mmfake.Actor, dev *mmfake.Channel) []string{
	"hal's posts": func(_ *mmfake.Server, hal, _ *mmfake.Actor, dev *mmfake.Channel) []string {
		first := hal.Post(dev, "first")
		return []string{first.ID, hal.Edit(first, "1st").ID, hal.Reply(first, "second").ID}
	},
	"eva's posts": func(_ *mmfake.Server, _, eva *mmfake.Actor, dev *mmfake.Channel) []string {
		return []string{eva.Post(dev, "first").ID, eva.Post(dev, "second").ID}
	},
	"a user": func(mm *mmfake.Server, _, _ *mmfake.Actor, _ *mmfake.Channel) []string {
		alice := mm.User("alice")
		return []string{alice.ID, alice.Token, alice.AccessToken("a"), alice.Direct(mm.Admin).ID}
	},
	"a bot": func(mm *mmfake.Server, _, _ *mmfake.Actor, _ *mmfake.Channel) []string {
		robot := mm.Bot("robot")
		return []string{robot.ID, robot.Token}
	},
	"a team": func(mm *mmfake.Server, _, _ *mmfake.Actor, _ *mmfake.Channel) []string {
		return []string{mm.Team("sales").ID, mm.Team("sales").Channel("deals").ID, mm.Team("sales").Channel("town-square").ID}
	},
	"a channel": func(mm *mmfake.Server, _, _ *mmfake.Actor, _ *mmfake.Channel) []string {
		return []string{mm.Channel("builds").ID, mm.PrivateChannel("secret").ID}
	},
	"webhooks": func(mm *mmfake.Server, _, _ *mmfake.Actor, dev *mmfake.Channel) []string {
		out := mm.OutgoingWebhook(dev, bot, "never")
		return []string{mm.IncomingWebhook(dev).ID, mm.IncomingWebhook(dev).ID, out.ID, out.Token}
	},
	"a command": func(mm *mmfake.Server, hal, _ *mmfake.Actor, dev *mmfake.Channel) []string {
		mm.Mount(bot, answering("hello"))
		command := mm.Command("/deploy", bot)
		asked := hal.Run(dev, "/deploy").Exchange.Request
		return []string{command.ID, command.Token, asked.Get("response_url").String(), asked.Get("trigger_id").String()[:20]}
	},
}

func TestWhatIsMadeHasTheSameIDsInWhateverOrder(t *testing.T) {
	made := func(order []string) map[string][]string {
		mm := mmfake.New(t, mmfake.InMemory())
		dev := mm.Channel("dev")
		hal, eva := mm.Bot("hal", dev), mm.Bot("eva", dev)
		all := map[string][]string{}
		for _, name := range order {
			all[name] = makers[name](mm, hal, eva, dev)
		}
		return all
	}
	names := slices.Sorted(maps.Keys(makers))
	want := made(names)
	slices.Reverse(names)
	assert.Equal(t, want, made(names))

	ids := map[string]bool{}
	count := 0
	for _, list := range want {
		for _, id := range list {
			ids[id] = true
			count++
		}
	}
	assert.Len(t, ids, count-1, "each is another one, but for the edited post")
}
