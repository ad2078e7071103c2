package rest

import (
	"strconv"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
)

var systemRoutes = []route{
	{pattern: "GET /api/v4/system/ping", serve: ping, flags: open},
	{pattern: "GET /api/v4/config/client", serve: clientConfig, flags: open},
	{pattern: "GET /api/v4/license/client", serve: clientLicence, flags: open},
}

// ping tells monitoring that the server is there (facts 12.1).
func ping(c *call) (any, error) {
	answer := map[string]any{
		"ActiveSearchBackend": "database", "AndroidLatestVersion": "", "AndroidMinVersion": "",
		"IosLatestVersion": "", "IosMinVersion": "", "status": "OK",
	}
	if c.queryBool("get_server_status") {
		for _, key := range []string{"database_status", "filestore_status"} {
			answer[key] = "OK"
		}
		h := c.w.Header()
		h.Set("Status", "OK")
		h.Set("Database_status", "OK")
		h.Set("Filestore_status", "OK")
	}
	if c.query("device_id") != "" {
		answer["CanReceiveNotifications"] = "unknown"
	}
	return answer, nil
}

// clientLicence tells clients that the server has no licence.
func clientLicence(c *call) (any, error) {
	switch c.query("format") {
	case "old":
		return map[string]string{"IsLicensed": "false"}, nil
	case "":
		return nil, errLicenceFormat.With()
	}
	return nil, world.ErrBodyParam.With("format")
}

// clientConfig is what clients learn of the settings (facts 12.2): all values
// are text. Without a session only what a login page needs is told.
func clientConfig(c *call) (any, error) {
	config := c.world().Config()
	out := publicConfig(&config)
	if c.session != nil {
		addMemberConfig(out, &config)
	}
	return out, nil
}

func publicConfig(config *world.Config) map[string]string {
	out := map[string]string{
		"Version":                  config.Version,
		"BuildNumber":              config.Version,
		"SiteURL":                  config.SiteURL,
		"EnableUserCreation":       strconv.FormatBool(config.EnableUserCreation),
		"EnableOpenServer":         strconv.FormatBool(config.EnableOpenServer),
		"EnableBotAccountCreation": strconv.FormatBool(config.EnableBotAccountCreation),
		"EnableCustomEmoji":        strconv.FormatBool(config.EnableCustomEmoji),
		"PasswordMinimumLength":    strconv.Itoa(config.PasswordMinimumLength),
	}
	for key, value := range publicDefaults {
		out[key] = value
	}
	return out
}

// publicDefaults are the keys of the limited set whose values never change here.
var publicDefaults = map[string]string{
	"SiteName": "Mattermost", "WebsocketURL": "", "WebsocketPort": "80", "WebsocketSecurePort": "443",
	"BuildDate": "", "BuildHash": "", "BuildHashEnterprise": "none", "BuildEnterpriseReady": "false",
	"ServiceEnvironment": "production", "EnableDesktopLandingPage": "true", "EnableFile": "true", "FileLevel": "INFO",
	"EnableJoinLeaveMessageByDefault": "true", "EnableDiagnostics": "false", "DiagnosticsEnabled": "false",
	"EnableSignUpWithEmail": "true", "EnableSignInWithEmail": "true", "EnableSignInWithUsername": "true",
	"DefaultClientLocale": "en", "EnableUserStatuses": "true", "HasImageProxy": "false", "PluginsEnabled": "false",
	"AndroidLatestVersion": "", "AndroidMinVersion": "", "IosLatestVersion": "", "IosMinVersion": "",
	"PasswordRequireLowercase": "false", "PasswordRequireUppercase": "false", "PasswordRequireNumber": "false",
	"PasswordRequireSymbol": "false", "PasswordEnableForgotLink": "true", "EnableCustomBrand": "false",
	"CustomBrandText": "", "CustomDescriptionText": "", "EnableLdap": "false", "EnableSaml": "false",
	"EnableSignUpWithGoogle": "false", "EnableSignUpWithOffice365": "false", "EnableSignUpWithOpenId": "false",
	"EnableSignUpWithGitLab": "false", "EnableMultifactorAuthentication": "false", "EnforceMultifactorAuthentication": "false",
	"EnableGuestAccounts": "false", "EnableCustomTermsOfService": "false", "NoAccounts": "false",
}

// addMemberConfig adds what only those with a session are told.
func addMemberConfig(out map[string]string, config *world.Config) {
	for key, on := range map[string]bool{
		"EnableIncomingWebhooks":     config.EnableIncomingWebhooks,
		"EnableOutgoingWebhooks":     config.EnableOutgoingWebhooks,
		"EnableCommands":             config.EnableCommands,
		"EnablePostUsernameOverride": config.EnablePostUsernameOverride,
		"EnablePostIconOverride":     config.EnablePostIconOverride,
		"EnableUserAccessTokens":     config.EnableUserAccessTokens,
		"EnableFileAttachments":      config.EnableFileAttachments,
		"EnablePublicLink":           config.EnablePublicLink,
		"EnableLinkPreviews":         config.EnableLinkPreviews,
		"EnableDeveloper":            config.EnableDeveloper,
		"ShowEmailAddress":           config.ShowEmailAddress,
		"ShowFullName":               config.ShowFullName,
	} {
		out[key] = strconv.FormatBool(on)
	}
	for key, n := range map[string]int64{
		"MaxFileSize":                     config.MaxFileSize,
		"PostEditTimeLimit":               int64(config.PostEditTimeLimit),
		"MaxNotificationsPerChannel":      int64(config.MaxNotificationsPerChannel),
		"UniqueEmojiReactionLimitPerPost": int64(config.UniqueEmojiReactionLimit),
	} {
		out[key] = strconv.FormatInt(n, 10)
	}
	out["RestrictDirectMessage"] = config.RestrictDirectMessage
	out["TeammateNameDisplay"] = config.TeammateNameDisplay
	for key, value := range memberDefaults {
		out[key] = value
	}
}

// memberDefaults are the keys of the full set whose values never change here.
var memberDefaults = map[string]string{
	"MaxPostSize": "16383", "EnableEmojiPicker": "true", "EnableGifPicker": "false", "EnableOAuthServiceProvider": "true",
	"EnablePermalinkPreviews": "true", "EnableTesting": "false", "MinimumHashtagLength": "3",
	"ExtendSessionLengthWithActivity": "true", "EnableCustomUserStatuses": "true", "AvailableLocales": "",
	"SQLDriverName": "postgres", "EnableConfirmNotificationsToChannel": "true",
	"TimeBetweenUserTypingUpdatesMilliseconds": "5000", "EnableUserTypingMessages": "true",
	"EnableChannelViewedMessages": "true", "SendEmailNotifications": "false", "SendPushNotifications": "false",
	"RequireEmailVerification": "false", "CollapsedThreads": "always_on", "PostPriority": "true",
	"AllowSyncedDrafts": "true", "ScheduledPosts": "true", "EnableCustomGroups": "true",
	"DelayChannelAutocomplete": "false", "EnableThemeSelection": "true", "UpgradedFromTE": "false",
	"InstallationDate": "", "SchemaVersion": "",
}
