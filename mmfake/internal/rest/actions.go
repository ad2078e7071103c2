package rest

import (
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// Interactive messages and dialogs. Their answers come after the integration's.
var actionRoutes = []route{
	{pattern: "POST /api/v4/posts/{post_id}/actions/{action_id}", serve: click},
	{pattern: "POST /api/v4/actions/dialogs/open", serve: openDialog, flags: open},
	{pattern: "POST /api/v4/actions/dialogs/submit", serve: submitDialog},
	{pattern: "POST /api/v4/actions/dialogs/lookup", serve: lookupDialog},
}

func click(c *call) (any, error) {
	if !c.world().RoutesAction(c.param("action_id")) {
		return nil, world.ErrURLParam.With("action_id: 26 letters and digits")
	}
	var in model.DoActionRequest
	if body, err := c.readBody(); err == nil {
		c.decodeFirst(body, &in) // what cannot be read of it is as good as missing
	}
	pressed, _, err := c.api.Outgoing.Click(c.session, c.param("post_id"), c.param("action_id"), in)
	if err != nil {
		return nil, err
	}
	return pressed.Result()
}

func openDialog(c *call) (any, error) {
	var in model.OpenDialogRequest
	if err := c.decodeTyped(&in, "dialog"); err != nil {
		return nil, err
	}
	return done{}, c.world().OpenDialog(in)
}

func submitDialog(c *call) (any, error) {
	var in model.DialogSubmission
	if err := c.decodeTyped(&in, "submission"); err != nil {
		return nil, err
	}
	answer, _, err := c.api.Outgoing.SubmitDialog(c.session, in)
	return answer, err
}

func lookupDialog(c *call) (any, error) {
	var in model.DialogSubmission
	if err := c.decodeTyped(&in, "submission"); err != nil {
		return nil, err
	}
	answer, _, err := c.api.Outgoing.LookupDialog(c.session, in)
	return answer, err
}
