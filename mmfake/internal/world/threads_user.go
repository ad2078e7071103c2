package world

import (
	"cmp"
	"slices"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// A UserThreadsQuery asks for a part of the threads that a user follows.
type UserThreadsQuery struct {
	PerPage       int
	Before, After string // ids of threads: only older, only newer ones by their last reply
	Since         int64  // only those that changed after that time
	Unread        bool   // only those with unread replies
	Deleted       bool   // those of deleted posts too
	Extended      bool   // participants are more than ids
	TotalsOnly    bool
	ThreadsOnly   bool
	ExcludeDirect bool // leave out direct and group channels
}

// UserThreads returns the threads that a user follows in a team and his direct
// channels, those with the newest reply first, and the totals of them all
// (facts 4.7).
func (w *World) UserThreads(as *Session, userID, teamID string, q UserThreadsQuery) (*model.Threads, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if err := w.mayUseThreads(as, userID, teamID); err != nil {
		return nil, err
	}
	all := w.followed(userID, teamID, q)
	list := &model.Threads{}
	if !q.ThreadsOnly {
		countThreads(list, all, q.Unread)
	}
	if !q.TotalsOnly {
		list.Threads = []*model.Thread{}
		for _, f := range q.part(all) {
			list.Threads = append(list.Threads, w.threadFor(f, q.Extended))
		}
	}
	return list, nil
}

// mayUseThreads says why the session's user may not see a user's threads of a team.
func (w *World) mayUseThreads(as *Session, userID, teamID string) error {
	if !w.mayManageUser(as, userID) {
		return ErrPermission.With(EditOtherUsers)
	}
	if !w.mayInTeam(as, teamID, ViewTeam) {
		return ErrPermission.With(ViewTeam)
	}
	return nil
}

// followed are a user's relations to the threads that he follows and can see, the
// one with the newest reply first.
func (w *World) followed(userID, teamID string, q UserThreadsQuery) []*follow {
	var list []*follow
	for _, f := range w.follows[userID] {
		c := w.channels[f.root.ChannelID]
		seen := c.TeamID == teamID || c.TeamID == "" && !q.ExcludeDirect
		if f.following && seen && c.members[userID] != nil && len(f.root.replies()) > 0 && (f.root.DeleteAt == 0 || q.Deleted) {
			list = append(list, f)
		}
	}
	slices.SortFunc(list, func(a, b *follow) int {
		return cmp.Or(cmp.Compare(b.root.lastReplyAt(), a.root.lastReplyAt()), strings.Compare(a.root.ID, b.root.ID))
	})
	return list
}

func countThreads(to *model.Threads, all []*follow, unreadOnly bool) {
	for _, f := range all {
		unread := f.unread() > 0
		if unread {
			to.TotalUnreadThreads++
		}
		if unread || !unreadOnly {
			to.Total++
		}
		to.TotalUnreadMentions += f.mentions
		if f.root.urgent() {
			to.TotalUnreadUrgentMentions += f.mentions
		}
	}
}

// addThreadsUnread counts the threads of a team that a user follows and has not read.
func (w *World) addThreadsUnread(sum *model.TeamUnread, userID string) {
	var threads model.Threads
	countThreads(&threads, w.followed(userID, sum.TeamID, UserThreadsQuery{ExcludeDirect: true}), false)
	sum.ThreadCount, sum.ThreadMentionCount, sum.ThreadUrgentMentionCount = threads.TotalUnreadThreads, threads.TotalUnreadMentions, threads.TotalUnreadUrgentMentions
}

// part picks the page that is asked for. Before and After lead away from a thread:
// After gives the ones that follow it next, newest first all the same.
func (q UserThreadsQuery) part(all []*follow) []*follow {
	at := func(id string) int {
		return slices.IndexFunc(all, func(f *follow) bool { return f.root.ID == id })
	}
	from, to := 0, len(all)
	if q.Before != "" {
		from = at(q.Before) + 1
	}
	if q.After != "" {
		to = max(at(q.After), 0)
	}
	list := slices.DeleteFunc(slices.Clone(all[min(from, to):to]), func(f *follow) bool {
		return q.Unread && f.unread() == 0 || f.changedAt <= q.Since && q.Since > 0 && f.root.lastReplyAt() <= q.Since
	})
	switch extra := len(list) - q.PerPage; {
	case extra <= 0:
		return list
	case q.After != "":
		return list[extra:]
	default:
		return list[:q.PerPage]
	}
}

// UserThread returns a thread that a user follows.
func (w *World) UserThread(as *Session, userID, teamID, threadID string, extended bool) (*model.Thread, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if err := w.mayUseThreads(as, userID, teamID); err != nil {
		return nil, err
	}
	f := w.follows[userID][threadID]
	switch {
	case f == nil:
		return nil, errThreadNoMember.With()
	case !f.following || f.root.DeleteAt != 0 || len(f.root.replies()) == 0:
		return nil, errThreadUnknown.With()
	}
	return w.threadFor(f, extended), nil
}

// FollowThread makes a user follow a thread, or cease to. Who begins to follow has
// read it.
func (w *World) FollowThread(as *Session, userID, teamID, threadID string, following bool) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	root, err := w.threadOf(as, userID, threadID)
	if err != nil {
		return err
	}
	f := w.follow(userID, root)
	f.following = following
	f.changedAt = w.clock.tick()
	if following {
		f.saw(f.changedAt, f.changedAt)
	}
	w.publish(&Event{Name: model.EventThreadFollowChanged, Data: map[string]any{
		"thread_id": threadID, "state": following, "reply_count": root.replyCount(),
	}, Broadcast: model.Broadcast{TeamID: teamID, UserID: userID}})
	return nil
}

// threadOf finds the root post of a thread that the session's user may read, for
// what he does for a user.
func (w *World) threadOf(as *Session, userID, threadID string) (*post, error) {
	if !w.mayManageUser(as, userID) {
		return nil, ErrPermission.With(EditOtherUsers)
	}
	p, _, err := w.postToRead(as, threadID)
	if err != nil {
		return nil, err
	}
	return p.thread(), nil
}

// ReadThreads marks all threads of a user in a team as read.
func (w *World) ReadThreads(as *Session, userID, teamID string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.mayUseThreads(as, userID, teamID); err != nil {
		return err
	}
	now := w.clock.tick()
	for _, f := range w.followed(userID, teamID, UserThreadsQuery{}) {
		f.saw(now, now)
	}
	w.publish(&Event{Name: model.EventThreadReadChanged, Data: map[string]any{"timestamp": now},
		Broadcast: model.Broadcast{TeamID: teamID, UserID: userID}})
	return nil
}

// readThreadsOf marks all threads of channels as read by a user, and tells him where
// he shows them apart.
func (w *World) readThreadsOf(userID string, channelIDs []string, tell bool) {
	now := w.clock.tick()
	for _, f := range w.follows[userID] {
		if slices.Contains(channelIDs, f.root.ChannelID) && f.root.lastReplyAt() > f.viewedAt {
			f.saw(now, now)
		}
	}
	for _, id := range channelIDs {
		if tell {
			w.publish(&Event{Name: model.EventThreadReadChanged, Data: map[string]any{"timestamp": now},
				Broadcast: model.Broadcast{ChannelID: id, UserID: userID}})
		}
	}
}

// ReadThread marks a thread as read up to a time, and returns it. Who reads a thread
// follows it.
func (w *World) ReadThread(as *Session, userID, teamID, threadID string, at int64) (*model.Thread, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	root, err := w.threadOf(as, userID, threadID)
	if err != nil {
		return nil, err
	}
	return w.readUntil(userID, teamID, root, at)
}

// SetThreadUnread marks a thread as unread from one of its posts on, and returns it.
func (w *World) SetThreadUnread(as *Session, userID, teamID, threadID, postID string) (*model.Thread, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	root, err := w.threadOf(as, userID, threadID)
	if err != nil {
		return nil, err
	}
	p, _ := w.livingPost(postID)
	if p == nil {
		return nil, errPostUnknown.With()
	}
	if p.thread() != root {
		return nil, errThreadPost.With()
	}
	return w.readUntil(userID, teamID, root, p.CreateAt-1)
}

// readUntil does that. A root post without replies is no thread, but followed from
// then on.
func (w *World) readUntil(userID, teamID string, root *post, at int64) (*model.Thread, error) {
	f := w.follow(userID, root)
	f.following = true
	if len(root.replies()) == 0 {
		return nil, errThreadUnknown.With()
	}
	mentions, replies := f.mentions, f.unread()
	w.readThread(f, at)
	t := w.threadFor(f, false)
	w.publish(&Event{Name: model.EventThreadReadChanged, Data: map[string]any{
		"thread_id": root.ID, "timestamp": at, "channel_id": root.ChannelID,
		"unread_mentions": t.UnreadMentions, "unread_replies": t.UnreadReplies,
		"previous_unread_mentions": mentions, "previous_unread_replies": replies,
	}, Broadcast: model.Broadcast{TeamID: teamID, UserID: userID}})
	return t, nil
}

// readThread says up to when a follower has read a thread, and counts the mentions
// after that anew.
func (w *World) readThread(f *follow, at int64) {
	f.saw(at, w.clock.tick())
	c := w.channels[f.root.ChannelID]
	for _, p := range f.root.replies()[f.root.replies().after(at):] {
		if p.UserID != f.userID && w.concerns(c, p, f.userID) {
			f.mentions++
		}
	}
}

// ThreadMentions counts the unread mentions in the threads that a user follows, by
// channel.
func (w *World) ThreadMentions(as *Session, userID, teamID string) (map[string]int64, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if err := w.mayUseThreads(as, userID, teamID); err != nil {
		return nil, err
	}
	counts := map[string]int64{}
	for _, f := range w.followed(userID, teamID, UserThreadsQuery{}) {
		if f.mentions > 0 {
			counts[f.root.ChannelID] += f.mentions
		}
	}
	return counts, nil
}
