package mmfake_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

func TestTestsMayAskForTheSameAtOnce(t *testing.T) {
	shared := mmfake.New(t, mmfake.InMemory())
	var went [4]string
	for n := range 200 {
		var asking sync.WaitGroup
		begin := make(chan struct{})
		for i := range went {
			asking.Go(func() {
				<-begin
				went[i] += subtest(t, shared, func(mm *mmfake.Server) {
					mm.User(fmt.Sprint("alice-", n)).Post(mm.Channel("town-square"), "hello")
					mm.Bot(fmt.Sprint("robot-", n), mm.Team(fmt.Sprint("team-", n)).Channel("dev"))
				})
			})
		}
		close(begin)
		asking.Wait()
	}
	assert.Equal(t, [4]string{}, went)
}

// The race detector sees what worlds share, and what is read without a lock while it is
// put back.
func TestServersAreRestoredAtOnceAndWhileTheyAreAsked(t *testing.T) {
	for range 4 {
		t.Run("", func(t *testing.T) {
			t.Parallel()
			mm := mmfake.New(t, mmfake.InMemory(), mmfake.Lenient())
			dev := mm.Channel("dev")
			alice, robot := mm.User("alice", dev), mm.Bot("robot", dev)
			post := alice.Post(dev, "hello")
			mm.Command("/deploy", bot)
			mm.OutgoingWebhook(dev, bot, "never")
			alice.React(post, "eyes")
			empty := mm.Snapshot()
			ctx, cancel := context.WithCancel(t.Context())
			var asking sync.WaitGroup
			for _, path := range []string{"users/me", "channels/" + dev.ID + "/posts", "posts/" + post.ID + "/reactions", "commands?team_id=" + dev.TeamID, "hooks/outgoing"} {
				asking.Go(func() {
					for ctx.Err() == nil {
						ask(mm, mm.Admin, "GET /api/v4/"+path, "")
						ask(mm, alice, "GET /api/v4/"+path, "")
					}
				})
			}
			asking.Go(func() {
				for ctx.Err() == nil {
					mm.Transcript()
				}
			})
			for range 20 {
				robot.Post(dev, "hello")
				mm.Snapshot()
				mm.Restore(empty)
			}
			mm.Reset()
			cancel()
			asking.Wait()
		})
	}
}
