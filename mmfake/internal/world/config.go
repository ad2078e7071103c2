package world

import "github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"

// A Config holds the settings of a world that change how it behaves, by the names
// that Mattermost's config.json has for them, or what their tag says. DefaultConfig
// gives what the recorded servers had: integrations, tokens, bots and the overrides of
// name and icon are on, which a fresh real server has off in part.
type Config struct {
	SiteURL string `setting:"ServiceSettings.SiteURL"` // what links and response URLs begin with; no slash at its end
	Version string // the Mattermost version that the world reports, such as "11.6.0"
	Seed    string // makes ids and tokens the same every run; "" means real randomness

	EnableIncomingWebhooks         bool   `setting:"ServiceSettings.EnableIncomingWebhooks"`
	EnableOutgoingWebhooks         bool   `setting:"ServiceSettings.EnableOutgoingWebhooks"`
	EnableCommands                 bool   `setting:"ServiceSettings.EnableCommands"`
	EnablePostUsernameOverride     bool   `setting:"ServiceSettings.EnablePostUsernameOverride"`
	EnablePostIconOverride         bool   `setting:"ServiceSettings.EnablePostIconOverride"`
	EnableBotAccountCreation       bool   `setting:"ServiceSettings.EnableBotAccountCreation"`
	EnableUserAccessTokens         bool   `setting:"ServiceSettings.EnableUserAccessTokens"`
	EnableUserCreation             bool   `setting:"TeamSettings.EnableUserCreation"`
	EnableOpenServer               bool   `setting:"TeamSettings.EnableOpenServer"`
	EnableCustomEmoji              bool   `setting:"ServiceSettings.EnableCustomEmoji"`
	EnablePublicLink               bool   `setting:"FileSettings.EnablePublicLink"`
	EnableFileAttachments          bool   `setting:"FileSettings.EnableFileAttachments"`
	EnablePostSearch               bool   `setting:"ServiceSettings.EnablePostSearch"`
	AllowSyncedDrafts              bool   `setting:"ServiceSettings.AllowSyncedDrafts"`
	EnableFileSearch               bool   `setting:"ServiceSettings.EnableFileSearch"`
	EnableDeveloper                bool   `setting:"ServiceSettings.EnableDeveloper"` // fill detailed_error
	EnableLinkPreviews             bool   `setting:"ServiceSettings.EnableLinkPreviews"`
	EnableAPIChannelDeletion       bool   `setting:"ServiceSettings.EnableAPIChannelDeletion"`
	EnableAPITeamDeletion          bool   `setting:"ServiceSettings.EnableAPITeamDeletion"`
	EnableAPIUserDeletion          bool   `setting:"ServiceSettings.EnableAPIUserDeletion"`
	EnableAPIPostDeletion          bool   `setting:"ServiceSettings.EnableAPIPostDeletion"`
	EnableChannelViewedMessages    bool   `setting:"ServiceSettings.EnableChannelViewedMessages"`                       // tell a user's clients what he has read
	EnableDefaultLeaveJoinMessages bool   `setting:"ServiceSettings.ExperimentalEnableDefaultChannelLeaveJoinMessages"` // in town-square and off-topic
	ExperimentalStrictCSRF         bool   `setting:"ServiceSettings.ExperimentalStrictCSRFEnforcement"`
	EnableHardenedMode             bool   `setting:"ServiceSettings.ExperimentalEnableHardenedMode"` // tell less, take less
	AllowCorsFrom                  string `setting:"ServiceSettings.AllowCorsFrom"`                  // origins of web pages that may use the API, or *, between blanks; "" means the server's own
	CorsExposedHeaders             string `setting:"ServiceSettings.CorsExposedHeaders"`             // that such pages may read, between blanks
	CorsAllowCredentials           bool   `setting:"ServiceSettings.CorsAllowCredentials"`           // let such pages send cookies
	ShowEmailAddress               bool   `setting:"PrivacySettings.ShowEmailAddress"`
	ShowFullName                   bool   `setting:"PrivacySettings.ShowFullName"`
	EnableUserStatuses             bool   `setting:"ServiceSettings.EnableUserStatuses"`     // tell who is there
	PostPriority                   bool   `setting:"ServiceSettings.PostPriority"`           // posts may be important or urgent
	RequireEmailVerification       bool   `setting:"EmailSettings.RequireEmailVerification"` // before a login
	EnableSignInWithEmail          bool   `setting:"EmailSettings.EnableSignInWithEmail"`
	EnableSignInWithUsername       bool   `setting:"EmailSettings.EnableSignInWithUsername"`
	RestrictDirectMessage          string `setting:"TeamSettings.RestrictDirectMessage"` // "any" or "team"
	TeammateNameDisplay            string `setting:"TeamSettings.TeammateNameDisplay"`
	MaxUsersPerTeam                int    `setting:"TeamSettings.MaxUsersPerTeam"`
	MaxChannelsPerTeam             int    `setting:"TeamSettings.MaxChannelsPerTeam"`
	MaxNotificationsPerChannel     int    `setting:"TeamSettings.MaxNotificationsPerChannel"`
	MaximumLoginAttempts           int    `setting:"ServiceSettings.MaximumLoginAttempts"`
	PasswordMinimumLength          int    `setting:"PasswordSettings.MinimumLength"`
	PasswordLowercase              bool   `setting:"PasswordSettings.Lowercase"`        // a password needs a small letter
	PasswordUppercase              bool   `setting:"PasswordSettings.Uppercase"`        // a capital
	PasswordNumber                 bool   `setting:"PasswordSettings.Number"`           // a digit
	PasswordSymbol                 bool   `setting:"PasswordSettings.Symbol"`           // something else
	PostEditTimeLimit              int    `setting:"ServiceSettings.PostEditTimeLimit"` // seconds; -1 means none
	SessionLengthWebInHours        int    `setting:"ServiceSettings.SessionLengthWebInHours"`
	MaximumPayloadSizeBytes        int64  `setting:"ServiceSettings.MaximumPayloadSizeBytes"` // of a JSON body
	MaximumURLLength               int    `setting:"ServiceSettings.MaximumURLLength"`
	MaxFileSize                    int64  `setting:"FileSettings.MaxFileSize"` // bytes
	FileStorage                    int64  // bytes that all files and emoji may take together; the fake's own limit
	OutgoingTimeout                int    `setting:"ServiceSettings.OutgoingIntegrationRequestsTimeout"` // seconds a request to an integration may take; also the life of a trigger id
	UniqueEmojiReactionLimit       int    `setting:"ServiceSettings.UniqueEmojiReactionLimitPerPost"`
	UserStatusAwayTimeout          int    `setting:"TeamSettings.UserStatusAwayTimeout"` // seconds
}

const shortestPassword = 8 // characters, unless it is set

// fitVersion gives old versions their defaults where a setting has that of the newest.
func (c *Config) fitVersion(v versions.Version) {
	if c.MaxFileSize == largerFiles && !v.Has(versions.LargerFiles) {
		c.MaxFileSize = largerFiles / 2
	}
	classes := c.PasswordLowercase || c.PasswordUppercase || c.PasswordNumber || c.PasswordSymbol
	if c.PasswordMinimumLength != shortestPassword || classes || v.Has(versions.PasswordLengthNamed) {
		return
	}
	c.PasswordMinimumLength = 5
	if v.Has(versions.PasswordClasses) {
		c.PasswordMinimumLength = 10
		c.PasswordLowercase, c.PasswordUppercase, c.PasswordNumber, c.PasswordSymbol = true, true, true, true
	}
}

const largerFiles = 100 << 20 // bytes that a file has at most, unless it is set

// DefaultConfig returns the settings of a fresh world.
func DefaultConfig() Config {
	return Config{
		Version:                        versions.Newest,
		EnableIncomingWebhooks:         true,
		EnableOutgoingWebhooks:         true,
		EnableCommands:                 true,
		EnablePostUsernameOverride:     true,
		EnablePostIconOverride:         true,
		EnableBotAccountCreation:       true,
		EnableUserAccessTokens:         true,
		EnableUserCreation:             true,
		EnableOpenServer:               true,
		EnableCustomEmoji:              true,
		EnableFileAttachments:          true,
		EnablePostSearch:               true,
		AllowSyncedDrafts:              true,
		EnableFileSearch:               true,
		EnableChannelViewedMessages:    true,
		EnableDefaultLeaveJoinMessages: true,
		ShowEmailAddress:               true,
		ShowFullName:                   true,
		EnableUserStatuses:             true,
		PostPriority:                   true,
		EnableSignInWithEmail:          true,
		EnableSignInWithUsername:       true,
		RestrictDirectMessage:          "any",
		TeammateNameDisplay:            "username",
		MaxUsersPerTeam:                50,
		MaxChannelsPerTeam:             2000,
		MaxNotificationsPerChannel:     1000,
		MaximumLoginAttempts:           10,
		PasswordMinimumLength:          shortestPassword,
		PostEditTimeLimit:              -1,
		SessionLengthWebInHours:        720,
		MaximumPayloadSizeBytes:        300_000,
		MaximumURLLength:               2048,
		MaxFileSize:                    largerFiles,
		FileStorage:                    1 << 30,
		OutgoingTimeout:                30,
		UniqueEmojiReactionLimit:       50,
		UserStatusAwayTimeout:          300,
	}
}
