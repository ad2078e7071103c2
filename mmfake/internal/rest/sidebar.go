package rest

import (
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

const sidebarPath = "/api/v4/users/{user_id}/teams/{team_id}/channels/categories"

var sidebarRoutes = []route{
	{pattern: "GET " + sidebarPath, serve: sidebarCategories},
	{pattern: "POST " + sidebarPath, serve: createSidebarCategory},
	{pattern: "PUT " + sidebarPath, serve: updateSidebarCategories},
	{pattern: "GET " + sidebarPath + "/order", serve: sidebarOrder},
	{pattern: "PUT " + sidebarPath + "/order", serve: arrangeSidebar},
	{pattern: "GET " + sidebarPath + "/{sidebar}", serve: sidebarCategory},
	{pattern: "PUT " + sidebarPath + "/{sidebar}", serve: updateSidebarCategory},
	{pattern: "DELETE " + sidebarPath + "/{sidebar}", serve: deleteSidebarCategory},
}

func sidebarCategories(c *call) (any, error) {
	return c.world().SidebarCategories(c.session, c.param("user_id"), c.param("team_id"))
}

func sidebarCategory(c *call) (any, error) {
	return c.world().SidebarCategory(c.session, c.param("user_id"), c.param("team_id"), c.param("sidebar"))
}

func sidebarOrder(c *call) (any, error) {
	all, err := c.world().SidebarCategories(c.session, c.param("user_id"), c.param("team_id"))
	if err != nil {
		return nil, err
	}
	return all.Order, nil
}

func createSidebarCategory(c *call) (any, error) {
	var in model.SidebarCategory
	if err := c.decode(&in, "category"); err != nil {
		return nil, err
	}
	if err := c.checkSidebarOwner(&in); err != nil {
		return nil, err
	}
	return c.world().CreateSidebarCategory(c.session, in)
}

// checkSidebarOwner says whether a category is of another user or team than the
// URL names.
func (c *call) checkSidebarOwner(in *model.SidebarCategory) error {
	if in == nil || in.UserID != c.param("user_id") || in.TeamID != c.param("team_id") {
		return world.ErrBodyParam.With("category: with the user_id and the team_id of the URL")
	}
	return nil
}

func updateSidebarCategories(c *call) (any, error) {
	var in []*model.SidebarCategory
	if err := c.decode(&in, "category"); err != nil {
		return nil, err
	}
	return c.changeSidebar(in)
}

func updateSidebarCategory(c *call) (any, error) {
	var in model.SidebarCategory
	if err := c.decode(&in, "category"); err != nil {
		return nil, err
	}
	in.ID = c.param("sidebar")
	list, err := c.changeSidebar([]*model.SidebarCategory{&in})
	if err != nil {
		return nil, err
	}
	return list[0], nil
}

func (c *call) changeSidebar(in []*model.SidebarCategory) ([]*model.SidebarCategory, error) {
	for _, category := range in {
		if err := c.checkSidebarOwner(category); err != nil {
			return nil, err
		}
	}
	return c.world().UpdateSidebarCategories(c.session, c.param("user_id"), c.param("team_id"), in)
}

func arrangeSidebar(c *call) (any, error) {
	ids, err := c.decodeList("order")
	if err != nil {
		return nil, err
	}
	return c.world().ArrangeSidebar(c.session, c.param("user_id"), c.param("team_id"), ids)
}

func deleteSidebarCategory(c *call) (any, error) {
	return done{}, c.world().DeleteSidebarCategory(c.session, c.param("user_id"), c.param("team_id"), c.param("sidebar"))
}
