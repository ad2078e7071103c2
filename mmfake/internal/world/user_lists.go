package world

import (
	"cmp"
	"slices"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
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
		if u := w.names[name]; u != nil {
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
	InGroup                 string // a group that takes a licence, so that there is none
	WithoutTeam             bool
	Active, Inactive        bool
	Role                    string   // a part of their roles' names
	Roles                   []string // one of them is enough
	Sort                    string   // "last_activity_at", "create_at", "status", "admin", or by user name
	Page                    Page
}

// Users returns a page of those users whom the query asks for, by name.
func (w *World) Users(as *Session, q UserQuery) ([]*model.User, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if err := w.checkQuery(&q); err != nil {
		return nil, err
	}
	q = q.listScope()
	if err := w.mayListScope(as, q); err != nil {
		return nil, err
	}
	wanted := func(*user) bool { return true }
	if q.Sort == "last_activity_at" {
		wanted = func(u *user) bool { return u.status.Status != "" } // who never was there has no such time
	}
	list := w.matching(q, wanted)
	if before := w.orderBy(q); before != nil {
		slices.SortStableFunc(list, before)
	}
	page := slice(list, q.Page)
	seen := w.seenAll(as, page)
	if q.Sort == "last_activity_at" {
		for i, u := range page {
			seen[i].LastActivityAt = u.status.LastActivityAt
		}
	}
	return seen, nil
}

// orderBy is the order of a list other than by name, nil for that.
func (w *World) orderBy(q UserQuery) func(a, b *user) int {
	switch q.Sort {
	case "create_at":
		return func(a, b *user) int { return cmp.Compare(b.CreateAt, a.CreateAt) }
	case "last_activity_at":
		return func(a, b *user) int { return cmp.Compare(b.status.LastActivityAt, a.status.LastActivityAt) }
	case "status":
		return func(a, b *user) int { return cmp.Compare(statusRank(a), statusRank(b)) }
	case "admin":
		rank := func(u *user) int {
			if w.channels[q.InChannel].members[u.ID].SchemeAdmin {
				return 0
			}
			return 1
		}
		return func(a, b *user) int { return cmp.Compare(rank(a), rank(b)) }
	}
	return nil
}

// statusRank puts those who are there before those who are not.
func statusRank(u *user) int {
	order := []string{model.StatusOnline, model.StatusAway, model.StatusDND}
	if i := slices.Index(order, u.status.Status); i >= 0 {
		return i
	}
	return len(order)
}

// checkQuery refuses what contradicts itself, and orders that the real server does
// not have, or not for such a query (facts 2.7).
func (w *World) checkQuery(q *UserQuery) error {
	switch {
	case q.NotInChannel != "" && q.InTeam == "":
		return ErrURLParam.With("in_team: it goes with not_in_channel")
	case !w.ordersBy(q):
		return ErrURLParam.With("sort")
	case q.Active && q.Inactive:
		return ErrURLParam.With("inactive: it contradicts active")
	case slices.ContainsFunc(q.Roles, func(name string) bool { return !validRoleName(name) }):
		return ErrBodyParam.With("roles")
	case !w.version.Has(versions.RolesOfUsersKnown):
		return nil
	case q.Role != "" && !roleExists(w.version, q.Role):
		return ErrBodyParam.With("role")
	case slices.ContainsFunc(q.Roles, func(name string) bool { return !roleExists(w.version, name) }):
		return ErrBodyParam.With("roles")
	}
	return nil
}

// ordersBy says whether there is such an order for such a query.
func (w *World) ordersBy(q *UserQuery) bool {
	switch q.Sort {
	case "":
		return true
	case "create_at", "last_activity_at":
		return q.InTeam != "" && q.NotInTeam == "" && q.InChannel == "" && q.NotInChannel == "" && !q.WithoutTeam
	case "status":
		return q.InChannel != "" && w.version.Has(versions.UsersByStatus)
	case "admin":
		return q.InChannel != "" && w.version.Has(versions.UsersByStanding)
	}
	return false // display_name goes with in_group, which takes a licence
}

// listScope leaves of a query what a list goes by: the real server looks at one
// thing only, the first of these.
func (q UserQuery) listScope() UserQuery {
	switch {
	case q.WithoutTeam:
		q.InTeam, q.NotInTeam, q.InChannel, q.NotInChannel = "", "", "", ""
	case q.NotInChannel != "": // of the team
		q.NotInTeam, q.InChannel = "", ""
	case q.NotInTeam != "":
		q.InTeam, q.InChannel = "", ""
	case q.InTeam != "":
		q.InChannel = ""
	}
	return q
}

// mayListScope says why the session's user may not have a list that listScope left.
func (w *World) mayListScope(as *Session, q UserQuery) error {
	switch {
	case q.WithoutTeam && !w.may(as, ListUsersWithoutTeam):
		return ErrPermission.With(ListUsersWithoutTeam)
	case q.NotInChannel != "":
		q.InTeam = "" // whose team it is does not matter
	case !q.WithoutTeam && q.NotInTeam == "" && q.InTeam == "" && q.InChannel == "" && q.InGroup != "" && w.version.Has(versions.UsersOfGroups):
		return errGroupUnknown.With()
	}
	return w.mayList(as, q)
}

// mayList says why the session's user may not see whom a query asks for: he needs
// to know each team and channel that it names.
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
	case q.InTeam != "" && !w.inTeam(u, q.InTeam),
		q.NotInTeam != "" && w.inTeam(u, q.NotInTeam),
		q.NotInChannel != "" && w.inChannel(u, q.NotInChannel),
		q.WithoutTeam && len(u.teams) > 0,
		q.Active && u.DeleteAt != 0,
		q.Inactive && u.DeleteAt == 0,
		q.Role != "" && !strings.Contains(u.Roles, q.Role),
		len(q.Roles) > 0 && !slices.ContainsFunc(q.Roles, func(role string) bool { return hasRole(u, role) }):
		return false
	}
	return true
}

func (w *World) inTeam(u *user, id string) bool {
	t := w.teams[id]
	return t != nil && t.active(u.ID)
}

func (w *World) inChannel(u *user, id string) bool {
	c := w.channels[id]
	return c != nil && c.members[u.ID] != nil
}

func hasRole(u *user, role string) bool { return slices.Contains(strings.Fields(u.Roles), role) }
