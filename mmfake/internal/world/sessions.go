package world

import (
	"cmp"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

const (
	hour             = 60 * 60 * 1000 // in milliseconds, as all times of a world
	tokenSessionLife = 100 * 365 * 24 * hour
	usedAgain        = hour / 12 // how long a session is in use until its use is noted again
	sessionsPerUser  = 500
	longestToken     = 50 // what follows is cut off before a token is looked up
)

// A Session is a user's proof of who he is. The exported methods of World take
// it to know who acts.
type Session struct {
	model.Session // without Props; DeviceID is guarded by World.mu, the other fields never change
	user          *user
	access        *accessToken // whose use it is; nil for a login
	browser       bool         // what logged in says that it is one
	csrf          string       // "" of one that no login opened
	used          atomic.Int64 // when it was last used, give or take usedAgain
}

// expiresAt is when the session ends unless it is used again: use extends it, as
// on a new real server (facts 2.2).
func (s *Session) expiresAt() int64 { return s.used.Load() + s.ExpiresAt - s.CreateAt }

// use notes that the session is in use.
func (s *Session) use(now int64) {
	if last := s.used.Load(); now > last+usedAgain {
		s.used.CompareAndSwap(last, now)
	}
}

// CSRF is the token that a browser must send back with the session's cookie.
func (s *Session) CSRF() string { return s.csrf }

// integration says whether a program acts: a bot, or somebody's script with an
// access token.
func (s *Session) integration() bool {
	return s.user.bot != nil || s.access != nil
}

// A Client is what somebody logs in with.
type Client struct {
	DeviceID string // of a mobile app, for push messages; "" for all others
	Browser  bool   // it says that it is one
}

// Login checks a name or e-mail address (or, with id, the user's id) and a
// password, and opens a session. A device has one at a time: others of the user's on
// it end.
func (w *World) Login(id, loginID, password string, client Client) (*Session, *model.User, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	u, err := w.findLogin(id, loginID, password)
	if err == nil {
		err = w.checkLogin(u, password)
	}
	if err != nil {
		return nil, nil, w.maskLogin(err)
	}
	s := w.openSession(u, client)
	if client.DeviceID != "" {
		w.endOthersOn(client.DeviceID, s)
	}
	return s, w.seenByHimself(u), nil
}

// findLogin finds the user who logs in, by what the settings let him log in with.
func (w *World) findLogin(id, loginID, password string) (*user, error) {
	switch {
	case password == "":
		return nil, errBlankPassword.With()
	case id != "":
		if u := w.users[id]; u != nil {
			return u, nil
		}
		return nil, errLoginIDUnknown.With()
	}
	loginID = strings.ToLower(loginID)
	if u := w.names[loginID]; u != nil && w.config.EnableSignInWithUsername {
		return u, nil
	}
	if u := w.emails[loginID]; u != nil && w.config.EnableSignInWithEmail {
		return u, nil
	}
	return nil, errLoginUnknown.With()
}

func (w *World) checkLogin(u *user, password string) error {
	switch {
	case u.DeleteAt != 0:
		return errInactive.With()
	case u.bot != nil:
		return errBotLogin.With()
	}
	err := w.checkPasswordOf(u, password)
	if err == nil && w.config.RequireEmailVerification && !u.EmailVerified {
		return errNotVerified.With()
	}
	return err
}

// maskLogin hides what exactly was wrong with a login: nobody but the user knows whether
// there is one of that name. Old versions tell it, unless they are hardened (facts 2.1).
func (w *World) maskLogin(err error) error {
	if !w.version.Has(versions.LoginErrorsMasked) {
		if w.config.EnableHardenedMode {
			return errCredentialsAny.With()
		}
		return err
	}
	if !errLoginUnknown.Is(err) && !errLoginIDUnknown.Is(err) && !errPasswordInvalid.Is(err) {
		return err
	}
	switch {
	case w.config.EnableSignInWithUsername == w.config.EnableSignInWithEmail:
		return errCredentials.With()
	case w.config.EnableSignInWithEmail:
		return errCredentialsEmail.With()
	}
	return errCredentialsName.With()
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
	return w.openSession(u, Client{}), nil
}

func (w *World) openSession(u *user, client Client) *Session {
	now := w.clock.tick()
	s := &Session{user: u, browser: client.Browser, Session: model.Session{
		ID: w.newIDOf("session", u.ID, ""), Token: w.newIDOf("session", u.ID, ""), CreateAt: now, LastActivityAt: now,
		ExpiresAt: now + int64(w.config.SessionLengthWebInHours)*hour,
		UserID:    u.ID, DeviceID: client.DeviceID, Roles: u.Roles,
	}, csrf: w.newIDOf("session", u.ID, "")}
	w.keepSession(s)
	return s
}

// keepSession stores a session and revokes the user's least recently used ones
// beyond the limit.
func (w *World) keepSession(s *Session) {
	s.used.Store(s.CreateAt)
	w.sessions[s.Token] = s
	u := s.user
	u.sessions = append(u.sessions, s)
	if len(u.sessions) > sessionsPerUser {
		oldest := slices.MinFunc(u.sessions, func(a, b *Session) int { return cmp.Compare(a.used.Load(), b.used.Load()) })
		w.dropSession(oldest)
	}
}

func (w *World) dropSession(s *Session) {
	delete(w.sessions, s.Token)
	s.user.sessions = without(s.user.sessions, s)
}

// Authenticate finds the session of a token: a session's own, or a personal
// access token, which opens one when it is first used. It returns nil where the
// token is unknown, revoked, expired or of a deactivated user.
func (w *World) Authenticate(token string) *Session {
	if len(token) > longestToken {
		token = token[:longestToken]
	}
	now := w.clock.now()
	w.mu.RLock()
	s := w.sessions[token]
	ok := s != nil && w.valid(s, now)
	_, secret := w.secrets[token]
	w.mu.RUnlock()
	if ok {
		s.use(now)
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
	return w.config.EnableUserAccessTokens || s.access == nil || s.user.bot != nil
}

// Valid says whether a session is neither revoked nor expired.
func (w *World) Valid(s *Session) bool {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.valid(s, w.clock.now())
}

func (w *World) valid(s *Session, now int64) bool {
	return w.sessions[s.Token] == s && s.expiresAt() > now && w.tokenSessionsOn(s)
}

// ExpireSessions makes the time of a user's sessions be over. Those of his access
// tokens go on.
func (w *World) ExpireSessions(userID string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	u := w.users[userID]
	if u == nil {
		return errUserUnknown.With()
	}
	for _, s := range u.sessions {
		if s.access == nil {
			s.used.Store(s.CreateAt - s.ExpiresAt) // its time began that long ago
			w.end(s.Token, "session expired")
		}
	}
	return nil
}

// end notes why a token is invalid from now on. w.mu is held.
func (w *World) end(token, why string) {
	if w.ended == nil {
		w.ended = map[string]string{}
	}
	w.ended[token] = why
}

// Ended says how a test has made a token invalid, with ExpireSessions or
// RevokeTokens; "" where none has, or where the token is valid again.
func (w *World) Ended(token string) string {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if len(w.ended) == 0 {
		return ""
	}
	if s := w.sessions[token]; s != nil && w.valid(s, w.clock.now()) || w.secrets[token] != nil {
		return ""
	}
	return w.ended[token]
}

// Logout ends the session of a token, if there is one.
func (w *World) Logout(token string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if s := w.sessions[token]; s != nil {
		w.dropSession(s)
	}
}

// endSessions ends all sessions of a user but one, which may be nil. Personal
// access tokens open new ones as long as they are active.
func (w *World) endSessions(u *user, but *Session) {
	for _, s := range slices.Clone(u.sessions) {
		if s != but {
			w.dropSession(s)
		}
	}
}

// RevokeSession ends one of a user's sessions.
func (w *World) RevokeSession(as *Session, userID, sessionID string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.mayManageUser(as, userID) {
		return ErrPermission.With(EditOtherUsers)
	}
	if sessionID == "" {
		return ErrBodyParam.With("session_id")
	}
	s := w.sessionByID(sessionID)
	switch {
	case s == nil:
		return errSessionUnknown.With()
	case s.UserID != userID:
		return ErrURLParam.With("user_id: the session's own")
	}
	w.dropSession(s)
	return nil
}

func (w *World) sessionByID(id string) *Session {
	for _, s := range w.sessions {
		if s.ID == id {
			return s
		}
	}
	return nil
}

// RevokeSessions ends all of a user's sessions. Nobody has none.
func (w *World) RevokeSessions(as *Session, userID string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.mayManageUser(as, userID) {
		return ErrPermission.With(EditOtherUsers)
	}
	if u := w.users[userID]; u != nil {
		w.endSessions(u, nil)
	}
	return nil
}

// RevokeAllSessions ends everybody's sessions, also that of the admin who does it.
func (w *World) RevokeAllSessions(as *Session) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.may(as, ManageSystem) {
		return ErrPermission.With(ManageSystem)
	}
	for _, u := range w.allUsers {
		w.endSessions(u, nil)
	}
	return nil
}

// AttachDevice notes which device the session is used on, for push messages that
// the fake never sends. Other sessions on that device end.
func (w *World) AttachDevice(as *Session, deviceID string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if deviceID == "" {
		if !w.version.Has(versions.DeviceOptional) {
			return ErrBodyParam.With("device_id")
		}
		return nil
	}
	w.endOthersOn(deviceID, as)
	as.DeviceID = deviceID
	return nil
}

// endOthersOn ends the other sessions that a session's user has on a device.
func (w *World) endOthersOn(deviceID string, but *Session) {
	for _, s := range slices.Clone(but.user.sessions) {
		if s != but && s.DeviceID == deviceID {
			w.dropSession(s)
		}
	}
}
