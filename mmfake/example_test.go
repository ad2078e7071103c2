package mmfake_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// The examples start servers of their own. A test says mm := mmfake.New(t) instead,
// and leaves closing to it.
func started(options ...mmfake.Option) *mmfake.Server {
	mm, err := mmfake.Start(options...)
	if err != nil {
		panic(err)
	}
	return mm
}

func ExampleStart() {
	mm, err := mmfake.Start(mmfake.Listen("127.0.0.1:0"))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer mm.Close()
	fmt.Println(mm.Admin.Username, mm.Admin.Password)
	// Output: sysadmin Sys@dmin-sample1
}

func ExampleServer_Client() {
	mm := started()
	defer mm.Close()
	request, _ := http.NewRequest(http.MethodGet, mm.URL+"/api/v4/users/me", nil)
	request.Header.Set("Authorization", "Bearer "+mm.User("alice").Token)
	response, err := mm.Client().Do(request)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer response.Body.Close()
	var me model.User
	json.NewDecoder(response.Body).Decode(&me)
	fmt.Println(response.Status, me.Username)
	// Output: 200 OK alice
}

func ExampleServer_IncomingWebhook() {
	mm := started()
	defer mm.Close()
	builds := mm.Channel("builds")
	hook := mm.IncomingWebhook(builds)
	response, err := mm.Client().Post(hook.URL, "application/json", strings.NewReader(`{"text": "build 7 passed"}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer response.Body.Close()
	answer, _ := io.ReadAll(response.Body)
	fmt.Println(string(answer), hook.IsOf(mm))
	fmt.Println(builds.Posts()[0])
	// Output:
	// ok true
	// @sysadmin in ~builds: build 7 passed
}

func ExampleServer_User() {
	mm := started()
	defer mm.Close()
	dev := mm.Channel("dev")
	alice := mm.User("alice", dev)
	robot := mm.Bot("robot", dev)

	question := alice.Post(dev, "is it green?")
	answer := robot.Reply(question, "yes")
	robot.Edit(answer, "yes, since 9:00")
	alice.React(answer, "tada")
	alice.Post(alice.Direct(robot), "thanks")
	for _, p := range dev.Posts() {
		fmt.Println(p)
	}
	// Output:
	// @alice in ~dev: is it green?
	// @robot in ~dev: yes, since 9:00
}

func ExampleServer_Team() {
	mm := started()
	defer mm.Close()
	sales := mm.Team("sales")
	leads := sales.PrivateChannel("leads")
	fmt.Println(mm.User("bob", leads).Post(leads, "one more"))
	// Output: @bob in ~leads: one more
}

func ExampleServer_Mount() {
	mm := started()
	defer mm.Close()
	mm.Mount("http://bot.test", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(model.CommandResponse{Text: "deploying to " + r.FormValue("text")})
	}))
	mm.Command("/deploy", "http://bot.test/command")
	dev := mm.Channel("dev")

	answer := mm.User("alice", dev).Run(dev, "/deploy prod")

	fmt.Println(answer.Status, answer.Ephemeral.Message)
	fmt.Println(answer.Exchange.Request.Get("user_name"))
	// Output:
	// 200 deploying to prod
	// alice
}

func ExampleActor_Click() {
	mm := started()
	defer mm.Close()
	mm.Mount("http://bot.test", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(model.ActionResponse{EphemeralText: "noted"})
	}))
	dev := mm.Channel("dev")
	mm.Client().Post(mm.IncomingWebhook(dev).URL, "application/json", strings.NewReader(`{"attachments": [{"text": "Release?",
		"actions": [{"id": "yes", "name": "Approve", "integration": {"url": "http://bot.test/approve"}}]}]}`))
	alice := mm.User("alice", dev)

	answer := alice.Click(dev.Posts()[0], "Approve")

	fmt.Println(answer.Ephemeral.Message)
	// Output: noted
}

func ExampleServer_WaitForPost() {
	mm := started()
	defer mm.Close()
	dev := mm.Channel("dev")
	robot := mm.Bot("robot", dev)
	go robot.Post(dev, "all green")

	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	post, err := mm.WaitForPost(ctx, mmfake.In(dev), mmfake.By(robot), mmfake.Contains("green"))
	fmt.Println(post, err)
	// Output: @robot in ~dev: all green <nil>
}

func ExampleAttachment() {
	passed := mmfake.Attachment(model.Attachment{Title: "Build 7", Color: "good"})
	post := &mmfake.Post{Post: model.Post{Props: model.Props{
		"attachments": []*model.Attachment{{Title: "Build 7", Color: "danger", Text: "2 tests failed"}},
	}}}
	fmt.Println(passed.Miss(post))
	// Output: attachment 1: color is "danger", wanted "good"
}

func ExampleActor_AccessToken() {
	mm := started(mmfake.Seed("example"))
	defer mm.Close()
	token := mm.User("alice").AccessToken("for the nightly job")
	fmt.Println(len(token))
	// Output: 26
}

func ExampleConfigure() {
	mm := started(mmfake.Configure(func(s *mmfake.Settings) { s.EnableIncomingWebhooks = false }))
	defer mm.Close()
	hook := mm.IncomingWebhook(mm.Channel("builds"))
	response, err := mm.Client().Post(hook.URL, "application/json", strings.NewReader(`{"text": "build 7 passed"}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	response.Body.Close()
	fmt.Println(response.Status)
	// Output: 501 Not Implemented
}

func ExampleVersion() {
	mm := started(mmfake.Version("5.36"))
	defer mm.Close()
	response, err := mm.Client().Get(mm.URL + "/api/v4/system/ping")
	if err != nil {
		fmt.Println(err)
		return
	}
	response.Body.Close()
	fmt.Println(response.Header.Get("X-Version-Id")[:4])
	// Output: 5.36
}

func ExampleSeed() {
	first, second := started(mmfake.Seed("a")), started(mmfake.Seed("a"))
	defer first.Close()
	defer second.Close()
	fmt.Println(first.Admin.ID == second.Admin.ID, first.Admin.Token == second.Admin.Token)
	// Output: true true
}

func ExampleJournalLimits() {
	mm := started(mmfake.JournalLimits(recorder.Limits{Exchanges: 2}))
	defer mm.Close()
	for range 5 {
		if response, err := mm.Client().Get(mm.URL + "/api/v4/system/ping"); err == nil {
			response.Body.Close()
		}
	}
	fmt.Println(mm.Journal.Len(), mm.Journal.Dropped())
	// Output: 2 3
}

func ExampleServer_Shutdown() {
	mm := started()
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	fmt.Println(mm.Shutdown(ctx))
	// Output: <nil>
}
