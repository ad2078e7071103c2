package assertions_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/seed-a46829e6/mattermost-fake/assertions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

func TestPostedReturnsTheOldestPostThatMeetsAll(t *testing.T) {
	mm, dev, robot := talk(t)
	robot.Post(dev, "deploying again")
	post := assertions.New(t, mm).Posted(mmfake.In(dev), mmfake.By(robot), mmfake.Contains("deploying"))
	assert.Equal(t, "deploying to test", post.Message)
}

func TestPostedWaitsForThePost(t *testing.T) {
	mm, dev, robot := talk(t)
	go robot.Post(dev, "all green")
	assertions.New(t, mm).Posted(mmfake.By(robot), mmfake.Text("all green"))
}

func TestPostedWaitsForAnEdit(t *testing.T) {
	mm, dev, robot := talk(t)
	post := robot.Post(dev, "running")
	go robot.Edit(post, "done")
	assert.Equal(t, post.ID, assertions.New(t, mm).Posted(mmfake.Text("done")).ID)
}

func TestPostedTellsWhatTheNearestPostHasInstead(t *testing.T) {
	mm, dev, robot := talk(t)
	f := newFailing()
	post := assertions.New(f, mm).Posted(mmfake.In(dev), mmfake.By(robot), mmfake.Text("deploying to prod"))
	assert.Nil(t, post)
	assert.Zero(t, f.stopped)
	golden(t, f)
}

func TestPostedTellsWhereALongTextDiffers(t *testing.T) {
	mm, dev, robot := talk(t)
	report := strings.Repeat("and one more service is up\n", 20)
	robot.Post(dev, report+"7 failures\n"+report)
	f := newFailing()
	assertions.New(f, mm).Posted(mmfake.By(robot), mmfake.Text(report+"8 failures\n"+report))
	golden(t, f)
}

func TestPostedTellsOfAnEmptyServer(t *testing.T) {
	mm := mmfake.New(t)
	f := newFailing()
	assertions.New(f, mm).Posted(mmfake.Contains("green"))
	golden(t, f)
}

func TestPostedTellsWhichFieldOfAnAttachmentDiffers(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	sendHook(t, mm, mm.IncomingWebhook(dev).URL, `{"attachments":[{"title":"Build 7","color":"danger","fields":[{"title":"branch","value":"main"}]}]}`)
	is := assertions.New(t, mm)
	is.Posted(mmfake.Attachment(model.Attachment{Title: "Build 7", Fields: []*model.AttachmentField{{Title: "branch", Value: "main"}}}))
	is.Posted(mmfake.Attachment(model.Attachment{}))
	f := newFailing()
	assertions.New(f, mm).Posted(mmfake.Attachment(model.Attachment{Title: "Build 7", Color: "good"}))
	golden(t, f)
}

func TestPostedTellsThatAPostHasNoAttachment(t *testing.T) {
	mm, _, robot := talk(t)
	f := newFailing()
	assertions.New(f, mm).Posted(mmfake.By(robot), mmfake.Attachment(model.Attachment{Title: "Build 7"}))
	golden(t, f)
}

func TestPostedTellsOnlyOfTheLatestPosts(t *testing.T) {
	mm, dev, robot := talk(t)
	for n := range 20 {
		robot.Post(dev, fmt.Sprintf("step %d", n))
	}
	f := newFailing()
	assertions.New(f, mm).Posted(mmfake.Text("step 20"))
	golden(t, f)
}

func TestAConditionThatCanNeverHoldFailsAtOnce(t *testing.T) {
	mm := mmfake.New(t)
	f := newPatient()
	assertions.New(f, mm).Posted(mmfake.By(nil))
	golden(t, f)
}

func TestPostedEndsWhenTheServerIsClosed(t *testing.T) {
	mm, _, _ := talk(t)
	f := newPatient()
	mm.Close()
	start := time.Now()
	assertions.New(f, mm).Within(time.Minute).Posted(mmfake.Text("never"))
	assert.Len(t, f.messages, 1)
	assert.Less(t, time.Since(start), 10*time.Second)
}

func TestNotPostedShowsThePostThatShouldNotBeThere(t *testing.T) {
	mm, dev, robot := talk(t)
	is := assertions.New(t, mm)
	assert.True(t, is.NotPosted(mmfake.In(dev), mmfake.Text("deploying to prod")))
	f := newPatient()
	assert.False(t, assertions.New(f, mm).NotPosted(mmfake.In(dev), mmfake.By(robot)))
	golden(t, f)
}

func TestConditionsCanBeCombined(t *testing.T) {
	mm, dev, robot := talk(t)
	is := assertions.New(t, mm)
	is.Posted(recorder.Not(mmfake.By(robot)), recorder.Or(mmfake.Text("hello"), mmfake.Contains("prod")))
	is.NotPosted(mmfake.In(dev), recorder.Not(mmfake.Contains("deploy")))
}

func TestExchangedWaitsForSoManyRequests(t *testing.T) {
	mm := mmfake.New(t)
	hook := mm.IncomingWebhook(mm.Channel("dev"))
	var senders sync.WaitGroup
	defer senders.Wait() // the journal knows of a request before its client has the answer
	for range 2 {
		senders.Go(func() { sendHook(t, mm, hook.URL, `{"text":"a"}`) })
	}
	found := assertions.New(t, mm).Exchanged(2, recorder.Route("POST /hooks/{hook_id}"), recorder.Status(200))
	assert.Equal(t, "a", found[1].Request.Get("text").String())
	assertions.New(t, mm).Exchanged(0, recorder.Route("POST /api/v4/posts"))
}

func TestExchangedTellsWhatTheNearestRequestHasInstead(t *testing.T) {
	mm := mmfake.New(t)
	hook := mm.IncomingWebhook(mm.Channel("dev"))
	sendHook(t, mm, hook.URL, `{"text":"a"}`)
	sendHook(t, mm, hook.URL, `{}`)
	f := newFailing()
	assertions.New(f, mm).Exchanged(2, recorder.Route("POST /hooks/{hook_id}"), recorder.Status(200))
	golden(t, f)
}

func TestExchangedTellsOfRequestsThatAreTooMany(t *testing.T) {
	mm := mmfake.New(t)
	hook := mm.IncomingWebhook(mm.Channel("dev"))
	sendHook(t, mm, hook.URL, `{"text":"a"}`)
	sendHook(t, mm, hook.URL, `{"text":"b"}`)
	f := newPatient()
	assertions.New(f, mm).Exchanged(1, recorder.Route("POST /hooks/{hook_id}"))
	golden(t, f)
}

func TestRequireEndsTheTest(t *testing.T) {
	mm := mmfake.New(t)
	f := newFailing()
	assertions.Require(f, mm).Posted(mmfake.Text("never"))
	assertions.Require(f, mm).Exchanged(1)
	assert.Equal(t, 2, f.stopped)
}
