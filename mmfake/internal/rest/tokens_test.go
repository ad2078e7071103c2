package rest_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

// newToken makes a personal access token as an admin and returns its id and itself.
func newToken(t testing.TB, mm *mmfake.Server, a *mmfake.Actor) (id, token string) {
	r := clientOf(t, mm, mm.Admin).do("POST", "/api/v4/users/"+a.ID+"/tokens", object{"description": "x"})
	require.Equal(t, 200, r.Status, "%s", r.Body)
	return r.get("id").String(), r.get("token").String()
}

func TestATokenIsShownOnceOnly(t *testing.T) {
	mm := mmfake.New(t)
	alice, admin := mm.User("alice"), clientOf(t, mm, mm.Admin)
	id, token := newToken(t, mm, alice)
	for _, path := range []string{"/api/v4/users/tokens/" + id, "/api/v4/users/tokens", "/api/v4/users/" + alice.ID + "/tokens"} {
		r := admin.do("GET", path, nil)
		assert.Equal(t, 200, r.Status, path)
		assert.NotContains(t, string(r.Body), token, path)
		assert.Contains(t, string(r.Body), id, path)
	}
}

func TestADisabledTokenWorksAgainOnceItIsEnabled(t *testing.T) {
	mm := mmfake.New(t)
	admin := clientOf(t, mm, mm.Admin)
	id, token := newToken(t, mm, mm.User("alice"))
	script := clientOf(t, mm, nil)
	script.token = token
	status := func() int { return script.do("GET", "/api/v4/users/me", nil).Status }
	require.Equal(t, 200, status())

	for _, step := range []struct {
		do     string
		status int
	}{{"disable", 401}, {"enable", 200}, {"revoke", 401}} {
		assert.Equal(t, 200, admin.do("POST", "/api/v4/users/tokens/"+step.do, object{"token_id": id}).Status, step.do)
		assert.Equal(t, step.status, status(), "after %s", step.do)
	}
	assert.Equal(t, 404, admin.do("POST", "/api/v4/users/tokens/enable", object{"token_id": id}).Status)
}

func TestTheSessionOfATokenSaysSo(t *testing.T) {
	mm := mmfake.New(t)
	robot := mm.Bot("robot")

	r := clientOf(t, mm, mm.Admin).do("GET", "/api/v4/users/"+robot.ID+"/sessions", nil)

	assert.Equal(t, "UserAccessToken", r.get("0.props.type").String())
	assert.Equal(t, "true", r.get("0.props.is_bot").String())
}

func TestTokensAreFoundByTheirUser(t *testing.T) {
	mm := mmfake.New(t)
	alice, bob, admin := mm.User("alice"), mm.User("bob"), clientOf(t, mm, mm.Admin)
	id, _ := newToken(t, mm, alice)
	newToken(t, mm, bob)
	search := func(term string) []string {
		return names(admin.do("POST", "/api/v4/users/tokens/search", object{"term": term}), "#.id")
	}

	assert.Equal(t, []string{id}, search("ali"))
	assert.Equal(t, []string{id}, search(alice.ID))
	assert.Equal(t, []string{id}, search(id[:10]))
	assert.Empty(t, search("lice"), "only from the beginning")
	assert.Equal(t, 400, admin.do("POST", "/api/v4/users/tokens/search", object{}).Status)
}

func TestADescriptionOfATokenIsNeededAndShort(t *testing.T) {
	mm := mmfake.New(t)
	admin := clientOf(t, mm, mm.Admin)
	for _, description := range []string{"", strings.Repeat("x", 256)} {
		r := admin.do("POST", "/api/v4/users/me/tokens", object{"description": description})
		assert.Equal(t, 400, r.Status, len(description))
	}
}

func TestWhereTokensAreOffOnlyThoseOfBotsWork(t *testing.T) {
	mm := mmfake.New(t, mmfake.Configure(func(s *mmfake.Settings) { s.EnableUserAccessTokens = false }))
	admin, robot := clientOf(t, mm, mm.Admin), mm.Bot("robot")

	assert.Equal(t, "app.user_access_token.disabled", admin.do("POST", "/api/v4/users/me/tokens", object{"description": "x"}).problem())
	newToken(t, mm, robot)
	assert.Equal(t, 200, clientOf(t, mm, robot).do("GET", "/api/v4/users/me", nil).Status)
}

func TestATokenOutlivesTheSessionsThatEnd(t *testing.T) {
	mm := mmfake.New(t)
	alice := mm.User("alice")
	_, token := newToken(t, mm, alice)
	script := clientOf(t, mm, nil)
	script.token = token
	require.Equal(t, 200, script.do("GET", "/api/v4/users/me", nil).Status)

	clientOf(t, mm, mm.Admin).do("POST", "/api/v4/users/"+alice.ID+"/sessions/revoke/all", nil)

	assert.Equal(t, 200, script.do("GET", "/api/v4/users/me", nil).Status)
}

func TestWhetherTheUserOfATokenIsLookedAtFirst(t *testing.T) {
	for version, first := range map[string]string{
		"11.6": "app.user.missing_account.const", "5.36": "api.context.invalid_body_param.app_error", "5.0": "api.context.invalid_body_param.app_error",
	} {
		mm := mmfake.New(t, mmfake.Version(version))
		path := "/api/v4/users/" + strings.Repeat("a", 26) + "/tokens"
		for _, body := range []any{"{", object{"description": ""}} {
			assert.Equal(t, first, clientOf(t, mm, mm.Admin).do("POST", path, body).problem(), version)
		}
		status := map[bool]int{true: 404, false: 403}[version == "11.6"]
		assert.Equal(t, status, clientOf(t, mm, mm.User("alice")).do("POST", path, object{"description": "ci"}).Status, version)
		assert.Equal(t, 404, clientOf(t, mm, mm.Admin).do("POST", path, object{"description": "ci"}).Status, version)
	}
}
