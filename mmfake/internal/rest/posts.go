package rest

import (
	"fmt"
	"strconv"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

var postRoutes = []route{
	{pattern: "POST /api/v4/posts", serve: createPost, flags: created},
	{pattern: "GET /api/v4/posts/{post_id}", serve: getPost},
	{pattern: "PUT /api/v4/posts/{post_id}", serve: updatePost},
	{pattern: "DELETE /api/v4/posts/{post_id}", serve: deletePost},
	{pattern: "PUT /api/v4/posts/{post_id}/patch", serve: patchPost},
	{pattern: "GET /api/v4/posts/{post_id}/thread", serve: getThread},
	{pattern: "GET /api/v4/channels/{channel_id}/posts", serve: channelPosts},
}

func createPost(c *call) (any, error) {
	var in model.Post
	if err := c.decode(&in, "post"); err != nil {
		return nil, err
	}
	return c.world().CreatePost(c.session, &in, world.PostOptions{KeepStatus: c.isFalse("set_online")})
}

// isFalse says whether a switch that is on by itself is turned off.
func (c *call) isFalse(name string) bool {
	text := c.query(name)
	if text == "" {
		return false // as most often: ParseBool would make an error of it first
	}
	b, err := strconv.ParseBool(text)
	return err == nil && !b
}

func getPost(c *call) (any, error) {
	p, err := c.world().Post(c.session, c.param("post_id"), c.queryBool("include_deleted"))
	if err != nil {
		return nil, err
	}
	if c.etag(fmt.Sprintf("%s.%s.%d", c.world().Config().Version, p.ID, p.UpdateAt)) {
		return unchanged{}, nil
	}
	return p, nil
}

func updatePost(c *call) (any, error) {
	var in model.Post
	if err := c.decode(&in, "post"); err != nil {
		return nil, err
	}
	if in.ID != c.param("post_id") {
		return nil, world.ErrBodyParam.With("id: the one of the URL")
	}
	return c.world().UpdatePost(c.session, &in)
}

func patchPost(c *call) (any, error) {
	var in model.PostPatch
	if err := c.decode(&in, "post"); err != nil {
		return nil, err
	}
	return c.world().PatchPost(c.session, c.param("post_id"), &in)
}

func deletePost(c *call) (any, error) {
	return done{}, c.world().DeletePost(c.session, c.param("post_id"))
}

func getThread(c *call) (any, error) {
	q := world.ThreadQuery{Down: c.query("direction") == "down", FromPost: c.query("fromPost")}
	var err error
	if q.PerPage, err = c.strictInt("perPage"); err != nil {
		return nil, err
	}
	if q.PerPage > mostPerPage {
		return nil, world.ErrURLParam.With("perPage")
	}
	from, err := c.strictInt("fromCreateAt")
	if err != nil {
		return nil, err
	}
	q.FromCreateAt = int64(from)
	list, err := c.world().Thread(c.session, c.param("post_id"), q)
	if err != nil {
		return nil, err
	}
	if c.etag(threadEtag(c, list)) {
		return unchanged{}, nil
	}
	return list, nil
}

// strictInt is a parameter that is a number or missing.
func (c *call) strictInt(name string) (int, error) {
	text := c.query(name)
	if text == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		return 0, world.ErrURLParam.With(name)
	}
	return n, nil
}

// threadEtag names the first post of the list and the one changed last.
func threadEtag(c *call, list *model.PostList) string {
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
	return fmt.Sprintf("%s.%s.%s.%d", c.world().Config().Version, first, newest.ID, newest.UpdateAt)
}

func channelPosts(c *call) (any, error) {
	q := world.PostQuery{
		After: c.query("after"), Before: c.query("before"), Page: c.page(),
		SkipThreads: c.queryBool("skipFetchThreads"), Deleted: c.queryBool("include_deleted"),
	}
	for _, cursor := range []struct{ name, id string }{{"after", q.After}, {"before", q.Before}} {
		if cursor.id != "" && !model.IsValidID(cursor.id) {
			return nil, world.ErrBodyParam.With(cursor.name)
		}
	}
	if text := c.query("since"); text != "" {
		since, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return nil, world.ErrBodyParam.With("since")
		}
		q.Since = since
	}
	id := c.param("channel_id")
	list, err := c.world().ChannelPosts(c.session, id, q)
	if err != nil {
		return nil, err
	}
	if q.Since <= 0 && c.etag(fmt.Sprintf("%s.%d", c.world().Config().Version, c.world().PostsEtag(id))) {
		return unchanged{}, nil
	}
	return list, nil
}
