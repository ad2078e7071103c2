package rest_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

func TestTheTokensOfMailsThatNobodyGotAreRefused(t *testing.T) {
	mm := mmfake.New(t)
	nobody := clientOf(t, mm, nil)
	for path, problem := range map[string]string{
		"/api/v4/users/password/reset": "api.user.reset_password.invalid_link.app_error",
		"/api/v4/users/email/verify":   "api.user.verify_email.bad_link.app_error",
	} {
		body := object{"token": strings.Repeat("x", 64), "new_password": "N3w!passw0rd"}
		assert.Equal(t, problem, nobody.do("POST", path, body).problem())
		assert.Equal(t, "api.context.invalid_body_param.app_error", nobody.do("POST", path, object{"token": "short"}).problem(), path)
	}
}

func TestNobodyHasASecondFactor(t *testing.T) {
	mm := mmfake.New(t)
	bob := mm.User("bob")
	alice := clientOf(t, mm, mm.User("alice"))

	assert.Equal(t, 200, alice.do("PUT", "/api/v4/users/me/mfa", object{"activate": false}).Status)
	assert.Equal(t, "mfa.mfa_disabled.app_error", alice.do("PUT", "/api/v4/users/me/mfa", object{"activate": true, "code": "123456"}).problem())
	assert.Equal(t, "mfa.mfa_disabled.app_error", alice.do("POST", "/api/v4/users/me/mfa/generate", nil).problem())
	for _, body := range []any{object{}, object{"activate": "yes"}, object{"activate": true}} {
		assert.Equal(t, "api.context.invalid_body_param.app_error", alice.do("PUT", "/api/v4/users/me/mfa", body).problem(), body)
	}
	assert.Equal(t, 403, alice.do("PUT", "/api/v4/users/"+bob.ID+"/mfa", object{"activate": false}).Status)
}

func TestOldClientsAskWhetherALoginNeedsASecondFactor(t *testing.T) {
	for version, status := range map[string]int{"5.0": 200, "5.36": 404, "11.6": 404} {
		mm := mmfake.New(t, mmfake.Version(version), mmfake.Lenient())

		r := clientOf(t, mm, nil).do("POST", "/api/v4/users/mfa", object{"login_id": "alice"})

		assert.Equal(t, status, r.Status, version)
	}
}

func TestInvitationsByMailAreOff(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	alice := clientOf(t, mm, mm.User("alice", dev))
	outsider := alice.newTeam("lab").get("id").String()
	path := "/api/v4/teams/" + dev.TeamID + "/invite/email"

	assert.Equal(t, "api.team.invite_members.disabled.app_error", alice.do("POST", path, []string{"dora@example.com"}).problem())
	assert.Equal(t, "api.team.invite_members.disabled.app_error", alice.do("POST", path, object{"emails": []string{"dora@example.com"}}).problem())
	assert.Equal(t, "api.context.invalid_body_param.app_error", alice.do("POST", path, []string{}).problem())
	assert.Equal(t, 403, clientOf(t, mm, mm.User("bob")).do("POST", "/api/v4/teams/"+outsider+"/invite/email", []string{"x@example.com"}).Status)
}

func TestNobodyIsPromotedFromGuest(t *testing.T) {
	mm := mmfake.New(t)
	actor := mm.User("alice")
	path := "/api/v4/users/" + actor.ID + "/promote"

	assert.Equal(t, 403, clientOf(t, mm, actor).do("POST", path, nil).Status)
	assert.Equal(t, "api.user.promote_guest_to_user.no_guest.app_error", clientOf(t, mm, mm.Admin).do("POST", path, nil).problem())
}

func TestTermsOfServiceNeedALicence(t *testing.T) {
	mm := mmfake.New(t)
	alice := clientOf(t, mm, mm.User("alice"))

	assert.Equal(t, 403, alice.do("POST", "/api/v4/terms_of_service", object{"text": "be kind"}).Status)
	assert.Equal(t, "api.create_terms_of_service.custom_terms_of_service_disabled.app_error",
		clientOf(t, mm, mm.Admin).do("POST", "/api/v4/terms_of_service", object{"text": "be kind"}).problem())
	assert.Equal(t, "api.context.invalid_body_param.app_error", alice.do("POST", "/api/v4/users/me/terms_of_service", object{}).problem())
}

func TestEverybodyCannotBeDeletedOverTheNetwork(t *testing.T) {
	mm := mmfake.New(t, mmfake.Lenient())

	r := clientOf(t, mm, mm.Admin).do("DELETE", "/api/v4/users", nil)

	assert.Equal(t, "api.context.404.app_error", r.problem())
}
