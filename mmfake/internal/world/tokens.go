package world

import (
	"slices"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// An accessToken is a personal access token with its session, which its first
// use opens. All guarded by World.mu.
type accessToken struct {
	model.AccessToken
	user    *user
	session *Session
}

const longestDescription = 255 // bytes

// shown is the token as lists show it: without what it opens.
func (t *accessToken) shown() *model.AccessToken {
	c := t.AccessToken
	c.Token = ""
	return &c
}

// CreateToken makes a personal access token for a user. It is the only answer
// that holds the token itself.
func (w *World) CreateToken(as *Session, userID, description string) (*model.AccessToken, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	u := w.users[userID]
	switch {
	case u == nil && w.version.Has(versions.TokenUserFirst):
		return nil, errUserUnknown.With()
	case description == "":
		return nil, ErrBodyParam.With("description")
	case u == nil && !(w.may(as, CreateUserAccessToken) && w.mayManageUser(as, userID)):
		return nil, ErrPermission.With(CreateUserAccessToken)
	case u == nil:
		return nil, errUserUnknown.With()
	}
	if err := w.mayManageTokens(as, u, CreateUserAccessToken); err != nil {
		return nil, err
	}
	switch {
	case !w.config.EnableUserAccessTokens && u.bot == nil:
		return nil, errTokensDisabled.With()
	case len(description) > longestDescription:
		return nil, errTokenDescription.With()
	}
	return w.addToken(u, description), nil
}

func (w *World) addToken(u *user, description string) *model.AccessToken {
	t := &accessToken{user: u, AccessToken: model.AccessToken{
		ID: w.newIDOf("token", u.ID, ""), Token: w.newIDOf("token", u.ID, ""), UserID: u.ID, Description: description, IsActive: true,
	}}
	put(&w.tokens, t.ID, t)
	put(&w.secrets, t.Token, t)
	u.tokens = append(u.tokens, t)
	made := t.AccessToken
	return &made
}

// mayManageTokens says why the session's user may not act on a user's tokens:
// he needs the permission, and to be that user, or to manage him or the bot.
func (w *World) mayManageTokens(as *Session, u *user, p Permission) error {
	if u.bot != nil && w.mayManageBot(as, u) {
		return nil
	}
	if !w.may(as, p) || u.bot != nil || !w.mayManageUser(as, u.ID) {
		return ErrPermission.With(p)
	}
	return nil
}

// authenticateAccessToken opens the session of an access token, or finds the one
// that an earlier use opened.
func (w *World) authenticateAccessToken(secret string) *Session {
	w.mu.Lock()
	defer w.mu.Unlock()
	t := w.secrets[secret]
	if t == nil || !t.IsActive || t.user.DeleteAt != 0 {
		return nil
	}
	if t.session != nil && w.sessions[secret] == t.session {
		return t.session
	}
	now := w.clock.tick()
	s := &Session{user: t.user, access: t, Session: model.Session{
		ID: w.newIDOf("session", t.UserID, t.ID), Token: secret, CreateAt: now, LastActivityAt: now, ExpiresAt: now + tokenSessionLife,
		UserID: t.UserID, Roles: t.user.Roles,
	}}
	if !w.tokenSessionsOn(s) {
		return nil
	}
	t.session = s
	w.keepSession(s)
	return s
}

// Token returns one access token.
func (w *World) Token(as *Session, id string) (*model.AccessToken, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	t, err := w.manageableToken(as, id, ReadUserAccessToken)
	if err != nil {
		return nil, err
	}
	return t.shown(), nil
}

func (w *World) manageableToken(as *Session, id string, p Permission) (*accessToken, error) {
	t := w.tokens[id]
	if !w.may(as, p) && (t == nil || t.user.bot == nil) {
		return nil, ErrPermission.With(p)
	}
	if t == nil {
		return nil, errTokenUnknown.With()
	}
	return t, w.mayManageTokens(as, t.user, p)
}

// TokensOf returns a page of a user's access tokens. Nobody has none.
func (w *World) TokensOf(as *Session, userID string, page Page) ([]*model.AccessToken, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	u := w.users[userID]
	if u == nil {
		if !w.may(as, ReadUserAccessToken) || !w.mayManageUser(as, userID) {
			return nil, ErrPermission.With(ReadUserAccessToken)
		}
		return []*model.AccessToken{}, nil
	}
	if err := w.mayManageTokens(as, u, ReadUserAccessToken); err != nil {
		return nil, err
	}
	return shownTokens(slice(u.tokens, page)), nil
}

// Tokens returns a page of everybody's access tokens, for admins.
func (w *World) Tokens(as *Session, page Page) ([]*model.AccessToken, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if !w.may(as, ManageSystem) {
		return nil, ErrPermission.With(ManageSystem)
	}
	return shownTokens(slice(w.tokensMatching(""), page)), nil
}

// SearchTokens returns the access tokens whose id, or whose user's id or name,
// begins with a term, for admins.
func (w *World) SearchTokens(as *Session, term string) ([]*model.AccessToken, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if !w.may(as, ManageSystem) {
		return nil, ErrPermission.With(ManageSystem)
	}
	if term == "" {
		return nil, ErrBodyParam.With("term")
	}
	return shownTokens(w.tokensMatching(term)), nil
}

// tokensMatching returns the access tokens that a term finds, by user.
func (w *World) tokensMatching(term string) []*accessToken {
	var list []*accessToken
	for _, u := range w.allUsers {
		ofUser := strings.HasPrefix(u.ID, term) || strings.HasPrefix(u.Username, term)
		for _, t := range u.tokens {
			if ofUser || strings.HasPrefix(t.ID, term) {
				list = append(list, t)
			}
		}
	}
	return list
}

func shownTokens(list []*accessToken) []*model.AccessToken {
	shown := make([]*model.AccessToken, len(list))
	for i, t := range list {
		shown[i] = t.shown()
	}
	return shown
}

// RevokeToken deletes an access token and ends its session.
func (w *World) RevokeToken(as *Session, id string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	t, err := w.manageableToken(as, id, RevokeUserAccessToken)
	if err != nil {
		return err
	}
	w.dropToken(t)
	return nil
}

func (w *World) dropToken(t *accessToken) {
	w.endTokenSession(t)
	delete(w.tokens, t.ID)
	delete(w.secrets, t.AccessToken.Token)
	t.user.tokens = without(t.user.tokens, t)
}

// RevokeTokens deletes all access tokens of a user without anybody acting.
func (w *World) RevokeTokens(userID string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	u := w.users[userID]
	if u == nil {
		return errUserUnknown.With()
	}
	for _, t := range slices.Clone(u.tokens) {
		w.end(t.AccessToken.Token, "token revoked")
		w.dropToken(t)
	}
	return nil
}

// SwitchToken turns an access token off, which ends its session, or on again.
func (w *World) SwitchToken(as *Session, id string, on bool) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	p := RevokeUserAccessToken
	if on {
		p = CreateUserAccessToken
	}
	t, err := w.manageableToken(as, id, p)
	if err != nil {
		return err
	}
	t.IsActive = on
	if !on {
		w.endTokenSession(t)
	}
	return nil
}

func (w *World) endTokenSession(t *accessToken) {
	if t.session != nil {
		w.dropSession(t.session)
		t.session = nil
	}
}
