package rest

import (
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

var searchRoutes = []route{
	{pattern: "POST /api/v4/teams/{team_id}/posts/search", serve: searchPosts},
	{pattern: "POST /api/v4/posts/search", serve: searchPosts},
}

func searchPosts(c *call) (any, error) {
	search, err := c.searchBody(errSearchBody)
	if err != nil {
		return nil, err
	}
	list, err := c.world().SearchPosts(c.session, search)
	if err != nil {
		return nil, err
	}
	c.w.Header()["Cache-Control"] = noStore
	return &model.PostSearchResults{PostList: list}, nil
}

// searchBody reads what somebody looks for, in a team where the path names one.
func (c *call) searchBody(wrong world.Problem) (world.PostSearch, error) {
	var in struct {
		Terms       string `json:"terms"`
		Either      bool   `json:"is_or_search"`
		Zone        int    `json:"time_zone_offset"`
		Page        int    `json:"page"`
		ArchivedToo bool   `json:"include_deleted_channels"`
	}
	err := c.decodeOr(&in, wrong)
	return world.PostSearch{
		TeamID: c.param("team_id"), Terms: in.Terms, Either: in.Either, Zone: in.Zone, Page: in.Page, ArchivedToo: in.ArchivedToo,
	}, err
}
