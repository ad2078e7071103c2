package recorder_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// chat is a server of which little is to be known.
func chat() *httptest.Server {
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintf(w, `{"authorization":%q}`, r.Header.Get("Authorization"))
	}))
}

func ExampleNewProxy() {
	server := chat()
	defer server.Close()
	journal := recorder.NewJournal(recorder.Limits{})
	proxy, err := recorder.NewProxy(server.URL, journal)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer proxy.Close()
	front := httptest.NewServer(proxy)
	defer front.Close()

	resp, err := http.Get(front.URL + "/api/v4/users/me") // the client knows the proxy only
	if err != nil {
		fmt.Println(err)
		return
	}
	resp.Body.Close()
	fmt.Println(journal.All()[0])
	// Output: #1 api in GET /api/v4/users/me: 200
}

func ExampleProxy_ServeHTTP() {
	server := chat()
	server.Close() // it is down
	proxy, err := recorder.NewProxy(server.URL, recorder.NewJournal(recorder.Limits{}))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer proxy.Close()
	answer := httptest.NewRecorder()
	proxy.ServeHTTP(answer, httptest.NewRequest("GET", "/api/v4/users/me", nil))
	fmt.Println(answer.Code)
	// Output: 502
}

func ExampleProxy_Callbacks() {
	bot := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, `{"text":"deploying %s"}`, r.FormValue("text"))
	}))
	defer bot.Close()
	journal := recorder.NewJournal(recorder.Limits{})
	proxy, err := recorder.NewProxy("https://chat.example.com", journal)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer proxy.Close()
	callbacks, err := proxy.Callbacks(bot.URL)
	if err != nil {
		fmt.Println(err)
		return
	}
	registered := httptest.NewServer(callbacks) // its URL is registered with the server
	defer registered.Close()

	resp, err := http.Post(registered.URL+"/command", "application/x-www-form-urlencoded", strings.NewReader("text=prod")) // as the server does
	if err != nil {
		fmt.Println(err)
		return
	}
	defer resp.Body.Close()
	io.Copy(io.Discard, resp.Body)
	ex := journal.All()[0]
	fmt.Println(ex.Kind, ex.Direction, ex.Request.Path, ex.Response.Text())
	// Output: callback out /command {"text":"deploying prod"}
}

func ExampleProxy_Close() {
	server := chat()
	defer server.Close()
	proxy, err := recorder.NewProxy(server.URL, recorder.NewJournal(recorder.Limits{}))
	if err != nil {
		fmt.Println(err)
		return
	}
	proxy.Close()
	answer := httptest.NewRecorder()
	proxy.ServeHTTP(answer, httptest.NewRequest("GET", "/", nil))
	fmt.Println(answer.Code)
	// Output: 503
}

// asked prints what a server was told of who asks, through a proxy with options.
func asked(options ...recorder.ProxyOption) {
	server := chat()
	defer server.Close()
	journal := recorder.NewJournal(recorder.Limits{})
	proxy, err := recorder.NewProxy(server.URL, journal, options...)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer proxy.Close()
	proxy.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "http://127.0.0.1:8066/api/v4/users/me", nil))
	fmt.Println(journal.All()[0], journal.All()[0].Response.Text())
}

func ExampleTransport() {
	asked(recorder.Transport(func(t *http.Transport) { t.ResponseHeaderTimeout = 10 * time.Second }))
	// Output: #1 api in GET /api/v4/users/me: 200 {"authorization":""}
}

func ExampleBearerToken() {
	asked(recorder.BearerToken("u4xq9khd1bf6pfzxoemtzj9hyr"))
	// Output: #1 api in GET /api/v4/users/me: 200 {"authorization":"Bearer u4xq9khd1bf6pfzxoemtzj9hyr"}
}

func ExampleDescribing() {
	asked(recorder.Describing(func(ex *recorder.Exchange) { ex.Actor = "alice" }))
	// Output: #1 api in GET /api/v4/users/me by alice: 200 {"authorization":""}
}

func ExamplePublicURL() {
	bot := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, r.FormValue("response_url")) }))
	defer bot.Close()
	proxy, err := recorder.NewProxy("https://chat.example.com", recorder.NewJournal(recorder.Limits{}), recorder.PublicURL("http://127.0.0.1:8066"))
	if err != nil {
		fmt.Println(err)
		return
	}
	defer proxy.Close()
	callbacks, err := proxy.Callbacks(bot.URL)
	if err != nil {
		fmt.Println(err)
		return
	}
	answer := httptest.NewRecorder()
	callbacks.ServeHTTP(answer, httptest.NewRequest("GET", "/command?response_url=https%3A%2F%2Fchat.example.com%2Fhooks%2Fcommands%2Fx", nil))
	fmt.Println(answer.Body)
	// Output: http://127.0.0.1:8066/hooks/commands/x
}
