package model

// OpenDialogRequest is the body of POST /actions/dialogs/open, and the
// dialog of the open_dialog event (then with the client's short trigger id).
type OpenDialogRequest struct {
	// TriggerID came with a click or a command and is good for a short time.
	TriggerID string `json:"trigger_id"`
	// URL is where the submission goes.
	URL    string `json:"url"`
	Dialog Dialog `json:"dialog"`
}

// Dialog is a form that a client shows to a user.
type Dialog struct {
	CallbackID       string `json:"callback_id"`
	Title            string `json:"title"`
	IntroductionText string `json:"introduction_text" since:"5.16"`
	IconURL          string `json:"icon_url"`
	// Elements is null when the key was missing.
	Elements    []DialogElement `json:"elements"`
	SubmitLabel string          `json:"submit_label"`
	// NotifyOnCancel asks for a submission with cancelled: true.
	NotifyOnCancel bool `json:"notify_on_cancel"`
	// State is sent back with the submission.
	State string `json:"state"`
	// SourceURL is asked for the form anew when an element with Refresh changes.
	SourceURL string `json:"source_url,omitempty" since:"11.0"`
}

// Types of dialog elements.
const (
	DialogText     = "text"
	DialogTextarea = "textarea"
	DialogSelect   = "select"
	DialogRadio    = "radio"
	DialogBool     = "bool"
	DialogDate     = "date"
	DialogDateTime = "datetime"
)

// DialogElement is one input of a dialog.
type DialogElement struct {
	DisplayName string `json:"display_name"`
	// Name is the key of the value in the submission.
	Name string `json:"name"`
	// Type is one of the Dialog constants. Subtype narrows a text: email,
	// number, tel, url, password.
	Type        string `json:"type"`
	SubType     string `json:"subtype"`
	Default     string `json:"default"`
	Placeholder string `json:"placeholder"`
	HelpText    string `json:"help_text"`
	Optional    bool   `json:"optional"`
	// MinLength and MaxLength count characters; 0 means the client's own limit.
	MinLength int `json:"min_length"`
	MaxLength int `json:"max_length"`
	// Where a select takes its options from: one of the DataSource constants,
	// or Options when empty.
	DataSource    string          `json:"data_source"`
	DataSourceURL string          `json:"data_source_url,omitempty" since:"11.0"`
	Options       []*ActionOption `json:"options"`
	MultiSelect   bool            `json:"multiselect" since:"11.0"`
	Refresh       bool            `json:"refresh,omitempty" since:"11.0"`
	// For date and datetime. MinDate and MaxDate are dates or relative, such
	// as today or +5d; TimeInterval is in minutes.
	DateTimeConfig *DialogDateTimeConfig `json:"datetime_config,omitempty" since:"11.0"`
	MinDate        string                `json:"min_date,omitempty" since:"11.0"`
	MaxDate        string                `json:"max_date,omitempty" since:"11.0"`
	TimeInterval   int                   `json:"time_interval,omitempty" since:"11.0"`
}

// DialogDateTimeConfig says how a datetime element is filled in.
type DialogDateTimeConfig struct {
	// TimeInterval is in minutes.
	TimeInterval         int    `json:"time_interval,omitempty"`
	LocationTimezone     string `json:"location_timezone,omitempty"`
	AllowManualTimeEntry bool   `json:"allow_manual_time_entry,omitempty"`
}

// Types of a DialogSubmission.
const (
	DialogSubmissionSubmit  = "dialog_submission"
	DialogSubmissionLookup  = "dialog_lookup"
	DialogSubmissionRefresh = "refresh"
)

// DialogSubmission is a filled-in dialog: the body that a client sends to
// POST /actions/dialogs/submit and /lookup, and, without the URL, what the
// integration receives.
type DialogSubmission struct {
	// Type is one of the DialogSubmission constants; a client may leave it out.
	Type string `json:"type"`
	// URL is the integration's; it is not sent on.
	URL        string `json:"url,omitempty"`
	CallbackID string `json:"callback_id"`
	State      string `json:"state"`
	UserID     string `json:"user_id"`
	ChannelID  string `json:"channel_id"`
	TeamID     string `json:"team_id"`
	// Submission holds the values by element name, null when none were sent.
	// A lookup has query and selected_field beside them.
	Submission Props `json:"submission"`
	Cancelled  bool  `json:"cancelled"`
}

// Types of a DialogSubmitResponse.
const (
	DialogResponseOK       = "ok"
	DialogResponseForm     = "form"
	DialogResponseNavigate = "navigate"
)

// DialogSubmitResponse is what an integration answers to a submission. The
// client gets it as it is; {} closes the dialog.
type DialogSubmitResponse struct {
	// Error is shown below the form, Errors below the elements, by their names.
	Error  string    `json:"error,omitempty"`
	Errors StringMap `json:"errors,omitempty"`
	// Type is one of the DialogResponse constants. Form is the next step.
	Type string  `json:"type,omitempty" since:"11.0"`
	Form *Dialog `json:"form,omitempty" since:"11.0"`
}

// DialogLookupResponse is what an integration answers to a lookup.
type DialogLookupResponse struct {
	// Items is null when the integration named none.
	Items []DialogSelectOption `json:"items"`
}

// DialogSelectOption is an option found by a lookup.
type DialogSelectOption struct {
	Text  string `json:"text"`
	Value string `json:"value"`
}
