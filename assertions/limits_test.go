package assertions_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/assertions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// Every assertion, for something that does not come about.
var unmet = map[string]func(s *stalled, is *assertions.Assertions){
	"Posted":        func(_ *stalled, is *assertions.Assertions) { is.Posted(mmfake.Text("never")) },
	"Posts":         func(_ *stalled, is *assertions.Assertions) { is.Posts(9) },
	"PostedInOrder": func(_ *stalled, is *assertions.Assertions) { is.PostedInOrder(mmfake.Text("never")) },
	"Ephemeral":     func(s *stalled, is *assertions.Assertions) { is.Ephemeral(s.robot) },
	"Updated":       func(s *stalled, is *assertions.Assertions) { is.Updated(s.post) },
	"Deleted":       func(s *stalled, is *assertions.Assertions) { is.Deleted(s.post) },
	"Reacted":       func(s *stalled, is *assertions.Assertions) { is.Reacted(s.post, s.robot, "wave") },
	"Exchanged":     func(_ *stalled, is *assertions.Assertions) { is.Exchanged(9) },
	"Called":        func(_ *stalled, is *assertions.Assertions) { is.Called("http://nobody.test") },
	"Answered":      func(_ *stalled, is *assertions.Assertions) { is.Answered("http://nobody.test") },
	"Commanded":     func(_ *stalled, is *assertions.Assertions) { is.Commanded("/never") },
	"Webhooked":     func(s *stalled, is *assertions.Assertions) { is.Webhooked(s.hook) },
	"DialogOpened":  func(s *stalled, is *assertions.Assertions) { is.DialogOpened(s.robot, "") },
	"AllReplayed":   func(s *stalled, is *assertions.Assertions) { is.AllReplayed(s.replay) },
	// These wait for the request that hangs.
	"NotPosted":    func(_ *stalled, is *assertions.Assertions) { is.NotPosted(mmfake.Text("never")) },
	"NotExchanged": func(_ *stalled, is *assertions.Assertions) { is.NotExchanged(recorder.Status(500)) },
	"NoErrors":     func(_ *stalled, is *assertions.Assertions) { is.NoErrors() },
}

// A stalled is a server whose integration has not answered.
type stalled struct {
	mm     *mmfake.Server
	robot  *mmfake.Actor
	post   *mmfake.Post
	hook   *mmfake.IncomingWebhook
	replay *recorder.Replay
}

func stall(t *testing.T) *stalled {
	mm, dev, robot := talk(t, mmfake.AllowUnanswered())
	asked := make(chan struct{})
	mm.Mount(bot, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { close(asked); <-r.Context().Done() }))
	mm.OutgoingWebhook(dev, bot+"/hook", "go")
	post := robot.Post(dev, "go")
	<-asked
	return &stalled{mm, robot, post, mm.IncomingWebhook(dev), replayOf(t)}
}

func TestNoAssertionWaitsPastTheDeadlineOfTheTest(t *testing.T) {
	s := stall(t)
	for name, check := range unmet {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFailing()
			check(s, assertions.New(f, s.mm).Within(time.Hour))
			require.Len(t, f.messages, 1)
			assert.Less(t, time.Until(f.deadline), 140*time.Millisecond, "it has waited")
			assert.Greater(t, time.Until(f.deadline), -10*time.Second)
		})
	}
}

func TestNoAssertionWaitsWithoutATime(t *testing.T) {
	s := stall(t)
	for name, check := range unmet {
		for _, limit := range []time.Duration{0, -time.Second} {
			f := newPatient()
			start := time.Now()
			check(s, assertions.New(f, s.mm).Within(limit))
			assert.Less(t, time.Since(start), time.Second, name)
			if name != "NotPosted" && name != "NotExchanged" && name != "NoErrors" { // what is there now is right
				assert.Len(t, f.messages, 1, name)
			}
		}
	}
}

// Every failure of a test that has to end is told once, and then ends the test.
func TestRequireEndsTheTestAfterEachFailure(t *testing.T) {
	s := stall(t)
	for name, check := range unmet {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFailing()
			check(s, assertions.Require(f, s.mm))
			assert.Len(t, f.messages, 1)
			assert.Equal(t, 1, f.stopped)
		})
	}
}

func TestNothingIsSaidOfWhatTheJournalHasDropped(t *testing.T) {
	mm, _, robot := talk(t, mmfake.InMemory(), mmfake.JournalLimits(recorder.Limits{Exchanges: 2}))
	send(t, mm, robot, "DELETE", "/posts/"+mm.Posts()[0].ID, "")
	send(t, mm, robot, "GET", "/users/me", "")
	send(t, mm, robot, "GET", "/users/me", "")
	for name, check := range map[string]func(is *assertions.Assertions, f *failing){
		"NotExchanged": func(is *assertions.Assertions, _ *failing) {
			is.NotExchanged(recorder.Route("DELETE /api/v4/posts/{post_id}"))
		},
		"NoErrors":   func(is *assertions.Assertions, _ *failing) { is.NoErrors() },
		"Exchanged":  func(is *assertions.Assertions, _ *failing) { is.Exchanged(2, recorder.By("robot")) },
		"Called":     func(is *assertions.Assertions, _ *failing) { is.Called(bot) },
		"Transcript": func(_ *assertions.Assertions, f *failing) { assertions.Transcript(f, mm, "testdata/talk.golden") },
	} {
		t.Run(name, func(t *testing.T) {
			f := newFailing()
			check(assertions.New(f, mm), f)
			require.Len(t, f.messages, 1)
			assert.Regexp(t, `dropped: \d older exchanges; mmfake.JournalLimits`, f.messages[0])
		})
	}
}

func TestAServerThatIsNotThereEndsTheTest(t *testing.T) {
	for _, make := range []func(assertions.TestingT, *mmfake.Server) *assertions.Assertions{assertions.New, assertions.Require} {
		f := newPatient()
		make(f, nil)
		require.Len(t, f.messages, 1)
		assert.Contains(t, f.messages[0], "it is nil, and mmfake.New makes one")
		assert.Equal(t, 1, f.stopped)
	}
}

func TestWhatCanNeverBeFailsAtOnce(t *testing.T) {
	mm, _, robot := talk(t)
	for want, check := range map[string]func(is *assertions.Assertions){
		"there are never -1 of them":   func(is *assertions.Assertions) { is.Posts(-1) },
		"there are never -2 of them":   func(is *assertions.Assertions) { is.Exchanged(-2) },
		"no condition says which":      func(is *assertions.Assertions) { is.PostedInOrder() },
		"a condition has no Miss":      func(is *assertions.Assertions) { is.Posted(mmfake.PostMatch{Want: "luck"}) },
		"does not begin with a slash":  func(is *assertions.Assertions) { is.Commanded("") },
		"has no scheme and host":       func(is *assertions.Assertions) { is.Answered("") },
		"the webhook is none of":       func(is *assertions.Assertions) { is.Webhooked(nil) },
		"mmfake.Ephemeral needs":       func(is *assertions.Assertions) { is.Ephemeral(nil) },
		"mmfake.By needs an actor":     func(is *assertions.Assertions) { is.Reacted(nil, nil, "wave") },
		"\"👍\" is no emoji's name":     func(is *assertions.Assertions) { is.Reacted(mm.Posts()[0], robot, "👍") },
		"the post is nil":              func(is *assertions.Assertions) { is.Deleted(nil) },
		"an Or without conditions is":  func(is *assertions.Assertions) { is.NotPosted(recorder.Or[*mmfake.Post]()) },
		"the expression wanted at \"a": func(is *assertions.Assertions) { is.NotExchanged(recorder.JSONMatches("a", "(")) },
	} {
		f := newPatient()
		check(assertions.New(f, mm).Within(time.Minute))
		require.Len(t, f.messages, 1, want)
		assert.Contains(t, f.messages[0], want)
	}
}

func TestAssertionsOnAClosedServerLookAtWhatHappened(t *testing.T) {
	mm, dev, robot := talk(t)
	mm.Close()
	is := assertions.New(t, mm)
	is.Posted(mmfake.In(dev), mmfake.By(robot))
	is.NotPosted(mmfake.Text("never"))
	is.Exchanged(0)
	is.NoErrors()
}

func TestASubtestMayNameWhatTheSharedServerHas(t *testing.T) {
	shared, dev, robot := talk(t)
	mm := shared.With(t)
	robot.Post(dev, "done")
	assertions.New(t, mm).Posted(mmfake.In(dev), mmfake.By(robot), mmfake.Text("done"))
	assertions.New(t, shared).Posted(mmfake.In(mm.Channel("dev")), mmfake.By(mm.Bot("robot")))
}
