package versions

// configSince lists the keys of the settings that clients learn which came after 5.0.
var configSince = []struct {
	since Version
	keys  []string
}{
	{v(5, 4), []string{"CustomTermsOfServiceReAcceptancePeriod", "EnableCustomTermsOfService", "EnableGifPicker"}},
	{v(5, 10), []string{"EnableBotAccountCreation"}},
	{v(5, 16), []string{"EnableGuestAccounts", "GuestAccountsEnforceMultifactorAuthentication"}},
	{v(5, 33), []string{"EnableCustomUserStatuses"}},
	{v(5, 36), []string{
		"CWSURL", "CollapsedThreads", "EnableAskCommunityLink", "EnableSignUpWithOpenId", "ExtendSessionLengthWithActivity",
		"InstallationDate", "MinimumHashtagLength", "OpenIdButtonColor", "OpenIdButtonText", "TelemetryId", "UpgradedFromTE",
	}},
	{after536, []string{
		"AllowDownloadLogs", "AppsPluginEnabled", "DelayChannelAutocomplete", "EnableClientMetrics", "EnableCustomGroups",
		"EnableDesktopLandingPage", "EnableGuestMagicLink", "EnableJoinLeaveMessageByDefault", "EnablePermalinkPreviews",
		"ForgotPasswordLink", "GitLabButtonColor", "GitLabButtonText", "HideGuestTags", "IsFipsEnabled", "MaxMarkdownNodes",
		"MobileEnableBiometrics", "MobileExternalBrowser", "MobileJailbreakProtection", "MobilePreventScreenCapture",
		"PasswordEnableForgotLink", "ReportAProblemMail", "ReportAProblemType", "SchemaVersion", "ServiceEnvironment",
	}},
	{v(7, 7), []string{"AllowSyncedDrafts", "PostPriority"}},
	{v(9, 0), []string{"UniqueEmojiReactionLimitPerPost"}},
	{v(10, 0), []string{"ScheduledPosts"}}, // 10.x
}

// Config takes the keys that the version does not have out of the settings for clients.
func (v Version) Config(config map[string]string) {
	for _, c := range configSince {
		if v.before(c.since) {
			for _, key := range c.keys {
				delete(config, key)
			}
		}
	}
}
