package rest_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

type object = map[string]any

// logIn tries a user's password and answers with what came of it.
func logIn(t testing.TB, mm *mmfake.Server, name, password string) reply {
	return clientOf(t, mm, nil).do("POST", "/api/v4/users/login", object{"login_id": name, "password": password})
}

func TestOthersSeeNoSettingsOfAUserAndNoPassword(t *testing.T) {
	mm := mmfake.New(t)
	alice, bob := mm.User("alice"), mm.User("bob")

	own := clientOf(t, mm, alice).do("GET", "/api/v4/users/me", nil)
	others := clientOf(t, mm, bob).do("GET", "/api/v4/users/"+alice.ID, nil)
	admins := clientOf(t, mm, mm.Admin).do("GET", "/api/v4/users/"+alice.ID, nil)

	assert.True(t, own.get("notify_props").Exists())
	assert.False(t, own.get("auth_data").Exists())
	assert.False(t, others.get("notify_props").Exists())
	assert.False(t, others.get("last_password_update").Exists())
	assert.Equal(t, `""`, others.get("auth_data").Raw)
	assert.True(t, admins.get("notify_props").Exists())
	for _, r := range []reply{own, others, admins} {
		assert.False(t, r.get("password").Exists())
		assert.NotContains(t, string(r.Body), alice.Password)
	}
}

func TestAServerThatHidesAddressesAndNamesShowsThemToAdminsOnly(t *testing.T) {
	mm := mmfake.New(t, mmfake.Configure(func(s *mmfake.Settings) { s.ShowEmailAddress, s.ShowFullName = false, false }))
	alice, bob := mm.User("alice"), clientOf(t, mm, mm.User("bob"))
	clientOf(t, mm, alice).do("PUT", "/api/v4/users/me/patch", object{"first_name": "Alicia"})
	path := "/api/v4/users/" + alice.ID

	seen := bob.do("GET", path, nil)
	assert.Empty(t, seen.get("email").String())
	assert.Empty(t, seen.get("first_name").String())
	assert.Equal(t, "api.user.get_user_by_email.permissions.app_error", bob.do("GET", "/api/v4/users/email/alice@example.com", nil).problem())
	assert.Empty(t, bob.do("POST", "/api/v4/users/search", object{"term": "alicia"}).get("#.id").Array(), "nor can it be searched for")
	admins := clientOf(t, mm, mm.Admin).do("GET", path, nil)
	assert.Equal(t, "Alicia", admins.get("first_name").String())
	assert.NotEmpty(t, admins.get("email").String())
}

func TestOnAClosedServerOnlyAdminsMakeUsers(t *testing.T) {
	mm := mmfake.New(t, mmfake.Configure(func(s *mmfake.Settings) { s.EnableOpenServer = false }))
	dora := object{"username": "dora", "email": "dora@example.com", "password": "Passw0rd!"}

	refused := clientOf(t, mm, nil).do("POST", "/api/v4/users", dora)
	made := clientOf(t, mm, mm.Admin).do("POST", "/api/v4/users", dora)

	assert.Equal(t, 403, refused.Status)
	assert.Equal(t, "api.user.create_user.no_open_server", refused.problem())
	assert.Equal(t, 201, made.Status)
}

func TestAnInvitationThatNobodySentLetsNobodyIn(t *testing.T) {
	mm := mmfake.New(t)
	dora := object{"username": "dora", "email": "dora@example.com", "password": "Passw0rd!"}

	r := clientOf(t, mm, nil).do("POST", "/api/v4/users?t=nonsense", dora)

	assert.Equal(t, "api.user.create_user.signup_link_invalid.app_error", r.problem())
}

func TestUnknownKeysInABodyAreIgnored(t *testing.T) {
	mm := mmfake.New(t)
	alice := clientOf(t, mm, mm.User("alice"))

	r := alice.do("PUT", "/api/v4/users/me/patch", object{"nickname": "Al", "shoe_size": 38, "nested": object{"x": []int{1}}})

	assert.Equal(t, 200, r.Status)
	assert.Equal(t, "Al", r.get("nickname").String())
}

func TestAJSONBodyNeedsNoContentType(t *testing.T) {
	mm := mmfake.New(t)
	alice := clientOf(t, mm, mm.User("alice"))

	r := alice.do("PUT", "/api/v4/users/me/patch", `{"nickname":"Al"}`, "Content-Type", "")

	assert.Equal(t, "Al", r.get("nickname").String())
}

func TestANameIsFreeAfterItsUserTookAnother(t *testing.T) {
	mm := mmfake.New(t)
	mm.User("alice")
	alice, bob := clientOf(t, mm, mm.User("alice")), clientOf(t, mm, mm.User("bob"))

	require.Equal(t, 200, alice.do("PUT", "/api/v4/users/me/patch", object{"username": "Ally"}).Status)

	assert.Equal(t, 404, bob.do("GET", "/api/v4/users/username/alice", nil).Status)
	assert.Equal(t, 200, bob.do("GET", "/api/v4/users/username/ally", nil).Status)
	assert.Equal(t, 200, bob.do("PUT", "/api/v4/users/me/patch", object{"username": "alice"}).Status)
	assert.Equal(t, "app.user.save.username_exists.app_error", alice.do("PUT", "/api/v4/users/me/patch", object{"username": "ALICE"}).problem())
}

func TestANewAddressNeedsThePassword(t *testing.T) {
	mm := mmfake.New(t)
	actor := mm.User("alice")
	alice := clientOf(t, mm, actor)
	patch := func(password any) reply {
		return alice.do("PUT", "/api/v4/users/me/patch", object{"email": "new@example.com", "password": password})
	}

	assert.Equal(t, 400, patch(nil).Status)
	assert.Equal(t, "api.user.check_user_password.invalid.app_error", patch("wrong").problem())
	assert.Equal(t, 200, patch(actor.Password).Status)
	assert.Equal(t, 200, logIn(t, mm, "new@example.com", actor.Password).Status)
	admin := clientOf(t, mm, mm.Admin).do("PUT", "/api/v4/users/"+actor.ID+"/patch", object{"email": "given@example.com"})
	assert.Equal(t, 200, admin.Status, "an admin needs none")
}

func TestReplacingAProfileEmptiesWhatIsLeftOut(t *testing.T) {
	mm := mmfake.New(t)
	actor := mm.User("alice")
	alice := clientOf(t, mm, actor)
	alice.do("PUT", "/api/v4/users/me/patch", object{"nickname": "Al", "position": "Tester"})

	r := alice.do("PUT", "/api/v4/users/"+actor.ID, object{"id": actor.ID, "username": "alice", "email": "alice@example.com", "roles": "system_admin"})

	assert.Equal(t, 200, r.Status, "%s", r.Body)
	assert.Empty(t, r.get("nickname").String())
	assert.Empty(t, r.get("position").String())
	assert.Equal(t, "system_user", r.get("roles").String(), "nobody gives himself roles")
	assert.True(t, r.get("notify_props.email").Exists(), "the notifications have defaults")
}

func TestBlankWordsOfAUsersOwnAreDropped(t *testing.T) {
	mm := mmfake.New(t)
	alice := clientOf(t, mm, mm.User("alice"))

	r := alice.do("PUT", "/api/v4/users/me/patch", object{"notify_props": object{"mention_keys": " ally,, wonder ,"}})

	assert.Equal(t, "ally,wonder", r.get("notify_props.mention_keys").String())
}

func TestADeactivatedUserIsOutWithHisTokensAndBots(t *testing.T) {
	mm := mmfake.New(t)
	admin := clientOf(t, mm, mm.Admin)
	actor, robot := mm.User("alice"), mm.Bot("robot")
	alice := clientOf(t, mm, actor)
	token := alice
	token.token = admin.do("POST", "/api/v4/users/"+actor.ID+"/tokens", object{"description": "x"}).get("token").String()
	require.Equal(t, 200, token.do("GET", "/api/v4/users/me", nil).Status)
	require.Equal(t, 200, admin.do("POST", "/api/v4/bots/"+robot.ID+"/assign/"+actor.ID, nil).Status)

	require.Equal(t, 200, admin.do("DELETE", "/api/v4/users/"+actor.ID, nil).Status)

	for who, c := range map[string]client{"his session": alice, "his token": token, "his bot": clientOf(t, mm, robot)} {
		assert.Equal(t, 401, c.do("GET", "/api/v4/users/me", nil).Status, who)
	}
	orphans := admin.do("GET", "/api/v4/bots?only_orphaned=true&include_deleted=true", nil)
	assert.Equal(t, robot.ID, orphans.get("0.user_id").String())

	require.Equal(t, 200, admin.do("PUT", "/api/v4/users/"+actor.ID+"/active", object{"active": true}).Status)
	assert.Equal(t, 401, alice.do("GET", "/api/v4/users/me", nil).Status, "a session that ended stays ended")
	assert.Equal(t, 200, token.do("GET", "/api/v4/users/me", nil).Status, "a token works again")
}

func TestNobodyDeactivatesHimself(t *testing.T) {
	mm := mmfake.New(t)
	actor := mm.User("alice")
	alice := clientOf(t, mm, actor)

	for _, r := range []reply{
		alice.do("DELETE", "/api/v4/users/me", nil),
		alice.do("PUT", "/api/v4/users/me/active", object{"active": false}),
	} {
		assert.Equal(t, 401, r.Status)
		assert.Equal(t, "api.user.update_active.not_enable.app_error", r.problem())
	}
	assert.Equal(t, 200, alice.do("GET", "/api/v4/users/me", nil).Status)
}

func TestADeactivatedUserIsOffline(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	actor, admin := mm.User("alice", dev), clientOf(t, mm, mm.Admin)
	actor.Post(dev, "hello")

	admin.do("DELETE", "/api/v4/users/"+actor.ID, nil)

	assert.Equal(t, "offline", admin.do("GET", "/api/v4/users/"+actor.ID+"/status", nil).get("status").String())
}

func TestUsersAreNotDeletedForGood(t *testing.T) {
	mm := mmfake.New(t)
	actor := mm.User("alice")

	r := clientOf(t, mm, mm.Admin).do("DELETE", "/api/v4/users/"+actor.ID+"?permanent=true", nil)

	assert.Equal(t, "api.user.delete_user.not_enabled.app_error", r.problem())
}

func TestTheRolesThatAnAdminCannotGive(t *testing.T) {
	mm := mmfake.New(t)
	path := "/api/v4/users/" + mm.User("alice").ID + "/roles"
	for roles, problem := range map[string]string{
		"system_admin":               "api.context.invalid_body_param.app_error", // alone: who would have system_user?
		"system_user Emperor":        "api.context.invalid_body_param.app_error",
		"system_user emperor":        "app.role.check_roles_exist.role_not_found",
		"system_user system_manager": "api.user.update_user_roles.license.app_error",
	} {
		r := clientOf(t, mm, mm.Admin).do("PUT", path, object{"roles": roles})
		assert.Equal(t, 400, r.Status, roles)
		assert.Equal(t, problem, r.problem(), roles)
	}
}

func TestARoleCountsFromTheNextRequestOn(t *testing.T) {
	mm := mmfake.New(t)
	actor := mm.User("alice")
	alice := clientOf(t, mm, actor)
	require.Equal(t, 403, alice.do("GET", "/api/v4/bots", nil).Status)

	r := clientOf(t, mm, mm.Admin).do("PUT", "/api/v4/users/"+actor.ID+"/roles", object{"roles": "system_user system_admin"})
	require.Equal(t, 200, r.Status)

	assert.Equal(t, 200, alice.do("GET", "/api/v4/bots", nil).Status)
	assert.Equal(t, "system_user system_admin", alice.do("GET", "/api/v4/users/me/sessions", nil).get("0.roles").String())
}

func TestTooManyFailedLoginsLockAUserOut(t *testing.T) {
	mm := mmfake.New(t, mmfake.Configure(func(s *mmfake.Settings) { s.MaximumLoginAttempts = 3 }))
	actor := mm.User("alice")
	for range 3 {
		require.Equal(t, "api.user.login.invalid_credentials_email_username", logIn(t, mm, "alice", "wrong").problem())
	}

	locked := logIn(t, mm, "alice", actor.Password)
	assert.Equal(t, 401, locked.Status)
	assert.Equal(t, "api.user.check_user_login_attempts.too_many.app_error", locked.problem(), "the right password does not help")

	admin := clientOf(t, mm, mm.Admin)
	assert.EqualValues(t, 3, admin.do("GET", "/api/v4/users/"+actor.ID, nil).get("failed_attempts").Int())
	require.Equal(t, 200, admin.do("POST", "/api/v4/users/"+actor.ID+"/reset_failed_attempts", nil).Status)
	assert.Equal(t, 200, logIn(t, mm, "alice", actor.Password).Status)
}

func TestANewPasswordEndsTheOtherSessions(t *testing.T) {
	mm := mmfake.New(t)
	actor := mm.User("alice")
	here, there := clientOf(t, mm, actor), clientOf(t, mm, nil)
	there.token = logIn(t, mm, "alice", actor.Password).Header.Get("Token")
	require.Equal(t, 200, there.do("GET", "/api/v4/users/me", nil).Status)

	r := here.do("PUT", "/api/v4/users/me/password", object{"current_password": actor.Password, "new_password": "An0ther!one"})
	require.Equal(t, 200, r.Status)

	assert.Equal(t, 200, here.do("GET", "/api/v4/users/me", nil).Status)
	assert.Equal(t, 401, there.do("GET", "/api/v4/users/me", nil).Status)
}

func TestAnAdminSetsAPasswordWithoutTheOldOne(t *testing.T) {
	mm := mmfake.New(t)
	actor := mm.User("alice")

	r := clientOf(t, mm, mm.Admin).do("PUT", "/api/v4/users/"+actor.ID+"/password", object{"new_password": strings.Repeat("x", 73)})
	assert.Equal(t, "model.user.is_valid.pwd_max_length.app_error", r.problem())
	r = clientOf(t, mm, mm.Admin).do("PUT", "/api/v4/users/"+actor.ID+"/password", object{"new_password": "given by an admin"})

	assert.Equal(t, 200, r.Status)
	assert.Equal(t, 200, logIn(t, mm, "alice", "given by an admin").Status)
}

func TestAHardenedServerTellsNothingOfItsOwnFaults(t *testing.T) {
	mm := mmfake.New(t, mmfake.Configure(func(s *mmfake.Settings) { s.EnableHardenedMode, s.EnableUserAccessTokens = true, false }))
	admin := clientOf(t, mm, mm.Admin)

	r := admin.do("POST", "/api/v4/users/me/tokens", object{"description": "x"})

	assert.Equal(t, 500, r.Status, "without hardening it is 501 app.user_access_token.disabled")
	assert.Empty(t, r.problem())
}

func TestOnAHardenedServerOnlyIntegrationsPostUnderAnotherName(t *testing.T) {
	mm := mmfake.New(t, mmfake.Configure(func(s *mmfake.Settings) { s.EnableHardenedMode = true }))
	dev := mm.Channel("dev")
	post := object{"channel_id": dev.ID, "message": "x", "props": object{"override_username": "Boss"}}

	assert.Equal(t, 400, clientOf(t, mm, mm.User("alice", dev)).do("POST", "/api/v4/posts", post).Status)
	assert.Equal(t, 201, clientOf(t, mm, mm.Bot("robot", dev)).do("POST", "/api/v4/posts", post).Status)
}

func TestAskingForAnEmailIsAnsweredWhetherOrNotTheAddressIsKnown(t *testing.T) {
	mm := mmfake.New(t)
	nobody := clientOf(t, mm, nil)
	for _, path := range []string{"/api/v4/users/password/reset/send", "/api/v4/users/email/verify/send"} {
		assert.Equal(t, 200, nobody.do("POST", path, object{"email": "who@example.com"}).Status, path)
		assert.Equal(t, 400, nobody.do("POST", path, object{}).Status, path)
	}
}

func TestAnAdminVerifiesAnAddress(t *testing.T) {
	mm := mmfake.New(t)
	actor := mm.User("alice")
	path := "/api/v4/users/" + actor.ID + "/email/verify/member"

	assert.Equal(t, 403, clientOf(t, mm, actor).do("POST", path, nil).Status)
	assert.True(t, clientOf(t, mm, mm.Admin).do("POST", path, nil).get("email_verified").Bool())
}

func TestPasswordsFollowTheRulesOfTheVersion(t *testing.T) {
	for version, wants := range map[string]map[string]string{
		"11.6": {"seven77": "model.user.is_valid.pwd_min_length.app_error", "eight888": "", strings.Repeat("x", 73): "model.user.is_valid.pwd_max_length.app_error"},
		"5.36": {
			"Passw0rd!": "model.user.is_valid.pwd_lowercase_uppercase_number_symbol.app_error", "Passw0rd!!": "",
			"Passw0rdddd": "model.user.is_valid.pwd_lowercase_uppercase_number_symbol.app_error",
		},
		"5.0": {"four": "model.user.is_valid.pwd.app_error", "five5": "", strings.Repeat("x", 65): "model.user.is_valid.pwd.app_error"},
	} {
		mm := mmfake.New(t, mmfake.Version(version))
		alice, admin := mm.User("alice"), clientOf(t, mm, mm.Admin)
		for password, problem := range wants {
			r := admin.do("PUT", "/api/v4/users/"+alice.ID+"/password", object{"new_password": password})
			assert.Equal(t, problem, r.problem(), "%s: %s", version, password)
		}
	}
}

func TestTheSettingsAskForClassesOfCharacters(t *testing.T) {
	mm := mmfake.New(t, mmfake.Configure(func(s *mmfake.Settings) { s.PasswordNumber, s.PasswordUppercase = true, true }))
	admin, alice := clientOf(t, mm, mm.Admin), mm.User("alice")

	r := admin.do("PUT", "/api/v4/users/"+alice.ID+"/password", object{"new_password": "longenough"})

	assert.Equal(t, "model.user.is_valid.pwd_uppercase_number.app_error", r.problem())
	config := clientOf(t, mm, nil).do("GET", "/api/v4/config/client?format=old", nil)
	assert.Equal(t, "true", config.get("PasswordRequireNumber").String())
	assert.Equal(t, "false", config.get("PasswordRequireSymbol").String())
}

func TestAnAdminVouchesForTheAddressOfANewUser(t *testing.T) {
	mm := mmfake.New(t)
	dora := object{"username": "dora", "email": "dora@example.com", "password": "Passw0rd!", "email_verified": true}
	emil := object{"username": "emil", "email": "emil@example.com", "password": "Passw0rd!", "email_verified": true}

	assert.True(t, clientOf(t, mm, mm.Admin).do("POST", "/api/v4/users", dora).get("email_verified").Bool())
	assert.False(t, clientOf(t, mm, nil).do("POST", "/api/v4/users", emil).get("email_verified").Bool(), "nobody vouches for himself")
}

func TestAUsersTimeZoneAndRolesAreBounded(t *testing.T) {
	mm := mmfake.New(t)
	actor := mm.User("alice")
	alice, admin := clientOf(t, mm, actor), clientOf(t, mm, mm.Admin)
	zone := func(letters int) reply {
		return alice.do("PUT", "/api/v4/users/me/patch", object{"timezone": object{"manualTimezone": strings.Repeat("x", letters)}})
	}
	roles := func(times int) reply {
		return admin.do("PUT", "/api/v4/users/"+actor.ID+"/roles", object{"roles": strings.TrimSpace(strings.Repeat("system_user ", times))})
	}

	longest := 256 - len(`{"manualTimezone":""}`)
	assert.Equal(t, 200, zone(longest).Status)
	assert.Equal(t, "model.user.is_valid.timezone_limit.app_error", zone(longest+1).problem())
	assert.Equal(t, 200, roles(21).Status)
	assert.Equal(t, "model.user.is_valid.roles_limit.app_error", roles(22).problem())
}

func TestNobodyHasAPasswordUnderAnUnknownID(t *testing.T) {
	for version, want := range map[string]string{
		"11.6": "api.user.update_password.context.app_error", "5.36": "api.user.update_password.context.app_error", "5.0": "store.sql_user.missing_account.const",
	} {
		mm := mmfake.New(t, mmfake.Version(version))
		r := clientOf(t, mm, mm.Admin).do("PUT", "/api/v4/users/"+strings.Repeat("a", 26)+"/password", object{"new_password": "N3w!passw0rd"})
		assert.Equal(t, want, r.problem(), version)
	}
}
