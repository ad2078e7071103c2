package world

import (
	"errors"
	"strings"
	"sync"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// A builtin is a command that the server itself answers (facts 9.7). hint and
// desc are what a client shows while it is typed; without a desc it is not
// offered. do runs while the world is not locked and calls the same methods as
// the API; an error of it becomes a message for the user alone.
type builtin struct {
	hint, desc string
	do         doBuiltin
}

type doBuiltin func(*World, *CommandRun) (*model.CommandResponse, error)

// builtins are the built-in commands by trigger.
var builtins = sync.OnceValue(func() map[string]*builtin {
	list := map[string]*builtin{
		"me":       {"[message]", "Say what you do", me},
		"shrug":    {"[message]", "Add a shrug to your message", shrug},
		"code":     {"[text]", "Show text as a block of code", code},
		"echo":     {`"message" [seconds]`, "Post a message, perhaps later", echo},
		"join":     {"~[channel]", "Join a channel", joinByName},
		"open":     {"~[channel]", "Open a channel", joinByName},
		"leave":    {"", "Leave this channel", leave},
		"header":   {"[text]", "Change the channel's header", changeWith(header)},
		"purpose":  {"[text]", "Change the channel's purpose", ofItsOwn(changeWith(purpose))},
		"rename":   {"[text]", "Change the channel's display name", ofItsOwn(notTooShort(changeWith(rename)))},
		"invite":   {"@[user] ~[channel]", "Add people to a channel", invite},
		"remove":   {"@[user]", "Remove somebody from this channel", removeFromChannel},
		"kick":     {"@[user]", "Remove somebody from this channel", removeFromChannel},
		"mute":     {"~[channel]", "Mute a channel, or stop muting it", mute},
		"msg":      {"@[user] [message]", "Write to somebody directly", directMessage},
		"groupmsg": {"@[user],@[user] [message]", "Write to several people directly", groupMessage},
		"away":     {"", "Be away", chooseStatus(model.StatusAway, "You are now away.")},
		"online":   {"", "Be online", chooseStatus(model.StatusOnline, "You are now online.")},
		"offline":  {"", "Be offline", chooseStatus(model.StatusOffline, "You are now offline.")},
		"dnd":      {"", "Do not be disturbed", chooseStatus(model.StatusDND, "You are not to be disturbed now.")},
		"status":   {":emoji: [text]", "Set a custom status, or clear it", customStatus},
		"expand":   {"", "Show previews of images and links", collapsePreviews("false", "Previews are shown.")},
		"collapse": {"", "Hide previews of images and links", collapsePreviews("true", "Previews are hidden.")},
		"logout":   {"", "Log out", sendTo("/login")},
		"help":     {"", "Get help", help},
	}
	for _, trigger := range []string{"search", "settings", "shortcuts", "marketplace", "share-channel", "secure-connection"} {
		list[trigger] = &builtin{desc: "Works in the web app", do: leftToClients}
	}
	list["invite_people"] = &builtin{do: leftToClients} // offered only where invitations by e-mail are on
	return list
})

// laterBuiltins are the built-in commands that not all versions have.
var laterBuiltins = map[string]versions.Feature{
	"status":            versions.CustomStatusCommand,
	"marketplace":       versions.LaterCommands,
	"share-channel":     versions.LaterCommands,
	"secure-connection": versions.LaterCommands,
}

// builtin finds a built-in command that the server's version has.
func (w *World) builtin(trigger string) *builtin {
	if since, later := laterBuiltins[trigger]; later && !w.version.Has(since) {
		return nil
	}
	return builtins()[trigger]
}

// ephemeral is a response that the user alone sees.
func ephemeral(text string) *model.CommandResponse {
	return &model.CommandResponse{ResponseType: model.CommandResponseEphemeral, Text: text}
}

// needText is the response to a command that has nothing to work with.
func needText(run *CommandRun) *model.CommandResponse {
	return ephemeral("/" + run.trigger + " needs more: /" + run.trigger + " " + run.builtin.hint)
}

// wordsOf are the words of an error for people.
func wordsOf(err error) string {
	if problem, ok := errors.AsType[*model.AppError](err); ok {
		return problem.Message
	}
	return err.Error()
}

func inChannel(text string) *model.CommandResponse {
	return &model.CommandResponse{ResponseType: model.CommandResponseInChannel, Text: text}
}

func me(w *World, run *CommandRun) (*model.CommandResponse, error) {
	response := inChannel("*" + run.text + "*")
	if w.version.Has(versions.MeType) {
		response.Type = model.PostTypeMe
	}
	return response, nil
}

func shrug(_ *World, run *CommandRun) (*model.CommandResponse, error) {
	const shrugging = `¯\\\_(ツ)\_/¯` // Markdown takes two of the backslashes away
	if run.text == "" {
		return inChannel(shrugging), nil
	}
	return inChannel(run.text + " " + shrugging), nil
}

func code(_ *World, run *CommandRun) (*model.CommandResponse, error) {
	if run.text == "" {
		return needText(run), nil
	}
	response := inChannel("    " + strings.ReplaceAll(run.text, "\n", "\n    "))
	response.SkipSlackParsing = true
	return response, nil
}

// leftToClients is the response to what official clients do themselves, so that
// the server never sees it from them.
func leftToClients(_ *World, run *CommandRun) (*model.CommandResponse, error) {
	return ephemeral("/" + run.trigger + " is a matter of the app that you use, and this one does not know it."), nil
}

func help(w *World, _ *CommandRun) (*model.CommandResponse, error) {
	if !w.version.Has(versions.HelpSays) {
		return &model.CommandResponse{GotoLocation: "https://about.mattermost.com/default-help/"}, nil
	}
	return ephemeral("Help is at https://docs.mattermost.com"), nil
}

func sendTo(path string) doBuiltin {
	return func(*World, *CommandRun) (*model.CommandResponse, error) {
		return &model.CommandResponse{GotoLocation: path}, nil
	}
}
