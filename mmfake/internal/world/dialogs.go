package world

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// An OpenedDialog is a dialog that an integration has opened for a user. Its
// TriggerID is the client's short one.
type OpenedDialog struct {
	model.OpenDialogRequest
	UserID string
	Number int64 // counts the dialogs of the world, from 1
}

// openDialogs remembers the dialogs that were opened last, for actors to fill in.
// Guarded by World.mu.
type openDialogs struct {
	latest []OpenedDialog
	number int64
}

const mostDialogs = 100 // remembered: a client shows one at a time, and a world has many clients

// OpenDialog shows a dialog to the user whom the trigger id was made for (facts
// 8.2). The trigger id is the authority; the dialog's rules are not enforced.
func (w *World) OpenDialog(in model.OpenDialogRequest) error {
	if in.URL == "" {
		return ErrBodyParam.With("url")
	}
	client, userID, err := w.checkTrigger(in.TriggerID, w.triggerLife())
	if err != nil {
		return err
	}
	in.TriggerID = client
	w.mu.Lock()
	defer w.mu.Unlock()
	d := &w.dialogs
	d.number++
	if len(d.latest) >= mostDialogs {
		d.latest = slices.Delete(d.latest, 0, mostDialogs/2)
	}
	d.latest = append(d.latest, OpenedDialog{in, userID, d.number})
	if w.heard() {
		w.publish(&Event{Name: model.EventOpenDialog, Data: map[string]any{"dialog": w.inJSON(in)}, Broadcast: toUser(userID)})
	}
	return nil
}

// LatestDialog returns the dialog that was opened last for a user, with the
// client's trigger id unless that is "", and with a number above after; nil where
// there is none.
func (w *World) LatestDialog(userID, client string, after int64) *OpenedDialog {
	w.mu.RLock()
	defer w.mu.RUnlock()
	for _, d := range slices.Backward(w.dialogs.latest) {
		if d.Number > after && d.UserID == userID && (client == "" || d.TriggerID == client) {
			return &d
		}
	}
	return nil
}

// DialogsOf returns the latest dialogs that were opened for a user, oldest first.
func (w *World) DialogsOf(userID string) []OpenedDialog {
	w.mu.RLock()
	defer w.mu.RUnlock()
	var list []OpenedDialog
	for _, d := range w.dialogs.latest {
		if d.UserID == userID {
			list = append(list, d)
		}
	}
	return list
}

// A Submission is a filled-in dialog, or a question about one, on its way to the
// integration and back.
type Submission struct {
	Callback *Callback

	// What the answer says, once it was taken in; as it is passed on to the client.
	Answer *model.DialogSubmitResponse
	Items  *model.DialogLookupResponse

	version versions.Version
	failure error
}

// SubmitDialog checks the submission of a dialog and makes the request to the
// integration (facts 8.3). The values are passed on as they are.
func (w *World) SubmitDialog(as *Session, in model.DialogSubmission) (*Submission, error) {
	if in.URL == "" {
		return nil, ErrBodyParam.With("url")
	}
	if in.Type != model.DialogSubmissionRefresh || !w.version.Has(versions.DynamicDialogs) {
		in.Type = model.DialogSubmissionSubmit
	}
	return w.submission(as, in)
}

// LookupDialog does so for the options of a dynamic menu (facts 8.4).
func (w *World) LookupDialog(as *Session, in model.DialogSubmission) (*Submission, error) {
	if !lookupURL(in.URL) {
		return nil, ErrBodyParam.With("url")
	}
	in.Type = model.DialogSubmissionLookup
	return w.submission(as, in)
}

// lookupURL says whether a lookup may go to that URL: to the web, or to a plugin.
func lookupURL(s string) bool {
	if isWebURL(s) {
		return true
	}
	u, err := url.Parse(s)
	return err == nil && strings.HasPrefix(u.Path, "/plugins/") && u.Host == "" && !slices.Contains(strings.Split(u.Path, "/"), "..")
}

// submission makes the checks and the request that a submission and a lookup
// have in common.
func (w *World) submission(as *Session, in model.DialogSubmission) (*Submission, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	c := w.channels[in.ChannelID]
	switch {
	case c == nil && w.version.Has(versions.UnknownChannelTold):
		return nil, errChannelUnknown.With()
	case !w.mayReadAll(as, c):
		return nil, ErrPermission.With(ReadChannelContent)
	case in.TeamID == "" || !w.mayInTeam(as, in.TeamID, ViewTeam):
		return nil, ErrPermission.With(ViewTeam)
	}
	to := in.URL
	in.URL, in.UserID = "", as.UserID
	body, err := w.version.Marshal(&in)
	if err != nil {
		return nil, ErrBodyParam.With("submission")
	}
	cb := &Callback{Method: http.MethodPost, URL: to, Header: w.jsonCallback(), Body: body, Actor: as.user.Username}
	return &Submission{Callback: cb, version: w.version}, nil
}

// AnswerSubmission takes in the integration's answer and returns it in words.
func (s *Submission) AnswerSubmission(answer *CallbackAnswer) []string {
	said := &model.DialogSubmitResponse{}
	if s.failure = s.takeSubmission(answer, said); s.failure != nil {
		return []string{"told the user: " + s.failure.Error()}
	}
	s.Answer = said
	switch {
	case said.Error != "" || len(said.Errors) > 0:
		return []string{"showed the user the errors"}
	case said.Form != nil:
		return []string{"showed the user the dialog " + said.Form.Title}
	}
	return nil
}

// takeSubmission reads the answer to a submission. To old versions one that cannot
// be read says nothing.
func (s *Submission) takeSubmission(answer *CallbackAnswer, said *model.DialogSubmitResponse) error {
	unreadable := errDialogAnswer
	if answer.brokeOff() {
		unreadable = errDialogBrokeOff
	}
	err := s.take(answer, said, unreadable)
	if !s.version.Has(versions.DialogAnswersChecked) {
		s.version.Forget(said)
		return answer.good(errActionIntegration)
	}
	if err != nil {
		return err
	}
	return checkDialogAnswer(said)
}

// AnswerLookup takes in the integration's answer and returns it in words.
func (s *Submission) AnswerLookup(answer *CallbackAnswer) []string {
	said := &model.DialogLookupResponse{}
	if s.failure = s.take(answer, said, errDialogLookupReply); s.failure != nil {
		return []string{"told the user: " + s.failure.Error()}
	}
	s.Items = said
	return nil
}

// take reads an answer. That there was none is an error of its own.
func (s *Submission) take(answer *CallbackAnswer, said any, unreadable Problem) error {
	if err := answer.good(errActionIntegration); err != nil {
		return err
	}
	return answer.decode(s.version, said, unreadable)
}

// Err is why the user gets no answer, once one was taken in.
func (s *Submission) Err() error { return s.failure }

// checkDialogAnswer says whether the parts of an answer go together. Errors win
// over all else (recorded from 11.6.0).
func checkDialogAnswer(said *model.DialogSubmitResponse) error {
	if said.Error != "" || len(said.Errors) > 0 {
		return nil
	}
	switch said.Type {
	case model.DialogResponseForm:
		if said.Form == nil {
			return errDialogAnswerType.With("its type is form, and it has no form")
		}
	case "", model.DialogResponseOK, model.DialogResponseNavigate:
		if said.Form != nil {
			return errDialogAnswerType.With("it has a form: set its type to form")
		}
	default:
		return errDialogAnswerType.With("its type " + said.Type + " is unknown")
	}
	return nil
}
