package world

import "github.com/seed-a46829e6/mattermost-fake/mmfake/model"

// A response_url takes so many answers for so long (facts 9.6).
const (
	commandHookUses  = 5
	commandHookLife  = hour / 2
	mostCommandHooks = 10_000 // remembered: the oldest go first
)

// commandHooks are the response_urls. Guarded by World.mu.
type commandHooks struct {
	byID  map[string]*commandHook
	order []string // ids, oldest first
}

type commandHook struct {
	run      *CommandRun
	createAt int64
	uses     int
}

// keepCommandHook makes the id of a response_url, and forgets those that nobody
// may use any more.
func (w *World) keepCommandHook(run *CommandRun) string {
	h := &w.commands.answers
	now := w.clock.now()
	for len(h.order) > 0 && (len(h.order) >= mostCommandHooks || h.byID[h.order[0]].createAt+commandHookLife < now) {
		delete(h.byID, h.order[0])
		h.order = h.order[1:]
	}
	if h.byID == nil {
		h.byID = map[string]*commandHook{}
	}
	kept := &CommandRun{session: run.session, args: run.args, trigger: run.trigger, custom: run.custom}
	kept.args.Command, kept.args.ParentID, kept.args.TriggerID, kept.args.SiteURL = "", "", "", "" // as long as a client likes
	id := w.newIDOf("response_url", kept.args.ChannelID, run.session.UserID)
	h.byID[id] = &commandHook{run: kept, createAt: now}
	h.order = append(h.order, id)
	return id
}

// AnswerCommandLater posts a delayed answer to a command, as the user who ran it
// and where he did (facts 9.6). id is that of the response_url.
func (w *World) AnswerCommandLater(id string, response *model.CommandResponse) (*CommandResult, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	h := w.commands.answers.byID[id]
	if h == nil || h.createAt+commandHookLife < w.clock.now() {
		return nil, errCommandHookUnknown.With()
	}
	cmd := w.commands.byID[h.run.custom.ID]
	if cmd == nil {
		return nil, errCommandHookCommand.With()
	}
	if h.uses >= commandHookUses {
		return nil, errCommandHookUsed.With()
	}
	h.uses++
	later := *h.run
	later.custom = cmd
	return w.postCommand(&later, response)
}
