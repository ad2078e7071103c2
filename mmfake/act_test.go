package mmfake_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

func TestWhoLeavesAChannelHearsNoMoreOfItUntilHeJoinsAgain(t *testing.T) {
	mm := mmfake.New(t)
	dev, ops := mm.Channel("dev"), mm.Channel("ops")
	alice, bob := mm.User("alice", dev, ops), mm.User("bob", dev, ops)
	c := listen(t, mm, bob)
	bob.Leave(dev)
	assert.Equal(t, dev.ID, c.next("user_removed").Data["channel_id"])
	alice.Post(dev, "without bob")
	alice.Post(ops, "with bob")
	assert.Contains(t, c.next("posted").Data["post"], "with bob")
	bob.Join(dev)
	assert.Equal(t, bob.ID, c.next("user_added").Data["user_id"])
	alice.Post(dev, "welcome back")
	for c.next("posted").Data["sender_name"] != "@alice" { // the server tells of the joining
	}
}

func TestViewingAChannelTellsOnesOwnClients(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	alice, bob := mm.User("alice", dev), mm.User("bob", dev)
	alice.Post(dev, "read this")
	c := listen(t, mm, bob)
	bob.View(dev)
	assert.Contains(t, c.next("multiple_channels_viewed").Data["channel_times"], dev.ID)
}

func TestActingWhereOneMayNotEndsTheTest(t *testing.T) {
	mm, err := mmfake.Start() // without a test, what is wrong is a panic
	require.NoError(t, err)
	t.Cleanup(mm.Close)
	secret := mm.PrivateChannel("secret")
	post := mm.User("alice", secret).Post(secret, "hush")
	mallory := mm.User("mallory")
	for doing, act := range map[string]func(){
		"joining ~secret":      func() { mallory.Join(secret) },
		"typing in ~secret":    func() { mallory.Typing(secret) },
		"reacting with eyes":   func() { mallory.React(post, "eyes") },
		"taking eyes off":      func() { mallory.Unreact(post, "eyes") },
		"leaving ~town-square": func() { mallory.Leave(mm.Channel("town-square")) },
	} {
		func() {
			defer func() { assert.Contains(t, recover(), "@mallory "+doing) }()
			act()
		}()
	}
}
