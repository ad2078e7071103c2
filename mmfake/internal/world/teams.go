package world

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// A team is a model.Team with its members and channels. All guarded by World.mu.
type team struct {
	model.Team
	members  map[string]*model.TeamMember // by user id; those who left stay, with DeleteAt; replaced, never changed
	order    []string                     // the ids of those who are members now, in the order of their joining
	channels map[string]*channel          // by name, the archived ones too
	all      []*channel                   // by display name
	icon     []byte                       // a PNG, nil for none; replaced, never changed
}

func (t *team) active(userID string) bool {
	m := t.members[userID]
	return m != nil && m.DeleteAt == 0
}

var reservedNames = []string{"admin", "api", "channel", "claim", "error", "files", "help", "landing", "login", "mfa", "oauth", "plug", "plugins", "post", "signup", "boards", "playbooks"}

// checkTeam says what is wrong with a team's fields, in the order of the real
// server's checks.
func (w *World) checkTeam(t *model.Team) error {
	switch {
	case len(t.Email) > longestEmail:
		return errTeamEmail.With()
	case t.DisplayName == "" || utf8.RuneCountInString(t.DisplayName) > 64:
		return errTeamDisplayName.With()
	case len(t.Name) > 64:
		return errTeamNameLength.With()
	case len(t.Description) > 255:
		return errTeamDescription.With()
	case slices.ContainsFunc(reservedNames, func(word string) bool { return strings.HasPrefix(t.Name, word) }):
		return errTeamNameReserved.With()
	case !w.ValidTeamName(t.Name):
		return errTeamName.With()
	case t.Type != model.TeamOpen && t.Type != model.TeamInvite:
		return errTeamType.With()
	case len(t.CompanyName) > 64:
		return errTeamCompany.With()
	case len(t.AllowedDomains) > 500:
		return errTeamDomains.With()
	}
	return nil
}

// CreateTeam makes a team with its two default channels; the session's user
// joins it as its admin.
func (w *World) CreateTeam(as *Session, in model.Team) (*model.Team, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.may(as, CreateTeam) {
		return nil, errTeamCreation.With()
	}
	in.Email = as.user.Email
	if !inDomains(as.user.Email, in.AllowedDomains) {
		return nil, errTeamCreateDomain.With()
	}
	if in.ID != "" {
		return nil, errTeamIDGiven.With()
	}
	t, err := w.addTeam(in)
	if err != nil {
		return nil, err
	}
	if err := w.joinTeam(t, as.user, true); err != nil {
		return nil, err
	}
	made := t.Team
	return &made, nil
}

// addTeam validates and stores a team with its default channels.
func (w *World) addTeam(in model.Team) (*team, error) {
	if err := w.checkTeam(&in); err != nil {
		return nil, err
	}
	if w.teamName[in.Name] != nil {
		return nil, errTeamTaken.With()
	}
	return w.storeTeam(&in), nil
}

// storeTeam stores a team with its default channels. Of in it takes what the maker of
// a team decides.
func (w *World) storeTeam(in *model.Team) *team {
	now := w.clock.tick()
	t := &team{
		members: map[string]*model.TeamMember{}, order: make([]string, 0, few),
		channels: map[string]*channel{}, all: make([]*channel, 0, few),
		Team: model.Team{
			ID: w.newIDOf("team", "", in.Name), CreateAt: now, UpdateAt: now, InviteID: w.newIDOf("team", "", in.Name),
			DisplayName: in.DisplayName, Name: in.Name, Description: in.Description, Email: in.Email, Type: in.Type,
			CompanyName: in.CompanyName, AllowedDomains: in.AllowedDomains, AllowOpenInvite: in.AllowOpenInvite,
		},
	}
	w.teams[t.ID], w.teamName[t.Name] = t, t
	w.allTeams = append(w.allTeams, t)
	for _, c := range []struct{ name, displayName string }{{model.DefaultChannel, "Town Square"}, {offTopic, "Off-Topic"}} {
		w.storeChannel(t, model.Channel{Type: model.ChannelOpen, Name: c.name, DisplayName: c.displayName})
	}
	return t
}

// Team returns a team as the session's user may see it.
func (w *World) Team(as *Session, id string) (*model.Team, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	t := w.teams[id]
	if t == nil {
		return nil, errTeamUnknown.With()
	}
	return w.seeTeam(as, t)
}

// TeamByName returns a team by its name.
func (w *World) TeamByName(as *Session, name string) (*model.Team, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	t := w.teamName[strings.ToLower(name)]
	if t == nil {
		return nil, errTeamNameUnknown.With()
	}
	return w.seeTeam(as, t)
}

func (w *World) seeTeam(as *Session, t *team) (*model.Team, error) {
	listed := t.AllowOpenInvite && t.Type == model.TeamOpen
	if !w.mayInTeam(as, t.ID, ViewTeam) && !(listed && w.may(as, ListPublicTeams)) {
		return nil, ErrPermission.With(ViewTeam)
	}
	return w.teamFor(as, t), nil
}

// teamFor is a team as the session's user may see it: the e-mail address is for
// those who manage it, the invitation for those who may invite.
func (w *World) teamFor(as *Session, t *team) *model.Team {
	seen := t.Team
	if !w.mayInTeam(as, t.ID, ManageTeam) {
		seen.Email = ""
	}
	if !w.mayInTeam(as, t.ID, InviteUser) {
		seen.InviteID = ""
	}
	return &seen
}
