package world

import (
	"slices"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// A follow is a user's relation to a thread: CollapsedThreads is always on, so
// everybody who takes part in a thread follows it (facts 4.7). It stays when he
// ceases to, so that only a mention makes him follow again.
type follow struct {
	userID    string
	root      *post
	following bool
	viewedAt  int64 // 0 where he never opened the thread
	changedAt int64
	mentions  int64 // those unread
}

// follows are all relations to threads, by user id and root post's id.
type follows map[string]map[string]*follow

// of is a user's relation to a thread, nil where there is none.
func (f follows) of(userID string, root *post) *follow { return f[userID][root.ID] }

// follow is a user's relation to a thread, made if need be.
func (w *World) follow(userID string, root *post) *follow {
	if f := w.follows.of(userID, root); f != nil {
		return f
	}
	f := &follow{userID: userID, root: root, following: true}
	if w.follows == nil {
		w.follows = follows{}
	}
	if w.follows[userID] == nil {
		w.follows[userID] = map[string]*follow{}
	}
	w.follows[userID][root.ID] = f
	more := root.hang()
	more.follows = append(more.follows, f)
	return f
}

// forgetFollows forgets what a user had to do with the threads of a channel.
func (w *World) forgetFollows(c *channel, userID string) {
	for id, f := range w.follows[userID] {
		if f.root.ChannelID == c.ID {
			delete(w.follows[userID], id)
			f.root.more.follows = without(f.root.more.follows, f)
		}
	}
}

// unread counts the replies that came since the user saw the thread last.
func (f *follow) unread() int64 {
	replies := f.root.replies()
	return int64(len(replies) - replies.after(f.viewedAt))
}

// saw marks the thread as read up to a time.
func (f *follow) saw(at, now int64) {
	f.viewedAt, f.mentions, f.changedAt = at, 0, now
}

// followers are the ids of those who follow a reply's thread and will be told of
// it: members of the channel save the author.
func (w *World) followers(c *channel, p *post) []string {
	if p.root == nil || p.root.more == nil {
		return nil
	}
	var ids []string
	for _, f := range p.root.more.follows {
		if f.following && f.userID != p.UserID && c.members[f.userID] != nil {
			ids = append(ids, f.userID)
		}
	}
	return ids
}

// followThread makes those follow a thread whom a new reply concerns: its author,
// whom it mentions, the root's author unless it was a webhook's post, whom the root
// names, and who wants to follow all threads of the channel. Who left the thread comes
// back only where he replies or is mentioned. All followers are told of the reply.
func (w *World) followThread(c *channel, p *post, mentioned []string) {
	root := p.root
	concerned := append([]string{p.UserID}, mentioned...)
	if !root.fromHook() {
		concerned = append(concerned, root.UserID)
	}
	if c.Type != model.ChannelDirect {
		concerned = w.only(c, w.named(c, root, false), concerned)
		concerned = append(concerned, c.autoFollowers()...)
	}
	for i, id := range concerned {
		if c.members[id] == nil || slices.Contains(concerned[:i], id) {
			continue
		}
		f := w.follow(id, root)
		wanted := slices.Contains(mentioned, id)
		if wanted {
			f.mentions++
		}
		f.following = f.following || wanted || id == p.UserID
		f.changedAt = p.CreateAt
	}
	for _, f := range root.more.follows {
		if f.following && c.members[f.userID] != nil {
			w.tellThread(c, f, p, slices.Contains(mentioned, f.userID))
		}
		if f.userID == p.UserID {
			f.saw(p.CreateAt, p.CreateAt)
		}
	}
}

// autoFollowers are the ids of the members who want to follow all threads of a channel.
func (c *channel) autoFollowers() []string {
	if !c.autoFollowed {
		return nil // so that a reply costs the same in a large channel
	}
	var ids []string
	for _, m := range c.order {
		if m.NotifyProps[autoFollow] == "on" {
			ids = append(ids, m.UserID)
		}
	}
	return ids
}

const autoFollow = "channel_auto_follow_threads"

// tellThread tells a follower of a new reply. Its author has read all.
func (w *World) tellThread(c *channel, f *follow, p *post, mentioned bool) {
	if !w.heard() {
		return
	}
	t := w.threadFor(f, true)
	if f.userID == p.UserID {
		t.UnreadReplies, t.UnreadMentions = 0, 0
	}
	before := t.UnreadMentions
	if mentioned {
		before = max(before-1, 0)
	}
	w.publish(&Event{Name: model.EventThreadUpdated, Data: map[string]any{
		"thread": w.inJSON(t), "previous_unread_mentions": before, "previous_unread_replies": max(t.UnreadReplies-1, 0),
	}, Broadcast: model.Broadcast{TeamID: c.TeamID, UserID: f.userID}})
}

// threadFor is a thread as one of its followers sees it. Its participants are
// their ids only, or with extended what others may see of them.
func (w *World) threadFor(f *follow, extended bool) *model.Thread {
	root := f.root
	t := &model.Thread{
		ID: root.ID, ReplyCount: root.replyCount(), LastReplyAt: root.lastReplyAt(), LastViewedAt: f.viewedAt,
		Participants: []*model.User{}, Post: root.model(), DeleteAt: root.DeleteAt,
		UnreadReplies: f.unread(), UnreadMentions: f.mentions, IsUrgent: root.urgent(),
	}
	t.Post.Metadata = nil
	t.Participants = w.showParticipants(t.Participants, root, extended)
	return t
}

// showParticipants appends those who replied to a root post: their ids only, or with
// extended what others may see of them.
func (w *World) showParticipants(list []*model.User, root *post, extended bool) []*model.User {
	for _, id := range root.participants() {
		if u := w.users[id]; u != nil && extended {
			list = append(list, w.seenByOthers(u))
		} else {
			list = append(list, &model.User{ID: id, AuthData: emptyText})
		}
	}
	return list
}

// lastReplyAt is the time of a root post's newest reply, 0 without one.
func (p *post) lastReplyAt() int64 {
	if n := len(p.replies()); n > 0 {
		return p.replies()[n-1].CreateAt
	}
	return 0
}

// participants are the ids of those who replied to a root post, in the order of
// their first reply, or where the version says so of their last.
func (p *post) participants() []string {
	if p.more == nil {
		return nil
	}
	return p.more.participants
}

// addReply puts a reply into a root post's thread. With last its author is the last of
// the participants then, also if he was one before.
func (h *hanging) addReply(p *post, last bool) {
	h.replies.add(p)
	if at := slices.Index(h.participants, p.UserID); at >= 0 {
		if !last || at == len(h.participants)-1 {
			return
		}
		h.participants = without(h.participants, p.UserID)
	}
	h.participants = append(h.participants, p.UserID)
}

// removeReply takes a deleted reply out of a thread.
func (h *hanging) removeReply(p *post) {
	h.replies.remove(p)
	if !slices.ContainsFunc(h.replies, func(r *post) bool { return r.UserID == p.UserID }) {
		h.participants = without(h.participants, p.UserID)
	}
}

func (p *post) urgent() bool {
	return p.Priority != nil && p.Priority.Priority != nil && *p.Priority.Priority == model.PostPriorityUrgent
}
