package world

import (
	"maps"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// A CommandResult is what came of a slash command: the response that the user's
// client gets, and what was posted and shown because of it.
type CommandResult struct {
	Response   *model.CommandResponse
	Posts      []*model.Post // that the channel sees
	Ephemerals []*model.Post // that the user alone sees
}

// Followed tells it in words, for the exchange with the integration.
func (r *CommandResult) Followed() []string {
	if r == nil {
		return nil
	}
	var list []string
	for _, p := range r.Posts {
		list = append(list, "posted: "+p.Message)
	}
	for _, p := range r.Ephemerals {
		list = append(list, "told the user: "+p.Message)
	}
	if r.Response.GotoLocation != "" {
		list = append(list, "sent the user to "+r.Response.GotoLocation)
	}
	return list
}

// postCommand posts what a response says and each of its extra responses. All
// are tried; one that fails makes the whole call fail (recorded from 11.6.0).
func (w *World) postCommand(run *CommandRun, response *model.CommandResponse) (*CommandResult, error) {
	response.TriggerID = run.client
	result := &CommandResult{Response: response}
	failed := w.postResponse(run, response, result)
	for _, extra := range response.ExtraResponses {
		if extra == nil {
			continue
		}
		if err := w.postResponse(run, extra, result); err != nil {
			failed = err
		}
	}
	if failed != nil {
		return result, errCommandPost.With(run.trigger, failed.Error())
	}
	return result, nil
}

// postResponse posts one response. The response itself is changed to what the
// user's client gets to see: with Slack's names and announcements translated.
func (w *World) postResponse(run *CommandRun, r *model.CommandResponse, result *CommandResult) error {
	text := r.Text
	attachments := withoutNil(r.Attachments)
	for i, a := range attachments {
		attachments[i] = printedAttachment(a)
	}
	if !r.SkipSlackParsing {
		text = w.slackText(r.Text)
		r.Text = w.slackNames(r.Text)
		for i, a := range attachments {
			attachments[i] = w.slackAttachment(a)
		}
	}
	r.Attachments = attachments
	c, err := w.responseChannel(run, r)
	if err != nil {
		return err
	}
	p := &model.Post{
		UserID: run.args.UserID, ChannelID: c.ID, RootID: run.args.RootID, Message: text, Type: r.Type, Props: w.responseProps(run, r),
	}
	if p.IsSystem() {
		return ErrParam.With("post.type: one that does not begin with " + model.PostTypeSystemPrefix)
	}
	if p.Type == "" && len(attachments) > 0 {
		p.Type = model.PostTypeSlackAttachment
	}
	switch r.ResponseType {
	case model.CommandResponseInChannel:
		return w.postInChannel(run, c, p, result)
	case "", model.CommandResponseEphemeral:
		if text != "" || len(attachments) > 0 {
			shown := w.tellEphemeral(p.UserID, p)
			result.Ephemerals = append(result.Ephemerals, shown)
			// The client gets the buttons as they are shown; those of a post it gets as
			// the integration sent them (recorded from 11.6.0).
			if list, ok := shown.Props[model.PropAttachments].([]*model.Attachment); ok {
				r.Attachments = list
			}
		}
	}
	return nil
}

func (w *World) postInChannel(run *CommandRun, c *channel, p *model.Post, result *CommandResult) error {
	if c.DeleteAt != 0 {
		return errPostArchived.With()
	}
	made, err := w.addPost(c, p, authorship{user: run.session.user, setOnline: true, hook: run.custom != nil, fires: true})
	if err != nil {
		return err
	}
	result.Posts = append(result.Posts, w.dress(made))
	return nil
}

// responseChannel is where a response goes: where the command was typed, or to
// another channel that the user is a member of.
func (w *World) responseChannel(run *CommandRun, r *model.CommandResponse) (*channel, error) {
	if r.ChannelID == "" {
		if c := w.channels[run.args.ChannelID]; c != nil {
			return c, nil
		}
		return nil, errChannelUnknown.With() // deleted meanwhile
	}
	c := w.channels[r.ChannelID]
	if c == nil || c.members[run.args.UserID] == nil {
		return nil, errCommandPostedTo.With()
	}
	return c, nil
}

// responseProps are the props of a response's post. A name and icon of the
// command's own win over those of the answer (recorded from 11.6.0).
func (w *World) responseProps(run *CommandRun, r *model.CommandResponse) model.Props {
	props := maps.Clone(r.Props)
	if props == nil {
		props = model.Props{}
	}
	username, iconURL := r.Username, r.IconURL
	if run.custom != nil {
		props[model.PropFromWebhook] = "true"
		if run.custom.Username != "" {
			username = run.custom.Username
		}
		if run.custom.IconURL != "" {
			iconURL = run.custom.IconURL
		}
	}
	if w.config.EnablePostUsernameOverride && username != "" {
		props[model.PropOverrideUsername] = username
	}
	if w.config.EnablePostIconOverride {
		props[model.PropOverrideIconURL] = iconURL
	}
	if len(r.Attachments) > 0 {
		props[model.PropAttachments] = r.Attachments
	}
	return props
}

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
	id := w.NewID()
	h.byID[id] = &commandHook{run: run, createAt: now}
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
	later.custom, later.client = cmd, ""
	return w.postCommand(&later, response)
}
