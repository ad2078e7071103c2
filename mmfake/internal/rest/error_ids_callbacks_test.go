package rest_test

import "strings"

// Errors of clicks, dialogs, delayed answers of commands, the websocket and the system.

const (
	buttoned = "post=id alice POST /posts {\"channel_id\":\"{dev}\",\"props\":{\"attachments\":[{\"actions\":[{\"id\":\"abcdefghijkmnopqrstuvwxyz1\",\"name\":\"A\",\"integration\":{\"url\":\"http://bot.test/?status=204\"}}]}]}}\n"
	delayed  = commanding + "alice POST /commands/execute {\"channel_id\":\"{dev}\",\"command\":\"/deploy\"}\n"
	submit   = `"channel_id":"{dev}","team_id":"{team}","submission":{}`
	noRoute  = "404 api.context.404.app_error"
)

var callbackErrors = []errorID{
	{"api.post.do_action.action_id.app_error", "404", "404", "404", buttoned + `alice POST /posts/{post}/actions/{unknown} {}`},
	{"api.post.do_action.action_integration.app_error", "400", "400", "400", buttoned + `alice POST /posts/{post}/actions/abcdefghijkmnopqrstuvwxyz1 {}`},
	{"interactive_message.decode_trigger_id.base64_decode_failed", "400", "400", noRoute,
		`nobody POST /actions/dialogs/open {"trigger_id":"not base64!","url":"http://bot.test","dialog":{"title":"T"}}`},
	{"interactive_message.decode_trigger_id.missing_data", "400", "400", noRoute,
		`nobody POST /actions/dialogs/open {"trigger_id":"b25seTpvbmU=","url":"http://bot.test","dialog":{"title":"T"}}`},
	{"interactive_message.decode_trigger_id.expired", "400", "400", noRoute,
		`nobody POST /actions/dialogs/open {"trigger_id":"YTpiOjE1MDAwMDAwMDAwMDA6c2ln","url":"http://bot.test","dialog":{"title":"T"}}`},
	{"interactive_message.decode_trigger_id.base64_decode_failed_signature", "400", "400", noRoute,
		`nobody POST /actions/dialogs/open {"trigger_id":"YTpiOjk5OTk5OTk5OTk5OTk6ISEh","url":"http://bot.test","dialog":{"title":"T"}}`},
	{"interactive_message.decode_trigger_id.signature_decode_failed", "400", "400", noRoute,
		`nobody POST /actions/dialogs/open {"trigger_id":"YTpiOjk5OTk5OTk5OTk5OTk6WVdKag==","url":"http://bot.test","dialog":{"title":"T"}}`},
	{"interactive_message.decode_trigger_id.verify_signature_failed", "400", "400", noRoute,
		`nobody POST /actions/dialogs/open {"trigger_id":"YTpiOjk5OTk5OTk5OTk5OTk6TUFZQ0FRRUNBUUU9","url":"http://bot.test","dialog":{"title":"T"}}`},
	{"app.submit_interactive_dialog.read_body_error", "500", "200", noRoute, `alice POST /actions/dialogs/submit {"url":"http://bot.test/?cut",` + submit + `}`},
	{"app.submit_interactive_dialog.decode_json_error", "500", "200", noRoute, `alice POST /actions/dialogs/submit {"url":"http://bot.test/?body=x",` + submit + `}`},
	{"app.submit_interactive_dialog.invalid_response", "400", "200", noRoute,
		`alice POST /actions/dialogs/submit {"url":"http://bot.test/?body=%7B%22type%22:%22form%22%7D",` + submit + `}`},
	{"app.lookup_interactive_dialog.decode_json_error", "500", noRoute, noRoute, `alice POST /actions/dialogs/lookup {"url":"http://bot.test/?body=x",` + submit + `}`},
	{"web.command_webhook.parse.app_error", "400", "400", "400 page", delayed + `nobody POST //hooks/commands/{later} {"text":`},
	{"web.command_webhook.general.app_error", "404", "404 app.command_webhook.get.missing", "404 page", `nobody POST //hooks/commands/{unknown} {"text":"x"}`},
	{"web.command_webhook.command.app_error", "400 web.command_webhook.general.app_error", "400", "400 page", delayed + `
		admin DELETE /commands/{command}
		nobody POST //hooks/commands/{later} {"text":"x"}`},
	{"app.command_webhook.get.missing", "404 web.command_webhook.general.app_error", "404", "404 page", `nobody POST //hooks/commands/{unknown} {"text":"x"}`},
	{"app.command_webhook.try_use.invalid", "400 web.command_webhook.general.app_error", "400", "400 page", delayed + strings.Repeat("nobody POST //hooks/commands/{later} {\"text\":\"x\"}\n", 6)},
}

var socketErrors = []errorID{
	{"api.web_socket.connect.upgrade.app_error", "400", "400", "400", `alice GET /websocket`},
	{"api.web_socket_router.no_action.app_error", "400", "400", "400", `alice SEND {"seq":1}`},
	{"api.web_socket_router.bad_seq.app_error", "400", "400", "400", `alice SEND {"action":"ping"}`},
	{"api.web_socket_router.not_authenticated.app_error", "401", "401", "401", `
		alice SEND {"action":"ping","seq":1}
		admin POST /users/{alice}/sessions/revoke/all
		alice SEND {"action":"ping","seq":2}`},
	{"api.web_socket_router.bad_action.app_error", "500", "500", "500", `alice SEND {"action":"dance","seq":1}`},
	{"api.websocket_handler.invalid_param.app_error", "400", "400", "400", `alice SEND {"action":"get_statuses_by_ids","seq":1}`},
	{"api.websocket_handler.server_busy.app_error", "503", "503", "200", `
		admin POST /server_busy?seconds=60 {}
		alice SEND {"action":"user_typing","seq":1,"data":{"channel_id":"{dev}"}}`},
	{"api.license.client.old_format.app_error", "400", "501", "501", `nobody GET /license/client`},
	{"api.config.client.old_format.app_error", "200", "501", "501", `nobody GET /config/client`},
	{"api.drafts.disabled.app_error", "501", "404 api.context.404.app_error", "404 api.context.404.app_error", `
		set ServiceSettings.AllowSyncedDrafts false
		alice POST /drafts {"channel_id":"{dev}","message":"x"}`},
}
