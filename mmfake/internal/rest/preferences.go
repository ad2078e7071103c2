package rest

import "github.com/seed-a46829e6/mattermost-fake/mmfake/model"

var preferenceRoutes = []route{
	{pattern: "GET /api/v4/users/{user_id}/preferences", serve: allPreferences},
	{pattern: "PUT /api/v4/users/{user_id}/preferences", serve: setPreferences},
	{pattern: "POST /api/v4/users/{user_id}/preferences/delete", serve: deletePreferences},
	{pattern: "GET /api/v4/users/{user_id}/preferences/{category}", serve: preferencesIn},
	{pattern: "GET /api/v4/users/{user_id}/preferences/{category}/name/{preference_name}", serve: onePreference},
}

func allPreferences(c *call) (any, error) {
	return c.world().Preferences(c.session, c.param("user_id"))
}

func preferencesIn(c *call) (any, error) {
	return c.world().PreferencesIn(c.session, c.param("user_id"), c.param("category"))
}

func onePreference(c *call) (any, error) {
	return c.world().Preference(c.session, c.param("user_id"), c.param("category"), c.param("preference_name"))
}

func setPreferences(c *call) (any, error) {
	var list []model.Preference
	if err := c.decodeTyped(&list, "preferences"); err != nil {
		return nil, err
	}
	return done{}, c.world().SetPreferences(c.session, c.param("user_id"), list)
}

func deletePreferences(c *call) (any, error) {
	var list []model.Preference
	if err := c.decodeTyped(&list, "preferences"); err != nil {
		return nil, err
	}
	return done{}, c.world().DeletePreferences(c.session, c.param("user_id"), list)
}
