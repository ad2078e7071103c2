package world

import (
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// Built-in commands about the user himself.

func chooseStatus(status, said string) doBuiltin {
	return func(w *World, run *CommandRun) (*model.CommandResponse, error) {
		_, err := w.SetStatus(run.session, run.session.UserID, status, 0)
		return ephemeral(said), err
	}
}

// customStatus sets the status that a user shows beside his name, an emoji and a
// text of which one may be missing, or clears it.
func customStatus(w *World, run *CommandRun) (*model.CommandResponse, error) {
	me := run.session.UserID
	text := strings.TrimSpace(run.text)
	switch text {
	case "":
		return needText(run), nil
	case "clear":
		return ephemeral("Your custom status is cleared."), w.ClearCustomStatus(run.session, me)
	}
	custom := model.CustomStatus{Text: text}
	if emoji, rest, ok := strings.Cut(strings.TrimPrefix(text, ":"), ":"); ok && text[0] == ':' && !strings.Contains(emoji, " ") {
		custom = model.CustomStatus{Emoji: emoji, Text: strings.TrimSpace(rest)}
	}
	return ephemeral("Your custom status is set."), w.SetCustomStatus(run.session, me, custom)
}

// collapsePreviews sets whether previews of images and links are hidden. Of this
// one preference there is an event of its own (facts 2.9).
func collapsePreviews(value, said string) doBuiltin {
	return func(w *World, run *CommandRun) (*model.CommandResponse, error) {
		w.mu.Lock()
		defer w.mu.Unlock()
		p := model.Preference{UserID: run.session.UserID, Category: model.PreferenceDisplaySettings, Name: "collapse_previews", Value: value}
		w.putPreferences(run.session.user, []model.Preference{p}, settingPreferences.apply)
		w.publish(&Event{Name: model.EventPreferenceChanged, Data: map[string]any{"preference": w.inJSON(p)}, Broadcast: toUser(p.UserID)})
		return ephemeral(said), nil
	}
}
