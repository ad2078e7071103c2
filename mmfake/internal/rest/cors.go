package rest

import (
	"net/http"
	"slices"
	"strings"
)

var corsMethods = []string{"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}

// allowOrigin tells a browser whether a page from elsewhere may see the answer, where
// the settings let pages of some origins do so (facts 1.10). It says whether the
// request only asked for that, and is answered.
func (c *call) allowOrigin() bool {
	origin := c.r.Header.Get("Origin")
	h := c.w.Header()
	h.Add("Vary", "Origin")
	method := c.r.Header.Get("Access-Control-Request-Method")
	preflight := c.r.Method == http.MethodOptions && method != ""
	allowed := strings.Fields(c.config.AllowCorsFrom)
	all := slices.Contains(allowed, "*")
	switch {
	case origin == "" || !all && !slices.Contains(allowed, origin), preflight && !slices.Contains(corsMethods, method):
		return preflight && c.answerPreflight()
	case all:
		h.Set("Access-Control-Allow-Origin", "*")
	default:
		h.Set("Access-Control-Allow-Origin", origin)
	}
	if c.config.CorsAllowCredentials {
		h.Set("Access-Control-Allow-Credentials", "true")
	}
	if !preflight {
		if exposed := strings.Fields(c.config.CorsExposedHeaders); len(exposed) > 0 {
			h.Set("Access-Control-Expose-Headers", strings.Join(exposed, ", "))
		}
		return false
	}
	h.Set("Access-Control-Allow-Methods", method)
	if asked := c.r.Header.Get("Access-Control-Request-Headers"); asked != "" {
		h.Set("Access-Control-Allow-Headers", asked)
	}
	h.Set("Access-Control-Max-Age", "86400")
	return c.answerPreflight()
}

func (c *call) answerPreflight() bool {
	c.status, c.unversioned = http.StatusNoContent, true
	c.send(nil, nil)
	return true
}
