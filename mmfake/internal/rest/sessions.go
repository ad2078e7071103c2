package rest

import (
	"encoding/json"
	"net/http"
	"strings"
	"time"
)

var sessionRoutes = []route{
	{pattern: "POST /api/v4/users/login", serve: login, flags: open},
	{pattern: "POST /api/v4/users/logout", serve: logout, flags: open},
}

// login opens a session. Its fields are all text: another kind of value is as
// good as none, and so is a body that cannot be read (facts 2.1).
func login(c *call) (any, error) {
	body, err := c.readBody()
	if err != nil {
		return nil, err
	}
	fields := textFields(body)
	session, user, err := c.world().Login(fields["id"], fields["login_id"], fields["password"], fields["device_id"])
	if err != nil {
		return nil, err
	}
	c.session = session
	c.w.Header().Set("Token", session.Token)
	if c.r.Header.Get("X-Requested-With") == "XMLHttpRequest" {
		c.setCookies()
	}
	return user, nil
}

// textFields returns those of a JSON object's values that are text.
func textFields(body []byte) map[string]string {
	var raw map[string]any
	if json.Unmarshal(body, &raw) != nil {
		return nil
	}
	fields := map[string]string{}
	for key, value := range raw {
		if text, ok := value.(string); ok {
			fields[key] = text
		}
	}
	return fields
}

// setCookies gives a browser the session, its user and its CSRF token.
func (c *call) setCookies() {
	seconds := c.world().Config().SessionLengthWebInHours * 60 * 60
	secure := c.r.TLS != nil || strings.EqualFold(c.r.Header.Get("X-Forwarded-Proto"), "https")
	for _, cookie := range []http.Cookie{
		{Name: sessionCookie, Value: c.session.Token, HttpOnly: true},
		{Name: "MMUSERID", Value: c.session.UserID},
		{Name: "MMCSRF", Value: c.session.CSRF()},
	} {
		cookie.Path, cookie.MaxAge, cookie.Secure = "/", seconds, secure
		cookie.Expires = c.start.Add(time.Duration(seconds) * time.Second)
		http.SetCookie(c.w, &cookie)
	}
}

// logout ends the session of whatever token came along. It never fails.
func logout(c *call) (any, error) {
	if token, place := tokenOf(c.r); place != nowhere {
		c.world().Logout(token)
	}
	c.forgetCookie()
	return done{}, nil
}
