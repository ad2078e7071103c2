package recorder

import (
	"io"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strings"
)

// Callbacks returns the handler for the requests that the server makes to an integration,
// the code under test, at a URL such as http://127.0.0.1:5000. Its address is what is
// registered with the server as the integration's: for the integration's /command, that
// address with /command.
//
// The journal has the requests as the server's own journal would. The integration finds
// the header Host as the server has sent it, by which it knows how the server reaches it,
// unless its URL begins with https.
func (p *Proxy) Callbacks(integration string) (http.Handler, error) {
	u, err := parseBase(integration)
	if err != nil {
		return nil, err
	}
	c := &callbacks{proxy: p, integration: u}
	c.forward = p.newForward(c.toIntegration, c.back)
	return c, nil
}

type callbacks struct {
	proxy       *Proxy
	integration *url.URL
	forward     *httputil.ReverseProxy
}

func (c *callbacks) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	origin := originOf(r)
	if scheme := r.Header.Get("X-Forwarded-Proto"); scheme == "https" {
		origin = "https://" + r.Host
	}
	c.proxy.pass(w, r, c.forward, &Exchange{
		Kind: KindCallback, Direction: Out,
		Request: Request{Method: r.Method, Origin: origin, Path: r.URL.Path, Query: r.URL.RawQuery},
	}, "the integration "+c.integration.String())
}

// toIntegration makes a request of the server's one to the integration.
func (c *callbacks) toIntegration(r *httputil.ProxyRequest) {
	r.SetURL(c.integration)
	if c.integration.Scheme == "http" {
		r.Out.Host = r.In.Host
	}
	asItWas(r)
	passageOf(r.In.Context()).ex.Request.Header = r.Out.Header.Clone()
	if c.proxy.public == "" {
		return
	}
	own, public := c.proxy.upstream.String(), c.proxy.public
	r.Out.URL.RawQuery = replaceURL(r.Out.URL.RawQuery, own, public)
	if r.Out.Body != nil {
		r.Out.Body, r.Out.ContentLength = replaceURLs(r.Out.Body, r.Out.ContentLength, own, public)
	}
}

// back makes the headers of an answer suit the server, which follows redirects.
func (c *callbacks) back(header http.Header, asked *http.Request) {
	moveLocation(header, c.integration, originOf(asked))
}

// mostReplaced is how large a body may be in which URLs are replaced: larger than any
// that Mattermost sends to integrations.
const mostReplaced = 1 << 20

// replaceURLs replaces URLs in a body whose length is known.
func replaceURLs(body io.ReadCloser, length int64, from, to string) (io.ReadCloser, int64) {
	if length <= 0 || length > mostReplaced {
		return body, length
	}
	read, err := io.ReadAll(body)
	if err != nil {
		return &brokenBody{body, err}, length
	}
	replaced := replaceURL(string(read), from, to)
	return io.NopCloser(strings.NewReader(replaced)), int64(len(replaced))
}

// A brokenBody could not be read.
type brokenBody struct {
	io.Closer
	err error
}

func (b *brokenBody) Read([]byte) (int, error) { return 0, b.err }

// replaceURL replaces a URL, and what is below it, where it stands in a text as it is or
// as in a form.
func replaceURL(text, from, to string) string {
	for _, form := range []func(string) string{func(s string) string { return s }, url.QueryEscape} {
		text = replaceBase(text, form(from), form(to))
	}
	return text
}

// replaceBase replaces a text where no longer name of a host or of a path begins with it.
func replaceBase(text, from, to string) string {
	var b strings.Builder
	for {
		before, after, found := strings.Cut(text, from)
		b.WriteString(before)
		if !found {
			return b.String()
		}
		if goesOn(after) {
			b.WriteString(from)
		} else {
			b.WriteString(to)
		}
		text = after
	}
}

// goesOn tells whether the name that ends before a text does not end there.
func goesOn(text string) bool {
	return text != "" && (isAlphanumeric(text[0]) || strings.ContainsRune(".-_~:@", rune(text[0])) || strings.HasPrefix(text, "%3A"))
}
