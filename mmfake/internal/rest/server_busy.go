package rest

import (
	"strconv"
	"time"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
)

const serverBusyPath = "/api/v4/server_busy"

var serverBusyRoutes = []route{
	{pattern: "GET " + serverBusyPath, serve: serverBusy},
	{pattern: "POST " + serverBusyPath, serve: markBusy},
	{pattern: "DELETE " + serverBusyPath, serve: markIdle},
}

// idleOnly are the endpoints that a busy server does without (facts 1.5).
var idleOnly = map[string]bool{
	"POST /api/v4/users/search":                             true,
	"GET /api/v4/users/autocomplete":                        true,
	"POST /api/v4/users/{user_id}/typing":                   true,
	"POST /api/v4/teams/search":                             true,
	"POST /api/v4/channels/search":                          true,
	"POST /api/v4/channels/group/search":                    true,
	"POST /api/v4/teams/{team_id}/channels/search":          true,
	"POST /api/v4/teams/{team_id}/channels/search_archived": true,
	"POST /api/v4/posts/search":                             true,
	"POST /api/v4/teams/{team_id}/posts/search":             true,
	"POST /api/v4/files/search":                             true,
	"POST /api/v4/teams/{team_id}/files/search":             true,
}

func serverBusy(c *call) (any, error) { return c.world().BusyState(c.session) }

const mostBusy = 100 * 365 * 24 * 60 * 60 // seconds

// markBusy marks the server as busy for the seconds that the query says, an hour
// where it does not.
func markBusy(c *call) (any, error) {
	seconds := 3600
	if text := c.query("seconds"); text != "" {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > mostBusy {
			return nil, world.ErrURLParam.With("seconds")
		}
		seconds = n
	}
	return done{}, c.world().MarkBusy(c.session, time.Duration(seconds)*time.Second)
}

func markIdle(c *call) (any, error) { return done{}, c.world().MarkBusy(c.session, 0) }
