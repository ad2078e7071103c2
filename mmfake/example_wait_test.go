package mmfake_test

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// Conditions on posts, alone and combined. assertions.Posted and WaitForPost take them.
func ExamplePostMatch() {
	mm := started(mmfake.InMemory())
	defer mm.Close()
	dev := mm.Channel("dev")
	alice, robot := mm.User("alice", dev), mm.Bot("robot", dev)
	asking(mm, dev)
	question := alice.Post(dev, "@robot deploy to prod")
	robot.Reply(question, "deploying")

	for _, match := range []mmfake.PostMatch{
		mmfake.In(dev), mmfake.By(robot), mmfake.Text("deploying"), mmfake.Contains("deploy"), mmfake.Regexp("^deploy"),
		mmfake.Mentions(robot), mmfake.InThread(question), mmfake.Button("Approve"), mmfake.WithFile("log.txt"),
		recorder.And(mmfake.By(alice), recorder.Not(mmfake.Contains("test"))),
		{Want: "no more than ten characters", Miss: func(p *mmfake.Post) string {
			if len(p.Message) <= 10 {
				return ""
			}
			return fmt.Sprint("it has ", len(p.Message))
		}},
	} {
		count := 0
		for _, p := range mm.Posts() {
			if match.Meets(p) {
				count++
			}
		}
		fmt.Println(count, match.Want)
	}
	// Output:
	// 3 in ~dev
	// 1 by @robot
	// 1 text "deploying"
	// 2 text containing "deploy"
	// 1 text matching /^deploy/
	// 1 mentioning @robot
	// 1 in the thread of @alice in ~dev: @robot deploy to prod
	// 1 a button "Approve"
	// 0 a file "log.txt"
	// 1 by @alice and not (text containing "test")
	// 2 no more than ten characters
}

// The conditions may be about messages that only one user sees, and about another
// server.
func ExampleServer_Candidates() {
	mm, other := started(mmfake.InMemory()), started(mmfake.InMemory())
	defer mm.Close()
	defer other.Close()
	dev := mm.Channel("dev")
	alice := mm.User("alice", dev)
	alice.Run(dev, "/echo") // alone, which alice is told is wrong
	alice.Post(dev, "hello")

	posts, _ := mm.Candidates(mmfake.By(alice))
	all, _ := mm.Candidates(mmfake.Ephemeral(alice))
	_, err := mm.Candidates(mmfake.By(other.User("alice")))
	fmt.Println(len(posts), len(all), err)
	// Output: 1 2 @alice is of another server: ask this one for the user or bot
}

func ExampleServer_Settle() {
	mm := started(mmfake.InMemory())
	defer mm.Close()
	dev := mm.Channel("dev")
	answer := make(chan struct{})
	mm.Mount("http://bot.test", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		<-answer
		fmt.Fprint(w, `{"text": "I am here"}`)
	}))
	mm.OutgoingWebhook(dev, "http://bot.test/hook")
	mm.User("alice", dev).Post(dev, "is anybody here?")

	fmt.Println(mm.InFlight())
	close(answer)
	fmt.Println(mm.Settle(tooLong()), len(dev.Posts()))
	// Output:
	// [POST http://bot.test/hook]
	// <nil> 2
}

func ExampleServer_WaitFor() {
	mm := started(mmfake.InMemory())
	defer mm.Close()
	dev := mm.Channel("dev")
	robot := mm.Bot("robot", dev)
	post := robot.Post(dev, "running")
	go func() {
		robot.React(post, "tada")
		robot.Edit(post, "done")
	}()

	err := mm.WaitFor(tooLong(), func() bool {
		now, _ := mm.Current(post)
		return now.Message == "done"
	})
	reactions, _ := mm.Reactions(post)
	fmt.Println(err, reactions)
	// Output: <nil> [:tada: by @robot]
}

func ExampleServer_Transcript() {
	mm := started(mmfake.InMemory())
	defer mm.Close()
	dev := mm.Channel("dev")
	question := mm.User("alice", dev).Post(dev, "is it green?")
	response, err := mm.Client().Post(mm.IncomingWebhook(dev).URL, "application/json", strings.NewReader(`{"text": "build 7 passed"}`))
	if err == nil {
		response.Body.Close()
	}
	mm.Bot("robot", dev).React(question, "tada")
	mm.Restart()

	fmt.Print(mm.Transcript())
	for ex := range mm.Journal.Each(recorder.OfKind(recorder.KindActor)) {
		fmt.Println(ex)
	}
	// Output:
	// @alice posts in ~dev: is it green?
	// somebody POST /hooks/id-1 {"text":"build 7 passed"} → 200
	// @robot reacts with :tada: to "is it green?"
	// the server restarts
	// #1 actor in by alice: {"does":"posts","in":"dev","what":"is it green?"}
	// #3 actor in by robot: {"does":"reacts with :tada: to \"is it green?\""}
	// #4 actor in: {"does":"the server restarts"}
}
