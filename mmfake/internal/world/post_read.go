package world

import (
	"cmp"
	"slices"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// Post returns a post that the session's user may read. Deleted ones are shown
// to admins who ask for them.
func (w *World) Post(as *Session, id string, deleted bool) (*model.Post, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if deleted && !w.may(as, ManageSystem) {
		return nil, ErrPermission.With(ManageSystem)
	}
	p, err := w.readable(as, id, deleted)
	if err != nil {
		return nil, err
	}
	d := w.dress(p)
	if !w.version.Has(versions.RepliesCounted) {
		d.ReplyCount = 0
	}
	if deleted {
		d.Message = p.Message // who asks for deleted posts sees what they said
	}
	w.showTo(as, d)
	return d, nil
}

// readable finds a post whose channel the session's user may read.
func (w *World) readable(as *Session, id string, deleted bool) (*post, error) {
	p := w.posts[id]
	if p == nil || p.DeleteAt != 0 && !deleted {
		return nil, errPostUnknown.With()
	}
	if !w.mayRead(as, w.channels[p.ChannelID]) {
		return nil, w.lacking(as, p.ChannelID, ReadChannelContent)
	}
	return p, nil
}

// PostsByIDs returns those of the posts that the session's user may read, newest
// first, deleted ones without what they said. It fails only where there is none of
// them.
func (w *World) PostsByIDs(as *Session, ids []string) ([]*model.Post, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	list, found := []*model.Post{}, false
	for _, id := range ids {
		if p := w.posts[id]; p != nil {
			found = true
			if w.mayRead(as, w.channels[p.ChannelID]) {
				d := w.dress(p)
				w.showTo(as, d)
				list = append(list, d)
			}
		}
	}
	if !found {
		return nil, errPostUnknown.With()
	}
	slices.SortFunc(list, func(a, b *model.Post) int {
		return cmp.Or(cmp.Compare(b.CreateAt, a.CreateAt), strings.Compare(a.ID, b.ID))
	})
	return list, nil
}

// PostInfo tells where a post stands, to those who are in its channel or could
// join it. To others it is unknown.
func (w *World) PostInfo(as *Session, id string) (*model.PostInfo, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	_, c := w.livingPost(id)
	if c == nil {
		return nil, errPostUnknown.With()
	}
	info := &model.PostInfo{
		ChannelID: c.ID, ChannelType: c.Type, ChannelDisplayName: c.DisplayName, HasJoinedChannel: c.members[as.UserID] != nil,
	}
	if t := w.teams[c.TeamID]; t != nil {
		info.TeamID, info.TeamDisplayName, info.HasJoinedTeam = t.ID, t.DisplayName, t.active(as.UserID)
		info.TeamType = model.TeamInvite // whatever the team's own type says (recorded from 11.6.0)
		join := JoinPrivateTeams
		if t.AllowOpenInvite {
			info.TeamType, join = model.TeamOpen, JoinPublicTeams
		}
		if !info.HasJoinedTeam && !w.may(as, join) {
			return nil, errPostUnknown.With()
		}
	}
	if !info.HasJoinedChannel && c.Type != model.ChannelOpen && !w.may(as, ManageSystem) {
		return nil, errPostUnknown.With()
	}
	return info, nil
}

// PinnedPosts returns the pinned posts of a channel, oldest first.
func (w *World) PinnedPosts(as *Session, channelID string) (*model.PostList, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	c, err := w.channelToList(as, channelID)
	if err != nil {
		return nil, err
	}
	return w.showAllTo(as, w.list(c.posts.pinned)), nil
}

// list makes the list of posts, in the order given.
func (w *World) list(posts []*post) *model.PostList {
	list := model.NewPostList()
	for _, p := range posts {
		list.Append(w.dress(p))
	}
	return list
}

// FlaggedPosts returns a page of the posts that a user has saved, newest first:
// those that the session's user may read, of a team or a channel where one is
// given. Direct and group channels are in every team.
func (w *World) FlaggedPosts(as *Session, userID, teamID, channelID string, page Page) (*model.PostList, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if !w.mayManageUser(as, userID) {
		return nil, ErrPermission.With(EditOtherUsers)
	}
	var found timeline
	if u := w.users[userID]; u != nil {
		for _, id := range u.flaggedPosts() {
			p, c := w.livingPost(id)
			if w.mayRead(as, c) && (teamID == "" || c.TeamID == teamID || c.TeamID == "") && (channelID == "" || c.ID == channelID) {
				found.add(p)
			}
		}
	}
	return w.showAllTo(as, w.list(slice(newestFirst(found), page))), nil
}

func newestFirst(part []*post) []*post {
	list := slices.Clone(part)
	slices.Reverse(list)
	return list
}

// AllPosts returns the living posts of those channels that in picks, oldest
// first, whoever may read them: it is for the test itself.
func (w *World) AllPosts(in func(channelID string) bool) []*model.Post {
	w.mu.RLock()
	defer w.mu.RUnlock()
	var list []*model.Post
	for id, c := range w.channels {
		if !in(id) {
			continue
		}
		for _, p := range c.posts.living {
			list = append(list, w.dress(p))
		}
	}
	slices.SortFunc(list, func(a, b *model.Post) int {
		return cmp.Or(cmp.Compare(a.CreateAt, b.CreateAt), strings.Compare(a.ID, b.ID))
	})
	return list
}

// Names returns the names of a user and a channel, "" for unknown ones.
func (w *World) Names(userID, channelID string) (user, channel string) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if u := w.users[userID]; u != nil {
		user = u.Username
	}
	if c := w.channels[channelID]; c != nil {
		channel = c.Name
	}
	return user, channel
}
