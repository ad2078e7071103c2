package conformance_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

// startFake starts a fake of the given version and returns its URL. It is closed
// when the test ends.
func startFake(t *testing.T, version string) string {
	t.Helper()
	mm, err := mmfake.Start(mmfake.Version(version))
	require.NoError(t, err)
	t.Cleanup(mm.Close)
	beOnline(t, mm.URL, mm.User("sysadmin"))
	return mm.URL
}

// beOnline makes a user one whom @here names. The admin of the recorded servers was:
// he had written in other scenarios just before.
func beOnline(t *testing.T, url string, who *mmfake.Actor) {
	t.Helper()
	r, err := http.NewRequest("PUT", url+"/api/v4/users/me/status", strings.NewReader(`{"user_id":"`+who.ID+`","status":"online"}`))
	require.NoError(t, err)
	r.Header.Set("Authorization", "Bearer "+who.Token)
	response, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	defer response.Body.Close()
	require.Equal(t, http.StatusOK, response.StatusCode)
}
