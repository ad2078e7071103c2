package mmfake

import (
	"cmp"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// Post posts a text to a channel.
func (a *Actor) Post(c *Channel, text string) *Post {
	a.mm.t.Helper()
	a.mm.owns(c)
	a.does(Deed{Does: "posts", In: c.Name, What: text})
	return a.create(&model.Post{ChannelID: c.ID, Message: text}, "%s posting to %s", a, c)
}

// Reply posts a text to the thread of a post.
func (a *Actor) Reply(to *Post, text string) *Post {
	a.mm.t.Helper()
	a.mm.hasStill(to)
	root := cmp.Or(to.RootID, to.ID)
	a.does(Deed{Does: "replies to " + to.said(), In: to.Channel, What: text})
	return a.create(&model.Post{ChannelID: to.ChannelID, RootID: root, Message: text}, "%s replying to %s", a, to)
}

func (a *Actor) create(p *model.Post, doing string, args ...any) *Post {
	a.mm.t.Helper()
	made, err := a.mm.world.CreatePost(a.session(), p, world.PostOptions{})
	a.check(p.ChannelID, err, doing, args...)
	return a.mm.post(made)
}

// Edit replaces the text of a post.
func (a *Actor) Edit(p *Post, text string) *Post {
	a.mm.t.Helper()
	a.mm.hasStill(p)
	a.does(Deed{Does: "edits " + p.said(), In: p.Channel, What: text})
	edited, err := a.mm.world.PatchPost(a.session(), p.ID, &model.PostPatch{Message: &text})
	a.check(p.ChannelID, err, "%s editing %s", a, p)
	return a.mm.post(edited)
}

// Delete deletes a post, and with a thread's first post its replies.
func (a *Actor) Delete(p *Post) {
	a.mm.t.Helper()
	a.mm.hasStill(p)
	a.does(Deed{Does: "deletes " + p.said(), In: p.Channel})
	a.check(p.ChannelID, a.mm.world.DeletePost(a.session(), p.ID), "%s deleting %s", a, p)
}

// Direct returns the direct channel with somebody else, which is made when it is
// first asked for.
func (a *Actor) Direct(to *Actor) *Channel {
	a.mm.t.Helper()
	a.mm.knows(to)
	c, err := a.mm.world.DirectChannel(a.session(), []string{a.ID, to.ID})
	a.check("", err, "%s opening a direct channel with %s", a, to)
	return a.mm.channel(c)
}

// Typing tells the channel's listeners that the actor is writing there.
func (a *Actor) Typing(c *Channel) {
	a.mm.t.Helper()
	a.mm.owns(c)
	a.check(c.ID, a.mm.world.Typing(a.session(), c.ID, ""), "%s typing in %s", a, c)
}

// React puts an emoji on a post. Its name may stand between colons, as in :eyes:.
func (a *Actor) React(p *Post, emoji string) {
	a.mm.t.Helper()
	a.mm.hasStill(p)
	a.does(Deed{Does: "reacts with :" + emojiName(emoji) + ": to " + p.said()})
	_, err := a.mm.world.AddReaction(a.session(), model.Reaction{UserID: a.ID, PostID: p.ID, EmojiName: emojiName(emoji)})
	a.check(p.ChannelID, err, "%s reacting with %s to %s", a, emoji, p)
}

// Unreact takes the actor's emoji off a post.
func (a *Actor) Unreact(p *Post, emoji string) {
	a.mm.t.Helper()
	a.mm.hasStill(p)
	a.does(Deed{Does: "takes :" + emojiName(emoji) + ": off " + p.said()})
	a.check(p.ChannelID, a.mm.world.RemoveReaction(a.session(), a.ID, p.ID, emojiName(emoji)), "%s taking %s off %s", a, emoji, p)
}

func emojiName(emoji string) string { return strings.Trim(emoji, ":") }

// Join makes the actor a member of a public channel of a team that he is in.
func (a *Actor) Join(c *Channel) {
	a.mm.t.Helper()
	a.mm.owns(c)
	a.does(Deed{Does: "joins ~" + c.Name})
	_, err := a.mm.world.AddChannelMember(a.session(), c.ID, a.ID, "")
	a.check(c.ID, err, "%s joining %s", a, c)
}

// Leave ends the actor's membership in a channel.
func (a *Actor) Leave(c *Channel) {
	a.mm.t.Helper()
	a.mm.owns(c)
	a.does(Deed{Does: "leaves ~" + c.Name})
	a.check(c.ID, a.mm.world.RemoveChannelMember(a.session(), c.ID, a.ID), "%s leaving %s", a, c)
}

// View marks all that was posted to a channel as read by the actor.
func (a *Actor) View(c *Channel) {
	a.mm.t.Helper()
	a.mm.owns(c)
	_, err := a.mm.world.ViewChannel(a.session(), a.ID, c.ID, "", true)
	a.check(c.ID, err, "%s viewing %s", a, c)
}
