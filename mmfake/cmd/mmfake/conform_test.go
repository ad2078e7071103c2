package main

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// conforming runs the command against a server, without a pause, and returns the
// exit code and what it says.
func conforming(ctx context.Context, url, admin string, args ...string) (code int, stdout, stderr string) {
	var out, errs bytes.Buffer
	code = run(ctx, append([]string{"conform", "--against", url, "--admin", admin, "--settle", "0"}, args...), &out, &errs)
	return code, out.String(), errs.String()
}

// fake starts a fake and returns its URL and its admin.
func fake(t *testing.T, options ...mmfake.Option) (url, admin string) {
	t.Helper()
	mm, err := mmfake.Start(options...)
	require.NoError(t, err)
	t.Cleanup(mm.Close)
	return mm.URL, mm.Admin.Username + ":" + mm.Admin.Password
}

func TestConformScoresAServerByArea(t *testing.T) {
	url, admin := fake(t)
	code, said, errs := conforming(t.Context(), url, admin, "--callback-host", "127.0.0.1", "webhook-text", "command-get")
	assert.Equal(t, exitOK, code)
	assert.Regexp(t, `^`+url+` against Mattermost 11\.6: \d+ of \d+ steps \(100\.0%\)\n  command +\d+ of \d+ steps \(100\.0%\)\n  webhook +\d+ of \d+ steps \(100\.0%\)\n$`, said)
	assert.Empty(t, errs)
}

func TestConformSaysWhatDiffers(t *testing.T) {
	url, admin := fake(t, mmfake.Configure(func(s *mmfake.Settings) { s.EnablePostUsernameOverride = false }))
	code, said, errs := conforming(t.Context(), url, admin, "webhook-override", "command-get")
	assert.Equal(t, exitFailure, code)
	assert.Contains(t, said, "webhook-override: ")
	assert.Contains(t, said, "override_username: missing, want ")
	assert.NotContains(t, said, "command-get")
	assert.Regexp(t, `^mmfake: 1 of \d+ scenarios are not as Mattermost 11\.6 does them\n$`, errs)
}

func TestConformHoldsAgainstOtherVersions(t *testing.T) {
	url, admin := fake(t)
	code, said, _ := conforming(t.Context(), url, admin, "--golden", "5.0", "webhook-errors")
	assert.Equal(t, exitFailure, code, "11.6 is not 5.0")
	assert.Contains(t, said, url+" against Mattermost 5.0: ")
}

func TestConformSaysThatAServerIsNoneOfMattermost(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	defer server.Close()
	code, said, errs := conforming(t.Context(), server.URL, "a:b", "webhook-text")
	assert.Equal(t, exitFailure, code)
	assert.Empty(t, said)
	assert.Contains(t, errs, "mmfake: cannot log in at "+server.URL+" as a: answered 404")
}

// Two hundred scenarios with a wrong password lock an account.
func TestConformTriesAPasswordOnce(t *testing.T) {
	mm, err := mmfake.Start()
	require.NoError(t, err)
	defer mm.Close()
	for admin, want := range map[string]string{
		"sysadmin:wrong":      "cannot log in at " + mm.URL + " as sysadmin: answered 401 ",
		"user-1:SampleUs@r-1": `user-1 is no system admin: his roles are "system_user"`,
	} {
		mm.Journal.Clear()
		code, said, errs := conforming(t.Context(), mm.URL, admin)
		assert.Equal(t, exitFailure, code)
		assert.Empty(t, said)
		assert.Contains(t, errs, want)
		assert.Equal(t, 1, mm.Journal.Count(recorder.Route("POST /api/v4/users/login")))
	}
	_, _, errs := conforming(t.Context(), "http://127.0.0.1:9", "a:b")
	assert.Equal(t, "mmfake: cannot log in at http://127.0.0.1:9 as a: connection refused\n", errs)
}

func TestConformIsInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	url, admin := fake(t)
	code, _, errs := conforming(ctx, url, admin)
	assert.Equal(t, exitFailure, code)
	assert.Equal(t, "mmfake: interrupted\n", errs)
}

func TestConformWantsAURLAnAdminAndScenarios(t *testing.T) {
	assert.Contains(t, fails(t, exitUsage, "conform", "--admin", "a:b"), "--against")
	assert.Contains(t, fails(t, exitUsage, "conform", "--against", "http://a.test", "--admin", "a:b", "--golden", "7.0"), "--golden")
	assert.Contains(t, fails(t, exitUsage, "conform", "--against", "localhost:8065", "--admin", "a:b"), `--against: "localhost:8065" is no URL`)
	assert.Contains(t, fails(t, exitUsage, "conform", "--against", "http://a.test", "--admin", "a"), "--admin: it wants the name and the password")
	assert.Contains(t, fails(t, exitFailure, "conform", "--against", "http://a.test", "--admin", "a:b", "nonsense"), "no scenario of 11.6 begins with nonsense")
}
