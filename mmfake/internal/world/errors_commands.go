package world

// Slash commands.
var (
	errCommandsDisabled    = Problem{501, "api.command.disabled.app_error", "Slash commands are switched off: set ServiceSettings.EnableCommands."}
	errCommandUnknown      = Problem{404, "store.sql_command.save.get.app_error", "There is no slash command with that id that this user may see."}
	errCommandTaken        = Problem{400, "api.command.duplicate_trigger.app_error", "/%s is a built-in command or another one of the team: choose another trigger."}
	errCommandTeam         = Problem{400, "api.command.team_mismatch.app_error", "An update leaves a command in its team: move it with PUT /commands/{id}/move."}
	errCommandCreated      = Problem{500, "app.command.createcommand.internal_error", "The command could not be stored: leave id away, and make its username, icon_url or autocomplete texts shorter."}
	errCommandGivenID      = Problem{400, "store.sql_command.save.saving_overwrite.app_error", "The command could not be stored: leave id away, the server makes one."}
	errCommandUpdated      = Problem{500, "app.command.updatecommand.internal_error", "The command could not be stored: make its username, icon_url or autocomplete texts shorter."}
	errCommandToken        = Problem{400, "model.command.is_valid.token.app_error", "A command's token has 26 characters: leave it away to have one made."}
	errCommandPlugin       = Problem{400, "model.command.is_valid.plugin_id.app_error", "Only a plugin's own commands have a plugin_id: leave it away."}
	errCommandTeamID       = Problem{400, "model.command.is_valid.team_id.app_error", "The team_id is no valid id."}
	errCommandTrigger      = Problem{400, "model.command.is_valid.trigger.app_error", "A trigger has 1 to 128 letters, digits, dots, slashes, dashes and underscores, and does not begin with a slash."}
	errCommandURL          = Problem{400, "model.command.is_valid.url.app_error", "A command needs a URL of up to 1024 bytes."}
	errCommandURLForm      = Problem{400, "model.command.is_valid.url_http.app_error", "A command's URL begins with http:// or https://."}
	errCommandMethod       = Problem{400, "model.command.is_valid.method.app_error", "A command's method is P for POST or G for GET."}
	errCommandDisplayName  = Problem{400, "model.command.is_valid.display_name.app_error", "A command's display name has up to 64 bytes."}
	errCommandDescription  = Problem{400, "model.command.is_valid.description.app_error", "A command's description has up to 128 bytes."}
	errCommandAutocomplete = Problem{400, "model.command.is_valid.autocomplete_data.app_error", "A command's autocomplete_data has a Trigger in lower case, no RoleID or system_user or system_admin, and Arguments or SubCommands, not both; so have its SubCommands."}

	errCommandStart    = Problem{400, "api.command.execute_command.start.app_error", "A command is a slash and a word, in a channel whose id is given as channel_id."}
	errCommandArchived = Problem{400, "api.command.execute_command.deleted.error", "The channel is archived: restore it before running commands there."}
	errCommandNotFound = Problem{404, "api.command.execute_command.not_found.app_error", "The team has no command /%s, and there is no built-in one of that name."}
	errCommandSiteURL  = Problem{400, "api.command.execute_command.site_url_required.app_error", "Custom commands need ServiceSettings.SiteURL, which is empty."}
	errCommandFailed   = Problem{500, "api.command.execute_command.failed.app_error", "The integration of /%s failed: %s."}
	errCommandEmpty    = Problem{500, "api.command.execute_command.failed_empty.app_error", "The integration of /%s failed: %s."}
	errCommandRoot     = Problem{500, "api.command.execute_command.failed.app_error", "The root_id is no valid id: leave it away, or give that of a post."}
	errCommandStatus   = Problem{500, "api.command.execute_command.failed_resp.app_error", "The integration of /%s failed: it answered with the status %d, which has to be 200."}
	errCommandPost     = Problem{500, "api.command.execute_command.create_post_failed.app_error", "What /%s answered could not be posted: %s"}
	errCommandPostedTo = Problem{403, "api.command.command_post.forbidden.app_error", "The answer names a channel that the user is no member of."}

	errCommandHookUnknown = Problem{404, "app.command_webhook.get.missing", "There is no such response_url, or it is older than 30 minutes."}
	errCommandHookUsed    = Problem{400, "app.command_webhook.try_use.invalid", "The response_url has been used 5 times: it takes no more answers."}
	errCommandHookCommand = Problem{400, "web.command_webhook.command.app_error", "The command of the response_url has been deleted."}
)
