package world

import (
	"maps"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// A CommandResult is what came of a slash command: the response that the user's
// client gets, and what was posted and shown because of it.
type CommandResult struct {
	Response   *model.CommandResponse
	Posts      []*model.Post // that the channel sees
	Ephemerals []*model.Post // that the user alone sees
}

// Said is what a post says, for people: its text, or the title and text of its first
// attachment where it has none.
func Said(text string, attachments []*model.Attachment) string {
	if text != "" || len(attachments) == 0 {
		return text
	}
	return "[attachment] " + strings.TrimSpace(attachments[0].Title+" "+attachments[0].Text)
}

// Followed tells it in words, for the exchange with the integration.
func (r *CommandResult) Followed() []string {
	if r == nil {
		return nil
	}
	var list []string
	for _, p := range r.Posts {
		list = append(list, "posted: "+Said(p.Message, p.Attachments()))
	}
	for _, p := range r.Ephemerals {
		list = append(list, "told the user: "+Said(p.Message, p.Attachments()))
	}
	if r.Response.GotoLocation != "" {
		list = append(list, "sent the user to "+r.Response.GotoLocation)
	}
	return list
}

// postCommand posts what a response says and each of its extra responses. All
// are tried; one that fails makes the whole call fail (recorded from 11.6.0).
func (w *World) postCommand(run *CommandRun, response *model.CommandResponse) (*CommandResult, error) {
	w.version.Forget(response)
	response.TriggerID = run.client
	result := &CommandResult{Response: response}
	failed := w.postResponse(run, response, result)
	for _, extra := range response.ExtraResponses {
		if extra == nil {
			continue
		}
		w.version.Forget(extra)
		if err := w.postResponse(run, extra, result); err != nil {
			failed = err
		}
	}
	if failed != nil && w.version.Has(versions.CommandFailuresTold) {
		return result, errCommandPost.With(run.trigger, failed.Error())
	}
	return result, nil
}

// postResponse posts one response. The response itself is changed to what the
// user's client gets to see: with Slack's names and announcements translated.
func (w *World) postResponse(run *CommandRun, r *model.CommandResponse, result *CommandResult) error {
	// Links in attachments are translated whatever the response says, as in the real server.
	text, names := r.Text, untranslated
	if !r.SkipSlackParsing {
		names = w.slackNames
		r.Text = names(r.Text)
		text = slackLinks(r.Text)
	}
	attachments := withoutNil(r.Attachments)
	for i, a := range attachments {
		attachments[i] = linkedAttachment(a, names)
	}
	r.Attachments = attachments
	c, err := w.responseChannel(run, r)
	if err != nil {
		return err
	}
	p := &model.Post{
		UserID: run.args.UserID, ChannelID: c.ID, RootID: run.args.RootID, Message: text, Type: r.Type, Props: w.responseProps(run, r),
	}
	if !w.version.Has(versions.CommandAnswerApart) {
		showAs(r, p) // and also where nothing comes of it
	}
	if p.IsSystem() {
		return errParam.With("post.type: one that does not begin with " + model.PostTypeSystemPrefix)
	}
	if p.Type == "" && len(attachments) > 0 {
		p.Type = model.PostTypeSlackAttachment
	}
	switch r.ResponseType {
	case model.CommandResponseInChannel:
		made, err := w.postInChannel(run, c, p)
		if err != nil {
			return err
		}
		result.Posts = append(result.Posts, made)
		if !w.version.Has(versions.CommandAnswerApart) {
			showAs(r, made)
		}
	case "", model.CommandResponseEphemeral:
		if text != "" || len(attachments) > 0 {
			shown := w.tellEphemeral(p.UserID, p)
			result.Ephemerals = append(result.Ephemerals, shown)
			// The client gets the buttons as they are shown; those of a post it gets as
			// the integration sent them (recorded from 11.6.0).
			if !w.version.Has(versions.CommandAnswerApart) {
				showAs(r, shown)
			} else if len(attachments) > 0 {
				r.Attachments, _ = shown.Props[model.PropAttachments].([]*model.Attachment)
			}
		}
	}
	return nil
}

// showAs has a response say what became of it: the attachments as they are shown,
// and the props, if it had any (recorded from 5.0.0).
func showAs(r *model.CommandResponse, made *model.Post) {
	if len(r.Attachments) > 0 {
		r.Attachments, _ = made.Props[model.PropAttachments].([]*model.Attachment)
	}
	if r.Props != nil {
		r.Props = made.Props
	}
}

func (w *World) postInChannel(run *CommandRun, c *channel, p *model.Post) (*model.Post, error) {
	p.Props = w.marked(p.Props, run.session.user)
	made, err := w.addPost(c, p, authorship{user: run.session.user, setOnline: true, fires: true})
	if err != nil {
		return nil, err
	}
	return w.dress(made), nil
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
