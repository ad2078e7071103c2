package world

import (
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// SetPostUnread makes a channel unread for a user from a post on, and returns how
// far he has read then. For a client that does not collapse threads, the thread of
// a reply becomes unread too (facts 4.3).
func (w *World) SetPostUnread(as *Session, userID, postID string, collapsed bool) (*model.PostUnread, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.mayManageUser(as, userID) {
		return nil, ErrPermission.With(EditOtherUsers)
	}
	p, c, err := w.postToRead(as, postID)
	if err != nil {
		return nil, err
	}
	m := c.members[userID]
	if m == nil {
		return nil, errChannelMemberUnknown.With()
	}
	w.unreadFrom(c, m, p)
	if p.root != nil && !collapsed {
		w.unreadThreadFrom(c, m, p)
	}
	u := &model.PostUnread{
		TeamID: c.TeamID, UserID: userID, ChannelID: c.ID,
		MsgCount: m.MsgCount, MsgCountRoot: m.MsgCountRoot,
		MentionCount: m.MentionCount, MentionCountRoot: m.MentionCountRoot, UrgentMentionCount: m.UrgentMentionCount,
		LastViewedAt: m.LastViewedAt,
	}
	w.publish(&Event{Name: model.EventPostUnread, Data: map[string]any{
		"post_id": postID, "msg_count": u.MsgCount, "msg_count_root": u.MsgCountRoot, "mention_count": u.MentionCount,
		"mention_count_root": u.MentionCountRoot, "urgent_mention_count": u.UrgentMentionCount, "last_viewed_at": u.LastViewedAt,
	}, Broadcast: model.Broadcast{TeamID: c.TeamID, ChannelID: c.ID, UserID: userID}})
	return u, nil
}

// unreadThreadFrom makes a member follow the thread of a reply, unread from that reply
// on. While threads are collapsed the channel's root posts are none the less read.
func (w *World) unreadThreadFrom(c *channel, m *member, p *post) {
	f := w.follow(m.UserID, p.root)
	f.following = true
	w.readThread(f, p.CreateAt-1)
	if !w.version.Has(versions.ThreadsCollapsed) {
		return
	}
	m.MsgCountRoot, m.MentionCountRoot, m.UrgentMentionCount = c.TotalMsgCountRoot, 0, 0
	w.publish(&Event{Name: model.EventThreadUpdated, Data: map[string]any{"thread": w.inJSON(w.threadFor(f, true))},
		Broadcast: model.Broadcast{TeamID: c.TeamID, UserID: m.UserID}})
}

// unreadFrom counts anew what a member has read: all before a post.
func (w *World) unreadFrom(c *channel, m *member, from *post) {
	m.LastViewedAt, m.LastUpdateAt = from.CreateAt-1, w.clock.tick()
	m.MsgCount, m.MsgCountRoot = c.TotalMsgCount, c.TotalMsgCountRoot
	m.MentionCount, m.MentionCountRoot, m.UrgentMentionCount = 0, 0, 0
	for _, p := range c.posts.living[c.posts.living.from(from.CreateAt, ""):] {
		if !uncounted(p.Type) {
			m.MsgCount--
			if p.root == nil {
				m.MsgCountRoot--
			}
		}
		if w.concerns(c, p, m.UserID) {
			m.noteMention(p)
		}
	}
	m.MsgCount, m.MsgCountRoot = max(m.MsgCount, 0), max(m.MsgCountRoot, 0)
}

// noteMention counts a post that mentions the member.
func (m *member) noteMention(p *post) {
	m.MentionCount++
	if p.root != nil {
		return
	}
	m.MentionCountRoot++
	if p.urgent() {
		m.UrgentMentionCount++
	}
}
