package recorder_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// asks is a proxy with a listener for callbacks to an integration, and the URL of that.
func asks(t *testing.T, integration http.HandlerFunc, options ...recorder.ProxyOption) (s *stand, callbacks string) {
	t.Helper()
	bot := httptest.NewServer(integration)
	t.Cleanup(bot.Close)
	return calls(t, bot.URL, options...)
}

func calls(t *testing.T, integration string, options ...recorder.ProxyOption) (s *stand, callbacks string) {
	t.Helper()
	s = proxyTo(t, "http://mattermost.test:8065", options...)
	handler, err := s.Callbacks(integration)
	require.NoError(t, err)
	front := httptest.NewServer(handler)
	t.Cleanup(front.Close)
	s.url = front.URL
	return s, front.URL
}

func TestACallbackIsRecordedAsTheServersOwn(t *testing.T) {
	s, callbacks := asks(t, func(w http.ResponseWriter, r *http.Request) {
		assert.Equal(t, "/bot/command", r.URL.Path)
		assert.Equal(t, "prod", r.FormValue("text"))
		assert.Equal(t, "Token abc", r.Header.Get("Authorization"))
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, `{"text":"deploying"}`)
	})
	_, body := s.do("POST /bot/command?a=b", "text=prod", http.Header{"Content-Type": {"application/x-www-form-urlencoded"}, "Authorization": {"Token abc"}})
	assert.Equal(t, `{"text":"deploying"}`, body)
	ex := s.only()
	assert.Equal(t, "#1 callback out POST "+callbacks+"/bot/command?a=b: 200", ex.String())
	assert.Equal(t, callbacks, ex.Request.Origin)
	assert.Equal(t, "prod", ex.Request.Get("text").String())
	assert.Equal(t, "deploying", ex.Response.Get("text").String())
}

func TestTheIntegrationAnswersAtTheProxy(t *testing.T) {
	var got string
	s, _ := asks(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got = r.URL.RawQuery + string(body)
	}, recorder.PublicURL("http://127.0.0.1:8066"))
	const later = "http://mattermost.test:8065/hooks/commands/x"
	for sent, want := range map[string]string{
		"response_url=" + url.QueryEscape(later) + "&text=a+b": "response_url=http%3A%2F%2F127.0.0.1%3A8066%2Fhooks%2Fcommands%2Fx&text=a+b",
		`{"response_url":"` + later + `"}`:                     `{"response_url":"http://127.0.0.1:8066/hooks/commands/x"}`,
		`http://mattermost.test:8065`:                          `http://127.0.0.1:8066`,
		`http://mattermost.test:80651/x`:                       `http://mattermost.test:80651/x`,
		`nothing of it`:                                        `nothing of it`,
		"":                                                     "",
	} {
		s.do("POST /command", sent, nil)
		assert.Equal(t, want, got, sent)
		last, _ := s.journal.Last()
		assert.Equal(t, sent, last.Request.Text(), "the journal has what the server sent")
		assert.False(t, last.Request.Truncated)
	}
	s.do("GET /command?response_url="+url.QueryEscape(later), "", nil)
	assert.Equal(t, "response_url=http%3A%2F%2F127.0.0.1%3A8066%2Fhooks%2Fcommands%2Fx", got)
	last, _ := s.journal.Last()
	assert.Equal(t, "response_url="+url.QueryEscape(later), last.Request.Query)
}

func TestTheIntegrationKnowsHowTheServerReachesIt(t *testing.T) {
	s, callbacks := asks(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/old" {
			http.Redirect(w, r, "/new", http.StatusTemporaryRedirect)
			return
		}
		fmt.Fprint(w, r.Host)
	})
	_, body := s.do("POST /command", "", nil)
	assert.Equal(t, strings.TrimPrefix(callbacks, "http://"), body)
	resp, _ := s.do("POST /old", "", nil)
	assert.Equal(t, "/new", resp.Header.Get("Location"))
}

func TestARedirectOfTheIntegrationLeadsThroughTheProxy(t *testing.T) {
	var bot *httptest.Server
	bot = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Location", bot.URL+"/new")
		w.WriteHeader(http.StatusTemporaryRedirect)
	}))
	defer bot.Close()
	s, callbacks := calls(t, bot.URL)
	resp, _ := s.do("POST /old", "", nil)
	assert.Equal(t, callbacks+"/new", resp.Header.Get("Location"))
}

func TestAnIntegrationThatIsNotThereIsSaid(t *testing.T) {
	address := nowhere(t)
	s, _ := calls(t, address)
	resp, _ := s.do("POST /command", "text=prod", nil)
	assert.Equal(t, http.StatusBadGateway, resp.StatusCode)
	ex := s.only()
	assert.Equal(t, "the integration "+address+" cannot be reached: connection refused", ex.Err)
	assert.Equal(t, "text=prod", ex.Request.Text())
}

func TestAnIntegrationThatDiesInTheMiddleOfItsAnswerIsSaid(t *testing.T) {
	s, callbacks := asks(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "100")
		io.WriteString(w, `{"text":`)
		w.(http.Flusher).Flush()
		panic(http.ErrAbortHandler)
	})
	resp, err := http.Post(callbacks+"/command", "application/json", strings.NewReader("{}"))
	if err == nil {
		_, err = io.ReadAll(resp.Body)
		resp.Body.Close()
	}
	assert.Error(t, err, "the server sees it so too")
	ex := s.awaitOnly()
	assert.Regexp(t, `^the integration http://\S+ broke its answer off after 8 bytes: unexpected EOF$`, ex.Err)
	assert.Equal(t, `{"text":`, ex.Response.Text())
}

func TestALargeCallbackPassesAsItIs(t *testing.T) {
	large := strings.Repeat("http://mattermost.test:8065/ ", 100_000)
	var got int
	s, _ := asks(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got = strings.Count(string(body), "mattermost.test")
	}, recorder.PublicURL("http://127.0.0.1:8066"))
	s.do("POST /command", large, nil)
	assert.Equal(t, 100_000, got)
	assert.EqualValues(t, len(large), s.only().Request.Size)
}

func TestCallbacksNeedAURL(t *testing.T) {
	s := proxyTo(t, "http://mattermost.test")
	_, err := s.Callbacks("127.0.0.1:5000")
	assert.ErrorContains(t, err, `"127.0.0.1:5000" is no URL`)
}
