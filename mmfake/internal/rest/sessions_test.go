package rest_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

func TestLoggingOutNeedsNoSession(t *testing.T) {
	mm := mmfake.New(t)
	for _, token := range []string{"", "aaaaaaaaaaaaaaaaaaaaaaaaaa"} {
		c := clientOf(t, mm, nil)
		c.token = token
		r := c.do("POST", "/api/v4/users/logout", nil)
		assert.Equal(t, 200, r.Status, token)
		assert.Equal(t, "OK", r.get("status").String(), token)
	}
}

func TestLoggingOutEndsTheSession(t *testing.T) {
	mm := mmfake.New(t)
	alice := clientOf(t, mm, mm.User("alice"))

	alice.do("POST", "/api/v4/users/logout", nil)

	assert.Equal(t, 401, alice.do("GET", "/api/v4/users/me", nil).Status)
}

func TestTheWordBeforeATokenMayBeWrittenInAnyCase(t *testing.T) {
	mm := mmfake.New(t)
	token := mm.User("alice").Token
	for header, status := range map[string]int{
		"BEARER " + token: 200, "bearer " + token: 200, "Token " + token: 200, "tOkEn " + token: 200,
		"Bearer  " + token: 401, "Bearer" + token: 401, "Basic " + token: 401, token: 401, "Bearer ": 401,
	} {
		r := clientOf(t, mm, nil).do("GET", "/api/v4/users/me", nil, "Authorization", header)
		assert.Equal(t, status, r.Status, header)
	}
}

// cookies logs in as a browser does and returns what it keeps.
func cookies(t testing.TB, mm *mmfake.Server, a *mmfake.Actor) (session, csrf string) {
	r := clientOf(t, mm, nil).do("POST", "/api/v4/users/login", object{"login_id": a.Username, "password": a.Password}, "X-Requested-With", "XMLHttpRequest")
	require.Equal(t, 200, r.Status)
	for _, cookie := range (&http.Response{Header: r.Header}).Cookies() {
		switch cookie.Name {
		case "MMAUTHTOKEN":
			assert.True(t, cookie.HttpOnly)
			session = "MMAUTHTOKEN=" + cookie.Value
		case "MMCSRF":
			assert.False(t, cookie.HttpOnly)
			csrf = cookie.Value
		}
	}
	return session, csrf
}

func TestAChangeWithACookieNeedsProofThatItIsNoForgery(t *testing.T) {
	for _, strict := range []bool{false, true} {
		mm := mmfake.New(t, mmfake.Configure(func(s *mmfake.Settings) { s.ExperimentalStrictCSRF = strict }))
		alice := mm.User("alice")
		patch := func(headers ...string) int {
			cookie, csrf := cookies(t, mm, alice)
			headers = append(headers, "Cookie", cookie)
			for i, h := range headers {
				if h == "{csrf}" {
					headers[i] = csrf
				}
			}
			return clientOf(t, mm, nil).do("PUT", "/api/v4/users/me/patch", object{"nickname": "Al"}, headers...).Status
		}

		assert.Equal(t, 401, patch())
		assert.Equal(t, 401, patch("X-CSRF-Token", "wrong"))
		assert.Equal(t, 200, patch("X-CSRF-Token", "{csrf}"))
		assert.Equal(t, strict, patch("X-Requested-With", "XMLHttpRequest") == 401, "a strict server asks for the token")
	}
}

func TestReadingWithACookieNeedsNoProof(t *testing.T) {
	mm := mmfake.New(t)
	cookie, _ := cookies(t, mm, mm.User("alice"))

	assert.Equal(t, 200, clientOf(t, mm, nil).do("GET", "/api/v4/users/me", nil, "Cookie", cookie).Status)
}

func TestALoginOutsideABrowserSetsNoCookies(t *testing.T) {
	mm := mmfake.New(t)
	alice := mm.User("alice")

	r := logIn(t, mm, "alice", alice.Password)

	assert.Empty(t, r.Header.Values("Set-Cookie"))
	assert.Len(t, r.Header.Get("Token"), 26)
}

func TestOneOfSeveralSessionsIsRevoked(t *testing.T) {
	mm := mmfake.New(t)
	actor := mm.User("alice")
	here, there := clientOf(t, mm, actor), clientOf(t, mm, nil)
	before := here.do("GET", "/api/v4/users/me/sessions", nil).get("0.id").String()
	there.token = logIn(t, mm, "alice", actor.Password).Header.Get("Token")
	sessions := here.do("GET", "/api/v4/users/me/sessions", nil)
	require.Len(t, names(sessions, "#.id"), 2)
	other := sessions.get(`#(id!="` + before + `").id`).String()
	assert.Empty(t, sessions.get("0.token").String(), "nobody is shown a token")

	revoked := here.do("POST", "/api/v4/users/me/sessions/revoke", object{"session_id": other})

	assert.Equal(t, 200, revoked.Status)
	assert.Equal(t, 200, here.do("GET", "/api/v4/users/me", nil).Status)
	assert.Equal(t, 401, there.do("GET", "/api/v4/users/me", nil).Status)
	assert.Equal(t, "app.session.get.app_error", here.do("POST", "/api/v4/users/me/sessions/revoke", object{"session_id": other}).problem())
}

func TestAnAdminEndsEverybodysSessions(t *testing.T) {
	mm := mmfake.New(t)
	alice, admin := clientOf(t, mm, mm.User("alice")), clientOf(t, mm, mm.Admin)

	assert.Equal(t, 403, alice.do("POST", "/api/v4/users/sessions/revoke/all", nil).Status)
	assert.Equal(t, 200, admin.do("POST", "/api/v4/users/sessions/revoke/all", nil).Status)

	assert.Equal(t, 401, alice.do("GET", "/api/v4/users/me", nil).Status)
	assert.Equal(t, 401, admin.do("GET", "/api/v4/users/me", nil).Status)
}

func TestADeviceHasOneSession(t *testing.T) {
	mm := mmfake.New(t)
	actor := mm.User("alice")
	first, second := clientOf(t, mm, actor), clientOf(t, mm, nil)
	second.token = logIn(t, mm, "alice", actor.Password).Header.Get("Token")

	require.Equal(t, 200, first.do("PUT", "/api/v4/users/sessions/device", object{"device_id": "android:1"}).Status)
	require.Equal(t, 200, second.do("PUT", "/api/v4/users/sessions/device", object{"device_id": "android:1"}).Status)

	assert.Equal(t, 401, first.do("GET", "/api/v4/users/me", nil).Status)
	assert.Equal(t, "android:1", second.do("GET", "/api/v4/users/me/sessions", nil).get("0.device_id").String())
}

func TestAClientGetsItsCookieAnewWithItsDevice(t *testing.T) {
	mm := mmfake.New(t)
	alice := clientOf(t, mm, mm.User("alice"))

	attached := alice.do("PUT", "/api/v4/users/sessions/device", object{"device_id": "apple:1"})

	assert.Contains(t, attached.Header.Get("Set-Cookie"), "MMAUTHTOKEN="+alice.token)
	assert.Empty(t, alice.do("PUT", "/api/v4/users/sessions/device", object{}).Header.Get("Set-Cookie"))
}

func TestOldVersionsNeedADevice(t *testing.T) {
	mm := mmfake.New(t, mmfake.Version("5.36"))

	r := clientOf(t, mm, mm.User("alice")).do("PUT", "/api/v4/users/sessions/device", object{})

	assert.Equal(t, "api.context.invalid_body_param.app_error", r.problem())
}

func TestAChangedPasswordEndsOtherSessionsInNewVersions(t *testing.T) {
	for version, status := range map[string]int{"11.6": 401, "5.36": 200, "5.0": 200} {
		mm := mmfake.New(t, mmfake.Version(version))
		actor := mm.User("alice")
		first, second := clientOf(t, mm, actor), clientOf(t, mm, nil)
		second.token = logIn(t, mm, "alice", actor.Password).Header.Get("Token")

		r := second.do("PUT", "/api/v4/users/me/password", object{"current_password": actor.Password, "new_password": "N3w!passw0rd"})
		require.Equal(t, 200, r.Status)

		assert.Equal(t, status, first.do("GET", "/api/v4/users/me", nil).Status, version)
		assert.Equal(t, 200, second.do("GET", "/api/v4/users/me", nil).Status, "the session that changed it goes on")
	}
}

func TestAnAdminFindsThatNobodyHasNothing(t *testing.T) {
	mm := mmfake.New(t)
	admin, alice := clientOf(t, mm, mm.Admin), clientOf(t, mm, mm.User("alice"))
	for _, what := range []string{"sessions", "tokens", "preferences", "teams"} {
		path := "/api/v4/users/aaaaaaaaaaaaaaaaaaaaaaaaaa/" + what
		assert.Equal(t, "[]", strings.TrimSpace(string(admin.do("GET", path, nil).Body)), what)
		assert.Equal(t, 403, alice.do("GET", path, nil).Status, what)
	}
	assert.Equal(t, 200, admin.do("POST", "/api/v4/users/aaaaaaaaaaaaaaaaaaaaaaaaaa/sessions/revoke/all", nil).Status)
}

func TestAUserHasAtMostFiveHundredSessions(t *testing.T) {
	mm := mmfake.New(t)
	actor := mm.User("alice")
	var last reply
	for range 505 {
		last = logIn(t, mm, "alice", actor.Password)
	}

	c := clientOf(t, mm, nil)
	c.token = last.Header.Get("Token")
	assert.Len(t, names(c.do("GET", "/api/v4/users/me/sessions", nil), "#.id"), 500)
}

func TestADeactivatedUserIsToldSoWhateverHisPassword(t *testing.T) {
	mm := mmfake.New(t)
	actor := mm.User("alice")
	clientOf(t, mm, mm.Admin).do("DELETE", "/api/v4/users/"+actor.ID, nil)

	assert.Equal(t, "api.user.login.inactive.app_error", logIn(t, mm, "alice", "wrong").problem())
}

func TestTextOfAnotherKindInALoginCountsAsNone(t *testing.T) {
	mm := mmfake.New(t)
	actor := mm.User("alice")
	nobody := clientOf(t, mm, nil)

	assert.Equal(t, 400, nobody.do("POST", "/api/v4/users/login", object{"login_id": "alice", "password": 12345678}).Status)
	r := nobody.do("POST", "/api/v4/users/login", object{"login_id": "alice", "password": actor.Password, "remember": true})
	assert.Equal(t, 200, r.Status)
}

func TestACookieAloneDoesNotEvenLogOut(t *testing.T) {
	for version, status := range map[string]int{"11.6": 401, "5.36": 401, "5.0": 200} {
		mm := mmfake.New(t, mmfake.Version(version))
		alice := clientOf(t, mm, mm.User("alice"))
		nobody := clientOf(t, mm, nil)

		r := nobody.do("POST", "/api/v4/users/logout", nil, "Cookie", "MMAUTHTOKEN="+alice.token)

		assert.Equal(t, status, r.Status, version)
		assert.Equal(t, status == 200, alice.do("GET", "/api/v4/users/me", nil).Status == 401, "whether she is logged out")
		withProof := nobody.do("POST", "/api/v4/users/logout", nil, "Cookie", "MMAUTHTOKEN="+alice.token, "X-Requested-With", "XMLHttpRequest")
		assert.Equal(t, 200, withProof.Status, version)
	}
}

func TestADeviceHasOneSessionAtATime(t *testing.T) {
	for _, version := range []string{"11.6", "5.36", "5.0"} {
		mm := mmfake.New(t, mmfake.Version(version))
		alice := mm.User("alice")
		login := func(device string) client {
			r := clientOf(t, mm, nil).do("POST", "/api/v4/users/login", object{"login_id": "alice", "password": alice.Password, "device_id": device})
			require.Equal(t, 200, r.Status, version)
			c := clientOf(t, mm, nil)
			c.token = r.Header.Get("Token")
			return c
		}
		phone, tablet, laptop := login("apple:phone"), login("apple:tablet"), login("")

		again := login("apple:phone")

		for name, want := range map[string]struct {
			client
			status int
		}{"phone": {phone, 401}, "tablet": {tablet, 200}, "laptop": {laptop, 200}, "phone again": {again, 200}, "first": {clientOf(t, mm, alice), 200}} {
			assert.Equal(t, want.status, want.do("GET", "/api/v4/users/me", nil).Status, "%s %s", version, name)
		}
	}
}

func TestASessionIsDescribed(t *testing.T) {
	for version, props := range map[string]string{
		"11.6": `{"browser":"Unknown/0.0","isMobile":"false","isOAuthUser":"false","isSaml":"false","is_guest":"false","os":"","platform":"Windows"}`,
		"5.36": `{"browser":"Unknown/0.0","isMobile":"false","isOAuthUser":"false","isSaml":"false","is_guest":"false","os":"","platform":"Windows"}`,
		"5.0":  `{"browser":"Unknown/0.0","os":"","platform":"Windows"}`,
	} {
		mm := mmfake.New(t, mmfake.Version(version))
		alice := clientOf(t, mm, mm.User("alice"))

		var shown []struct{ Props map[string]string }
		require.NoError(t, json.Unmarshal(alice.do("GET", "/api/v4/users/me/sessions", nil).Body, &shown), version)

		_, csrf := shown[0].Props["csrf"]
		assert.Equal(t, version != "5.0", csrf, version)
		delete(shown[0].Props, "csrf")
		text, _ := json.Marshal(shown[0].Props)
		assert.JSONEq(t, props, string(text), version)
	}
}

func TestTheSessionOfAnAccessTokenHasNoCSRFToken(t *testing.T) {
	mm := mmfake.New(t)
	c := clientOf(t, mm, nil)
	_, c.token = newToken(t, mm, mm.User("alice"))

	props := c.do("GET", "/api/v4/users/me/sessions", nil).get("#(props.type==UserAccessToken).props")

	assert.Equal(t, "false", props.Get("is_guest").String(), props.Raw)
	assert.False(t, props.Get("csrf").Exists(), props.Raw)
	assert.False(t, props.Get("browser").Exists(), props.Raw)
}
