package world

import (
	"slices"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// A ChannelQuery says which public and private channels of all teams to list.
type ChannelQuery struct {
	Term            string   // a part of their names or purpose
	TeamIDs         []string // nil for all teams
	Public, Private bool     // only these; both or none for both
	Archived        bool     // also the archived ones
	OnlyArchived    bool
	NoDefaults      bool // leave town-square and off-topic out
	Page            Page
}

// AllChannels returns a page of the channels of all teams that a query asks for, by
// display name, and how many there are: for admins.
func (w *World) AllChannels(as *Session, q ChannelQuery) ([]*model.ChannelWithTeam, int, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if !w.may(as, SysconsoleRead) {
		return nil, 0, ErrPermission.With(SysconsoleRead)
	}
	list := w.channelsOfTeams(q.picks)
	return w.withTeams(slice(list, q.Page)), len(list), nil
}

func (q *ChannelQuery) picks(c *channel) bool {
	switch {
	case q.TeamIDs != nil && !slices.Contains(q.TeamIDs, c.TeamID),
		q.Public != q.Private && q.Public != (c.Type == model.ChannelOpen),
		c.DeleteAt != 0 && !q.Archived && !q.OnlyArchived,
		c.DeleteAt == 0 && q.OnlyArchived,
		q.NoDefaults && (c.Name == model.DefaultChannel || c.Name == offTopic):
		return false
	}
	return c.matches(q.Term)
}

// CompleteAllChannels is CompleteChannels for all teams of the session's user.
func (w *World) CompleteAllChannels(as *Session, name string) []*model.ChannelWithTeam {
	w.mu.RLock()
	defer w.mu.RUnlock()
	list := w.channelsOfTeams(func(c *channel) bool {
		mine := c.Type == model.ChannelOpen && w.teams[c.TeamID].active(as.UserID) || c.members[as.UserID] != nil
		return mine && c.matches(name)
	})
	return w.withTeams(slice(list, Page{PerPage: mostCompletions}))
}

// channelsOfTeams are those of the public and private channels of all teams that a
// condition picks, by display name.
func (w *World) channelsOfTeams(pick func(*channel) bool) []*channel {
	list := []*channel{}
	for _, t := range w.allTeams {
		for _, c := range t.all {
			if pick(c) {
				list = append(list, c)
			}
		}
	}
	slices.SortFunc(list, byDisplayName)
	return list
}

func (w *World) withTeams(list []*channel) []*model.ChannelWithTeam {
	out := make([]*model.ChannelWithTeam, len(list))
	for i, c := range list {
		t := w.teams[c.TeamID]
		out[i] = &model.ChannelWithTeam{Channel: *c.snapshot(), TeamDisplayName: t.DisplayName, TeamName: t.Name, TeamUpdateAt: t.UpdateAt}
	}
	return out
}

// SearchGroups returns the group channels of the session's user in whose members'
// names all words of a term stand, by display name.
func (w *World) SearchGroups(as *Session, term string) []*model.Channel {
	w.mu.RLock()
	defer w.mu.RUnlock()
	words := strings.Fields(strings.ToLower(term))
	list := slices.DeleteFunc(w.channelsOf(as.user, ""), func(c *channel) bool {
		if c.Type != model.ChannelGroup {
			return true
		}
		var members []string
		for _, m := range c.order {
			members = append(members, m.user.Username)
		}
		text := strings.Join(members, ", ")
		return slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(text, word) })
	})
	return w.showAll(list)
}

// MoveChannel moves a channel to another team, all of whose members its members must
// be: with force those who are not are removed. Its webhooks go with it. For admins.
func (w *World) MoveChannel(as *Session, channelID, teamID string, force bool) (*model.Channel, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	c, t := w.channels[channelID], w.teams[teamID]
	switch {
	case c == nil:
		return nil, errChannelUnknown.With()
	case t == nil:
		return nil, errTeamUnknown.With()
	case !w.may(as, ManageSystem):
		return nil, ErrPermission.With(ManageSystem)
	case c.direct():
		return nil, errMoveDirect.With()
	}
	for _, m := range slices.Clone(c.order) {
		switch {
		case m.user.DeleteAt != 0:
			w.exitChannel(c, m.user)
		case t.active(m.UserID):
		case force:
			if err := w.removeMember(c, m.user, as.user); err != nil {
				return nil, err
			}
		default:
			return nil, errMoveMembers.With()
		}
	}
	if other := t.channels[c.Name]; other != nil && other != c {
		return nil, errChannelRenameTaken.With()
	}
	w.rehome(c, t, as.user)
	return w.show(c), nil
}

// rehome makes a channel one of another team, in the name of a user.
func (w *World) rehome(c *channel, to *team, by *user) {
	from := w.teams[c.TeamID]
	in, out := w.hooksOf(c)
	for _, h := range in {
		moved := h.Clone()
		moved.TeamID = to.ID
		w.hooks[h.ID] = moved
	}
	for _, h := range out {
		moved := h.Clone()
		moved.TeamID = to.ID
		w.outgoing.drop(h)
		w.outgoing.put(moved)
	}
	from.unlist(c)
	c.TeamID, c.UpdateAt = to.ID, w.clock.tick()
	to.list(c)
	w.systemPost(c, by, model.PostTypeMoveChannel, "This channel has been moved to this team from "+from.Name+".", model.Props{model.PropUsername: by.Username})
}
