package recorder_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

func ExampleFixture_Bytes() {
	fixture, err := aGreeting().Fixture(recorder.RedactKey("mail"))
	if err != nil {
		fmt.Println(err)
		return
	}
	again, err := recorder.ParseFixture("session.json", fixture.Bytes())
	fmt.Println(bytes.Equal(again.Bytes(), fixture.Bytes()), err)
	fmt.Println(len(fixture.Redacted()) > 0)
	// Output:
	// true <nil>
	// true
}

// The rules with which a fixture was recorded go for what Drive writes into it.
func ExampleRedacting() {
	deploy := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, `{"text":"deploying %s"}`, r.FormValue("text"))
	})
	recorder.Drive(printingT{}, "testdata/command.json", deploy, recorder.Redacting(recorder.RedactKey("mail")))
	fmt.Println("no difference")
	// Output: no difference
}

func ExampleReplay_Wait() {
	replay := recorder.NewReplay(twoChannels())
	defer replay.Close()
	ask(replay, "GET /api/v4/channels/"+replay.Value("channel.dev"), "")
	ask(replay, "POST /api/v4/posts", `{"channel_id":"`+replay.Value("channel.dev")+`","message":"hi"}`)

	ctx, cancel := context.WithTimeout(context.Background(), time.Millisecond)
	defer cancel()
	fmt.Println(replay.Wait(ctx))
	// Output:
	// recorder: waited for all that is recorded to be asked: context deadline exceeded
	// nobody has asked for exchange 2, GET /api/v4/channels/{channel.ops}
}

func ExampleJournal_Tail() {
	journal := deploys()
	tail := journal.Tail() // for whoever begins to look now
	journal.Append(posted("deploybot", "done", 201))
	fmt.Println(journal.Len(), tail.Len())

	journal.Clear()
	fmt.Println(journal.Len(), tail.Len())
	// Output:
	// 4 1
	// 0 0
}

func ExampleNeedsAnswer() {
	fmt.Println(recorder.NeedsAnswer(recorder.JSON("text", "hello")))
	fmt.Println(recorder.NeedsAnswer(recorder.Not(recorder.Status(200))))
	// Output:
	// false
	// true
}

func ExampleCondition_Meets() {
	toBot := recorder.Route("POST http://bot.test/command")
	for ex := range deploys().Each() {
		fmt.Println(toBot.Meets(ex), ex.Request.URL())
	}
	// Output:
	// true http://bot.test/command?v=1
	// false /api/v4/posts
	// false /api/v4/posts
}
