package assertions_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/assertions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

func TestPostsWaitsForSoManyPosts(t *testing.T) {
	mm, dev, robot := talk(t)
	go func() {
		robot.Post(dev, "step 1")
		robot.Post(dev, "step 2")
	}()
	found := assertions.New(t, mm).Posts(2, mmfake.By(robot), mmfake.Regexp(`^step \d$`))
	assert.Equal(t, "step 2", found[1].Message)
	assertions.New(t, mm).Posts(0, mmfake.Contains("failed"))
}

func TestPostsTellsWhichPostsAreThereWhereThereAreTooFew(t *testing.T) {
	mm, _, robot := talk(t)
	f := newFailing()
	assertions.New(f, mm).Posts(2, mmfake.By(robot))
	golden(t, f)
}

func TestPostsTellsWhichPostsAreTooMany(t *testing.T) {
	mm, dev, _ := talk(t)
	f := newPatient()
	assertions.New(f, mm).Posts(1, mmfake.In(dev))
	golden(t, f)
}

func TestPostedInOrderWaitsForTheLastPost(t *testing.T) {
	mm, dev, robot := talk(t)
	go robot.Post(dev, "done")
	found := assertions.New(t, mm).PostedInOrder(mmfake.Contains("deploy"), recorder.And(mmfake.By(robot), mmfake.Text("done")))
	require.Len(t, found, 2)
	assert.Equal(t, "alice", found[0].Author)
}

func TestPostedInOrderTellsWhichPostIsNotInItsPlace(t *testing.T) {
	mm, dev, robot := talk(t)
	robot.Post(dev, "done")
	f := newFailing()
	assertions.New(f, mm).PostedInOrder(mmfake.Contains("deploy"), mmfake.Text("done"), mmfake.Text("deploying to test"))
	golden(t, f)
}

func TestEphemeralWaitsForAMessageForOneUser(t *testing.T) {
	mm, dev, _ := talk(t)
	answering(mm, `{"text": "deploying"}`)
	alice := mm.User("alice", dev)
	go alice.Run(dev, "/deploy prod")
	post := assertions.Require(t, mm).Ephemeral(alice, mmfake.In(dev), mmfake.Text("deploying"))
	assert.Equal(t, "alice", post.OnlyFor)
	assertions.New(t, mm).NotPosted(mmfake.Text("deploying"))
}

func TestEphemeralTellsWhoElseSeesTheMessage(t *testing.T) {
	mm, dev, _ := talk(t)
	answering(mm, `{"text": "deploying"}`)
	mm.User("alice", dev).Run(dev, "/deploy prod")
	f := newFailing()
	assertions.New(f, mm).Ephemeral(mm.User("bob", dev), mmfake.Text("deploying"))
	golden(t, f)
}

func TestAMatchOfAnotherServerFailsAtOnce(t *testing.T) {
	mm, _, _ := talk(t)
	other := mmfake.New(t)
	for _, match := range []mmfake.PostMatch{
		mmfake.By(other.User("alice")), recorder.Not(mmfake.In(other.Channel("dev"))), recorder.And(mmfake.Mentions(other.Bot("robot"))), mmfake.Ephemeral(other.Admin),
	} {
		f := newPatient()
		assert.False(t, assertions.New(f, mm).NotPosted(match))
		require.Len(t, f.messages, 1)
		assert.Contains(t, f.messages[0], "another server: ask this one")
	}
}

// The failures of each kind of match, in one message each.
func TestMatchesTellWhatAPostHasInstead(t *testing.T) {
	mm, dev, robot := talk(t)
	alice := mm.User("alice", dev)
	question := alice.Post(dev, "who is there?")
	sendHook(t, mm, mm.IncomingWebhook(dev).URL, `{"attachments":[{"title":"Deploy?","actions":[{"id":"yes","name":"Approve","integration":{"url":"http://bot.test"}}]}]}`)
	send(t, mm, alice, "POST", "/files?channel_id="+dev.ID+"&filename=build.txt", "all green")
	file, _ := mm.Journal.Last(recorder.Route("POST /api/v4/files"))
	send(t, mm, alice, "POST", "/posts", `{"channel_id":"`+dev.ID+`","file_ids":["`+file.Response.Get("file_infos.0.id").String()+`"]}`)
	other := robot.Reply(robot.Post(dev, "another thread"), "a reply, `@alice`")
	for _, test := range []struct {
		name  string
		match mmfake.PostMatch
		met   int
	}{
		{"channel", mmfake.In(dev), 7},
		{"channel of none", mmfake.In(mm.Channel("ops")), 0},
		{"channel of nil", mmfake.In(nil), 0},
		{"author", mmfake.By(alice), 3},
		{"author of none", mmfake.By(mm.Bot("other")), 0},
		{"author of nil", mmfake.By(nil), 0},
		{"text", mmfake.Text("another thread"), 1},
		{"text of none", mmfake.Text("another"), 0},
		{"part", mmfake.Contains("another"), 1},
		{"part of none", mmfake.Contains("green"), 0},
		{"attachment", mmfake.Attachment(model.Attachment{Title: "Deploy?"}), 1},
		{"attachment of none", mmfake.Attachment(model.Attachment{Title: "Deploy!"}), 0},
		{"all", recorder.And(mmfake.By(robot), mmfake.Contains("reply")), 1},
		{"all of none", recorder.And(mmfake.By(robot), mmfake.Contains("green")), 0},
		{"one", recorder.Or(mmfake.Text("another thread"), mmfake.Text("who is there?")), 2},
		{"one of none", recorder.Or(mmfake.Contains("green"), mmfake.Contains("red")), 0},
		{"none", recorder.Not(mmfake.Contains("e")), 2},
		{"none of none", recorder.Not(mmfake.In(dev)), 0},
		{"regexp", mmfake.Regexp("^deploy(ed|ing)"), 1},
		{"regexp of none", mmfake.Regexp("^prod"), 0},
		{"bad regexp", mmfake.Regexp("("), 0},
		{"button", mmfake.Button("Approve"), 1},
		{"button by id", mmfake.Button("yes"), 1},
		{"button of none", mmfake.Button("Reject"), 0},
		{"mentions", mmfake.Mentions(robot), 1},
		{"mentions of none", mmfake.Mentions(alice), 0},
		{"thread", mmfake.InThread(other), 1},
		{"thread of none", mmfake.InThread(question), 0},
		{"thread of nil", mmfake.InThread(nil), 0},
		{"mentions of nil", mmfake.Mentions(nil), 0},
		{"ephemeral of nil", mmfake.Ephemeral(nil), 0},
		{"ephemeral of none", mmfake.Ephemeral(alice), 0},
		{"file", mmfake.WithFile("build.txt"), 1},
		{"file of none", mmfake.WithFile("log.txt"), 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			if test.met > 0 {
				assertions.New(t, mm).Within(0).Posts(test.met, test.match)
				return
			}
			f := newFailing()
			assertions.New(f, mm).Within(0).Posted(test.match)
			golden(t, f)
		})
	}
}

func TestAPostIsByWhomeverItIsShownToBeBy(t *testing.T) {
	mm, dev, robot := talk(t)
	hook := mm.IncomingWebhook(dev)
	sendHook(t, mm, hook.URL, `{"text":"deployed","username":"Robot"}`)
	sendHook(t, mm, hook.URL, `{"text":"deployed","username":"Ship"}`)
	assertions.New(t, mm).Posts(1, mmfake.By(robot), mmfake.Text("deployed"))
	assertions.New(t, mm).Posts(2, mmfake.By(mm.Admin), mmfake.Text("deployed"))
	f := newFailing()
	assertions.New(f, mm).Posted(mmfake.Text("deployed"), mmfake.By(mm.Bot("other")))
	golden(t, f)
}
