package rest_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

const oauthApps = "/api/v4/oauth/apps"

func anOAuthApp() object {
	return object{"name": "Deployer", "description": "deploys", "homepage": "http://deploy.test", "callback_urls": []string{"http://deploy.test/back"}}
}

func TestAnAdminKeepsOAuthApps(t *testing.T) {
	mm := mmfake.New(t)
	admin, alice := clientOf(t, mm, mm.Admin), clientOf(t, mm, mm.User("alice"))

	made := admin.do("POST", oauthApps, anOAuthApp())
	require.Equal(t, 201, made.Status, "%s", made.Body)
	path := oauthApps + "/" + made.get("id").String()
	secret := made.get("client_secret").String()

	assert.Len(t, secret, 26)
	assert.Equal(t, []string{"Deployer"}, names(admin.do("GET", oauthApps, nil), "#.name"))
	assert.Equal(t, secret, admin.do("GET", path, nil).get("client_secret").String())
	assert.Empty(t, alice.do("GET", path+"/info", nil).get("client_secret").String())
	changed := anOAuthApp()
	changed["id"], changed["name"] = made.get("id").String(), "Releaser"
	assert.Equal(t, "Releaser", admin.do("PUT", path, changed).get("name").String())
	assert.NotEqual(t, secret, admin.do("POST", path+"/regen_secret", nil).get("client_secret").String())
	assert.Equal(t, 200, admin.do("DELETE", path, nil).Status)
	assert.Equal(t, "app.oauth.get_app.find.app_error", admin.do("GET", path, nil).problem())
	assert.Equal(t, 403, alice.do("GET", oauthApps, nil).Status)
	assert.Equal(t, "[]", alice.do("GET", "/api/v4/users/me/oauth/apps/authorized", nil).get("#.id").Raw)
}

func TestAnOAuthAppNeedsANameAndAddresses(t *testing.T) {
	mm := mmfake.New(t)
	admin := clientOf(t, mm, mm.Admin)
	for problem, change := range map[string]object{
		"model.oauth.is_valid.name.app_error":     {"name": ""},
		"model.oauth.is_valid.callback.app_error": {"callback_urls": []string{}},
		"model.oauth.is_valid.homepage.app_error": {"homepage": "deploy.test"},
		"model.oauth.is_valid.icon_url.app_error": {"icon_url": "ftp://deploy.test"},
	} {
		app := anOAuthApp()
		for key, value := range change {
			app[key] = value
		}
		assert.Equal(t, problem, admin.do("POST", oauthApps, app).problem())
	}
}

func TestOldVersionsAreNoOAuthProvidersByDefault(t *testing.T) {
	mm := mmfake.New(t, mmfake.Version("5.36"))

	assert.Equal(t, "api.oauth.allow_oauth.turn_off.app_error", clientOf(t, mm, mm.Admin).do("GET", oauthApps, nil).problem())
}
