package mmfake_test

import (
	"context"
	"crypto/x509"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// startProxy starts a proxy that is closed when the test ends.
func startProxy(t *testing.T, c mmfake.ProxyConfig) *mmfake.Proxy {
	t.Helper()
	p, err := mmfake.StartProxy(c)
	require.NoError(t, err)
	t.Cleanup(p.Close)
	return p
}

// saved is the fixture that a proxy writes.
func saved(t *testing.T, p *mmfake.Proxy, options ...recorder.FixtureOption) (*recorder.Fixture, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "session.json")
	require.NoError(t, p.Save(path, options...))
	content, err := os.ReadFile(path)
	require.NoError(t, err)
	f, err := recorder.Load(path)
	require.NoError(t, err)
	return f, string(content)
}

func TestAProxyAsksAtTheEndWhoseATokenIs(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	robot := mm.Bot("deploybot", dev)
	p := startProxy(t, mmfake.ProxyConfig{Upstream: mm.URL})
	c := replayClient{t: t, url: p.URL, token: robot.Token, channel: dev.ID}
	status, answer := c.post("deploying 1.4")
	require.Equal(t, http.StatusCreated, status, answer)
	assert.Empty(t, p.Journal.All()[0].Actor)
	assert.Equal(t, 1, mm.Journal.Len(), "it has asked nothing of its own yet")

	f, content := saved(t, p)
	assert.Equal(t, "deploybot", f.Exchanges()[0].Actor)
	assert.Equal(t, 1, f.Len())
	assert.NotContains(t, content, robot.Token)
	assert.Equal(t, 1, mm.Journal.Count(recorder.Route("GET /api/v4/users/{user_id}"), recorder.By("deploybot")))
	saved(t, p)
	assert.Equal(t, 2, mm.Journal.Len(), "it asks once")
}

func TestWhoseATokenIsStaysUnknownWhereTheServerDoesNotSay(t *testing.T) {
	mm := mmfake.New(t)
	p := startProxy(t, mmfake.ProxyConfig{Upstream: mm.URL})
	c := replayClient{t: t, url: p.URL, token: mm.Bot("deploybot", mm.Channel("dev")).Token, channel: mm.Channel("dev").ID}
	c.post("deploying 1.4")
	mm.Close()
	f, _ := saved(t, p)
	assert.Empty(t, f.Exchanges()[0].Actor)
}

func TestAProxyLendsItsTokenAndShowsItToNobody(t *testing.T) {
	mm := mmfake.New(t)
	p := startProxy(t, mmfake.ProxyConfig{Upstream: mm.URL, Token: mm.Admin.Token})
	resp, err := http.Get(p.URL + "/api/v4/users/me")
	require.NoError(t, err)
	resp.Body.Close()
	assert.Equal(t, http.StatusOK, resp.StatusCode)
	f, content := saved(t, p)
	assert.Equal(t, "sysadmin", f.Exchanges()[0].Actor)
	assert.Contains(t, content, `"Authorization": "Bearer {token.1}"`)
	assert.NotContains(t, content, mm.Admin.Token)
}

func TestTheHostsOfProxyServerAndSiteHaveOneName(t *testing.T) {
	mm := mmfake.New(t, mmfake.Configure(func(s *mmfake.Settings) { s.SiteURL = "https://chat.example.com" }))
	dev := mm.Channel("dev")
	p := startProxy(t, mmfake.ProxyConfig{Upstream: mm.URL})
	c := replayClient{t: t, url: p.URL, token: mm.User("alice", dev).Token, channel: dev.ID}
	status, answer := c.do("GET /api/v4/config/client?format=old", "")
	require.Equal(t, http.StatusOK, status, answer)
	c.post("see " + p.URL + "/a, " + mm.URL + "/b and https://chat.example.com/c")
	_, content := saved(t, p)
	assert.Contains(t, content, `"see http://{host.site}/a, http://{host.site}/b and https://{host.site}/c"`)
	assert.NotContains(t, content, "example.com/c")
	assert.NotContains(t, content, "127.0.0.1")
}

func TestASiteURLThatIsNoneKeepsNoProxyFromWriting(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, `{"SiteURL":"chat.example.com"}`) }))
	defer server.Close()
	p := startProxy(t, mmfake.ProxyConfig{Upstream: server.URL})
	resp, err := http.Get(p.URL + "/api/v4/config/client?format=old")
	require.NoError(t, err)
	resp.Body.Close()
	f, _ := saved(t, p)
	assert.Equal(t, 1, f.Len())
}

func TestASecretKeepsAProxyFromWriting(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	p := startProxy(t, mmfake.ProxyConfig{Upstream: mm.URL})
	c := replayClient{t: t, url: p.URL, token: mm.User("alice", dev).Token, channel: dev.ID}
	c.post("ghp_0123456789abcdefghijABCDEFGHIJ012345")
	path := filepath.Join(t.TempDir(), "session.json")
	assert.ErrorContains(t, p.Save(path), "request.json.message looks like a GitHub token")
	assert.NoFileExists(t, path)
	require.NoError(t, p.Save(path, recorder.RedactKey("message")))
}

func TestAProxyTrustsTheAuthoritiesThatItIsGiven(t *testing.T) {
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, `{"status":"OK"}`) }))
	defer server.Close()
	pool := x509.NewCertPool()
	pool.AddCert(server.Certificate())
	p := startProxy(t, mmfake.ProxyConfig{Upstream: server.URL, RootCAs: pool})
	resp, err := http.Get(p.URL + "/api/v4/system/ping")
	require.NoError(t, err)
	resp.Body.Close()
	assert.Equal(t, http.StatusOK, resp.StatusCode)
	_, content := saved(t, p)
	assert.NotContains(t, content, `"err"`)
}

func TestAProxyWaitsForAnAnswerAsLongAsItIsTold(t *testing.T) {
	end := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { <-end }))
	defer server.Close()
	defer close(end)
	p := startProxy(t, mmfake.ProxyConfig{Upstream: server.URL, AnswerTime: 20 * time.Millisecond})
	resp, err := http.Get(p.URL)
	require.NoError(t, err)
	resp.Body.Close()
	assert.Equal(t, http.StatusGatewayTimeout, resp.StatusCode)
}

func TestExchangesAreObserved(t *testing.T) {
	mm := mmfake.New(t)
	var seen []string
	p := startProxy(t, mmfake.ProxyConfig{Upstream: mm.URL, Observe: func(ex *recorder.Exchange) { seen = append(seen, ex.Route) }})
	resp, err := http.Get(p.URL + "/api/v4/system/ping")
	require.NoError(t, err)
	resp.Body.Close()
	p.Close()
	assert.Equal(t, []string{"GET /api/v4/system/ping"}, seen)
}

func TestAProxySaysWhatItCannotStartWith(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer taken.Close()
	address := taken.Addr().String()
	for problem, c := range map[string]mmfake.ProxyConfig{
		`"" is no URL`:                         {},
		`"chat.example.com" is no URL`:         {Upstream: "chat.example.com"},
		`"127.0.0.1:5000" is no URL`:           {Upstream: "http://a.test", Integration: "127.0.0.1:5000"},
		"listening on " + address:              {Upstream: "http://a.test", Listen: address},
		"listening on " + address + ": listen": {Upstream: "http://a.test", Integration: "http://b.test", CallbackListen: address},
	} {
		_, err := mmfake.StartProxy(c)
		assert.ErrorContains(t, err, problem)
	}
}

func TestShutdownOfAProxyLetsAnswersEnd(t *testing.T) {
	asked, answer := make(chan struct{}), make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		close(asked)
		<-answer
		io.WriteString(w, "late but there")
	}))
	defer server.Close()
	p := startProxy(t, mmfake.ProxyConfig{Upstream: server.URL})
	got := make(chan string, 1)
	go func() {
		resp, err := http.Get(p.URL + "/api/v4/posts")
		if err != nil {
			got <- err.Error()
			return
		}
		defer resp.Body.Close()
		body, _ := io.ReadAll(resp.Body)
		got <- string(body)
	}()
	<-asked
	down := make(chan error, 1)
	go func() { down <- p.Shutdown(t.Context()) }()
	for { // until it takes no new connections
		conn, err := net.Dial("tcp", strings.TrimPrefix(p.URL, "http://"))
		if err != nil {
			break
		}
		conn.Close()
	}
	close(answer)
	assert.Equal(t, "late but there", <-got)
	require.NoError(t, <-down)
	assert.Empty(t, p.Journal.All()[0].Err)
}

func TestShutdownOfAProxyCutsOffWhatTakesTooLong(t *testing.T) {
	asked := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { close(asked); <-r.Context().Done() }))
	defer server.Close()
	p := startProxy(t, mmfake.ProxyConfig{Upstream: server.URL})
	go http.Get(p.URL + "/api/v4/posts")
	<-asked
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	assert.ErrorIs(t, p.Shutdown(ctx), context.Canceled)
	assert.Equal(t, "the proxy was closed before it had an answer", p.Journal.All()[0].Err)
	f, _ := saved(t, p)
	assert.Equal(t, 1, f.Len())
}
