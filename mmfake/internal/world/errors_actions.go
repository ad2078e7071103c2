package world

// Interactive messages and dialogs. The real server has one id for all that an
// integration can do wrong; the words say what it did.
var (
	errActionUnknown     = Problem{404, "api.post.do_action.action_id.app_error", "The post has no button or menu with the id %s that calls an integration."}
	errActionIntegration = Problem{400, "api.post.do_action.action_integration.app_error", "The integration behind it failed: %s."}
	errActionCookie      = Problem{400, "api.post.do_action.action_integration.app_error", "The cookie is not one of the post's: send the one that stands in its action."}

	errDialogAnswer      = Problem{500, "app.submit_interactive_dialog.decode_json_error", "The integration's answer to the dialog cannot be read: %s."}
	errDialogBrokeOff    = Problem{500, "app.submit_interactive_dialog.read_body_error", "The integration's answer to the dialog cannot be read: %s."}
	errDialogAnswerType  = Problem{400, "app.submit_interactive_dialog.invalid_response", "The integration's answer to the dialog makes no sense: %s."}
	errDialogLookupReply = Problem{500, "app.lookup_interactive_dialog.decode_json_error", "The integration's answer to the lookup cannot be read: %s."}
)
