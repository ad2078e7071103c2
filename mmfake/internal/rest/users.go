package rest

import (
	"fmt"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

var userRoutes = []route{
	{pattern: "POST /api/v4/users", serve: createUser, flags: open | created},
	{pattern: "GET /api/v4/users/username/{username}", serve: userByName},
	{pattern: "GET /api/v4/users/email/{email...}", serve: userByEmail},
	{pattern: "GET /api/v4/users/{user_id}", serve: getUser},
	{pattern: "PUT /api/v4/users/{user_id}", serve: updateUser},
	{pattern: "PUT /api/v4/users/{user_id}/patch", serve: patchUser},
	{pattern: "PUT /api/v4/users/{user_id}/password", serve: changePassword},
	{pattern: "PUT /api/v4/users/{user_id}/roles", serve: setRoles},
	{pattern: "PUT /api/v4/users/{user_id}/active", serve: setActive},
	{pattern: "DELETE /api/v4/users/{user_id}", serve: deleteUser},
	{pattern: "POST /api/v4/users/{user_id}/reset_failed_attempts", serve: resetFailedLogins},
	{pattern: "POST /api/v4/users/{user_id}/email/verify/member", serve: verifyEmail},
}

func createUser(c *call) (any, error) {
	var in world.NewUser
	if err := c.decode(&in, "user"); err != nil {
		return nil, err
	}
	if c.query("t") != "" {
		return nil, errSignUpToken.With() // they come by e-mail, and the fake sends none
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
	config := c.config
	if c.etag(fmt.Sprintf("%s.%s.%d..%t.%t.%d", config.Version, u.ID, u.UpdateAt, config.ShowFullName, config.ShowEmailAddress, u.BotLastIconUpdate)) {
		return unchanged{}, nil
	}
	return u, nil
}

func updateUser(c *call) (any, error) {
	var in world.NewUser
	if err := c.decode(&in, "user"); err != nil {
		return nil, err
	}
	if in.ID != c.param("user_id") && c.has(versions.UserIDMatches) {
		return nil, world.ErrBodyParam.With("id: the one of the URL")
	}
	return c.world().UpdateUser(c.session, in)
}

func patchUser(c *call) (any, error) {
	var patch model.UserPatch
	if err := c.decode(&patch, "user"); err != nil {
		return nil, err
	}
	return c.world().PatchUser(c.session, c.param("user_id"), &patch)
}

func changePassword(c *call) (any, error) {
	fields, err := c.textFields()
	if err != nil {
		return nil, err
	}
	return done{}, c.world().ChangePassword(c.session, c.param("user_id"), fields["current_password"], fields["new_password"])
}

func setRoles(c *call) (any, error) {
	roles, err := c.decodeRoles()
	if err != nil {
		return nil, err
	}
	return done{}, c.world().SetRoles(c.session, c.param("user_id"), roles)
}

func setActive(c *call) (any, error) {
	var in struct{ Active *bool }
	if err := c.decodeTyped(&in, "active"); err != nil {
		return nil, err
	}
	if in.Active == nil {
		return nil, world.ErrBodyParam.With("active")
	}
	return done{}, c.world().SetActive(c.session, c.param("user_id"), *in.Active)
}

func deleteUser(c *call) (any, error) {
	return done{}, c.world().DeleteUser(c.session, c.param("user_id"), c.queryBool("permanent"))
}

func resetFailedLogins(c *call) (any, error) {
	return done{}, c.world().ResetFailedLogins(c.session, c.param("user_id"))
}

func verifyEmail(c *call) (any, error) {
	return c.world().VerifyEmail(c.session, c.param("user_id"))
}
