package world

import (
	"errors"
	"fmt"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// A Problem is an error of the real server: its status and id, which are the
// interface, and our own words, which say what to do. The words may hold verbs
// of package fmt.
type Problem struct {
	status int
	id     string
	text   string
}

// NewProblem makes a Problem, for the packages above.
func NewProblem(status int, id, text string) Problem { return Problem{status, id, text} }

// With makes the error, with args for the verbs in its words. A missing permission is
// its detail, which only a server in developer mode shows (facts 2.11).
func (p Problem) With(args ...any) error {
	e := &model.AppError{ID: p.id, Message: p.text, StatusCode: p.status}
	if len(args) > 0 {
		e.Message = fmt.Sprintf(p.text, args...)
		if missing, ok := args[0].(Permission); ok && p.id == ErrPermission.id {
			e.DetailedError = "permission=" + string(missing)
		}
	}
	return e
}

// Is says whether an error is this problem.
func (p Problem) Is(err error) bool {
	e, ok := errors.AsType[*model.AppError](err)
	return ok && e.ID == p.id
}

// ID is the id that errors of this kind have.
func (p Problem) ID() string { return p.id }

// General problems.
var (
	ErrPermission = Problem{403, "api.context.permissions.app_error", "This user may not do that: the permission %s is missing."}
	ErrBodyParam  = Problem{400, "api.context.invalid_body_param.app_error", "The request body has no valid %s: give one."}
	errParam      = Problem{400, "api.context.invalid_param.app_error", "The parameter %s is not valid."}
	ErrURLParam   = Problem{400, "api.context.invalid_url_param.app_error", "The URL has no valid %s: give one."}
	ErrSession    = Problem{401, "api.context.session_expired.app_error", "There is no valid session: log in, or send a token that is not revoked."}
	ErrQueryToken = Problem{401, "api.context.token_provided.app_error", "A token in the query string works for OAuth sessions only: send it in the Authorization header."}
	ErrPayload    = Problem{400, "api.payload.parse.error", "The request body is not the JSON that this endpoint takes."}
)
