package rest

import (
	"fmt"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

var userListRoutes = []route{
	{pattern: "GET /api/v4/users", serve: listUsers},
	{pattern: "POST /api/v4/users/ids", serve: usersByIDs},
	{pattern: "POST /api/v4/users/usernames", serve: usersByNames},
	{pattern: "POST /api/v4/users/search", serve: searchUsers},
	{pattern: "GET /api/v4/users/autocomplete", serve: autocompleteUsers},
	{pattern: "GET /api/v4/users/known", serve: knownUsers},
	{pattern: "POST /api/v4/users/group_channels", serve: usersInGroups},
	{pattern: "GET /api/v4/users/stats", serve: userStats},
	{pattern: "GET /api/v4/users/stats/filtered", serve: filteredUserStats},
}

func usersByIDs(c *call) (any, error) {
	ids, err := c.decodeList("user_ids")
	if err != nil {
		return nil, err
	}
	since := int64(0)
	if c.has(versions.UsersSince) {
		if since, err = c.strictTime("since"); err != nil {
			return nil, err
		}
	}
	return c.world().UsersByIDs(c.session, ids, since), nil
}

func usersByNames(c *call) (any, error) {
	names, err := c.decodeList("usernames")
	if err != nil {
		return nil, err
	}
	return c.world().UsersByNames(c.session, names), nil
}

func listUsers(c *call) (any, error) {
	query := world.UserQuery{
		InTeam: c.query("in_team"), NotInTeam: c.query("not_in_team"),
		InChannel: c.query("in_channel"), NotInChannel: c.query("not_in_channel"), InGroup: c.query("in_group"),
		WithoutTeam: c.queryBool("without_team"), Active: c.queryBool("active"), Inactive: c.queryBool("inactive"),
		Role: c.query("role"), Roles: c.queryList("roles"), Sort: c.query("sort"), Page: c.page(),
	}
	if !c.has(versions.UsersFiltered) {
		query.Active, query.Inactive, query.Role, query.Roles = false, false, "", nil
	}
	list, err := c.world().Users(c.session, query)
	if err != nil {
		return nil, err
	}
	if c.tagsUsers(query) && c.etag(usersEtag(c, list)) {
		return unchanged{}, nil
	}
	return list, nil
}

// tagsUsers says whether a list of users has an Etag: the lists of teams have, in the
// usual order (recorded from 11.6.0), and of old servers' that of all.
func (c *call) tagsUsers(q world.UserQuery) bool {
	switch {
	case q.WithoutTeam || q.NotInChannel != "":
		return false
	case q.NotInTeam != "":
		return true
	case q.InTeam != "":
		return q.Sort != "create_at" && q.Sort != "last_activity_at"
	}
	return q.InChannel == "" && !c.has(versions.AllUsersUntagged)
}

// usersEtag identifies a list of users as it is now.
func usersEtag(c *call, list []*model.User) string {
	var b strings.Builder
	b.WriteString(c.config.Version)
	for _, u := range list {
		fmt.Fprintf(&b, ".%s.%d", u.ID, u.UpdateAt)
	}
	return shortTag(b.String())
}

func searchUsers(c *call) (any, error) {
	search := world.UserSearch{Limit: world.DefaultUserLimit}
	if err := c.decode(&search, "user_search"); err != nil {
		return nil, err
	}
	if !c.has(versions.UsersFiltered) {
		search.Limit = world.DefaultUserLimit
	}
	return c.world().SearchUsers(c.session, search)
}

func autocompleteUsers(c *call) (any, error) {
	limit := world.DefaultUserLimit
	if c.has(versions.UsersFiltered) {
		limit = c.queryInt("limit", limit)
	}
	return c.world().AutocompleteUsers(c.session, c.query("in_team"), c.query("in_channel"), c.query("name"), limit)
}

func knownUsers(c *call) (any, error) {
	return c.world().KnownUsers(c.session), nil
}

func usersInGroups(c *call) (any, error) {
	ids, err := c.decodeList("group_channel_ids")
	if err != nil {
		return nil, err
	}
	return c.world().UsersInGroups(c.session, ids), nil
}

func userStats(c *call) (any, error) {
	return c.world().UserCount(), nil
}

func filteredUserStats(c *call) (any, error) {
	return c.world().CountUsers(c.session, world.UserQuery{
		InTeam: c.query("in_team"), InChannel: c.query("in_channel"),
		Active: !c.queryBool("include_deleted"), Roles: c.queryList("roles"),
	}, c.queryBool("include_bots"))
}
