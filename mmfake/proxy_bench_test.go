package mmfake_test

import (
	"context"
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"github.com/coder/websocket"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

// BenchmarkProxy compares a post through a recording proxy with the same post without it,
// which stands for the bare one: as it is, and while somebody listens on a websocket, which
// the proxy asks for what is to come before each request. 2 to 3 x-bare, nearly all of it
// for the second connection.
func BenchmarkProxy(b *testing.B) {
	for _, way := range []struct {
		name      string
		listening bool
	}{{"alone", false}, {"with a websocket", true}} {
		b.Run(way.name, func(b *testing.B) {
			mm := mmfake.New(b)
			c := mm.Channel("bench")
			robot := mm.Bot("robot", c)
			p, err := mmfake.StartProxy(mmfake.ProxyConfig{Upstream: mm.URL})
			if err != nil {
				b.Fatal(err)
			}
			defer p.Close()
			body, err := json.Marshal(map[string]string{"channel_id": c.ID, "message": "build 7 of main passed"})
			if err != nil {
				b.Fatal(err)
			}
			if way.listening {
				hear(b, p.URL, mm.User("alice", c).Token)
			}
			client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: clients}}
			defer client.CloseIdleConnections()
			var took, bareTook time.Duration
			for b.Loop() {
				bareTook += timed(func() { send(b, client, mm.URL+"/api/v4/posts", "Bearer "+robot.Token, body) })
				took += timed(func() { send(b, client, p.URL+"/api/v4/posts", "Bearer "+robot.Token, body) })
			}
			report(b, took, bareTook, float64(took)/float64(bareTook))
		})
	}
}

// hear reads what a websocket is told until the benchmark ends.
func hear(b *testing.B, url, token string) {
	b.Helper()
	ctx, cancel := context.WithCancel(b.Context())
	ws, _, err := websocket.Dial(ctx, url+"/api/v4/websocket", &websocket.DialOptions{HTTPHeader: http.Header{"Authorization": {"Bearer " + token}}})
	if err != nil {
		cancel()
		b.Fatal(err)
	}
	ws.SetReadLimit(-1)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			if _, _, err := ws.Read(ctx); err != nil {
				return
			}
		}
	}()
	b.Cleanup(func() { cancel(); ws.CloseNow(); <-done })
}
