package rest

import (
	"net/http"
	"strings"
	"time"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
)

var sessionRoutes = []route{
	{pattern: "POST /api/v4/users/login", serve: login, flags: open},
	{pattern: "POST /api/v4/users/logout", serve: logout, flags: open},
	{pattern: "GET /api/v4/users/{user_id}/sessions", serve: listSessions},
	{pattern: "POST /api/v4/users/{user_id}/sessions/revoke", serve: revokeSession},
	{pattern: "POST /api/v4/users/{user_id}/sessions/revoke/all", serve: revokeSessions},
	{pattern: "POST /api/v4/users/sessions/revoke/all", serve: revokeAllSessions},
	{pattern: "PUT /api/v4/users/sessions/device", serve: attachDevice},
}

// login opens a session. Its fields are all text: another kind of value is as
// good as none, and so is a body that cannot be read (facts 2.1).
func login(c *call) (any, error) {
	fields, err := c.textFields()
	if err != nil {
		return nil, err
	}
	client := world.Client{DeviceID: fields["device_id"], Browser: strings.HasPrefix(c.r.UserAgent(), "Mozilla/")}
	session, user, err := c.world().Login(fields["id"], fields["login_id"], fields["password"], client)
	if err != nil {
		return nil, err
	}
	c.session = session
	c.w.Header().Set("Token", session.Token)
	if c.r.Header.Get("X-Requested-With") == "XMLHttpRequest" || !c.has(versions.CookiesOnDemand) {
		c.setCookies()
	}
	return user, nil
}

// setCookies gives a browser the session, its user and its CSRF token.
func (c *call) setCookies() {
	for _, cookie := range []http.Cookie{
		{Name: sessionCookie, Value: c.session.Token, HttpOnly: true},
		{Name: "MMUSERID", Value: c.session.UserID},
		{Name: csrfCookie, Value: c.session.CSRF()},
	} {
		if cookie.Name == csrfCookie && !c.has(versions.CSRFTokens) {
			continue
		}
		c.setCookie(cookie)
	}
}

// setCookie sends a cookie that lasts as long as a session.
func (c *call) setCookie(cookie http.Cookie) {
	seconds := c.config.SessionLengthWebInHours * 60 * 60
	cookie.Path, cookie.MaxAge, cookie.Secure = "/", seconds, c.secure()
	cookie.Expires = c.start.Add(time.Duration(seconds) * time.Second)
	http.SetCookie(c.w, &cookie)
}

// secure says whether the client uses TLS, perhaps with a proxy in between.
func (c *call) secure() bool {
	return c.r.TLS != nil || strings.EqualFold(c.r.Header.Get("X-Forwarded-Proto"), "https")
}

// logout ends the session of whatever token came along. It never fails.
func logout(c *call) (any, error) {
	if token, place := c.tokenOf(); place != nowhere {
		c.world().Logout(token)
	}
	c.forgetCookie()
	return done{}, nil
}

func listSessions(c *call) (any, error) {
	return c.world().Sessions(c.session, c.param("user_id"))
}

func revokeSession(c *call) (any, error) {
	fields, err := c.textFields()
	if err != nil {
		return nil, err
	}
	return done{}, c.world().RevokeSession(c.session, c.param("user_id"), fields["session_id"])
}

func revokeSessions(c *call) (any, error) {
	return done{}, c.world().RevokeSessions(c.session, c.param("user_id"))
}

func revokeAllSessions(c *call) (any, error) {
	return done{}, c.world().RevokeAllSessions(c.session)
}

// attachDevice gives the session's cookie anew to a client that tells what device it
// runs on.
func attachDevice(c *call) (any, error) {
	fields, err := c.textFields()
	if err != nil {
		return nil, err
	}
	if err := c.world().AttachDevice(c.session, fields["device_id"]); err != nil {
		return nil, err
	}
	if fields["device_id"] != "" {
		c.setCookie(http.Cookie{Name: sessionCookie, Value: c.session.Token, HttpOnly: true})
	}
	return done{}, nil
}
