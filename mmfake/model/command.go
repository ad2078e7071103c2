package model

// How a command's URL is requested.
const (
	CommandMethodPost = "P"
	CommandMethodGet  = "G"
)

// Command is a slash command of a team.
type Command struct {
	ID string `json:"id"`
	// Token is the secret that the command's server checks.
	Token     string `json:"token"`
	CreateAt  int64  `json:"create_at"`
	UpdateAt  int64  `json:"update_at"`
	DeleteAt  int64  `json:"delete_at"`
	CreatorID string `json:"creator_id"`
	TeamID    string `json:"team_id"`
	// Trigger is the word after the slash, in lower case.
	Trigger string `json:"trigger"`
	// Method is CommandMethodPost or CommandMethodGet.
	Method string `json:"method"`
	// Username and IconURL are shown on the answer's post, where allowed.
	Username string `json:"username"`
	IconURL  string `json:"icon_url"`
	// AutoComplete offers the command while a user types.
	AutoComplete     bool   `json:"auto_complete"`
	AutoCompleteDesc string `json:"auto_complete_desc"`
	AutoCompleteHint string `json:"auto_complete_hint"`
	DisplayName      string `json:"display_name"`
	Description      string `json:"description"`
	URL              string `json:"url"`
	PluginID         string `json:"plugin_id" since:"5.36"`
	// AutocompleteData and AutocompleteIconData are a plugin's to set: from others the
	// server only returns them in its answer, and does not store them.
	AutocompleteData     *AutocompleteData `json:"autocomplete_data,omitempty" since:"5.24"`
	AutocompleteIconData string            `json:"autocomplete_icon_data,omitempty" since:"5.24"`
}

// AutocompleteData describes subcommands and arguments of a command.
type AutocompleteData struct {
	Trigger     string
	Hint        string
	HelpText    string
	RoleID      string
	Arguments   []any
	SubCommands []*AutocompleteData
}

// AutocompleteSuggestion is an entry offered while a user types a command.
type AutocompleteSuggestion struct {
	// Complete is the text after choosing it, Suggestion what is offered.
	Complete    string
	Suggestion  string
	Hint        string
	Description string
	// IconData is an image as a data URL.
	IconData string
}

// CommandArgs is the body of POST /commands/execute.
type CommandArgs struct {
	// UserID is set by the server.
	UserID    string `json:"user_id"`
	ChannelID string `json:"channel_id"`
	TeamID    string `json:"team_id"`
	// RootID is the thread in which the command was typed.
	RootID    string `json:"root_id"`
	ParentID  string `json:"parent_id"`
	TriggerID string `json:"trigger_id,omitempty"`
	// Command is the whole line with its slash.
	Command string `json:"command"`
	// SiteURL is where the client reached the server. Old versions say so to
	// the command's server.
	SiteURL string `json:"-"`
}

// Who sees a command's answer.
const (
	CommandResponseInChannel = "in_channel"
	CommandResponseEphemeral = "ephemeral"
)

// CommandResponse is what a command's server answers, and what the client
// gets.
type CommandResponse struct {
	// ResponseType is CommandResponseInChannel or CommandResponseEphemeral;
	// empty means ephemeral.
	ResponseType string `json:"response_type"`
	Text         string `json:"text"`
	Username     string `json:"username"`
	// ChannelID sends the answer to another channel.
	ChannelID string `json:"channel_id" since:"5.8"`
	IconURL   string `json:"icon_url"`
	// Type and Props are those of the post.
	Type  string `json:"type"`
	Props Props  `json:"props"`
	// GotoLocation is a URL that the client opens.
	GotoLocation string `json:"goto_location"`
	// TriggerID is the client's short one, set by the server.
	TriggerID        string        `json:"trigger_id" since:"5.6"`
	SkipSlackParsing bool          `json:"skip_slack_parsing" since:"5.20"`
	Attachments      []*Attachment `json:"attachments"`
	// ExtraResponses are posted by the same rules.
	ExtraResponses []*CommandResponse `json:"extra_responses" since:"5.6"`
}

// Clone returns a copy. Its description of subcommands is shared.
func (c *Command) Clone() *Command { return clone(c) }
