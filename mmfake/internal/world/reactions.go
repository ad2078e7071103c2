package world

import (
	"slices"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// AddReaction puts an emoji on a post in the name of the session's user. To put it
// there again does no harm (facts 4.6).
func (w *World) AddReaction(as *Session, in model.Reaction) (*model.Reaction, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch {
	case !model.IsValidID(in.UserID) || !model.IsValidID(in.PostID) || in.EmojiName == "" || len(in.EmojiName) > longestEmojiName:
		return nil, errReactionInvalid.With()
	case in.UserID != as.UserID:
		return nil, errReactionUser.With()
	}
	p, c := w.livingPost(in.PostID)
	switch {
	case !w.mayInChannel(as, c, AddReaction):
		return nil, ErrPermission.With(AddReaction)
	case c.DeleteAt != 0:
		return nil, errReactionArchived.With()
	case !w.emojiKnown(in.EmojiName):
		if !w.version.Has(versions.ReactionNeedsEmoji) {
			return nil, errReactionName.With(in.EmojiName)
		}
		return nil, errEmojiNameUnknown.With(in.EmojiName)
	}
	return w.react(c, p, in)
}

// livingPost is a post and its channel, nil where it is unknown or deleted.
func (w *World) livingPost(id string) (*post, *channel) {
	p := w.posts[id]
	if p == nil || p.DeleteAt != 0 {
		return nil, nil
	}
	return p, w.channels[p.ChannelID]
}

func (w *World) react(c *channel, p *post, in model.Reaction) (*model.Reaction, error) {
	more := p.hang()
	now := w.clock.tick()
	made := &model.Reaction{UserID: in.UserID, PostID: p.ID, EmojiName: in.EmojiName, CreateAt: now, UpdateAt: now, ChannelID: c.ID}
	if i := more.reaction(in.UserID, in.EmojiName); i >= 0 {
		made.CreateAt = more.reactions[i].CreateAt
		more.reactions[i] = made
	} else {
		names := more.emojiNames()
		if !slices.Contains(names, in.EmojiName) && len(names) >= w.config.UniqueEmojiReactionLimit {
			return nil, errTooManyReactions.With(w.config.UniqueEmojiReactionLimit)
		}
		more.reactions = append(more.reactions, made)
	}
	w.reactionsChanged(c, p, model.EventReactionAdded, made)
	return made.Clone(), nil
}

// reactionsChanged follows a change of a post's reactions.
func (w *World) reactionsChanged(c *channel, p *post, event string, r *model.Reaction) {
	p.change(func(d *model.Post) {
		d.HasReactions = len(p.more.reactions) > 0
		d.UpdateAt = w.clock.tick()
	})
	c.posts.note(p)
	if w.heard() {
		if !w.version.Has(versions.ReactionAlone) {
			w.publish(&Event{Name: model.EventPostEdited, Data: map[string]any{"post": w.inJSON(w.dress(p))}, Broadcast: toChannel(c.ID)})
		}
		w.publish(&Event{Name: event, Data: map[string]any{"reaction": w.inJSON(r)}, Broadcast: toChannel(c.ID)})
	}
}

// reaction is the place of a user's reaction, -1 where he has none of that name.
func (h *hanging) reaction(userID, name string) int {
	return slices.IndexFunc(h.reactions, func(r *model.Reaction) bool { return r.UserID == userID && r.EmojiName == name })
}

// emojiNames are the different emoji on a post.
func (h *hanging) emojiNames() []string {
	var names []string
	for _, r := range h.reactions {
		if !slices.Contains(names, r.EmojiName) {
			names = append(names, r.EmojiName)
		}
	}
	return names
}

// RemoveReaction takes a user's emoji off a post. Where it is not there, everybody
// is told that it is gone all the same (recorded from 11.6.0).
func (w *World) RemoveReaction(as *Session, userID, postID, name string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	p, c := w.livingPost(postID)
	switch {
	case !w.mayInChannel(as, c, RemoveReaction):
		return ErrPermission.With(RemoveReaction)
	case userID != as.UserID && !w.may(as, RemoveOthersReactions):
		return ErrPermission.With(RemoveOthersReactions)
	case c.DeleteAt != 0:
		return errUnreactArchived.With()
	}
	more := p.hang()
	if i := more.reaction(userID, name); i >= 0 {
		more.reactions = slices.Delete(slices.Clone(more.reactions), i, i+1)
	}
	w.reactionsChanged(c, p, model.EventReactionRemoved,
		&model.Reaction{UserID: userID, PostID: postID, EmojiName: name, UpdateAt: w.clock.tick()})
	return nil
}

// Reactions returns the reactions to a post in the order of their making, nil where
// there are none.
func (w *World) Reactions(as *Session, postID string) ([]*model.Reaction, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	p, c := w.livingPost(postID)
	if !w.mayRead(as, c) {
		return nil, ErrPermission.With(ReadChannelContent)
	}
	list := p.reactions()
	if list == nil && !w.version.Has(versions.NoReactionsIsNull) {
		list = []*model.Reaction{}
	}
	return list, nil
}

// ReactionsOf returns the reactions to several posts, by the posts' ids. One post
// that may not be read forbids all.
func (w *World) ReactionsOf(as *Session, postIDs []string) (map[string][]*model.Reaction, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	all := make(map[string][]*model.Reaction, len(postIDs))
	for _, id := range postIDs {
		p, c := w.livingPost(id)
		if !w.mayRead(as, c) {
			return nil, ErrPermission.With(ReadChannelContent)
		}
		all[id] = append([]*model.Reaction{}, p.reactions()...)
	}
	return all, nil
}

// reactions are copies of the reactions to a post, nil where there are none.
func (p *post) reactions() []*model.Reaction {
	if p.more == nil {
		return nil
	}
	var list []*model.Reaction
	for _, r := range p.more.reactions {
		list = append(list, r.Clone())
	}
	return list
}
