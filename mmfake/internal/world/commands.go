package world

import (
	"cmp"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// commands are the slash commands that people made. Guarded by World.mu.
type commands struct {
	byID    map[string]*model.Command // replaced, never changed
	order   []string                  // ids in the order of their making
	answers commandHooks
}

// find returns the commands of a team with that trigger. There is more than one only
// where an update or a move has made a second, which nobody checks. The one that was
// changed last stands last, as in the real server's table.
func (c *commands) find(teamID, trigger string) []*model.Command {
	var found []*model.Command
	for _, id := range c.order {
		if cmd := c.byID[id]; cmd.TeamID == teamID && cmd.Trigger == trigger {
			found = append(found, cmd)
		}
	}
	slices.SortStableFunc(found, byChange)
	return found
}

func byChange(a, b *model.Command) int { return cmp.Compare(a.UpdateAt, b.UpdateAt) }

func (c *commands) keep(cmd *model.Command) {
	if c.byID == nil {
		c.byID = map[string]*model.Command{}
	}
	if c.byID[cmd.ID] == nil {
		c.order = append(c.order, cmd.ID)
	}
	c.byID[cmd.ID] = cmd
}

// CreateCommand makes a slash command of a team (facts 9.1), for the session's
// user or, where he may manage those of others, for in.CreatorID.
func (w *World) CreateCommand(as *Session, in model.Command) (*model.Command, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if in.TeamID == "" || !w.mayInTeam(as, in.TeamID, ManageOwnSlashCommands) {
		return nil, ErrPermission.With(ManageOwnSlashCommands)
	}
	creator := as.UserID
	if in.CreatorID != "" && in.CreatorID != creator && w.version.Has(versions.CommandOwnerChosen) {
		if !w.mayInTeam(as, in.TeamID, ManageAllSlashCommands) {
			return nil, ErrPermission.With(ManageAllSlashCommands)
		}
		if w.users[in.CreatorID] == nil {
			return nil, errUserUnknown.With()
		}
		creator = in.CreatorID
	}
	return w.addCommand(creator, in)
}

// addCommand validates and stores a command. One with a delete_at is made, and
// never found again.
func (w *World) addCommand(creator string, in model.Command) (*model.Command, error) {
	if !w.config.EnableCommands {
		return nil, errCommandsDisabled.With()
	}
	now := w.clock.tick()
	cmd := settable(in)
	newID := func() string { return w.newIDOf("command", in.TeamID, cmd.Trigger) }
	cmd.ID, cmd.Token, cmd.CreateAt, cmd.UpdateAt, cmd.DeleteAt = newID(), cmp.Or(in.Token, newID()), now, now, in.DeleteAt
	cmd.CreatorID, cmd.TeamID, cmd.PluginID = creator, in.TeamID, in.PluginID
	switch {
	case w.builtin(cmd.Trigger) != nil || len(w.commands.find(in.TeamID, cmd.Trigger)) > 0:
		return nil, errCommandTaken.With(cmd.Trigger)
	case in.ID != "" && !w.version.Has(versions.CommandErrorsAlike):
		return nil, errCommandGivenID.With()
	case in.ID != "":
		return nil, errCommandCreated.With()
	}
	if err := w.checkCommand(cmd, in.AutocompleteData, errCommandCreated); err != nil {
		return nil, err
	}
	if cmd.DeleteAt == 0 {
		w.commands.keep(cmd)
	}
	return echoed(cmd, in), nil
}

// echoed is a command as the answer to its making or change has it: with what the
// real server does not store.
func echoed(cmd *model.Command, in model.Command) *model.Command {
	shown := cmd.Clone()
	shown.AutocompleteData, shown.AutocompleteIconData = in.AutocompleteData, in.AutocompleteIconData
	return shown
}

// settable takes from a command what its maker decides.
func settable(in model.Command) *model.Command {
	return &model.Command{
		Trigger: strings.ToLower(in.Trigger), Method: in.Method, URL: in.URL, Username: in.Username, IconURL: in.IconURL,
		AutoComplete: in.AutoComplete, AutoCompleteDesc: in.AutoCompleteDesc, AutoCompleteHint: in.AutoCompleteHint,
		DisplayName: in.DisplayName, Description: in.Description,
	}
}

var commandTrigger = regexp.MustCompile(`^[A-Za-z0-9_.-][A-Za-z0-9_./-]*$`)

// oldCommandTrigger is what triggers were before CommandLetters.
var oldCommandTrigger = regexp.MustCompile(`^[^ /][^ ]*$`)

// checkCommand says what is wrong with a command's fields, and with the data that
// came with them. unstored is the error where the database has no room for one,
// which nothing else looks at.
func (w *World) checkCommand(c *model.Command, data *model.AutocompleteData, unstored Problem) error {
	triggers := commandTrigger
	if !w.version.Has(versions.CommandLetters) {
		triggers = oldCommandTrigger
	}
	switch {
	case len(c.Token) != 26:
		return errCommandToken.With()
	case c.PluginID != "": // those have no creator
		return errCommandPlugin.With()
	case !model.IsValidID(c.TeamID):
		return errCommandTeamID.With()
	case len(c.Trigger) > 128 || !triggers.MatchString(c.Trigger):
		return errCommandTrigger.With()
	case c.URL == "" || len(c.URL) > 1024:
		return errCommandURL.With()
	case !isWebURL(c.URL):
		return errCommandURLForm.With()
	case c.Method != model.CommandMethodPost && c.Method != model.CommandMethodGet:
		return errCommandMethod.With()
	case len(c.DisplayName) > 64:
		return errCommandDisplayName.With()
	case len(c.Description) > 128:
		return errCommandDescription.With()
	case data != nil && !completes(data):
		return errCommandAutocomplete.With()
	case longer(c.Username, 64), longer(c.IconURL, 1024), longer(c.AutoCompleteDesc, 1024), longer(c.AutoCompleteHint, 1024):
		return unstored.With()
	}
	return nil
}

// completes says whether a command or subcommand is well described: by a trigger in
// lower case, for everybody or for one of the two roles, and with subcommands or
// arguments, not both.
func completes(data *model.AutocompleteData) bool {
	switch {
	case data == nil, data.Trigger == "", strings.ToLower(data.Trigger) != data.Trigger:
		return false
	case data.RoleID != "" && data.RoleID != model.RoleSystemUser && data.RoleID != model.RoleSystemAdmin:
		return false
	case len(data.Arguments) > 0:
		return len(data.SubCommands) == 0
	}
	return !slices.ContainsFunc(data.SubCommands, func(sub *model.AutocompleteData) bool { return !completes(sub) })
}

func isWebURL(text string) bool {
	if !strings.HasPrefix(text, "http://") && !strings.HasPrefix(text, "https://") {
		return false
	}
	u, err := url.Parse(text)
	return err == nil && u.Host != ""
}

// manageableCommand finds a command that the session's user may manage. To those
// who may manage none in its team it is unknown, and to everybody while commands
// are switched off.
func (w *World) manageableCommand(as *Session, id string) (*model.Command, error) {
	cmd := w.commands.byID[id]
	if cmd == nil || !w.config.EnableCommands || !w.mayInTeam(as, cmd.TeamID, ManageOwnSlashCommands) && w.version.Has(versions.CommandsHidden) {
		return nil, errCommandUnknown.With()
	}
	if !w.mayInTeam(as, cmd.TeamID, ManageOwnSlashCommands) {
		return nil, ErrPermission.With(ManageOwnSlashCommands)
	}
	if cmd.CreatorID != as.UserID && !w.mayInTeam(as, cmd.TeamID, ManageAllSlashCommands) {
		return nil, ErrPermission.With(ManageAllSlashCommands)
	}
	return cmd, nil
}

// Command returns a command. Any lack of permission makes it unknown.
func (w *World) Command(as *Session, id string) (*model.Command, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	cmd, err := w.manageableCommand(as, id)
	if err != nil {
		return nil, errCommandUnknown.With()
	}
	return cmd.Clone(), nil
}

// UpdateCommand replaces what a command's maker decides. Its token and its team
// stay.
func (w *World) UpdateCommand(as *Session, in model.Command) (*model.Command, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if old := w.commands.byID[in.ID]; old != nil && w.config.EnableCommands && old.TeamID != in.TeamID {
		return nil, errCommandTeam.With()
	}
	cmd, err := w.changeCommand(as, in.ID, func(cmd *model.Command) error {
		next := settable(in)
		next.ID, next.Token, next.CreateAt, next.CreatorID, next.TeamID = cmd.ID, cmd.Token, cmd.CreateAt, cmd.CreatorID, cmd.TeamID
		*cmd = *next
		return w.checkCommand(cmd, in.AutocompleteData, errCommandUpdated)
	})
	if err != nil {
		return nil, err
	}
	return echoed(cmd, in), nil
}

// RegenerateCommandToken gives a command another token and returns it.
func (w *World) RegenerateCommandToken(as *Session, id string) (string, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	cmd, err := w.changeCommand(as, id, func(cmd *model.Command) error { cmd.Token = w.NewID(); return nil })
	if err != nil {
		return "", err
	}
	return cmd.Token, nil
}

// MoveCommand moves a command to another team, in which the session's user has to
// be allowed to manage commands too.
func (w *World) MoveCommand(as *Session, id, teamID string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.teams[teamID] == nil {
		return errTeamUnknown.With()
	}
	if !w.mayInTeam(as, teamID, ManageOwnSlashCommands) {
		return ErrPermission.With(ManageOwnSlashCommands)
	}
	_, err := w.changeCommand(as, id, func(cmd *model.Command) error { cmd.TeamID = teamID; return nil })
	return err
}

// changeCommand replaces a command by one that f has changed.
func (w *World) changeCommand(as *Session, id string, f func(*model.Command) error) (*model.Command, error) {
	cmd, err := w.manageableCommand(as, id)
	if err != nil {
		return nil, err
	}
	next := cmd.Clone()
	if err := f(next); err != nil {
		return nil, err
	}
	next.UpdateAt = w.clock.tick()
	w.commands.keep(next)
	return next.Clone(), nil
}

// DeleteCommand deletes a command.
func (w *World) DeleteCommand(as *Session, id string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if _, err := w.manageableCommand(as, id); err != nil {
		return err
	}
	delete(w.commands.byID, id)
	w.commands.order = without(w.commands.order, id)
	return nil
}

// CustomCommands returns the commands of a team that people made: one's own, or
// all where the session's user manages those of others.
func (w *World) CustomCommands(as *Session, teamID string) ([]*model.Command, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	for _, p := range []Permission{ViewTeam, ManageOwnSlashCommands} {
		if !w.mayInTeam(as, teamID, p) {
			return nil, ErrPermission.With(p)
		}
	}
	if !w.config.EnableCommands {
		return nil, errCommandsDisabled.With()
	}
	all := w.mayInTeam(as, teamID, ManageAllSlashCommands)
	list := []*model.Command{}
	for _, id := range w.commands.order {
		if cmd := w.commands.byID[id]; cmd.TeamID == teamID && (all || cmd.CreatorID == as.UserID) {
			list = append(list, cmd.Clone())
		}
	}
	return list, nil
}

// Commands returns the built-in commands and a team's own, without their secrets,
// by trigger. Who may manage none gets those that are offered while typing, and
// so does everybody with offered.
func (w *World) Commands(as *Session, teamID string, offered bool) ([]*model.Command, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if !w.mayInTeam(as, teamID, ViewTeam) {
		return nil, ErrPermission.With(ViewTeam)
	}
	return w.teamCommands(teamID, offered || !w.mayInTeam(as, teamID, ManageOwnSlashCommands)), nil
}

// teamCommands are the commands of a team for everybody to see. Where custom commands
// hide built-in ones there is one of each trigger.
func (w *World) teamCommands(teamID string, offered bool) []*model.Command {
	custom, taken := w.customCommands(teamID, offered), map[string]bool{}
	if w.version.Has(versions.CustomCommandsFirst) {
		custom = slices.DeleteFunc(custom, func(cmd *model.Command) bool {
			again := taken[cmd.Trigger]
			taken[cmd.Trigger] = true
			return again
		})
	}
	list := []*model.Command{}
	for _, trigger := range slices.Sorted(maps.Keys(builtins())) {
		if b := w.builtin(trigger); b != nil && (b.desc != "" || !offered) && !taken[trigger] {
			list = append(list, &model.Command{
				Trigger: trigger, AutoComplete: b.desc != "", AutoCompleteDesc: b.desc, AutoCompleteHint: b.hint, DisplayName: trigger,
			})
		}
	}
	return append(list, custom...)
}

// customCommands are those of them that people made, in the order in which they
// were changed last.
func (w *World) customCommands(teamID string, offered bool) []*model.Command {
	if !w.config.EnableCommands {
		return nil
	}
	var list []*model.Command
	for _, id := range w.commands.order {
		if cmd := w.commands.byID[id]; cmd.TeamID == teamID && (cmd.AutoComplete || !offered) {
			shown := cmd.Clone()
			shown.Token, shown.CreatorID, shown.Method, shown.URL, shown.Username, shown.IconURL = "", "", "", "", "", ""
			list = append(list, shown)
		}
	}
	slices.SortStableFunc(list, byChange)
	return list
}

// CommandSuggestions returns what a client offers while a user types: the
// commands that begin with the word of the input, by name. Once the word is
// complete there is nothing to offer for commands without a description of their
// arguments.
func (w *World) CommandSuggestions(as *Session, teamID, input string) ([]model.AutocompleteSuggestion, error) {
	list, err := w.Commands(as, teamID, true)
	if err != nil {
		return nil, err
	}
	if input == "" {
		return nil, ErrBodyParam.With("user_input")
	}
	word := strings.ToLower(strings.TrimPrefix(input, "/"))
	suggestions := []model.AutocompleteSuggestion{}
	for _, cmd := range list {
		if strings.HasPrefix(cmd.Trigger, word) {
			suggestions = append(suggestions, model.AutocompleteSuggestion{
				Complete: cmd.Trigger, Suggestion: cmd.Trigger, Hint: cmd.AutoCompleteHint, Description: cmd.AutoCompleteDesc,
			})
		}
	}
	slices.SortStableFunc(suggestions, func(a, b model.AutocompleteSuggestion) int { return strings.Compare(a.Suggestion, b.Suggestion) })
	return suggestions, nil
}
