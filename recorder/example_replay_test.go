package recorder_test

import (
	"fmt"
	"net/http"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// twoChannels is a fixture in which a client reads one channel, then another, and then
// posts into the first.
func twoChannels() *recorder.Fixture {
	return mustParse(`{"format": 1, "names": {"channel": ["dev", "ops"]}, "exchanges": [
 {"kind": "api", "direction": "in", "request": {"method": "GET", "path": "/api/v4/channels/{channel.dev}"}, "answer": {"status": 200, "json": {"name": "dev"}}},
 {"kind": "api", "direction": "in", "request": {"method": "GET", "path": "/api/v4/channels/{channel.ops}"}, "answer": {"status": 200, "json": {"name": "ops"}}},
 {"kind": "api", "direction": "in", "request": {"method": "POST", "path": "/api/v4/posts", "json": {"channel_id": "{channel.dev}", "message": "hi"}}, "answer": {"status": 201}}
]}`)
}

func mustParse(content string) *recorder.Fixture {
	f, err := recorder.ParseFixture("session.json", []byte(content))
	if err != nil {
		panic(err)
	}
	return f
}

// say prints what a replay answers.
func say(r *recorder.Replay, do, body string) {
	status, answer := ask(r, do, body)
	fmt.Println(status, answer)
}

func ExampleNewReplay() {
	r := recorder.NewReplay(twoChannels())
	defer r.Close()
	say(r, "GET /api/v4/channels/9wd6ikuy1fnf8gq3myfuj6eo5h", "")
	fmt.Println(r.Value("channel.dev")) // what the client has sent in its place
	fmt.Println(r.Unused())
	say(r, "DELETE /api/v4/posts", "")
	fmt.Println(len(r.Problems()))
	// Output:
	// 200 {"name":"dev"}
	// 9wd6ikuy1fnf8gq3myfuj6eo5h
	// [exchange 2, GET /api/v4/channels/{channel.ops} exchange 3, POST /api/v4/posts]
	// 501 {"id":"recorder.replay.not_recorded","message":"DELETE /api/v4/posts is not in the fixture; exchange 2, GET /api/v4/channels/{channel.ops}, comes nearest: method is DELETE, recorded is GET; path is /api/v4/posts, recorded is /api/v4/channels/{channel.ops}","status_code":501}
	// 1
}

func ExampleByResource() {
	r := recorder.NewReplay(twoChannels(), recorder.ByResource())
	dev, ops := r.Value("channel.dev"), r.Value("channel.ops")
	say(r, "GET /api/v4/channels/"+ops, "") // another channel may come first …
	say(r, "POST /api/v4/posts", `{"channel_id":"`+dev+`","message":"hi"}`)
	say(r, "GET /api/v4/channels/"+dev, "")
	// Output:
	// 200 {"name":"ops"}
	// 501 {"id":"recorder.replay.not_recorded","message":"POST /api/v4/posts is exchange 3 of the fixture and comes too early: exchange 1, GET /api/v4/channels/{channel.dev}, has to come before it, because both are about {channel.dev}","status_code":501}
	// 200 {"name":"dev"}
}

func ExampleInOrder() {
	r := recorder.NewReplay(twoChannels(), recorder.InOrder())
	say(r, "GET /api/v4/channels/"+r.Value("channel.ops"), "")
	// Output:
	// 501 {"id":"recorder.replay.not_recorded","message":"GET /api/v4/channels/3i8b9zrqp9w7jdxmtp19maq39y is exchange 2 of the fixture and comes too early: exchange 1, GET /api/v4/channels/{channel.dev}, has to come before it","status_code":501}
}

func ExampleAnyOrder() {
	r := recorder.NewReplay(twoChannels(), recorder.AnyOrder())
	say(r, "POST /api/v4/posts", `{"channel_id":"`+r.Value("channel.dev")+`","message":"hi"}`)
	// Output: 201
}

func ExampleOtherwise() {
	r := recorder.NewReplay(twoChannels(), recorder.Otherwise(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, "not recorded: ", r.URL.Path)
	})))
	say(r, "GET /api/v4/users/me", "")
	fmt.Println(r.Problems())
	// Output:
	// 200 not recorded: /api/v4/users/me
	// []
}
