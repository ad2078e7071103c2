package rest

import (
	"fmt"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

var userRoutes = []route{
	{pattern: "POST /api/v4/users", serve: createUser, flags: open | created},
	{pattern: "GET /api/v4/users", serve: listUsers},
	{pattern: "POST /api/v4/users/ids", serve: usersByIDs},
	{pattern: "POST /api/v4/users/usernames", serve: usersByNames},
	{pattern: "GET /api/v4/users/username/{username}", serve: userByName},
	{pattern: "GET /api/v4/users/email/{email}", serve: userByEmail},
	{pattern: "GET /api/v4/users/{user_id}", serve: getUser},
}

func createUser(c *call) (any, error) {
	var in world.NewUser
	if err := c.decode(&in, "user"); err != nil {
		return nil, err
	}
	return c.world().CreateUser(c.session, in, c.query("iid"))
}

func getUser(c *call) (any, error) {
	return c.oneUser(c.world().User(c.session, c.param("user_id")))
}

func userByName(c *call) (any, error) {
	return c.oneUser(c.world().UserByName(c.session, c.param("username")))
}

func userByEmail(c *call) (any, error) {
	return c.oneUser(c.world().UserByEmail(c.session, c.param("email")))
}

// oneUser answers with a user, or with nothing where the client has him already.
func (c *call) oneUser(u *model.User, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	config := c.world().Config()
	if c.etag(fmt.Sprintf("%s.%s.%d..%t.%t.%d", config.Version, u.ID, u.UpdateAt, config.ShowFullName, config.ShowEmailAddress, u.BotLastIconUpdate)) {
		return unchanged{}, nil
	}
	return u, nil
}

func usersByIDs(c *call) (any, error) {
	var ids []string
	if err := c.decodePayload(&ids); err != nil {
		return nil, err
	}
	if len(ids) == 0 {
		return nil, world.ErrBodyParam.With("user_ids")
	}
	return c.world().UsersByIDs(c.session, ids, int64(c.queryInt("since", 0))), nil
}

func usersByNames(c *call) (any, error) {
	var names []string
	if err := c.decodePayload(&names); err != nil {
		return nil, err
	}
	if len(names) == 0 {
		return nil, world.ErrBodyParam.With("usernames")
	}
	return c.world().UsersByNames(c.session, names), nil
}

func listUsers(c *call) (any, error) {
	list, err := c.world().Users(c.session, world.UserQuery{
		InTeam: c.query("in_team"), NotInTeam: c.query("not_in_team"),
		InChannel: c.query("in_channel"), NotInChannel: c.query("not_in_channel"),
		WithoutTeam: c.queryBool("without_team"), Active: c.queryBool("active"), Inactive: c.queryBool("inactive"),
		Role: c.query("role"), Sort: c.query("sort"), Page: c.page(),
	})
	if err != nil {
		return nil, err
	}
	if c.query("in_channel") == "" && c.query("not_in_channel") == "" && c.etag(usersEtag(c, list)) {
		return unchanged{}, nil
	}
	return list, nil
}

// usersEtag identifies a list of users as it is now.
func usersEtag(c *call, list []*model.User) string {
	var b strings.Builder
	b.WriteString(c.world().Config().Version)
	for _, u := range list {
		fmt.Fprintf(&b, ".%s.%d", u.ID, u.UpdateAt)
	}
	return shortTag(b.String())
}
