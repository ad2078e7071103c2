package recorder_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"time"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// aPing is a fixture in which a client asks whether the server is there.
func aPing() *recorder.Fixture {
	return mustParse(`{"format": 1, "names": {"token": ["1"]}, "exchanges": [
 {"kind": "api", "direction": "in", "request": {"method": "GET", "path": "/api/v4/system/ping", "header": {"Authorization": "Bearer {token.1}"}}, "answer": {"status": 200, "json": {"status": "OK"}}}
]}`)
}

// pinged is a server that is not well.
func pinged() *httptest.Server {
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusInternalServerError)
		fmt.Fprint(w, `{"status":"unhealthy"}`)
	}))
}

func ExampleFixture_Against() {
	server := pinged()
	defer server.Close()
	found, err := aPing().Against(context.Background(), server.URL,
		recorder.Bind(map[string]string{"token.1": os.Getenv("TOKEN")}), recorder.AnswersWithin(time.Minute), recorder.EventsWithin(time.Second))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(found.Sent, "sent")
	for _, d := range found.Differences {
		fmt.Println(d)
	}
	// Output:
	// 1 sent
	// exchange 1, GET /api/v4/system/ping: status is 500, recorded is 200; json.status is "unhealthy", recorded is "OK"
}

func ExampleAgainst() {
	server := pinged()
	defer server.Close()
	var t printingT // a *testing.T in a test
	recorder.Against(t, "testdata/ping.json", server.URL, recorder.HTTPClient(server.Client()), recorder.Ignore("json"))
	// Output:
	// recorder: testdata/ping.json: exchange 1, GET /api/v4/system/ping: status is 500, recorded is 200
}

func ExampleUnboundError() {
	_, err := aPing().Against(context.Background(), "http://127.0.0.1:8065")
	if unbound, is := errors.AsType[*recorder.UnboundError](err); is {
		fmt.Printf("%+v\n", unbound.Names)
	}
	// Output: [{Name:token.1 Exchange:1 What:GET /api/v4/system/ping Place:header.Authorization}]
}
