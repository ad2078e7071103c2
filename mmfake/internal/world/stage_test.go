package world_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// A stage is a world in which a member posts to channels.
type stage struct {
	t        testing.TB
	world    *world.World
	admin    *world.Session
	member   *world.Session
	teamID   string
	channels []string // ids
}

func newStage(t testing.TB, channels int) *stage {
	w := world.New(world.DefaultConfig())
	admin := w.Populate()
	member, _, err := w.Login("", world.UserName, world.UserPassword, world.Client{})
	require.NoError(t, err)
	teams, err := w.TeamsOf(member, member.UserID)
	require.NoError(t, err)
	s := &stage{t: t, world: w, admin: admin, member: member, teamID: teams[0].ID}
	for i := range channels {
		c, err := w.AddChannel(model.Channel{TeamID: s.teamID, Name: fmt.Sprintf("c%d", i), DisplayName: "C", Type: model.ChannelOpen})
		require.NoError(t, err)
		require.NoError(t, w.AddMember(s.teamID, c.ID, member.UserID))
		s.channels = append(s.channels, c.ID)
	}
	return s
}

// post posts to the channels in turn.
func (s *stage) post(i int, text string) *model.Post {
	p, err := s.world.CreatePost(s.member, &model.Post{ChannelID: s.channels[i%len(s.channels)], Message: text}, world.PostOptions{})
	require.NoError(s.t, err)
	return p
}

// fill makes n posts of a usual length; each of them has a word of its own.
func (s *stage) fill(n int) *stage {
	for i := range n {
		s.post(i, fmt.Sprintf("build %d of the main branch passed after some minutes", i))
	}
	return s
}

// addUser adds a member of the team.
func (s *stage) addUser(name string) *model.User {
	u, err := s.world.AddUser(world.NewUser{User: model.User{Username: name}})
	require.NoError(s.t, err)
	require.NoError(s.t, s.world.AddMember(s.teamID, "", u.ID))
	return u
}

// patchSetting changes one setting to a value, in JSON.
func patchSetting(t testing.TB, w *world.World, admin *world.Session, section, name, value string) {
	_, err := w.PatchSettings(admin, map[string]map[string]json.RawMessage{section: {name: json.RawMessage(value)}})
	require.NoError(t, err)
}
