package conformance

import (
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
)

// An integration is the program that the server under test calls during one run:
// it keeps what it is sent and answers what the steps told it to.
type integration struct {
	*httptest.Server
	received *inbox[callback]

	mu      sync.Mutex
	replies map[string]prepared // by path; guarded by mu
}

// A callback is one request that the integration got, in the form that is compared.
type callback struct {
	path string
	seen map[string]any
}

// prepared is a reply with its body encoded.
type prepared struct {
	status      int
	contentType string
	headers     map[string]string
	body        []byte
}

// startIntegration listens on the loopback interface; or, where the server reaches
// this machine by a name or address, on all of them, and gives its URL that host.
func startIntegration(host string) (*integration, error) {
	i := &integration{received: newInbox[callback](), replies: map[string]prepared{}}
	i.Server = httptest.NewUnstartedServer(i)
	if host != "" {
		everywhere, err := net.Listen("tcp", ":0")
		if err != nil {
			return nil, err
		}
		i.Listener.Close()
		i.Listener = everywhere
	}
	i.Start()
	if host != "" {
		_, port, _ := net.SplitHostPort(i.Listener.Addr().String())
		i.URL = "http://" + net.JoinHostPort(host, port)
	}
	return i, nil
}

// answer sets what the integration answers at that path from now on.
func (i *integration) answer(path string, reply Reply) error {
	p := prepared{status: reply.Status, headers: reply.Headers}
	if p.status == 0 {
		p.status = http.StatusOK
	}
	switch {
	case reply.JSON != nil:
		body, err := json.Marshal(reply.JSON)
		if err != nil {
			return err
		}
		p.body, p.contentType = body, "application/json"
	case reply.Text != nil:
		p.body, p.contentType = []byte(*reply.Text), "text/plain"
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	i.replies[path] = p
	return nil
}

// ServeHTTP keeps the request and answers it: with an empty 200 where no reply was
// prepared.
func (i *integration) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body) // what came of a request that broke off shows as it is
	i.mu.Lock()
	reply, ok := i.replies[r.URL.Path]
	i.mu.Unlock()
	// Only after the reply is chosen: the run may go on, and prepare the next one,
	// as soon as the callback is there.
	i.received.put(callback{path: r.URL.Path, seen: describe(r, body)})
	if !ok {
		return
	}
	if reply.contentType != "" {
		w.Header().Set("Content-Type", reply.contentType)
	}
	for k, v := range reply.headers {
		w.Header().Set(k, v)
	}
	w.WriteHeader(reply.status)
	_, _ = w.Write(reply.body) // the server under test may not wait for it
}

// describe puts a request into the form that the recordings have.
func describe(r *http.Request, body []byte) map[string]any {
	headers := map[string]any{}
	for _, k := range []string{"Accept", "Authorization", "Content-Type", "User-Agent"} {
		if v := r.Header.Get(k); v != "" {
			headers[k] = v
		}
	}
	seen := map[string]any{"method": r.Method, "headers": headers, "body": parseBody(r.Header.Get("Content-Type"), body)}
	if r.URL.RawQuery != "" {
		seen["query"] = flat(r.URL.Query())
	}
	return seen
}

// parseBody makes a value of a body where its content type allows it.
func parseBody(contentType string, body []byte) any {
	kind, _, _ := strings.Cut(contentType, ";")
	switch kind {
	case "application/json":
		var v any
		if json.Unmarshal(body, &v) == nil {
			return v
		}
	case "application/x-www-form-urlencoded":
		if form, err := url.ParseQuery(string(body)); err == nil {
			return flat(form)
		}
	}
	return string(body)
}

func flat(values url.Values) map[string]any {
	m := make(map[string]any, len(values))
	for k, v := range values {
		m[k] = strings.Join(v, ",")
	}
	return m
}
