package rest_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

func TestAPathThatIsNotCleanIsRedirected(t *testing.T) {
	mm := mmfake.New(t)
	c := mm.Client()
	c.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	for path, target := range map[string]string{
		"//api/v4/system/ping": "/api/v4/system/ping", "/api/v4//system/ping?a=b%20c": "/api/v4/system/ping?a=b%20c",
		"/api/v4/./system/ping": "/api/v4/system/ping", "/x/../api/v4/users/": "/api/v4/users/",
	} {
		for _, method := range []string{"GET", "POST"} {
			req, err := http.NewRequestWithContext(t.Context(), method, mm.URL+path, nil)
			require.NoError(t, err)
			resp, err := c.Do(req)
			require.NoError(t, err)
			resp.Body.Close()

			assert.Equal(t, 301, resp.StatusCode, "%s %s", method, path)
			assert.Equal(t, target, resp.Header.Get("Location"), "%s %s", method, path)
			assert.Empty(t, resp.Header.Get("X-Version-Id"), "%s %s", method, path)
		}
	}
}

func TestAPathOfAnotherAPIIsNoPage(t *testing.T) {
	for version, contentType := range map[string]string{"11.6": "application/json", "5.36": "text/plain; charset=utf-8"} {
		mm := mmfake.New(t, mmfake.Version(version), mmfake.Lenient())
		for _, path := range []string{"/api/v3/users/me", "/api/v4", "/api/"} {
			for method, signed := range map[string]bool{"GET": true, "POST": false} {
				r := clientOf(t, mm, nil).do(method, path, nil)

				at := version + " " + method + " " + path
				assert.Equal(t, 404, r.Status, at)
				assert.Equal(t, "api.context.404.app_error", r.problem(), at)
				assert.Contains(t, r.get("detailed_error").String(), path, at)
				assert.False(t, r.get("request_id").Exists(), at)
				assert.Equal(t, contentType, r.Header.Get("Content-Type"), at)
				assert.Equal(t, signed, r.Header.Get("X-Request-Id") != "", at)
			}
		}
		assert.Equal(t, 200, clientOf(t, mm, nil).do("GET", "/api", nil).Status, version)
	}
}
