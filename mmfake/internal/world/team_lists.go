package world

import (
	"slices"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// TeamsOf returns the teams that a user is a member of, by display name. Nobody has
// none.
func (w *World) TeamsOf(as *Session, userID string) ([]*model.Team, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if !w.mayManageUser(as, userID) {
		return nil, ErrPermission.With(ManageSystem)
	}
	return w.teamsFor(as, w.teamsOf(userID)), nil
}

// teamsOf are the teams that a user is a member of, by display name, without the
// deleted ones.
func (w *World) teamsOf(userID string) []*team {
	list := []*team{}
	if u := w.users[userID]; u != nil {
		for _, t := range u.teams {
			if t.DeleteAt == 0 {
				list = append(list, t)
			}
		}
	}
	slices.SortFunc(list, byTeamName)
	return list
}

func byTeamName(a, b *team) int { return strings.Compare(a.DisplayName, b.DisplayName) }

func (w *World) teamsFor(as *Session, list []*team) []*model.Team {
	out := make([]*model.Team, len(list))
	for i, t := range list {
		out[i] = w.teamFor(as, t)
	}
	return out
}

// Teams returns a page of the teams that the session's user may see, by display
// name, and how many there are: all for an admin, else those open to everybody.
func (w *World) Teams(as *Session, page Page) ([]*model.Team, int) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	list := w.listedTeams(as, func(t *team) bool { return t.DeleteAt == 0 || w.may(as, ManageSystem) })
	return w.teamsFor(as, slice(list, page)), len(list)
}

// MaySearchTeamPages says why the session's user may not search teams page by page.
func (w *World) MaySearchTeamPages(as *Session) error {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if !w.may(as, ListPrivateTeams) {
		return errTeamSearchPaging.With()
	}
	return nil
}

// SearchTeams finds teams by a part of their names, as Teams lists them without
// the deleted ones. The page is nil for all: see MaySearchTeamPages.
func (w *World) SearchTeams(as *Session, term string, page *Page) ([]*model.Team, int, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if term == "" && !w.version.Has(versions.TeamsSearchedByNothing) {
		return nil, 0, ErrBodyParam.With("term")
	}
	term = strings.ToLower(term)
	list := w.listedTeams(as, func(t *team) bool {
		return t.DeleteAt == 0 && (strings.Contains(t.Name, term) || strings.Contains(strings.ToLower(t.DisplayName), term))
	})
	total := len(list)
	if page != nil {
		list = slice(list, *page)
	}
	return w.teamsFor(as, list), total, nil
}

// listedTeams are those of the teams that the session's user may list which a
// condition picks, by display name.
func (w *World) listedTeams(as *Session, pick func(*team) bool) []*team {
	list := []*team{}
	for _, t := range w.allTeams {
		p := ListPrivateTeams
		if t.AllowOpenInvite {
			p = ListPublicTeams
		}
		if w.may(as, p) && pick(t) {
			list = append(list, t)
		}
	}
	slices.SortFunc(list, byTeamName)
	return list
}

// TeamExists says whether there is a team of that name that the session's user
// may know of.
func (w *World) TeamExists(as *Session, name string) bool {
	w.mu.RLock()
	defer w.mu.RUnlock()
	t := w.teamName[strings.ToLower(name)]
	if t == nil {
		return false
	}
	p := ListPrivateTeams
	if t.AllowOpenInvite {
		p = ListPublicTeams
	}
	return t.active(as.UserID) || w.may(as, p)
}

// InviteInfo returns what anybody may see of the team with that invite id.
func (w *World) InviteInfo(inviteID string) (*model.TeamInviteInfo, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	t := w.invited(inviteID)
	switch {
	case t == nil:
		return nil, errInviteUnknown.With()
	case t.Type != model.TeamOpen:
		return nil, errInviteClosed.With()
	}
	return &model.TeamInviteInfo{ID: t.ID, Name: t.Name, DisplayName: t.DisplayName, Description: t.Description}, nil
}
