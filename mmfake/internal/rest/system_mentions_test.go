package rest_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

// mentions is how many mentions wait for a user in a channel.
func (c client) mentions(channelID string) int64 {
	return c.do("GET", "/api/v4/users/me/channels/"+channelID+"/unread", nil).get("mention_count").Int()
}

// Facts 4.2: in a direct channel the other one is mentioned, whatever is posted.
func TestANewHeaderOfADirectChannelCountsAsAMentionOfTheOtherOne(t *testing.T) {
	mm := mmfake.New(t)
	alice, bob, _ := aliceAndBob(t, mm)
	dm := mm.User("alice").Direct(mm.User("bob"))

	require.Equal(t, 200, alice.do("PUT", "/api/v4/channels/"+dm.ID+"/patch", object{"header": "lunch"}).Status)

	assert.EqualValues(t, 1, bob.mentions(dm.ID))
	assert.Zero(t, alice.mentions(dm.ID))
}

func TestAHeaderMentionsAUserButNotTheWholeChannel(t *testing.T) {
	mm := mmfake.New(t)
	alice, bob, dev := aliceAndBob(t, mm)
	before := bob.mentions(dev.ID)
	header := func(text string) {
		require.Equal(t, 200, alice.do("PUT", "/api/v4/channels/"+dev.ID+"/patch", object{"header": text}).Status)
	}

	header("@channel reads this")
	assert.Equal(t, before, bob.mentions(dev.ID))
	header("ask @bob")
	assert.Equal(t, before+1, bob.mentions(dev.ID))
}
