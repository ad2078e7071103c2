package rest_test

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"path"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/require"
	"github.com/tidwall/gjson"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// A crowd is a server with something of everything, and those who act on it at random.
type crowd struct {
	t  testing.TB
	mm *mmfake.Server
	*whim
	actors []*mmfake.Actor // the admin, members, a bot, and nil for nobody
	mu     sync.Mutex
	answer *whim             // of the integration; guarded by mu
	heard  map[string]string // what the integration was told last, by the names of keys; guarded by mu
}

var recordedVersions = []string{"11.6", "5.36", "5.0"}

func newCrowd(t testing.TB, version string, w *whim) *crowd {
	mm, err := mmfake.Start(mmfake.Seed("anything"), mmfake.InMemory(), mmfake.Version(version), mmfake.JournalLimits(recorder.Limits{Exchanges: 100}))
	require.NoError(t, err)
	s := &crowd{t: t, mm: mm, whim: w, answer: newWhim(uint64(w.n(1000)), nil)}
	dev, secret := mm.Channel("dev"), mm.PrivateChannel("secret")
	alice, bob, robot := mm.User("alice", dev, secret), mm.User("bob", dev), mm.Bot("robot", dev, secret)
	s.actors = []*mmfake.Actor{mm.Admin, mm.Admin, mm.Admin, alice, alice, robot, nil}
	mm.Mount("http://bot.test", http.HandlerFunc(s.integrate))
	mm.Command("/deploy", "http://bot.test/command")
	mm.OutgoingWebhook(dev, "http://bot.test/hook", "fire")
	root := alice.Post(dev, "fire #tag @bob")
	mm.Settle(context.Background())
	reply := bob.Reply(root, "a reply to @alice")
	bob.React(root, "eyes")
	for _, a := range []*mmfake.Actor{alice, bob, robot, mm.Admin} {
		w.learn("user_id", a.ID)
		w.learn("username", a.Username)
	}
	for _, c := range []*mmfake.Channel{dev, secret, alice.Direct(bob), mm.Channel("town-square")} {
		w.learn("channel_id", c.ID)
		w.learn("name", c.Name)
	}
	w.learn("team_id", dev.TeamID)
	w.learn("name", "test")
	w.learn("post_id", root.ID)
	w.learn("post_id", reply.ID)
	w.learn("hook_id", mm.IncomingWebhook(dev).ID)
	for _, one := range []struct{ pattern, path, contentType, body string }{
		{"POST /api/v4/posts", "/api/v4/posts", "", `{"channel_id":"` + dev.ID + `","message":"press","props":{"attachments":[{"text":"t","actions":[{"id":"go","name":"Go","integration":{"url":"http://bot.test/click","context":{"a":1}}},{"id":"choose","name":"C","type":"select","data_source":"users","integration":{"url":"http://bot.test/click"}}]}]}}`},
		{"POST /api/v4/drafts", "/api/v4/drafts", "", `{"channel_id":"` + dev.ID + `","message":"to come"}`},
		{"POST /api/v4/oauth/apps", "/api/v4/oauth/apps", "", `{"name":"app","description":"d","homepage":"http://bot.test","callback_urls":["http://bot.test"]}`},
		{"POST /api/v4/uploads", "/api/v4/uploads", "", `{"channel_id":"` + dev.ID + `","filename":"a.txt","file_size":5}`},
		{"POST /api/v4/files", "/api/v4/files?filename=a.png&channel_id=" + dev.ID, "image/png", onePixel},
		{"POST /api/v4/users/{user_id}/tokens", "/api/v4/users/" + alice.ID + "/tokens", "", `{"description":"d"}`},
		{"POST /api/v4/users/{user_id}/teams/{team_id}/channels/categories", "/api/v4/users/" + alice.ID + "/teams/" + dev.TeamID + "/channels/categories", "", `{"user_id":"` + alice.ID + `","team_id":"` + dev.TeamID + `","display_name":"mine"}`},
		{"GET /api/v4/commands", "/api/v4/commands?custom_only=true&team_id=" + dev.TeamID, "", ""},
		{"GET /api/v4/hooks/outgoing", "/api/v4/hooks/outgoing", "", ""},
		{"GET /api/v4/roles", "/api/v4/roles", "", ""},
		{"GET /api/v4/users/{user_id}/sessions", "/api/v4/users/" + alice.ID + "/sessions", "", ""},
	} {
		as := mm.Admin
		if strings.Contains(one.path, alice.ID) || strings.Contains(one.pattern, "posts") {
			as = alice
		}
		method, _, _ := strings.Cut(one.pattern, " ")
		s.send(as, sent{one.pattern, method, one.path, one.contentType, one.body})
	}
	contentType, emoji := s.emoji(alice.ID)
	s.send(alice, sent{"POST /api/v4/emoji", "POST", "/api/v4/emoji", contentType, emoji})
	w.learn("bot_user_id", robot.ID)
	w.learn("action_id", "go")
	w.learn("action_id", "choose")
	w.learn("category", "flagged_post")
	return s
}

// emoji is the form of a new emoji.
func (s *crowd) emoji(creatorID string) (contentType, body string) {
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	form.SetBoundary("b")
	form.WriteField("emoji", `{"name":"own","creator_id":"`+creatorID+`"}`)
	part, _ := form.CreateFormFile("image", "own.png")
	io.WriteString(part, onePixel)
	form.Close()
	return form.FormDataContentType(), b.String()
}

// integrate answers as no integration should.
func (s *crowd) integrate(out http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	fields, _ := url.ParseQuery(string(body))
	s.mu.Lock()
	defer s.mu.Unlock()
	s.heard = map[string]string{
		"trigger_id": cmp.Or(fields.Get("trigger_id"), gjson.GetBytes(body, "trigger_id").String()), "hook_id": path.Base(fields.Get("response_url")),
	}
	a := s.answer
	a.known = map[string][]string{"user_id": {"me"}, "post_id": {""}, "channel_id": {""}, "team_id": {""}}
	t := pick(a, []reflect.Type{reflect.TypeFor[model.ActionResponse](), reflect.TypeFor[model.CommandResponse](), reflect.TypeFor[model.OutgoingWebhookResponse](),
		reflect.TypeFor[model.DialogSubmitResponse](), reflect.TypeFor[any]()})
	out.Header()["Content-Type"] = []string{pick(a, []string{"application/json", "application/json", "text/plain", ""})}
	out.WriteHeader(pick(a, []int{200, 200, 200, 200, 204, 400, 500}))
	io.WriteString(out, a.of(t, "", 5))
}

// listen has a client listen, on whom what is published is spent.
func (s *crowd) listen(as *mmfake.Actor) (end func()) {
	conn, _, err := websocket.Dial(context.Background(), s.mm.URL+"/api/v4/websocket", &websocket.DialOptions{
		HTTPClient: s.mm.Client(), HTTPHeader: http.Header{"Authorization": {"Bearer " + as.Token}}})
	require.NoError(s.t, err)
	conn.SetReadLimit(-1)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			_, message, err := conn.Read(context.Background())
			if err != nil {
				return
			}
			if !json.Valid(message) {
				s.t.Errorf("an event is no JSON: %s", short(string(message)))
			}
		}
	}()
	return func() { conn.CloseNow(); <-done }
}

// longest is what only a server that hangs takes to answer.
const longest = 30 * time.Second

// send sends a request and learns from the answer.
func (s *crowd) send(as *mmfake.Actor, r sent) reply {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), longest)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, r.method, s.mm.URL+r.path, strings.NewReader(r.body))
	require.NoError(s.t, err, "%s", r)
	req.Header["Content-Type"] = []string{r.contentType}
	if as != nil {
		req.Header.Set("Authorization", "Bearer "+as.Token)
	}
	client := *s.mm.Client()
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	resp, err := client.Do(req)
	require.NoError(s.t, err, "%s", r)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	require.NoError(s.t, err, "%s", r)
	if resp.Header.Get("Content-Type") == "application/json" && len(body) > 0 {
		require.True(s.t, json.Valid(body), "%s was answered with %s", r, short(string(body)))
	}
	if resp.StatusCode < 300 {
		s.learnAll(gjson.ParseBytes(body), keyOf(r.pattern), 0)
	}
	return reply{resp.StatusCode, resp.Header, body}
}
