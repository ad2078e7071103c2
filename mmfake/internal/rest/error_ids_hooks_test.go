package rest_test

// Errors of webhooks and slash commands. What a request to an incoming webhook fails with
// has one id for all today, and the status of what went wrong.

const (
	hooked     = "hook=id admin POST /hooks/incoming {\"channel_id\":\"{dev}\",\"display_name\":\"CI\"}\n"
	wrapped    = "web.incoming_webhook.general.app_error"
	parseData  = "model.incoming_hook.parse_data.app_error"
	outgoing   = `{"team_id":"{team}","channel_id":"{dev}","trigger_words":["go"],"callback_urls":["http://bot.test"]}`
	outHooked  = "hook=id admin POST /hooks/outgoing " + outgoing + "\n"
	commanding = "command=id admin POST /commands {\"team_id\":\"{team}\",\"trigger\":\"deploy\",\"method\":\"P\",\"url\":\"http://bot.test/\"}\n"
)

var incomingErrors = []errorID{
	{"api.incoming_webhook.disabled.app_error", "501", "501", "501", `
		set ServiceSettings.EnableIncomingWebhooks false
		admin POST /hooks/incoming {"channel_id":"{dev}"}`},
	{"api.incoming_webhook.invalid_username.app_error", "400", "400", "400", `admin POST /hooks/incoming {"channel_id":"{dev}","username":"Not A Name!"}`},
	{"api.webhook.team_mismatch.app_error", "400", "400", "400", hooked + `
		admin PUT /hooks/incoming/{hook} {"id":"{hook}","channel_id":"{dev}","team_id":"{unknown}"}`},
	{"app.webhooks.get_incoming.app_error", "404", "404", "404 store.sql_webhooks.get_incoming.app_error", `admin GET /hooks/incoming/{unknown}`},
	{"model.incoming_hook.parse_data.app_error", "400 web.incoming_webhook.decode.app_error", "400", "400 page", hooked + `nobody POST //hooks/{hook} {"text":`},
	{"model.incoming_hook.display_name.app_error", "400", "400", "400", `admin POST /hooks/incoming {"channel_id":"{dev}","display_name":"{x*65}"}`},
	{"model.incoming_hook.description.app_error", "400", "400", "400", `admin POST /hooks/incoming {"channel_id":"{dev}","description":"{x*501}"}`},
	{"model.incoming_hook.icon_url.app_error", "400", "400", "400", `admin POST /hooks/incoming {"channel_id":"{dev}","icon_url":"http://a.test/{x*1024}"}`},
	{"web.incoming_webhook.disabled.app_error", "501 " + wrapped, "501", "501 page", hooked + `
		set ServiceSettings.EnableIncomingWebhooks false
		nobody POST //hooks/{hook} {"text":"x"}`},
	{"web.incoming_webhook.parse.app_error", "400 " + wrapped, "400 web.incoming_webhook.text.app_error", "400 page", hooked + `nobody POST //hooks/{hook} null`},
	{"web.incoming_webhook.text.app_error", "400 " + wrapped, "400", "400 page", hooked + `nobody POST //hooks/{hook} {"text":""}`},
	{"web.incoming_webhook.invalid.app_error", "400 " + wrapped, "400", "400 page", `nobody POST //hooks/{unknown} {"text":"x"}`},
	{"web.incoming_webhook.user.app_error", "400 " + wrapped, "400", "400 page", hooked + `nobody POST //hooks/{hook} {"text":"x","channel":"@nobody"}`},
	{"web.incoming_webhook.channel.app_error", "404 " + wrapped, "404", "404 page", hooked + `nobody POST //hooks/{hook} {"text":"x","channel":"nothing"}`},
	{"web.incoming_webhook.channel_locked.app_error", "403 " + wrapped, "403", "403 page", `
		hook=id admin POST /hooks/incoming {"channel_id":"{dev}","channel_locked":true}
		nobody POST //hooks/{hook} {"text":"x","channel":"town-square"}`},
	{"web.incoming_webhook.permissions.app_error", "403 " + wrapped, "403", "403 page", `
		admin PUT /teams/{team}/members/{bob}/roles {"roles":"team_user team_admin"}
		hook=id bob POST /hooks/incoming {"channel_id":"{dev}"}
		nobody POST //hooks/{hook} {"text":"x","channel":"secret"}`},
	{"web.incoming_webhook.split_props_length.app_error", "400 " + wrapped, "400", "400 page", hooked + `
		set ServiceSettings.MaximumPayloadSizeBytes 1000000
		nobody POST //hooks/{hook} {"text":"x","props":{"p":"{x*760000}"}}`},
	{"web.incoming_webhook.decode.app_error", "400", "400 " + parseData, "400 page", hooked + `nobody POST //hooks/{hook} {"text":5}`},
	{"web.incoming_webhook.parse_form.app_error", "400", "400 " + parseData, "400 page", hooked + `
		nobody POST //hooks/{hook} payload=%zz -- Content-Type: application/x-www-form-urlencoded`},
	{"web.incoming_webhook.parse_multipart.app_error", "400", "400 web.incoming_webhook.text.app_error", "400 page", hooked + `
		nobody POST //hooks/{hook} garbage -- Content-Type: multipart/form-data; boundary=xyz`},
	{"web.incoming_webhook.general.app_error", "404", "404 web.incoming_webhook.channel.app_error", "404 page", hooked + `
		nobody POST //hooks/{hook} {"text":"x","channel":"#"}`},
	{"api.post.create_webhook_post.creating.app_error", "500 " + wrapped, "500", "500 page", hooked + `nobody POST //hooks/{hook} {"text":"x","type":"poll"}`},
}

var outgoingErrors = []errorID{
	{"api.outgoing_webhook.disabled.app_error", "501", "501", "501", `
		set ServiceSettings.EnableOutgoingWebhooks false
		admin POST /hooks/outgoing ` + outgoing},
	{"api.webhook.create_outgoing.triggers.app_error", "400", "400", "400", `admin POST /hooks/outgoing {"team_id":"{team}","callback_urls":["http://bot.test"]}`},
	{"api.webhook.create_outgoing.permissions.app_error", "403", "403", "403", `
		squad=id admin POST /teams {"name":"squad","display_name":"Squad","type":"O"}
		admin POST /hooks/outgoing {"team_id":"{squad}","channel_id":"{dev}","callback_urls":["http://bot.test"]}`},
	{"api.webhook.create_outgoing.not_open.app_error", "403", "403", "403", outHooked + `
		admin PUT /hooks/outgoing/{hook} {"id":"{hook}","team_id":"{team}","channel_id":"{secret}","trigger_words":["go"],"callback_urls":["http://bot.test"]}`},
	{"api.webhook.create_outgoing.intersect.app_error", "500", "500", "500", outHooked + `admin POST /hooks/outgoing ` + outgoing},
	{"api.webhook.update_outgoing.intersect.app_error", "400", "400", "400", outHooked + `
		other=id admin POST /hooks/outgoing {"team_id":"{team}","channel_id":"{dev}","trigger_words":["stop"],"callback_urls":["http://bot.test"]}
		admin PUT /hooks/outgoing/{other} {"id":"{other}","team_id":"{team}","channel_id":"{dev}","trigger_words":["go"],"callback_urls":["http://bot.test"]}`},
	{"app.webhooks.get_outgoing.app_error", "404", "404", "500 store.sql_webhooks.get_outgoing.app_error", `admin GET /hooks/outgoing/{unknown}`},
	{"model.outgoing_hook.is_valid.callback.app_error", "400", "400", "400", `admin POST /hooks/outgoing {"team_id":"{team}","channel_id":"{dev}"}`},
	{"model.outgoing_hook.is_valid.url.app_error", "400", "400", "400", `admin POST /hooks/outgoing {"team_id":"{team}","channel_id":"{dev}","callback_urls":["nowhere"]}`},
	{"model.outgoing_hook.is_valid.trigger_words.app_error", "400", "400", "400",
		`admin POST /hooks/outgoing {"team_id":"{team}","channel_id":"{dev}","trigger_words":[""],"callback_urls":["http://bot.test"]}`},
	{"model.outgoing_hook.is_valid.content_type.app_error", "400", "400", "400",
		`admin POST /hooks/outgoing {"team_id":"{team}","channel_id":"{dev}","trigger_when":2,"callback_urls":["http://bot.test"]}`},
}

var commandErrors = []errorID{
	{"api.command.disabled.app_error", "501", "501", "501", `
		set ServiceSettings.EnableCommands false
		admin POST /commands {"team_id":"{team}","trigger":"deploy","method":"P","url":"http://bot.test/"}`},
	{"api.command.duplicate_trigger.app_error", "400", "400", "400", `admin POST /commands {"team_id":"{team}","trigger":"shrug","method":"P","url":"http://bot.test/"}`},
	{"api.command.team_mismatch.app_error", "400", "400", "400", commanding + `
		squad=id admin POST /teams {"name":"squad","display_name":"Squad","type":"O"}
		admin PUT /commands/{command} {"id":"{command}","team_id":"{squad}","trigger":"deploy","method":"P","url":"http://bot.test/"}`},
	{"api.command.execute_command.start.app_error", "400", "400", "400", `alice POST /commands/execute {"channel_id":"{dev}","command":"deploy"}`},
	{"api.command.execute_command.not_found.app_error", "404", "404", "404", `alice POST /commands/execute {"channel_id":"{dev}","command":"/deploy"}`},
	{"api.command.execute_command.failed.app_error", "500", "500", "500", `
		admin POST /commands {"team_id":"{team}","trigger":"deploy","method":"P","url":"http://bot.test/?body=nonsense"}
		alice POST /commands/execute {"channel_id":"{dev}","command":"/deploy"}`},
	{"api.command.execute_command.failed_resp.app_error", "500", "500", "500", `
		admin POST /commands {"team_id":"{team}","trigger":"deploy","method":"P","url":"http://bot.test/?status=201"}
		alice POST /commands/execute {"channel_id":"{dev}","command":"/deploy"}`},
	{"api.command.execute_command.failed_empty.app_error", "500", "500", "500", `
		admin POST /commands {"team_id":"{team}","trigger":"deploy","method":"P","url":"http://bot.test/?type=text/plain&cut"}
		alice POST /commands/execute {"channel_id":"{dev}","command":"/deploy"}`},
	{"api.command.execute_command.create_post_failed.app_error", "500", "500", "200", `
		admin POST /commands {"team_id":"{team}","trigger":"deploy","method":"P","url":"http://bot.test/?body=%7B%22response_type%22:%22in_channel%22,%22type%22:%22system_x%22%7D"}
		alice POST /commands/execute {"channel_id":"{dev}","command":"/deploy"}`},
	{"api.command.execute_command.deleted.error", "400", "400", "200", `
		admin DELETE /channels/{dev}
		alice POST /commands/execute {"channel_id":"{dev}","command":"/shrug"}`},
	{"store.sql_command.save.get.app_error", "404", "404", "404", `admin DELETE /commands/{unknown}`},
	{"model.command.is_valid.trigger.app_error", "400", "400", "400", `admin POST /commands {"team_id":"{team}","trigger":"two words","method":"P","url":"http://bot.test/"}`},
	{"model.command.is_valid.url.app_error", "400", "400", "400", `admin POST /commands {"team_id":"{team}","trigger":"deploy","method":"P"}`},
	{"model.command.is_valid.url_http.app_error", "400", "400", "400", `admin POST /commands {"team_id":"{team}","trigger":"deploy","method":"P","url":"ftp://bot.test/"}`},
	{"model.command.is_valid.method.app_error", "400", "400", "400", `admin POST /commands {"team_id":"{team}","trigger":"deploy","method":"POST","url":"http://bot.test/"}`},
	{"model.command.is_valid.display_name.app_error", "400", "400", "400",
		`admin POST /commands {"team_id":"{team}","trigger":"deploy","method":"P","url":"http://bot.test/","display_name":"{x*65}"}`},
	{"model.command.is_valid.description.app_error", "400", "400", "400",
		`admin POST /commands {"team_id":"{team}","trigger":"deploy","method":"P","url":"http://bot.test/","description":"{x*129}"}`},
}
