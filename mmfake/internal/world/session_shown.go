package world

import (
	"cmp"
	"slices"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// Sessions returns a user's sessions, the one used last first. Nobody has none.
func (w *World) Sessions(as *Session, userID string) ([]*model.Session, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if !w.mayManageUser(as, userID) {
		return nil, ErrPermission.With(EditOtherUsers)
	}
	list := []*model.Session{}
	if u := w.users[userID]; u != nil {
		for _, s := range u.sessions {
			list = append(list, s.shown(w.version))
		}
	}
	slices.SortFunc(list, func(a, b *model.Session) int { return cmp.Compare(b.LastActivityAt, a.LastActivityAt) })
	return list, nil
}

// shown is the session as lists show it: without its token.
func (s *Session) shown(v versions.Version) *model.Session {
	c := s.Session.Clone()
	c.Token, c.Roles, c.LastActivityAt, c.ExpiresAt = "", s.user.Roles, s.used.Load(), s.expiresAt()
	c.Props = s.props(v)
	c.TeamMembers = []*model.TeamMember{}
	for _, t := range s.user.teams {
		c.TeamMembers = append(c.TeamMembers, t.members[s.UserID].Clone())
	}
	slices.SortFunc(c.TeamMembers, func(a, b *model.TeamMember) int { return cmp.Compare(a.TeamID, b.TeamID) })
	return c
}

// props are what the server notes of a session of that version. They are made when
// somebody looks.
func (s *Session) props(v versions.Version) model.StringMap {
	props := model.StringMap{}
	if v.Has(versions.SessionsDescribed) {
		props[model.SessionPropIsGuest] = "false"
	}
	if s.access != nil {
		props[model.SessionPropType], props[model.SessionPropUserAccessTokenID] = model.SessionTypeUserAccessToken, s.access.ID
		if s.user.bot != nil {
			props[model.SessionPropIsBot] = "true"
		}
		return props
	}
	if s.browser { // which one the fake does not find out
		props[model.SessionPropPlatform], props[model.SessionPropOS], props[model.SessionPropBrowser] = "", "", ""
	} else { // what a client is taken for that is none
		props[model.SessionPropPlatform], props[model.SessionPropOS], props[model.SessionPropBrowser] = "Windows", "", "Unknown/0.0"
	}
	if v.Has(versions.CSRFTokens) {
		props[model.SessionPropCSRF] = s.csrf
	}
	if v.Has(versions.SessionsDescribed) {
		props["isMobile"], props["isSaml"], props["isOAuthUser"] = "false", "false", "false"
	}
	return props
}
