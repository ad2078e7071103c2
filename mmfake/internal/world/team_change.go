package world

import (
	"slices"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// UpdateTeam replaces what a team's admin may change of it; its name, type and
// e-mail address stay as they are (recorded from 11.6.0).
func (w *World) UpdateTeam(as *Session, in model.Team) (*model.Team, error) {
	return w.changeTeam(as, in.ID, func(t *model.Team) {
		t.DisplayName, t.Description, t.CompanyName = in.DisplayName, in.Description, in.CompanyName
		t.AllowedDomains, t.AllowOpenInvite = in.AllowedDomains, in.AllowOpenInvite
		if !w.version.Has(versions.TeamInviteKept) {
			t.InviteID = in.InviteID
		}
	})
}

// PatchTeam changes what the patch names of a team.
func (w *World) PatchTeam(as *Session, id string, patch *model.TeamPatch) (*model.Team, error) {
	changed, err := w.changeTeam(as, id, func(t *model.Team) {
		set(&t.DisplayName, patch.DisplayName)
		set(&t.Description, patch.Description)
		set(&t.CompanyName, patch.CompanyName)
		set(&t.AllowedDomains, patch.AllowedDomains)
		set(&t.AllowOpenInvite, patch.AllowOpenInvite)
	})
	if err == nil && !w.version.Has(versions.TeamPatchToldOnce) {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.tellTeam(model.EventUpdateTeam, w.teams[id])
	}
	return changed, err
}

// SetTeamPrivacy opens a team to everybody, or makes it one by invitation only,
// which makes the old invitation void: privacy is model.TeamOpen or
// model.TeamInvite.
func (w *World) SetTeamPrivacy(as *Session, id, privacy string) (*model.Team, error) {
	if privacy != model.TeamOpen && privacy != model.TeamInvite {
		return nil, ErrBodyParam.With("privacy: O or I")
	}
	return w.changeTeam(as, id, func(t *model.Team) {
		opened := privacy == model.TeamOpen
		if !opened && (t.Type != privacy || t.AllowOpenInvite) {
			t.InviteID = w.NewID()
		}
		t.Type, t.AllowOpenInvite = privacy, opened
	})
}

// RenewInvitation gives a team another invite id: the old one is void.
func (w *World) RenewInvitation(as *Session, id string) (*model.Team, error) {
	return w.changeTeam(as, id, func(t *model.Team) { t.InviteID = w.NewID() })
}

// changeTeam lets f change a team that the session's user manages, and tells its
// members.
func (w *World) changeTeam(as *Session, id string, f func(*model.Team)) (*model.Team, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	t, err := w.managed(as, id)
	if err != nil {
		return nil, err
	}
	next := t.Team
	f(&next)
	if err := w.checkTeam(&next); err != nil {
		return nil, err
	}
	next.UpdateAt = w.clock.tick()
	t.Team = next
	w.tellTeam(model.EventUpdateTeam, t)
	return w.teamFor(as, t), nil
}

// managed finds a team that the session's user manages.
func (w *World) managed(as *Session, id string) (*team, error) {
	t := w.teams[id]
	switch {
	case !w.mayInTeam(as, id, ManageTeam):
		return nil, ErrPermission.With(ManageTeam)
	case t == nil:
		return nil, errTeamUnknown.With()
	}
	return t, nil
}

// tellTeam publishes a team to its members, and by old versions to everybody,
// without what only some of them may see.
func (w *World) tellTeam(event string, t *team) {
	shown := t.Team
	shown.Email = ""
	if w.version.Has(versions.TeamEventsSanitized) {
		shown.InviteID = ""
	}
	since, to := versions.DeletedTeamToMembers, toTeam(t.ID)
	if event == model.EventUpdateTeam {
		since = versions.UpdatedTeamToMembers
	}
	if !w.version.Has(since) {
		to = model.Broadcast{}
	}
	w.publish(&Event{Name: event, Data: map[string]any{"team": w.inJSON(shown)}, Broadcast: to})
}

// DeleteTeam deletes a team; its members and channels stay for when it is
// restored. Permanent deletes it with all that is in it, where
// EnableAPITeamDeletion allows it.
func (w *World) DeleteTeam(as *Session, id string, permanent bool) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	t, err := w.managed(as, id)
	switch {
	case permanent && !ErrPermission.Is(err) && !w.config.EnableAPITeamDeletion:
		return errTeamDeletion.With()
	case err != nil:
		return err
	}
	t.DeleteAt = w.clock.tick()
	t.UpdateAt = t.DeleteAt
	w.tellTeam(model.EventDeleteTeam, t)
	if permanent {
		w.purgeTeam(t)
	}
	return nil
}

// purgeTeam removes a team and its channels as if they had never been.
func (w *World) purgeTeam(t *team) {
	for _, c := range slices.Clone(t.all) {
		w.purgeChannel(c)
	}
	for _, id := range t.order {
		u := w.users[id]
		u.teams = without(u.teams, t)
	}
	delete(w.teams, t.ID)
	delete(w.teamName, t.Name)
	w.allTeams = without(w.allTeams, t)
}

// RestoreTeam brings a deleted team back.
func (w *World) RestoreTeam(as *Session, id string) (*model.Team, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	t, err := w.managed(as, id)
	if err != nil {
		return nil, err
	}
	t.DeleteAt, t.UpdateAt = 0, w.clock.tick()
	w.tellTeam(model.EventRestoreTeam, t)
	return w.teamFor(as, t), nil
}
