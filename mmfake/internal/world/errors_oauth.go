package world

// OAuth apps.
var (
	errOAuthUnknown     = Problem{404, "app.oauth.get_app.find.app_error", "There is no OAuth app with that id."}
	errOAuthOff         = Problem{501, "api.oauth.allow_oauth.turn_off.app_error", "The server is no OAuth provider."}
	errOAuthRegisterOff = Problem{501, "api.oauth.register_oauth_app.turn_off.app_error", "The server is no OAuth provider."}
	errOAuthName        = Problem{400, "model.oauth.is_valid.name.app_error", "An OAuth app's name has 1 to 64 characters."}
	errOAuthCallback    = Problem{400, "model.oauth.is_valid.callback.app_error", "An OAuth app has callback_urls, http or https, of up to 1024 characters together."}
	errOAuthHomepage    = Problem{400, "model.oauth.is_valid.homepage.app_error", "An OAuth app's homepage is an http or https URL of up to 256 characters."}
	errOAuthDescription = Problem{400, "model.oauth.is_valid.description.app_error", "An OAuth app's description has up to 512 characters."}
	errOAuthIcon        = Problem{400, "model.oauth.is_valid.icon_url.app_error", "An OAuth app's icon_url is an http or https URL of up to 512 characters."}
)
