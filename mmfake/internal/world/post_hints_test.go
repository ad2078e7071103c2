package world_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/tidwall/gjson"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// events keeps the events of a world by their names.
type events map[string][]*world.Event

func (e events) Deliver(event *world.Event) { e[event.Name] = append(e[event.Name], event) }
func (e events) Listening() bool            { return true }

func TestTheAuthorLearnsWhichOfThoseHeNamedAreNotInTheChannel(t *testing.T) {
	s := newStage(t, 1)
	heard := events{}
	s.world.Subscribe(heard)
	for _, name := range []string{"ann", "ben", "cem"} {
		s.addUser(name)
	}

	s.post(0, "@ann, @ben and @cem: `@"+world.AdminName+"` and @nobody @ann")

	require.Len(t, heard[model.EventEphemeralMessage], 1)
	e := heard[model.EventEphemeralMessage][0]
	assert.Equal(t, s.member.UserID, e.Broadcast.UserID)
	post := gjson.Parse(e.Data["post"].(string))
	assert.Equal(t, "@ann, @ben and @cem did not get notified by this mention because they are not in the channel.", post.Get("message").String())
	assert.Equal(t, `["ann","ben","cem"]`, post.Get("props.add_channel_member.usernames").Raw)
}

func TestInALargeChannelAtChannelReachesNobodyAndTheAuthorLearnsIt(t *testing.T) {
	s := newStage(t, 1)
	patchSetting(t, s.world, s.admin, "TeamSettings", "MaxNotificationsPerChannel", "2")
	heard := events{}
	s.world.Subscribe(heard)
	for i := range 3 {
		require.NoError(t, s.world.AddMember(s.teamID, s.channels[0], s.addUser(fmt.Sprint("user", i)).ID))
	}

	s.post(0, "@channel lunch")

	require.Len(t, heard[model.EventEphemeralMessage], 1)
	assert.Contains(t, heard[model.EventEphemeralMessage][0].Data["post"], "@channel has been disabled")
	assert.NotContains(t, heard[model.EventPosted][0].Own, "mentions")
}

func TestADraftIsToldToAllConnectionsButTheOneThatSentIt(t *testing.T) {
	s := newStage(t, 1)
	heard := events{}
	s.world.Subscribe(heard)

	_, err := s.world.PutDraft(s.member, &model.Draft{ChannelID: s.channels[0], Message: "x"}, "mine")
	require.NoError(t, err)
	require.NoError(t, s.world.DeleteDraft(s.member, s.channels[0], "", "mine"))
	require.NoError(t, s.world.DeleteDraft(s.member, s.channels[0], "", "mine"), "there need not be one")

	for _, name := range []string{model.EventDraftCreated, model.EventDraftDeleted} {
		require.Len(t, heard[name], 1)
		assert.Equal(t, "mine", heard[name][0].Broadcast.OmitConnectionID)
	}
}

func TestAReplyTellsEachFollowerWhatHeHasNotRead(t *testing.T) {
	s := newStage(t, 1)
	ann := s.addUser("ann")
	require.NoError(t, s.world.AddMember(s.teamID, s.channels[0], ann.ID))
	session, err := s.world.OpenSession(ann.ID)
	require.NoError(t, err)
	root := s.post(0, "root")
	heard := events{}
	s.world.Subscribe(heard)

	for _, text := range []string{"one", "@user-1 two"} {
		_, err := s.world.CreatePost(session, &model.Post{ChannelID: root.ChannelID, RootID: root.ID, Message: text}, world.PostOptions{})
		require.NoError(t, err)
	}

	told := map[string]gjson.Result{}
	for _, e := range heard[model.EventThreadUpdated] { // the last one counts
		told[e.Broadcast.UserID] = gjson.Parse(e.Data["thread"].(string))
		assert.Equal(t, s.teamID, e.Broadcast.TeamID)
	}
	require.Len(t, told, 2)
	assert.EqualValues(t, 2, told[s.member.UserID].Get("unread_replies").Int())
	assert.EqualValues(t, 1, told[s.member.UserID].Get("unread_mentions").Int())
	assert.EqualValues(t, 0, told[ann.ID].Get("unread_replies").Int())
	assert.Equal(t, []string{s.member.UserID}, heard[model.EventPosted][1].Own["followers"])
}
