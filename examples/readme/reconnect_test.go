package readme_test

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coder/websocket"

	"github.com/seed-a46829e6/mattermost-fake/assertions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

func TestTheBotComesBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // time passes here when everybody waits
		mm := mmfake.New(t, mmfake.InMemory()) // no port: mm.Client() and mm.DialContext reach it
		dev := mm.Channel("dev")
		alice, robot := mm.User("alice", dev), mm.Bot("robot", dev)
		go echo(t.Context(), mm.Client(), mm.URL, robot.Token) // the code under test
		mm.WaitConnected(robot)

		mm.Restart(func() { time.Sleep(3 * time.Hour) }) // nobody is there for three hours
		time.Sleep(time.Hour)                            // that the bot may wait before it tries again

		mm.Fail(recorder.Route("POST /api/v4/posts"), mmfake.Status(503), mmfake.Times(2))
		alice.Post(dev, "are you there?")
		assertions.New(t, mm).Within(time.Minute).Posted(mmfake.By(robot), mmfake.Text("are you there?"))
	})
}

// echo says again what people say, and tries anything that fails again, later and
// later up to an hour.
func echo(ctx context.Context, client *http.Client, url, token string) {
	header := http.Header{"Authorization": {"Bearer " + token}}
	retry(ctx, func() bool {
		ws, _, err := websocket.Dial(ctx, url+"/api/v4/websocket", &websocket.DialOptions{HTTPClient: client, HTTPHeader: header})
		if err != nil {
			return false
		}
		defer ws.CloseNow()
		for {
			_, text, err := ws.Read(ctx)
			if err != nil {
				return false
			}
			if post := saidBySomebodyElse(text); post != nil {
				retry(ctx, func() bool { return repeat(ctx, client, url, header, post) })
			}
		}
	})
}

func retry(ctx context.Context, try func() bool) {
	for wait := time.Second; !try() && ctx.Err() == nil; wait = min(2*wait, time.Hour) {
		select {
		case <-time.After(wait):
		case <-ctx.Done():
		}
	}
}

// said is what a new post is about.
type said struct {
	ChannelID string `json:"channel_id"`
	Message   string `json:"message"`
}

// saidBySomebodyElse is the post that an event tells of, nil where it tells of none
// or of one of the bot's own.
func saidBySomebodyElse(event []byte) *said {
	var e struct {
		Event string
		Data  struct {
			Post       string
			SenderName string `json:"sender_name"`
		}
	}
	var post said
	if json.Unmarshal(event, &e) != nil || e.Event != "posted" || e.Data.SenderName == "@robot" || json.Unmarshal([]byte(e.Data.Post), &post) != nil {
		return nil
	}
	return &post
}

func repeat(ctx context.Context, client *http.Client, url string, header http.Header, post *said) bool {
	body, _ := json.Marshal(post)
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url+"/api/v4/posts", strings.NewReader(string(body)))
	if err != nil {
		return false
	}
	request.Header = header
	answer, err := client.Do(request)
	if err != nil {
		return false
	}
	answer.Body.Close()
	return answer.StatusCode == http.StatusCreated
}
