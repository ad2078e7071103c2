package world

import (
	"maps"
	"net/http"
	"slices"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// A Click is a press of a button, or a choice from a menu, on its way to the
// integration and back.
type Click struct {
	Callback *Callback
	Trigger  Trigger

	// What AnswerClick made of the integration's answer; nil where it made none.
	Updated   *model.Post
	Ephemeral *model.Post

	session *Session
	action  clickedAction
	failure error
}

// A clickedAction is what a click needs to know of the action: from the stored
// post, or from the cookie of a post that is not stored.
type clickedAction struct {
	Type        string             `json:"type,omitempty"`
	PostID      string             `json:"post_id,omitempty"`
	RootPostID  string             `json:"root_post_id,omitempty"` // the thread's root, or the post itself
	ChannelID   string             `json:"channel_id,omitempty"`
	DataSource  string             `json:"data_source,omitempty"`
	Integration *model.Integration `json:"integration,omitempty"`
	RetainProps model.Props        `json:"retain_props,omitempty"` // see retained
}

// An UnroutableAction is a button or menu that nobody can use, because no URL of
// the API can hold its id.
type UnroutableAction struct{ Name, ID string }

const mostUnroutable = 20 // kept of them: enough to tell a test what went wrong

// UnroutableActions returns the first actions that were posted with such ids.
func (w *World) UnroutableActions() []UnroutableAction {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return slices.Clone(w.badIDs)
}

// RoutesAction says whether a URL of the API can hold the id of an action, so that
// it can be used: one of letters and digits, in old versions of just 26 of them.
func (w *World) RoutesAction(id string) bool {
	return model.IsRoutableID(id) && (len(id) == 26 || w.version.Has(versions.AnyActionID))
}

func (w *World) noteUnroutable(name, id string) {
	a := UnroutableAction{name, id}
	if len(w.badIDs) < mostUnroutable && !slices.Contains(w.badIDs, a) {
		w.badIDs = append(w.badIDs, a)
	}
}

// retainedProps say in whose name a post speaks. An integration can neither change
// them by an update nor add them (facts 7.5).
var retainedProps = []string{model.PropFromWebhook, model.PropOverrideUsername, model.PropOverrideIconURL}

// retained picks those of a post's props that an update leaves alone. Old versions
// call every post that they change a webhook's.
func (w *World) retained(props model.Props) model.Props {
	keep := model.Props{}
	for _, key := range retainedProps {
		if v, ok := props[key]; ok {
			keep[key] = v
		}
	}
	if !w.version.Has(versions.UpdatesKeepSpeaker) {
		keep[model.PropFromWebhook] = "true"
	}
	return keep
}

// Click checks a click and makes the request to the integration (facts 7.3, 7.4).
// The answer to it goes to AnswerClick. The world is not locked while the trigger
// id is signed.
func (w *World) Click(as *Session, postID, actionID string, in model.DoActionRequest) (*Click, error) {
	click, request, err := w.beginClick(as, postID, actionID, in)
	if err != nil {
		return nil, err
	}
	click.Trigger = w.newTrigger(as.UserID)
	request.TriggerID = click.Trigger.Signed
	body, err := w.version.Marshal(request)
	if err != nil {
		return nil, errActionIntegration.With("its context cannot be encoded: " + err.Error())
	}
	click.Callback = &Callback{Method: http.MethodPost, URL: click.action.Integration.URL, Header: w.jsonCallback(), Body: body, Actor: request.UserName}
	return click, nil
}

func (w *World) beginClick(as *Session, postID, actionID string, in model.DoActionRequest) (*Click, *model.ActionRequest, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	action, err := w.clicked(as, postID, actionID, in.Cookie)
	if err != nil {
		return nil, nil, err
	}
	click := &Click{session: as, action: *action}
	return click, w.actionRequest(click, in.SelectedOption), nil
}

// clicked finds the action of a click that the session's user may make. A cookie
// counts only where the post is not stored.
func (w *World) clicked(as *Session, postID, actionID, cookie string) (*clickedAction, error) {
	p := w.posts[postID]
	if cookie != "" {
		a, err := w.clickedByCookie(as, cookie)
		switch {
		case err != nil:
			return nil, err
		case p != nil && p.DeleteAt == 0:
			return w.clickedOf(p, actionID)
		case a.PostID != postID || a.Integration == nil:
			return nil, errActionCookie.With()
		}
		return a, nil
	}
	if p == nil && w.may(as, ReadChannelContent) {
		return nil, errPostUnknown.With()
	}
	if p == nil || !w.mayReadAll(as, w.channels[p.ChannelID]) {
		return nil, ErrPermission.With(ReadChannelContent)
	}
	if p.DeleteAt != 0 {
		return nil, errPostUnknown.With()
	}
	return w.clickedOf(p, actionID)
}

// clickedOf finds an action of a post that is stored: the first with that id, also
// where it calls nobody and another one would.
func (w *World) clickedOf(p *post, actionID string) (*clickedAction, error) {
	for _, a := range model.AttachmentsFrom(p.Props[model.PropAttachments]) {
		for _, action := range a.Actions {
			switch {
			case action.ID != actionID:
				continue
			case action.Integration == nil:
				return nil, errActionUnknown.With(actionID)
			}
			return w.actionOf(p.model(), action), nil
		}
	}
	return nil, errActionUnknown.With(actionID)
}

// actionOf describes an action of a post for a click.
func (w *World) actionOf(p *model.Post, action *model.Action) *clickedAction {
	a := &clickedAction{
		Type: action.Type, DataSource: action.DataSource, Integration: action.Integration,
		PostID: p.ID, RootPostID: p.RootID, ChannelID: p.ChannelID, RetainProps: w.retained(p.Props),
	}
	if a.RootPostID == "" {
		a.RootPostID = p.ID
	}
	return a
}

// clickedByCookie finds the action that a cookie stands for. The id of the action
// plays no part in it.
func (w *World) clickedByCookie(as *Session, cookie string) (*clickedAction, error) {
	a, err := w.openCookie(cookie)
	if err != nil {
		return nil, err
	}
	if !w.mayReadAll(as, w.channels[a.ChannelID]) {
		return nil, ErrPermission.With(ReadChannelContent)
	}
	return a, nil
}

// actionRequest is what the integration is told of a click, but for the trigger id.
func (w *World) actionRequest(click *Click, option string) *model.ActionRequest {
	a, c := &click.action, w.channels[click.action.ChannelID]
	r := &model.ActionRequest{
		UserID: click.session.UserID, UserName: click.session.user.Username,
		ChannelID: c.ID, ChannelName: c.Name, TeamID: c.TeamID, PostID: a.PostID,
		Type: a.Type, Context: a.Integration.Context,
	}
	if t := w.teams[c.TeamID]; t != nil {
		r.TeamDomain = t.Name
	}
	if a.Type == model.ActionSelect && option != "" {
		r.DataSource = a.DataSource
		r.Context = maps.Clone(r.Context)
		if r.Context == nil {
			r.Context = model.Props{}
		}
		r.Context["selected_option"] = option
	}
	return r
}

// AnswerClick does what the integration's answer to a click asks for (facts 7.5)
// and returns it in words. Click.Result has what the clicker is told.
func (w *World) AnswerClick(click *Click, answer *CallbackAnswer) []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	var said model.ActionResponse
	if click.failure = w.readClickAnswer(answer, &said); click.failure != nil {
		return []string{"told the user: " + click.failure.Error()}
	}
	var followed []string
	if said.Update != nil {
		click.Updated, click.failure = w.updateClicked(&click.action, said.Update)
		if click.failure != nil {
			return []string{"the update failed: " + click.failure.Error()}
		}
		followed = append(followed, "updated the post: "+Said(click.Updated.Message, click.Updated.Attachments()))
	}
	if said.EphemeralText != "" {
		text := said.EphemeralText
		if !said.SkipSlackParsing {
			text = slackLinks(text)
		}
		click.Ephemeral = w.tellEphemeral(click.session.UserID, &model.Post{
			UserID: w.speaker(click), ChannelID: click.action.ChannelID, RootID: click.action.RootPostID,
			Message: text, Props: maps.Clone(click.action.RetainProps),
		})
		followed = append(followed, "told the user: "+text)
	}
	return followed
}

func (w *World) readClickAnswer(answer *CallbackAnswer, said *model.ActionResponse) error {
	err := answer.good(errActionIntegration)
	switch {
	case err != nil:
		return err
	case len(answer.Body) == 0 && answer.Err == nil && !w.version.Has(versions.EmptyClickAnswer):
		return errActionIntegration.With("it answered with an empty body: answer {}")
	}
	err = answer.decode(w.version, said, errActionIntegration)
	w.version.Forget(said)
	return err
}

// speaker is who says what only the clicker sees.
func (w *World) speaker(click *Click) string {
	if p := w.posts[click.action.PostID]; p != nil && !w.version.Has(versions.TextOfClicker) {
		return p.UserID
	}
	return click.session.UserID
}

// Result is what the clicker is told once AnswerClick has been called.
func (click *Click) Result() (*model.DoActionResponse, error) {
	if click.failure != nil {
		return nil, click.failure
	}
	return &model.DoActionResponse{Status: "OK", TriggerID: click.Trigger.Client}, nil
}

// updateClicked edits a post as an integration asks. It may write over what the
// post says, and not who says it; whether the clicker may edit plays no part.
func (w *World) updateClicked(a *clickedAction, update *model.Post) (*model.Post, error) {
	p := w.posts[a.PostID]
	if p == nil || p.DeleteAt != 0 {
		return nil, errPostUnknown.With()
	}
	switch {
	case p.isSystem():
		return nil, errEditSystem.With()
	case w.frozen(w.channels[p.ChannelID]):
		return nil, errUpdateArchived.With()
	}
	return w.editPost(p, func(next *model.Post) {
		next.Message, next.FileIDs = update.Message, update.FileIDs
		if !w.version.Has(versions.UpdatesKeepMarks) {
			next.IsPinned, next.HasReactions = update.IsPinned, update.HasReactions
		}
		if update.Props == nil && w.version.Has(versions.UpdatesKeepSpeaker) {
			return
		}
		next.Props = model.Props{}
		maps.Copy(next.Props, update.Props)
		for _, key := range retainedProps {
			delete(next.Props, key)
		}
		maps.Copy(next.Props, a.RetainProps)
	})
}
