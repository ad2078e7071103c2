package rest

import "github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"

var tokenRoutes = []route{
	{pattern: "POST /api/v4/users/{user_id}/tokens", serve: createToken},
	{pattern: "GET /api/v4/users/{user_id}/tokens", serve: userTokens},
	{pattern: "GET /api/v4/users/tokens", serve: allTokens},
	{pattern: "POST /api/v4/users/tokens/search", serve: searchTokens},
	{pattern: "GET /api/v4/users/tokens/{token_id}", serve: getToken},
	{pattern: "POST /api/v4/users/tokens/revoke", serve: revokeToken},
	{pattern: "POST /api/v4/users/tokens/disable", serve: disableToken},
	{pattern: "POST /api/v4/users/tokens/enable", serve: enableToken},
}

func createToken(c *call) (any, error) {
	var in struct{ Description string }
	// A body that cannot be read has no description: whose token it is to be may be
	// looked at before that.
	if err := c.decode(&in, "user_access_token"); err != nil && !world.ErrBodyParam.Is(err) {
		return nil, err
	}
	return c.world().CreateToken(c.session, c.param("user_id"), in.Description)
}

func userTokens(c *call) (any, error) {
	return c.world().TokensOf(c.session, c.param("user_id"), c.page())
}

func getToken(c *call) (any, error) {
	return c.world().Token(c.session, c.param("token_id"))
}

func revokeToken(c *call) (any, error) {
	return c.withTokenID(func(id string) error { return c.world().RevokeToken(c.session, id) })
}

func disableToken(c *call) (any, error) {
	return c.withTokenID(func(id string) error { return c.world().SwitchToken(c.session, id, false) })
}

func enableToken(c *call) (any, error) {
	return c.withTokenID(func(id string) error { return c.world().SwitchToken(c.session, id, true) })
}

// withTokenID does something with the token that the body names. None, as in a body
// that cannot be read, is an unknown one (recorded from 11.6.0).
func (c *call) withTokenID(do func(id string) error) (any, error) {
	fields, err := c.textFields()
	if err != nil {
		return nil, err
	}
	return done{}, do(fields["token_id"])
}

func allTokens(c *call) (any, error) {
	return c.world().Tokens(c.session, c.page())
}

func searchTokens(c *call) (any, error) {
	var in struct{ Term string }
	if err := c.decode(&in, "term"); err != nil {
		return nil, err
	}
	return c.world().SearchTokens(c.session, in.Term)
}
