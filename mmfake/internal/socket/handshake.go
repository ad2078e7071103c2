package socket

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
)

// Refuse says with which status a request for a websocket is refused, 0 for one
// that is none of that (facts 11.1).
func (h *Hub) Refuse(r *http.Request) int {
	key, err := base64.StdEncoding.DecodeString(strings.TrimSpace(r.Header.Get("Sec-WebSocket-Key")))
	config := h.world.Config()
	switch {
	case !hasToken(r.Header, "Connection", "upgrade"), !hasToken(r.Header, "Upgrade", "websocket"),
		r.Header.Get("Sec-WebSocket-Version") != "13":
		return http.StatusBadRequest
	case !mayConnect(r, config):
		return http.StatusForbidden
	case err != nil, len(key) != 16, len(r.Header["Sec-Websocket-Key"]) != 1, !r.ProtoAtLeast(1, 1):
		return http.StatusBadRequest
	}
	return 0
}

// mayConnect says whether a web page of the request's origin may connect. Programs
// that are no browser send none.
func mayConnect(r *http.Request, config *world.Config) bool {
	origin := r.Header.Get("Origin")
	switch {
	case origin == "":
		return true
	case config.AllowCorsFrom != "":
		allowed := strings.Fields(config.AllowCorsFrom)
		return slices.Contains(allowed, "*") || slices.Contains(allowed, origin) || origin == config.SiteURL
	}
	from, err := url.Parse(origin)
	if err != nil {
		return false
	}
	site, err := url.Parse(config.SiteURL)
	if config.SiteURL == "" || err != nil {
		return strings.EqualFold(from.Host, r.Host)
	}
	return from.Scheme == site.Scheme && strings.EqualFold(from.Host, site.Host)
}

// hasToken says whether a header's list has a word.
func hasToken(h http.Header, name, word string) bool {
	for _, list := range h.Values(name) {
		for token := range strings.SplitSeq(list, ",") {
			if strings.EqualFold(strings.TrimSpace(token), word) {
				return true
			}
		}
	}
	return false
}
