package model

// User is an account, also that of a bot. How much of it a server shows
// depends on who asks.
type User struct {
	ID string `json:"id"`
	// DeleteAt other than 0 means deactivated.
	CreateAt int64  `json:"create_at,omitempty"`
	UpdateAt int64  `json:"update_at,omitempty"`
	DeleteAt int64  `json:"delete_at"`
	Username string `json:"username"`
	// Password is only ever received. AuthData is "" in what others see, and
	// absent in what users see of themselves.
	Password      string  `json:"password,omitempty"`
	AuthData      *string `json:"auth_data,omitempty"`
	AuthService   string  `json:"auth_service"`
	Email         string  `json:"email"`
	EmailVerified bool    `json:"email_verified,omitempty"`
	Nickname      string  `json:"nickname"`
	FirstName     string  `json:"first_name"`
	LastName      string  `json:"last_name"`
	Position      string  `json:"position"`
	// Roles are role names separated by blanks.
	Roles          string `json:"roles"`
	AllowMarketing bool   `json:"allow_marketing,omitempty"`
	// Props holds customStatus, a CustomStatus as a JSON string.
	Props              StringMap `json:"props,omitempty"`
	NotifyProps        StringMap `json:"notify_props,omitempty"`
	LastPasswordUpdate int64     `json:"last_password_update,omitempty"`
	LastPictureUpdate  int64     `json:"last_picture_update,omitempty"`
	FailedAttempts     int       `json:"failed_attempts,omitempty"`
	Locale             string    `json:"locale"`
	// Timezone is null where the server left it out.
	Timezone  StringMap `json:"timezone"`
	MFAActive bool      `json:"mfa_active,omitempty"`
	MFASecret string    `json:"mfa_secret,omitempty"`
	// RemoteID is "" on accounts made through the API and absent on bots.
	RemoteID          *string `json:"remote_id,omitempty" since:"6.0"`
	LastActivityAt    int64   `json:"last_activity_at,omitempty"`
	IsBot             bool    `json:"is_bot,omitempty" since:"5.10"`
	BotDescription    string  `json:"bot_description,omitempty" since:"5.10"`
	BotLastIconUpdate int64   `json:"bot_last_icon_update,omitempty" since:"5.10"`
	// The terms of service that the user accepted, and when.
	TermsOfServiceID       string `json:"terms_of_service_id,omitempty"`
	TermsOfServiceCreateAt int64  `json:"terms_of_service_create_at,omitempty"`
	DisableWelcomeEmail    bool   `json:"disable_welcome_email" since:"5.36"`
	LastLogin              int64  `json:"last_login,omitempty" since:"9.0"`
}

// Keys of a user's props and timezone.
const (
	UserPropCustomStatus = "customStatus"

	TimezoneAutomatic    = "automaticTimezone"
	TimezoneManual       = "manualTimezone"
	TimezoneUseAutomatic = "useAutomaticTimezone"
)

// UserPatch is the body of PUT /users/{id}/patch: what is nil stays.
type UserPatch struct {
	Username    *string   `json:"username"`
	Password    *string   `json:"password,omitempty"`
	Nickname    *string   `json:"nickname"`
	FirstName   *string   `json:"first_name"`
	LastName    *string   `json:"last_name"`
	Position    *string   `json:"position"`
	Email       *string   `json:"email"`
	Props       StringMap `json:"props,omitempty"`
	NotifyProps StringMap `json:"notify_props,omitempty"`
	Locale      *string   `json:"locale"`
	Timezone    StringMap `json:"timezone"`
	RemoteID    *string   `json:"remote_id"`
}

// UserAutocomplete is the answer of GET /users/autocomplete.
type UserAutocomplete struct {
	Users []*User `json:"users"`
	// OutOfChannel are team members outside the channel that was asked for.
	OutOfChannel []*User `json:"out_of_channel,omitempty"`
	Agents       []*User `json:"agents,omitempty"`
}

// UsersStats is the answer of GET /users/stats.
type UsersStats struct {
	TotalUsersCount int64 `json:"total_users_count"`
}
