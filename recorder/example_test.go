package recorder_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// deploys returns a journal in which alice asked a bot to deploy, and the bot
// posted twice, the first time in vain.
func deploys() *recorder.Journal {
	return journalOf(
		&recorder.Exchange{
			Kind: recorder.KindCallback, Direction: recorder.Out, Actor: "alice",
			Request: recorder.Request{
				Method: "POST", Origin: "http://bot.test", Path: "/command", Query: "v=1",
				Message: message("application/x-www-form-urlencoded", "command=%2Fdeploy&text=prod"),
			},
			Response: recorder.Response{Status: 200, Message: jsonMessage(`{"text":"on it"}`)},
		},
		posted("deploybot", "deploying to prod", 503),
		posted("deploybot", "deploying to prod", 201),
	)
}

func Example() {
	journal := deploys()
	fmt.Println(journal.Count(recorder.Route("POST /api/v4/posts"), recorder.By("deploybot")), "posts")

	command, _ := journal.Last(recorder.OfKind(recorder.KindCallback))
	fmt.Println(command.Request.Get("text"), "->", command.Response.Get("text"))
	// Output:
	// 2 posts
	// prod -> on it
}

func ExampleNewJournal() {
	journal := recorder.NewJournal(recorder.Limits{Exchanges: 2, Body: 10})
	for _, text := range []string{"one", "two", "three"} {
		journal.Append(posted("alice", text, 201))
	}
	last, _ := journal.Last()
	fmt.Println(journal.Len(), "kept,", journal.Dropped(), "dropped")
	fmt.Println(last.Request.Text(), last.Request.Truncated, last.Request.Size)
	// Output:
	// 2 kept, 1 dropped
	// {"message" true 19
}

func ExampleJournal_Append() {
	journal := recorder.NewJournal(recorder.Limits{})
	journal.Append(&recorder.Exchange{
		Kind: recorder.KindWebhook, Direction: recorder.In,
		Request: recorder.Request{
			Method: "POST", Path: "/hooks/abc",
			Message: recorder.Message{
				Header: http.Header{"Content-Type": {"application/json"}},
				Body:   []byte(`{"text":"hello"}`),
			},
		},
		Response: recorder.Response{Status: 200},
	})
	fmt.Println(journal.All()[0])
	// Output: #1 webhook in POST /hooks/abc: 200
}

func ExampleJournal_Find() {
	for _, ex := range deploys().Find(recorder.By("deploybot"), recorder.Not(recorder.Status(201))) {
		fmt.Println(ex)
	}
	// Output: #2 api in POST /api/v4/posts by deploybot: 503
}

func ExampleJournal_All() {
	for _, ex := range deploys().All() {
		fmt.Println(ex)
	}
	// Output:
	// #1 callback out POST http://bot.test/command?v=1 by alice: 200
	// #2 api in POST /api/v4/posts by deploybot: 503
	// #3 api in POST /api/v4/posts by deploybot: 201
}

func ExampleJournal_Each() {
	for ex := range deploys().Each(recorder.Going(recorder.In)) {
		fmt.Println(ex.Actor, "got", ex.Response.Status)
	}
	// Output:
	// deploybot got 503
	// deploybot got 201
}

func ExampleJournal_Last() {
	ex, found := deploys().Last(recorder.JSONContains("message", "prod"))
	fmt.Println(found, ex.Seq)
	// Output: true 3
}

func ExampleJournal_Count() {
	fmt.Println(deploys().Count(recorder.Status(503)))
	// Output: 1
}

func ExampleJournal_Wait() {
	journal := recorder.NewJournal(recorder.Limits{})
	go journal.Append(posted("deploybot", "done", 201))

	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	found, err := journal.Wait(ctx, 1, recorder.By("deploybot"))
	fmt.Println(found[0].Request.Get("message"), err)
	// Output: done <nil>
}

func ExampleJournal_Wait_tooLate() {
	ctx, cancel := context.WithCancel(context.Background())
	cancel() // no time at all
	_, err := deploys().Wait(ctx, 2, recorder.Route("POST /api/v4/posts"), recorder.Status(201))
	fmt.Println(err)
	// Output:
	// recorder: waited for 2 matching exchanges, 1 came: context canceled
	// wanted:  POST /api/v4/posts
	//          status 201
	// nearest: #2 api in POST /api/v4/posts by deploybot: 503
	//          status is 503, wanted 201
}

func ExampleJournal_Subscribe() {
	journal := recorder.NewJournal(recorder.Limits{})
	lines := make(chan string)
	cancel := journal.Subscribe(func(ex *recorder.Exchange) { lines <- ex.String() })
	defer cancel()
	journal.Append(posted("alice", "hi", 201))
	fmt.Println(<-lines)
	// Output: #1 api in POST /api/v4/posts by alice: 201
}

func ExampleJournal_Close() {
	journal := recorder.NewJournal(recorder.Limits{})
	journal.Close()
	_, err := journal.Wait(context.Background(), 1, recorder.By("alice"))
	fmt.Println(err)
	// Output:
	// recorder: waited for 1 matching exchange, 0 came: the journal was closed
	// wanted:  actor alice
	// nearest: none, there is nothing to compare with
}

func ExampleMessage_Get() {
	m := jsonMessage(`{"attachments":[{"title":"Build 7"}]}`)
	fmt.Println(m.Get("attachments.0.title"))

	form := message("application/x-www-form-urlencoded", "payload=%7B%22text%22%3A%22hi%22%7D&token=x")
	fmt.Println(form.Get("payload.text"), form.Get("token"), form.Get("user").Exists())
	// Output:
	// Build 7
	// hi x false
}

func ExampleCondition() {
	quick := recorder.Match{
		Want: "an answer within a second",
		Miss: func(ex *recorder.Exchange) string {
			if ex.Duration <= time.Second {
				return ""
			}
			return "it took " + ex.Duration.String()
		},
	}
	fmt.Println(quick.Miss(&recorder.Exchange{Duration: time.Minute}))
	fmt.Println(deploys().Count(quick))
	// Output:
	// it took 1m0s
	// 3
}

func ExampleAnd() {
	both := recorder.And(recorder.By("alice"), recorder.Status(200))
	fmt.Println(both.Want)
	fmt.Println(both.Miss(posted("bob", "hi", 503)))
	// Output:
	// actor alice and status 200
	// actor is bob, wanted alice; status is 503, wanted 200
}

func ExampleOr() {
	fmt.Println(deploys().Count(recorder.Or(recorder.Status(200), recorder.Status(201))))
	// Output: 2
}

func ExampleNot() {
	fmt.Println(deploys().Count(recorder.Not(recorder.Status(503))))
	// Output: 2
}

func ExampleCheck() {
	fmt.Println(recorder.Check(recorder.Route("/api/v4/posts")))
	// Output: the route "/api/v4/posts" has no method: write it like "POST /api/v4/posts"
}

func ExampleNearest() {
	nearest, misses, _ := recorder.Nearest(deploys().Each(), recorder.By("deploybot"), recorder.Status(200))
	fmt.Println(nearest.Seq, misses[0])
	// Output: 3 status is 201, wanted 200
}

func ExampleExplain() {
	fmt.Println(recorder.Explain(slices.Values(deploys().All()), recorder.By("deploybot"), recorder.Status(200)))
	// Output:
	// wanted:  actor deploybot
	//          status 200
	// nearest: #3 api in POST /api/v4/posts by deploybot: 201
	//          status is 201, wanted 200
}

func ExampleRoute() {
	journal := deploys()
	fmt.Println(journal.Count(recorder.Route("POST /api/v4/posts")))
	fmt.Println(journal.Count(recorder.Route("POST /api/v4/{anything}")))
	fmt.Println(journal.Count(recorder.Route("POST http://bot.test/command")))
	// Output:
	// 2
	// 0
	// 1
}

func ExampleOfKind() {
	show(recorder.OfKind(recorder.KindCallback))
	// Output: #1
}

func ExampleGoing() {
	show(recorder.Going(recorder.Out))
	// Output: #1
}

func ExampleBy() {
	show(recorder.By("@deploybot"))
	// Output: #2 #3
}

func ExamplePath() {
	show(recorder.Path("/command"))
	// Output: #1
}

func ExampleQuery() {
	show(recorder.Query("v", "1"))
	// Output: #1
}

func ExampleStatus() {
	show(recorder.Status(201))
	// Output: #3
}

func ExampleHeader() {
	show(recorder.Header("Content-Type", "application/json"))
	// Output: #2 #3
}

func ExampleAnswerHeader() {
	show(recorder.AnswerHeader("content-type", "application/json"))
	// Output: #1 #2 #3
}

func ExampleBodyContains() {
	show(recorder.BodyContains("text=prod"))
	// Output: #1
}

func ExampleAnswerBodyContains() {
	show(recorder.AnswerBodyContains("on it"))
	// Output: #1
}

func ExampleJSON() {
	show(recorder.JSON("command", "/deploy"))
	// Output: #1
}

func ExampleAnswerJSON() {
	show(recorder.AnswerJSON("text", "on it"))
	// Output: #1
}

func ExampleJSONContains() {
	show(recorder.JSONContains("message", "prod"))
	// Output: #2 #3
}

func ExampleAnswerJSONContains() {
	show(recorder.AnswerJSONContains("id", "p"))
	// Output: #2 #3
}

func ExampleJSONMatches() {
	show(recorder.JSONMatches("message", "to (prod|test)$"))
	// Output: #2 #3
}

func ExampleAnswerJSONMatches() {
	show(recorder.AnswerJSONMatches("id", "^p[0-9]$"))
	// Output: #2 #3
}

func ExampleJSONSubset() {
	show(recorder.JSONSubset(map[string]any{"text": "prod"}))
	// Output: #1
}

func ExampleAnswerJSONSubset() {
	show(recorder.AnswerJSONSubset(`{"id": "p1"}`))
	// Output: #2 #3
}

// show prints the numbers of the deploys that meet a match.
func show(match recorder.Match) {
	for ex := range deploys().Each(match) {
		fmt.Printf("#%d ", ex.Seq)
	}
}
