package assertions_test

import (
	"fmt"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/assertions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// In a test, t is its *testing.T.
var t = printing{}

type printing struct{}

func (printing) Helper()                           {}
func (printing) FailNow()                          {}
func (printing) Errorf(format string, args ...any) { fmt.Printf(format, args...) }

// notify is the code under test: it reports a build to a webhook.
func notify(mm *mmfake.Server, url string) {
	body := `{"attachments": [{"title": "Build 7", "color": "good"}]}`
	response, err := mm.Client().Post(url, "application/json", strings.NewReader(body))
	if err == nil {
		response.Body.Close()
	}
}

func start() *mmfake.Server {
	mm, err := mmfake.Start()
	if err != nil {
		panic(err)
	}
	return mm
}

func ExampleNew() {
	mm := start() // in a test: mmfake.New(t)
	defer mm.Close()
	builds := mm.Channel("builds")
	go notify(mm, mm.IncomingWebhook(builds).URL)

	is := assertions.New(t, mm)
	is.Posted(mmfake.In(builds), mmfake.Attachment(model.Attachment{Title: "Build 7"}))
	is.NotPosted(mmfake.Contains("failed"))
	is.Exchanged(1, recorder.Route("POST /hooks/{hook_id}"), recorder.Status(200))
	// Output:
}

func ExampleRequire() {
	mm := start()
	defer mm.Close()
	dev := mm.Channel("dev")
	mm.User("alice", dev).Post(dev, "hello")

	is := assertions.Require(t, mm) // a failure ends the test
	fmt.Println(is.Posted(mmfake.Contains("hello")))
	// Output: @alice in ~dev: hello
}

func ExampleAssertions_Posted() {
	mm := start()
	defer mm.Close()
	dev := mm.Channel("dev")
	robot := mm.Bot("robot", dev)
	go robot.Post(dev, "all green")

	post := assertions.New(t, mm).Posted(mmfake.In(dev), mmfake.By(robot), mmfake.Contains("green"))
	fmt.Println(post.Message)
	// Output: all green
}

func ExampleAssertions_NotPosted() {
	mm := start()
	defer mm.Close()
	dev := mm.Channel("dev")
	mm.User("alice", dev).Post(dev, "hello")

	fmt.Println(assertions.New(t, mm).NotPosted(mmfake.In(dev), mmfake.Contains("secret")))
	// Output: true
}

func ExampleAssertions_Exchanged() {
	mm := start()
	defer mm.Close()
	notify(mm, mm.IncomingWebhook(mm.Channel("builds")).URL)

	found := assertions.New(t, mm).Exchanged(1, recorder.OfKind(recorder.KindWebhook))
	fmt.Println(found[0].Request.Get("attachments.0.title"))
	// Output: Build 7
}

func ExampleAssertions_Within() {
	mm := start()
	defer mm.Close()
	dev := mm.Channel("dev")
	mm.User("alice", dev).Post(dev, "hello")

	is := assertions.New(t, mm).Within(0) // what is there now, without waiting
	fmt.Println(is.Posted(mmfake.Text("hello")).Author)
	// Output: alice
}
