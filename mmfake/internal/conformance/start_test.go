package conformance_test

import (
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
	return mm.URL
}
