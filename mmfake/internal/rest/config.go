package rest

import (
	"encoding/json"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
)

var configRoutes = []route{
	{pattern: "GET /api/v4/config/client", serve: clientConfig, flags: open},
	{pattern: "GET /api/v4/config", serve: getConfig},
	{pattern: "PUT /api/v4/config", serve: putConfig},
	{pattern: "PUT /api/v4/config/patch", serve: patchConfig},
	{pattern: "POST /api/v4/config/reload", serve: adminDone, flags: constant},
	{pattern: "GET /api/v4/config/environment", serve: adminGets(struct{}{}), flags: constant},
}

// clientConfig is what clients learn of the settings. The format that
// clients must ask old versions for is the only one (facts 12.2).
func clientConfig(c *call) (any, error) {
	if format := c.query("format"); format != "old" && !c.has(versions.FormatIgnored) {
		if format == "" {
			return nil, errConfigFormat.With()
		}
		return nil, world.ErrBodyParam.With("format")
	}
	return c.world().ClientConfig(c.session != nil), nil
}

func getConfig(c *call) (any, error) { return c.world().Settings(c.session) }

func putConfig(c *call) (any, error) { return c.changeConfig(c.world().ReplaceSettings) }

func patchConfig(c *call) (any, error) { return c.changeConfig(c.world().PatchSettings) }

type settingsChange = map[string]map[string]json.RawMessage

func (c *call) changeConfig(change func(*world.Session, settingsChange) (world.Settings, error)) (any, error) {
	var in settingsChange
	if err := c.decode(&in, "config"); err != nil {
		return nil, err
	}
	if in == nil {
		return nil, world.ErrBodyParam.With("config")
	}
	return change(c.session, in)
}
