package recorder_test

import (
	"fmt"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// toldOf is a session in which the server names itself by two hosts.
func toldOf() *recorder.Journal {
	return journalOf(&recorder.Exchange{
		Kind: recorder.KindCallback, Direction: recorder.Out,
		Request:  recorder.Request{Method: "POST", Path: "/command", Message: jsonMessage(`{"response_url":"https://chat.example.com/hooks/commands/9wd6ikuy1fnf8gq3myfuj6eo5h"}`)},
		Response: recorder.Response{Status: 200, Message: jsonMessage(`{"text":"see http://127.0.0.1:8066/x"}`)},
		Followed: []string{"posted in ~dev: see http://127.0.0.1:8066/x"},
	})
}

func ExampleSite() {
	f, err := toldOf().Fixture(recorder.Site("http://127.0.0.1:8066", "https://chat.example.com"))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(f.Exchanges()[0].Response.Text() == `{"text":"see http://`+f.Value("host.site")+`/x"}`)
	fmt.Println(f.Names())
	// Output:
	// true
	// [hook.1 host.site]
}

func ExampleActors() {
	f, err := toldOf().Fixture(recorder.Actors(func(ex *recorder.Exchange) string {
		return "alice" // who is behind a request is the caller's to know
	}))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(f.Exchanges()[0].Actor)
	// Output: alice
}

func ExampleKeepFollowed() {
	f, err := toldOf().Fixture(recorder.Site("http://127.0.0.1:8066"), recorder.KeepFollowed())
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(f.Exchanges()[0].Followed[0] == "posted in ~dev: see http://"+f.Value("host.site")+"/x")
	// Output: true
}

func ExampleJournal_Begin() {
	journal := recorder.NewJournal(recorder.Limits{})
	request := posted("alice", "good morning", 201)
	request.Began = journal.Begin() // it has come in …
	journal.Append(&recorder.Exchange{
		Kind: recorder.KindSocket, Direction: recorder.Out, Connection: 1, Request: recorder.Request{Message: jsonMessage(`{"event":"posted"}`)},
	})
	journal.Append(request) // … and is answered
	f, err := journal.Fixture()
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, ex := range f.Exchanges() {
		fmt.Println(ex.Kind)
	}
	// Output:
	// api
	// socket
}
