package world

import (
	"fmt"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
)

// client is what clients learn of the settings (facts 12.2): all values are text.
// Without a session only what a login page needs is told; member adds the rest.
func (c *Config) client(member bool) map[string]string {
	out := map[string]string{
		"Version":                  c.Version,
		"BuildNumber":              c.Version,
		"SiteURL":                  c.SiteURL,
		"EnableUserCreation":       fmt.Sprint(c.EnableUserCreation),
		"EnableOpenServer":         fmt.Sprint(c.EnableOpenServer),
		"EnableBotAccountCreation": fmt.Sprint(c.EnableBotAccountCreation),
		"EnableCustomEmoji":        fmt.Sprint(c.EnableCustomEmoji),
		"EnableUserStatuses":       fmt.Sprint(c.EnableUserStatuses),
		"EnableSignInWithEmail":    fmt.Sprint(c.EnableSignInWithEmail),
		"EnableSignInWithUsername": fmt.Sprint(c.EnableSignInWithUsername),
		"PasswordMinimumLength":    fmt.Sprint(c.PasswordMinimumLength),
		"PasswordRequireLowercase": fmt.Sprint(c.PasswordLowercase),
		"PasswordRequireUppercase": fmt.Sprint(c.PasswordUppercase),
		"PasswordRequireNumber":    fmt.Sprint(c.PasswordNumber),
		"PasswordRequireSymbol":    fmt.Sprint(c.PasswordSymbol),
	}
	addDefaults(out, publicDefaults)
	if member {
		c.addMemberConfig(out)
		addDefaults(out, memberDefaults)
	}
	return out
}

// ClientConfig is what clients learn of the settings; member is whether they have
// a session.
func (w *World) ClientConfig(member bool) map[string]string {
	return w.clientConfig(w.Config(), member)
}

// clientConfig is what clients of the version learn of settings. It needs no lock.
func (w *World) clientConfig(c *Config, member bool) map[string]string {
	config := c.client(member)
	if !member && w.version.Has(versions.SiteURLHidden) && !w.version.Has(versions.SiteURLForAll) {
		delete(config, "SiteURL")
	}
	if member && !w.version.Has(versions.ThreadsCollapsed) {
		config["CollapsedThreads"] = "disabled"
	}
	w.version.Config(config)
	return config
}

func (c *Config) addMemberConfig(out map[string]string) {
	for key, value := range map[string]any{
		"EnableIncomingWebhooks":          c.EnableIncomingWebhooks,
		"EnableOutgoingWebhooks":          c.EnableOutgoingWebhooks,
		"EnableCommands":                  c.EnableCommands,
		"EnablePostUsernameOverride":      c.EnablePostUsernameOverride,
		"EnablePostIconOverride":          c.EnablePostIconOverride,
		"EnableUserAccessTokens":          c.EnableUserAccessTokens,
		"EnableFileAttachments":           c.EnableFileAttachments,
		"EnablePublicLink":                c.EnablePublicLink,
		"EnableChannelViewedMessages":     c.EnableChannelViewedMessages,
		"AllowSyncedDrafts":               c.AllowSyncedDrafts,
		"PostPriority":                    c.PostPriority,
		"RequireEmailVerification":        c.RequireEmailVerification,
		"EnableLinkPreviews":              c.EnableLinkPreviews,
		"EnableDeveloper":                 c.EnableDeveloper,
		"ShowEmailAddress":                c.ShowEmailAddress,
		"ShowFullName":                    c.ShowFullName,
		"MaxFileSize":                     c.MaxFileSize,
		"PostEditTimeLimit":               c.PostEditTimeLimit,
		"MaxNotificationsPerChannel":      c.MaxNotificationsPerChannel,
		"UniqueEmojiReactionLimitPerPost": c.UniqueEmojiReactionLimit,
		"RestrictDirectMessage":           c.RestrictDirectMessage,
		"TeammateNameDisplay":             c.TeammateNameDisplay,
	} {
		out[key] = fmt.Sprint(value)
	}
}

// addDefaults adds the keys of a table, a line each with its value.
func addDefaults(out map[string]string, table string) {
	for line := range strings.Lines(strings.TrimSpace(table)) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), " ")
		out[key] = value
	}
}

// publicDefaults are the keys of the limited set whose values never change here.
const publicDefaults = `
AboutLink
AllowDownloadLogs true
AndroidAppDownloadLink
AndroidLatestVersion
AndroidMinVersion
AppDownloadLink
AppsPluginEnabled false
BuildDate
BuildEnterpriseReady false
BuildHash
BuildHashEnterprise none
CWSURL
CustomBrandText
CustomDescriptionText
CustomTermsOfServiceReAcceptancePeriod 365
DefaultClientLocale en
DiagnosticId
DiagnosticsEnabled false
EmailLoginButtonBorderColor
EmailLoginButtonColor
EmailLoginButtonTextColor
EnableAskCommunityLink true
EnableClientMetrics true
EnableComplianceExport false
EnableCustomBrand false
EnableCustomTermsOfService false
EnableDesktopLandingPage true
EnableDiagnostics false
EnableFile true
EnableGuestAccounts false
EnableGuestMagicLink false
EnableJoinLeaveMessageByDefault true
EnableLdap false
EnableMultifactorAuthentication false
EnableSaml false
EnableSignUpWithEmail true
EnableSignUpWithGitLab false
EnableSignUpWithGoogle false
EnableSignUpWithOffice365 false
EnableSignUpWithOpenId false
EnforceMultifactorAuthentication false
FileLevel INFO
ForgotPasswordLink
GitLabButtonColor
GitLabButtonText
GuestAccountsEnforceMultifactorAuthentication false
HasImageProxy false
HelpLink
HideGuestTags false
IosAppDownloadLink
IosLatestVersion
IosMinVersion
IsFipsEnabled false
LdapLoginButtonBorderColor
LdapLoginButtonColor
LdapLoginButtonTextColor
LdapLoginFieldName
MobileEnableBiometrics false
MobileExternalBrowser false
MobileJailbreakProtection false
MobilePreventScreenCapture false
NoAccounts false
OpenIdButtonColor
OpenIdButtonText
PasswordEnableForgotLink true
PluginsEnabled false
PrivacyPolicyLink
ReportAProblemLink
ReportAProblemMail
ReportAProblemType default
SamlLoginButtonBorderColor
SamlLoginButtonColor
SamlLoginButtonText
SamlLoginButtonTextColor
ServiceEnvironment production
SiteName Mattermost
SupportEmail
TelemetryId
TermsOfServiceLink
WebsocketPort 80
WebsocketSecurePort 443
WebsocketURL
`

// memberDefaults are the keys of the full set whose values never change here.
const memberDefaults = `
AvailableLocales
CollapsedThreads always_on
DelayChannelAutocomplete false
EnableConfirmNotificationsToChannel true
EnableCustomGroups true
EnableCustomUserStatuses true
EnableEmojiPicker true
EnableGifPicker false
EnableOAuthServiceProvider true
EnablePermalinkPreviews true
EnableTesting false
EnableThemeSelection true
EnableUserTypingMessages true
ExtendSessionLengthWithActivity true
InstallationDate
MaxMarkdownNodes 0
MaxPostSize 16383
MinimumHashtagLength 3
SQLDriverName postgres
ScheduledPosts true
SchemaVersion
SendEmailNotifications false
SendPushNotifications false
TimeBetweenUserTypingUpdatesMilliseconds 5000
UpgradedFromTE false
`
