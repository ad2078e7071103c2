package world

// Logins, sessions and tokens.
var (
	errBlankPassword    = Problem{400, "api.user.login.blank_pwd.app_error", "The password is empty: give one."}
	errCredentials      = Problem{401, "api.user.login.invalid_credentials_email_username", "The user name, e-mail address or password is wrong."}
	errCredentialsEmail = Problem{401, "api.user.login.invalid_credentials_email", "The e-mail address or password is wrong."}
	errCredentialsName  = Problem{401, "api.user.login.invalid_credentials_username", "The user name or password is wrong."}
	errCredentialsAny   = Problem{401, "api.user.login.invalid_credentials", "The user name, e-mail address or password is wrong."}
	errNotVerified      = Problem{401, "api.user.login.not_verified.app_error", "The e-mail address is not verified: an admin can verify it."}
	errBotLogin         = Problem{401, "api.user.login.bot_login_forbidden.app_error", "Bots cannot log in: use an access token."}
	errInactive         = Problem{401, "api.user.login.inactive.app_error", "This user is deactivated: an admin can activate it."}
	errTooManyLogins    = Problem{401, "api.user.check_user_login_attempts.too_many.app_error", "There were too many failed logins: an admin can reset the password."}
	errLoginUnknown     = Problem{400, "store.sql_user.get_for_login.app_error", "There is no user with that name or e-mail address."}
	errLoginIDUnknown   = Problem{400, "app.user.missing_account.const", "There is no user with that id."}
	errPasswordInvalid  = Problem{401, "api.user.check_user_password.invalid.app_error", "The password is wrong."}
	errPasswordWrong    = Problem{400, "api.user.update_password.incorrect.app_error", "The present password is another one."}
	errPasswordOfOther  = Problem{403, "api.user.update_password.context.app_error", "Only an admin changes the password of somebody else."}
	errSessionUnknown   = Problem{400, "app.session.get.app_error", "There is no session with that id."}
	errTokenDescription = Problem{400, "model.user_access_token.is_valid.description.app_error", "A token's description has up to 255 bytes."}
	errTokensDisabled   = Problem{501, "app.user_access_token.disabled", "Personal access tokens are switched off: set ServiceSettings.EnableUserAccessTokens."}
	errTokenUnknown     = Problem{404, "app.user_access_token.get_by_user.app_error", "There is no access token with that id."}
)

// Users and bots.
var (
	errUserUnknown      = Problem{404, "app.user.missing_account.const", "There is no user with that id or address."}
	errUsernameUnknown  = Problem{404, "app.user.get_by_username.app_error", "There is no user with that name."}
	errEmailTaken       = Problem{400, "app.user.save.email_exists.app_error", "A user with that e-mail address exists: choose another one."}
	errEmailTakenOld    = Problem{400, "store.sql_user.update.email_taken.app_error", "A user with that e-mail address exists: choose another one."}
	errUsernameTakenOld = Problem{400, "store.sql_user.update.username_taken.app_error", "A user with that name exists: choose another one."}
	errGroupUnknown     = Problem{404, "app.group.no_rows", "There is no group with that id: groups take a licence, and the server has none."}
	errStatusUnknown    = Problem{404, "api.status.user_not_found.app_error", "The server tells nobody's status: set ServiceSettings.EnableUserStatuses."}
	errPictureOfNobody  = Problem{404, "api.user.get_profile_image.not_found.app_error", "There is no user with that id."}
	errUserCreateAt     = Problem{400, "model.user.is_valid.create_at.app_error", "The user has no create_at: send the one that he was read with."}
	errUsernameTaken    = Problem{400, "app.user.save.username_exists.app_error", "A user with that name exists: choose another one."}
	errUsernameInvalid  = Problem{400, "model.user.is_valid.username.app_error", "A user name has 1 to 64 lower-case letters, digits, dots, dashes and underscores, and is not reserved."}
	errEmailInvalid     = Problem{400, "model.user.is_valid.email.app_error", "That is no valid e-mail address of up to 128 characters."}
	errNicknameInvalid  = Problem{400, "model.user.is_valid.nickname.app_error", "A nickname has up to 64 characters."}
	errFirstNameInvalid = Problem{400, "model.user.is_valid.first_name.app_error", "A first name has up to 64 characters."}
	errLastNameInvalid  = Problem{400, "model.user.is_valid.last_name.app_error", "A last name has up to 64 characters."}
	errPositionInvalid  = Problem{400, "model.user.is_valid.position.app_error", "A position has up to 128 characters."}
	errUserPassword     = Problem{400, "model.user.is_valid.password_limit.app_error", "A password has up to %d bytes."}
	errTimezoneInvalid  = Problem{400, "model.user.is_valid.timezone_limit.app_error", "The JSON of a time zone has up to %d characters."}
	errRolesInvalid     = Problem{400, "model.user.is_valid.roles_limit.app_error", "The names of a user's roles have up to %d bytes, with the blanks between them."}
	errLocaleInvalid    = Problem{400, "model.user.is_valid.locale.app_error", "That is no valid locale."}
	errEmailHidden      = Problem{403, "api.user.get_user_by_email.permissions.app_error", "The server does not show e-mail addresses, so nobody is found by one."}
	errCompletionTeam   = Problem{500, "api.user.autocomplete_users.missing_team_id.app_error", "in_channel goes with in_team: give the channel's team."}
	errRolesUserUnknown = Problem{400, "app.user.missing_account.const", "There is no user with that id."}
	errRoleUnknown      = Problem{400, "app.role.check_roles_exist.role_not_found", "There is no role %s."}
	errRoleLicence      = Problem{400, "api.user.update_user_roles.license.app_error", "The role %s needs a licence, and the server has none."}
	errActivePermission = Problem{403, "api.user.update_active.permissions.app_error", "Only an admin activates and deactivates others."}
	errDeactivateSelf   = Problem{401, "api.user.update_active.not_enable.app_error", "Users cannot deactivate themselves on this server."}
	errDeletionDisabled = Problem{401, "api.user.delete_user.not_enabled.app_error", "Deleting users for good is switched off: deactivate the user."}
	errDeletionMissing  = Problem{501, "mmfake.not_implemented", "The fake deletes nobody for good: deactivate the user."}
	errNoOpenServer     = Problem{403, "api.user.create_user.no_open_server", "This server takes no sign-ups without an invitation: an admin can make the user."}
	errSignUpDisabled   = Problem{501, "api.user.create_user.signup_email_disabled.app_error", "Signing up is switched off."}
	errBotsDisabled     = Problem{403, "api.bot.create_disabled", "Bot accounts are switched off: set ServiceSettings.EnableBotAccountCreation."}
	errBotUnknown       = Problem{404, "store.sql_bot.get.missing.app_error", "There is no bot with that id that you may see."}
	errBotName          = Problem{400, "model.bot.is_valid.username.app_error", "A bot's user name has 1 to 64 lower-case letters, digits, dots, dashes and underscores."}
	errBotDescription   = Problem{400, "model.bot.is_valid.description.app_error", "A bot's description has up to 1024 characters."}

	errPortraitLimits = Problem{400, "api.user.upload_profile_user.check_image_limits.app_error", "That is no PNG, JPEG or GIF of up to %d pixels."}
	errPortraitDecode = Problem{400, "api.user.upload_profile_user.decode.app_error", "The picture cannot be decoded."}

	errBotIconUnknown = Problem{404, "api.bot.get_bot_icon_image.read.app_error", "This bot has no icon."}
	errBotIcon        = Problem{400, "api.bot.set_bot_icon_image.parse.app_error", "A bot's icon is an SVG of up to %d bytes."}
)
