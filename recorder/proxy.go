package recorder

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// A Proxy stands between clients and a server, passes requests and websocket connections
// on, and puts each exchange into a journal as the server itself would: before the client
// has the end of the answer. It is the http.Handler for clients; [Proxy.Callbacks] is that
// for the requests that the server makes to an integration.
//
// A client finds no difference but that of the address. The headers Host, Origin and
// Referer are made to suit the server, Location and cookies to suit the client; all else,
// bodies above all, is passed on byte by byte as it comes, and the journal keeps as much
// of each body as its Limits allow. Encodings other than gzip, and websocket extensions
// such as compression, are not offered to the server, so that the journal can hold what
// they would hide; bodies that are gzip stand in the journal as what they decode to. Before
// a request passes, the proxy pings the server on each websocket and waits for the answer,
// so that the journal has what was to be told of the requests before.
//
// Where there is no answer to pass on, the client gets status 502, or 504 if it takes too
// long, with JSON that says why; where an answer breaks off, its connection is cut. In
// the journal, Exchange.Err says so.
type Proxy struct {
	upstream  *url.URL
	journal   *Journal
	transport *http.Transport
	token     string
	public    string
	describe  func(*Exchange) // may be nil
	forward   *httputil.ReverseProxy

	ctx         context.Context // ends with Close
	stop        context.CancelFunc
	connections atomic.Int64 // see Exchange.Connection

	appending sync.Mutex // held while describe and the journal are given an exchange

	mu      sync.Mutex
	tunnels []*tunnel      // the websockets that are open; guarded by mu
	closed  bool           // guarded by mu
	running sync.WaitGroup // requests and connections; added to under mu, and only while not closed
}

// A ProxyOption changes what a Proxy does.
type ProxyOption func(*Proxy) error

// Transport changes how the proxy reaches the server and the integration: the certificate
// authorities that it trusts, say. As it is given to the function, the transport trusts what
// the system trusts, asks the proxies that the environment names, and waits for a minute for
// an answer to begin (ResponseHeaderTimeout).
func Transport(change func(*http.Transport)) ProxyOption {
	return func(p *Proxy) error { change(p.transport); return nil }
}

// BearerToken is sent to the server with requests to /api/v4 that carry neither the header
// Authorization nor a cookie nor the parameter access_token. Whoever reaches the proxy acts
// with it, save for web pages of other origins: a browser's request has to be for the proxy
// by an IP address, localhost or its PublicURL.
func BearerToken(token string) ProxyOption {
	return func(p *Proxy) error { p.token = token; return nil }
}

// PublicURL is the URL by which clients and integrations reach the proxy. In what the
// server sends to integrations it takes the place of the server's own, so that what they
// send to a response_url comes by; the journal has what the server has sent. Without it
// nothing is replaced.
func PublicURL(address string) ProxyOption {
	return func(p *Proxy) error {
		u, err := parseBase(address)
		if err != nil {
			return err
		}
		p.public = u.String()
		return nil
	}
}

// Describing has a function look at each exchange before the journal has it. It may set
// Kind, Actor and Route, which are the server's to know. It is called for one exchange at
// a time.
func Describing(describe func(*Exchange)) ProxyOption {
	return func(p *Proxy) error { p.describe = describe; return nil }
}

// NewProxy returns a proxy in front of the server at a URL, such as
// https://chat.example.com or http://127.0.0.1:8065/mattermost, that writes into a
// journal. It is to be closed.
func NewProxy(upstream string, journal *Journal, options ...ProxyOption) (*Proxy, error) {
	u, err := parseBase(upstream)
	if err != nil {
		return nil, err
	}
	p := &Proxy{upstream: u, journal: journal, transport: newProxyTransport()}
	for _, option := range options {
		if err := option(p); err != nil {
			return nil, err
		}
	}
	p.transport.DisableCompression = true // the client decides on it
	p.forward = p.newForward(p.toUpstream, p.toClient)
	p.ctx, p.stop = context.WithCancel(context.Background())
	return p, nil
}

// parseBase parses a URL of a server, which may have a path and nothing behind it.
func parseBase(address string) (*url.URL, error) {
	u, err := url.Parse(strings.TrimRight(address, "/"))
	switch {
	case err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https":
		return nil, fmt.Errorf("%q is no URL such as https://chat.example.com", address)
	case u.User != nil:
		return nil, fmt.Errorf("the URL of %s has a password in it: leave it out", u.Host)
	case u.RawQuery != "" || u.Fragment != "":
		return nil, fmt.Errorf("the URL %s has more than a path", address)
	}
	return u, nil
}

// answerTime is how long a server may take to begin its answer: twice as long as
// Mattermost waits for an integration.
const answerTime = time.Minute

func newProxyTransport() *http.Transport {
	return &http.Transport{
		Proxy: http.ProxyFromEnvironment, DialContext: (&net.Dialer{Timeout: 10 * time.Second}).DialContext,
		ForceAttemptHTTP2: true, TLSHandshakeTimeout: 10 * time.Second, ResponseHeaderTimeout: answerTime,
		MaxIdleConnsPerHost: 64, IdleConnTimeout: 90 * time.Second, ExpectContinueTimeout: time.Second,
	}
}

// newForward returns what passes requests on as there makes them, and answers back with
// the headers that back makes.
func (p *Proxy) newForward(there func(*httputil.ProxyRequest), back func(header http.Header, asked *http.Request)) *httputil.ReverseProxy {
	return &httputil.ReverseProxy{
		Transport: p.transport, BufferPool: &copyBuffers, ErrorLog: log.New(io.Discard, "", 0), // the journal says it
		Rewrite: there,
		ModifyResponse: func(resp *http.Response) error {
			t := passageOf(resp.Request.Context())
			back(resp.Header, t.in)
			t.answer(resp)
			return nil
		},
		ErrorHandler: func(w http.ResponseWriter, r *http.Request, err error) {
			passageOf(r.Context()).fail(w, err)
		},
	}
}

// copyBuffers are what bodies are copied by.
var copyBuffers bufferPool

type bufferPool struct{ pool sync.Pool }

func (b *bufferPool) Get() []byte {
	if buffer, ok := b.pool.Get().(*[]byte); ok {
		return *buffer
	}
	return make([]byte, 32<<10)
}

func (b *bufferPool) Put(buffer []byte) { b.pool.Put(&buffer) }

// ServeHTTP passes a client's request on, and the answer back.
func (p *Proxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.pass(w, r, p.forward, &Exchange{
		Kind: kindOf(r.Method, r.URL.Path), Direction: In,
		Request: Request{Method: r.Method, Path: r.URL.Path, Query: r.URL.RawQuery},
	}, "the upstream "+p.upstream.String())
}

var errProxyClosed = errors.New("the proxy was closed")

// pass passes a request on to whom forward and its name say.
func (p *Proxy) pass(w http.ResponseWriter, r *http.Request, forward *httputil.ReverseProxy, ex *Exchange, to string) {
	p.settle(r.Context().Done())
	ex.Began, ex.Time = p.journal.Begin(), time.Now()
	ctx, cancel := context.WithCancelCause(r.Context())
	defer cancel(nil)
	t := &passage{proxy: p, ctx: ctx, to: to, in: r, out: w, ex: ex, asked: p.newTally()}
	if !p.enter() {
		t.over = true // what comes afterwards is not recorded
		t.tell(w, http.StatusServiceUnavailable, errProxyClosed.Error())
		return
	}
	defer p.running.Done()
	defer context.AfterFunc(p.ctx, func() {
		cancel(errProxyClosed)
		http.NewResponseController(w).SetReadDeadline(time.Now()) // nobody waits for the rest of the request
	})()
	defer t.abandon()
	r = r.WithContext(context.WithValue(ctx, passageKey{}, t))
	if r.Body != nil && r.Body != http.NoBody {
		t.body = &askedBody{ReadCloser: r.Body, asked: t.asked}
		r.Body = t.body
	}
	forward.ServeHTTP(w, r)
}

func (p *Proxy) enter() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return false
	}
	p.running.Add(1)
	return true
}

func (p *Proxy) newTally() *tally { return &tally{keep: p.journal.limits.Body} }

// append gives an exchange to the journal.
func (p *Proxy) append(ex *Exchange) {
	p.appending.Lock()
	defer p.appending.Unlock()
	if p.describe != nil {
		p.describe(ex)
	}
	p.journal.Append(ex)
}

// Close cuts off what is under way, websocket connections above all, and returns when
// all of it is in the journal. Later requests get status 503.
func (p *Proxy) Close() {
	p.mu.Lock()
	p.closed = true
	p.mu.Unlock()
	p.stop()
	p.running.Wait()
	p.transport.CloseIdleConnections()
}
