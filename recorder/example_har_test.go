package recorder_test

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

func ExampleParseHAR() {
	f, leftOut, err := recorder.ParseHAR("session.har", []byte(`{"log": {"version": "1.2", "creator": {"name": "a browser", "version": "1"}, "entries": [
 {"startedDateTime": "2024-05-01T10:00:00.000Z", "request": {"method": "GET", "url": "https://chat.example.com/api/v4/users/me"}, "response": {"status": 401}},
 {"startedDateTime": "2024-05-01T10:00:00.100Z", "request": {"method": "GET", "url": "https://cdn.example.com/font"}, "response": {"status": 200}}
]}}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(f.Exchanges()[0])
	fmt.Println(leftOut)
	// Output:
	// #1 api in GET /api/v4/users/me: 401
	// [1 request to https://cdn.example.com]
}

func ExampleLoadHAR() {
	f, _, err := recorder.LoadHAR("testdata/chrome.har", recorder.Site("http://127.0.0.1:33695"))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(f.Len(), "exchanges with", f.Server())
	// Output: 17 exchanges with 11.6.0
}

func ExampleFixture_HAR() {
	har := recorder.Message{Body: aPing().HAR()}
	fmt.Println(har.Get("log.entries.0.request.url"), har.Get("log.entries.0.response.content.text"))
	// Output: http://127.0.0.1:40000/api/v4/system/ping {"status":"OK"}
}

func ExampleFixture_SaveHAR() {
	dir, err := os.MkdirTemp("", "")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(dir)
	fmt.Println(aPing().SaveHAR(filepath.Join(dir, "session.har")))
	// Output: <nil>
}
