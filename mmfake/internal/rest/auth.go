package rest

import (
	"net/http"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
)

const (
	sessionCookie = "MMAUTHTOKEN"
	csrfCookie    = "MMCSRF"
)

// A tokenPlace is where a request carries its token. The first counts (facts 1.6).
type tokenPlace int

const (
	nowhere tokenPlace = iota
	inCookie
	inHeader
	inQuery
)

// tokenOf finds a request's token.
func (c *call) tokenOf() (string, tokenPlace) {
	r := c.r
	cookie, header := CookieToken(r.Header), HeaderToken(r.Header)
	switch {
	case cookie != "" && (header == "" || c.has(versions.CookieBeforeHeader)):
		return cookie, inCookie
	case header != "":
		return header, inHeader
	}
	if strings.Contains(r.URL.RawQuery, "access_token") {
		if token := r.URL.Query().Get("access_token"); token != "" {
			return token, inQuery
		}
	}
	return "", nowhere
}

// CookieToken is the token in a request's session cookie, "" where there is none.
func CookieToken(header http.Header) string {
	if header["Cookie"] != nil {
		r := http.Request{Header: header}
		if cookie, err := r.Cookie(sessionCookie); err == nil {
			return cookie.Value
		}
	}
	return ""
}

// HeaderToken is the token in a request's header Authorization, "" where there is none.
func HeaderToken(header http.Header) string {
	value := header.Get("Authorization")
	for _, word := range []string{"Bearer ", "Token "} {
		if len(value) > len(word) && strings.EqualFold(value[:len(word)], word) {
			return value[len(word):]
		}
	}
	return ""
}

// authenticate finds the call's session, in the order of the real server's
// checks. Endpoints that need none go on without, but for a cookie that another page
// may have sent: new versions refuse that everywhere.
func (c *call) authenticate() error {
	needed := !c.route.flags.has(open)
	token, place := c.tokenOf()
	if place != nowhere {
		c.session = c.world().Authenticate(token)
		if c.session == nil && (needed || c.route.flags.has(stays)) {
			c.faultWords = c.world().Ended(token)
		}
		switch {
		case c.session == nil && needed:
			c.noSession = "token=" + token
			c.forgetCookie()
			return world.ErrSession.With()
		case c.session != nil && place == inQuery:
			return world.ErrQueryToken.With()
		case c.session != nil && place == inCookie && (needed || c.has(versions.CSRFTokens)) && !c.passesCSRF():
			c.session, c.noSession = nil, "token="+token+" Appears to be a CSRF attempt"
			if c.has(versions.BadCSRFForgetsCookie) {
				c.forgetCookie()
			}
			return world.ErrSession.With()
		}
	}
	if c.session == nil && needed {
		c.noSession = "UserRequired"
		return world.ErrSession.With()
	}
	return nil
}

// passesCSRF says whether a request with the session's cookie comes from the
// web app, and not from a page that makes use of the browser's cookies.
func (c *call) passesCSRF() bool {
	fromWebApp := c.r.Header.Get("X-Requested-With") == "XMLHttpRequest"
	if !c.has(versions.CSRFTokens) {
		return fromWebApp || c.route.flags.has(trusted)
	}
	if c.r.Method == http.MethodGet || c.route.flags.has(trusted) {
		return true
	}
	if c.r.Header.Get("X-Csrf-Token") == c.session.CSRF() {
		return true
	}
	return fromWebApp && !c.config.ExperimentalStrictCSRF
}

// forgetCookie tells a browser to drop the session's cookie.
func (c *call) forgetCookie() {
	c.w.Header().Add("Set-Cookie", sessionCookie+"=; Path=/; Max-Age=0; HttpOnly")
}
