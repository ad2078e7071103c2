package mmfake

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// A Dialog is a dialog that an integration shows to an actor.
type Dialog struct {
	model.Dialog
	// URL is where the submission goes.
	URL string
	// TriggerID is the short one that the user's client knows the dialog by.
	TriggerID string

	actor     *Actor
	channelID string // where the user is meanwhile
	closed    atomic.Bool
}

func (d *Dialog) String() string { return "the dialog " + strings.TrimSpace(d.Title) }

// Fields are what a user fills into a dialog, by the names of its elements: a
// string for texts, menus, radio buttons and dates, a bool for check boxes, a
// []string for menus with several choices. An option may be named by its text or
// its value, a user or channel by its name, its id, an *Actor or a *Channel, a
// date also by a time.Time. What is left out keeps the element's default.
type Fields map[string]any

// isAt notes in which channel the actor's client is.
func (a *Actor) isAt(channelID string) {
	a.mm.mu.Lock()
	defer a.mm.mu.Unlock()
	a.channelID = channelID
}

// dialogBy returns the dialog that was opened for the actor with a trigger, nil
// where none was.
func (a *Actor) dialogBy(client string) *Dialog {
	return a.newestDialog(client, 0)
}

// newestDialog hands the newest dialog out that was opened for the actor after
// another one, by its number.
func (a *Actor) newestDialog(client string, after int64) *Dialog {
	opened := a.mm.world.LatestDialog(a.ID, client, after)
	if opened == nil {
		return nil
	}
	a.mm.mu.Lock()
	defer a.mm.mu.Unlock()
	a.lastDialog = max(a.lastDialog, opened.Number)
	return a.dialog(*opened)
}

// dialog shows an opened dialog to the actor. Server.mu is held.
func (a *Actor) dialog(opened world.OpenedDialog) *Dialog {
	return &Dialog{Dialog: opened.Dialog, URL: opened.URL, TriggerID: opened.TriggerID, actor: a, channelID: a.channelID}
}

// Dialogs returns the latest dialogs that were opened for the actor, oldest first,
// whether or not he has sent them since. It does not wait; Dialog does.
func (a *Actor) Dialogs() []*Dialog {
	a.mm.mu.Lock()
	defer a.mm.mu.Unlock()
	var list []*Dialog
	for _, opened := range a.mm.world.DialogsOf(a.ID) {
		list = append(list, a.dialog(opened))
	}
	return list
}

// Dialog returns the dialog that an integration has opened for the actor since he
// was shown the last one, and waits for it up to ten seconds. It is for
// integrations that open their dialogs after they have answered; one that was open
// by then is in the Answer. Where an integration does both at once, it is in the Answer
// or, if that is nil, to be waited for.
func (a *Actor) Dialog() *Dialog {
	a.mm.t.Helper()
	a.mm.mu.Lock()
	last := a.lastDialog
	a.mm.mu.Unlock()
	if d := a.newestDialog("", last); d != nil {
		return d // and the journal may have forgotten how it was opened
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	_, err := a.mm.Journal.Wait(ctx, 1, recorder.Route("POST /api/v4/actions/dialogs/open"), recorder.Match{
		Want: "a dialog for " + a.String(),
		Miss: func(*recorder.Exchange) string {
			if a.mm.world.LatestDialog(a.ID, "", last) != nil {
				return ""
			}
			return "no dialog was opened for " + a.String()
		},
	})
	a.mm.check(err, "%s waiting for a dialog", a)
	return a.newestDialog("", last)
}

// Submit fills a dialog in and sends it. What the user's client would refuse (an
// empty element that is not optional, a text that is too short, an option that is
// none) ends the test with what is wrong; see Dialog.Check. The dialog is closed
// then, unless the integration answers with errors.
func (a *Actor) Submit(d *Dialog, fields Fields) *Answer {
	a.mm.t.Helper()
	a.holds(d)
	values, wrong := d.values(fields)
	if len(wrong) > 0 {
		a.mm.fail("%s cannot submit %s: %s", a, d, listErrors(wrong))
	}
	a.does(Deed{Does: "submits " + d.String(), What: inJSON(values)})
	return a.submit(d, d.submission(values), "submitting")
}

// Cancel closes a dialog. The integration is told of it only where the dialog says
// so with notify_on_cancel; otherwise the Answer has no exchange.
func (a *Actor) Cancel(d *Dialog) *Answer {
	a.mm.t.Helper()
	a.holds(d)
	a.does(Deed{Does: "cancels " + d.String()})
	if !d.NotifyOnCancel {
		d.closed.Store(true)
		return &Answer{}
	}
	s := d.submission(nil)
	s.Cancelled = true
	answer := a.submit(d, s, "cancelling")
	d.closed.Store(true) // a client does not look at the answer
	return answer
}

// Refresh has the integration show the dialog anew because the user has changed an
// element whose refresh is set, with what is filled in so far. Answer.Dialog is
// the new form, which replaces the old one.
func (a *Actor) Refresh(d *Dialog, element string, fields Fields) *Answer {
	a.mm.t.Helper()
	a.holds(d)
	if e := a.element(d, element); !e.Refresh {
		a.mm.fail("the element %q of %s has no refresh set: no client asks for the dialog anew when it changes", element, d)
	}
	values, _ := d.values(fields)
	values["selected_field"] = element
	a.does(Deed{Does: "changes " + quote(element) + " of " + d.String(), What: inJSON(values[element])})
	s := d.submission(values)
	s.Type = model.DialogSubmissionRefresh
	if d.SourceURL != "" {
		s.URL = d.SourceURL
	}
	return a.submit(d, s, "refreshing")
}

// Lookup has the integration find options for a menu whose data_source is dynamic,
// as a client does while the user types. Answer.Options are what it found.
func (a *Actor) Lookup(d *Dialog, element, query string) *Answer {
	a.mm.t.Helper()
	a.holds(d)
	e := a.element(d, element)
	if e.DataSource != model.DataSourceDynamic {
		a.mm.fail("the element %q of %s takes its options from %q: only dynamic ones are looked up", element, d, e.DataSource)
	}
	values, _ := d.values(nil)
	values["query"], values["selected_field"] = query, element
	a.does(Deed{Does: "types into " + quote(element) + " of " + d.String(), What: query})
	s := d.submission(values)
	if e.DataSourceURL != "" {
		s.URL = e.DataSourceURL
	}
	found, ex, err := a.mm.outgoing.LookupDialog(a.session(), s)
	if ex == nil {
		a.mm.check(err, "%s looking %q up for %q of %s", a, query, element, d)
	}
	a.told(err, "looking options up for %s", d)
	answer := (&Answer{Err: err}).asked(ex)
	if found != nil {
		answer.Options = found.Items
	}
	return answer
}

// holds fails where a dialog is not one that the actor has before him.
func (a *Actor) holds(d *Dialog) {
	a.mm.t.Helper()
	a.mm.notClosed()
	switch {
	case d == nil:
		a.mm.fail("%s has no dialog: the Dialog of the Answer is nil, as the integration opened none (Actor.Dialog waits for one)", a)
	case d.actor == nil || d.actor.acting != a.acting: // With binds the same actor to several tests
		a.mm.fail("%s was opened for %s, not for %s", d, d.actor, a)
	case d.closed.Load():
		a.mm.fail("%s was submitted or cancelled already", d)
	}
}

func (a *Actor) element(d *Dialog, name string) *model.DialogElement {
	a.mm.t.Helper()
	e := d.element(name)
	if e == nil {
		a.mm.fail("%s has no element %q: it has %s", d, name, d.elementNames())
	}
	return e
}

// submission is what a client sends of a dialog.
func (d *Dialog) submission(values map[string]any) model.DialogSubmission {
	return model.DialogSubmission{
		URL: d.URL, CallbackID: d.CallbackID, State: d.State,
		ChannelID: d.channelID, TeamID: d.actor.teamAt(d.channelID), Submission: values,
	}
}

// submit sends a dialog and collects what came of it.
func (a *Actor) submit(d *Dialog, s model.DialogSubmission, doing string) *Answer {
	a.mm.t.Helper()
	said, ex, err := a.mm.outgoing.SubmitDialog(a.session(), s)
	if ex == nil {
		a.mm.check(err, "%s %s %s", a, doing, d)
	}
	a.told(err, "%s %s", doing, d)
	answer := (&Answer{Err: err}).asked(ex)
	if said == nil {
		return answer
	}
	answer.DialogError, answer.FieldErrors = said.Error, said.Errors
	failed := said.Error != "" || len(said.Errors) > 0
	d.closed.Store(!failed)
	if said.Form != nil && !failed {
		answer.Dialog = &Dialog{Dialog: *said.Form, URL: d.URL, TriggerID: d.TriggerID, actor: a, channelID: d.channelID}
	}
	return answer
}

// listErrors puts errors of elements into a sentence.
func listErrors(wrong map[string]string) string {
	var list []string
	for _, name := range slices.Sorted(maps.Keys(wrong)) {
		list = append(list, strconv.Quote(name)+": "+wrong[name])
	}
	return strings.Join(list, "; ")
}
