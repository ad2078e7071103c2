package rest

import (
	"errors"
	"net/http"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// fail sends an error. One that is not the real server's would be a mistake of
// the fake's, and says so.
func (c *call) fail(err error) {
	problem, ok := errors.AsType[*model.AppError](err)
	if !ok {
		problem, _ = errors.AsType[*model.AppError](errEncoding.With(err))
	}
	c.failWith(problem)
}

// failWith sends an error with the id of the request, which is also in its header.
// A hardened server tells nothing of what is its own fault (facts 1.4).
func (c *call) failWith(problem *model.AppError) {
	problem = c.world().Version().Error(problem)
	if problem.StatusCode >= 500 && c.config.EnableHardenedMode && problem.ID != notImplementedID {
		problem = &model.AppError{Message: "The server could not do that.", StatusCode: http.StatusInternalServerError}
	}
	c.status = problem.StatusCode
	switch {
	case c.tellsErrorsInPages():
		c.send(typeHTML, errorPage(problem))
		return
	case c.lost && !c.has(versions.NotFoundInJSON):
		c.setHeaders(typeText)
	default:
		c.setHeaders(typeJSON)
	}
	c.write(c.encodeProblem(problem))
}

// tellsErrorsInPages says whether the client is taken for a browser: it is outside the
// API, and of old servers in webhooks too (facts 1.4).
func (c *call) tellsErrorsInPages() bool {
	if c.route == nil || c.r.Header.Get("X-Mobile-App") != "" {
		return false
	}
	return c.route.flags.has(errorPages) || c.kind() == recorder.KindWebhook && !c.has(versions.HookErrorsInJSON)
}

// encodeProblem writes an error as the body of an answer, whose headers are set.
func (c *call) encodeProblem(problem *model.AppError) []byte {
	shown := *problem
	if !c.lost {
		shown.DetailedError = c.detail(problem)
		if id := c.w.Header()["X-Request-Id"]; len(id) > 0 {
			shown.RequestID = id[0]
		}
	}
	body, err := c.encode(&shown)
	if err != nil {
		panic("rest: an error always encodes: " + err.Error())
	}
	return body
}

// detail is what a server in developer mode tells of an error besides its words, ""
// where it is in none.
func (c *call) detail(problem *model.AppError) string {
	switch {
	case !c.config.EnableDeveloper:
		return ""
	case problem.ID == world.ErrPermission.ID() && c.session != nil:
		return "userId=" + c.session.UserID + ", " + problem.DetailedError
	case problem.ID == world.ErrSession.ID():
		return c.noSession
	}
	return problem.DetailedError
}
