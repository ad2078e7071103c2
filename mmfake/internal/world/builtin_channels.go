package world

import (
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// Built-in commands about channels and who is in them. Each does what the same
// request to the API does, with its permissions, messages and events.

// channelLink is the address of a channel in the web app.
func (w *World) channelLink(run *CommandRun, channelName string) string {
	w.mu.RLock()
	defer w.mu.RUnlock()
	link := run.args.SiteURL
	if t := w.teams[run.args.TeamID]; t != nil {
		link += "/" + t.Name
	}
	return link + "/channels/" + channelName
}

// goTo is the response that makes the client show a channel.
func (w *World) goTo(run *CommandRun, channelName string) *model.CommandResponse {
	return &model.CommandResponse{GotoLocation: w.channelLink(run, channelName)}
}

func joinByName(w *World, run *CommandRun) (*model.CommandResponse, error) {
	name := strings.TrimPrefix(strings.TrimSpace(run.text), "~")
	if name == "" {
		return needText(run), nil
	}
	c, err := w.ChannelByName(run.session, run.args.TeamID, name, false)
	if err != nil {
		return nil, err
	}
	if _, err := w.AddChannelMember(run.session, c.ID, run.session.UserID, ""); err != nil {
		return nil, err
	}
	return w.goTo(run, c.Name), nil
}

// leave ends the membership in a channel. Direct and group channels are not left:
// clients hide them, without asking the server.
func leave(w *World, run *CommandRun) (*model.CommandResponse, error) {
	if err := w.RemoveChannelMember(run.session, run.args.ChannelID, run.session.UserID); err != nil {
		return nil, err
	}
	response := w.goTo(run, model.DefaultChannel)
	if !w.version.Has(versions.LeaveSaysNothing) {
		response.ResponseType = model.CommandResponseEphemeral
	}
	return response, nil
}

// ofItsOwn keeps a command to channels that have a name and a purpose of their own. Old
// versions' API does not.
func ofItsOwn(do doBuiltin) doBuiltin {
	return func(w *World, run *CommandRun) (*model.CommandResponse, error) {
		c, err := w.Channel(run.session, run.args.ChannelID)
		if err != nil {
			return nil, err
		}
		if c.Type == model.ChannelDirect || c.Type == model.ChannelGroup {
			return ephemeral("/" + run.trigger + " is for channels of a team, not for direct messages."), nil
		}
		return do(w, run)
	}
}

// notTooShort keeps a command from giving a channel a name that is shorter than a new
// channel's could be.
func notTooShort(do doBuiltin) doBuiltin {
	return func(w *World, run *CommandRun) (*model.CommandResponse, error) {
		if len(run.text) == 1 && !w.version.Has(versions.OneLetterChannels) {
			return ephemeral("The name of a channel has two letters or more."), nil
		}
		return do(w, run)
	}
}

// changeWith changes a property of the channel to the command's text.
func changeWith(patch func(text string) *model.ChannelPatch) doBuiltin {
	return func(w *World, run *CommandRun) (*model.CommandResponse, error) {
		if run.text == "" {
			return needText(run), nil
		}
		if _, err := w.PatchChannel(run.session, run.args.ChannelID, patch(run.text)); err != nil {
			return nil, err
		}
		return &model.CommandResponse{}, nil
	}
}

func header(text string) *model.ChannelPatch  { return &model.ChannelPatch{Header: &text} }
func purpose(text string) *model.ChannelPatch { return &model.ChannelPatch{Purpose: &text} }
func rename(text string) *model.ChannelPatch  { return &model.ChannelPatch{DisplayName: &text} }

// invite adds users, named with or without @, to channels, named with ~: to this
// one where none is named. Old versions take one user, and then one channel.
func invite(w *World, run *CommandRun) (*model.CommandResponse, error) {
	several := w.version.Has(versions.InviteSays)
	var users, channels []string
	for i, word := range strings.Fields(run.text) {
		name, isChannel := strings.CutPrefix(word, "~")
		if isChannel || i > 0 && !several {
			c, err := w.ChannelByName(run.session, run.args.TeamID, name, false)
			if err != nil {
				return nil, err
			}
			channels = append(channels, c.ID)
		} else {
			users = append(users, strings.TrimPrefix(word, "@"))
		}
	}
	if len(users) == 0 {
		return needText(run), nil
	}
	if len(channels) == 0 {
		channels = []string{run.args.ChannelID}
	}
	var said []string
	for _, name := range users {
		for _, id := range channels {
			what, done := w.inviteOne(run, name, id)
			if !done || several || id != run.args.ChannelID {
				said = append(said, what)
			}
		}
	}
	if len(said) == 0 {
		return &model.CommandResponse{}, nil
	}
	return ephemeral(strings.Join(said, "\n")), nil
}

// inviteOne adds a user to a channel. It returns what to say of it, and whether it
// was done.
func (w *World) inviteOne(run *CommandRun, name, channelID string) (said string, done bool) {
	u, err := w.UserByName(run.session, name)
	if err != nil {
		return "@" + name + ": " + wordsOf(err), false
	}
	c, err := w.Channel(run.session, channelID)
	if err != nil {
		return "@" + name + ": " + wordsOf(err), false
	}
	if _, err := w.ChannelMember(run.session, channelID, u.ID); err == nil {
		return "@" + u.Username + " is in ~" + c.Name + " already.", false
	}
	if _, err := w.AddChannelMember(run.session, channelID, u.ID, run.args.RootID); err != nil {
		return "@" + u.Username + ": " + wordsOf(err), false
	}
	return "@" + u.Username + " added to ~" + c.Name + ".", true
}

// removeFromChannel removes the user whom the first word names.
func removeFromChannel(w *World, run *CommandRun) (*model.CommandResponse, error) {
	words := strings.Fields(run.text)
	if len(words) == 0 {
		return needText(run), nil
	}
	u, err := w.UserByName(run.session, strings.TrimPrefix(words[0], "@"))
	if err != nil {
		return nil, err
	}
	if _, err := w.ChannelMember(run.session, run.args.ChannelID, u.ID); err != nil {
		return nil, err
	}
	if err := w.RemoveChannelMember(run.session, run.args.ChannelID, u.ID); err != nil {
		return nil, err
	}
	return &model.CommandResponse{}, nil
}

// mute makes a channel quiet, and one that is quiet loud.
func mute(w *World, run *CommandRun) (*model.CommandResponse, error) {
	id := run.args.ChannelID
	if name := strings.TrimPrefix(strings.TrimSpace(run.text), "~"); name != "" {
		c, err := w.ChannelByName(run.session, run.args.TeamID, name, false)
		if err != nil {
			return nil, err
		}
		id = c.ID
	}
	m, err := w.ChannelMember(run.session, id, run.session.UserID)
	if err != nil {
		return nil, err
	}
	value, said := "mention", "The channel is muted: you are told of mentions only."
	if m.NotifyProps["mark_unread"] == "mention" {
		value, said = "all", "The channel is not muted any more."
	}
	return ephemeral(said), w.SetChannelNotifyProps(run.session, id, run.session.UserID, map[string]string{"mark_unread": value})
}
