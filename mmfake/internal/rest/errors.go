package rest

import "github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"

const notImplementedID = "mmfake.not_implemented"

// What goes wrong before a request reaches the world.
var (
	errURLTooLong     = world.NewProblem(414, "basic_security_check.url.too_long_error", "The URL has more than %d characters: shorten it.")
	errBodyTooLarge   = world.NewProblem(413, "api.context.request_body_too_large.app_error", "The request body has more than %d bytes: send less.")
	errNotImplemented = world.NewProblem(501, notImplementedID, "Mattermost has the endpoint %s, and this fake does not: docs/endpoints.md lists those that it has.")
	errSignUpToken    = world.NewProblem(404, "api.user.create_user.signup_link_invalid.app_error", "There is no such invitation: leave t out, or give a team's invite id as iid.")
	errConfigFormat   = world.NewProblem(501, "api.config.client.old_format.app_error", "Ask with format=old: there is no other format.")
	errLicenceFormat  = world.NewProblem(400, "api.license.client.old_format.app_error", "Ask with format=old: there is no other format.")

	errResetLink      = world.NewProblem(400, "api.user.reset_password.invalid_link.app_error", "There is no such token: the fake sends none.")
	errVerifyLink     = world.NewProblem(400, "api.user.verify_email.bad_link.app_error", "There is no such token: the fake sends none.")
	errNoSecondFactor = world.NewProblem(501, "mfa.mfa_disabled.app_error", "Second factors are switched off.")
	errNoGuest        = world.NewProblem(501, "api.user.promote_guest_to_user.no_guest.app_error", "That user is no guest.")
	errNoOwnTerms     = world.NewProblem(400, "api.create_terms_of_service.custom_terms_of_service_disabled.app_error", "Terms of service need a licence, and the server has none.")
	errOpenServer     = world.NewProblem(400, "api.user.invalid_emails.enable_open_server.app_error", "The server takes every address: TeamSettings.EnableOpenServer is on.")
	errInvitesOff     = world.NewProblem(501, "api.team.invite_members.disabled.app_error", "Invitations by e-mail are switched off.")
	errPushOff        = world.NewProblem(501, "api.push_notification.disabled.app_error", "Push notifications are switched off.")

	errBusy            = world.NewProblem(503, "api.context.server_busy.app_error", "The server is marked as busy and does without this: DELETE /api/v4/server_busy, or wait.")
	errNoJob           = world.NewProblem(404, "app.job.get.app_error", "There is no job with that id.")
	errNoExport        = world.NewProblem(404, "api.export.export_not_found.app_error", "There is no export of that name.")
	errNoSupportPacket = world.NewProblem(403, "api.no_license", "A support packet needs a licence, and the server has none.")
	errMailTest        = world.NewProblem(500, "app.admin.test_email.failure", "The fake sends no e-mail.")
	errSiteURLTest     = world.NewProblem(400, "app.admin.test_site_url.failure", "The server's SiteURL is another one.")
	errNoBrandImage    = world.NewProblem(404, "api.admin.delete_brand_image.storage.not_found", "The server has no brand image.")
	errPluginUploads   = world.NewProblem(501, "app.plugin.upload_disabled.app_error", "Uploading plugins is switched off.")
	errNoPlugin        = world.NewProblem(404, "app.plugin.not_installed.app_error", "The server has no such plugin.")
	errOAuthOff        = world.NewProblem(501, "api.oauth.allow_oauth.turn_off.app_error", "The server is no OAuth provider.")
	errNoRemotes       = world.NewProblem(501, "api.remote_cluster.service_not_enabled.app_error", "The server has no connections to others.")

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
