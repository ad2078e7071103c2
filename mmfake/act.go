package mmfake

import (
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// Typing tells the channel's listeners that the actor is writing there.
func (a *Actor) Typing(c *Channel) {
	a.mm.t.Helper()
	a.mm.owns(c)
	a.check(c.ID, a.mm.world.Typing(a.session, c.ID, ""), "%s typing in %s", a, c)
}

// React puts an emoji on a post. Its name may stand between colons, as in :eyes:.
func (a *Actor) React(p *Post, emoji string) {
	a.mm.t.Helper()
	a.mm.has(p)
	a.does(Deed{Does: "reacts with :" + emojiName(emoji) + ": to " + p.said()})
	_, err := a.mm.world.AddReaction(a.session, model.Reaction{UserID: a.ID, PostID: p.ID, EmojiName: emojiName(emoji)})
	a.check(p.ChannelID, err, "%s reacting with %s to %s", a, emoji, p)
}

// Unreact takes the actor's emoji off a post.
func (a *Actor) Unreact(p *Post, emoji string) {
	a.mm.t.Helper()
	a.mm.has(p)
	a.does(Deed{Does: "takes :" + emojiName(emoji) + ": off " + p.said()})
	a.check(p.ChannelID, a.mm.world.RemoveReaction(a.session, a.ID, p.ID, emojiName(emoji)), "%s taking %s off %s", a, emoji, p)
}

func emojiName(emoji string) string { return strings.Trim(emoji, ":") }

// Join makes the actor a member of a public channel of a team that he is in.
func (a *Actor) Join(c *Channel) {
	a.mm.t.Helper()
	a.mm.owns(c)
	a.does(Deed{Does: "joins ~" + c.Name})
	_, err := a.mm.world.AddChannelMember(a.session, c.ID, a.ID, "")
	a.mm.check(err, "%s joining %s", a, c)
}

// Leave ends the actor's membership in a channel.
func (a *Actor) Leave(c *Channel) {
	a.mm.t.Helper()
	a.mm.owns(c)
	a.does(Deed{Does: "leaves ~" + c.Name})
	a.mm.check(a.mm.world.RemoveChannelMember(a.session, c.ID, a.ID), "%s leaving %s", a, c)
}

// View marks all that was posted to a channel as read by the actor.
func (a *Actor) View(c *Channel) {
	a.mm.t.Helper()
	a.mm.owns(c)
	_, err := a.mm.world.ViewChannel(a.session, a.ID, c.ID, "", true)
	a.check(c.ID, err, "%s viewing %s", a, c)
}
