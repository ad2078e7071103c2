package mmfake_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// A deployBot is an integration: a slash command that answers at once and asks for
// approval with a post of its own, a button that opens a dialog, a dialog that answers the
// command later, and an outgoing webhook.
type deployBot struct {
	t          *testing.T
	mattermost string // URL
	own        string // by which Mattermost reaches it
	token      string
	running    sync.WaitGroup

	mu    sync.Mutex
	later string // the command's response_url; guarded by mu
}

func (b *deployBot) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	switch r.URL.Path {
	case "/command":
		b.mu.Lock()
		b.later = r.FormValue("response_url")
		b.mu.Unlock()
		b.sends("POST /api/v4/posts", map[string]any{
			"channel_id": r.FormValue("channel_id"), "message": r.FormValue("user_name") + " wants to deploy",
			"props": map[string]any{"attachments": []any{map[string]any{"actions": []any{
				map[string]any{"name": "Approve", "type": "button", "integration": map[string]any{"url": b.own + "/click"}},
			}}}},
		})
		fmt.Fprint(w, `{"text":"asked for approval"}`)
	case "/click":
		var click model.ActionRequest
		assert.NoError(b.t, json.NewDecoder(r.Body).Decode(&click))
		b.sends("POST /api/v4/actions/dialogs/open", model.OpenDialogRequest{TriggerID: click.TriggerID, URL: b.own + "/submit", Dialog: reportForm})
		fmt.Fprintf(w, `{"update":{"message":"approved by %s"},"ephemeral_text":"thank you"}`, click.UserName)
	case "/submit":
		b.mu.Lock()
		later := b.later
		b.mu.Unlock()
		b.running.Go(func() { b.answersLater(later) })
		fmt.Fprint(w, `{}`)
	case "/page":
		fmt.Fprintf(w, `{"text":"paged for %s"}`, r.FormValue("user_name"))
	}
}

func (b *deployBot) sends(what string, body any) {
	method, path, _ := strings.Cut(what, " ")
	encoded, err := json.Marshal(body)
	require.NoError(b.t, err)
	r, err := http.NewRequest(method, b.mattermost+path, bytes.NewReader(encoded))
	require.NoError(b.t, err)
	r.Header.Set("Authorization", "Bearer "+b.token)
	resp, err := http.DefaultClient.Do(r)
	if assert.NoError(b.t, err) {
		defer resp.Body.Close()
		assert.Less(b.t, resp.StatusCode, 300, what)
	}
}

func (b *deployBot) answersLater(to string) {
	resp, err := http.Post(to, "application/json", strings.NewReader(`{"text":"deployed","response_type":"in_channel"}`))
	if assert.NoError(b.t, err) {
		resp.Body.Close()
		assert.Equal(b.t, http.StatusOK, resp.StatusCode)
	}
}

// A person uses the server over HTTP and a websocket.
type person struct {
	*client
	url, token string
}

func (p *person) do(what, contentType, body string) (int, string) {
	p.t.Helper()
	method, path, _ := strings.Cut(what, " ")
	r, err := http.NewRequestWithContext(p.t.Context(), method, p.url+path, strings.NewReader(body))
	require.NoError(p.t, err)
	if p.token != "" {
		r.Header.Set("Authorization", "Bearer "+p.token)
	}
	if contentType != "" {
		r.Header.Set("Content-Type", contentType)
	}
	resp, err := http.DefaultClient.Do(r)
	require.NoError(p.t, err)
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	require.NoError(p.t, err)
	if token := resp.Header.Get("Token"); token != "" {
		p.token = token
	}
	return resp.StatusCode, string(answer)
}

// does is do for a request that succeeds.
func (p *person) does(what, body string) string {
	p.t.Helper()
	status, answer := p.do(what, "application/json", body)
	require.Less(p.t, status, 300, "%s: %s", what, answer)
	return answer
}

// connects opens a websocket: by the token in the header, or in the first message.
func (p *person) connects(challenge bool) {
	p.t.Helper()
	header := http.Header{}
	if !challenge {
		header.Set("Authorization", "Bearer "+p.token)
	}
	ws, _, err := websocket.Dial(p.t.Context(), p.url+"/api/v4/websocket", &websocket.DialOptions{HTTPHeader: header})
	require.NoError(p.t, err)
	p.t.Cleanup(func() { ws.CloseNow() })
	ws.SetReadLimit(-1)
	p.client = &client{p.t, ws}
	if challenge {
		p.says(`{"seq":1,"action":"authentication_challenge","data":{"token":%q}}`, p.token)
	}
	p.next("status_change")
	if challenge {
		p.next("reply")
	}
}

func (p *person) says(format string, args ...any) {
	p.t.Helper()
	require.NoError(p.t, p.ws.Write(p.t.Context(), websocket.MessageText, fmt.Appendf(nil, format, args...)))
}

// posted waits for a post and returns its id.
func (p *person) posted(text string) string {
	p.t.Helper()
	for {
		post := p.next("posted").Data["post"].(string)
		if strings.Contains(post, text) {
			return field(p.t, post, "id")
		}
	}
}

// A proxied is a fake with a proxy in front, an integration behind the proxy, and people.
type proxied struct {
	mm    *mmfake.Server
	proxy *mmfake.Proxy
	bot   *deployBot
	dev   *mmfake.Channel
	hook  string // path
}

func newProxied(t *testing.T, options ...mmfake.Option) *proxied {
	t.Helper()
	mm := mmfake.New(t, options...)
	dev := mm.Channel("dev")
	bot := &deployBot{t: t, token: mm.Bot("deploybot", dev).Token}
	integration := httptest.NewServer(bot)
	t.Cleanup(integration.Close)
	proxy, err := mmfake.StartProxy(mmfake.ProxyConfig{Upstream: mm.URL, Integration: integration.URL})
	require.NoError(t, err)
	t.Cleanup(proxy.Close)
	t.Cleanup(bot.running.Wait)
	bot.mattermost, bot.own = proxy.URL, proxy.CallbackURL
	mm.Command("/deploy", bot.own+"/command")
	mm.OutgoingWebhook(dev, bot.own+"/page", "page")
	hook, err := url.Parse(mm.IncomingWebhook(dev).URL)
	require.NoError(t, err)
	return &proxied{mm: mm, proxy: proxy, bot: bot, dev: dev, hook: hook.Path}
}

// plays a session with everything: what each of the two waits for is no more than what
// they need to go on.
func (s *proxied) plays(t *testing.T) {
	t.Helper()
	alice := &person{url: s.proxy.URL, client: &client{t: t}}
	bob := &person{url: s.proxy.URL, client: &client{t: t}, token: s.mm.User("bob", s.dev).Token}
	login := s.mm.User("alice", s.dev)

	status, _ := alice.do("GET /api/v4/users/me", "", "")
	require.Equal(t, http.StatusUnauthorized, status)
	alice.does("POST /api/v4/users/login", `{"login_id":"alice","password":"`+login.Password+`"}`)
	alice.connects(false)
	bob.connects(true)

	nobody := &person{url: s.proxy.URL, client: &client{t: t}}
	status, answer := nobody.do("POST "+s.hook, "application/x-www-form-urlencoded", "payload="+url.QueryEscape(`{"text":"build 7 passed"}`))
	require.Equal(t, http.StatusOK, status, answer)
	alice.posted("build 7 passed")
	post := field(t, alice.does("POST /api/v4/posts", `{"channel_id":"`+s.dev.ID+`","message":"<good> & bad"}`), "id")
	alice.does("PUT /api/v4/posts/"+post+"/patch", `{"message":"good"}`)
	bob.posted("bad")
	bob.says(`{"seq":2,"action":"user_typing","data":{"channel_id":%q}}`, s.dev.ID)
	bob.next("reply")
	alice.next("typing")
	bob.does("POST /api/v4/posts", `{"channel_id":"`+s.dev.ID+`","message":"@alice really?","root_id":"`+post+`"}`)
	alice.posted("really")
	bob.does("POST /api/v4/reactions", `{"user_id":"`+s.mm.User("bob").ID+`","post_id":"`+post+`","emoji_name":"ok"}`)
	bob.does("DELETE /api/v4/posts/"+field(t, bob.does("POST /api/v4/posts", `{"channel_id":"`+s.dev.ID+`","message":"never mind"}`), "id"), "")
	alice.next("post_deleted")

	alice.does("POST /api/v4/commands/execute", `{"channel_id":"`+s.dev.ID+`","command":"/deploy prod"}`)
	ask := alice.posted("wants to deploy")
	shown := alice.does("GET /api/v4/posts/"+ask, "")
	alice.does("POST /api/v4/posts/"+ask+"/actions/"+field(t, shown, "props.attachments.0.actions.0.id"), `{}`)
	form := alice.next("open_dialog").Data["dialog"].(string)
	alice.does("POST /api/v4/actions/dialogs/submit", fmt.Sprintf(`{"url":%q,"callback_id":"report","state":"s1","channel_id":%q,"team_id":%q,"submission":{"summary":"fine"}}`,
		field(t, form, "url"), s.dev.ID, s.dev.TeamID))
	alice.posted("deployed")
	alice.does("POST /api/v4/posts", `{"channel_id":"`+s.dev.ID+`","message":"page bob"}`)
	bob.posted("paged for alice")

	alice.does("GET /api/v4/channels/"+s.dev.ID+"/posts", "") // is compressed
	alice.does("POST /api/v4/users/ids", `["`+s.mm.User("bob").ID+`"]`)
	status, _ = alice.do("GET /api/v4/posts/"+strings.Repeat("q", 26), "", "")
	require.Equal(t, http.StatusNotFound, status)
	status, _ = bob.do("GET /", "", "")
	require.Equal(t, http.StatusOK, status)
	alice.does("POST /api/v4/users/logout", "")
}

// ends waits until everybody has what he was sent.
func (s *proxied) ends(t *testing.T) {
	t.Helper()
	s.bot.running.Wait()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	require.NoError(t, s.mm.Settle(ctx))
}

// uploads has somebody send a file and read it back.
func (s *proxied) uploads(t *testing.T) {
	t.Helper()
	as := &person{url: s.proxy.URL, client: &client{t: t}, token: s.mm.User("bob").Token}
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	require.NoError(t, form.WriteField("channel_id", s.dev.ID))
	part, err := form.CreateFormFile("files", "a.bin")
	require.NoError(t, err)
	part.Write([]byte{0, 1, 2, 0xff})
	require.NoError(t, form.Close())
	status, answer := as.do("POST /api/v4/files", form.FormDataContentType(), body.String())
	require.Equal(t, http.StatusCreated, status, answer)
	_, content := as.do("GET /api/v4/files/"+field(t, answer, "file_infos.0.id"), "", "")
	require.Equal(t, "\x00\x01\x02\xff", content)
}

// diff is how two files differ, as diff -u shows it.
func diff(t *testing.T, a, b string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), "diff", "-U", "40", a, b).CombinedOutput()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok && exit.ExitCode() == 1 || err == nil {
		return string(out)
	}
	require.NoError(t, err, "%s", out)
	return ""
}

// comparesWithTheFakes holds the proxy's recording against the fake's own, and returns it.
func (s *proxied) comparesWithTheFakes(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	inside, outside := filepath.Join(dir, "inside.json"), filepath.Join(dir, "outside.json")
	require.NoError(t, s.mm.Save(inside))
	require.NoError(t, s.proxy.Save(outside))
	got, err := os.ReadFile(outside)
	require.NoError(t, err)
	assert.Empty(t, diff(t, inside, outside), "what the proxy has recorded, against what the fake has")
	return string(got)
}

func TestARecordingMadeThroughAProxyEqualsOneMadeInsideTheFake(t *testing.T) {
	for _, version := range []string{"11.6", "5.36"} {
		t.Run(version, func(t *testing.T) { recordsTheSame(t, version) })
	}
}

func recordsTheSame(t *testing.T, version string) {
	s := newProxied(t, mmfake.Version(version))
	s.plays(t)
	s.uploads(t)
	s.ends(t)

	got := s.comparesWithTheFakes(t)
	for _, part := range []string{`"actor": "alice"`, `"actor": "bob"`, `"actor": "deploybot"`, `"kind": "callback"`, `"server": "` + version + ".", "deployed", "open_dialog", "user_typing"} {
		assert.Contains(t, got, part)
	}
}

func TestTwoRecordingsMadeThroughAProxyAreTheSameFile(t *testing.T) {
	dir := t.TempDir()
	var files []string
	for _, seed := range []string{"one", "two"} {
		s := newProxied(t, mmfake.Seed(seed))
		s.plays(t)
		s.uploads(t)
		s.ends(t)
		files = append(files, filepath.Join(dir, seed+".json"))
		require.NoError(t, s.proxy.Save(files[len(files)-1]))
	}
	assert.Empty(t, diff(t, files[0], files[1]))
}

// wanders does what comes into its head, one thing after the other, and waits for nothing.
func (s *proxied) wanders(t *testing.T, chance *rand.Rand, steps int) {
	t.Helper()
	people := []*person{}
	for _, name := range []string{"alice", "bob"} {
		p := &person{url: s.proxy.URL, client: &client{t: t}, token: s.mm.User(name, s.dev).Token}
		p.does("GET /api/v4/users/me", "")
		p.connects(false)
		people = append(people, p)
	}
	nobody := &person{url: s.proxy.URL, client: &client{t: t}}
	create := func(p *person) string {
		return field(t, p.does("POST /api/v4/posts", `{"channel_id":"`+s.dev.ID+`","message":"something"}`), "id")
	}
	posts := []string{create(people[0])}
	for range steps {
		i := chance.IntN(len(people))
		p, me, post := people[i], s.mm.User([]string{"alice", "bob"}[i]).ID, posts[chance.IntN(len(posts))]
		switch chance.IntN(9) {
		case 0, 1:
			posts = append(posts, create(p))
		case 2:
			nobody.does("POST "+s.hook, `{"text":"build passed"}`)
		case 3:
			p.do("PUT /api/v4/posts/"+post+"/patch", "application/json", `{"message":"something else"}`) // may be somebody else's
		case 4:
			p.do("DELETE /api/v4/posts/"+create(p), "", "")
		case 5:
			p.does("POST /api/v4/reactions", `{"user_id":"`+me+`","post_id":"`+post+`","emoji_name":"ok"}`)
		case 6:
			p.do("DELETE /api/v4/users/me/posts/"+post+"/reactions/ok", "", "")
		case 7:
			p.does("POST /api/v4/commands/execute", `{"channel_id":"`+s.dev.ID+`","command":"/deploy prod"}`)
		case 8:
			p.does("GET /api/v4/channels/"+s.dev.ID+"/posts", "")
			p.does("POST /api/v4/channels/members/me/view", `{"channel_id":"`+s.dev.ID+`"}`)
		}
	}
}

func TestWhoWaitsForNothingIsRecordedTheSameToo(t *testing.T) {
	for seed := range uint64(8) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			s := newProxied(t)
			s.wanders(t, rand.New(rand.NewPCG(seed, 8)), 40)
			s.ends(t)
			s.comparesWithTheFakes(t)
		})
	}
}
