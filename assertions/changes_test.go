package assertions_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/assertions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

func TestUpdatedWaitsForTheEdit(t *testing.T) {
	mm, dev, robot := talk(t)
	post := robot.Post(dev, "running")
	go robot.Edit(post, "done")
	assert.Equal(t, "done", assertions.Require(t, mm).Updated(post, mmfake.Text("done")).Message)
}

func TestUpdatedTellsThatAPostWasNotEdited(t *testing.T) {
	mm, dev, robot := talk(t)
	post := robot.Post(dev, "done")
	f := newFailing()
	assert.Nil(t, assertions.New(f, mm).Updated(post, mmfake.Text("done")))
	golden(t, f)
}

func TestUpdatedTellsThatThePostIsGone(t *testing.T) {
	mm, dev, robot := talk(t)
	post := robot.Post(dev, "running")
	robot.Delete(post)
	f := newFailing()
	assertions.New(f, mm).Updated(post, mmfake.Text("done"))
	golden(t, f)
}

func TestDeletedWaitsForTheDeletion(t *testing.T) {
	mm, dev, robot := talk(t)
	post := robot.Post(dev, "running")
	go robot.Delete(post)
	assert.True(t, assertions.New(t, mm).Deleted(post))
}

func TestDeletedTellsThatThePostIsStillThere(t *testing.T) {
	mm, dev, robot := talk(t)
	f := newFailing()
	assert.False(t, assertions.New(f, mm).Deleted(robot.Post(dev, "running")))
	golden(t, f)
}

func TestReactedWaitsForTheReaction(t *testing.T) {
	mm, dev, robot := talk(t)
	post := mm.User("alice", dev).Post(dev, "hello")
	go robot.React(post, ":wave:")
	assert.True(t, assertions.New(t, mm).Reacted(post, robot, "wave"))
}

func TestReactedTellsWhichReactionsThereAre(t *testing.T) {
	mm, dev, robot := talk(t)
	alice := mm.User("alice", dev)
	post := alice.Post(dev, "hello")
	alice.React(post, "wave")
	robot.React(post, "eyes")
	f := newFailing()
	assert.False(t, assertions.New(f, mm).Reacted(post, robot, ":wave:"))
	golden(t, f)
}

func TestAPostThatTheServerDoesNotHaveFailsAtOnce(t *testing.T) {
	mm, _, robot := talk(t)
	elsewhere := mmfake.New(t)
	post := elsewhere.Admin.Post(elsewhere.Channel("dev"), "hello")
	for _, p := range []*mmfake.Post{nil, post} {
		for _, check := range []func(*assertions.Assertions){
			func(is *assertions.Assertions) { is.Deleted(p) },
			func(is *assertions.Assertions) { is.Updated(p) },
			func(is *assertions.Assertions) { is.NotPosted(mmfake.InThread(p)) },
			func(is *assertions.Assertions) { is.Reacted(p, robot, "wave") },
		} {
			f := newPatient()
			check(assertions.New(f, mm))
			require.Len(t, f.messages, 1)
			assert.Contains(t, f.messages[0], "can never be there")
		}
	}
}
