package world

import (
	"bytes"
	"cmp"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"time"
	"unicode"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// A CommandRun is a slash command that a user has sent off, from the check of
// what he typed to the answer. Callback is the request to its integration, nil
// for a built-in command.
type CommandRun struct {
	Callback *Callback

	// Later is what remains to be done after a while, nil for nothing. FinishCommand
	// sets it.
	Later *Later

	session *Session
	args    model.CommandArgs
	trigger string
	text    string         // what follows the trigger, as it was typed
	custom  *model.Command // nil for a built-in command
	builtin *builtin
	client  string // the client's trigger id, "" for built-in commands
}

// Later is something that the world wants done after a delay: it has no timers of
// its own.
type Later struct {
	Delay time.Duration
	Do    func()
}

// PrepareCommand checks a command line and says what to ask of whom (facts 9.2).
// What comes of it goes to FinishCommand.
func (w *World) PrepareCommand(as *Session, args model.CommandArgs) (*CommandRun, error) {
	if len(args.Command) <= 1 || args.Command[0] != '/' || !model.IsValidID(args.ChannelID) {
		return nil, errCommandStart.With()
	}
	run, form, err := w.findCommand(as, args)
	if err != nil || run.custom == nil {
		return run, err
	}
	trigger := w.newTrigger(as.UserID)
	run.client = trigger.Client
	if w.version.Has(versions.CommandTriggers) {
		form.Set("trigger_id", trigger.Signed)
	}
	run.Callback = w.commandCallback(run.custom, form)
	run.Callback.Actor = form.Get("user_name")
	return run, nil
}

// findCommand finds the command of a line, and for a custom one the form that
// its integration gets.
func (w *World) findCommand(as *Session, args model.CommandArgs) (*CommandRun, url.Values, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	c := w.channels[args.ChannelID]
	right := UseSlashCommands
	if w.version.Has(versions.CommandsLikePosts) {
		right = CreatePost
	}
	switch {
	case !w.mayInChannel(as, c, right):
		return nil, nil, w.lacking(as, args.ChannelID, right)
	case c.DeleteAt != 0 && w.version.Has(versions.CommandsNotArchived):
		return nil, nil, errCommandArchived.With()
	case !c.direct():
		args.TeamID = c.TeamID
	case !w.inTeam(as.user, args.TeamID) && !w.may(as, right):
		return nil, nil, ErrPermission.With(right)
	}
	args.UserID = as.UserID
	if args.SiteURL == "" || w.version.Has(versions.CommandSiteURL) {
		args.SiteURL = w.config.SiteURL
	}
	run := &CommandRun{session: as, args: args}
	run.trigger, run.text = w.splitCommand(args.Command)
	if err := w.lookUpCommand(run); err != nil || run.custom == nil {
		return run, nil, err
	}
	return run, w.commandForm(run, w.teams[args.TeamID], c), nil
}

// lookUpCommand finds out whether a line runs a custom or a built-in command. A
// custom one hides a built-in one; in old versions it was the other way round. Of
// custom ones with the same trigger the last counts, and in old versions the first.
func (w *World) lookUpCommand(run *CommandRun) error {
	builtin := w.builtin(run.trigger)
	if builtin != nil && !w.version.Has(versions.CustomCommandsFirst) {
		run.builtin = builtin
		return nil
	}
	if !w.config.EnableCommands {
		return errCommandsDisabled.With()
	}
	if w.teams[run.args.TeamID] == nil { // named by an admin in a direct channel, or by nobody there
		return errTeamUnknown.With()
	}
	if found := w.commands.find(run.args.TeamID, run.trigger); len(found) > 0 {
		run.custom = found[0]
		if w.version.Has(versions.CustomCommandsFirst) {
			run.custom = found[len(found)-1]
		}
	}
	switch {
	case run.custom == nil && builtin == nil:
		return errCommandNotFound.With(firstRunes(run.trigger, 512))
	case run.custom == nil:
		run.builtin = builtin
	case run.args.SiteURL == "":
		return errCommandSiteURL.With()
	case !mayBeRoot(run.args.RootID) || !w.version.Has(versions.NoParentIDs) && !mayBeRoot(run.args.ParentID):
		return errCommandRoot.With()
	}
	return nil
}

// mayBeRoot says whether an id can be that of a root post, or stands for none.
func mayBeRoot(id string) bool { return id == "" || model.IsValidID(id) }

// splitCommand divides a command line at its first white space.
func (w *World) splitCommand(line string) (trigger, text string) {
	line = line[1:]
	ends := unicode.IsSpace
	if !w.version.Has(versions.CommandsAtSpace) {
		ends = func(r rune) bool { return r == ' ' }
	}
	if i := strings.IndexFunc(line, ends); i >= 0 {
		text = line[i:]
		line = line[:i]
		text = strings.TrimPrefix(text, string([]rune(text)[:1]))
	}
	return strings.ToLower(line), text
}

func firstRunes(text string, n int) string {
	if runes := []rune(text); len(runes) > n {
		return string(runes[:n])
	}
	return text
}

// commandForm are the fields that an integration gets, but for the trigger id
// (facts 9.3).
func (w *World) commandForm(run *CommandRun, t *team, c *channel) url.Values {
	form := url.Values{
		"token":        {run.custom.Token},
		"team_id":      {t.ID},
		"team_domain":  {t.Name},
		"channel_id":   {c.ID},
		"channel_name": {c.Name},
		"user_id":      {run.session.UserID},
		"user_name":    {run.session.user.Username},
		"command":      {"/" + run.trigger},
		"text":         {run.text},
		"response_url": {run.args.SiteURL + "/hooks/commands/" + w.keepCommandHook(run)},
	}
	if w.version.Has(versions.CommandThreads) {
		form.Set("root_id", run.args.RootID)
	}
	if w.version.Has(versions.CommandMentions) {
		w.addCommandMentions(form, run, t)
	}
	return form
}

// addCommandMentions tells the integration who and which channels are meant in the
// text. Who has left the team is meant too: the real server finds his membership.
func (w *World) addCommandMentions(form url.Values, run *CommandRun, t *team) {
	seen := map[string]bool{}
	for _, name := range namesAfter('@', run.args.Command) {
		if u := w.names[name]; u != nil && t.members[u.ID] != nil && !seen[u.ID] {
			seen[u.ID] = true
			form.Add("user_mentions", u.Username)
			form.Add("user_mentions_ids", u.ID)
		}
	}
	for name := range channelNames(run.args.Command) {
		if m := publicNamed(t, name); m != nil && !seen[m.ID] {
			seen[m.ID] = true
			form.Add("channel_mentions", m.Name)
			form.Add("channel_mentions_ids", m.ID)
		}
	}
}

// commandCallback is the request to a command's integration: a form, or with the
// method G the same in the query, after what the URL has there already, or in old
// versions in its place.
func (w *World) commandCallback(cmd *model.Command, form url.Values) *Callback {
	header := w.formCallback()
	header.Set("Authorization", "Token "+cmd.Token)
	if cmd.Method == model.CommandMethodPost {
		return &Callback{Method: http.MethodPost, URL: cmd.URL, Header: header, Body: []byte(form.Encode())}
	}
	header.Del("Content-Type")
	address, fragment, _ := strings.Cut(cmd.URL, "#")
	separator := "?"
	if !w.version.Has(versions.CommandQueryKept) {
		address, _, _ = strings.Cut(address, "?")
	}
	if strings.Contains(address, "?") {
		separator = "&"
	}
	if fragment != "" {
		fragment = "#" + fragment
	}
	return &Callback{Method: http.MethodGet, URL: address + separator + form.Encode() + fragment, Header: header}
}

// FinishCommand does what a command's answer asks for, and for a built-in command
// what the command does (facts 9.4, 9.5). answer is nil for the latter.
func (w *World) FinishCommand(run *CommandRun, answer *CallbackAnswer) (*CommandResult, error) {
	if run.builtin != nil {
		response, err := run.builtin.do(w, run)
		if err != nil {
			response = ephemeral(wordsOf(err))
		}
		return w.respond(run, response)
	}
	response, err := w.readCommandAnswer(run.trigger, answer)
	if err != nil {
		return nil, err
	}
	return w.respond(run, response)
}

// readCommandAnswer reads what an integration answered: JSON where its content
// type is just that, else text for the user.
func (w *World) readCommandAnswer(trigger string, answer *CallbackAnswer) (*model.CommandResponse, error) {
	switch {
	case answer.Err != nil && !answer.brokeOff():
		return nil, errCommandFailed.With(trigger, answer.Err.Error())
	case answer.Status != http.StatusOK:
		return nil, errCommandStatus.With(trigger, answer.Status)
	case answer.Err != nil && isJSON(answer.ContentType):
		return nil, errCommandFailed.With(trigger, answer.Err.Error())
	case answer.Err != nil:
		return nil, errCommandEmpty.With(trigger, answer.Err.Error())
	}
	response, err := w.CommandResponseFrom(answer.ContentType, answer.Body)
	if err != nil {
		return nil, errCommandFailed.With(trigger, answer.unreadable(err))
	}
	return response, nil
}

// CommandResponseFrom reads the body of a command's answer by its content type:
// an answer or a delayed one.
func (w *World) CommandResponseFrom(contentType string, body []byte) (*model.CommandResponse, error) {
	if !isJSON(contentType) {
		return &model.CommandResponse{Text: string(bytes.ToValidUTF8(body, []byte("\uFFFD")))}, nil
	}
	response := &model.CommandResponse{}
	return response, cmp.Or(json.Unmarshal(w.version.Known(body, response), response), w.CheckShorts(body))
}

// isJSON says whether an answer with that content type is read as JSON, and not as text.
func isJSON(contentType string) bool {
	kind, _, _ := strings.Cut(contentType, ";")
	return strings.TrimSpace(kind) == "application/json"
}

func (w *World) respond(run *CommandRun, response *model.CommandResponse) (*CommandResult, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.postCommand(run, response)
}
