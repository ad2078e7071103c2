package socket

import "github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"

// What a request on the websocket may end with (facts 11.2).
var (
	errNoAction         = world.NewProblem(400, "api.web_socket_router.no_action.app_error", "The message has no action: say what to do.")
	errBadSeq           = world.NewProblem(400, "api.web_socket_router.bad_seq.app_error", "The message has no seq above 0: number your messages from 1.")
	errNotAuthenticated = world.NewProblem(401, "api.web_socket_router.not_authenticated.app_error", "The connection has no valid session: send an authentication_challenge with a token that is not revoked.")
	errBadAction        = world.NewProblem(500, "api.web_socket_router.bad_action.app_error", "The server knows no such action: check its name.")
	errBusy             = world.NewProblem(503, "api.websocket_handler.server_busy.app_error", "The server is marked as busy and does without this.")
	errInvalidParam     = world.NewProblem(400, "api.websocket_handler.invalid_param.app_error", "The parameter %s is missing or not valid: look it up in the description of the action.")
)
