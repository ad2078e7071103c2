package world

import (
	"crypto/md5"
	"encoding/hex"
	"fmt"
)

// A Config holds the settings of a world that change how it behaves, by the
// names that Mattermost's config.json has for them. DefaultConfig gives what the
// recorded servers had: integrations, tokens, bots and the overrides of name and
// icon are on, which a fresh real server has off in part.
type Config struct {
	SiteURL string // what links and response URLs begin with; no slash at its end
	Version string // the Mattermost version that the world reports, such as "11.6.0"
	Seed    string // makes ids and tokens the same every run; "" means real randomness

	EnableIncomingWebhooks     bool
	EnableOutgoingWebhooks     bool
	EnableCommands             bool
	EnablePostUsernameOverride bool
	EnablePostIconOverride     bool
	EnableBotAccountCreation   bool
	EnableUserAccessTokens     bool
	EnableUserCreation         bool
	EnableOpenServer           bool
	EnableCustomEmoji          bool
	EnablePublicLink           bool
	EnableFileAttachments      bool
	EnablePostSearch           bool
	EnableDeveloper            bool // fill detailed_error
	EnableLinkPreviews         bool
	EnableAPIChannelDeletion   bool
	EnableAPITeamDeletion      bool
	EnableAPIUserDeletion      bool
	EnableAPIPostDeletion      bool
	ExperimentalStrictCSRF     bool
	AllowCorsFrom              string // origins of web pages that may connect, or *, between blanks; "" means the server's own
	ShowEmailAddress           bool
	ShowFullName               bool
	RestrictDirectMessage      string // "any" or "team"
	TeammateNameDisplay        string
	MaxUsersPerTeam            int
	MaxChannelsPerTeam         int
	MaxNotificationsPerChannel int
	MaximumLoginAttempts       int
	PasswordMinimumLength      int
	PostEditTimeLimit          int // seconds; -1 means none
	SessionLengthWebInHours    int
	MaximumPayloadSizeBytes    int64 // of a JSON body
	MaximumURLLength           int
	MaxFileSize                int64 // bytes
	FileStorage                int64 // bytes that all files and emoji may take together; the fake's own limit
	OutgoingTimeout            int   // seconds a request to an integration may take; also the life of a trigger id
	UniqueEmojiReactionLimit   int
	UserStatusAwayTimeout      int // seconds
}

// VersionID is what the server calls itself to clients: its version and build, a
// hash of its settings and whether there is a licence. They look for changes only.
func (w *World) VersionID() string {
	config := w.Config()
	sum := md5.Sum(fmt.Appendf(nil, "%+v", config))
	return config.Version + "." + config.Version + "." + hex.EncodeToString(sum[:]) + ".false"
}

// DefaultConfig returns the settings of a fresh world.
func DefaultConfig() Config {
	return Config{
		Version:                    "11.6.0",
		EnableIncomingWebhooks:     true,
		EnableOutgoingWebhooks:     true,
		EnableCommands:             true,
		EnablePostUsernameOverride: true,
		EnablePostIconOverride:     true,
		EnableBotAccountCreation:   true,
		EnableUserAccessTokens:     true,
		EnableUserCreation:         true,
		EnableOpenServer:           true,
		EnableCustomEmoji:          true,
		EnableFileAttachments:      true,
		EnablePostSearch:           true,
		ShowEmailAddress:           true,
		ShowFullName:               true,
		RestrictDirectMessage:      "any",
		TeammateNameDisplay:        "username",
		MaxUsersPerTeam:            50,
		MaxChannelsPerTeam:         2000,
		MaxNotificationsPerChannel: 1000,
		MaximumLoginAttempts:       10,
		PasswordMinimumLength:      8,
		PostEditTimeLimit:          -1,
		SessionLengthWebInHours:    720,
		MaximumPayloadSizeBytes:    300_000,
		MaximumURLLength:           2048,
		MaxFileSize:                100 << 20,
		FileStorage:                1 << 30,
		OutgoingTimeout:            30,
		UniqueEmojiReactionLimit:   50,
		UserStatusAwayTimeout:      300,
	}
}
