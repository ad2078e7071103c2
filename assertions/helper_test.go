package assertions_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

// sendHook sends a body to a webhook, as the code under test would.
func sendHook(t *testing.T, mm *mmfake.Server, url, body string) {
	t.Helper()
	response, err := mm.Client().Post(url, "application/json", strings.NewReader(body))
	if assert.NoError(t, err) {
		response.Body.Close()
	}
}
