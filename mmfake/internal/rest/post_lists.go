package rest

import (
	"fmt"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

var postListRoutes = []route{
	{pattern: "GET /api/v4/channels/{channel_id}/posts", serve: channelPosts},
	{pattern: "GET /api/v4/channels/{channel_id}/pinned", serve: pinnedPosts},
	{pattern: "GET /api/v4/posts/{post_id}/thread", serve: getThread},
	{pattern: "POST /api/v4/posts/ids", serve: postsByIDs},
	{pattern: "GET /api/v4/users/{user_id}/posts/flagged", serve: flaggedPosts},
	{pattern: "GET /api/v4/users/{user_id}/channels/{channel_id}/posts/unread", serve: postsAroundUnread},
}

// postQuery reads how the client wants a channel's posts.
func (c *call) postQuery() world.PostQuery {
	q := world.PostQuery{Page: c.page(), Deleted: c.asksForDeleted()}
	if c.has(versions.ThreadsSkipped) {
		q.SkipThreads, q.Collapsed = c.queryBool("skipFetchThreads"), c.query("collapsedThreads") == "true"
		q.Extended = c.query("collapsedThreadsExtended") == "true"
	}
	return q
}

// asksForDeleted says whether the client wants deleted posts too, of a version that
// shows them.
func (c *call) asksForDeleted() bool {
	return c.queryBool("include_deleted") && c.has(versions.DeletedPostsShown)
}

func channelPosts(c *call) (any, error) {
	q := c.postQuery()
	q.After, q.Before = c.query("after"), c.query("before")
	for _, cursor := range []struct{ name, id string }{{"after", q.After}, {"before", q.Before}} {
		if cursor.id != "" && !model.IsValidID(cursor.id) && c.has(versions.CursorsChecked) {
			return nil, world.ErrBodyParam.With(cursor.name)
		}
	}
	var err error
	if q.Since, err = c.strictTime("since"); err != nil {
		return nil, err
	}
	id := c.param("channel_id")
	list, err := c.world().ChannelPosts(c.session, id, q)
	if err != nil {
		return nil, err
	}
	if q.Since <= 0 && c.etag(postsEtag(c, id)) {
		return unchanged{}, nil
	}
	return list, nil
}

// postsEtag names the newest change to a channel's posts.
func postsEtag(c *call, channelID string) string {
	return fmt.Sprintf("%s.%d", c.config.Version, c.world().PostsEtag(channelID))
}

func pinnedPosts(c *call) (any, error) {
	return c.postList(c.world().PinnedPosts(c.session, c.param("channel_id")))
}

// postList answers with posts, or with nothing where the client has them already.
func (c *call) postList(list *model.PostList, err error) (any, error) {
	if err != nil {
		return nil, err
	}
	if c.etag(listEtag(c, list)) {
		return unchanged{}, nil
	}
	return list, nil
}

// listEtag names the first post of the list and the one changed last.
func listEtag(c *call, list *model.PostList) string {
	var newest model.Post
	for _, p := range list.Posts {
		if p.UpdateAt > newest.UpdateAt || p.UpdateAt == newest.UpdateAt && p.ID > newest.ID {
			newest.ID, newest.UpdateAt = p.ID, p.UpdateAt
		}
	}
	first := ""
	if len(list.Order) > 0 {
		first = list.Order[0]
	}
	return fmt.Sprintf("%s.%s.%s.%d", c.config.Version, first, newest.ID, newest.UpdateAt)
}

func getThread(c *call) (any, error) {
	q, err := c.threadQuery()
	if err != nil {
		return nil, err
	}
	return c.postList(c.world().Thread(c.session, c.param("post_id"), q))
}

func (c *call) threadQuery() (world.ThreadQuery, error) {
	if !c.has(versions.ThreadsSkipped) {
		return world.ThreadQuery{}, nil
	}
	q := world.ThreadQuery{
		Alone: c.queryBool("skipFetchThreads"), Collapsed: c.query("collapsedThreads") == "true",
		Extended: c.query("collapsedThreadsExtended") == "true",
	}
	if !c.has(versions.ThreadsPaged) {
		return q, nil
	}
	q.FromPost, q.UpdatesOnly = c.query("fromPost"), c.queryBool("updatesOnly")
	perPage, err := c.strictTime("perPage")
	if err != nil {
		return q, err
	}
	if q.FromCreateAt, err = c.strictTime("fromCreateAt"); err != nil {
		return q, err
	}
	if q.FromUpdateAt, err = c.strictTime("fromUpdateAt"); err != nil {
		return q, err
	}
	direction := c.query("direction")
	q.PerPage, q.Down = int(perPage), direction == "down"
	switch {
	case perPage < 0 || perPage > mostPerPage:
		return q, world.ErrBodyParam.With("perPage")
	case direction != "" && direction != "up" && direction != "down":
		return q, world.ErrBodyParam.With("direction: up or down")
	case q.FromPost != "" && q.FromCreateAt == 0:
		return q, world.ErrBodyParam.With("fromCreateAt, which goes with fromPost")
	case q.UpdatesOnly && q.FromUpdateAt == 0:
		return q, world.ErrBodyParam.With("fromUpdateAt, which goes with updatesOnly")
	case q.UpdatesOnly && direction == "up":
		return q, world.ErrBodyParam.With("direction: updatesOnly goes down")
	}
	return q, nil
}

const mostPostIDs = 1000 // asked for at once

func postsByIDs(c *call) (any, error) {
	ids, err := c.decodeIDs()
	switch {
	case err != nil:
		return nil, err
	case len(ids) == 0:
		return nil, world.ErrBodyParam.With("post_ids")
	case len(ids) > mostPostIDs:
		return nil, errPostIDsTooMany.With(mostPostIDs)
	}
	list, err := c.world().PostsByIDs(c.session, ids)
	if err != nil {
		return nil, err
	}
	c.Header()["First-Inaccessible-Post-Time"] = []string{"0"}
	return list, nil
}

func flaggedPosts(c *call) (any, error) {
	return c.world().FlaggedPosts(c.session, c.param("user_id"), c.query("team_id"), c.query("channel_id"), c.page())
}

func postsAroundUnread(c *call) (any, error) {
	before := min(c.queryInt("limit_before", defaultPerPage), mostPerPage)
	after := min(c.queryInt("limit_after", defaultPerPage), mostPerPage)
	if after == 0 {
		return nil, world.ErrURLParam.With("limit_after: at least 1")
	}
	id := c.param("channel_id")
	list, newest, err := c.world().PostsAroundUnread(c.session, c.param("user_id"), id, before, after, c.postQuery())
	if err != nil {
		return nil, err
	}
	if newest && c.etag(postsEtag(c, id)) {
		return unchanged{}, nil
	}
	return list, nil
}
