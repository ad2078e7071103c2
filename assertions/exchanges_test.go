package assertions_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/assertions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

func TestNotExchangedShowsTheRequestThatShouldNotBeThere(t *testing.T) {
	mm, dev, robot := talk(t)
	send(t, mm, robot, "POST", "/posts", `{"channel_id":"`+dev.ID+`","message":"hello"}`)
	assert.True(t, assertions.New(t, mm).NotExchanged(recorder.Route("DELETE /api/v4/posts/{post_id}")))
	f := newPatient()
	assert.False(t, assertions.New(f, mm).NotExchanged(recorder.By("robot"), recorder.Status(201)))
	golden(t, f)
}

func TestNoErrorsTellsWhichRequestsFailed(t *testing.T) {
	mm, _, robot := talk(t)
	is := assertions.New(t, mm)
	assert.True(t, is.NoErrors())
	undo := mm.Fail(recorder.Route("GET /api/v4/users/me"), mmfake.Status(503))
	send(t, mm, robot, "GET", "/users/me", "")
	undo()
	assert.True(t, is.NoErrors())
	send(t, mm, robot, "POST", "/posts", `{"message":"where?"}`)
	assert.True(t, is.NoErrors(recorder.Route("POST /api/v4/posts")))
	f := newPatient()
	assert.False(t, assertions.New(f, mm).NoErrors())
	golden(t, f)
}

func TestNoErrorsSeesAnIntegrationThatFails(t *testing.T) {
	mm, dev, _ := talk(t)
	mm.Mount(bot, http.NotFoundHandler())
	mm.Command("/deploy", bot+"/command")
	mm.User("alice", dev).Run(dev, "/deploy prod")
	f := newPatient()
	assertions.New(f, mm).NoErrors()
	golden(t, f)
}

func TestNegativeAssertionsWaitForWhatIsInFlight(t *testing.T) {
	mm, dev, robot := talk(t)
	entered, leave := make(chan struct{}), make(chan struct{})
	mm.Mount(bot, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		close(entered)
		<-leave
		robot.Post(dev, "too late")
	}))
	mm.OutgoingWebhook(dev, bot+"/hook", "go")
	mm.User("alice", dev).Post(dev, "go")
	<-entered
	looked := make(chan bool)
	go func() {
		looked <- assertions.New(newPatient(), mm).NotPosted(mmfake.Text("too late"))
	}()
	close(leave)
	assert.False(t, <-looked)
}

func TestWaitingInsideAHandlerEndsWithASentence(t *testing.T) {
	mm, dev, _ := talk(t)
	f := newFailing()
	mm.Mount(bot, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		assertions.New(f, mm).NotPosted(mmfake.Text("never"))
	}))
	mm.Command("/deploy", bot+"/command")
	mm.User("alice", dev).Run(dev, "/deploy prod")
	golden(t, f)
}

func TestWaitingInsideAHandlerForAPostTellsWhatIsPending(t *testing.T) {
	mm, dev, _ := talk(t)
	f := newFailing()
	mm.Mount(bot, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		assertions.New(f, mm).Posted(mmfake.Text("never"))
	}))
	mm.Command("/deploy", bot+"/command")
	mm.User("alice", dev).Run(dev, "/deploy prod")
	golden(t, f)
}

func TestARouteWithoutAMethodFailsAtOnce(t *testing.T) {
	mm, _, _ := talk(t)
	for _, check := range []func(*assertions.Assertions){
		func(is *assertions.Assertions) { is.Exchanged(1, recorder.Route("/api/v4/posts")) },
		func(is *assertions.Assertions) { is.NotExchanged(recorder.Route("/api/v4/posts")) },
		func(is *assertions.Assertions) { is.NoErrors(recorder.Route("/api/v4/posts")) },
		func(is *assertions.Assertions) { is.Called("http://bot.test", recorder.Route("/api/v4/posts")) },
	} {
		f := newPatient()
		check(assertions.New(f, mm))
		require.Len(t, f.messages, 1)
		assert.Contains(t, f.messages[0], `the route "/api/v4/posts" has no method`)
	}
}
