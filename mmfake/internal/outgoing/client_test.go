package outgoing_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/outgoing"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

func newClient(t *testing.T, options outgoing.Options) (*outgoing.Client, *recorder.Journal) {
	journal := recorder.NewJournal(recorder.Limits{})
	c := outgoing.New(world.New(world.DefaultConfig()), journal, options)
	t.Cleanup(func() { c.Close() })
	return c, journal
}

func post(url string) *world.Callback {
	return &world.Callback{
		Method: "POST", URL: url, Header: http.Header{"Content-Type": {"application/json"}}, Body: []byte(`{"n":1}`), Actor: "alice",
	}
}

// call makes a request and returns what came of it.
func call(c *outgoing.Client, cb *world.Callback) (*world.CallbackAnswer, *recorder.Exchange) {
	var answer *world.CallbackAnswer
	ex := c.Call(cb, func(a *world.CallbackAnswer) []string { answer = a; return []string{"it was seen"} })
	return answer, ex
}

func TestAMountedHandlerAnswersAsAServerBehindAPortWould(t *testing.T) {
	integration := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.Header().Set("X-Seen", r.Method+" "+r.Host+" "+r.URL.String()+" "+string(body))
		w.WriteHeader(http.StatusAccepted)
		w.Header().Set("X-Late", "yes")
		io.WriteString(w, "<html>hello")
	})
	real := httptest.NewServer(integration)
	defer real.Close()
	c, journal := newClient(t, outgoing.Options{})
	require.NoError(t, c.Mount("http://bot.test", integration))

	for _, url := range []string{"http://bot.test", real.URL} {
		answer, ex := call(c, post(url+"/run?a=b"))
		require.NoError(t, answer.Err)
		assert.Equal(t, 202, answer.Status)
		assert.Equal(t, "<html>hello", string(answer.Body))
		assert.Equal(t, "text/html; charset=utf-8", answer.ContentType)
		assert.Equal(t, "POST "+strings.TrimPrefix(url, "http://")+` /run?a=b {"n":1}`, ex.Response.Header.Get("X-Seen"))
		assert.Empty(t, ex.Response.Header.Get("X-Late"))
		assert.Equal(t, `{"n":1}`, ex.Request.Text())
		assert.Equal(t, url+"/run?a=b", ex.Request.URL())
		assert.Equal(t, []string{"it was seen"}, ex.Followed)
	}
	assert.Equal(t, 2, journal.Count(recorder.OfKind(recorder.KindCallback), recorder.Going(recorder.Out), recorder.By("alice"), recorder.Status(202)))
}

func TestTheLongestMountedPathWins(t *testing.T) {
	named := func(name string) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, name) })
	}
	c, _ := newClient(t, outgoing.Options{})
	require.NoError(t, c.Mount("http://bot.test", named("all")))
	require.NoError(t, c.Mount("http://bot.test/a/", named("a")))
	require.NoError(t, c.Mount("http://bot.test/a", named("a again")))
	require.NoError(t, c.Mount("https://bot.test", named("secure")))
	for url, want := range map[string]string{
		"http://bot.test": "all", "http://BOT.test:80/x": "all", "http://bot.test/ab": "all",
		"http://bot.test/a": "a again", "http://bot.test/a/b": "a again", "https://bot.test:443/a": "secure",
	} {
		answer, _ := call(c, post(url))
		assert.Equal(t, want, string(answer.Body), url)
	}
}

func TestAHandlerIsMountedUnderAWholeURL(t *testing.T) {
	c, _ := newClient(t, outgoing.Options{})
	for _, url := range []string{"bot.test", "/command", "ftp://bot.test", "http://bot.test/?a=b", "http://%zz"} {
		assert.Error(t, c.Mount(url, http.NotFoundHandler()), url)
	}
}

func TestAPublicAddressIsRefusedAtEveryHop(t *testing.T) {
	here := httptest.NewServer(http.RedirectHandler("http://192.0.2.1/elsewhere", http.StatusFound))
	defer here.Close()
	c, journal := newClient(t, outgoing.Options{})
	require.NoError(t, c.Mount("http://bot.test", http.RedirectHandler(here.URL+"/next", http.StatusTemporaryRedirect)))

	answer, last := call(c, post("http://bot.test/first"))
	require.Error(t, answer.Err)
	assert.Contains(t, answer.Err.Error(), "192.0.2.1 is a public address")
	assert.Contains(t, answer.Err.Error(), "mmfake.AllowPublic")
	assert.Zero(t, answer.Status)

	hops := journal.All()
	require.Len(t, hops, 3)
	assert.Equal(t, "http://bot.test/first", hops[0].Request.URL())
	assert.Equal(t, 307, hops[0].Response.Status)
	assert.Equal(t, `{"n":1}`, hops[1].Request.Text(), "307 sends the body again")
	assert.Equal(t, 302, hops[1].Response.Status)
	assert.Equal(t, "GET", hops[2].Request.Method, "302 turns a POST into a GET")
	assert.Equal(t, answer.Err.Error(), hops[2].Err)
	assert.Equal(t, last, hops[2])
}

func TestOnlyLoopbackAndPrivateAddressesAreCalled(t *testing.T) {
	c, _ := newClient(t, outgoing.Options{})
	for _, address := range []string{"8.8.8.8", "192.0.2.1", "169.254.169.254", "[2001:db8::1]", "[::ffff:8.8.8.8]", "[fe80::1]", "100.64.0.1"} {
		answer, _ := call(c, post("http://"+address+"/"))
		assert.ErrorContains(t, answer.Err, netip.MustParseAddr(strings.Trim(address, "[]")).Unmap().String()+" is a public address")
	}
}

func TestAnAnswerIsReadUpToAMebibyte(t *testing.T) {
	big := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for range 10 {
			w.Write(bytes.Repeat([]byte("x"), 1<<20))
		}
	})
	real := httptest.NewServer(big)
	defer real.Close()
	c, _ := newClient(t, outgoing.Options{})
	require.NoError(t, c.Mount("http://bot.test", big))
	for _, url := range []string{"http://bot.test", real.URL} {
		answer, _ := call(c, post(url))
		require.NoError(t, answer.Err)
		assert.Len(t, answer.Body, 1<<20)
	}
}

func TestAnIntegrationThatBreaksOffIsAnError(t *testing.T) {
	abort := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	broken := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("no database") })
	gone := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { runtime.Goexit() })
	real := httptest.NewServer(abort)
	defer real.Close()
	var logged strings.Builder
	c, journal := newClient(t, outgoing.Options{Logf: func(format string, args ...any) { logged.WriteString(args[0].(error).Error()) }})
	require.NoError(t, c.Mount("http://abort.test", abort))
	require.NoError(t, c.Mount("http://broken.test", broken))
	require.NoError(t, c.Mount("http://gone.test", gone))
	for url, want := range map[string]string{
		"http://abort.test":   "cut the connection",
		"http://broken.test":  "panicked: no database",
		"http://gone.test":    "ended its goroutine",
		real.URL:              "EOF",
		"http://127.0.0.1:9":  "connection refused",
		"http://nowhere.test": "no handler is mounted there with mmfake.Server.Mount (there are handlers at http://abort.test, http://broken.test, http://gone.test)",
		"/plugins/x":          "no plugins",
		"http://%zz":          "URL is none",
	} {
		answer, _ := call(c, post(url))
		assert.ErrorContains(t, answer.Err, want, url)
	}
	assert.Equal(t, 8, journal.Len(), "each of them is an exchange")
	assert.Contains(t, logged.String(), "no database")
}

func TestAnIntegrationHasThirtySeconds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, journal := newClient(t, outgoing.Options{})
		require.NoError(t, c.Mount("http://bot.test", http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })))
		start := time.Now()
		answer, ex := call(c, post("http://bot.test"))
		assert.Equal(t, 30*time.Second, time.Since(start))
		assert.EqualError(t, answer.Err, "the integration did not answer within 30s")
		assert.Equal(t, answer.Err.Error(), ex.Err)
		assert.Equal(t, 30*time.Second, ex.Duration)
		assert.Equal(t, 1, journal.Len())
	})
}

func TestCloseCutsOffWhatIsUnderWayAndNamesIt(t *testing.T) {
	asked := make(chan struct{})
	hang := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		asked <- struct{}{}
		io.Copy(io.Discard, r.Body)
		<-r.Context().Done()
	})
	real := httptest.NewServer(hang)
	defer real.Close()
	c, journal := newClient(t, outgoing.Options{})
	require.NoError(t, c.Mount("http://bot.test", hang))
	urls := []string{"http://bot.test/command", real.URL + "/command"}
	ended := make(chan error)
	for _, url := range urls {
		go func() {
			answer, _ := call(c, post(url))
			ended <- answer.Err
		}()
		<-asked
	}
	assert.ElementsMatch(t, []string{"POST " + urls[0], "POST " + urls[1]}, c.Close())
	for range urls {
		assert.ErrorContains(t, <-ended, "the fake was closed")
	}
	answer, _ := call(c, post(urls[0]))
	assert.ErrorContains(t, answer.Err, "the fake was closed", "later calls fail")
	assert.Equal(t, 3, journal.Len())
}
