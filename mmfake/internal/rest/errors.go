package rest

import "github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"

const notImplementedID = "mmfake.not_implemented"

// What goes wrong before a request reaches the world.
var (
	errURLTooLong     = world.NewProblem(414, "basic_security_check.url.too_long_error", "The URL has more than %d characters: shorten it.")
	errBodyTooLarge   = world.NewProblem(413, "api.context.request_body_too_large.app_error", "The request body has more than %d bytes: send less.")
	errNotImplemented = world.NewProblem(501, notImplementedID, "Mattermost has the endpoint %s, and this fake does not.")
	errSignUpToken    = world.NewProblem(400, "api.user.create_user.signup_link_invalid.app_error", "There is no such invitation: leave t out, or give a team's invite id as iid.")
	errConfigFormat   = world.NewProblem(501, "api.config.client.old_format.app_error", "Ask with format=old: there is no other format.")
	errLicenceFormat  = world.NewProblem(400, "api.license.client.old_format.app_error", "Ask with format=old: there is no other format.")

	errHookDecode    = world.NewProblem(400, "web.incoming_webhook.decode.app_error", "The webhook's payload is not the JSON object that webhooks take: %s.")
	errHookForm      = world.NewProblem(400, "web.incoming_webhook.parse_form.app_error", "The webhook's form cannot be read: %s.")
	errHookField     = world.NewProblem(400, "web.incoming_webhook.decode.app_error", "The webhook's multipart body has a field %s: there are text, username, iconurl, iconemoji, channelname and type.")
	errHookTypeOld   = world.NewProblem(400, "api.webhook.incoming.error", "The request to the webhook cannot be read as what its Content-Type says: %s.")
	errHookMultipart = world.NewProblem(400, "web.incoming_webhook.parse_multipart.app_error", "The webhook's multipart body cannot be read: %s.")

	errUploadRead     = world.NewProblem(400, "api.file.upload_file.read_request.app_error", "The upload cannot be read: %s.")
	errUploadClients  = world.NewProblem(400, "api.file.upload_file.incorrect_number_of_client_ids.app_error", "There are %d client_ids and %d files: send one for each file, before the files, or none.")
	errUploadChannels = world.NewProblem(400, "api.file.upload_file.multiple_channel_ids.app_error", "The upload names two channels: name one.")
	errUploadTooLarge = world.NewProblem(413, "api.file.upload_file.too_large_detailed.app_error", "The upload is larger than FileSettings.MaxFileSize, %d bytes.")

	errUploadPartType   = world.NewProblem(400, "api.upload.upload_data.invalid_content_type", "The Content-Type of the part cannot be read: %s.")
	errUploadPartForm   = world.NewProblem(400, "api.upload.upload_data.multipart_error", "The form with the part cannot be read: %s.")
	errUploadPartLength = world.NewProblem(400, "api.upload.upload_data.invalid_content_length", "The upload has %d bytes to come, and these are more.")

	errUpgrade       = world.NewProblem(400, "api.web_socket.connect.upgrade.app_error", "The request is no websocket handshake that the server takes: send one of version 13, and from a browser only from a page of %s.")
	errEmojiTooLarge = world.NewProblem(413, "api.emoji.create.too_large.app_error", "An emoji's image has up to %d bytes: send a smaller one.")
	errEmojiForm     = world.NewProblem(400, "api.emoji.create.parse.app_error", "The form cannot be read: %s.")

	errCommandHookParse = world.NewProblem(400, "web.command_webhook.parse.app_error", "The delayed answer is not the JSON object that commands answer: %s.")
	errNoTerms          = world.NewProblem(404, "app.terms_of_service.get.no_rows.app_error", "The server has no terms of service.")
	errNoTermsAccepted  = world.NewProblem(404, "app.user_terms_of_service.get_by_user.no_rows.app_error", "The server has no terms of service that this user has accepted.")

	errFileSearchBody = world.NewProblem(400, "api.post.search_files.invalid_body.app_error", "The request body is not the JSON object of a search.")

	errEncoding = world.NewProblem(500, "api.context.json_encoding.app_error", "The fake made a mistake: %s. Please report it.")
)

// What goes wrong behind a hook, with the status of the inner error.

func errHook(status int) world.Problem {
	return world.NewProblem(status, "web.incoming_webhook.general.app_error", "The webhook %s failed: %s (%s)")
}

func errCommandHook(status int) world.Problem {
	return world.NewProblem(status, "web.command_webhook.general.app_error", "The response_url %s failed: %s (%s)")
}
