package world

// Outgoing webhooks. Several ids of the real server's are odd; they are kept, and
// the words say what is meant.
var (
	errOutgoingDisabled    = Problem{501, "api.outgoing_webhook.disabled.app_error", "Outgoing webhooks are switched off: set ServiceSettings.EnableOutgoingWebhooks."}
	errOutgoingUnknown     = Problem{404, "app.webhooks.get_outgoing.app_error", "There is no outgoing webhook with that id."}
	errOutgoingNotOpen     = Problem{403, "api.outgoing_webhook.disabled.app_error", "Outgoing webhooks listen to public channels only: choose one."}
	errOutgoingMoveNotOpen = Problem{403, "api.webhook.create_outgoing.not_open.app_error", "Outgoing webhooks listen to public channels only: choose one."}
	errOutgoingChannelTeam = Problem{403, "api.webhook.create_outgoing.permissions.app_error", "The channel is in another team: choose one of the webhook's team."}
	errOutgoingTriggers    = Problem{400, "api.webhook.create_outgoing.triggers.app_error", "A webhook without a channel_id needs trigger_words."}
	errOutgoingNoTriggers  = Problem{500, "api.webhook.create_outgoing.triggers.app_error", "A webhook without a channel_id needs trigger_words."}
	errOutgoingTaken       = Problem{500, "api.webhook.create_outgoing.intersect.app_error", "Another outgoing webhook of the channel has one of the trigger_words and one of the callback_urls: change either."}
	errOutgoingMoveTaken   = Problem{400, "api.webhook.update_outgoing.intersect.app_error", "Another outgoing webhook of the channel has one of the trigger_words and one of the callback_urls: change either."}

	errOutgoingGivenID     = Problem{400, "app.webhooks.save_outgoing.override.app_error", "The server makes the id of a new webhook: leave id away."}
	errOutgoingStored      = Problem{500, "app.webhooks.update_outgoing.app_error", "A field of the webhook is too long to be stored."}
	errOutgoingToken       = Problem{400, "model.outgoing_hook.is_valid.token.app_error", "A webhook's token has 26 characters: leave it away to have one made."}
	errOutgoingTeam        = Problem{400, "model.outgoing_hook.is_valid.team_id.app_error", "The team_id is no valid id."}
	errOutgoingWordsLength = Problem{400, "model.outgoing_hook.is_valid.words.app_error", "The trigger_words take up to 1024 bytes together."}
	errOutgoingEmptyWord   = Problem{400, "model.outgoing_hook.is_valid.trigger_words.app_error", "A trigger word may not be empty."}
	errOutgoingCallbacks   = Problem{400, "model.outgoing_hook.is_valid.callback.app_error", "An outgoing webhook needs callback_urls, which take up to 1024 bytes together."}
	errOutgoingURL         = Problem{400, "model.outgoing_hook.is_valid.url.app_error", "Each of the callback_urls begins with http:// or https:// and names a host."}
	errOutgoingDisplayName = Problem{400, "model.outgoing_hook.is_valid.display_name.app_error", "A webhook's display name has up to 64 bytes."}
	errOutgoingDescription = Problem{400, "model.outgoing_hook.is_valid.description.app_error", "A webhook's description has up to %d bytes."}
	errOutgoingContentType = Problem{400, "model.outgoing_hook.is_valid.content_type.app_error", "A webhook's content_type has up to 128 bytes, and its trigger_when is 0 or 1."}
	errOutgoingUsername    = Problem{400, "model.outgoing_hook.is_valid.username.app_error", "A webhook's user name has up to 64 bytes."}
	errOutgoingIconURL     = Problem{400, "model.outgoing_hook.is_valid.icon_url.app_error", "A webhook's icon URL has up to 1024 bytes."}
)
