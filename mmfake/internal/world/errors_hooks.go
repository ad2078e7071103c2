package world

// Incoming webhooks: their management, and what goes wrong in a request to one.
// The real server hides the second kind from the caller behind one id.
var (
	errHooksDisabled   = Problem{501, "api.incoming_webhook.disabled.app_error", "Incoming webhooks are switched off: set ServiceSettings.EnableIncomingWebhooks."}
	errHookUnknown     = Problem{404, "app.webhooks.get_incoming.app_error", "There is no incoming webhook with that id."}
	errHookTeam        = Problem{400, "api.webhook.team_mismatch.app_error", "A webhook stays in its team: choose a channel there."}
	errHookUsername    = Problem{400, "api.incoming_webhook.invalid_username.app_error", "That is no valid user name for a webhook's posts."}
	errHookDisplayName = Problem{400, "model.incoming_hook.display_name.app_error", "A webhook's display name has up to 64 bytes."}
	errHookDescription = Problem{400, "model.incoming_hook.description.app_error", "A webhook's description has up to %d bytes."}
	errHookIconURL     = Problem{400, "model.incoming_hook.icon_url.app_error", "A webhook's icon URL has up to 1024 bytes."}
	errHookGivenID     = Problem{400, "app.webhooks.save_incoming.existing.app_error", "The server makes the id of a new webhook: leave id away."}
	errHookStored      = Problem{500, "app.webhooks.update_incoming.app_error", "A webhook's display name has up to 64 characters, its description %d and its icon URL 1024."}

	errHookOff        = Problem{501, "web.incoming_webhook.disabled.app_error", "Incoming webhooks are switched off: set ServiceSettings.EnableIncomingWebhooks."}
	errHookPayload    = Problem{400, "web.incoming_webhook.parse.app_error", "The webhook got no payload."}
	errHookText       = Problem{400, "web.incoming_webhook.text.app_error", "The payload has neither text nor attachments."}
	errHookID         = Problem{400, "web.incoming_webhook.invalid.app_error", "There is no incoming webhook with that id."}
	errHookUser       = Problem{400, "web.incoming_webhook.user.app_error", "There is no user %s."}
	errHookOwner      = Problem{403, "web.incoming_webhook.user.app_error", "The webhook's owner does not exist any more."}
	errHookChannel    = Problem{404, "web.incoming_webhook.channel.app_error", "There is no channel %s in the webhook's team: give the channel's name, not its display name."}
	errHookLocked     = Problem{403, "web.incoming_webhook.channel_locked.app_error", "The webhook may post to its own channel only."}
	errHookPermission = Problem{403, "web.incoming_webhook.permissions.app_error", "The webhook's owner may not post to that channel."}
	errHookProps      = Problem{400, "web.incoming_webhook.split_props_length.app_error", "The props, or one attachment, take more than %d characters: shorten them."}
	errHookPost       = Problem{500, "api.post.create_webhook_post.creating.app_error", "The webhook's post could not be made."}
)
