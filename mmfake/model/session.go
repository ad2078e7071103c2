package model

import (
	"maps"
	"slices"
)

// Session is a login, or the use of a personal access token.
type Session struct {
	ID string `json:"id"`
	// Token is the secret, empty in lists.
	Token    string `json:"token"`
	CreateAt int64  `json:"create_at"`
	// ExpiresAt is 0 where the session never ends.
	ExpiresAt      int64  `json:"expires_at"`
	LastActivityAt int64  `json:"last_activity_at"`
	UserID         string `json:"user_id"`
	DeviceID       string `json:"device_id"`
	// Roles are the user's, separated by blanks.
	Roles         string `json:"roles"`
	IsOAuth       bool   `json:"is_oauth"`
	ExpiredNotify bool   `json:"expired_notify" since:"5.36"`
	// Props holds platform, os, browser, csrf, isMobile and more, see the
	// SessionProp constants.
	Props       StringMap     `json:"props"`
	TeamMembers []*TeamMember `json:"team_members"`
	Local       bool          `json:"local" since:"5.36"`
}

// Keys of a session's props.
const (
	SessionPropPlatform          = "platform"
	SessionPropOS                = "os"
	SessionPropBrowser           = "browser"
	SessionPropCSRF              = "csrf"
	SessionPropIsBot             = "is_bot"
	SessionPropIsGuest           = "is_guest"
	SessionPropType              = "type"
	SessionPropUserAccessTokenID = "user_access_token_id"

	// SessionTypeUserAccessToken is the type of a personal access token's session.
	SessionTypeUserAccessToken = "UserAccessToken"
)

// Clone returns a copy with props and list of its own.
func (s *Session) Clone() *Session {
	c := clone(s)
	if c == nil {
		return nil
	}
	c.Props = maps.Clone(s.Props)
	c.TeamMembers = slices.Clone(s.TeamMembers)
	return c
}

// AccessToken is a personal access token of a user or bot.
type AccessToken struct {
	ID string `json:"id"`
	// Token is the secret, sent once, when the token is made.
	Token       string `json:"token,omitempty"`
	UserID      string `json:"user_id"`
	Description string `json:"description"`
	IsActive    bool   `json:"is_active"`
}
