package bench_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
	"gopkg.in/dnaeon/go-vcr.v4/pkg/cassette"
	vcr "gopkg.in/dnaeon/go-vcr.v4/pkg/recorder"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// A session is one in which a bot posts and reads each post back, again and again.
type session struct{ exchanges []*recorder.Exchange }

const (
	site    = "http://127.0.0.1:8065"
	token   = "u4xq9khd1bf6pfzxoemtzj9hyr"
	user    = "hh5hqk8wq3yp3yd4p7d9rjb1pr"
	channel = "9wd6ikuy1fnf8gq3myfuj6eo5h"
	begin   = 1763886000123 // milliseconds
)

// newSession makes one of so many exchanges.
func newSession(exchanges int) *session {
	s := &session{}
	for i := 0; len(s.exchanges) < exchanges; i++ {
		id := fmt.Sprintf("1%025d", i) // as long as every id
		post := fmt.Sprintf(`{"id":"%s","create_at":%d,"update_at":%[2]d,"edit_at":0,"delete_at":0,"is_pinned":false,"user_id":"%s","channel_id":"%s",`+
			`"root_id":"","original_id":"","message":"build %d of main passed","type":"","props":{"from_bot":"true"},"hashtags":"","file_ids":[],`+
			`"pending_post_id":"","remote_id":"","reply_count":0,"last_reply_at":0,"participants":null,"metadata":{}}`, id, begin+i, user, channel, i)
		s.add("POST", "/api/v4/posts", fmt.Sprintf(`{"channel_id":"%s","message":"build %d of main passed"}`, channel, i), http.StatusCreated, post)
		s.add("GET", "/api/v4/posts/"+id, "", http.StatusOK, post)
	}
	return s
}

func (s *session) add(method, path, body string, status int, answer string) {
	header := http.Header{"Authorization": {"Bearer " + token}}
	if body != "" {
		header.Set("Content-Type", "application/json")
	}
	s.exchanges = append(s.exchanges, &recorder.Exchange{
		Kind: recorder.KindAPI, Direction: recorder.In,
		Request:  recorder.Request{Method: method, Path: path, Message: recorder.Message{Header: header, Body: []byte(body)}},
		Response: recorder.Response{Status: status, Message: recorder.Message{Header: http.Header{"Content-Type": {"application/json"}}, Body: []byte(answer)}},
	})
}

// request is the i-th one of a session, as a client sends it that has been told of the
// post with that id last.
func (s *session) request(i int, id string) *http.Request {
	ex := s.exchanges[i]
	path := ex.Request.Path
	if ex.Request.Method == "GET" {
		path = path[:len(path)-len(id)] + id
	}
	req, err := http.NewRequest(ex.Request.Method, site+path, strings.NewReader(ex.Request.Text()))
	if err != nil {
		panic(err) // the session is made in this file
	}
	req.Header = ex.Request.Header
	return req
}

// A library is one that replays sessions.
type library struct {
	name string
	// replay returns what answers a client from the session, which is in a file.
	replay func(b testing.TB, file string) http.RoundTripper
	// save writes the session into a file.
	save func(b testing.TB, s *session, file string)
}

var libraries = []library{
	{"fixture", replayFixture, saveFixture},
	{"go-vcr", replayCassette, saveCassette},
}

func saveFixture(b testing.TB, s *session, file string) {
	f, err := recorder.NewFixture(s.exchanges, recorder.Site(site))
	if err != nil {
		b.Fatal(err)
	}
	if err := f.Save(file); err != nil {
		b.Fatal(err)
	}
}

func replayFixture(b testing.TB, file string) http.RoundTripper {
	f, err := recorder.Load(file)
	if err != nil {
		b.Fatal(err)
	}
	// The client knows the channel of the recording.
	return inProcess{recorder.NewReplay(f.With(map[string]string{"channel.1": channel}))}
}

// inProcess calls a handler without a network between, as go-vcr answers.
type inProcess struct{ http.Handler }

func (p inProcess) RoundTrip(req *http.Request) (*http.Response, error) {
	w := httptest.NewRecorder()
	p.ServeHTTP(w, req)
	return w.Result(), nil
}

func saveCassette(b testing.TB, s *session, file string) {
	c := cassette.New(file)
	c.MarshalFunc = func(v any) ([]byte, error) { return yaml.Marshal(v) }
	for i, ex := range s.exchanges {
		req := s.request(i, lastID(ex))
		c.AddInteraction(&cassette.Interaction{
			Request: cassette.Request{
				Proto: req.Proto, ProtoMajor: req.ProtoMajor, ProtoMinor: req.ProtoMinor, Host: req.Host, ContentLength: req.ContentLength,
				Method: req.Method, URL: req.URL.String(), Headers: req.Header, Body: ex.Request.Text(),
			},
			Response: cassette.Response{
				Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, ContentLength: int64(len(ex.Response.Body)),
				Code: ex.Response.Status, Status: http.StatusText(ex.Response.Status), Headers: ex.Response.Header, Body: ex.Response.Text(),
			},
		})
	}
	if err := c.Save(); err != nil {
		b.Fatal(err)
	}
}

// lastID is the id that a path ends in.
func lastID(ex *recorder.Exchange) string {
	return ex.Request.Path[strings.LastIndexByte(ex.Request.Path, '/')+1:]
}

func replayCassette(b testing.TB, file string) http.RoundTripper {
	r, err := vcr.New(file, vcr.WithMode(vcr.ModeReplayOnly), vcr.WithSkipRequestLatency(true))
	if err != nil {
		b.Fatal(err)
	}
	return r
}

// A client plays a session to what answers it.
type client struct {
	*session
	to   http.RoundTripper
	next int    // request
	told string // the id of the last post
}

// play makes the next requests, as many as are left at most, and returns how many.
func (c *client) play(b testing.TB, count int) int {
	count = min(count, len(c.exchanges)-c.next)
	for range count {
		want := c.exchanges[c.next].Response
		answer, err := c.to.RoundTrip(c.request(c.next, c.told))
		if err != nil {
			b.Fatalf("request %d: %v", c.next, err)
		}
		body, err := io.ReadAll(answer.Body)
		answer.Body.Close()
		if err != nil || answer.StatusCode != want.Status || len(body) != len(want.Body) {
			b.Fatalf("request %d is answered %d: %s", c.next, answer.StatusCode, body)
		}
		c.told = string(body[len(`{"id":"`):][:len(user)])
		c.next++
	}
	return count
}
