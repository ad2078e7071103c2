package recorder_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// aGreeting is a journal in which alice posts.
func aGreeting() *recorder.Journal {
	return journalOf(&recorder.Exchange{
		Kind: recorder.KindAPI, Direction: recorder.In, Actor: "alice",
		Request: recorder.Request{
			Method: "POST", Path: "/api/v4/posts",
			Message: jsonMessage(`{"channel_id":"9wd6ikuy1fnf8gq3myfuj6eo5h","message":"mail a@example.com"}`),
		},
		Response: recorder.Response{Status: 201, Message: jsonMessage(`{"id":"1bnzy8w9d3f5mkz9sphcwo9wxh","create_at":1763886000123}`)},
	})
}

// exchangesOf prints the exchanges of a fixture as they stand in its file.
func exchangesOf(f *recorder.Fixture, err error) {
	if err != nil {
		fmt.Println(err)
		return
	}
	_, exchanges, _ := strings.Cut(string(f.Bytes()), "\"exchanges\": ")
	fmt.Print(strings.TrimSuffix(exchanges, "}\n"))
}

func ExampleNewFixture() {
	exchangesOf(recorder.NewFixture(aGreeting().All(), recorder.ServerVersion("11.6.0")))
	// Output:
	// [
	//   {
	//    "kind": "api",
	//    "direction": "in",
	//    "actor": "alice",
	//    "request": {
	//     "method": "POST",
	//     "path": "/api/v4/posts",
	//     "header": {"Content-Type": "application/json"},
	//     "json": {"channel_id": "{channel.1}", "message": "mail a@example.com"}
	//    },
	//    "answer": {
	//     "status": 201,
	//     "header": {"Content-Type": "application/json"},
	//     "json": {"id": "{post.1}", "create_at": "{time.1}"}
	//    }
	//   }
	//  ]
}

// bodyOf prints the first request's body in a fixture of aGreeting.
func bodyOf(option recorder.FixtureOption) {
	f, err := aGreeting().Fixture(option)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(f.Exchanges()[0].Request.Get("message"))
}

func ExampleRedactKey() {
	bodyOf(recorder.RedactKey("message"))
	// Output: secret-1-stand-in
}

func ExampleRedactPath() {
	bodyOf(recorder.RedactPath("message"))
	// Output: secret-1-stand-in
}

func ExampleKeepKey() {
	journal := journalOf(saying(`{"checksum":"Zx81kPqW0vBn73LmTr5YcDu2HsGj9FaE"}`))
	_, err := journal.Fixture()
	fmt.Println(err)
	_, err = journal.Fixture(recorder.KeepKey("checksum"))
	fmt.Println(err)
	// Output:
	// exchanges.0.request.json.checksum looks like a token (Zx81…, 32 characters): replace it with recorder.RedactKey or RedactPath, or allow it with recorder.KeepKey
	// <nil>
}

func ExampleKeepHeader() {
	ex := saying(`{}`)
	ex.Request.Header.Set("X-Requested-With", "XMLHttpRequest")
	f, err := recorder.NewFixture([]*recorder.Exchange{ex}, recorder.KeepHeader("X-Requested-With"))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(f.Exchanges()[0].Request.Header)
	// Output: map[Content-Type:[application/json] X-Requested-With:[XMLHttpRequest]]
}

func ExampleJournal_Save() {
	dir, err := os.MkdirTemp("", "")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "session.json")
	if err := aGreeting().Save(path); err != nil {
		fmt.Println(err)
		return
	}
	f, err := recorder.Load(path)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(f.Len(), f.Names())
	// Output: 1 [channel.1 post.1]
}

func ExampleParseFixture() {
	_, err := recorder.ParseFixture("session.json", []byte("{\n\"format\": 2}"))
	fmt.Println(err)
	// Output: recorder: session.json:2: its format is 2; this version of the recorder reads format 1
}

func ExampleFixture_With() {
	f := twoChannels()
	fmt.Println(f.Value("channel.dev"))
	fmt.Println(f.With(map[string]string{"channel.dev": "9wd6ikuy1fnf8gq3myfuj6eo5h"}).Exchanges()[0])
	// Output:
	// 3deksyr3d1csmk68xmjgbbedfm
	// #1 api in GET /api/v4/channels/9wd6ikuy1fnf8gq3myfuj6eo5h: 200
}

func ExampleFixture_Needed() {
	f := mustParse(listened)
	fmt.Println(strings.Join(f.Needed(), ", "))
	// Output: token.1, channel.dev
}

func ExampleFixture_CheckNames() {
	fmt.Println(twoChannels().CheckNames("channel.dev", "channel.test"))
	// Output: the fixture has no name "channel.test": it has channel.dev, channel.ops
}
