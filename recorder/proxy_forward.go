package recorder

import (
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"strings"
)

// forwarded are the headers by which a proxy says whom it speaks for. This one says
// nothing; what others have said stays.
var forwarded = []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto"}

// toUpstream makes a client's request one to the server.
func (p *Proxy) toUpstream(r *httputil.ProxyRequest) {
	r.SetURL(p.upstream) // the header Host with it
	asItWas(r)
	from, to := originOf(r.In), p.upstream.Scheme+"://"+p.upstream.Host
	header := r.Out.Header
	if header.Get("Origin") == from {
		header.Set("Origin", to)
	}
	if page, ok := strings.CutPrefix(header.Get("Referer"), from+"/"); ok {
		header.Set("Referer", p.upstream.String()+"/"+page)
	}
	header.Del("Sec-Websocket-Extensions")
	if p.token != "" && carriesNone(r.In) && !p.isForeign(r.In) {
		header.Set("Authorization", "Bearer "+p.token)
	}
	passageOf(r.In.Context()).ex.Request.Header = header.Clone()
}

// asItWas undoes what httputil changes in a request, and accepts no encoding that the
// journal could not decode.
func asItWas(r *httputil.ProxyRequest) {
	r.Out.URL.RawQuery = r.In.URL.RawQuery
	for _, name := range forwarded {
		if values := r.In.Header[name]; len(values) > 0 {
			r.Out.Header[name] = values
		}
	}
	if len(r.Out.Header["Accept-Encoding"]) > 0 {
		accepted := acceptsGzip(r.Out.Header.Values("Accept-Encoding"))
		r.Out.Header.Del("Accept-Encoding")
		if accepted {
			r.Out.Header.Set("Accept-Encoding", "gzip")
		}
	}
}

// acceptsGzip reads the header Accept-Encoding.
func acceptsGzip(values []string) bool {
	for encoding := range strings.SplitSeq(strings.Join(values, ","), ",") {
		name, quality, _ := strings.Cut(encoding, ";")
		if name = strings.TrimSpace(name); strings.EqualFold(name, "gzip") || name == "*" {
			quality = strings.ReplaceAll(quality, " ", "")
			return strings.Trim(quality, "0.") != "q="
		}
	}
	return false
}

// carriesNone tells whether a request to the API says nothing of who makes it.
func carriesNone(r *http.Request) bool {
	return kindOf(r.Method, r.URL.Path) == KindAPI && r.Header.Get("Authorization") == "" && r.Header.Get("Cookie") == "" &&
		!r.URL.Query().Has("access_token")
}

// isForeign tells whether a web page of somebody else's may be behind a request: one that
// says so, or one for the proxy by a name that anybody could have made up for its address.
func (p *Proxy) isForeign(r *http.Request) bool {
	if origin := r.Header.Get("Origin"); origin != "" && origin != originOf(r) {
		return true
	}
	if site := r.Header.Get("Sec-Fetch-Site"); site != "" && site != "same-origin" && site != "none" {
		return true
	}
	host := (&url.URL{Host: r.Host}).Hostname()
	public, _ := url.Parse(p.public) // is one, or empty
	return host != "localhost" && net.ParseIP(host) == nil && !strings.EqualFold(host, public.Hostname())
}

// originOf is scheme and host by which a request has reached the proxy.
func originOf(r *http.Request) string {
	if r.TLS != nil {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// toClient makes the headers of an answer suit who has asked for it by another address
// than the server's.
func (p *Proxy) toClient(header http.Header, asked *http.Request) {
	base := originOf(asked)
	moveLocation(header, p.upstream, base)
	if allowed := header.Get("Access-Control-Allow-Origin"); allowed == p.upstream.Scheme+"://"+p.upstream.Host {
		header.Set("Access-Control-Allow-Origin", base)
	}
	cookies := header["Set-Cookie"]
	for i, line := range cookies {
		if cookie, err := http.ParseSetCookie(line); err == nil {
			cookies[i] = p.cookieFor(cookie, line, asked.TLS != nil)
		}
	}
}

// cookieFor is a cookie of the server's for clients that know it by the proxy's host. One
// that would be lost without TLS does without it.
func (p *Proxy) cookieFor(cookie *http.Cookie, line string, secure bool) string {
	path := cookie.Path
	if rest, below := strings.CutPrefix(path, p.upstream.Path); below && p.upstream.Path != "" {
		path = "/" + strings.TrimPrefix(rest, "/")
	}
	if cookie.Domain == "" && path == cookie.Path && (secure || !cookie.Secure) {
		return line
	}
	cookie.Domain, cookie.Path = "", path
	if !secure {
		cookie.Secure = false
		if cookie.SameSite == http.SameSiteNoneMode {
			cookie.SameSite = http.SameSiteLaxMode // None is for secure cookies only
		}
	}
	return cookie.String()
}

// moveLocation makes a redirect to what is below a server's URL one to what is below base.
func moveLocation(header http.Header, server *url.URL, base string) {
	to, err := url.Parse(header.Get("Location"))
	if err != nil || to.Host != "" && (to.Host != server.Host || to.Scheme != "" && to.Scheme != server.Scheme) {
		return
	}
	path, below := strings.CutPrefix(to.EscapedPath(), server.EscapedPath())
	switch {
	case !below || path != "" && path[0] != '/' || to.Host == "" && !strings.HasPrefix(to.Path, "/"):
		return // it leads elsewhere, or is relative
	case to.Host == "":
		base = ""
	}
	if path == "" {
		path = "/"
	}
	rest := url.URL{RawQuery: to.RawQuery, Fragment: to.Fragment, RawFragment: to.RawFragment}
	header.Set("Location", base+path+rest.String())
}
