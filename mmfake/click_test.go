package mmfake_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

const bot = "http://bot.test"

// answering is an integration that answers everything with a JSON value.
func answering(value any) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(value)
	})
}

// askWith posts a message with the actions of an attachment in dev, by a webhook.
func askWith(t testing.TB, mm *mmfake.Server, actions ...*model.Action) *mmfake.Post {
	t.Helper()
	dev := mm.Channel("dev")
	status, answer := sendJSON(t, mm, mm.IncomingWebhook(dev).URL, model.IncomingWebhookRequest{
		Text: "Deploy?", Attachments: []*model.Attachment{{Text: "v1.4", Actions: actions}},
	})
	require.Equal(t, http.StatusOK, status, answer)
	posts := dev.Posts()
	return posts[len(posts)-1]
}

func button(name string) *model.Action {
	return &model.Action{Name: name, Type: model.ActionButton, Integration: &model.Integration{URL: bot + "/click", Context: model.Props{"job": "42"}}}
}

func TestAClickTellsTheIntegrationWhoPressedWhat(t *testing.T) {
	mm := mmfake.New(t)
	alice := mm.User("alice", mm.Channel("dev"))
	mm.Mount(bot, answering(map[string]any{}))
	post := askWith(t, mm, button("Approve"), button("Reject"))

	answer := alice.Click(post, "Approve")

	require.NoError(t, answer.Err)
	assert.Equal(t, 200, answer.Status)
	assert.Equal(t, bot+"/click", answer.Exchange.Request.URL())
	var sent model.ActionRequest
	require.NoError(t, json.Unmarshal(answer.Exchange.Request.Body, &sent))
	assert.NotEmpty(t, sent.TriggerID)
	sent.TriggerID = ""
	dev := mm.Channel("dev")
	assert.Equal(t, model.ActionRequest{
		UserID: alice.ID, UserName: "alice", ChannelID: dev.ID, ChannelName: "dev", TeamID: dev.TeamID, TeamDomain: "test",
		PostID: post.ID, Type: "button", Context: model.Props{"job": "42"},
	}, sent)
	assert.Equal(t, "Mattermost-Bot/1.1", answer.Exchange.Request.Header.Get("User-Agent"))
	assert.Equal(t, "application/json", answer.Exchange.Request.Header.Get("Accept"))
	assert.Nil(t, answer.Post)
	assert.Nil(t, answer.Ephemeral)
	assert.Nil(t, answer.Dialog)
}

func TestAnUpdateChangesThePostAndNotWhoSaysIt(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	alice := mm.User("alice", dev)
	mm.Mount(bot, answering(map[string]any{"update": map[string]any{
		"message": "Deployed", "user_id": alice.ID, "is_pinned": true,
		"props": map[string]any{"override_username": "the boss", "card": "new"},
	}, "ephemeral_text": "Thank <http://a.test|you>"}))

	answer := alice.Click(askWith(t, mm, button("Approve")), "Approve")

	require.NotNil(t, answer.Post)
	assert.Equal(t, "Deployed", answer.Post.Message)
	assert.Equal(t, mm.Admin.ID, answer.Post.UserID)
	assert.False(t, answer.Post.IsPinned)
	assert.Equal(t, "webhook", answer.Post.Props["override_username"])
	assert.Equal(t, "new", answer.Post.Props["card"])
	assert.Empty(t, answer.Post.Buttons())
	assert.Equal(t, "Deployed", dev.Posts()[0].Message)
	require.NotNil(t, answer.Ephemeral)
	assert.Equal(t, "Thank [you](http://a.test)", answer.Ephemeral.Message)
	assert.Equal(t, alice.ID, answer.Ephemeral.UserID)
	assert.Equal(t, answer.Post.ID, answer.Ephemeral.RootID)
	assert.Equal(t, []string{"updated the post: Deployed", "told the user: Thank [you](http://a.test)"}, answer.Exchange.Followed)
	assert.Len(t, dev.Posts(), 1, "what only alice sees is not stored")
	require.Len(t, alice.Ephemerals(), 1)
	assert.Empty(t, mm.Admin.Ephemerals())
}

func TestAnUpdateWithoutPropsKeepsTheButtonsAndOneWithOthersRenewsThem(t *testing.T) {
	mm := mmfake.New(t)
	alice := mm.User("alice", mm.Channel("dev"))
	mm.Mount(bot+"/click", answering(map[string]any{"update": map[string]any{"message": "once more"}}))
	post := askWith(t, mm, button("Approve"))
	first := post.Attachments()[0].Actions[0].ID

	kept := alice.Click(post, "Approve").Post
	assert.Equal(t, first, kept.Attachments()[0].Actions[0].ID)

	next := button("Approve")
	mm.Mount(bot+"/click", answering(map[string]any{"update": map[string]any{
		"props": map[string]any{"attachments": []*model.Attachment{{Actions: []*model.Action{next}}}},
	}}))
	renewed := alice.Click(kept, first).Post
	assert.Empty(t, renewed.Message, "an update without a message blanks it")
	assert.NotEqual(t, first, renewed.Attachments()[0].Actions[0].ID)
	assert.NoError(t, alice.Click(post, "Approve").Err, "a click goes to the buttons of now, whatever the post looked like before")
}

func TestTheButtonsOfAnEphemeralPostWork(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	alice, bob := mm.User("alice", dev), mm.User("bob", dev)
	inner := button("Really")
	inner.Integration.URL = bot + "/really"
	mm.Mount(bot+"/really", answering(map[string]any{"ephemeral_text": "Done"}))
	mm.Mount(bot+"/ask", answering(model.CommandResponse{Text: "Sure?", Attachments: []*model.Attachment{{Actions: []*model.Action{inner}}}}))
	mm.Command("/ask", bot+"/ask")
	private := alice.Run(dev, "/ask").Ephemeral
	assert.Equal(t, private, alice.Ephemerals()[0])

	action := private.Attachments()[0].Actions[0]
	assert.Nil(t, action.Integration)
	assert.NotEmpty(t, action.Cookie)
	answer := alice.Click(private, "Really")
	require.NoError(t, answer.Err)
	assert.Equal(t, "Done", answer.Ephemeral.Message)
	assert.Equal(t, private.ID, answer.Exchange.Request.Get("post_id").String())
	assert.Equal(t, "42", answer.Exchange.Request.Get("context.job").String())
	assert.Empty(t, bob.Ephemerals())
}

// as sends a request with an actor's token.
func as(t testing.TB, mm *mmfake.Server, who *mmfake.Actor, do string, value any) (int, string) {
	t.Helper()
	body, err := json.Marshal(value)
	require.NoError(t, err)
	method, path, _ := bytes.Cut([]byte(do), []byte(" "))
	r, err := http.NewRequest(string(method), mm.URL+string(path), bytes.NewReader(body))
	require.NoError(t, err)
	if who != nil {
		r.Header.Set("Authorization", "Bearer "+who.Token)
	}
	response, err := mm.Client().Do(r)
	require.NoError(t, err)
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	return response.StatusCode, string(answer)
}

func TestAMenuSendsTheValueOfTheOption(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	alice, bob := mm.User("alice", dev), mm.User("bob", dev)
	mm.Mount(bot, answering(map[string]any{}))
	to := func(name, source string) *model.Action {
		return &model.Action{Name: name, Type: model.ActionSelect, DataSource: source, Integration: &model.Integration{URL: bot}}
	}
	size := to("Size", "")
	size.Options = []*model.ActionOption{{Text: "Small", Value: "s"}, {Text: "Large", Value: "l"}}
	post := askWith(t, mm, size, to("Who", "users"), to("Where", "channels"))

	for _, c := range []struct{ menu, option, want, source string }{
		{"Size", "Large", "l", ""}, {"Size", "s", "s", ""},
		{"Who", "@bob", bob.ID, "users"}, {"Who", bob.ID, bob.ID, "users"},
		{"Where", "dev", dev.ID, "channels"}, {"Where", "~town-square", mm.Channel("town-square").ID, "channels"},
	} {
		ex := alice.Choose(post, c.menu, c.option).Exchange
		assert.Equal(t, c.want, ex.Request.Get("context.selected_option").String(), c.menu)
		assert.Equal(t, c.source, ex.Request.Get("data_source").String(), c.menu)
	}
	assert.Nil(t, size.Integration.Context, "the choice is not kept")
}

func TestWhatNoClientLetsAUserPressEndsTheTest(t *testing.T) {
	dark := button("Later")
	dark.Disabled = true
	menu := &model.Action{Name: "Size", Type: model.ActionSelect, Options: []*model.ActionOption{{Text: "Small", Value: "s"}}, Integration: &model.Integration{URL: bot}}
	twice := button("Approve")
	for name, c := range map[string]struct {
		press func(alice *mmfake.Actor, p *mmfake.Post)
		want  []string
	}{
		"unknown":    {func(a *mmfake.Actor, p *mmfake.Post) { a.Click(p, "Aprove") }, []string{`has no button or menu "Aprove"`, `the button "Approve" (id `, `the menu "Size"`}},
		"ambiguous":  {func(a *mmfake.Actor, p *mmfake.Post) { a.Click(p, "Approve") }, []string{`has 2 buttons or menus "Approve"`, "by its id"}},
		"disabled":   {func(a *mmfake.Actor, p *mmfake.Post) { a.Click(p, "Later") }, []string{"is disabled"}},
		"menu":       {func(a *mmfake.Actor, p *mmfake.Post) { a.Click(p, "Size") }, []string{"use Choose"}},
		"button":     {func(a *mmfake.Actor, p *mmfake.Post) { a.Choose(p, "Later", "x") }, []string{"is disabled"}},
		"option":     {func(a *mmfake.Actor, p *mmfake.Post) { a.Choose(p, "Size", "Huge") }, []string{`there is no option "Huge"`, `"Small" (s)`}},
		"no post":    {func(a *mmfake.Actor, p *mmfake.Post) { a.Click(nil, "x") }, []string{"the post is nil"}},
		"no buttons": {func(a *mmfake.Actor, p *mmfake.Post) { a.Click(a.Reply(p, "hm"), "x") }, []string{"has no buttons"}},
		"deleted": {func(a *mmfake.Actor, p *mmfake.Post) {
			mine := a.Reply(p, "hm")
			a.Delete(mine)
			a.Click(mine, "x")
		}, []string{"the post @alice in ~dev: hm was deleted"}},
	} {
		t.Run(name, func(t *testing.T) {
			said := verdict(t, func(mm *mmfake.Server) {
				alice := mm.User("alice", mm.Channel("dev"))
				c.press(alice, askWith(t, mm, button("Approve"), dark, menu, twice))
			})
			for _, want := range c.want {
				assert.Contains(t, said, want)
			}
		})
	}
}

func TestAStrangerCannotClick(t *testing.T) {
	said := verdict(t, func(mm *mmfake.Server) {
		secret := mm.PrivateChannel("secret")
		ask := mm.User("alice", secret).Post(secret, "psst")
		mm.User("bob").Click(ask, "Approve")
	})
	assert.Contains(t, said, "@bob looking at the post @alice in ~secret: psst: This user may not do that")
}

func TestAButtonThatNoRouteCanMatchFailsTheTest(t *testing.T) {
	odd := button("Unpark")
	odd.ID = "unpark-TITI"
	why := `"Unpark" has the id "unpark-TITI", and Mattermost routes no click on it: an action's id has letters and digits only`
	posted := func(mm *mmfake.Server) { askWith(t, mm, odd) }
	assert.Equal(t, "mmfake: "+why+" (mmfake.AllowUnroutableActions allows that)", verdict(t, posted))
	assert.Empty(t, verdict(t, posted, mmfake.Lenient()))

	clicked := func(mm *mmfake.Server) {
		alice := mm.User("alice", mm.Channel("dev"))
		assert.Error(t, alice.Click(askWith(t, mm, odd), "Unpark").Err)
	}
	assert.Contains(t, verdict(t, clicked), "mmfake: "+why)
	assert.Empty(t, verdict(t, clicked, mmfake.Lenient()))
}

func TestTheUserIsToldThatTheIntegrationFailed(t *testing.T) {
	status := func(code int, body string) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(code); io.WriteString(w, body) })
	}
	for name, c := range map[string]struct {
		integration http.Handler
		want        string
	}{
		"a page":      {status(200, "<!DOCTYPE html><html>Welcome"), `it answered with a page, "<!DOCTYPE html><html>Welcome", where JSON belongs`},
		"no JSON":     {status(200, "ok"), `it answered "ok", which is not the JSON object`},
		"a list":      {status(200, "[1]"), `it answered "[1]", which is not the JSON object`},
		"an error":    {status(500, ""), "it answered with the status 500, which has to be 200"},
		"no content":  {status(204, ""), "it answered with the status 204, which has to be 200"},
		"ten MB":      {http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.Write(bytes.Repeat([]byte(" "), 10<<20)) }), "it answered with more than 1048576 bytes"},
		"hung up":     {http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }), "cut the connection"},
		"too long":    {answering(map[string]any{"update": map[string]any{"message": string(bytes.Repeat([]byte("a"), 16384))}}), "A message has up to 16383 characters"},
		"elsewhere":   {http.RedirectHandler("http://192.0.2.1/x", http.StatusTemporaryRedirect), "192.0.2.1 is a public address"},
		"in a circle": {http.RedirectHandler(bot+"/click", http.StatusTemporaryRedirect), "stopped after 10 redirects"},
	} {
		t.Run(name, func(t *testing.T) {
			mm := mmfake.New(t, mmfake.AllowUnanswered())
			dev := mm.Channel("dev")
			alice := mm.User("alice", dev)
			mm.Mount(bot, c.integration)
			post := askWith(t, mm, button("Approve"))
			answer := alice.Click(post, "Approve")
			assert.ErrorContains(t, answer.Err, c.want)
			var problem *model.AppError
			require.ErrorAs(t, answer.Err, &problem)
			assert.Equal(t, 400, problem.StatusCode)
			assert.Contains(t, answer.Exchange.Followed[len(answer.Exchange.Followed)-1], c.want)

			code, body := as(t, mm, alice, "POST /api/v4/posts/"+post.ID+"/actions/"+post.Attachments()[0].Actions[0].ID, map[string]any{})
			assert.Equal(t, 400, code, "and so it is over HTTP")
			assert.Equal(t, problem.ID, errorID(t, body))
			assert.Equal(t, "Deploy?", dev.Posts()[0].Message)
		})
	}
}

func TestAnIntegrationThatHangsIsCutOffAfterThirtySeconds(t *testing.T) {
	hang := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { io.Copy(io.Discard, r.Body); <-r.Context().Done() })
	mm := mmfake.New(t, mmfake.IntegrationTimeout(20*time.Millisecond), mmfake.AllowUnanswered())
	alice := mm.User("alice", mm.Channel("dev"))
	mm.Mount(bot, hang)
	answer := alice.Click(askWith(t, mm, button("Approve")), "Approve")
	assert.ErrorContains(t, answer.Err, "the integration did not answer within 20ms")
	assert.Zero(t, answer.Status)

	behindAPort := httptest.NewServer(hang)
	defer behindAPort.Close()
	slow := button("Slow")
	slow.Integration.URL = behindAPort.URL
	answer = alice.Click(askWith(t, mm, slow), "Slow")
	assert.ErrorContains(t, answer.Err, "the integration did not answer within 20ms")
}

func TestTheWorldGoesOnWhileAnIntegrationThinks(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	alice, bob := mm.User("alice", dev), mm.User("bob", dev)
	mm.Mount(bot, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		bob.Post(dev, "meanwhile")
		io.WriteString(w, `{"ephemeral_text":"so"}`)
	}))
	answer := alice.Click(askWith(t, mm, button("Approve")), "Approve")
	require.NoError(t, answer.Err)
	assert.Equal(t, "meanwhile", dev.Posts()[1].Message)
}

func TestAnArchivedChannelTakesNoUpdate(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	alice := mm.User("alice", dev)
	mm.Mount(bot, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		status, answer := as(t, mm, mm.Admin, "DELETE /api/v4/channels/"+dev.ID, nil)
		assert.Equal(t, 200, status, answer)
		io.WriteString(w, `{"update":{"message":"late"},"ephemeral_text":"never shown"}`)
	}))
	answer := alice.Click(askWith(t, mm, button("Approve")), "Approve")
	assert.ErrorContains(t, answer.Err, "The channel is archived")
	assert.Nil(t, answer.Ephemeral)
}

func TestAClickIsInTheJournalWithWhatFollowed(t *testing.T) {
	mm := mmfake.New(t)
	alice := mm.User("alice", mm.Channel("dev"))
	mm.Mount(bot, answering(map[string]any{"ephemeral_text": "Hello"}))
	alice.Click(askWith(t, mm, button("Approve")), "Approve")
	ex, ok := mm.Journal.Last(recorder.OfKind(recorder.KindCallback), recorder.By("alice"), recorder.Route("POST "+bot+"/click"))
	require.True(t, ok)
	assert.Equal(t, []string{"told the user: Hello"}, ex.Followed)
}

func FuzzACookieOfNoneOfItsOwnIsRefused(f *testing.F) {
	f.Add("bm9uc2Vuc2U=")
	f.Add("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
	mm := mmfake.New(f)
	alice := mm.User("alice", mm.Channel("dev"))
	f.Fuzz(func(t *testing.T, cookie string) {
		if cookie == "" {
			return
		}
		status, answer := as(t, mm, alice, "POST /api/v4/posts/qqqqqqqqqqqqqqqqqqqqqqqqqy/actions/go", model.DoActionRequest{Cookie: cookie})
		assert.Equal(t, 400, status)
		assert.Equal(t, "api.post.do_action.action_integration.app_error", errorID(t, answer))
	})
}

func FuzzAnIntegrationMayAnswerAnything(f *testing.F) {
	for _, seed := range []string{
		`{"update":{"message":"m","props":{"attachments":[null,{"actions":[null,{"name":1}]}]}},"ephemeral_text":"<x|y>"}`,
		`{"update":{"props":{"attachments":{"text":"a"},"from_webhook":[]},"file_ids":["x","x"]}}`,
		`{"text":"<!channel>","attachments":[{"fields":[null],"ts":{}}],"response_type":"comment","props":{"attachments":1}}`,
		`{"type":"form","form":{"elements":[{"type":"select","options":[null]}]},"errors":{"a":"b"}}`, `null`, ``,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		mm := mmfake.New(t, mmfake.InMemory(), mmfake.Lenient())
		dev := mm.Channel("dev")
		alice := mm.User("alice", dev)
		mm.Mount(bot, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.Write(body) }))
		hook := mm.OutgoingWebhook(dev, bot, "fuzz")
		alice.Click(askWith(t, mm, button("Approve")), "Approve")
		fired := alice.Post(dev, "fuzz")
		_, err := mm.Journal.Wait(t.Context(), 1, recorder.OfKind(recorder.KindCallback), recorder.BodyContains(fired.ID), recorder.BodyContains(hook.Token))
		require.NoError(t, err)
		status, _ := as(t, mm, alice, "POST /api/v4/actions/dialogs/submit", model.DialogSubmission{URL: bot, ChannelID: dev.ID, TeamID: dev.TeamID})
		assert.Contains(t, []int{200, 400, 500}, status)
		status, shown := as(t, mm, alice, "GET /api/v4/channels/"+dev.ID+"/posts?per_page=5", nil)
		assert.Equal(t, 200, status, shown)
		assert.NotContains(t, shown, `"integration"`)
	})
}
