package rest

import (
	"slices"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

var statusRoutes = []route{
	{pattern: "GET /api/v4/users/{user_id}/status", serve: getStatus},
	{pattern: "PUT /api/v4/users/{user_id}/status", serve: setStatus},
	{pattern: "POST /api/v4/users/status/ids", serve: statusesByIDs},
	{pattern: "PUT /api/v4/users/{user_id}/status/custom", serve: setCustomStatus},
	{pattern: "DELETE /api/v4/users/{user_id}/status/custom", serve: clearCustomStatus},
	{pattern: "DELETE /api/v4/users/{user_id}/status/custom/recent", serve: forgetRecentStatus},
	{pattern: "POST /api/v4/users/{user_id}/status/custom/recent/delete", serve: forgetRecentStatus},
	{pattern: "POST /api/v4/users/{user_id}/typing", serve: userTyping},
}

func getStatus(c *call) (any, error) {
	return c.world().Status(c.param("user_id"))
}

func setStatus(c *call) (any, error) {
	var in model.Status
	if err := c.decode(&in, "status"); err != nil {
		return nil, err
	}
	if !c.has(versions.UserIDMatches) {
		in.UserID = c.param("user_id")
	}
	if in.UserID != c.param("user_id") {
		return nil, world.ErrBodyParam.With("user_id: the one of the URL")
	}
	return c.world().SetStatus(c.session, in.UserID, in.Status, in.DNDEndTime)
}

func statusesByIDs(c *call) (any, error) {
	var ids []string
	if err := c.decodePayload(&ids); err != nil {
		return nil, err
	}
	malformed := slices.ContainsFunc(ids, func(id string) bool { return len(id) != model.IDLength })
	if len(ids) == 0 || malformed && c.has(versions.StatusIDsChecked) {
		return nil, world.ErrBodyParam.With("user_ids")
	}
	slices.Sort(ids)
	return c.world().Statuses(slices.Compact(ids)), nil
}

func setCustomStatus(c *call) (any, error) {
	var in model.CustomStatus
	if err := c.decode(&in, "custom_status"); err != nil {
		return nil, err
	}
	return done{}, c.world().SetCustomStatus(c.session, c.param("user_id"), in)
}

func clearCustomStatus(c *call) (any, error) {
	return done{}, c.world().ClearCustomStatus(c.session, c.param("user_id"))
}

func forgetRecentStatus(c *call) (any, error) {
	var in model.CustomStatus
	if err := c.decode(&in, "recent_custom_status"); err != nil {
		return nil, err
	}
	return done{}, c.world().ForgetRecentStatus(c.session, c.param("user_id"), in)
}

func userTyping(c *call) (any, error) {
	var in struct {
		ChannelID string `json:"channel_id"`
		ParentID  string `json:"parent_id"`
	}
	if err := c.decode(&in, "typing_request"); err != nil {
		return nil, err
	}
	return done{}, c.world().TypingAs(c.session, c.param("user_id"), in.ChannelID, in.ParentID)
}
