package world_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// crowd is a world whose sample team has so many members, all of them in one
// channel. It returns the admin's session and the ids of both.
func crowd(t testing.TB, members int) (w *world.World, admin *world.Session, teamID, channelID string) {
	w = world.New(world.DefaultConfig())
	admin = w.Populate()
	team, err := w.TeamByName(admin, world.TeamName)
	require.NoError(t, err)
	channel, err := w.AddChannel(model.Channel{TeamID: team.ID, Name: "crowd", DisplayName: "Crowd", Type: model.ChannelOpen})
	require.NoError(t, err)
	for i := range members {
		u, err := w.AddUser(world.NewUser{User: model.User{Username: fmt.Sprintf("user%d", i)}})
		require.NoError(t, err)
		require.NoError(t, w.AddMember(team.ID, channel.ID, u.ID))
	}
	return w, admin, team.ID, channel.ID
}

// pages are the lists that clients read page by page.
var pages = map[string]func(w *world.World, as *world.Session, teamID, channelID string) error{
	"team members": func(w *world.World, as *world.Session, teamID, _ string) error {
		_, err := w.TeamMembers(as, teamID, world.TeamMemberQuery{Page: world.Page{Number: 1, PerPage: 20}})
		return err
	},
	"channel members": func(w *world.World, as *world.Session, _, channelID string) error {
		_, err := w.ChannelMembers(as, channelID, world.Page{Number: 1, PerPage: 20})
		return err
	},
	"public channels": func(w *world.World, as *world.Session, teamID, _ string) error {
		_, err := w.PublicChannels(as, teamID, world.Page{PerPage: 20})
		return err
	},
}

func TestAPageOfMembersAllocatesTheSameInALargeTeam(t *testing.T) {
	for name, page := range pages {
		cost := func(members int) float64 {
			w, as, teamID, channelID := crowd(t, members)
			return testing.AllocsPerRun(20, func() { require.NoError(t, page(w, as, teamID, channelID)) })
		}
		assert.Equal(t, cost(100), cost(2000), name)
	}
}

func BenchmarkPageOfMembers(b *testing.B) {
	for _, members := range []int{100, 10_000} {
		w, as, teamID, channelID := crowd(b, members)
		for name, page := range pages {
			b.Run(fmt.Sprintf("%s/of %d", name, members), func(b *testing.B) {
				for b.Loop() {
					if err := page(w, as, teamID, channelID); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
