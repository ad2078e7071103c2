package rest

import (
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

var incomingHookRoutes = []route{
	{pattern: "POST /api/v4/hooks/incoming", serve: createIncomingHook, flags: created},
	{pattern: "GET /api/v4/hooks/incoming", serve: listIncomingHooks},
	{pattern: "GET /api/v4/hooks/incoming/{hook_id}", serve: getIncomingHook},
	{pattern: "PUT /api/v4/hooks/incoming/{hook_id}", serve: updateIncomingHook, flags: created},
	{pattern: "DELETE /api/v4/hooks/incoming/{hook_id}", serve: deleteIncomingHook},
}

func createIncomingHook(c *call) (any, error) {
	var in model.IncomingWebhook
	if err := c.decode(&in, "hook"); err != nil {
		return nil, err
	}
	return c.world().CreateIncomingWebhook(c.session, in)
}

func updateIncomingHook(c *call) (any, error) {
	var in model.IncomingWebhook
	if err := c.decode(&in, "hook"); err != nil {
		return nil, err
	}
	if !c.has(versions.HookIDMatches) {
		in.ID = c.param("hook_id")
	}
	if in.ID != c.param("hook_id") {
		return nil, world.ErrBodyParam.With("hook_id: the one of the URL")
	}
	return c.world().UpdateIncomingWebhook(c.session, in)
}

func getIncomingHook(c *call) (any, error) {
	return c.world().IncomingWebhook(c.session, c.param("hook_id"))
}

func deleteIncomingHook(c *call) (any, error) {
	return done{}, c.world().DeleteIncomingWebhook(c.session, c.param("hook_id"))
}

func listIncomingHooks(c *call) (any, error) {
	list, total, err := c.world().IncomingWebhooks(c.session, c.query("team_id"), c.page())
	if err != nil {
		return nil, err
	}
	if c.queryBool("include_total_count") && c.has(versions.HookTotals) {
		return model.IncomingWebhooksWithCount{Webhooks: list, TotalCount: int64(total)}, nil
	}
	return list, nil
}
