package world

import (
	"slices"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// UsersByIDs returns those of the ids' users that exist and changed since a
// time, 0 for all.
func (w *World) UsersByIDs(as *Session, ids []string, since int64) []*model.User {
	w.mu.RLock()
	defer w.mu.RUnlock()
	list := []*model.User{}
	for _, id := range ids {
		if u := w.users[id]; u != nil && u.UpdateAt > since {
			list = append(list, w.seenInList(as, u))
		}
	}
	return list
}

// UsersByNames returns those of the names' users that exist.
func (w *World) UsersByNames(as *Session, names []string) []*model.User {
	w.mu.RLock()
	defer w.mu.RUnlock()
	list := []*model.User{}
	for _, name := range names {
		if u := w.names[strings.ToLower(name)]; u != nil {
			list = append(list, w.seenInList(as, u))
		}
	}
	return list
}

// seenInList is a user as lists show him: also to himself as others see him.
func (w *World) seenInList(as *Session, u *user) *model.User {
	if w.may(as, ManageSystem) {
		return seenByAdmin(u)
	}
	return w.seenByOthers(u)
}

// A UserQuery says which users to list. Empty fields ask for nothing.
type UserQuery struct {
	InTeam, NotInTeam       string
	InChannel, NotInChannel string
	WithoutTeam             bool
	Active, Inactive        bool
	Role                    string
	Sort                    string // "last_activity_at", "create_at", or by user name
	Page                    Page
}

// Users returns a page of those users whom the query asks for, by name.
func (w *World) Users(as *Session, q UserQuery) ([]*model.User, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if err := w.mayList(as, q); err != nil {
		return nil, err
	}
	list := []*user{}
	for _, u := range w.candidates(q) {
		if w.listed(u, q) {
			list = append(list, u)
		}
	}
	slices.SortFunc(list, func(a, b *user) int {
		if q.Sort == "create_at" && a.CreateAt != b.CreateAt {
			return int(b.CreateAt - a.CreateAt)
		}
		return strings.Compare(a.Username, b.Username)
	})
	out := []*model.User{}
	for _, u := range slice(list, q.Page) {
		out = append(out, w.seenInList(as, u))
	}
	return out, nil
}

func (w *World) mayList(as *Session, q UserQuery) error {
	for _, id := range []string{q.InTeam, q.NotInTeam} {
		if id != "" && !w.mayInTeam(as, id, ViewTeam) {
			return ErrPermission.With(ViewTeam)
		}
	}
	for _, id := range []string{q.InChannel, q.NotInChannel} {
		if id != "" && !w.mayInChannel(as, w.channels[id], ReadChannel) {
			return ErrPermission.With(ReadChannel)
		}
	}
	if q.InTeam == "" && q.InChannel == "" && !w.may(as, ViewMembers) {
		return ErrPermission.With(ViewMembers)
	}
	return nil
}

// candidates are the users among whom the query's are: a channel's or a team's
// members where it names one.
func (w *World) candidates(q UserQuery) []*user {
	list := []*user{}
	switch {
	case q.InChannel != "":
		for _, m := range w.channels[q.InChannel].order {
			list = append(list, m.user)
		}
	case q.InTeam != "" && w.teams[q.InTeam] != nil:
		for _, id := range w.teams[q.InTeam].order {
			list = append(list, w.users[id])
		}
	case q.InTeam == "":
		list = w.allUsers
	}
	return list
}

func (w *World) listed(u *user, q UserQuery) bool {
	switch {
	case q.InTeam != "" && u.teams[q.InTeam] == nil,
		q.NotInTeam != "" && u.teams[q.NotInTeam] != nil,
		q.NotInChannel != "" && u.channels[q.NotInChannel] != nil,
		q.WithoutTeam && len(u.teams) > 0,
		q.Active && u.DeleteAt != 0,
		q.Inactive && u.DeleteAt == 0,
		q.Role != "" && !slices.Contains(strings.Fields(u.Roles), q.Role):
		return false
	}
	return true
}
