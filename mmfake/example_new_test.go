package mmfake_test

import (
	"fmt"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// What a test needs is made when it is named. The server is closed when the test
// ends.
func ExampleNew() {
	var t fakeTest // stands for the test's *testing.T
	defer t.end()

	mm := mmfake.New(&t)
	dev := mm.Channel("dev")
	alice, robot := mm.User("alice", dev), mm.Bot("deploybot", dev)
	question := alice.Post(dev, "@deploybot status")
	robot.Reply(question, "all green")

	for _, p := range dev.Posts() {
		fmt.Println(p)
	}
	// Output:
	// @alice in ~dev: @deploybot status
	// @deploybot in ~dev: all green
}

// A server without a port is reached through its own client.
func ExampleInMemory() {
	mm := started(mmfake.InMemory())
	defer mm.Close()
	hook := mm.IncomingWebhook(mm.Channel("builds"))

	response, err := mm.Client().Post(hook.URL, "application/json", strings.NewReader(`{"text":"build 7 passed"}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	response.Body.Close()

	fmt.Println(mm.URL, response.Status)
	fmt.Println(mm.Posts()[0])
	// Output:
	// http://mattermost.test 200 OK
	// @sysadmin in ~builds: build 7 passed
}

// The first two posts fail; what an actor posts does not.
func ExampleServer_Fail() {
	mm := started(mmfake.InMemory())
	defer mm.Close()
	dev := mm.Channel("dev")
	robot := mm.Bot("robot", dev)
	mm.Fail(recorder.Route("POST /api/v4/posts"), mmfake.Status(503), mmfake.Times(2))

	for range 3 {
		fmt.Println(ask(mm, robot, "POST /api/v4/posts", `{"channel_id":"`+dev.ID+`","message":"hi"}`).status)
	}
	mm.User("alice", dev).Post(dev, "good morning")
	for ex := range mm.Journal.Each(recorder.Status(503)) {
		fmt.Println(ex)
	}
	// Output:
	// 503
	// 503
	// 201
	// #1 api in POST /api/v4/posts by robot: 503 (fault: status 503)
	// #2 api in POST /api/v4/posts by robot: 503 (fault: status 503)
}

// A fakeTest is what an example has in place of a test.
type fakeTest struct{ ends []func() }

func (*fakeTest) Helper()                           {}
func (*fakeTest) Name() string                      { return "an example" }
func (*fakeTest) Logf(string, ...any)               {}
func (*fakeTest) Failed() bool                      { return false }
func (t *fakeTest) Cleanup(f func())                { t.ends = append(t.ends, f) }
func (*fakeTest) Errorf(format string, args ...any) { fmt.Printf(format+"\n", args...) }
func (*fakeTest) Fatalf(format string, args ...any) { panic(fmt.Sprintf(format, args...)) }

func (t *fakeTest) end() {
	for _, f := range t.ends {
		f()
	}
}
