package world

import (
	"slices"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// PublicChannels returns a page of a team's public channels, by display name.
func (w *World) PublicChannels(as *Session, teamID string, page Page) ([]*model.Channel, error) {
	return w.teamChannels(as, teamID, ListTeamChannels, page, func(c *channel) bool {
		return c.Type == model.ChannelOpen && c.DeleteAt == 0
	})
}

// PrivateChannels returns a page of a team's private channels: for admins.
func (w *World) PrivateChannels(as *Session, teamID string, page Page) ([]*model.Channel, error) {
	return w.teamChannels(as, teamID, ManageSystem, page, func(c *channel) bool {
		return c.Type == model.ChannelPrivate && c.DeleteAt == 0
	})
}

// ArchivedChannels returns a page of a team's archived channels: the public ones,
// and of the private ones those that the session's user is in, or as an admin all.
func (w *World) ArchivedChannels(as *Session, teamID string, page Page) ([]*model.Channel, error) {
	p := ListTeamChannels
	if !w.version.Has(versions.DeletedListedToMembers) {
		p = ManageTeam
	}
	return w.teamChannels(as, teamID, p, page, func(c *channel) bool {
		return c.DeleteAt != 0 && (c.Type == model.ChannelOpen || c.members[as.UserID] != nil || w.may(as, ManageSystem))
	})
}

// SearchChannels finds public channels of a team by a part of their names or
// purpose, the archived ones too where the version finds those. Who may not list the team's channels finds his
// own.
func (w *World) SearchChannels(as *Session, teamID, term string) ([]*model.Channel, error) {
	const most = 100
	w.mu.RLock()
	defer w.mu.RUnlock()
	listing := w.mayInTeam(as, teamID, ListTeamChannels)
	t := w.teams[teamID]
	if !listing && !w.version.Has(versions.SearchByMembers) {
		return nil, ErrPermission.With(ListTeamChannels)
	}
	if !listing && (t == nil || t.members[as.UserID] == nil) {
		return nil, errTeamMemberUnknown.With()
	}
	return w.first(t, Page{PerPage: most}, func(c *channel) bool {
		visible := c.members[as.UserID] != nil
		if listing {
			visible = c.Type == model.ChannelOpen
		}
		return visible && w.findable(c) && c.matches(term)
	}), nil
}

// SearchArchivedChannels is SearchChannels for the archived channels that
// ArchivedChannels lists.
func (w *World) SearchArchivedChannels(as *Session, teamID, term string) ([]*model.Channel, error) {
	return w.teamChannels(as, teamID, ListTeamChannels, Page{PerPage: 100}, func(c *channel) bool {
		return c.DeleteAt != 0 && (c.Type == model.ChannelOpen || c.members[as.UserID] != nil) && c.matches(term)
	})
}

const mostCompletions = 50 // channels that complete a name

// CompleteChannels returns the channels of a team that a name may be the begin of:
// the public ones and, unless the version is old, the private ones that the session's
// user is in.
func (w *World) CompleteChannels(as *Session, teamID, name string) ([]*model.Channel, error) {
	own := w.version.Has(versions.PrivateCompleted)
	return w.teamChannels(as, teamID, ListTeamChannels, Page{PerPage: mostCompletions}, func(c *channel) bool {
		return (c.Type == model.ChannelOpen || own && c.members[as.UserID] != nil) && w.findable(c) && c.matches(name)
	})
}

// findable says whether a channel is found though it be archived.
func (w *World) findable(c *channel) bool {
	return c.DeleteAt == 0 || w.version.Has(versions.ArchivedFound)
}

// CompleteSearch is CompleteChannels for the box that posts are searched with: of
// all channels that the session's user is in, direct and group ones too. A direct
// channel is called after whom it is with.
func (w *World) CompleteSearch(as *Session, teamID, name string) ([]*model.Channel, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if !w.mayInTeam(as, teamID, ListTeamChannels) {
		return nil, ErrPermission.With(ListTeamChannels)
	}
	out := []*model.Channel{}
	for _, c := range w.channelsOf(as.user, teamID) {
		if len(out) == mostCompletions {
			break
		}
		if c.Type != model.ChannelDirect {
			if c.matches(name) {
				out = append(out, w.show(c))
			}
			continue
		}
		if with := c.others(as.user); strings.Contains(strings.ToLower(with.Username+" "+with.Nickname), strings.ToLower(name)) {
			shown := w.show(c)
			shown.DisplayName = with.Username
			out = append(out, shown)
		}
	}
	return out, nil
}

// others is whom a user has a direct channel with: himself, where it is his own.
func (c *channel) others(u *user) *user {
	for _, m := range c.order {
		if m.user != u {
			return m.user
		}
	}
	return u
}

// matches says whether a channel's names or purpose have a term in them, or have
// words that begin as all words of the term do.
func (c *channel) matches(term string) bool {
	term = strings.ToLower(strings.TrimSpace(term))
	text := c.Name + "\n" + strings.ToLower(c.DisplayName+"\n"+c.Purpose)
	if strings.Contains(text, term) {
		return true
	}
	words := strings.Fields(text)
	for part := range strings.FieldsSeq(term) {
		if !slices.ContainsFunc(words, func(word string) bool { return strings.HasPrefix(word, part) }) {
			return false
		}
	}
	return true
}

// teamChannels returns a page of those of a team's channels that a condition
// picks, by display name. p is the permission that it takes.
func (w *World) teamChannels(as *Session, teamID string, p Permission, page Page, pick func(*channel) bool) ([]*model.Channel, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if !w.mayInTeam(as, teamID, p) {
		return nil, ErrPermission.With(p)
	}
	return w.first(w.teams[teamID], page, pick), nil
}

// first looks through a team's channels no further than the end of the page. A nil
// team has none.
func (w *World) first(t *team, page Page, pick func(*channel) bool) []*model.Channel {
	out := []*model.Channel{}
	if t == nil {
		return out
	}
	skip, end := page.bounds(len(t.all))
	for n, i := 0, 0; i < len(t.all) && n < end; i++ {
		if !pick(t.all[i]) {
			continue
		}
		if n >= skip {
			out = append(out, w.show(t.all[i]))
		}
		n++
	}
	return out
}

// PublicChannelsByIDs returns those of the ids' channels that are public and of a
// team, each once and by display name. It fails where there is none.
func (w *World) PublicChannelsByIDs(as *Session, teamID string, ids []string) ([]*model.Channel, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if !w.mayInTeam(as, teamID, ViewTeam) {
		return nil, ErrPermission.With(ViewTeam)
	}
	list := []*channel{}
	for _, id := range ids {
		if c := w.channels[id]; c != nil && c.TeamID == teamID && c.Type == model.ChannelOpen && c.DeleteAt == 0 {
			list = append(list, c)
		}
	}
	if len(list) == 0 {
		return nil, errNoChannels.With()
	}
	slices.SortFunc(list, byDisplayName)
	return w.showAll(slices.Compact(list)), nil
}

func (w *World) showAll(list []*channel) []*model.Channel {
	out := make([]*model.Channel, len(list))
	for i, c := range list {
		out[i] = w.show(c)
	}
	return out
}

// ChannelsOf returns the channels of a team that a user is in, with the direct
// and group ones; without a team those of all teams. Archived ones are there if
// deleted asks for those archived at a time or later. In a team it fails where there is none.
func (w *World) ChannelsOf(as *Session, userID, teamID string, deleted bool, since int64) ([]*model.Channel, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if err := w.mayListOf(as, userID, teamID); err != nil {
		return nil, err
	}
	out := []*model.Channel{}
	for _, c := range w.channelsOf(w.users[userID], teamID) {
		if c.DeleteAt == 0 || deleted && c.DeleteAt >= since && w.findable(c) {
			out = append(out, w.show(c))
		}
	}
	if len(out) == 0 && teamID != "" {
		return nil, errNoChannelsOf.With()
	}
	return out, nil
}

// mayListOf says why the session's user may not see which channels of a team
// somebody is in; without a team, of all teams.
func (w *World) mayListOf(as *Session, userID, teamID string) error {
	switch {
	case !w.mayManageUser(as, userID):
		return ErrPermission.With(EditOtherUsers)
	case teamID != "" && !w.mayInTeam(as, teamID, ViewTeam):
		return ErrPermission.With(ViewTeam)
	}
	return nil
}

// channelsOf are a user's channels in a team, or in all, by display name.
func (w *World) channelsOf(u *user, teamID string) []*channel {
	if u == nil {
		return nil
	}
	list := make([]*channel, 0, len(u.channels))
	for _, c := range u.channels {
		if teamID == "" || c.TeamID == "" || c.TeamID == teamID {
			list = append(list, c)
		}
	}
	slices.SortFunc(list, byDisplayName)
	return list
}

// MembershipsOf returns a user's memberships in the channels of a team, with the
// direct and group ones. Those in archived channels are there too.
func (w *World) MembershipsOf(as *Session, userID, teamID string) ([]*model.ChannelMember, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if err := w.mayListOf(as, userID, teamID); err != nil {
		return nil, err
	}
	out := []*model.ChannelMember{}
	for _, c := range w.channelsOf(w.users[userID], teamID) {
		out = append(out, w.seenMember(as, c.members[userID]))
	}
	return out, nil
}

// AllMembershipsOf returns a page of a user's memberships in the channels of all
// teams, by channel id.
func (w *World) AllMembershipsOf(as *Session, userID string, page Page) ([]*model.ChannelMemberWithTeam, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if err := w.mayListOf(as, userID, ""); err != nil {
		return nil, err
	}
	list := w.channelsOf(w.users[userID], "")
	slices.SortFunc(list, func(a, b *channel) int { return strings.Compare(a.ID, b.ID) })
	out := []*model.ChannelMemberWithTeam{}
	for _, c := range slice(list, page) {
		m := &model.ChannelMemberWithTeam{ChannelMember: *w.seenMember(as, c.members[userID])}
		if t := w.teams[c.TeamID]; t != nil {
			m.TeamName, m.TeamDisplayName, m.TeamUpdateAt = t.Name, t.DisplayName, t.UpdateAt
		}
		out = append(out, m)
	}
	return out, nil
}

// ChannelStats counts what a channel has. Deactivated members do not count.
func (w *World) ChannelStats(as *Session, channelID string) (*model.ChannelStats, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	c, err := w.channelWith(as, channelID, ReadChannel)
	if err != nil {
		return nil, err
	}
	stats := &model.ChannelStats{ChannelID: c.ID, PinnedPostCount: int64(len(c.posts.pinned))}
	for _, m := range c.order {
		if m.user.DeleteAt == 0 {
			stats.MemberCount++
		}
	}
	for _, f := range w.files.all {
		if f.ChannelID == c.ID && f.PostID != "" && !w.gone(f) {
			stats.FilesCount++
		}
	}
	return stats, nil
}
