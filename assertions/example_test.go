package assertions_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"time"

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

// deploy is the code under test: it answers the command /deploy.
func deploy(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	io.WriteString(w, `{"text": "deploying `+r.FormValue("text")+`"}`)
}

// release is the code under test: it opens a dialog for who clicks its button.
func release(mm *mmfake.Server) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		body := `{"trigger_id": "` + r.FormValue("trigger_id") + `", "url": "http://deploybot.test/dialog", "dialog": {"title": "Release"}}`
		if response, err := mm.Client().Post(mm.URL+"/api/v4/actions/dialogs/open", "application/json", strings.NewReader(body)); err == nil {
			response.Body.Close()
		}
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

func ExampleAssertions() {
	mm := start()
	defer mm.Close()
	builds := mm.Channel("builds")
	hook := mm.IncomingWebhook(builds)

	reported := func(is *assertions.Assertions) { // what several tests ask
		is.Webhooked(hook)
		is.Posted(mmfake.In(builds))
		is.NoErrors()
	}
	notify(mm, hook.URL)
	reported(assertions.New(t, mm))
	// Output:
}

// Anything that can tell of a failure will do for a test.
func ExampleTestingT() {
	mm := start()
	defer mm.Close()
	var t assertions.TestingT = printing{}
	fmt.Println(assertions.New(t, mm).NotPosted(mmfake.Contains("secret")))
	// Output: true
}

func ExampleDefaultLimit() {
	mm := start()
	defer mm.Close()
	dev := mm.Channel("dev")
	robot := mm.Bot("robot", dev)
	go robot.Post(dev, "all green")

	patient := assertions.New(t, mm).Within(5 * assertions.DefaultLimit) // for what takes long
	fmt.Println(patient.Posted(mmfake.By(robot)).Message)
	// Output: all green
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

func ExampleAssertions_PostedInOrder() {
	mm := start()
	defer mm.Close()
	dev := mm.Channel("dev")
	robot := mm.Bot("robot", dev)
	go func() {
		robot.Post(dev, "deploying")
		robot.Post(dev, "done")
	}()

	found := assertions.New(t, mm).PostedInOrder(mmfake.Text("deploying"), recorder.And(mmfake.By(robot), mmfake.Text("done")))
	fmt.Println(len(found))
	// Output: 2
}

func ExampleAssertions_Posts() {
	mm := start()
	defer mm.Close()
	dev := mm.Channel("dev")
	robot := mm.Bot("robot", dev)
	go func() {
		for n := range 3 {
			robot.Post(dev, fmt.Sprintf("step %d", n+1))
		}
	}()

	found := assertions.New(t, mm).Posts(3, mmfake.By(robot), mmfake.Regexp(`^step \d$`)) // no more, no less
	fmt.Println(found[2].Message)
	// Output: step 3
}

func ExampleAssertions_Ephemeral() {
	mm := start()
	defer mm.Close()
	dev := mm.Channel("dev")
	alice := mm.User("alice", dev)
	mm.Mount("http://deploybot.test", http.HandlerFunc(deploy))
	mm.Command("/deploy", "http://deploybot.test/command")
	alice.Run(dev, "/deploy prod")

	fmt.Println(assertions.New(t, mm).Ephemeral(alice, mmfake.Contains("prod")).Message)
	// Output: deploying prod
}

func ExampleAssertions_Updated() {
	mm := start()
	defer mm.Close()
	dev := mm.Channel("dev")
	robot := mm.Bot("robot", dev)
	post := robot.Post(dev, "running")
	go robot.Edit(post, "done")

	fmt.Println(assertions.New(t, mm).Updated(post, mmfake.Text("done")))
	// Output: @robot in ~dev: done
}

func ExampleAssertions_Deleted() {
	mm := start()
	defer mm.Close()
	dev := mm.Channel("dev")
	robot := mm.Bot("robot", dev)
	post := robot.Post(dev, "running")
	go robot.Delete(post)

	fmt.Println(assertions.New(t, mm).Deleted(post))
	// Output: true
}

func ExampleAssertions_Reacted() {
	mm := start()
	defer mm.Close()
	dev := mm.Channel("dev")
	robot := mm.Bot("robot", dev)
	question := mm.User("alice", dev).Post(dev, "@robot deploy")
	go robot.React(question, "eyes")

	fmt.Println(assertions.New(t, mm).Reacted(question, robot, ":eyes:"))
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

func ExampleAssertions_NotExchanged() {
	mm := start()
	defer mm.Close()
	notify(mm, mm.IncomingWebhook(mm.Channel("builds")).URL)

	fmt.Println(assertions.New(t, mm).NotExchanged(recorder.OfKind(recorder.KindAPI))) // it uses webhooks only
	// Output: true
}

func ExampleAssertions_NoErrors() {
	mm := start()
	defer mm.Close()
	notify(mm, mm.IncomingWebhook(mm.Channel("builds")).URL)

	fmt.Println(assertions.New(t, mm).NoErrors())
	// Output: true
}

func ExampleAssertions_Called() {
	mm := start()
	defer mm.Close()
	dev := mm.Channel("dev")
	mm.Mount("http://deploybot.test", http.HandlerFunc(deploy))
	mm.Command("/deploy", "http://deploybot.test/command")
	mm.User("alice", dev).Run(dev, "/deploy prod")

	called := assertions.New(t, mm).Called("http://deploybot.test/command", recorder.JSON("text", "prod"))
	fmt.Println(called.Request.Get("user_name"))
	// Output: alice
}

func ExampleAssertions_Answered() {
	mm := start()
	defer mm.Close()
	dev := mm.Channel("dev")
	mm.Mount("http://deploybot.test", http.HandlerFunc(deploy))
	mm.Command("/deploy", "http://deploybot.test/command")
	mm.User("alice", dev).Run(dev, "/deploy prod")

	answered := assertions.New(t, mm).Answered("http://deploybot.test/command", recorder.AnswerJSONContains("text", "deploying"))
	fmt.Println(answered.Response.Text())
	// Output: {"text": "deploying prod"}
}

func ExampleAssertions_Commanded() {
	mm := start()
	defer mm.Close()
	dev := mm.Channel("dev")
	mm.Mount("http://deploybot.test", http.HandlerFunc(deploy))
	mm.Command("/deploy", "http://deploybot.test/command")
	mm.User("alice", dev).Run(dev, "/deploy prod")

	fmt.Println(assertions.New(t, mm).Commanded("/deploy", recorder.By("alice")) != nil)
	// Output: true
}

func ExampleAssertions_Webhooked() {
	mm := start()
	defer mm.Close()
	hook := mm.IncomingWebhook(mm.Channel("builds"))
	go notify(mm, hook.URL)

	sent := assertions.New(t, mm).Webhooked(hook, recorder.JSON("attachments.0.color", "good"))
	fmt.Println(sent.Response.Text())
	// Output: ok
}

func ExampleAssertions_DialogOpened() {
	mm := start()
	defer mm.Close()
	dev := mm.Channel("dev")
	alice := mm.User("alice", dev)
	mm.Mount("http://deploybot.test", release(mm))
	mm.Command("/release", "http://deploybot.test/command")
	go alice.Run(dev, "/release")

	dialog := assertions.New(t, mm).DialogOpened(alice, "Release")
	fmt.Println(alice.Submit(dialog, nil).Status)
	// Output: 200
}

func ExampleAssertions_Within() {
	mm := start()
	defer mm.Close()
	dev := mm.Channel("dev")
	mm.User("alice", dev).Post(dev, "hello")

	is := assertions.New(t, mm).Within(0) // what is there now, without waiting
	fmt.Println(is.Posted(mmfake.Text("hello")).Author)
	fmt.Println(is.Within(time.Second).Posts(1, mmfake.Text("hello"))[0].Author)
	// Output:
	// alice
	// alice
}

// deployed is a fixture of one post, which a test would load from its file.
const deployed = `{"format": 1, "names": {"channel": ["dev"]}, "exchanges": [{
	"kind": "api", "direction": "in",
	"request": {"method": "POST", "path": "/api/v4/posts", "json": {"channel_id": "{channel.dev}", "message": "deployed"}},
	"answer": {"status": 201, "json": {}}}]}`

func replay() *recorder.Replay {
	fixture, err := recorder.ParseFixture("deployed.json", []byte(deployed))
	if err != nil {
		panic(err)
	}
	return recorder.NewReplay(fixture) // in a test: mmfake.Replay(t, "testdata/deployed.json")
}

// tell is the code under test: it posts that something is deployed.
func tell(url, channelID string) {
	body := `{"channel_id": "` + channelID + `", "message": "deployed"}`
	if response, err := http.Post(url+"/api/v4/posts", "application/json", strings.NewReader(body)); err == nil {
		response.Body.Close()
	}
}

func ExampleAllReplayed() {
	replayed := replay()
	defer replayed.Close()
	server := httptest.NewServer(replayed)
	defer server.Close()
	go tell(server.URL, replayed.Value("channel.dev"))

	fmt.Println(assertions.AllReplayed(t, replayed))
	// Output: true
}

func ExampleAssertions_AllReplayed() {
	mm := start()
	defer mm.Close()
	replayed := replay()
	defer replayed.Close()
	server := httptest.NewServer(replayed)
	defer server.Close()
	go tell(server.URL, replayed.Value("channel.dev"))

	is := assertions.New(t, mm) // a fake beside the replay, such as that of mmfake.FallThrough
	fmt.Println(is.Within(time.Second).AllReplayed(replayed))
	// Output: true
}

func ExampleReplay() {
	var replayed assertions.Replay = replay() // or what mmfake.Replay returns
	fmt.Println(replayed.Unused())
	// Output: [exchange 1, POST /api/v4/posts]
}

func ExampleTranscript() {
	mm := start()
	defer mm.Close()
	dev := mm.Channel("dev")
	mm.Mount("http://deploybot.test", http.HandlerFunc(deploy))
	mm.Command("/deploy", "http://deploybot.test/command")
	mm.User("alice", dev).Run(dev, "/deploy prod")

	file := filepath.Join("testdata", "deploy.golden") // go test -update writes it
	assertions.Transcript(t, mm, file)
	text, _ := os.ReadFile(file)
	fmt.Print(string(text))
	// Output:
	// @alice runs in ~dev: /deploy prod
	// mattermost POST http://deploybot.test/command → 200 {"text":"deploying prod"}
	//     told the user: deploying prod
}
