package rest_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

func TestPagesFromAllowedOriginsMayUseTheAPI(t *testing.T) {
	mm := mmfake.New(t, mmfake.Configure(func(s *mmfake.Settings) {
		s.AllowCorsFrom, s.CorsExposedHeaders, s.CorsAllowCredentials = "http://app.test http://other.test", "X-Request-Id Token", true
	}))
	nobody := clientOf(t, mm, nil)
	ask := func(method string, headers ...string) http.Header {
		return nobody.do(method, "/api/v4/system/ping", nil, headers...).Header
	}

	h := ask("GET", "Origin", "http://app.test")
	assert.Equal(t, "http://app.test", h.Get("Access-Control-Allow-Origin"))
	assert.Equal(t, "X-Request-Id, Token", h.Get("Access-Control-Expose-Headers"))
	assert.Equal(t, "true", h.Get("Access-Control-Allow-Credentials"))
	assert.Contains(t, h.Values("Vary"), "Origin")
	assert.Empty(t, ask("GET", "Origin", "http://evil.test").Get("Access-Control-Allow-Origin"))
	assert.Empty(t, ask("GET").Get("Access-Control-Allow-Origin"))

	first := ask("OPTIONS", "Origin", "http://app.test", "Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", "x-requested-with")
	assert.Equal(t, "POST", first.Get("Access-Control-Allow-Methods"))
	assert.Equal(t, "x-requested-with", first.Get("Access-Control-Allow-Headers"))
	assert.Equal(t, "86400", first.Get("Access-Control-Max-Age"))
}

func TestPagesFromElsewhereMayNotUseTheAPIByDefault(t *testing.T) {
	mm := mmfake.New(t)

	r := clientOf(t, mm, nil).do("GET", "/api/v4/system/ping", nil, "Origin", "http://app.test")

	assert.Empty(t, r.Header.Get("Access-Control-Allow-Origin"))
}
