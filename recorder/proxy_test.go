package recorder_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// A stand is a proxy in front of a server, both listening.
type stand struct {
	*recorder.Proxy
	t        *testing.T
	journal  *recorder.Journal
	url      string
	upstream *httptest.Server
}

// inFrontOf starts a server and a proxy before it.
func inFrontOf(t *testing.T, upstream http.HandlerFunc, options ...recorder.ProxyOption) *stand {
	t.Helper()
	return keeping(t, recorder.Limits{}, upstream, options...)
}

// keeping is inFrontOf with a journal of these limits.
func keeping(t *testing.T, limits recorder.Limits, upstream http.HandlerFunc, options ...recorder.ProxyOption) *stand {
	t.Helper()
	server := httptest.NewServer(upstream)
	t.Cleanup(server.Close)
	s := proxyInto(t, recorder.NewJournal(limits), server.URL, options...)
	s.upstream = server
	return s
}

// proxyTo starts a proxy in front of a URL.
func proxyTo(t *testing.T, url string, options ...recorder.ProxyOption) *stand {
	t.Helper()
	return proxyInto(t, recorder.NewJournal(recorder.Limits{}), url, options...)
}

func proxyInto(t *testing.T, journal *recorder.Journal, url string, options ...recorder.ProxyOption) *stand {
	t.Helper()
	proxy, err := recorder.NewProxy(url, journal, options...)
	require.NoError(t, err)
	front := httptest.NewServer(proxy)
	t.Cleanup(func() { proxy.Close(); front.Close() })
	return &stand{Proxy: proxy, t: t, journal: journal, url: front.URL}
}

// do sends a request through the proxy, as "GET /path", and returns the answer with its
// body.
func (s *stand) do(what, body string, header http.Header) (*http.Response, string) {
	s.t.Helper()
	method, path, _ := strings.Cut(what, " ")
	r, err := http.NewRequestWithContext(s.t.Context(), method, s.url+path, strings.NewReader(body))
	require.NoError(s.t, err)
	for name, values := range header {
		r.Header[name] = values
	}
	resp, err := http.DefaultTransport.RoundTrip(r) // follows no redirects
	require.NoError(s.t, err)
	defer resp.Body.Close()
	read, err := io.ReadAll(resp.Body)
	require.NoError(s.t, err)
	return resp, string(read)
}

// only is the one exchange that the journal has.
func (s *stand) only() *recorder.Exchange {
	s.t.Helper()
	all := s.journal.All()
	require.Len(s.t, all, 1)
	return all[0]
}

func TestAProxyPassesOnAndRecords(t *testing.T) {
	var got *http.Request
	var gotBody string
	s := inFrontOf(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got, gotBody = r, string(body)
		w.Header().Set("Content-Type", "application/json")
		w.Header()["X-Own"] = []string{"a", "b"}
		w.WriteHeader(http.StatusCreated)
		fmt.Fprint(w, `{"id":"p1"}`)
	})
	resp, body := s.do("PUT /api/v4/posts/a%2Fb?x=1;y&z=%zz", `{"message":"hi"}`, http.Header{"Authorization": {"Bearer t"}, "X-Forwarded-For": {"10.0.0.1"}})

	assert.Equal(t, `{"id":"p1"}`, body)
	assert.Equal(t, http.StatusCreated, resp.StatusCode)
	assert.Equal(t, []string{"a", "b"}, resp.Header.Values("X-Own"))
	assert.Equal(t, "/api/v4/posts/a%2Fb?x=1;y&z=%zz", got.RequestURI, "byte by byte")
	assert.Equal(t, `{"message":"hi"}`, gotBody)
	assert.Equal(t, []string{"10.0.0.1"}, got.Header["X-Forwarded-For"], "nothing is added")
	assert.Equal(t, strings.TrimPrefix(s.upstream.URL, "http://"), got.Host)

	ex := s.only()
	assert.Equal(t, "#1 api in PUT /api/v4/posts/a/b?x=1;y&z=%zz: 201", ex.String())
	assert.Equal(t, `{"message":"hi"}`, ex.Request.Text())
	assert.Equal(t, "Bearer t", ex.Request.Header.Get("Authorization"))
	assert.Equal(t, `{"id":"p1"}`, ex.Response.Text())
	assert.Equal(t, "application/json", ex.Response.Header.Get("Content-Type"))
	assert.NotZero(t, ex.Duration)
	assert.Empty(t, ex.Err)
}

func TestAProxyTellsWhatARequestIsAbout(t *testing.T) {
	s := inFrontOf(t, func(w http.ResponseWriter, r *http.Request) {})
	for what, kind := range map[string]recorder.Kind{
		"GET /api/v4/users/me": recorder.KindAPI, "POST /hooks/abc": recorder.KindWebhook, "GET /hooks/abc": recorder.KindPage, "GET /": recorder.KindPage,
	} {
		s.do(what, "", nil)
		last, _ := s.journal.Last()
		assert.Equal(t, kind, last.Kind, what)
	}
}

func TestTheJournalHasAnExchangeBeforeTheClientHasTheAnswer(t *testing.T) {
	for name, write := range map[string]func(http.ResponseWriter){
		"of a known length": func(w http.ResponseWriter) { io.WriteString(w, "hello") },
		"in pieces":         func(w http.ResponseWriter) { io.WriteString(w, "hello"); w.(http.Flusher).Flush() },
		"without a body":    func(w http.ResponseWriter) { w.WriteHeader(http.StatusNoContent) },
		"unchanged":         func(w http.ResponseWriter) { w.WriteHeader(http.StatusNotModified) },
	} {
		t.Run(name, func(t *testing.T) {
			s := inFrontOf(t, func(w http.ResponseWriter, r *http.Request) { write(w) })
			for i := range 50 {
				s.do("GET /api/v4/users/me", "", nil)
				require.Equal(t, i+1, s.journal.Len())
			}
		})
	}
}

func TestAHeadRequestIsRecordedWithoutABody(t *testing.T) {
	s := inFrontOf(t, func(w http.ResponseWriter, r *http.Request) { w.Header().Set("Content-Length", "5") })
	resp, body := s.do("HEAD /", "", nil)
	assert.Empty(t, body)
	assert.EqualValues(t, 5, resp.ContentLength)
	assert.Equal(t, 200, s.only().Response.Status)
}

func TestTheServerMayBeBelowAPath(t *testing.T) {
	var got []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got = append(got, r.URL.Path)
		http.SetCookie(w, &http.Cookie{Name: "MMAUTHTOKEN", Value: "x", Path: "/mattermost"})
		w.Header().Set("Location", "/mattermost/login?next=a#b")
		w.WriteHeader(http.StatusFound)
	}))
	defer server.Close()
	s := proxyTo(t, server.URL+"/mattermost/")
	resp, _ := s.do("GET /api/v4/users/me", "", nil)
	assert.Equal(t, []string{"/mattermost/api/v4/users/me"}, got)
	assert.Equal(t, "/login?next=a#b", resp.Header.Get("Location"))
	assert.Equal(t, "/", resp.Cookies()[0].Path)
	assert.Equal(t, "/api/v4/users/me", s.only().Request.Path, "the client's path")
}

func TestRedirectsLeadToTheProxy(t *testing.T) {
	var to string
	s := inFrontOf(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header()["Location"] = []string{to}
		w.WriteHeader(302)
	})
	for from, want := range map[string]string{
		s.upstream.URL + "/a?b=c#d":   s.url + "/a?b=c#d",
		s.upstream.URL:                s.url + "/",
		s.upstream.URL + "/a%2Fb":     s.url + "/a%2Fb",
		"/a":                          "/a",
		"a/b":                         "a/b",
		"https://elsewhere.test/a":    "https://elsewhere.test/a",
		"//" + s.upstream.URL[7:]:     s.url + "/",
		s.upstream.URL + ".evil.test": s.upstream.URL + ".evil.test",
		"":                            "",
	} {
		to = from
		resp, _ := s.do("GET /", "", nil)
		assert.Equal(t, want, resp.Header.Get("Location"), from)
	}
}

func TestCookiesComeBack(t *testing.T) {
	var got string
	s := inFrontOf(t, func(w http.ResponseWriter, r *http.Request) {
		if cookie, err := r.Cookie("MMAUTHTOKEN"); err == nil {
			got = cookie.Value
		}
		http.SetCookie(w, &http.Cookie{Name: "MMAUTHTOKEN", Value: "secret", Path: "/", Domain: "chat.example.com", Secure: true, HttpOnly: true, SameSite: http.SameSiteNoneMode})
	})
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	client := http.Client{Jar: jar}
	for range 2 {
		resp, err := client.Get(s.url)
		require.NoError(t, err)
		resp.Body.Close()
	}
	assert.Equal(t, "secret", got)
	resp, _ := s.do("GET /", "", nil)
	assert.Equal(t, []string{"MMAUTHTOKEN=secret; Path=/; HttpOnly; SameSite=Lax"}, resp.Header["Set-Cookie"])
}

func TestTheServerSeesItsOwnOrigin(t *testing.T) {
	var got http.Header
	s := inFrontOf(t, func(w http.ResponseWriter, r *http.Request) {
		got = r.Header
		w.Header().Set("Access-Control-Allow-Origin", r.Header.Get("Origin"))
	})
	resp, _ := s.do("GET /", "", http.Header{"Origin": {s.url}, "Referer": {s.url + "/a"}})
	assert.Equal(t, s.upstream.URL, got.Get("Origin"))
	assert.Equal(t, s.upstream.URL+"/a", got.Get("Referer"))
	assert.Equal(t, s.url, resp.Header.Get("Access-Control-Allow-Origin"), "the client sees its own")

	resp, _ = s.do("GET /", "", http.Header{"Origin": {"http://elsewhere.test"}, "Referer": {"http://elsewhere.test/a"}})
	assert.Equal(t, "http://elsewhere.test", got.Get("Origin"))
	assert.Equal(t, "http://elsewhere.test/a", got.Get("Referer"))
	assert.Equal(t, "http://elsewhere.test", resp.Header.Get("Access-Control-Allow-Origin"))
}

// zipped is a text as gzip.
func zipped(text string) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	io.WriteString(w, text)
	w.Close()
	return b.Bytes()
}

func TestAGzippedAnswerIsRecordedAsWhatItSays(t *testing.T) {
	long := strings.Repeat("a long answer ", 1000)
	var accepted []string
	s := inFrontOf(t, func(w http.ResponseWriter, r *http.Request) {
		accepted = r.Header["Accept-Encoding"]
		if !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			io.WriteString(w, long)
			return
		}
		w.Header().Set("Content-Encoding", "gzip")
		w.Write(zipped(long))
	})
	for asked, wanted := range map[string][]string{
		"gzip, deflate, br": {"gzip"}, "GZIP;q=0.5": {"gzip"}, "*": {"gzip"}, "br": nil, "gzip;q=0, br": nil, "gzip; q=0.0": nil,
	} {
		resp, body := s.do("GET /", "", http.Header{"Accept-Encoding": {asked}})
		assert.Equal(t, wanted, accepted, asked)
		if wanted != nil {
			assert.Equal(t, "gzip", resp.Header.Get("Content-Encoding"))
			assert.Equal(t, string(zipped(long)), body, "the client has it as it was sent")
		} else {
			assert.Equal(t, long, body)
		}
		last, _ := s.journal.Last()
		assert.Equal(t, long, last.Response.Text(), asked)
		assert.Empty(t, last.Err)
	}
}

func TestAnAnswerThatIsNotTheGzipItPromisesIsRecordedAsSuch(t *testing.T) {
	s := inFrontOf(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		io.WriteString(w, "not gzip at all")
	})
	_, body := s.do("GET /", "", http.Header{"Accept-Encoding": {"gzip"}})
	assert.Equal(t, "not gzip at all", body)
	assert.Equal(t, "the answer is not the gzip that its headers promise: gzip: invalid header", s.only().Err)
}

func TestATokenIsLentToRequestsThatCarryNone(t *testing.T) {
	var got string
	s := inFrontOf(t, func(w http.ResponseWriter, r *http.Request) { got = r.Header.Get("Authorization") }, recorder.BearerToken("lent"))
	for _, c := range []struct {
		what   string
		header http.Header
		want   string
	}{
		{"GET /api/v4/users/me", nil, "Bearer lent"},
		{"GET /api/v4/users/me", http.Header{"Authorization": {"Bearer own"}}, "Bearer own"},
		{"GET /api/v4/users/me", http.Header{"Cookie": {"MMAUTHTOKEN=own"}}, ""},
		{"GET /api/v4/users/me?access_token=own", nil, ""},
		{"POST /hooks/abc", nil, ""},
		{"GET /", nil, ""},
		{"GET /api/v4/users/me", http.Header{"Origin": {"http://elsewhere.test"}}, ""},
		{"GET /api/v4/users/me", http.Header{"Sec-Fetch-Site": {"cross-site"}}, ""},
		{"GET /api/v4/users/me", http.Header{"Sec-Fetch-Site": {"same-origin"}}, "Bearer lent"},
	} {
		s.do(c.what, "", c.header)
		assert.Equal(t, c.want, got, "%s %v", c.what, c.header)
	}
	assert.Equal(t, "Bearer lent", s.journal.All()[0].Request.Header.Get("Authorization"), "the journal has what the server got")
}

func TestATokenIsNotLentToANameThatAnybodyMayHaveMadeUp(t *testing.T) {
	var got string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { got = r.Header.Get("Authorization") }))
	defer server.Close()
	proxy, err := recorder.NewProxy(server.URL, recorder.NewJournal(recorder.Limits{}), recorder.BearerToken("lent"), recorder.PublicURL("http://recorder.test:8066"))
	require.NoError(t, err)
	defer proxy.Close()
	for host, want := range map[string]string{
		"127.0.0.1:8066": "Bearer lent", "[::1]:8066": "Bearer lent", "localhost:8066": "Bearer lent", "recorder.test:8066": "Bearer lent", "rebound.test:8066": "",
	} {
		proxy.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "http://"+host+"/api/v4/users/me", nil))
		assert.Equal(t, want, got, host)
	}
}

func TestExchangesAreDescribedOneByOneBeforeTheJournalHasThem(t *testing.T) {
	busy := false
	s := inFrontOf(t, func(w http.ResponseWriter, r *http.Request) {}, recorder.Describing(func(ex *recorder.Exchange) {
		assert.False(t, busy)
		busy = true
		ex.Actor, ex.Route = "alice", "GET /api/v4/users/{user_id}"
		busy = false
	}))
	s.do("GET /api/v4/users/me", "", nil)
	assert.Equal(t, "alice", s.only().Actor)
	assert.Equal(t, 1, s.journal.Count(recorder.Route("GET /api/v4/users/{user_id}")))
}

func TestAProxyNeedsAURL(t *testing.T) {
	for url, problem := range map[string]string{
		"":                         `"" is no URL such as https://chat.example.com`,
		"chat.example.com":         `"chat.example.com" is no URL such as`,
		"ftp://chat.example.com":   `is no URL such as`,
		"http://a:b@chat.test":     "the URL of chat.test has a password in it",
		"http://chat.test/a?b=c":   "has more than a path",
		"http://chat.test/%zz":     "is no URL such as",
		"http://chat.test:port/":   "is no URL such as",
		"https://chat.test/a#frag": "has more than a path",
	} {
		_, err := recorder.NewProxy(url, recorder.NewJournal(recorder.Limits{}))
		assert.ErrorContains(t, err, problem, url)
	}
	_, err := recorder.NewProxy("http://a.test", nil, recorder.PublicURL("nonsense"))
	assert.ErrorContains(t, err, `"nonsense" is no URL`)
}

func TestAClosedProxyCutsOffWhatIsUnderWay(t *testing.T) {
	asked := make(chan struct{})
	s := inFrontOf(t, func(w http.ResponseWriter, r *http.Request) {
		close(asked)
		<-r.Context().Done()
	})
	failed := make(chan error, 1)
	go func() {
		_, err := http.Get(s.url + "/api/v4/users/me")
		failed <- err
	}()
	<-asked
	s.Close()
	ex := s.only()
	assert.Equal(t, "the proxy was closed before it had an answer", ex.Err)
	assert.Zero(t, ex.Response.Status)
	assert.Error(t, <-failed, "the client's connection is cut")

	resp, body := s.do("GET /", "", nil)
	assert.Equal(t, http.StatusServiceUnavailable, resp.StatusCode)
	assert.Contains(t, body, "the proxy was closed")
}

func TestAClientThatGoesIsSaidToHaveGone(t *testing.T) {
	asked, gone := make(chan struct{}), make(chan struct{})
	s := inFrontOf(t, func(w http.ResponseWriter, r *http.Request) {
		close(asked)
		<-r.Context().Done()
		close(gone)
	})
	ctx, leave := context.WithCancel(t.Context())
	go func() { <-asked; leave() }()
	r, err := http.NewRequestWithContext(ctx, "GET", s.url+"/api/v4/users/me", nil)
	require.NoError(t, err)
	_, err = http.DefaultClient.Do(r)
	require.ErrorIs(t, err, context.Canceled)
	<-gone // the server hears of it too
	assert.Equal(t, "the client went before it had an answer", s.awaitOnly().Err)
}

// awaitOnly is only for an exchange whose client does not see it end.
func (s *stand) awaitOnly() *recorder.Exchange {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), 10*time.Second)
	defer cancel()
	_, err := s.journal.Wait(ctx, 1)
	require.NoError(s.t, err)
	return s.only()
}
