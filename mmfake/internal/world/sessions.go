package world

import (
	"cmp"
	"slices"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

const (
	hour             = 60 * 60 * 1000 // in milliseconds, as all times of a world
	tokenSessionLife = 100 * 365 * 24 * hour
	sessionsPerUser  = 500
	longestToken     = 50 // what follows is cut off before a token is looked up
)

// A Session is a user's proof of who he is. The exported methods of World take
// it to know who acts.
type Session struct {
	model.Session
	user *user
}

// CSRF is the token that a browser must send back with the session's cookie.
func (s *Session) CSRF() string { return s.Props[model.SessionPropCSRF] }

// Login checks a name or e-mail address (or, with id, the user's id) and a
// password, and opens a session.
func (w *World) Login(id, loginID, password, deviceID string) (*Session, *model.User, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if password == "" {
		return nil, nil, errBlankPassword.With()
	}
	u := w.users[id]
	if id == "" {
		u = cmp.Or(w.names[strings.ToLower(loginID)], w.emails[strings.ToLower(loginID)])
	}
	if u == nil {
		return nil, nil, errCredentials.With()
	}
	if err := w.checkLogin(u, password); err != nil {
		return nil, nil, err
	}
	s := w.openSession(u, deviceID)
	return s, w.seenByHimself(u), nil
}

func (w *World) checkLogin(u *user, password string) error {
	switch {
	case u.bot != nil:
		return errBotLogin.With()
	case u.failedLogins >= w.config.MaximumLoginAttempts:
		return errTooManyLogins.With()
	case u.password != password:
		u.failedLogins++
		return errCredentials.With()
	case u.DeleteAt != 0:
		return errInactive.With()
	}
	u.failedLogins = 0
	return nil
}

// OpenSession opens a session for a user as a login does, without a password:
// it is how the fake gives a test the token of a user that it made.
func (w *World) OpenSession(userID string) (*Session, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	u := w.users[userID]
	if u == nil {
		return nil, errUserUnknown.With()
	}
	return w.openSession(u, ""), nil
}

func (w *World) openSession(u *user, deviceID string) *Session {
	now := w.clock.tick()
	s := &Session{user: u, Session: model.Session{
		ID: w.NewID(), Token: w.NewID(), CreateAt: now, LastActivityAt: now,
		ExpiresAt: now + int64(w.config.SessionLengthWebInHours)*hour,
		UserID:    u.ID, DeviceID: deviceID, Roles: u.Roles,
		Props: map[string]string{model.SessionPropCSRF: w.NewID(), "platform": "", "os": "", "browser": "", "isMobile": "false", "isSaml": "false", "isOAuthUser": "false", "is_guest": "false"},
	}}
	w.keepSession(s)
	return s
}

// keepSession stores a session and revokes the user's least recently used ones
// beyond the limit.
func (w *World) keepSession(s *Session) {
	w.sessions[s.Token] = s
	u := s.user
	u.sessions = append(u.sessions, s)
	if len(u.sessions) > sessionsPerUser {
		oldest := slices.MinFunc(u.sessions, func(a, b *Session) int { return cmp.Compare(a.LastActivityAt, b.LastActivityAt) })
		w.dropSession(oldest)
	}
}

func (w *World) dropSession(s *Session) {
	delete(w.sessions, s.Token)
	s.user.sessions = slices.DeleteFunc(s.user.sessions, func(o *Session) bool { return o == s })
}

// Authenticate finds the session of a token: a session's own, or a personal
// access token, which opens one when it is first used. It returns nil where the
// token is unknown, revoked, expired or of a deactivated user.
func (w *World) Authenticate(token string) *Session {
	if len(token) > longestToken {
		token = token[:longestToken]
	}
	w.mu.RLock()
	s := w.sessions[token]
	ok := s != nil && s.ExpiresAt > w.clock.now() && w.tokenSessionsOn(s)
	_, secret := w.secrets[token]
	w.mu.RUnlock()
	if ok {
		return s
	}
	if s != nil || !secret {
		return nil
	}
	return w.authenticateAccessToken(token)
}

// tokenSessionsOn says whether the settings let the session act: those of
// personal access tokens end with EnableUserAccessTokens, save for bots.
func (w *World) tokenSessionsOn(s *Session) bool {
	return w.config.EnableUserAccessTokens || s.Props[model.SessionPropType] != model.SessionTypeUserAccessToken || s.user.bot != nil
}

// Logout ends the session of a token, if there is one.
func (w *World) Logout(token string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if s := w.sessions[token]; s != nil {
		w.dropSession(s)
	}
}
