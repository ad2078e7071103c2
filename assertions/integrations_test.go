package assertions_test

import (
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/tidwall/gjson"

	"github.com/seed-a46829e6/mattermost-fake/assertions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

func TestCalledWaitsForTheRequestToAnIntegration(t *testing.T) {
	mm, dev, _ := talk(t)
	answering(mm, `{"text": "deploying"}`)
	go mm.User("alice", dev).Run(dev, "/deploy prod")
	is := assertions.Require(t, mm)
	assert.Equal(t, "alice", is.Called(bot+"/command", recorder.JSON("text", "prod")).Actor)
	is.Called(bot)
	is.Answered(bot+"/command", recorder.Status(200), recorder.AnswerJSON("text", "deploying"))
}

func TestCalledTakesTheURLAsTheCommandHasIt(t *testing.T) {
	mm, dev, _ := talk(t)
	answering(mm, `{"text": "deploying"}`)
	url := bot + "/two%20words?key=a%20b"
	mm.Command("/two", url, func(c *model.Command) { c.Method = model.CommandMethodGet })
	mm.User("alice", dev).Run(dev, "/two prod")
	is := assertions.Require(t, mm)
	is.Called(url)
	is.Called("http://DeployBot.test:80/two%20words/?text=prod")
	for _, other := range []string{bot + "/two", bot + "/two%20words?key=b", bot + ":8080/two%20words", "https://deploybot.test/two%20words"} {
		f := newFailing()
		assertions.New(f, mm).Within(0).Called(other)
		require.Len(t, f.messages, 1, other)
		assert.Contains(t, f.messages[0], "it went to "+bot+"/two words?")
	}
}

func TestCalledTellsWhatTheIntegrationWasSentInstead(t *testing.T) {
	mm, dev, _ := talk(t)
	answering(mm, `{"text": "deploying"}`)
	mm.User("alice", dev).Run(dev, "/deploy prod")
	f := newFailing()
	assertions.New(f, mm).Called(bot+"/command", recorder.JSON("text", "test"))
	golden(t, f)
}

func TestAnsweredTellsWhatTheIntegrationAnsweredInstead(t *testing.T) {
	mm, dev, _ := talk(t)
	answering(mm, `{"text": "deploying"}`)
	mm.User("alice", dev).Run(dev, "/deploy prod")
	f := newFailing()
	assertions.New(f, mm).Answered(bot+"/command", recorder.AnswerJSON("text", "done"))
	golden(t, f)
}

func TestAnsweredTellsThatThereIsNoAnswer(t *testing.T) {
	mm, dev, _ := talk(t, mmfake.AllowUnanswered())
	mm.Mount(bot, http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }))
	mm.Command("/deploy", bot+"/command")
	mm.User("alice", dev).Run(dev, "/deploy prod")
	f := newFailing()
	assertions.New(f, mm).Answered(bot + "/command")
	golden(t, f)
}

func TestAnIntegrationWithoutAWholeURLFailsAtOnce(t *testing.T) {
	mm, _, _ := talk(t)
	f := newPatient()
	assertions.New(f, mm).Called("/command")
	golden(t, f)
}

func TestCommandedSeesActorsAndClients(t *testing.T) {
	mm, dev, robot := talk(t)
	answering(mm, `{}`)
	is := assertions.Require(t, mm)
	mm.User("alice", dev).Run(dev, "/deploy prod")
	assert.Equal(t, "alice", is.Commanded("/deploy prod").Actor)
	send(t, mm, robot, "POST", "/commands/execute", `{"channel_id":"`+dev.ID+`","command":"/deploy test"}`)
	assert.Equal(t, "robot", is.Commanded("/deploy", recorder.By("robot")).Actor)
}

func TestCommandedTellsWhichCommandsWereRun(t *testing.T) {
	mm, dev, _ := talk(t)
	answering(mm, `{}`)
	mm.User("alice", dev).Run(dev, "/deploy prod")
	f := newFailing()
	assertions.New(f, mm).Commanded("/deploy test")
	golden(t, f)
}

func TestACommandWithoutASlashFailsAtOnce(t *testing.T) {
	mm, _, _ := talk(t)
	f := newPatient()
	assertions.New(f, mm).Commanded("deploy")
	golden(t, f)
}

func TestWebhookedWaitsForTheRequest(t *testing.T) {
	mm := mmfake.New(t)
	hook := mm.IncomingWebhook(mm.Channel("dev"))
	var sending sync.WaitGroup
	defer sending.Wait()
	sending.Go(func() { sendHook(t, mm, hook.URL, `{"text":"green"}`) })
	assert.Equal(t, "green", assertions.Require(t, mm).Webhooked(hook, recorder.JSONContains("text", "green")).Request.Get("text").String())
}

func TestWebhookedTellsWhatTheWebhookWasSentInstead(t *testing.T) {
	mm := mmfake.New(t)
	hook := mm.IncomingWebhook(mm.Channel("dev"))
	sendHook(t, mm, hook.URL, `{"text":"red"}`)
	f := newFailing()
	assertions.New(f, mm).Webhooked(hook, recorder.JSON("text", "green"))
	golden(t, f)
}

func TestAWebhookOfAnotherServerFailsAtOnce(t *testing.T) {
	mm, other := mmfake.New(t, mmfake.InMemory()), mmfake.New(t, mmfake.InMemory(), mmfake.Seed("other"))
	f := newPatient()
	assertions.New(f, mm).Webhooked(other.IncomingWebhook(other.Channel("dev")))
	golden(t, f)

	hook := mm.IncomingWebhook(mm.Channel("dev"))
	sendHook(t, mm, hook.URL, `{"text":"green"}`)
	assert.True(t, hook.IsOf(mm.With(t)))
	byClient := &mmfake.IncomingWebhook{ID: hook.ID} // as the code under test may have made it
	assertions.New(t, mm).Webhooked(byClient)
	assert.False(t, byClient.IsOf(other))
}

// opener mounts a bot that opens a dialog for whoever runs /release.
func opener(mm *mmfake.Server) {
	mm.Mount(bot, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if gjson.GetBytes(body, "submission").Exists() {
			return
		}
		r.Body = io.NopCloser(strings.NewReader(string(body)))
		open := `{"trigger_id":"` + r.FormValue("trigger_id") + `","url":"` + bot + `/dialog","dialog":{"title":"Release","elements":[{"name":"reason","type":"text","optional":true}]}}`
		if resp, err := mm.Client().Post(mm.URL+"/api/v4/actions/dialogs/open", "application/json", strings.NewReader(open)); err == nil {
			resp.Body.Close()
		}
	}))
	mm.Command("/release", bot+"/command")
}

func TestDialogOpenedReturnsTheDialogToFillIn(t *testing.T) {
	mm, dev, _ := talk(t)
	opener(mm)
	alice := mm.User("alice", dev)
	var run sync.WaitGroup
	run.Go(func() { alice.Run(dev, "/release") })
	dialog := assertions.Require(t, mm).DialogOpened(alice, "Release")
	run.Wait()
	assert.NoError(t, alice.Submit(dialog, mmfake.Fields{"reason": "it is time"}).Err)
	assertions.Require(t, mm).Called(bot+"/dialog", recorder.JSON("submission.reason", "it is time"))
}

func TestDialogOpenedTellsWhichDialogIsThere(t *testing.T) {
	mm, dev, _ := talk(t)
	opener(mm)
	alice := mm.User("alice", dev)
	alice.Run(dev, "/release")
	f := newFailing()
	assert.Nil(t, assertions.New(f, mm).DialogOpened(alice, "Rollback"))
	golden(t, f)
}

func TestADialogForNobodyFailsAtOnce(t *testing.T) {
	mm, _, _ := talk(t)
	f := newPatient()
	assert.Nil(t, assertions.New(f, mm).DialogOpened(nil, "Release"))
	require.Len(t, f.messages, 1)
	assert.Contains(t, f.messages[0], "needs an actor")
}
