package world

import (
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// AddTeamMember makes a user a member of a team: himself where the team is open,
// others with add_user_to_team.
func (w *World) AddTeamMember(as *Session, teamID, userID string) (*model.TeamMember, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	t := w.teams[teamID]
	if as.UserID == userID {
		p := JoinPrivateTeams
		if t != nil && t.AllowOpenInvite {
			p = JoinPublicTeams
		}
		if !w.mayInTeam(as, teamID, p) {
			return nil, ErrPermission.With(p)
		}
	} else if !w.mayInTeam(as, teamID, AddUserToTeam) {
		return nil, ErrPermission.With(AddUserToTeam)
	}
	if t == nil {
		return nil, errTeamUnknown.With()
	}
	u := w.users[userID]
	if u == nil {
		return nil, errTeamUserUnknown.With()
	}
	if err := w.joinTeam(t, u, false); err != nil {
		return nil, err
	}
	// The real server tells the joining user twice when he is added over the API.
	w.tellAddedToTeam(t, u)
	return memberCopy(t.members[userID]), nil
}

func memberCopy(m *model.TeamMember) *model.TeamMember {
	c := *m
	return &c
}

func (w *World) tellAddedToTeam(t *team, u *user) {
	w.publish(&Event{Name: model.EventAddedToTeam, Data: map[string]any{"team_id": t.ID, "user_id": u.ID}, Broadcast: toUser(u.ID)})
}

// joinTeam makes a user a member of a team and of its default channels, with the
// messages that go with it. A member stays one.
func (w *World) joinTeam(t *team, u *user, admin bool) error {
	if t.active(u.ID) {
		return nil
	}
	if len(t.members) >= w.config.MaxUsersPerTeam && w.activeMembers(t) >= w.config.MaxUsersPerTeam {
		return errTeamFull.With()
	}
	m := &model.TeamMember{TeamID: t.ID, UserID: u.ID, SchemeUser: true, SchemeAdmin: admin}
	m.Roles = memberRoles(roleTeamUser, roleTeamAdmin, admin, "")
	if t.members[u.ID] == nil {
		t.order = append(t.order, u.ID)
	}
	t.members[u.ID] = m
	u.teams[t.ID] = t
	w.tellAddedToTeam(t, u)
	for _, name := range []string{model.DefaultChannel, offTopic} {
		if c := t.channels[name]; c != nil && c.DeleteAt == 0 {
			w.joinDefaultChannel(c, u, admin)
		}
	}
	return nil
}

func (w *World) activeMembers(t *team) int {
	n := 0
	for _, m := range t.members {
		if u := w.users[m.UserID]; m.DeleteAt == 0 && u.DeleteAt == 0 {
			n++
		}
	}
	return n
}

// joinDefaultChannel adds a user to town-square, where he joins the team, or to
// another channel that everybody is in.
func (w *World) joinDefaultChannel(c *channel, u *user, admin bool) {
	if c.members[u.ID] != nil {
		return
	}
	w.enterChannel(c, u, admin)
	text, kind := u.Username+" joined the channel.", model.PostTypeJoinChannel
	if c.Name == model.DefaultChannel {
		text, kind = u.Username+" joined the team.", model.PostTypeJoinTeam
	}
	w.systemPost(c, u, kind, text, model.Props{model.PropUsername: u.Username})
	w.publish(&Event{Name: model.EventUserAdded, Data: map[string]any{"user_id": u.ID, "team_id": c.TeamID}, Broadcast: toChannel(c.ID)})
}

// memberRoles writes the effective roles of a membership.
func memberRoles(userRole, adminRole string, admin bool, explicit string) string {
	roles := []string{}
	if explicit != "" {
		roles = append(roles, explicit)
	}
	roles = append(roles, userRole)
	if admin {
		roles = append(roles, adminRole)
	}
	return strings.Join(roles, " ")
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
	return memberCopy(t.members[userID]), nil
}

// TeamMembers returns a page of a team's members, in the order of their joining.
func (w *World) TeamMembers(as *Session, teamID string, page Page) ([]*model.TeamMember, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if !w.mayInTeam(as, teamID, ViewTeam) {
		return nil, ErrPermission.With(ViewTeam)
	}
	list := []*model.TeamMember{}
	if t := w.teams[teamID]; t != nil {
		for _, id := range t.order {
			if t.active(id) {
				list = append(list, t.members[id])
			}
		}
	}
	list = slice(list, page)
	for i, m := range list {
		list[i] = memberCopy(m)
	}
	return list, nil
}
