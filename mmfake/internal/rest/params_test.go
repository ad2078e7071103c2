package rest_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

func TestANameThatNobodyCanHaveIsRefusedBeforeItIsLookedFor(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	alice := clientOf(t, mm, mm.User("alice", dev))

	for _, path := range []string{
		"/api/v4/users/username/all", "/api/v4/users/username/Alice", "/api/v4/users/email/nobody", "/api/v4/users/email/a/b",
		"/api/v4/teams/name/a", "/api/v4/teams/name/a_b", "/api/v4/teams/name/a/exists",
		"/api/v4/teams/" + dev.TeamID + "/channels/name/-dev",
		"/api/v4/users/me/preferences/Mine", "/api/v4/users/me/preferences/mine/name/Colour",
	} {
		assert.Equal(t, "api.context.invalid_url_param.app_error", alice.do("GET", path, nil).problem(), path)
	}
	assert.Equal(t, dev.ID, alice.do("GET", "/api/v4/teams/"+dev.TeamID+"/channels/name/DEV", nil).get("id").String(), "capitals of a channel do not matter")
}

func TestAChannelNameOfOneLetterIsOneInNewVersionsOnly(t *testing.T) {
	for version, problem := range map[string]string{
		"11.6": "app.channel.get_by_name.missing.app_error",
		"5.36": "api.context.invalid_url_param.app_error",
	} {
		mm := mmfake.New(t, mmfake.Version(version))
		dev := mm.Channel("dev")

		r := clientOf(t, mm, mm.User("alice", dev)).do("GET", "/api/v4/teams/"+dev.TeamID+"/channels/name/a", nil)

		assert.Equal(t, problem, r.problem(), version)
	}
}

func TestWhoSignsUpWithALanguageThatTheServerDoesNotSpeakGetsTheDefault(t *testing.T) {
	mm := mmfake.New(t)
	admin := clientOf(t, mm, mm.Admin)
	alice := clientOf(t, mm, mm.User("alice"))

	made := admin.do("POST", "/api/v4/users", object{"username": "dora", "email": "dora@example.com", "password": "Passw0rd!", "locale": "eo"})

	assert.Equal(t, "en", made.get("locale").String())
	assert.Equal(t, "eo", alice.do("PUT", "/api/v4/users/me/patch", object{"locale": "eo"}).get("locale").String(), "later any language will do")
	assert.Equal(t, "model.user.is_valid.locale.app_error", alice.do("PUT", "/api/v4/users/me/patch", object{"locale": "xx"}).problem())
}

func TestNamesThatATeamMayHave(t *testing.T) {
	mm := mmfake.New(t)
	admin := clientOf(t, mm, mm.Admin)
	for name, exists := range map[string]string{
		"ab": "false", "a-b": "false", "a__b": "false", "A-B": "false",
		"-a": "", "a-": "", "a_b": "", "__a": "", "a__b__c": "",
	} {
		assert.Equal(t, exists, admin.do("GET", "/api/v4/teams/name/"+name+"/exists", nil).get("exists").Raw, name)
	}
}

func TestATeamsTextsHaveLimits(t *testing.T) {
	mm := mmfake.New(t)
	alice := clientOf(t, mm, mm.User("alice"))

	for problem, change := range map[string]object{
		"model.team.is_valid.url.app_error":         {"name": strings.Repeat("n", 65)},
		"model.team.is_valid.company.app_error":     {"company_name": strings.Repeat("c", 65)},
		"model.team.is_valid.domains.app_error":     {"allowed_domains": "example.com" + strings.Repeat(",d", 250)},
		"model.team.is_valid.description.app_error": {"description": strings.Repeat("d", 256)},
	} {
		team := object{"name": "squad", "display_name": "Squad", "type": "O"}
		for key, value := range change {
			team[key] = value
		}
		assert.Equal(t, problem, alice.do("POST", "/api/v4/teams", team).problem())
	}
}

func TestALongURLIsRefusedWhereItsPathIsKnown(t *testing.T) {
	mm := mmfake.New(t, mmfake.AllowUnknownEndpoints())
	nobody := clientOf(t, mm, nil)
	long := "?" + strings.Repeat("x", 2048)

	r := nobody.do("GET", "/api/v4/users/me"+long, nil)
	assert.Equal(t, "basic_security_check.url.too_long_error", r.problem(), "before the token is missed")
	assert.Equal(t, 404, nobody.do("GET", "/api/v4/nowhere"+long, nil).Status)
	page := nobody.do("GET", "/test/channels/dev"+long, nil)
	assert.Equal(t, 414, page.Status)
	assert.Contains(t, page.Header.Get("Content-Type"), "text/html")
}
