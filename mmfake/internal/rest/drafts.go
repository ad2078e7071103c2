package rest

import "github.com/seed-a46829e6/mattermost-fake/mmfake/model"

var draftRoutes = []route{
	{pattern: "POST /api/v4/drafts", serve: putDraft, flags: created},
	{pattern: "GET /api/v4/users/{user_id}/teams/{team_id}/drafts", serve: getDrafts},
	{pattern: "DELETE /api/v4/users/{user_id}/channels/{channel_id}/drafts", serve: deleteDraft},
	{pattern: "DELETE /api/v4/users/{user_id}/channels/{channel_id}/drafts/{root_id}", serve: deleteDraft},
}

// connection is the client's own websocket connection, which need not be told of
// what it does.
func (c *call) connection() string { return c.r.Header.Get("Connection-Id") }

func putDraft(c *call) (any, error) {
	var in model.Draft
	if err := c.decode(&in, "draft"); err != nil {
		return nil, err
	}
	return c.world().PutDraft(c.session, &in, c.connection())
}

func getDrafts(c *call) (any, error) {
	return c.world().Drafts(c.session, c.param("team_id"))
}

func deleteDraft(c *call) (any, error) {
	return done{}, c.world().DeleteDraft(c.session, c.param("channel_id"), c.param("root_id"), c.connection())
}
