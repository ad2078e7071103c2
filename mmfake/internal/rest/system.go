package rest

import (
	"maps"
	"net/http"
	"slices"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
)

var systemRoutes = []route{
	{pattern: "GET /api/v4/system/ping", serve: ping, flags: open},
	{pattern: "GET /api/v4/license/client", serve: clientLicence, flags: open},
	{pattern: "GET /api/v4/system/timezones", serve: timezones},
	{pattern: "GET /api/v4/system/notices/{team_id}", serve: productNotices},
	{pattern: "PUT /api/v4/system/notices/view", serve: gets(done{}), flags: constant},
	{pattern: "POST /api/v4/logs", serve: clientLog, flags: open},
	{pattern: "GET /api/v4/logs", serve: adminGets([]string{}), flags: constant},
	{pattern: "GET /api/v4/audits", serve: adminGets([]any{}), flags: constant},
	{pattern: "GET /api/v4/analytics/old", serve: analytics},
	{pattern: "GET /api/v4/limits/server", serve: serverLimits},
	{pattern: "GET /api/v4/usage/posts", serve: usedPosts},
	{pattern: "GET /api/v4/usage/storage", serve: usedStorage},
	{pattern: "GET /api/v4/terms_of_service", serve: noTerms},
	{pattern: "GET /api/v4/users/{user_id}/terms_of_service", serve: noTermsAccepted},
	{pattern: "GET /api/v4/brand/image", serve: noBrandImage, flags: open},
	{pattern: "GET /api/v4/redirect_location", serve: redirectLocation},
	{pattern: "POST /api/v4/caches/invalidate", serve: adminDone, flags: constant},
	{pattern: "POST /api/v4/database/recycle", serve: adminDone, flags: constant},
	{pattern: "GET /api/v4/plugins", serve: adminGets(pluginLists{Active: []any{}, Inactive: []any{}}), flags: constant},
	{pattern: "GET /api/v4/plugins/statuses", serve: adminGets([]any{}), flags: constant},
	{pattern: "GET /api/v4/plugins/webapp", serve: gets([]any{}), flags: constant | open},
}

// gets answers everybody the same.
func gets(answer any) handler {
	return func(*call) (any, error) { return answer, nil }
}

// adminGets answers admins the same, and nobody else.
func adminGets(answer any) handler {
	return func(c *call) (any, error) { return answer, c.world().RequireAdmin(c.session) }
}

// adminDone tells admins that something was done that a fake has no need of.
func adminDone(c *call) (any, error) { return done{}, c.world().RequireAdmin(c.session) }

// pluginLists are the plugins of the server: a fake has none.
type pluginLists struct {
	Active   []any `json:"active"`
	Inactive []any `json:"inactive"`
}

// ping tells monitoring that the server is there (facts 12.1).
func ping(c *call) (any, error) {
	answer := map[string]any{
		"ActiveSearchBackend": "database", "AndroidLatestVersion": "", "AndroidMinVersion": "",
		"IosLatestVersion": "", "IosMinVersion": "", "status": "OK",
	}
	if !c.has(versions.PingSearchBackend) {
		delete(answer, "ActiveSearchBackend")
		answer["DesktopLatestVersion"], answer["DesktopMinVersion"] = "", ""
	}
	if c.queryBool("get_server_status") && c.has(versions.PingStatus) {
		for _, key := range []string{"database_status", "filestore_status"} {
			answer[key] = "OK"
		}
		h := c.w.Header()
		h.Set("Status", "OK")
		h.Set("Database_status", "OK")
		h.Set("Filestore_status", "OK")
		if c.session != nil && c.world().RequireAdmin(c.session) == nil {
			answer["root_status"] = false // it does not run as root
		}
	}
	if c.query("device_id") != "" {
		answer["CanReceiveNotifications"] = "unknown"
	}
	return answer, nil
}

// clientLicence tells clients that the server has no licence.
func clientLicence(c *call) (any, error) {
	switch c.query("format") {
	case "old":
		if !c.has(versions.LicenceWithoutEtag) && c.etag(c.config.VersionID()) {
			return unchanged{}, nil
		}
		return map[string]string{"IsLicensed": "false"}, nil
	case "":
		return nil, errLicenceFormat.With()
	}
	return nil, world.ErrBodyParam.With("format")
}

// clientLog takes what a client wants to have in the server's log. The journal has
// it; the answer repeats it.
func clientLog(c *call) (any, error) {
	if c.session == nil {
		return nil, world.ErrPermission.With("a session")
	}
	fields, err := c.textFields()
	if err != nil {
		return nil, err
	}
	answer := map[string]string{"message": ""}
	maps.Copy(answer, fields)
	if len(answer["message"]) > longestLog {
		answer["message"] = answer["message"][:longestLog-1] // one less than it might be, as in the real server
	}
	return answer, nil
}

const longestLog = 400 // bytes of a message

// analytics counts what is there, under the names of the standard statistics.
func analytics(c *call) (any, error) {
	if err := c.world().RequireAdmin(c.session); err != nil {
		return nil, err
	}
	type row struct {
		Name  string `json:"name"`
		Value int    `json:"value"`
	}
	u := c.world().Usage()
	return []row{
		{"channel_open_count", u.PublicChannels},
		{"channel_private_count", u.PrivateChannels},
		{"post_count", u.Posts},
		{"unique_user_count", u.Users},
		{"team_count", u.Teams},
		{"total_websocket_connections", 0},
		{"total_master_db_connections", 0},
		{"total_read_db_connections", 0},
		{"daily_active_users", u.Users},
		{"monthly_active_users", u.Users},
		{"inactive_user_count", u.Inactive},
	}, nil
}

// serverLimits tells how many people the server takes: a fake has no limit, which
// is 0, and only admins learn how many there are.
func serverLimits(c *call) (any, error) {
	limits := map[string]int{"activeUserCount": 0, "maxUsersLimit": 0, "maxUsersHardLimit": 0, "postHistoryLimit": 0, "lastAccessiblePostTime": 0}
	if c.world().RequireAdmin(c.session) == nil {
		limits["activeUserCount"] = c.world().Usage().Users
	}
	return limits, nil
}

func usedPosts(c *call) (any, error) {
	return map[string]int64{"count": rounded(int64(c.world().Usage().Written), 3)}, nil
}

func usedStorage(c *call) (any, error) {
	return map[string]int64{"bytes": rounded(c.world().Usage().FileBytes, 8)}, nil
}

// rounded is a number rounded down, so that it tells no more than anybody may know:
// to its first digit, or with more than so many digits after it to those.
func rounded(n int64, digits int) int64 {
	unit := int64(1)
	for range digits {
		if n/unit >= 10 {
			unit *= 10
		}
	}
	if n < 10 {
		return 0
	}
	return n / unit * unit
}

func noTerms(*call) (any, error) { return nil, errNoTerms.With() }

func noTermsAccepted(*call) (any, error) { return nil, errNoTermsAccepted.With() }

// noBrandImage has no body, as there is no image (facts 12.3).
func noBrandImage(c *call) (any, error) {
	c.status = http.StatusNotFound
	return nothing{}, nil
}

// redirectLocation never looks where a link leads: with link previews off, as they
// are by default, the real server does not either, nor whether there is a link.
func redirectLocation(c *call) (any, error) {
	if c.config.EnableLinkPreviews && c.query("url") == "" {
		return nil, world.ErrBodyParam.With("url")
	}
	return map[string]string{"location": ""}, nil
}

// noticeReaders are the clients for which there could be notices.
var noticeReaders = []string{"web", "mobile-ios", "mobile-android", "desktop"}

// productNotices has nothing to tell of new versions, which the real server looks up
// on the Internet.
func productNotices(c *call) (any, error) {
	if !slices.Contains(noticeReaders, c.query("client")) {
		return nil, world.ErrBodyParam.With("client: web, mobile-ios, mobile-android or desktop")
	}
	return []any{}, nil
}
