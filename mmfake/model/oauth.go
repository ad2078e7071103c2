package model

import "slices"

// OAuthApp is a program that may ask users for the use of their accounts.
type OAuthApp struct {
	ID        string `json:"id"`
	CreatorID string `json:"creator_id"`
	CreateAt  int64  `json:"create_at"`
	UpdateAt  int64  `json:"update_at"`
	// ClientSecret is empty in what others than its maker and admins see.
	ClientSecret string   `json:"client_secret"`
	Name         string   `json:"name"`
	Description  string   `json:"description"`
	IconURL      string   `json:"icon_url"`
	CallbackURLs []string `json:"callback_urls"`
	Homepage     string   `json:"homepage"`
	// IsTrusted apps need not be allowed by the users.
	IsTrusted       bool   `json:"is_trusted"`
	MattermostAppID string `json:"mattermost_app_id" since:"6.0"`
}

// Clone returns a copy with a list of its own.
func (a *OAuthApp) Clone() *OAuthApp {
	c := clone(a)
	if c == nil {
		return nil
	}
	c.CallbackURLs = slices.Clone(a.CallbackURLs)
	return c
}
