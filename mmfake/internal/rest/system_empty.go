package rest

import (
	"slices"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
)

// systemEmptyRoutes are endpoints about what a fake never has: jobs, exports, plugins,
// mail, a picture of a brand. They answer as a real server that has none.
var systemEmptyRoutes = slices.Concat([]route{
	{pattern: "GET /api/v4/jobs", serve: adminGets([]any{}), flags: constant},
	{pattern: "GET /api/v4/jobs/type/{type}", serve: adminGets([]any{}), flags: constant},
	{pattern: "GET /api/v4/imports", serve: adminGets([]string{}), flags: constant},
	{pattern: "DELETE /api/v4/imports/{name}", serve: adminDone, flags: constant},
	{pattern: "GET /api/v4/exports", serve: adminGets([]string{}), flags: constant},
	{pattern: "GET /api/v4/exports/{name}", serve: adminRefuses(errNoExport), flags: refusal},
	{pattern: "DELETE /api/v4/exports/{name}", serve: adminDone, flags: constant},
	{pattern: "GET /api/v4/system/support_packet", serve: adminRefuses(errNoSupportPacket), flags: refusal},
	{pattern: "POST /api/v4/email/test", serve: adminRefuses(errMailTest), flags: refusal},
	{pattern: "POST /api/v4/site_url/test", serve: testSiteURL},
	{pattern: "POST /api/v4/client_perf", serve: clientPerformance},
	{pattern: "POST /api/v4/notifications/ack", serve: refuses(errPushOff), flags: refusal},
	{pattern: "DELETE /api/v4/brand/image", serve: adminRefuses(errNoBrandImage), flags: refusal},
	{pattern: "GET /api/v4/sharedchannels/users/{user_id}/can_dm/{other_user_id}", serve: mayDirect},
},
	refusing(adminRefuses(errNoJob), "GET /api/v4/jobs/{job_id}", "POST /api/v4/jobs/{job_id}/cancel",
		"PATCH /api/v4/jobs/{job_id}/status", "GET /api/v4/jobs/{job_id}/download"),
	refusing(refuses(errPluginUploads), "POST /api/v4/plugins", "POST /api/v4/plugins/install_from_url"),
	refusing(adminRefuses(errNoPlugin), "DELETE /api/v4/plugins/{plugin}", "POST /api/v4/plugins/{plugin}/enable", "POST /api/v4/plugins/{plugin}/disable"),
	refusing(refuses(errNoRemotes),
		"GET /api/v4/remotecluster", "POST /api/v4/remotecluster", "POST /api/v4/remotecluster/accept_invite",
		"GET /api/v4/remotecluster/{remote}", "PATCH /api/v4/remotecluster/{remote}", "DELETE /api/v4/remotecluster/{remote}",
		"POST /api/v4/remotecluster/{remote}/generate_invite", "GET /api/v4/remotecluster/{remote}/sharedchannelremotes",
		"POST /api/v4/remotecluster/{remote}/channels/{channel}/invite", "POST /api/v4/remotecluster/{remote}/channels/{channel}/uninvite",
		"GET /api/v4/sharedchannels/{team_id}", "GET /api/v4/sharedchannels/{channel_id}/remotes", "GET /api/v4/sharedchannels/remote_info/{remote}",
	),
)

// testSiteURL says whether the server is found under a URL: under its own it is.
func testSiteURL(c *call) (any, error) {
	if err := c.world().RequireAdmin(c.session); err != nil {
		return nil, err
	}
	fields, err := c.textFields()
	switch {
	case err != nil:
		return nil, err
	case fields["site_url"] == "":
		return nil, world.ErrBodyParam.With("site_url")
	case fields["site_url"] != c.config.SiteURL:
		return nil, errSiteURLTest.With()
	}
	return done{}, nil
}

// clientPerformance takes what a client has measured: the journal has it.
func clientPerformance(c *call) (any, error) {
	var in struct {
		Start float64 `json:"start"`
		End   float64 `json:"end"`
	}
	return done{}, c.decode(&in, "report")
}

// mayDirect says that everybody may write to everybody: all are of this server.
func mayDirect(c *call) (any, error) {
	for _, name := range []string{"user_id", "other_user_id"} {
		if _, err := c.world().User(c.session, c.param(name)); err != nil {
			return nil, err
		}
	}
	return map[string]bool{"can_dm": true}, nil
}
