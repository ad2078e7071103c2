package world

import (
	"strings"
	"unicode"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// Built-in commands that write to somebody.

// directMessage opens the direct channel with a user, and posts the text that
// follows his name, if there is one.
func directMessage(w *World, run *CommandRun) (*model.CommandResponse, error) {
	names, text := splitNames(run.text)
	if len(names) == 0 {
		return needText(run), nil
	}
	return w.writeTo(run, names[:1], text)
}

// groupMessage does the same for a group of people, whose names are separated by
// commas.
func groupMessage(w *World, run *CommandRun) (*model.CommandResponse, error) {
	names, text := splitNames(run.text)
	if len(names) == 0 {
		return needText(run), nil
	}
	return w.writeTo(run, names, text)
}

// splitNames takes the names off the begin of a text: @a, @b,@c and so on.
func splitNames(text string) (names []string, rest string) {
	for rest = strings.TrimSpace(text); ; {
		end := strings.IndexFunc(rest, func(r rune) bool { return r == ',' || unicode.IsSpace(r) })
		if end < 0 {
			end = len(rest)
		}
		if name := strings.ToLower(strings.TrimPrefix(rest[:end], "@")); name != "" {
			names = append(names, name)
		}
		rest = strings.TrimSpace(rest[end:])
		after, more := strings.CutPrefix(rest, ",")
		if !more {
			return names, rest
		}
		rest = strings.TrimSpace(after)
	}
}

// writeTo posts a text, unless it is empty, to the channel that the user has with
// others, and sends him there.
func (w *World) writeTo(run *CommandRun, names []string, text string) (*model.CommandResponse, error) {
	var ids []string
	for _, name := range names {
		u, err := w.UserByName(run.session, name)
		if err != nil {
			return nil, err
		}
		if u.ID != run.session.UserID {
			ids = append(ids, u.ID)
		}
	}
	open := w.GroupChannel
	switch len(ids) {
	case 0:
		return ephemeral("/" + run.trigger + " writes to others: name somebody."), nil
	case 1:
		open, ids = w.DirectChannel, []string{run.session.UserID, ids[0]} // the first is its creator
	}
	c, err := open(run.session, ids)
	if err != nil {
		return nil, err
	}
	if text != "" {
		if err := w.postFor(run, c.ID, "", text); err != nil {
			return nil, err
		}
	}
	response := w.goTo(run, c.Name)
	response.ResponseType = model.CommandResponseEphemeral
	return response, nil
}

// postFor posts a text in the name of the user who runs a command.
func (w *World) postFor(run *CommandRun, channelID, rootID, text string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	c := w.channels[channelID]
	if c == nil {
		return errChannelUnknown.With()
	}
	author := run.session.user
	_, err := w.addPost(c, &model.Post{UserID: author.ID, ChannelID: c.ID, RootID: rootID, Message: text, Props: w.marked(nil, author)},
		authorship{user: author, setOnline: true, fires: true})
	return err
}
