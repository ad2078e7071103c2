package world

// Settings and roles.
var (
	errConfigSiteURL       = Problem{400, "api.config.update_config.clear_siteurl.app_error", "The SiteURL cannot be taken away: give one."}
	errConfigLoginAttempts = Problem{400, "model.config.is_valid.login_attempts.app_error", "ServiceSettings.MaximumLoginAttempts is more than 0."}
	errConfigMaxUsers      = Problem{400, "model.config.is_valid.max_users.app_error", "TeamSettings.MaxUsersPerTeam is more than 0."}
	errConfigMaxChannels   = Problem{400, "model.config.is_valid.max_channels.app_error", "TeamSettings.MaxChannelsPerTeam is more than 0."}
	errConfigMaxNotify     = Problem{400, "model.config.is_valid.max_notify_per_channel.app_error", "TeamSettings.MaxNotificationsPerChannel is more than 0."}
	errConfigMaxFileSize   = Problem{400, "model.config.is_valid.max_file_size.app_error", "FileSettings.MaxFileSize is more than 0."}
	errConfigPassword      = Problem{400, "model.config.is_valid.password_length.app_error", "PasswordSettings.MinimumLength is from 5 to 72."}
	errConfigDirect        = Problem{400, "model.config.is_valid.restrict_direct_message.app_error", "TeamSettings.RestrictDirectMessage is any or team."}
	errConfigNames         = Problem{400, "model.config.is_valid.teammate_name_display.app_error", "TeamSettings.TeammateNameDisplay is username, nickname_full_name or full_name."}
	errConfigTimeout       = Problem{400, "model.config.is_valid.outgoing_integrations_request_timeout.app_error", "ServiceSettings.OutgoingIntegrationRequestsTimeout is more than 0."}
	errConfigReactions     = Problem{400, "model.config.is_valid.unique_emoji_reaction_limit.app_error", "ServiceSettings.UniqueEmojiReactionLimitPerPost is from 0 to 500."}
	errConfigPayload       = Problem{400, "model.config.is_valid.max_payload_size.app_error", "ServiceSettings.MaximumPayloadSizeBytes is more than 0."}
	errConfigURLLength     = Problem{400, "model.config.is_valid.max_url_length.app_error", "ServiceSettings.MaximumURLLength is more than 0."}

	errRoleID           = Problem{404, "app.role.get.app_error", "There is no role with that id."}
	errRoleName         = Problem{404, "app.role.get_by_name.app_error", "There is no role of the name %q."}
	errRoleNeedsLicence = Problem{501, "api.roles.patch_roles.license.error", "Changing the role %s needs a licence, and the server has none."}
	errRoleFixed        = Problem{501, "api.roles.patch_roles.not_allowed_permission.error", "The permission %s is given to no role and taken from none."}
	errRoleInvalid      = Problem{400, "app.role.save.invalid_role.app_error", "There is no permission %q."}
	errRolesTooMany     = Problem{400, "api.roles.get_multiple_by_name_too_many.request_error", "Up to %d roles may be asked for at once."}
)
