package rest

import (
	"fmt"

	"github.com/tidwall/gjson"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

var postRoutes = []route{
	{pattern: "POST /api/v4/posts", serve: createPost, flags: created},
	{pattern: "GET /api/v4/posts/{post_id}", serve: getPost},
	{pattern: "PUT /api/v4/posts/{post_id}", serve: updatePost},
	{pattern: "DELETE /api/v4/posts/{post_id}", serve: deletePost},
	{pattern: "PUT /api/v4/posts/{post_id}/patch", serve: patchPost},
	{pattern: "POST /api/v4/posts/{post_id}/pin", serve: pinPost},
	{pattern: "POST /api/v4/posts/{post_id}/unpin", serve: unpinPost},
	{pattern: "GET /api/v4/posts/{post_id}/edit_history", serve: editHistory},
	{pattern: "POST /api/v4/posts/{post_id}/restore/{restore_version_id}", serve: restorePost},
	{pattern: "GET /api/v4/posts/{post_id}/info", serve: postInfo},
	{pattern: "POST /api/v4/posts/ephemeral", serve: createEphemeral, flags: created},
	{pattern: "POST /api/v4/users/{user_id}/posts/{post_id}/set_unread", serve: setPostUnread},
	{pattern: "POST /api/v4/users/{user_id}/posts/{post_id}/reminder", serve: remindOfPost},
}

func createPost(c *call) (any, error) {
	in, err := c.decodePost()
	if err != nil {
		return nil, err
	}
	return c.world().CreatePost(c.session, &in, world.PostOptions{KeepStatus: c.isFalse("set_online"), ParentID: c.parentID()})
}

// parentID is the parent_id of a new post, which old versions read.
func (c *call) parentID() string {
	if c.has(versions.NoParentIDs) {
		return ""
	}
	body, _ := c.readBody()
	id := gjson.GetBytes(body, "parent_id")
	if id.Type != gjson.String {
		return ""
	}
	return id.Str
}

func (c *call) decodePost() (model.Post, error) {
	if body, err := c.readBody(); err == nil {
		if p, plain := plainPost(body); plain {
			return p, nil
		}
	}
	in := new(model.Post)
	err := c.decode(in, "post")
	return *in, err
}

func getPost(c *call) (any, error) {
	p, err := c.world().Post(c.session, c.param("post_id"), c.asksForDeleted())
	if err != nil {
		return nil, err
	}
	if c.etag(fmt.Sprintf("%s.%s.%d", c.config.Version, p.ID, p.UpdateAt)) {
		return unchanged{}, nil
	}
	return p, nil
}

func updatePost(c *call) (any, error) {
	var in model.Post
	if err := c.decode(&in, "post"); err != nil {
		return nil, err
	}
	if !c.has(versions.PostIDMatches) {
		in.ID = c.param("post_id")
	}
	if in.ID != c.param("post_id") {
		return nil, world.ErrBodyParam.With("id: the one of the URL")
	}
	return c.world().UpdatePost(c.session, &in)
}

func patchPost(c *call) (any, error) {
	var in model.PostPatch
	if err := c.decodeTyped(&in, "post"); err != nil {
		return nil, err
	}
	return c.world().PatchPost(c.session, c.param("post_id"), &in)
}

func deletePost(c *call) (any, error) {
	if c.has(versions.PostsErased) && c.queryBool("permanent") {
		return done{}, c.world().ErasePost(c.session, c.param("post_id"))
	}
	return done{}, c.world().DeletePost(c.session, c.param("post_id"))
}

func pinPost(c *call) (any, error) {
	return done{}, c.world().PinPost(c.session, c.param("post_id"), true)
}

func unpinPost(c *call) (any, error) {
	return done{}, c.world().PinPost(c.session, c.param("post_id"), false)
}

func editHistory(c *call) (any, error) {
	return c.world().EditHistory(c.session, c.param("post_id"))
}

func restorePost(c *call) (any, error) {
	return c.world().RestorePost(c.session, c.param("post_id"), c.param("restore_version_id"))
}

func postInfo(c *call) (any, error) {
	return c.world().PostInfo(c.session, c.param("post_id"))
}

func createEphemeral(c *call) (any, error) {
	var in model.PostEphemeral
	if err := c.decode(&in, "body"); err != nil {
		return nil, err
	}
	shown, err := c.world().CreateEphemeral(c.session, in)
	if err != nil {
		return nil, err
	}
	return c.world().WithoutParent(shown), nil
}

func setPostUnread(c *call) (any, error) {
	var in struct {
		Collapsed bool `json:"collapsed_threads_supported"`
	}
	c.decode(&in, "body") // what cannot be read is as good as missing, as in the real server
	return c.world().SetPostUnread(c.session, c.param("user_id"), c.param("post_id"), in.Collapsed)
}

func remindOfPost(c *call) (any, error) {
	var in struct {
		TargetTime int64 `json:"target_time"`
	}
	if err := c.decode(&in, "target_time"); err != nil {
		return nil, err
	}
	return done{}, c.world().RemindOfPost(c.session, c.param("user_id"), c.param("post_id"), in.TargetTime)
}
