package mmfake_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"syscall"
	"time"

	"github.com/coder/websocket"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// tooLong ends when an example has taken longer than it may.
func tooLong() context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	context.AfterFunc(ctx, cancel)
	return ctx
}

// What can go wrong with a request, and how its client sees that.
func ExampleFault() {
	mm := started(mmfake.InMemory())
	defer mm.Close()
	alice := mm.User("alice")
	me := recorder.Route("GET /api/v4/users/me")
	try := func(what ...mmfake.Fault) outcome {
		defer mm.Fail(me, what...)()
		return ask(mm, alice, "GET /api/v4/users/me", "")
	}

	denied := try(mmfake.Status(403), mmfake.Error("api.context.permissions.app_error"), mmfake.Delay(time.Millisecond))
	fmt.Println(denied.status, denied.body[:44])
	fmt.Println(errors.Is(try(mmfake.Reset()).err, syscall.ECONNRESET))
	fmt.Println(errors.Is(try(mmfake.Truncate(20)).err, io.ErrUnexpectedEOF))
	fmt.Println(json.Valid([]byte(try(mmfake.Malformed()).body)))
	fmt.Println(try(mmfake.SlowBody(10 * time.Millisecond)).status)
	fmt.Println(try(mmfake.RateLimit(1, time.Minute)).header.Get("X-Ratelimit-Remaining"))

	defer mm.Fail(me, mmfake.Hang())()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	request, _ := http.NewRequestWithContext(ctx, http.MethodGet, mm.URL+"/api/v4/users/me", nil)
	request.Header.Set("Authorization", "Bearer "+alice.Token)
	_, err := mm.Client().Do(request)
	fmt.Println(errors.Is(err, context.DeadlineExceeded))
	// Output:
	// 403 {"id":"api.context.permissions.app_error","m
	// true
	// true
	// false
	// 200
	// 0
	// true
}

// Which of the exchanges that meet the match are struck.
func ExampleEvery() {
	mm := started(mmfake.InMemory())
	defer mm.Close()
	alice := mm.User("alice")
	mm.Fail(recorder.OfKind(recorder.KindAPI), mmfake.Status(503), mmfake.After(1), mmfake.Every(2), mmfake.Times(2), mmfake.For(alice))

	for range 6 {
		fmt.Print(ask(mm, alice, "GET /api/v4/users/me", "").status, " ")
	}
	// Output: 200 503 200 503 200 200
}

// What can go wrong with the events of the websocket.
func ExampleFault_events() {
	mm := started(mmfake.InMemory())
	defer mm.Close()
	dev := mm.Channel("dev")
	alice, robot := mm.User("alice", dev), mm.Bot("robot", dev)
	header := http.Header{"Authorization": {"Bearer " + robot.Token}}
	dial := func() (*websocket.Conn, *http.Response, error) {
		return websocket.Dial(tooLong(), mm.WSURL+"/api/v4/websocket", &websocket.DialOptions{HTTPClient: mm.Client(), HTTPHeader: header})
	}
	undo := mm.Fail(recorder.Route("GET /api/v4/websocket"), mmfake.RefuseUpgrade())
	_, answer, _ := dial()
	fmt.Println("refused with", answer.StatusCode)
	undo()

	ws, _, err := dial()
	if err != nil {
		fmt.Println(err)
		return
	}
	defer ws.CloseNow()
	fail := func(what mmfake.Fault) {
		mm.Fail(recorder.And(recorder.OfKind(recorder.KindSocket), recorder.JSON("event", "posted")), what, mmfake.Times(1))
	}
	mm.WaitConnected(robot)
	fail(mmfake.DropEvent())
	fail(mmfake.DuplicateEvent())
	fail(mmfake.DelayEvent(time.Millisecond))
	fail(mmfake.Close(1011))
	for _, text := range []string{"lost", "twice", "late", "the end"} {
		alice.Post(dev, text)
	}
	for {
		_, text, err := ws.Read(tooLong())
		if err != nil {
			fmt.Println("closed with", int(websocket.CloseStatus(err)))
			return
		}
		var e model.WebSocketEvent
		if json.Unmarshal(text, &e); e.Event == "posted" {
			var post model.Post
			json.Unmarshal([]byte(e.Data["post"].(string)), &post)
			fmt.Println(post.Message)
		}
	}
	// Output:
	// refused with 400
	// twice
	// twice
	// late
	// closed with 1011
}

func ExampleServer_Restart() {
	mm := started(mmfake.InMemory())
	defer mm.Close()
	alice := mm.User("alice")

	mm.Restart(func() {
		fmt.Println(errors.Is(ask(mm, alice, "GET /api/v4/users/me", "").err, syscall.ECONNREFUSED))
	})
	fmt.Println(ask(mm, alice, "GET /api/v4/users/me", "").status)
	// Output:
	// true
	// 200
}

func ExampleServer_ExpireSession() {
	mm := started(mmfake.InMemory())
	defer mm.Close()
	alice, robot := mm.User("alice"), mm.Bot("robot")

	mm.ExpireSession(alice)
	mm.RevokeToken(robot)

	fmt.Println(ask(mm, alice, "GET /api/v4/users/me", "").status, ask(mm, robot, "GET /api/v4/users/me", "").status)
	for ex := range mm.Journal.Each() {
		fmt.Println(ex)
	}
	// Output:
	// 401 401
	// #3 api in GET /api/v4/users/me: 401 (fault: session expired)
	// #4 api in GET /api/v4/users/me: 401 (fault: token revoked)
}

func ExampleServer_DropWebSockets() {
	mm := started(mmfake.InMemory())
	defer mm.Close()
	robot := mm.Bot("robot")
	go func() { // the code under test
		header := http.Header{"Authorization": {"Bearer " + robot.Token}}
		websocket.Dial(tooLong(), mm.WSURL+"/api/v4/websocket", &websocket.DialOptions{HTTPClient: mm.Client(), HTTPHeader: header})
	}()

	mm.WaitConnected(robot)
	fmt.Println(mm.Listeners())
	mm.DropWebSockets(robot)
	fmt.Println(mm.Listeners())
	// Output:
	// [robot]
	// []
}
