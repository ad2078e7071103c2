package rest

import (
	"strconv"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
)

var threadRoutes = []route{
	{pattern: "GET /api/v4/users/{user_id}/teams/{team_id}/threads", serve: userThreads},
	{pattern: "GET /api/v4/users/{user_id}/teams/{team_id}/threads/mention_counts", serve: threadMentions},
	{pattern: "PUT /api/v4/users/{user_id}/teams/{team_id}/threads/read", serve: readThreads},
	{pattern: "GET /api/v4/users/{user_id}/teams/{team_id}/threads/{thread_id}", serve: userThread},
	{pattern: "PUT /api/v4/users/{user_id}/teams/{team_id}/threads/{thread_id}/following", serve: followThread},
	{pattern: "DELETE /api/v4/users/{user_id}/teams/{team_id}/threads/{thread_id}/following", serve: unfollowThread},
	{pattern: "PUT /api/v4/users/{user_id}/teams/{team_id}/threads/{thread_id}/read/{timestamp}", serve: readThread},
	{pattern: "POST /api/v4/users/{user_id}/teams/{team_id}/threads/{thread_id}/set_unread/{post_id}", serve: setThreadUnread},
}

// Pages of threads are half as long as others.
const threadsPerPage = 30

func userThreads(c *call) (any, error) {
	q := world.UserThreadsQuery{
		PerPage: min(c.queryInt("per_page", threadsPerPage), mostPerPage), Before: c.query("before"), After: c.query("after"),
		Unread: c.queryBool("unread"), Deleted: c.queryBool("deleted"), Extended: c.queryBool("extended"),
		TotalsOnly: c.queryBool("totalsOnly"), ThreadsOnly: c.queryBool("threadsOnly"), ExcludeDirect: c.queryBool("excludeDirect"),
	}
	if c.query("pageSize") != "" {
		q.PerPage = min(c.queryInt("pageSize", threadsPerPage), mostPerPage)
	}
	var err error
	if q.Since, err = c.strictTime("since"); err != nil {
		return nil, err
	}
	if q.Before != "" && q.After != "" {
		return nil, errThreadCursors.With()
	}
	if q.TotalsOnly && q.ThreadsOnly {
		return nil, errThreadParts.With()
	}
	return c.world().UserThreads(c.session, c.param("user_id"), c.param("team_id"), q)
}

func userThread(c *call) (any, error) {
	return c.world().UserThread(c.session, c.param("user_id"), c.param("team_id"), c.param("thread_id"), c.queryBool("extended"))
}

func threadMentions(c *call) (any, error) {
	return c.world().ThreadMentions(c.session, c.param("user_id"), c.param("team_id"))
}

func followThread(c *call) (any, error)   { return c.follow(true) }
func unfollowThread(c *call) (any, error) { return c.follow(false) }

func (c *call) follow(following bool) (any, error) {
	return done{}, c.world().FollowThread(c.session, c.param("user_id"), c.param("team_id"), c.param("thread_id"), following)
}

func readThreads(c *call) (any, error) {
	return done{}, c.world().ReadThreads(c.session, c.param("user_id"), c.param("team_id"))
}

func readThread(c *call) (any, error) {
	at, err := strconv.ParseInt(c.param("timestamp"), 10, 64)
	if err != nil || at == 0 {
		return nil, world.ErrURLParam.With("timestamp")
	}
	return c.world().ReadThread(c.session, c.param("user_id"), c.param("team_id"), c.param("thread_id"), at)
}

func setThreadUnread(c *call) (any, error) {
	return c.world().SetThreadUnread(c.session, c.param("user_id"), c.param("team_id"), c.param("thread_id"), c.param("post_id"))
}
