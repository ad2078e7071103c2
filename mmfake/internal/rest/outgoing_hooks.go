package rest

import (
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

var outgoingHookRoutes = []route{
	{pattern: "POST /api/v4/hooks/outgoing", serve: createOutgoingHook, flags: created},
	{pattern: "GET /api/v4/hooks/outgoing", serve: listOutgoingHooks},
	{pattern: "GET /api/v4/hooks/outgoing/{hook_id}", serve: getOutgoingHook},
	{pattern: "PUT /api/v4/hooks/outgoing/{hook_id}", serve: updateOutgoingHook},
	{pattern: "DELETE /api/v4/hooks/outgoing/{hook_id}", serve: deleteOutgoingHook},
	{pattern: "POST /api/v4/hooks/outgoing/{hook_id}/regen_token", serve: regenOutgoingToken},
}

func createOutgoingHook(c *call) (any, error) {
	var in model.OutgoingWebhook
	if err := c.decode(&in, "hook"); err != nil {
		return nil, err
	}
	return c.world().CreateOutgoingWebhook(c.session, in)
}

func updateOutgoingHook(c *call) (any, error) {
	var in model.OutgoingWebhook
	if err := c.decode(&in, "hook"); err != nil {
		return nil, err
	}
	if in.ID != c.param("hook_id") && c.has(versions.HookIDMatches) {
		return nil, world.ErrBodyParam.With("hook_id: the one of the URL")
	}
	return c.world().UpdateOutgoingWebhook(c.session, c.param("hook_id"), in)
}

func getOutgoingHook(c *call) (any, error) {
	return c.world().OutgoingWebhook(c.session, c.param("hook_id"))
}

func regenOutgoingToken(c *call) (any, error) {
	return c.world().RegenerateOutgoingToken(c.session, c.param("hook_id"))
}

func deleteOutgoingHook(c *call) (any, error) {
	return done{}, c.world().DeleteOutgoingWebhook(c.session, c.param("hook_id"))
}

func listOutgoingHooks(c *call) (any, error) {
	return c.world().OutgoingWebhooks(c.session, c.query("team_id"), c.query("channel_id"), c.page())
}
