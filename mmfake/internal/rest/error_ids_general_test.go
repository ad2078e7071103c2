package rest_test

// Errors of requests as such, of logins and of users, and what old servers say instead.

var generalErrors = []errorID{
	{"api.context.404.app_error", "404", "404", "404", `alice GET /nothing`},
	{"api.context.invalid_body_param.app_error", "400", "400", "400", `alice PUT /users/me/preferences {}`},
	{"api.context.invalid_param.app_error", "400", "400", "400", `alice POST /posts {"channel_id":"{dev}","type":"system_join_channel"}`},
	{"api.context.invalid_url_param.app_error", "400", "400", "400", `alice GET /posts/short`},
	{"api.context.permissions.app_error", "403", "403", "403", `bob GET /channels/{secret}`},
	{"api.context.session_expired.app_error", "401", "401", "401", `nobody GET /users/me`},
	{"api.context.token_provided.app_error", "401", "401", "401", `nobody GET /users/me?access_token={alice.token}`},
	{"api.context.request_body_too_large.app_error", "413", "400 model.post.is_valid.msg.app_error", "400 model.post.is_valid.msg.app_error",
		`alice POST /posts {"channel_id":"{dev}","message":"{x*301000}"}`},
	{"api.context.server_busy.app_error", "503", "503", "200", `
		admin POST /server_busy?seconds=60 {}
		alice POST /users/search {"term":"alice"}`},
	{"basic_security_check.url.too_long_error", "414", "200", "200", `nobody GET /system/ping?{x*2048}`},
	{"api.payload.parse.error", "400", "400 api.context.invalid_body_param.app_error", "400 api.context.invalid_body_param.app_error",
		`alice POST /users/ids {"not":"a list"}`},
	{"api.license_error", "501", "501 api.ldap_groups.license_error", "404 api.context.404.app_error", `alice GET /groups`},
	{"license_error.feature_unavailable", "501", "201", "201",
		`alice POST /posts {"channel_id":"{dev}","message":"x","metadata":{"priority":{"priority":"urgent","requested_ack":true}}}`},
}

var loginErrors = []errorID{
	{"api.user.login.blank_pwd.app_error", "400", "400", "400", `nobody POST /users/login {"login_id":"alice"}`},
	{"api.user.login.bot_login_forbidden.app_error", "401", "401", "400 store.sql_user.get_for_login.app_error", `
		admin POST /bots {"username":"robot"}
		nobody POST /users/login {"login_id":"robot","password":"x"}`},
	{"api.user.login.inactive.app_error", "401", "401", "401", `
		admin PUT /users/{alice}/active {"active":false}
		nobody POST /users/login {"login_id":"alice","password":"{alice.password}"}`},
	{"api.user.login.not_verified.app_error", "401", "401", "401", `
		set EmailSettings.RequireEmailVerification true
		nobody POST /users/login {"login_id":"alice","password":"{alice.password}"}`},
	{"api.user.login.invalid_credentials_email_username", "401", "401", "401 api.user.check_user_password.invalid.app_error",
		`nobody POST /users/login {"login_id":"alice","password":"wrong"}`},
	{"api.user.login.invalid_credentials_email", "401", "401", "400 store.sql_user.get_for_login.app_error", `
		set EmailSettings.EnableSignInWithUsername false
		nobody POST /users/login {"login_id":"alice","password":"{alice.password}"}`},
	{"api.user.login.invalid_credentials_username", "401", "401", "400 store.sql_user.get_for_login.app_error", `
		set EmailSettings.EnableSignInWithEmail false
		nobody POST /users/login {"login_id":"carol@example.com","password":"Passw0rd!carol"}`},
	{"api.user.login.invalid_credentials", "401 api.user.login.invalid_credentials_email_username", "401 api.user.login.invalid_credentials_email_username", "401", `
		set ServiceSettings.ExperimentalEnableHardenedMode true
		nobody POST /users/login {"login_id":"alice","password":"wrong"}`},
	{"api.user.check_user_password.invalid.app_error", "401", "401", "200", `
		alice PUT /users/me/patch {"email":"other@example.com","password":"wrong"}`},
	{"api.user.check_user_login_attempts.too_many.app_error", "401", "401", "401", `
		set ServiceSettings.MaximumLoginAttempts 1
		nobody POST /users/login {"login_id":"alice","password":"wrong"}
		nobody POST /users/login {"login_id":"alice","password":"{alice.password}"}`},
	{"store.sql_user.get_for_login.app_error", "401 api.user.login.invalid_credentials_email_username", "401 api.user.login.invalid_credentials_email_username", "400",
		`nobody POST /users/login {"login_id":"nobody","password":"x"}`},
	{"app.user_access_token.disabled", "501", "501", "501", `
		set ServiceSettings.EnableUserAccessTokens false
		admin POST /users/{alice}/tokens {"description":"x"}`},
}

var userErrors = []errorID{
	{"app.user.missing_account.const", "404", "404", "404 store.sql_user.missing_account.const", `alice GET /users/{unknown}`},
	{"app.user.get_by_username.app_error", "404", "404", "404 store.sql_user.get_by_username.app_error", `alice GET /users/username/nobody`},
	{"app.user.save.email_exists.app_error", "400", "400", "400 store.sql_user.save.email_exists.app_error",
		`admin POST /users {"username":"dora","email":"carol@example.com","password":"Passw0rd!dora"}`},
	{"app.user.save.username_exists.app_error", "400", "400", "400 store.sql_user.save.username_exists.app_error",
		`admin POST /users {"username":"alice","email":"dora@example.com","password":"Passw0rd!dora"}`},
	{"api.user.create_user.no_open_server", "403", "403", "403", `
		set TeamSettings.EnableOpenServer false
		nobody POST /users {"username":"dora","email":"dora@example.com","password":"Passw0rd!dora"}`},
	{"api.user.create_user.signup_email_disabled.app_error", "501", "501", "501", `
		set TeamSettings.EnableUserCreation false
		nobody POST /users {"username":"dora","email":"dora@example.com","password":"Passw0rd!dora"}`},
	{"model.user.is_valid.username.app_error", "400", "400", "400", `admin POST /users {"username":"two words","email":"dora@example.com","password":"Passw0rd!dora"}`},
	{"model.user.is_valid.email.app_error", "400", "400", "400", `admin POST /users {"username":"dora","email":"","password":"Passw0rd!dora"}`},
	{"model.user.is_valid.locale.app_error", "400", "400", "200", `alice PUT /users/me/patch {"locale":"xx"}`},
	{"model.user.is_valid.password_limit.app_error", "400", "400", "400", `
		created=create_at carol GET /users/me
		carol PUT /users/{carol} {"id":"{carol}","create_at":{created},"username":"carol","email":"carol@example.com","password":"{x*73}"}`},
	{"api.status.user_not_found.app_error", "404", "404", "404", `
		set ServiceSettings.EnableUserStatuses false
		alice GET /users/{bob}/status`},
	{"api.bot.create_disabled", "403", "403", "404 api.context.404.app_error", `
		set ServiceSettings.EnableBotAccountCreation false
		admin POST /bots {"username":"robot"}`},
	{"store.sql_bot.get.missing.app_error", "404", "404", "404 api.context.404.app_error", `admin GET /bots/{alice}`},
	{"model.bot.is_valid.username.app_error", "400", "400 model.user.is_valid.username.app_error", "404 api.context.404.app_error",
		`admin POST /bots {"username":"two words"}`},
	{"api.preference.preferences_category.get.app_error", "404", "404", "404", `alice GET /users/me/preferences/mine`},
}

// silentErrors are those that no request to the fake provokes, and why.
var silentErrors = []silent{
	{"api.context.invalid_token.error", "the real server keeps it to itself: whoever sends such a token hears session_expired"},
	{"app.user_access_token.invalid_or_missing", "likewise"},
	{"api.context.get_session.app_error", "its database has failed"},
	{"api.context.json_encoding.app_error", "an answer could not be encoded: the fake's own mistake"},
	{"api.marshal_error", "likewise"},
	{"api.unmarshal_error", "only endpoints that need a licence say it"},
	{"api.context.mfa_required.app_error", "second factors need a licence to be demanded"},
	{"api.user.check_user_mfa.bad_code.app_error", "the fake has no second factors"},
	{"api.user.login.invalid_credentials_sso", "the fake knows passwords only"},
	{"api.channel.leave.direct.app_error", "the endpoint says remove_channel_member.type first, and /leave says it in words"},
	{"api.post.deduplicate_create_post.pending", "the fake makes a post in one step, so that none is ever half made"},
	{"api.post.update_post.find.app_error", "permissions are checked first, and an unknown post gives none"},
	{"api.post.update_post.permissions_details.app_error", "likewise: the post is deleted"},
	{"model.post.is_valid.root_id.app_error", "the root is looked up first: root_id says that there is none"},
	{"model.post.is_valid.channel_id.app_error", "likewise: nobody may post to a channel that does not exist"},
	{"model.incoming_hook.username.app_error", "so long a name is no user name, which is checked first"},
	{"model.incoming_hook.channel_id.app_error", "the channel is looked up first"},
	{"web.incoming_webhook.media_type.app_error", "such a Content-Type fails as a form first (recorded from 11.6.0)"},
	{"api.command.execute_command.site_url_required.app_error", "the fake always has a site URL"},
	{"api.command.command_post.forbidden.app_error", "it is told as create_post_failed"},
	{"app.submit_interactive_dialog.json_error", "what the server sends to the integration could not be encoded"},
}
