package model

// DoActionRequest is the body of POST /posts/{id}/actions/{action}: a click.
type DoActionRequest struct {
	// SelectedOption is the value chosen in a menu.
	SelectedOption string `json:"selected_option,omitempty" since:"5.3"`
	// Cookie is the action's cookie, for buttons on ephemeral posts.
	Cookie string `json:"cookie,omitempty" since:"5.10"`
}

// DoActionResponse answers a click, after the integration has answered.
type DoActionResponse struct {
	// Status is OK. TriggerID is the short one that a client knows a dialog by.
	Status    string `json:"status"`
	TriggerID string `json:"trigger_id" since:"5.6"`
}

// ActionRequest is what the server sends to the integration of an action.
type ActionRequest struct {
	// User, channel and team of the click. The team is empty in direct and
	// group messages; TeamDomain is the team's name in URLs.
	UserID      string `json:"user_id"`
	UserName    string `json:"user_name" since:"5.18"`
	ChannelID   string `json:"channel_id" since:"5.5"`
	ChannelName string `json:"channel_name" since:"5.18"`
	TeamID      string `json:"team_id" since:"5.5"`
	TeamDomain  string `json:"team_domain" since:"5.18"`
	PostID      string `json:"post_id" since:"5.3"`
	// TriggerID is the long, signed one that opens a dialog.
	TriggerID  string `json:"trigger_id" since:"5.6"`
	Type       string `json:"type" since:"5.3"`
	DataSource string `json:"data_source" since:"5.3"`
	// Context is the integration's own, with selected_option for menus.
	Context Props `json:"context,omitempty"`
}

// ActionResponse is what an integration answers to a click.
type ActionResponse struct {
	// Update replaces the post's message; a nil Props (missing or null) keeps
	// the old ones, a nil or empty FileIDs detaches the files. Its other keys
	// are ignored.
	Update *Post `json:"update"`
	// EphemeralText is shown to the clicker only.
	EphemeralText    string `json:"ephemeral_text"`
	SkipSlackParsing bool   `json:"skip_slack_parsing" since:"5.22"`
}
