package mmfake_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// read gets a JSON value with an actor's token.
func read[T any](t testing.TB, mm *mmfake.Server, who *mmfake.Actor, path string) (value T) {
	t.Helper()
	status, body := request(t, mm, who, "GET "+path, "", "")
	require.Equal(t, 200, status, body)
	require.NoError(t, json.Unmarshal([]byte(body), &value))
	return value
}

func TestBuiltInCommandsSayWhatIsMissing(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	alice := mm.User("alice", dev)
	for line, want := range map[string]string{
		"/join":                    "/join needs more: /join ~[channel]",
		"/join ~nowhere":           "no channel with that name",
		"/code":                    "/code needs more",
		"/echo":                    "/echo needs more",
		`/echo "a" 10001`:          "up to 10000 seconds",
		"/msg":                     "/msg needs more",
		"/msg @nobody hi":          "no user with that name",
		"/groupmsg @alice,@nobody": "no user with that name",
		"/invite":                  "/invite needs more",
		"/invite @nobody":          "@nobody: ",
		"/invite alice":            "@alice is in ~dev already.",
		"/kick":                    "/kick needs more",
		"/msg @alice me":           "writes to others",
		"/groupmsg @alice":         "writes to others",
		"/remove nobody":           "no user with that name",
		"/header":                  "/header needs more",
		"/rename":                  "/rename needs more",
		"/status":                  "/status needs more",
		"/settings":                "a matter of the app",
		"/help":                    "Help is at",
	} {
		answer := alice.Run(dev, line)
		require.NotNil(t, answer.Ephemeral, line)
		assert.Contains(t, answer.Ephemeral.Message, want, line)
		assert.Nil(t, answer.Exchange, line)
	}
	assert.Contains(t, alice.Run(mm.Channel("town-square"), "/leave").Ephemeral.Message, "town-square")
	assert.Empty(t, dev.Posts())
}

func TestWhatABuiltInCommandMayNotDoIsToldToTheUser(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	alice, bob := mm.User("alice", dev), mm.User("bob")
	dm := alice.Direct(bob)
	assert.NotNil(t, alice.Run(dm, "/rename Us").Ephemeral)
	assert.NotNil(t, alice.Run(dm, "/invite @sysadmin").Ephemeral)
	assert.Empty(t, dm.Posts())
}

func TestInviteAddsSeveralPeopleToSeveralChannels(t *testing.T) {
	mm := mmfake.New(t)
	dev, ops := mm.Channel("dev"), mm.Channel("ops")
	alice, bob, carol := mm.User("alice", dev, ops), mm.User("bob"), mm.User("carol")
	answer := alice.Run(dev, "/invite @bob carol ~dev ~ops")
	assert.Equal(t, "@bob added to ~dev.\n@bob added to ~ops.\n@carol added to ~dev.\n@carol added to ~ops.", answer.Ephemeral.Message)
	for _, who := range []*mmfake.Actor{bob, carol} {
		who.Post(dev, "here")
		who.Post(ops, "and here")
	}
}

func TestMutingTwiceIsNotMuting(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	alice := mm.User("alice", dev)
	unread := func() string {
		return read[model.ChannelMember](t, mm, alice, "/api/v4/channels/"+dev.ID+"/members/"+alice.ID).NotifyProps["mark_unread"]
	}
	assert.Contains(t, alice.Run(dev, "/mute").Ephemeral.Message, "is muted")
	assert.Equal(t, "mention", unread())
	assert.Contains(t, alice.Run(mm.Channel("town-square"), "/mute ~dev").Ephemeral.Message, "not muted")
	assert.Equal(t, "all", unread())
}

func TestGroupMessageOpensTheGroup(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	alice, bob, carol := mm.User("alice", dev), mm.User("bob"), mm.User("carol")
	answer := alice.Run(dev, "/groupmsg @bob, @carol  hello you two")
	posts := mm.Posts()
	require.Len(t, posts, 1)
	assert.Equal(t, "hello you two", posts[0].Message)
	assert.Equal(t, mm.URL+"/test/channels/"+posts[0].Channel, answer.GotoLocation)
	members := read[[]model.ChannelMember](t, mm, carol, "/api/v4/channels/"+posts[0].ChannelID+"/members")
	assert.Len(t, members, 3)
	alice.Run(dev, "/msg bob")
	assert.Len(t, alice.Direct(bob).Posts(), 0, "without a text the channel is only opened")
}

func TestACustomStatusIsSetAndCleared(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	alice := mm.User("alice", dev)
	custom := func() string {
		return read[model.User](t, mm, alice, "/api/v4/users/me").Props["customStatus"]
	}
	for line, want := range map[string]string{
		"/status :tada: party time": `"emoji":"tada","text":"party time"`,
		"/status at lunch: back 2":  `"text":"at lunch: back 2"`,
	} {
		alice.Run(dev, line)
		assert.Contains(t, custom(), want)
	}
	alice.Run(dev, "/status clear")
	assert.NotContains(t, custom(), "text\":\"")
}

func TestADirectChannelCannotBeLeft(t *testing.T) {
	mm := mmfake.New(t)
	alice, bob := mm.User("alice"), mm.User("bob")
	dm := alice.Direct(bob)
	assert.Contains(t, alice.Run(dm, "/leave").Ephemeral.Message, "Nobody can leave a direct or group channel")
	alice.Post(dm, "still here")
}

func TestCollapseHidesPreviews(t *testing.T) {
	mm := mmfake.New(t)
	alice := mm.User("alice")
	for line, want := range map[string]string{"/collapse": "true", "/expand": "false"} {
		alice.Run(mm.Channel("town-square"), line)
		assert.Equal(t, want, read[model.Preference](t, mm, alice, "/api/v4/users/me/preferences/display_settings/name/collapse_previews").Value)
	}
}

func TestACommandLeavesTheChannelUnreadForWhoTypedIt(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	alice, bob := mm.User("alice", dev), mm.User("bob", dev)
	unread := func() int64 {
		return read[model.ChannelUnread](t, mm, alice, "/api/v4/users/me/channels/"+dev.ID+"/unread").MsgCount
	}
	bob.Post(dev, "one")
	alice.Run(dev, "/me nods")
	assert.Equal(t, int64(2), unread())
	alice.Post(dev, "so there")
	assert.Zero(t, unread())
}

func TestLogoutSendsTheClientToTheLogin(t *testing.T) {
	mm := mmfake.New(t)
	answer := mm.User("alice").Run(mm.Channel("town-square"), "/logout")
	assert.Equal(t, "/login", answer.GotoLocation)
	assert.Nil(t, answer.Ephemeral)
}

func TestAMessageByCommandOpensTheChannelInTheNameOfItsAuthor(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	alice, bob := mm.User("alice", dev), mm.User("bob", dev)
	heard := listen(t, mm, bob)
	alice.Run(dev, "/msg @bob hello")
	added := heard.next("direct_added")
	assert.Equal(t, alice.ID, added.Data["creator_id"], "facts 11.6")
	assert.Equal(t, bob.ID, added.Data["teammate_id"])
}
