package world

import (
	"cmp"
	"slices"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// UsersByIDs returns those of the ids' users that exist and changed since a
// time, 0 for all, each once and by name.
func (w *World) UsersByIDs(as *Session, ids []string, since int64) []*model.User {
	w.mu.RLock()
	defer w.mu.RUnlock()
	var list []*user
	for _, id := range ids {
		if u := w.users[id]; u != nil && u.UpdateAt > since {
			list = append(list, u)
		}
	}
	return w.seenAll(as, eachOnce(list))
}

// UsersByNames returns those of the names' users that exist, each once and by name.
func (w *World) UsersByNames(as *Session, names []string) []*model.User {
	w.mu.RLock()
	defer w.mu.RUnlock()
	var list []*user
	for _, name := range names {
		if u := w.names[strings.ToLower(name)]; u != nil {
			list = append(list, u)
		}
	}
	return w.seenAll(as, eachOnce(list))
}

// eachOnce sorts users by name and drops those who stand there twice.
func eachOnce(list []*user) []*user {
	slices.SortFunc(list, byName)
	return slices.Compact(list)
}

// seenInList is a user as lists show him: also to himself as others see him.
func (w *World) seenInList(as *Session, u *user) *model.User {
	if w.may(as, ManageSystem) {
		return w.seenByAdmin(u)
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
	Roles                   []string // one of them is enough
	Sort                    string   // "last_activity_at", "create_at", "status", or by user name
	Page                    Page
}

// Users returns a page of those users whom the query asks for, by name.
func (w *World) Users(as *Session, q UserQuery) ([]*model.User, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if err := q.check(); err != nil {
		return nil, err
	}
	if err := w.mayList(as, q); err != nil {
		return nil, err
	}
	list := w.matching(q, func(*user) bool { return true })
	if newer := newerBy[q.Sort]; newer != nil {
		slices.SortStableFunc(list, newer)
	}
	return w.seenAll(as, slice(list, q.Page)), nil
}

// newerBy are the orders of lists other than by name.
var newerBy = map[string]func(a, b *user) int{
	"create_at":        func(a, b *user) int { return cmp.Compare(b.CreateAt, a.CreateAt) },
	"last_activity_at": func(a, b *user) int { return cmp.Compare(b.status.LastActivityAt, a.status.LastActivityAt) },
	"status":           func(a, b *user) int { return cmp.Compare(statusRank(a), statusRank(b)) },
}

// statusRank puts those who are there before those who are not.
func statusRank(u *user) int {
	order := []string{model.StatusOnline, model.StatusAway, model.StatusDND}
	if i := slices.Index(order, u.status.Status); i >= 0 {
		return i
	}
	return len(order)
}

// check refuses what contradicts itself, and orders that the real server does not
// have, or not for such a query (facts 2.7).
func (q *UserQuery) check() error {
	switch {
	case q.NotInChannel != "" && q.InTeam == "":
		return ErrURLParam.With("in_team: it goes with not_in_channel")
	case q.Active && q.Inactive:
		return ErrURLParam.With("inactive: it contradicts active")
	}
	switch q.Sort {
	case "", "admin", "display_name":
		return nil
	case "create_at", "last_activity_at":
		if q.InTeam != "" && q.NotInTeam == "" && q.InChannel == "" && q.NotInChannel == "" && !q.WithoutTeam {
			return nil
		}
	case "status":
		if q.InChannel != "" {
			return nil
		}
	}
	return ErrURLParam.With("sort")
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
		q.Role != "" && !hasRole(u, q.Role),
		len(q.Roles) > 0 && !slices.ContainsFunc(q.Roles, func(role string) bool { return hasRole(u, role) }):
		return false
	}
	return true
}

func hasRole(u *user, role string) bool { return slices.Contains(strings.Fields(u.Roles), role) }
