package rest

import (
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

const oauthAppsPath = "/api/v4/oauth/apps"

var oauthAppRoutes = []route{
	{pattern: "GET " + oauthAppsPath, serve: listOAuthApps},
	{pattern: "POST " + oauthAppsPath, serve: createOAuthApp, flags: created},
	{pattern: "GET " + oauthAppsPath + "/{app_id}", serve: getOAuthApp},
	{pattern: "GET " + oauthAppsPath + "/{app_id}/info", serve: oauthAppInfo},
	{pattern: "PUT " + oauthAppsPath + "/{app_id}", serve: updateOAuthApp},
	{pattern: "DELETE " + oauthAppsPath + "/{app_id}", serve: deleteOAuthApp},
	{pattern: "POST " + oauthAppsPath + "/{app_id}/regen_secret", serve: renewOAuthSecret},
	{pattern: "GET /api/v4/users/{user_id}/oauth/apps/authorized", serve: authorizedOAuthApps},
}

func listOAuthApps(c *call) (any, error) { return c.world().OAuthApps(c.session, c.page()) }

func createOAuthApp(c *call) (any, error) {
	var in model.OAuthApp
	if err := c.decode(&in, "oauth_app"); err != nil {
		return nil, err
	}
	return c.world().CreateOAuthApp(c.session, in)
}

func getOAuthApp(c *call) (any, error) {
	return c.world().OAuthApp(c.session, c.param("app_id"), false)
}

func oauthAppInfo(c *call) (any, error) {
	return c.world().OAuthApp(c.session, c.param("app_id"), true)
}

func updateOAuthApp(c *call) (any, error) {
	var in model.OAuthApp
	if err := c.decode(&in, "oauth_app"); err != nil {
		return nil, err
	}
	if in.ID != c.param("app_id") {
		return nil, world.ErrBodyParam.With("app_id")
	}
	return c.world().ChangeOAuthApp(c.session, in.ID, func(app *model.OAuthApp) {
		secret := app.ClientSecret
		*app = in
		app.ClientSecret = secret
	})
}

func deleteOAuthApp(c *call) (any, error) {
	return done{}, c.world().DeleteOAuthApp(c.session, c.param("app_id"))
}

func renewOAuthSecret(c *call) (any, error) {
	return c.world().ChangeOAuthApp(c.session, c.param("app_id"), func(app *model.OAuthApp) { app.ClientSecret = c.world().NewID() })
}

// authorizedOAuthApps are those that a user has allowed something: he cannot.
func authorizedOAuthApps(c *call) (any, error) {
	if err := c.world().MayEditUser(c.session, c.param("user_id")); err != nil {
		return nil, err
	}
	if !c.has(versions.OAuthApps) {
		return nil, errOAuthOff.With()
	}
	return []any{}, nil
}
