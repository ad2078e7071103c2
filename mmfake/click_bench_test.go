package mmfake_test

import (
	"encoding/json"
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

// BenchmarkClick compares a click over the API, with the whole round trip through a
// mounted handler that answers with a text for the user, with a plain post to the
// same server, in turn. At most 2.5 x-post.
func BenchmarkClick(b *testing.B) {
	mm := mmfake.New(b)
	c := mm.Channel("dev")
	robot := mm.Bot("robot", c)
	mm.Mount(bot, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		io.WriteString(w, `{"ephemeral_text":"approved"}`)
	}))
	asked := askWith(b, mm, button("Approve"))
	click := mm.URL + "/api/v4/posts/" + asked.ID + "/actions/" + asked.Attachments()[0].Actions[0].ID
	body, err := json.Marshal(map[string]string{"channel_id": c.ID, "message": "build 7 of main passed"})
	if err != nil {
		b.Fatal(err)
	}
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: clients}}
	b.Cleanup(client.CloseIdleConnections)
	for _, way := range []struct {
		name  string
		batch func(send func())
	}{{"sequential", func(send func()) { send() }}, {"parallel", inParallel}} {
		b.Run(way.name, func(b *testing.B) {
			var took, postTook time.Duration
			for b.Loop() {
				postTook += timed(func() {
					way.batch(func() { send(b, client, mm.URL+"/api/v4/posts", "Bearer "+robot.Token, body) })
				})
				took += timed(func() { way.batch(func() { send(b, client, click, "Bearer "+robot.Token, []byte("{}")) }) })
			}
			b.ReportMetric(0, "ns/op")
			b.ReportMetric(float64(took.Nanoseconds())/float64(b.N), "ns/click")
			b.ReportMetric(float64(postTook.Nanoseconds())/float64(b.N), "ns/post")
			b.ReportMetric(float64(took)/float64(postTook), "x-post")
		})
	}
}
