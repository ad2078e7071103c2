package world

import (
	"cmp"
	"slices"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// AddReaction puts an emoji on a post in the name of the session's user, who may say
// since when it is there. To put it there again does no harm (facts 4.6).
func (w *World) AddReaction(as *Session, in model.Reaction) (*model.Reaction, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch {
	case !model.IsValidID(in.UserID) || !model.IsValidID(in.PostID) || in.EmojiName == "" || len(in.EmojiName) > longestEmojiName:
		return nil, errReactionInvalid.With()
	case in.UserID != as.UserID:
		return nil, errReactionUser.With()
	}
	p, c, err := w.postWith(as, in.PostID, AddReaction)
	switch {
	case err != nil:
		return nil, err
	case w.frozen(c):
		return nil, errReactionArchived.With()
	case !w.version.Has(versions.ReactionNeedsEmoji) && !emojiName.MatchString(in.EmojiName):
		return nil, errReactionName.With(in.EmojiName)
	case w.version.Has(versions.ReactionNeedsEmoji) && !w.emojiKnown(in.EmojiName):
		return nil, errEmojiNameUnknown.With(in.EmojiName)
	}
	return w.react(c, p, in)
}

func (w *World) react(c *channel, p *post, in model.Reaction) (*model.Reaction, error) {
	more := p.hang()
	now := w.clock.tick()
	made := &model.Reaction{UserID: in.UserID, PostID: p.ID, EmojiName: in.EmojiName, CreateAt: cmp.Or(in.CreateAt, now), UpdateAt: now, ChannelID: c.ID}
	if i := more.reaction(in.UserID, in.EmojiName); i >= 0 {
		made.CreateAt = more.reactions[i].CreateAt
		more.reactions[i] = made
	} else {
		names := more.emojiNames()
		full := len(names) >= w.config.UniqueEmojiReactionLimit && w.version.Has(versions.ReactionsLimited)
		if full && !slices.Contains(names, in.EmojiName) {
			return nil, errTooManyReactions.With(w.config.UniqueEmojiReactionLimit)
		}
		more.reactions = append(more.reactions, made)
		slices.SortStableFunc(more.reactions, func(a, b *model.Reaction) int { return cmp.Compare(a.CreateAt, b.CreateAt) })
	}
	w.reactionsChanged(c, p, model.EventReactionAdded, made)
	return made.Clone(), nil
}

// noteReactions follows a change of a post's reactions.
func (w *World) noteReactions(c *channel, p *post) {
	p.change(func(d *model.Post) {
		d.HasReactions = len(p.more.reactions) > 0
		d.UpdateAt = w.clock.tick()
	})
	c.posts.note(p)
}

// forgetReactions takes an emoji off all posts, of which nobody is told.
func (w *World) forgetReactions(name string) {
	for _, p := range w.posts {
		if p.more == nil {
			continue
		}
		left := slices.DeleteFunc(slices.Clone(p.more.reactions), func(r *model.Reaction) bool { return r.EmojiName == name })
		if len(left) < len(p.more.reactions) {
			p.more.reactions = left
			w.noteReactions(w.channels[p.ChannelID], p)
		}
	}
}

// reactionsChanged follows a change of a post's reactions and tells the channel.
func (w *World) reactionsChanged(c *channel, p *post, event string, r *model.Reaction) {
	w.noteReactions(c, p)
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
	p, c, err := w.postWith(as, postID, RemoveReaction)
	switch {
	case err != nil:
		return err
	case userID != as.UserID && !w.may(as, RemoveOthersReactions):
		return ErrPermission.With(RemoveOthersReactions)
	case w.frozen(c):
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

// Reactions returns the reactions to a post, oldest first, nil where there are none. A
// deleted post keeps them.
func (w *World) Reactions(as *Session, postID string) ([]*model.Reaction, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if err := w.mayReadReactions(as, postID); err != nil {
		return nil, err
	}
	list := w.posts[postID].reactions()
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
		if err := w.mayReadReactions(as, id); err != nil {
			return nil, err
		}
		all[id] = append([]*model.Reaction{}, w.posts[id].reactions()...)
	}
	return all, nil
}

func (w *World) mayReadReactions(as *Session, postID string) error {
	if _, _, err := w.postToRead(as, postID); err != nil && !errPostUnknown.Is(err) {
		return err
	}
	return nil
}

// reactions are copies of the reactions to a post, nil where there are none, or no
// post.
func (p *post) reactions() []*model.Reaction {
	if p == nil || p.more == nil {
		return nil
	}
	var list []*model.Reaction
	for _, r := range p.more.reactions {
		list = append(list, r.Clone())
	}
	return list
}
