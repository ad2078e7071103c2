package mmfake_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// An asker is an integration whose button opens a dialog, and which answers what
// becomes of it with a value.
type asker struct {
	mm     *mmfake.Server
	dialog model.Dialog
	answer any
	late   bool // open the dialog after the click is answered
}

func (a *asker) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != "/click" {
		json.NewEncoder(w).Encode(a.answer)
		return
	}
	var click model.ActionRequest
	json.NewDecoder(r.Body).Decode(&click)
	open := func() {
		body, _ := json.Marshal(model.OpenDialogRequest{TriggerID: click.TriggerID, URL: bot + "/submit", Dialog: a.dialog})
		if resp, err := a.mm.Client().Post(a.mm.URL+"/api/v4/actions/dialogs/open", "application/json", bytes.NewReader(body)); err == nil {
			resp.Body.Close()
		}
	}
	if a.late {
		go open()
		return
	}
	open()
}

// asked has alice press a button whose integration opens a dialog.
func asked(t testing.TB, mm *mmfake.Server, dialog model.Dialog, answer any) (*mmfake.Actor, *mmfake.Dialog) {
	t.Helper()
	alice := mm.User("alice", mm.Channel("dev"))
	mm.Mount(bot, &asker{mm: mm, dialog: dialog, answer: answer})
	return alice, alice.Click(askWith(t, mm, button("Ask")), "Ask").Dialog
}

var reportForm = model.Dialog{
	CallbackID: "report", Title: "Report", State: "s1", NotifyOnCancel: true,
	Elements: []model.DialogElement{
		{DisplayName: "Summary", Name: "summary", Type: "text", MinLength: 3, MaxLength: 10},
		{DisplayName: "Story", Name: "story", Type: "textarea", Optional: true, Default: "none"},
		{DisplayName: "Urgent", Name: "urgent", Type: "bool", Default: "true"},
	},
}

func TestASubmittedDialogReachesTheIntegration(t *testing.T) {
	mm := mmfake.New(t)
	alice, dialog := asked(t, mm, reportForm, map[string]any{})
	require.NotNil(t, dialog)
	assert.Equal(t, "Report", dialog.Title)

	answer := alice.Submit(dialog, mmfake.Fields{"summary": "It burns"})

	require.NoError(t, answer.Err)
	assert.Equal(t, bot+"/submit", answer.Exchange.Request.URL())
	dev := mm.Channel("dev")
	var sent model.DialogSubmission
	require.NoError(t, json.Unmarshal(answer.Exchange.Request.Body, &sent))
	assert.Equal(t, model.DialogSubmission{
		Type: "dialog_submission", CallbackID: "report", State: "s1", UserID: alice.ID, ChannelID: dev.ID, TeamID: dev.TeamID,
		Submission: model.Props{"summary": "It burns", "story": "none", "urgent": true},
	}, sent)
	assert.Nil(t, answer.Dialog)
}

func TestADialogStaysOpenWhileTheIntegrationAnswersWithErrors(t *testing.T) {
	mm := mmfake.New(t)
	answers := map[string]any{"error": "not today", "errors": map[string]string{"summary": "too vague"}}
	alice, dialog := asked(t, mm, reportForm, answers)
	answer := alice.Submit(dialog, mmfake.Fields{"summary": "It burns"})
	assert.NoError(t, answer.Err)
	assert.Equal(t, "not today", answer.DialogError)
	assert.Equal(t, map[string]string{"summary": "too vague"}, answer.FieldErrors)
	clear(answers)
	assert.Empty(t, alice.Submit(dialog, mmfake.Fields{"summary": "The roof"}).FieldErrors)
}

func TestACancelledDialogIsReportedWhereItAsksForThat(t *testing.T) {
	mm := mmfake.New(t)
	alice, dialog := asked(t, mm, reportForm, map[string]any{})
	ex := alice.Cancel(dialog).Exchange
	assert.True(t, ex.Request.Get("cancelled").Bool())
	assert.Equal(t, "null", ex.Request.Get("submission").Raw)

	alice, quiet := asked(t, mm, model.Dialog{Title: "Quiet"}, nil)
	assert.Nil(t, alice.Cancel(quiet).Exchange)
}

func TestADialogMayBeAnsweredByTheNextOne(t *testing.T) {
	mm := mmfake.New(t)
	second := model.Dialog{Title: "Step two", CallbackID: "two", Elements: []model.DialogElement{{Name: "more", Type: "text"}}}
	first := reportForm
	first.Elements = append(first.Elements, model.DialogElement{Name: "kind", Type: "select", Refresh: true, Optional: true, Options: []*model.ActionOption{{Text: "A", Value: "a"}}})
	first.SourceURL = bot + "/source"
	alice, dialog := asked(t, mm, first, map[string]any{"type": "form", "form": second})

	refreshed := alice.Refresh(dialog, "kind", mmfake.Fields{"kind": "A"})
	assert.Equal(t, bot+"/source", refreshed.Exchange.Request.URL())
	assert.Equal(t, "refresh", refreshed.Exchange.Request.Get("type").String())
	assert.Equal(t, "kind", refreshed.Exchange.Request.Get("submission.selected_field").String())
	assert.Equal(t, "a", refreshed.Exchange.Request.Get("submission.kind").String())
	require.NotNil(t, refreshed.Dialog)

	next := alice.Submit(refreshed.Dialog, mmfake.Fields{"more": "x"})
	assert.Equal(t, "two", next.Exchange.Request.Get("callback_id").String())
	assert.Equal(t, bot+"/submit", next.Exchange.Request.URL())
}

func TestADynamicMenuIsLookedUp(t *testing.T) {
	mm := mmfake.New(t)
	city := model.Dialog{Title: "Where", Elements: []model.DialogElement{
		{Name: "city", Type: "select", DataSource: "dynamic", DataSourceURL: bot + "/look"},
	}}
	alice, dialog := asked(t, mm, city, map[string]any{"items": []map[string]string{{"text": "Bern", "value": "be"}}})
	answer := alice.Lookup(dialog, "city", "be")
	assert.Equal(t, []model.DialogSelectOption{{Text: "Bern", Value: "be"}}, answer.Options)
	assert.Equal(t, bot+"/look", answer.Exchange.Request.URL())
	assert.Equal(t, "dialog_lookup", answer.Exchange.Request.Get("type").String())
	assert.JSONEq(t, `{"city":"","query":"be","selected_field":"city"}`, answer.Exchange.Request.Get("submission").Raw)
	assert.Equal(t, "be", alice.Submit(dialog, mmfake.Fields{"city": "be"}).Exchange.Request.Get("submission.city").String())
}

func TestADialogThatIsOpenedLaterIsWaitedFor(t *testing.T) {
	mm := mmfake.New(t)
	alice := mm.User("alice", mm.Channel("dev"))
	mm.Mount(bot, &asker{mm: mm, dialog: reportForm, late: true, answer: map[string]any{}})
	post := askWith(t, mm, button("Ask"))
	for range 3 {
		dialog := alice.Click(post, "Ask").Dialog
		if dialog == nil { // it may have been quick enough
			dialog = alice.Dialog()
		}
		assert.Equal(t, "Report", dialog.Title)
		assert.NoError(t, alice.Submit(dialog, mmfake.Fields{"summary": "It burns"}).Err)
	}
}

func TestACommandCanOpenADialogAndADirectChannelHasATeamForIt(t *testing.T) {
	mm := mmfake.New(t)
	alice, bob := mm.User("alice"), mm.User("bob")
	mm.Mount(bot, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/command" {
			body, _ := json.Marshal(model.OpenDialogRequest{TriggerID: r.FormValue("trigger_id"), URL: bot + "/submit", Dialog: reportForm})
			http.Post(mm.URL+"/api/v4/actions/dialogs/open", "application/json", bytes.NewReader(body))
		}
	}))
	mm.Command("/report", bot+"/command")
	direct := alice.Direct(bob)
	dialog := alice.Run(direct, "/report").Dialog
	require.NotNil(t, dialog)
	ex := alice.Submit(dialog, mmfake.Fields{"summary": "It burns"}).Exchange
	assert.Equal(t, direct.ID, ex.Request.Get("channel_id").String())
	assert.Equal(t, mm.Team("test").ID, ex.Request.Get("team_id").String())
}

func TestAClientRefusesWhatTheElementsDoNotAllow(t *testing.T) {
	options := []*model.ActionOption{{Text: "First", Value: "a"}, {Text: "Second", Value: "b"}}
	mm := mmfake.New(t)
	bob := mm.User("bob")
	_, dialog := asked(t, mm, model.Dialog{Title: "All", Elements: []model.DialogElement{
		{Name: "text", Type: "text", MinLength: 2, MaxLength: 4, Optional: true},
		{Name: "story", Type: "textarea", Optional: true},
		{Name: "mail", Type: "text", SubType: "email", Optional: true},
		{Name: "number", Type: "text", SubType: "number", Optional: true},
		{Name: "link", Type: "text", SubType: "url", Optional: true},
		{Name: "choice", Type: "select", Options: options, Default: "b"},
		{Name: "several", Type: "select", MultiSelect: true, Options: options, Default: "a,b"},
		{Name: "radio", Type: "radio", Options: options, Optional: true},
		{Name: "person", Type: "select", DataSource: "users", Optional: true},
		{Name: "place", Type: "select", DataSource: "channels", Optional: true},
		{Name: "agree", Type: "bool"},
		{Name: "day", Type: "date", Optional: true, MinDate: "2026-01-01", MaxDate: "2026-12-31"},
		{Name: "at", Type: "datetime", Optional: true},
		{Name: "soon", Type: "date", Default: "+5d", MinDate: "today", MaxDate: "+1m"},
	}}, nil)
	assert.Empty(t, dialog.Check(nil), "the defaults are good")

	for _, c := range []struct {
		name  string
		value any
		want  string // "" is good
	}{
		{"nonsense", "x", `is no element of it: it has "text", "story"`},
		{"text", "a", "needs at least 2"}, {"text", "abcde", "may have 4"}, {"text", "äöü", ""}, {"text", true, "give a string, not bool"},
		{"story", string(make([]byte, 3001)), "may have 3000"},
		{"mail", "nobody", "is no e-mail address"}, {"mail", "a@b.test", ""}, {"mail", "A <a@b.test>", "is no e-mail address"},
		{"number", "ten", "is no number"}, {"number", "1.5", ""}, {"number", 7, ""},
		{"link", "b.test", "neither http:// nor https://"}, {"link", "https://b.test", ""},
		{"choice", "", "is required"}, {"choice", "c", `there is no option "c": the options are "First" (a), "Second" (b)`},
		{"choice", "First", ""}, {"choice", []string{"a", "b"}, "one choice"}, {"choice", 1, "give a string, or a list"},
		{"several", []string{}, "is required"}, {"several", []string{"First", "b"}, ""}, {"several", []string{"x"}, "no option"},
		{"radio", "Second", ""}, {"radio", "x", "no option"},
		{"person", "@bob", ""}, {"person", bob, ""}, {"person", "@nobody", `there is no user "@nobody"`},
		{"place", "~dev", ""}, {"place", mm.Channel("dev"), ""}, {"place", "nowhere", "there is no channel"},
		{"agree", "yes", "give true or false"}, {"agree", false, ""}, {"agree", "true", ""},
		{"day", "2026-02-01", ""}, {"day", "1.2.2026", "is not written like 2006-01-02"}, {"day", "2025-12-31", "is before 2026-01-01"},
		{"day", time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC), "is after 2026-12-31"}, {"day", 5, "a time.Time, not int"},
		{"at", "2026-03-01T10:00:00Z", ""}, {"at", "2026-03-01", "is not written like"},
		{"soon", "yesterday", "is before"}, {"soon", "+2m", "is after"}, {"soon", "tomorrow", ""},
	} {
		wrong := dialog.Check(mmfake.Fields{c.name: c.value})
		if c.want == "" {
			assert.Empty(t, wrong, "%s: %v", c.name, c.value)
			continue
		}
		assert.Contains(t, wrong[c.name], c.want, "%s: %v", c.name, c.value)
	}
}

func TestWhatNoClientLetsAUserDoWithADialogEndsTheTest(t *testing.T) {
	for name, c := range map[string]struct {
		do   func(mm *mmfake.Server, alice *mmfake.Actor, d *mmfake.Dialog)
		want string
	}{
		"too short":     {func(_ *mmfake.Server, a *mmfake.Actor, d *mmfake.Dialog) { a.Submit(d, mmfake.Fields{"summary": "x"}) }, "@alice cannot submit the dialog Report: \"summary\": has 1 characters, and needs at least 3"},
		"none":          {func(_ *mmfake.Server, a *mmfake.Actor, d *mmfake.Dialog) { a.Submit(nil, nil) }, "the Dialog of the Answer is nil"},
		"another's":     {func(mm *mmfake.Server, a *mmfake.Actor, d *mmfake.Dialog) { mm.User("bob").Submit(d, nil) }, "was opened for @alice, not for @bob"},
		"closed":        {func(_ *mmfake.Server, a *mmfake.Actor, d *mmfake.Dialog) { a.Cancel(d); a.Cancel(d) }, "was submitted or cancelled already"},
		"no such":       {func(_ *mmfake.Server, a *mmfake.Actor, d *mmfake.Dialog) { a.Lookup(d, "city", "x") }, `has no element "city": it has "summary", "story", "urgent"`},
		"not dynamic":   {func(_ *mmfake.Server, a *mmfake.Actor, d *mmfake.Dialog) { a.Lookup(d, "story", "x") }, "only dynamic ones are looked up"},
		"not refreshed": {func(_ *mmfake.Server, a *mmfake.Actor, d *mmfake.Dialog) { a.Refresh(d, "story", nil) }, "has no refresh set"},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Contains(t, verdict(t, func(mm *mmfake.Server) {
				alice, dialog := asked(t, mm, reportForm, map[string]any{})
				c.do(mm, alice, dialog)
			}), c.want)
		})
	}
}

func TestTheUserIsToldWhatIsWrongWithTheAnswerToADialog(t *testing.T) {
	for name, c := range map[string]struct {
		integration http.Handler
		status      int
		want        string
	}{
		"a page":       {http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "<html>") }), 500, "it answered with a page"},
		"a list":       {answering([]int{1}), 500, "not the JSON object"},
		"an error":     {http.NotFoundHandler(), 400, "the status 404"},
		"no form":      {answering(map[string]any{"type": "form"}), 400, "has no form"},
		"unknown type": {answering(map[string]any{"type": "surprise"}), 400, "its type surprise is unknown"},
		"stray form":   {answering(map[string]any{"form": reportForm}), 400, "set its type to form"},
	} {
		t.Run(name, func(t *testing.T) {
			mm := mmfake.New(t)
			alice, dialog := asked(t, mm, reportForm, nil)
			mm.Mount(bot+"/submit", c.integration)
			answer := alice.Submit(dialog, mmfake.Fields{"summary": "It burns"})
			var problem *model.AppError
			require.ErrorAs(t, answer.Err, &problem)
			assert.Equal(t, c.status, problem.StatusCode)
			assert.Contains(t, problem.Message, c.want)
		})
	}
}

func TestATriggerOfAnotherServerOpensNothing(t *testing.T) {
	mm, other := mmfake.New(t), mmfake.New(t, mmfake.Seed("another"))
	alice := other.User("alice", other.Channel("dev"))
	other.Mount(bot, answering(map[string]any{}))
	foreign := alice.Click(askWith(t, other, button("Ask")), "Ask").Exchange.Request.Get("trigger_id").String()
	status, answer := as(t, mm, nil, "POST /api/v4/actions/dialogs/open", model.OpenDialogRequest{TriggerID: foreign, URL: bot})
	assert.Equal(t, 400, status)
	assert.Equal(t, "interactive_message.decode_trigger_id.verify_signature_failed", errorID(t, answer))
	assert.Equal(t, 1, mm.Journal.Count(recorder.Route("POST /api/v4/actions/dialogs/open"), recorder.Status(400)))
}

func TestADialogThatTheJournalHasForgottenIsStillThere(t *testing.T) {
	mm := mmfake.New(t, mmfake.InMemory())
	alice := mm.User("alice", mm.Channel("dev"))
	mm.Mount(bot, answering(map[string]any{}))
	clicked := alice.Click(askWith(t, mm, button("Ask")), "Ask").Exchange.Request
	sendJSON(t, mm, mm.URL+"/api/v4/actions/dialogs/open", model.OpenDialogRequest{
		TriggerID: clicked.Get("trigger_id").String(), URL: bot + "/submit", Dialog: reportForm,
	})
	mm.Journal.Clear()
	assert.Equal(t, "Report", alice.Dialog().Title)
}
