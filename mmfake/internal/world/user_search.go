package world

import (
	"maps"
	"slices"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// The limits of searching for users (facts 1.8).
const (
	DefaultUserLimit = 100
	MostUsersFound   = 1000
)

// A UserSearch is the body of POST /users/search. Empty fields ask for nothing.
type UserSearch struct {
	Term          string   `json:"term"` // words, each of which stands somewhere in the user's names
	TeamID        string   `json:"team_id"`
	NotInTeamID   string   `json:"not_in_team_id"`
	InChannelID   string   `json:"in_channel_id"`
	NotInChannel  string   `json:"not_in_channel_id"`
	AllowInactive bool     `json:"allow_inactive"`
	WithoutTeam   bool     `json:"without_team"`
	Limit         int      `json:"limit"`
	Role          string   `json:"role" since:"5.6"`
	Roles         []string `json:"roles" since:"5.6"` // users who have one of them
}

// query is the search as a question for a list.
func (s *UserSearch) query() UserQuery {
	return UserQuery{
		InTeam: s.TeamID, NotInTeam: s.NotInTeamID, InChannel: s.InChannelID, NotInChannel: s.NotInChannel,
		WithoutTeam: s.WithoutTeam, Active: !s.AllowInactive, Role: s.Role, Roles: s.Roles,
		Page: Page{PerPage: s.Limit},
	}
}

// searchScope is listScope for searches, which look at other things first.
func (q UserQuery) searchScope() UserQuery {
	switch {
	case q.WithoutTeam:
		q.InTeam, q.NotInTeam, q.InChannel, q.NotInChannel = "", "", "", ""
	case q.InChannel != "":
		q.InTeam, q.NotInTeam, q.NotInChannel = "", "", ""
	case q.NotInChannel != "": // of the team
		q.NotInTeam = ""
	case q.NotInTeam != "":
		q.InTeam = ""
	}
	return q
}

// SearchUsers returns the users whose names, or addresses where they are shown,
// contain all words of the term, by name (facts 2.7).
func (w *World) SearchUsers(as *Session, search UserSearch) ([]*model.User, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	switch {
	case search.Term == "":
		return nil, ErrBodyParam.With("term")
	case search.TeamID == "" && search.NotInChannel != "":
		return nil, ErrBodyParam.With("team_id: it goes with not_in_channel_id")
	}
	q := search.query()
	if err := w.mayList(as, q); err != nil {
		return nil, err
	}
	q = q.searchScope()
	if search.Limit <= 0 || search.Limit > MostUsersFound {
		return nil, ErrBodyParam.With("limit: 1 to 1000")
	}
	return w.seenAll(as, slice(w.matching(q, w.matcher(as, search.Term, true)), q.Page)), nil
}

// AutocompleteUsers returns the active users of a team, a channel or the system
// whose names contain what somebody has typed, "" for all. With a channel, those
// of the team outside it are told apart. Limits beyond the cap count as the cap.
func (w *World) AutocompleteUsers(as *Session, teamID, channelID, name string, limit int) (*model.UserAutocomplete, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	inside := UserQuery{InTeam: teamID, InChannel: channelID, Active: true}
	if err := w.mayList(as, inside); err != nil {
		return nil, err
	}
	if channelID != "" && teamID == "" && w.version.Has(versions.CompletionNeedsTeam) {
		return nil, errCompletionTeam.With()
	}
	matches := w.matcher(as, name, false)
	page := Page{PerPage: min(limit, MostUsersFound)}
	if channelID == "" {
		return &model.UserAutocomplete{Users: w.seenAll(as, slice(w.matching(inside, matches), page))}, nil
	}
	inside.InTeam = "" // a direct channel's members need not be of any team
	outside := UserQuery{InTeam: teamID, NotInChannel: channelID, Active: true}
	return &model.UserAutocomplete{
		Users:        w.seenAll(as, slice(w.matching(inside, matches), page)),
		OutOfChannel: w.seenAll(as, slice(w.matching(outside, matches), page)),
	}, nil
}

// matcher says whether a user's names contain all words of a term. Full names and
// addresses count where the session's user may see them.
func (w *World) matcher(as *Session, term string, addresses bool) func(*user) bool {
	admin := w.may(as, ManageSystem)
	fullNames, addresses := admin || w.config.ShowFullName, addresses && (admin || w.config.ShowEmailAddress)
	words := strings.Fields(strings.ReplaceAll(strings.ToLower(term), "*", "")) // which the real server escapes with
	for i, word := range words {
		words[i] = strings.TrimLeft(word, "@")
	}
	has := containsFold
	if !w.version.Has(versions.NamePartsSearched) {
		has = beginsFold
	}
	return func(u *user) bool {
		for _, word := range words {
			found := has(u.Username, word) || has(u.Nickname, word) ||
				fullNames && (has(u.FirstName, word) || has(u.LastName, word)) ||
				addresses && has(u.Email, word)
			if !found {
				return false
			}
		}
		return true
	}
}

// containsFold says whether a text contains a lower-case word in any case.
func containsFold(text, word string) bool {
	return text != "" && strings.Contains(strings.ToLower(text), word)
}

// beginsFold says whether a text begins with a lower-case word in any case.
func beginsFold(text, word string) bool {
	return text != "" && strings.HasPrefix(strings.ToLower(text), word)
}

// matching returns the users whom a query asks for and who match, by name.
func (w *World) matching(q UserQuery, matches func(*user) bool) []*user {
	var list []*user
	for _, u := range w.candidates(q) {
		if w.listed(u, q) && matches(u) {
			list = append(list, u)
		}
	}
	slices.SortFunc(list, byName)
	return list
}

func byName(a, b *user) int { return strings.Compare(a.Username, b.Username) }

// seenAll is a list of users as somebody sees it.
func (w *World) seenAll(as *Session, list []*user) []*model.User {
	seen := make([]*model.User, len(list))
	for i, u := range list {
		seen[i] = w.seenInList(as, u)
	}
	return seen
}

// KnownUsers returns the ids of the users who share a channel with the session's
// user, sorted.
func (w *World) KnownUsers(as *Session) []string {
	w.mu.RLock()
	defer w.mu.RUnlock()
	known := map[string]bool{}
	for _, c := range as.user.channels {
		for id := range c.members {
			known[id] = true
		}
	}
	delete(known, as.UserID)
	ids := slices.AppendSeq([]string{}, maps.Keys(known))
	slices.Sort(ids)
	return ids
}

// UsersInGroups returns the others of those group channels in which the session's
// user is, by channel.
func (w *World) UsersInGroups(as *Session, channelIDs []string) map[string][]*model.User {
	w.mu.RLock()
	defer w.mu.RUnlock()
	groups := map[string][]*model.User{}
	for _, id := range channelIDs {
		c := w.channels[id]
		if c == nil || c.Type != model.ChannelGroup || c.members[as.UserID] == nil {
			continue
		}
		list := w.matching(UserQuery{InChannel: id}, func(u *user) bool { return u.ID != as.UserID })
		groups[id] = w.seenAll(as, list)
	}
	return groups
}

// UserCount returns how many users there are, bots included, without those who
// are deactivated.
func (w *World) UserCount() *model.UsersStats {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.count(UserQuery{Active: true}, true)
}

// CountUsers returns how many users a query asks for, for admins.
func (w *World) CountUsers(as *Session, q UserQuery, bots bool) (*model.UsersStats, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if slices.ContainsFunc(q.Roles, func(name string) bool { return !validRoleName(name) }) {
		return nil, ErrBodyParam.With("roles")
	}
	if !w.may(as, SysconsoleRead) {
		return nil, ErrPermission.With(SysconsoleRead)
	}
	if q.InChannel != "" && w.channels[q.InChannel] == nil {
		return &model.UsersStats{}, nil
	}
	return w.count(q, bots), nil
}

func (w *World) count(q UserQuery, bots bool) *model.UsersStats {
	stats := &model.UsersStats{}
	for _, u := range w.candidates(q) {
		if (bots || u.bot == nil) && w.listed(u, q) {
			stats.TotalUsersCount++
		}
	}
	return stats
}
