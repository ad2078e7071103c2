package assertions_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/assertions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

var update = flag.Bool("update", false, "rewrite the files in testdata")

// A failing is a test that keeps what it is told. FailNow only counts.
type failing struct {
	messages []string
	stopped  int
	deadline time.Time
}

func (f *failing) Helper()  {}
func (f *failing) FailNow() { f.stopped++ }
func (f *failing) Errorf(format string, args ...any) {
	f.messages = append(f.messages, fmt.Sprintf(format, args...))
}

// Deadline says that the test ends soon, so that no test here waits for the limit.
func (f *failing) Deadline() (time.Time, bool) { return f.deadline, true }

func newFailing() *failing { return &failing{deadline: time.Now().Add(150 * time.Millisecond)} }

// golden compares the one failure that there is with a file of testdata.
func golden(t *testing.T, f *failing) {
	t.Helper()
	require.Len(t, f.messages, 1)
	_, message, found := strings.Cut(f.messages[0], "Error:      \t")
	require.True(t, found, f.messages[0])
	message = regexp.MustCompile(`waited \d+ms`).ReplaceAllString(message, "waited …")
	message = regexp.MustCompile(`(?m)^[ \t]+\t| +$`).ReplaceAllString(message, "")
	message = regexp.MustCompile(`/hooks/[a-z0-9]{26}`).ReplaceAllString(message, "/hooks/…")
	file := filepath.Join("testdata", t.Name()+".txt")
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(message), 0o644))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err, "go test -update writes it")
	assert.Equal(t, string(want), message)
}

// talk is a server with a conversation in it.
func talk(t *testing.T) (mm *mmfake.Server, dev *mmfake.Channel, robot *mmfake.Actor) {
	t.Helper()
	mm = mmfake.New(t)
	dev = mm.Channel("dev")
	robot = mm.Bot("robot", dev)
	mm.User("alice", dev).Post(dev, "@robot deploy to prod")
	robot.Post(dev, "deploying to test")
	return mm, dev, robot
}

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
	f := &failing{deadline: time.Now().Add(time.Hour)}
	assertions.New(f, mm).Posted(mmfake.By(nil))
	golden(t, f)
}

func TestPostedEndsWhenTheServerIsClosed(t *testing.T) {
	mm, _, _ := talk(t)
	f := &failing{deadline: time.Now().Add(time.Hour)}
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
	f := newFailing()
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
	f := newFailing()
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
