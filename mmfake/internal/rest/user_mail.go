package rest

import "github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"

// The endpoints that have the server write somebody an e-mail. The fake writes
// none, and says as little as the real server about whether the address is known.
var userMailRoutes = []route{
	{pattern: "POST /api/v4/users/email/verify/send", serve: sendMail, flags: open},
	{pattern: "POST /api/v4/users/password/reset/send", serve: sendMail, flags: open},
}

func sendMail(c *call) (any, error) {
	fields, err := c.textFields()
	if err != nil {
		return nil, err
	}
	if fields["email"] == "" {
		return nil, world.ErrBodyParam.With("email")
	}
	return done{}, nil
}
