package mmfake

import (
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/witness"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// A ProxyConfig says what a Proxy stands in front of.
type ProxyConfig struct {
	// Upstream is the URL of a server, such as https://mattermost.example.com.
	Upstream string
	// Listen is the address for clients; by default 127.0.0.1 and a free port.
	Listen string
	// Integration is the URL of the code under test that the server calls, such as
	// http://127.0.0.1:5000; "" if it calls none.
	Integration string
	// CallbackListen is the address for the server's requests to the integration; by
	// default 127.0.0.1 and a free port.
	CallbackListen string
	// Token is sent with requests to the API that carry no credentials.
	Token string
	// RootCAs are the certificate authorities that are trusted; nil for those of the
	// system.
	RootCAs *x509.CertPool
	// AnswerTime is how long the server, or the integration, may take to begin an
	// answer; by default a minute.
	AnswerTime time.Duration
	// Limits bound what the journal keeps.
	Limits recorder.Limits
	// Observe is called for each exchange, in order, before the journal has it; nil is
	// nobody.
	Observe func(*recorder.Exchange)
}

// A Proxy records a session with any server, real or fake: clients use its URL in the place
// of the server's; see recorder.Proxy. Its exchanges are those that a fake would have
// recorded itself, with the routes and, as far as it can be known, the actors.
type Proxy struct {
	// URL is what clients ask for as the server's address, without a slash at its end, and
	// WSURL the same for websocket clients.
	URL, WSURL string
	// CallbackURL is what is registered with the server as the integration's address: for
	// its /command, this with /command. It is "" without an integration.
	CallbackURL string
	// Journal holds every exchange, in order.
	Journal *recorder.Journal

	upstream  string
	proxy     *recorder.Proxy
	witness   *witness.Witness
	transport func(*http.Transport)
	doors     []*entrance
	closing   sync.Once
}

// StartProxy starts a proxy, which is to be closed. It fails where it cannot listen, and
// on a URL that is none. It does not ask the server anything.
func StartProxy(c ProxyConfig) (*Proxy, error) {
	p := &Proxy{Journal: recorder.NewJournal(c.Limits), upstream: strings.TrimRight(c.Upstream, "/"), witness: witness.New(), transport: c.transport}
	front, err := p.open(c.Listen)
	if err != nil {
		return nil, err
	}
	p.URL, p.WSURL = "http://"+front.host(), "ws://"+front.host()
	p.proxy, err = recorder.NewProxy(c.Upstream, p.Journal, recorder.Transport(c.transport), recorder.BearerToken(c.Token),
		recorder.PublicURL(p.URL), recorder.Describing(func(ex *recorder.Exchange) {
			p.witness.See(ex)
			if c.Observe != nil {
				c.Observe(ex)
			}
		}))
	if err == nil {
		front.handler = p.proxy
		err = p.openCallbacks(c)
	}
	if err != nil {
		p.closeDoors()
		return nil, err
	}
	for _, door := range p.doors {
		door.serve()
	}
	return p, nil
}

func (p *Proxy) open(address string) (*entrance, error) {
	door := &entrance{ctx: context.Background(), address: cmp.Or(address, "127.0.0.1:0")}
	if err := door.open(); err != nil {
		return nil, err
	}
	p.doors = append(p.doors, door)
	return door, nil
}

func (p *Proxy) openCallbacks(c ProxyConfig) error {
	if c.Integration == "" {
		return nil
	}
	callbacks, err := p.proxy.Callbacks(c.Integration)
	if err != nil {
		return err
	}
	door, err := p.open(c.CallbackListen)
	if err != nil {
		return err
	}
	door.handler = callbacks
	p.CallbackURL = "http://" + door.host()
	return nil
}

// transport changes how the server is reached.
func (c *ProxyConfig) transport(t *http.Transport) {
	if c.RootCAs != nil {
		t.TLSClientConfig = &tls.Config{RootCAs: c.RootCAs}
	}
	if c.AnswerTime > 0 {
		t.ResponseHeaderTimeout = c.AnswerTime
	}
}

// Save writes the session so far into a fixture; see recorder.Journal.Save, to whose
// options it adds the URLs of the proxy and of the server, the server's version, and who
// acted. It asks the server whose a token is of which the session has not told that.
func (p *Proxy) Save(path string, options ...recorder.FixtureOption) error {
	p.meetStrangers()
	sites := []string{p.URL, p.upstream}
	if site, err := url.Parse(p.witness.SiteURL()); err == nil && site.Host != "" {
		sites = append(sites, site.String())
	}
	known := []recorder.FixtureOption{recorder.Site(sites...), recorder.ServerVersion(p.witness.Version()), recorder.Actors(p.witness.ActorOf)}
	return p.Journal.Save(path, append(known, options...)...)
}

// meetTime is how long the server may take to say whose tokens are.
const meetTime = 10 * time.Second

// meetStrangers asks the server whose the tokens are that nothing has told. One that it
// does not say, because the token is no longer valid or the server is gone, stays nobody's.
func (p *Proxy) meetStrangers() {
	strangers := p.witness.Strangers()
	if len(strangers) == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), meetTime)
	defer cancel()
	transport := &http.Transport{Proxy: http.ProxyFromEnvironment}
	p.transport(transport)
	defer transport.CloseIdleConnections()
	for _, token := range strangers {
		if id, name, err := whoIs(ctx, transport, p.upstream, token); err == nil {
			p.witness.Introduce(token, id, name)
		}
	}
}

func whoIs(ctx context.Context, transport http.RoundTripper, server, token string) (id, name string, err error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, server+"/api/v4/users/me", nil)
	if err != nil {
		return "", "", err
	}
	r.Header.Set("Authorization", "Bearer "+token)
	resp, err := transport.RoundTrip(r)
	if err != nil {
		return "", "", err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return "", "", fmt.Errorf("it answered %s", resp.Status)
	}
	var me struct{ ID, Username string }
	err = json.NewDecoder(io.LimitReader(resp.Body, mostUser)).Decode(&me)
	return me.ID, me.Username, err
}

const mostUser = 1 << 20 // bytes of a user that are read

// Shutdown is Close for a proxy that others still use: it takes no new connections, and
// lets the requests that are under way end before it closes, as long as ctx allows. The
// error is ctx's, if requests had to be cut off.
func (p *Proxy) Shutdown(ctx context.Context) error {
	return shutDown(ctx, p.doors, p.Close)
}

// Close ends the proxy: every connection, request and goroutine of it. What was under way
// is in the journal, with what cut it off. Closing twice does no harm.
func (p *Proxy) Close() {
	p.closing.Do(func() {
		p.proxy.Close()
		p.closeDoors()
		p.Journal.Close()
	})
}

func (p *Proxy) closeDoors() {
	for _, door := range p.doors {
		door.close()
	}
}
