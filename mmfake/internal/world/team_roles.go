package world

import "github.com/seed-a46829e6/mattermost-fake/mmfake/model"

// SetTeamMemberRoles gives a member of a team the roles that are named, and takes
// all others.
func (w *World) SetTeamMemberRoles(as *Session, teamID, userID, roles string) error {
	if !validUserRoles(roles) {
		return ErrBodyParam.With("roles")
	}
	return w.promote(as, teamID, userID, func(m *model.TeamMember) (standing, error) { return teamScheme.read(w.version, roles, m.SchemeGuest) })
}

// SetTeamMemberStanding makes a member of a team its admin or a plain one (PUT
// …/schemeRoles). His roles beyond those of the scheme stay.
func (w *World) SetTeamMemberStanding(as *Session, teamID, userID string, to Standing) error {
	return w.promote(as, teamID, userID, func(m *model.TeamMember) (standing, error) {
		return standing{to, m.ExplicitRoles}, teamScheme.check(w.version, to)
	})
}

// promote gives a member of a team the standing that to returns, and tells him.
func (w *World) promote(as *Session, teamID, userID string, to func(*model.TeamMember) (standing, error)) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.mayInTeam(as, teamID, ManageTeamRoles) {
		return ErrPermission.With(ManageTeamRoles)
	}
	t := w.teams[teamID]
	if t == nil || t.members[userID] == nil {
		return errTeamMemberUnknown.With()
	}
	next := t.members[userID].Clone()
	st, err := to(next)
	if err != nil {
		return err
	}
	next.SchemeUser, next.SchemeAdmin, next.SchemeGuest = st.User, st.Admin, st.Guest
	next.ExplicitRoles, next.Roles = st.explicit, teamScheme.roles(st)
	t.members[userID] = next
	w.publish(&Event{Name: model.EventMemberRoleUpdated, Data: map[string]any{"member": w.inJSON(next)}, Broadcast: toUser(userID)})
	return nil
}
