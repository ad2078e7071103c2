package rest

import (
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

var reactionRoutes = []route{
	{pattern: "POST /api/v4/reactions", serve: addReaction},
	{pattern: "DELETE /api/v4/users/{user_id}/posts/{post_id}/reactions/{emoji_name}", serve: removeReaction},
	{pattern: "GET /api/v4/posts/{post_id}/reactions", serve: getReactions},
	{pattern: "POST /api/v4/posts/ids/reactions", serve: reactionsOf},
}

func addReaction(c *call) (any, error) {
	var in model.Reaction
	if err := c.decodeTyped(&in, "reaction"); err != nil {
		return nil, err
	}
	return c.world().AddReaction(c.session, in)
}

func removeReaction(c *call) (any, error) {
	return done{}, c.world().RemoveReaction(c.session, c.param("user_id"), c.param("post_id"), c.param("emoji_name"))
}

func getReactions(c *call) (any, error) {
	return c.world().Reactions(c.session, c.param("post_id"))
}

func reactionsOf(c *call) (any, error) {
	ids, err := c.decodeIDs()
	if err != nil {
		return nil, err
	}
	return c.world().ReactionsOf(c.session, ids)
}
