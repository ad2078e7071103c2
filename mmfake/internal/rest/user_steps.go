package rest

import "github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"

// The endpoints that are a user's next step after something that the fake does not
// do: an e-mail that came, a second factor, terms to accept, being a guest.
var userStepRoutes = []route{
	{pattern: "POST /api/v4/users/password/reset", serve: usesMailed(errResetLink), flags: refusal | open},
	{pattern: "POST /api/v4/users/email/verify", serve: usesMailed(errVerifyLink), flags: refusal | open},
	{pattern: "PUT /api/v4/users/{user_id}/mfa", serve: setSecondFactor},
	{pattern: "POST /api/v4/users/{user_id}/mfa/generate", serve: newSecondFactor},
	{pattern: "POST /api/v4/users/mfa", serve: needsSecondFactor, flags: open},
	{pattern: "POST /api/v4/users/{user_id}/promote", serve: promoteGuest},
	{pattern: "POST /api/v4/terms_of_service", serve: adminRefuses(errNoOwnTerms), flags: refusal},
	{pattern: "POST /api/v4/users/{user_id}/terms_of_service", serve: acceptTerms},
	{pattern: "GET /api/v4/users/{user_id}/audits", serve: userAudits},
	{pattern: "GET /api/v4/users/invalid_emails", serve: invalidEmails},
	{pattern: "DELETE /api/v4/users", serve: localOnly, flags: refusal | open | trusted},
}

const mailedTokenLength = 64 // of the tokens that come by e-mail

// usesMailed refuses the token of an e-mail: the fake sends none.
func usesMailed(unknown world.Problem) handler {
	return func(c *call) (any, error) {
		fields, err := c.textFields()
		if err != nil {
			return nil, err
		}
		if len(fields["token"]) != mailedTokenLength {
			return nil, world.ErrBodyParam.With("token")
		}
		return nil, unknown.With()
	}
}

// setSecondFactor lets a user have none: that is as it was.
func setSecondFactor(c *call) (any, error) {
	if err := c.world().MayEditUser(c.session, c.param("user_id")); err != nil {
		return nil, err
	}
	var in struct {
		Activate *bool  `json:"activate"`
		Code     string `json:"code"`
	}
	if err := c.decodeTyped(&in, "activate"); err != nil {
		return nil, err
	}
	switch {
	case in.Activate == nil:
		return nil, world.ErrBodyParam.With("activate")
	case !*in.Activate:
		return done{}, nil
	case in.Code == "":
		return nil, world.ErrBodyParam.With("code")
	}
	return nil, errNoSecondFactor.With()
}

func newSecondFactor(c *call) (any, error) {
	if err := c.world().MayEditUser(c.session, c.param("user_id")); err != nil {
		return nil, err
	}
	return nil, errNoSecondFactor.With()
}

// needsSecondFactor tells clients of old versions that nobody has one.
func needsSecondFactor(c *call) (any, error) {
	fields, err := c.textFields()
	if err != nil {
		return nil, err
	}
	if fields["login_id"] == "" {
		return nil, world.ErrBodyParam.With("login_id")
	}
	return map[string]bool{"mfa_required": false}, nil
}

// promoteGuest finds no guest: a server without a licence has none.
func promoteGuest(c *call) (any, error) {
	if err := c.world().RequireAdmin(c.session); err != nil {
		return nil, err
	}
	if _, err := c.world().User(c.session, c.param("user_id")); err != nil {
		return nil, err
	}
	return nil, errNoGuest.With()
}

func acceptTerms(c *call) (any, error) {
	fields, err := c.textFields()
	if err != nil {
		return nil, err
	}
	if fields["termsOfServiceId"] == "" {
		return nil, world.ErrBodyParam.With("termsOfServiceId")
	}
	return nil, errNoTerms.With()
}

// userAudits are none: the journal takes their place.
func userAudits(c *call) (any, error) {
	return []any{}, c.world().MayEditUser(c.session, c.param("user_id"))
}

// invalidEmails are the addresses of others than the settings let in: a server that
// is open to everybody has none to ask for.
func invalidEmails(c *call) (any, error) {
	if err := c.world().RequireAdmin(c.session); err != nil {
		return nil, err
	}
	if c.config.EnableOpenServer {
		return nil, errOpenServer.With()
	}
	return []any{}, nil
}

// localOnly answers for endpoints that a server has on its own machine only: to
// others they are as unknown as any path.
func localOnly(c *call) (any, error) {
	noRoute(c, c.r)
	return takenOver{}, nil
}
