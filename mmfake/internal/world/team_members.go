package world

import (
	"errors"
	"slices"
	"strings"
	"unicode"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// AddTeamMember makes a user a member of a team: himself where the team is open,
// others with add_user_to_team. The messages of it say that he joined, whoever
// added him (facts 3.3).
func (w *World) AddTeamMember(as *Session, teamID, userID string) (*model.TeamMember, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	t := w.teams[teamID]
	if as.UserID == userID {
		if t == nil {
			return nil, errTeamUnknown.With()
		}
		p := JoinPrivateTeams
		if t.AllowOpenInvite {
			p = JoinPublicTeams
		}
		if !w.mayInTeam(as, teamID, p) || !w.version.Has(versions.OpenTeamsJoined) && !w.mayInTeam(as, teamID, AddUserToTeam) {
			return nil, ErrPermission.With(p)
		}
	} else if !w.mayInTeam(as, teamID, AddUserToTeam) {
		return nil, ErrPermission.With(AddUserToTeam)
	}
	if t == nil {
		return nil, errTeamUnknown.With()
	}
	return w.addToTeam(t, userID, nil)
}

// AddTeamMembers makes users members of a team, in the order of their ids. It
// ends at the first who cannot be one, unless it is to be graceful: then the list
// says of each user whether he is a member, or why not.
func (w *World) AddTeamMembers(as *Session, teamID string, userIDs []string, graceful bool) ([]model.TeamMemberWithError, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	t := w.teams[teamID]
	switch {
	case !w.mayInTeam(as, teamID, AddUserToTeam):
		return nil, ErrPermission.With(AddUserToTeam)
	case t == nil:
		return nil, errTeamUnknown.With()
	}
	list := []model.TeamMemberWithError{}
	for _, id := range userIDs {
		m, err := w.addToTeam(t, id, as.user)
		if err != nil && !graceful {
			return nil, err
		}
		why, _ := errors.AsType[*model.AppError](err) // none of them has details
		if why != nil {
			why = w.version.Error(why)
		}
		list = append(list, model.TeamMemberWithError{UserID: id, Member: m, Error: why})
	}
	return list, nil
}

// addToTeam makes a user a member of a team at somebody's request. The real
// server tells him of it twice (recorded from 11.6.0).
func (w *World) addToTeam(t *team, userID string, by *user) (*model.TeamMember, error) {
	u := w.users[userID]
	if u == nil {
		return nil, errTeamUserUnknown.With()
	}
	if err := w.joinTeamBy(t, u, by, false); err != nil {
		return nil, err
	}
	w.tellAddedToTeam(t, u)
	return t.members[userID].Clone(), nil
}

// JoinByInvitation makes the session's user a member of the team with that
// invite id.
func (w *World) JoinByInvitation(as *Session, inviteID string) (*model.TeamMember, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	t := w.invited(inviteID)
	if t == nil {
		return nil, errInviteUnknown.With()
	}
	if err := w.joinTeam(t, as.user, false); err != nil {
		return nil, err
	}
	return t.members[as.UserID].Clone(), nil
}

// MayInvite says why the session's user may not invite others to a team.
func (w *World) MayInvite(as *Session, teamID string) error {
	w.mu.RLock()
	defer w.mu.RUnlock()
	for _, p := range []Permission{InviteUser, AddUserToTeam} {
		if !w.mayInTeam(as, teamID, p) {
			return ErrPermission.With(p)
		}
	}
	return nil
}

// InvitationToken refuses the token of an invitation by e-mail: the fake sends none.
func (w *World) InvitationToken(token string) error {
	if token == "" {
		return errInviteMissing.With()
	}
	return errInviteToken.With()
}

func (w *World) tellAddedToTeam(t *team, u *user) {
	w.publish(&Event{Name: model.EventAddedToTeam, Data: map[string]any{"team_id": t.ID, "user_id": u.ID}, Broadcast: toUser(u.ID)})
}

// joinTeam makes a user a member of a team and of its default channels, with the
// messages that go with it. A member stays one.
func (w *World) joinTeam(t *team, u *user, admin bool) error { return w.joinTeamBy(t, u, nil, admin) }

// joinTeamBy is joinTeam with messages that name who added the user, nil where he
// joined. Whose address the team has, which is who made it, is its admin whenever he
// joins.
func (w *World) joinTeamBy(t *team, u, by *user, admin bool) error {
	if t.active(u.ID) {
		return nil
	}
	admin = admin || t.Email == u.Email
	if u.bot == nil && !inDomains(u.Email, t.AllowedDomains) {
		return errTeamJoinDomain.With()
	}
	if len(t.order) >= w.config.MaxUsersPerTeam && w.activeMembers(t) >= w.config.MaxUsersPerTeam {
		return errTeamFull.With()
	}
	w.enterTeam(t, u, admin)
	for _, c := range t.defaultChannels() {
		w.joinDefaultChannel(c, u, by, admin)
	}
	w.tellAddedToTeam(t, u)
	return nil
}

// inDomains says whether an e-mail address is of one of the domains in a text like
// "example.com, @example.org"; an empty text has all.
func inDomains(address, domains string) bool {
	list := strings.FieldsFunc(strings.ToLower(domains), func(r rune) bool { return r == ',' || r == '@' || unicode.IsSpace(r) })
	return len(list) == 0 || slices.ContainsFunc(list, func(domain string) bool { return strings.HasSuffix(strings.ToLower(address), "@"+domain) })
}

// enterTeam makes a user a member of a team without a word to anybody.
func (w *World) enterTeam(t *team, u *user, admin bool) {
	t.members[u.ID] = &model.TeamMember{
		TeamID: t.ID, UserID: u.ID, SchemeUser: true, SchemeAdmin: admin, Roles: teamScheme.roles(ordinary(admin)),
	}
	t.order = append(t.order, u.ID)
	u.teams = append(u.teams, t)
}

// defaultChannels are those that everybody in the team is in, unless archived.
func (t *team) defaultChannels() []*channel {
	list := make([]*channel, 0, 2)
	for _, name := range []string{model.DefaultChannel, offTopic} {
		if c := t.channels[name]; c != nil && c.DeleteAt == 0 {
			list = append(list, c)
		}
	}
	return list
}

func (w *World) activeMembers(t *team) int {
	n := 0
	for _, id := range t.order {
		if w.users[id].DeleteAt == 0 {
			n++
		}
	}
	return n
}

// joinDefaultChannel adds a user to town-square, where he joins the team, or to
// another channel that everybody is in.
func (w *World) joinDefaultChannel(c *channel, u, by *user, admin bool) {
	if c.members[u.ID] != nil {
		return
	}
	w.enterChannel(c, u, admin)
	if w.config.EnableDefaultLeaveJoinMessages {
		w.tellJoined(c, u, by)
	}
	w.publish(&Event{Name: model.EventUserAdded, Data: map[string]any{"user_id": u.ID, "team_id": c.TeamID}, Broadcast: toChannel(c.ID)})
}

// tellJoined posts to a default channel who joined it, or the team, and who added
// him where somebody did (facts 3.3).
func (w *World) tellJoined(c *channel, u, by *user) {
	what, join, add := "channel", model.PostTypeJoinChannel, model.PostTypeAddToChannel
	if c.Name == model.DefaultChannel {
		what, join, add = "team", model.PostTypeJoinTeam, model.PostTypeAddToTeam
	}
	if by == nil || by == u {
		w.systemPost(c, u, join, u.Username+" joined the "+what+".", model.Props{model.PropUsername: u.Username})
		return
	}
	w.systemPost(c, by, add, u.Username+" added to the "+what+" by "+by.Username+".", addedProps(u, by))
}

// RemoveTeamMember ends a user's membership in a team and its channels: his own,
// or another's with remove_user_from_team.
func (w *World) RemoveTeamMember(as *Session, teamID, userID string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if userID != as.UserID && !w.mayInTeam(as, teamID, RemoveUserFromTeam) {
		return ErrPermission.With(RemoveUserFromTeam)
	}
	t, u := w.teams[teamID], w.users[userID]
	switch {
	case t == nil:
		return errTeamUnknown.With()
	case u == nil:
		return errUserUnknown.With()
	case t.members[userID] == nil:
		return errTeamLeft.With()
	}
	w.leaveTeam(t, u, as.user)
	return nil
}

// leaveTeam takes a user out of a team and its channels, tells both sides, and
// posts it to town-square in the user's name; by is himself where he leaves. One who
// has left already leaves again, as on the real server.
func (w *World) leaveTeam(t *team, u, by *user) {
	last := w.version.Has(versions.LeaverToldLast)
	if !last {
		w.tellLeft(t, u) // while he is still a member
	}
	for _, c := range slices.Clone(u.channels) {
		if c.TeamID == t.ID {
			w.exitChannel(c, u)
		}
	}
	w.postLeft(t, u, by)
	if last {
		w.tellLeft(t, u)
	}
	gone := t.members[u.ID].Clone()
	gone.DeleteAt = w.clock.tick()
	t.members[u.ID] = gone
	t.order = without(t.order, u.ID)
	u.teams = without(u.teams, t)
	delete(w.sidebars.changed, sidebarKey{u.ID, t.ID})
	w.forgetPreferences(u, t.ID)
}

// tellLeft publishes that a user leaves a team, of which he is still a member.
func (w *World) tellLeft(t *team, u *user) {
	left := func(to model.Broadcast) {
		w.publish(&Event{Name: model.EventLeaveTeam, Data: map[string]any{"user_id": u.ID, "team_id": t.ID}, Broadcast: to})
	}
	if !w.version.Has(versions.LeaverToldApart) {
		left(toTeam(t.ID))
		return
	}
	left(model.Broadcast{TeamID: t.ID, OmitUsers: map[string]bool{u.ID: true}})
	left(toUser(u.ID))
}

// postLeft posts to town-square that a user left the team, or was removed.
func (w *World) postLeft(t *team, u, by *user) {
	c := t.channels[model.DefaultChannel]
	if c == nil || !w.config.EnableDefaultLeaveJoinMessages {
		return
	}
	kind, text := model.PostTypeLeaveTeam, u.Username+" left the team."
	if by != u {
		kind, text = model.PostTypeRemoveFromTeam, u.Username+" removed from the team."
	}
	w.systemPost(c, u, kind, text, model.Props{model.PropUsername: u.Username})
}

// TeamMember returns a member of a team, also one who has left it.
func (w *World) TeamMember(as *Session, teamID, userID string) (*model.TeamMember, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if !w.mayInTeam(as, teamID, ViewTeam) {
		return nil, ErrPermission.With(ViewTeam)
	}
	t := w.teams[teamID]
	if t == nil || t.members[userID] == nil {
		return nil, errTeamMemberUnknown.With()
	}
	return t.members[userID].Clone(), nil
}

// A TeamMemberQuery says which members of a team to list, and how.
type TeamMemberQuery struct {
	ByName     bool // by user name; in the order of joining otherwise
	OnlyActive bool // leave deactivated users out
	Page       Page
}

// TeamMembers returns a page of a team's members.
func (w *World) TeamMembers(as *Session, teamID string, q TeamMemberQuery) ([]*model.TeamMember, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if !w.mayInTeam(as, teamID, ViewTeam) {
		return nil, ErrPermission.With(ViewTeam)
	}
	out := []*model.TeamMember{}
	t := w.teams[teamID]
	if t == nil {
		return out, nil
	}
	ids := t.order
	if q.ByName || q.OnlyActive { // rare enough to look at all members for
		ids = slices.Clone(ids)
		if q.OnlyActive {
			ids = slices.DeleteFunc(ids, func(id string) bool { return w.users[id].DeleteAt != 0 })
		}
		if q.ByName {
			slices.SortFunc(ids, func(a, b string) int { return strings.Compare(w.users[a].Username, w.users[b].Username) })
		}
	}
	for _, id := range slice(ids, q.Page) {
		out = append(out, t.members[id].Clone())
	}
	return out, nil
}

// TeamMembersByIDs returns those of the users who are members of a team.
func (w *World) TeamMembersByIDs(as *Session, teamID string, userIDs []string) ([]*model.TeamMember, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if !w.mayInTeam(as, teamID, ViewTeam) {
		return nil, ErrPermission.With(ViewTeam)
	}
	out := []*model.TeamMember{}
	if t := w.teams[teamID]; t != nil {
		for _, id := range userIDs {
			if t.active(id) {
				out = append(out, t.members[id].Clone())
			}
		}
	}
	return out, nil
}

// TeamMembershipsOf returns a user's memberships in all teams, the ended ones too.
func (w *World) TeamMembershipsOf(as *Session, userID string) ([]*model.TeamMember, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if !w.mayManageUser(as, userID) {
		return nil, ErrPermission.With(EditOtherUsers)
	}
	out := []*model.TeamMember{}
	for _, t := range w.allTeams {
		if m := t.members[userID]; m != nil {
			out = append(out, m.Clone())
		}
	}
	return out, nil
}

// TeamStats counts a team's members, and those of them who are not deactivated. An
// unknown team has none.
func (w *World) TeamStats(as *Session, teamID string) (*model.TeamStats, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if !w.mayInTeam(as, teamID, ViewTeam) {
		return nil, ErrPermission.With(ViewTeam)
	}
	stats := &model.TeamStats{TeamID: teamID}
	if t := w.teams[teamID]; t != nil {
		stats.TotalMemberCount, stats.ActiveMemberCount = int64(len(t.order)), int64(w.activeMembers(t))
	}
	return stats, nil
}
