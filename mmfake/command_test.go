package mmfake_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

const deployer = "http://deployer.test"

// commanded starts a server with the command /deploy, whose integration answers a
// body of a content type.
func commanded(t testing.TB, contentType, body string, options ...mmfake.Option) (mm *mmfake.Server, dev *mmfake.Channel, alice *mmfake.Actor) {
	mm = mmfake.New(t, options...)
	dev = mm.Channel("dev")
	alice = mm.User("alice", dev)
	mm.Command("/deploy", deployer+"/command")
	mm.Mount(deployer, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", contentType)
		io.WriteString(w, body)
	}))
	return mm, dev, alice
}

// request sends a request with an actor's token and returns status and answer.
func request(t testing.TB, mm *mmfake.Server, who *mmfake.Actor, do, contentType, body string) (int, string) {
	t.Helper()
	method, path, _ := strings.Cut(do, " ")
	r, err := http.NewRequest(method, mm.URL+strings.TrimPrefix(path, mm.URL), strings.NewReader(body))
	require.NoError(t, err)
	r.Header.Set("Content-Type", contentType)
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

// execute runs a command over HTTP.
func execute(t testing.TB, mm *mmfake.Server, who *mmfake.Actor, args model.CommandArgs) (int, string) {
	t.Helper()
	body, err := json.Marshal(args)
	require.NoError(t, err)
	return request(t, mm, who, "POST /api/v4/commands/execute", "application/json", string(body))
}

func TestACommandAsksItsIntegrationByPost(t *testing.T) {
	mm, dev, alice := commanded(t, "application/json", `{"response_type":"in_channel","text":"deploying","username":"Ship"}`)
	mm.User("bob", dev)

	answer := alice.Run(dev, "/Deploy prod for @bob, @bob and @nobody in ~dev")

	require.NoError(t, answer.Err)
	assert.Equal(t, 200, answer.Status)
	assert.Positive(t, answer.Duration)
	ex := answer.Exchange
	assert.Equal(t, "POST "+deployer+"/command", ex.Request.Method+" "+ex.Request.URL())
	assert.Equal(t, "alice", ex.Actor)
	for field, want := range map[string]string{
		"team_id": dev.TeamID, "team_domain": "test", "channel_id": dev.ID, "channel_name": "dev", "user_id": alice.ID, "user_name": "alice",
		"command": "/deploy", "text": "prod for @bob, @bob and @nobody in ~dev", "root_id": "",
		"user_mentions": "bob", "channel_mentions": "dev", "channel_mentions_ids": dev.ID,
	} {
		assert.Equal(t, want, ex.Request.Get(field).String(), field)
	}
	token := ex.Request.Get("token").String()
	assert.Len(t, token, 26)
	assert.Equal(t, http.Header{
		"Accept": {"application/json"}, "Authorization": {"Token " + token}, "Content-Type": {"application/x-www-form-urlencoded"},
		"User-Agent": {"Mattermost-Bot/1.1"},
	}, ex.Request.Header)
	assert.Contains(t, ex.Request.Get("response_url").String(), mm.URL+"/hooks/commands/")

	require.NotNil(t, answer.Post)
	assert.Equal(t, "deploying", answer.Post.Message)
	assert.Equal(t, alice.ID, answer.Post.UserID)
	assert.Equal(t, "Ship", answer.Post.Props["override_username"])
	assert.Equal(t, []string{"posted: deploying"}, ex.Followed)
	assert.Len(t, dev.Posts(), 1)
}

func TestACommandMayAskByGet(t *testing.T) {
	mm, dev, alice := commanded(t, "text/plain", "found")
	find := mm.Command("find", deployer+"/find?engine=fast#top", func(c *model.Command) { c.Method = model.CommandMethodGet })
	ex := alice.Run(dev, "/find a & b").Exchange
	assert.Equal(t, "GET", ex.Request.Method)
	assert.Empty(t, ex.Request.Body)
	assert.Empty(t, ex.Request.Header.Get("Content-Type"))
	assert.True(t, strings.HasPrefix(ex.Request.Query, "engine=fast&channel_id="), ex.Request.Query)
	assert.Contains(t, ex.Request.Query, "&text=a+%26+b&token="+find.Token+"&")
}

func TestACommandInAThreadIsAnsweredThere(t *testing.T) {
	_, dev, alice := commanded(t, "application/json", `{"response_type":"in_channel","text":"noted","extra_responses":[null,{"text":"psst"}]}`)
	root := alice.Post(dev, "shall we?")
	reply := alice.Reply(root, "yes")
	answer := alice.RunIn(reply, "/deploy")
	assert.Equal(t, root.ID, answer.Exchange.Request.Get("root_id").String())
	assert.Equal(t, root.ID, answer.Post.RootID)
	assert.Equal(t, root.ID, answer.Ephemeral.RootID)
	assert.Equal(t, "psst", answer.Ephemeral.Message)
}

func TestACommandWorksInADirectChannel(t *testing.T) {
	mm, _, alice := commanded(t, "text/plain", "ok")
	bob := mm.User("bob")
	dm := alice.Direct(bob)
	answer := alice.Run(dm, "/deploy")
	assert.Equal(t, dm.Name, answer.Exchange.Request.Get("channel_name").String())
	assert.Equal(t, "test", answer.Exchange.Request.Get("team_domain").String())
	other := mm.Team("other")
	status, _ := execute(t, mm, alice, model.CommandArgs{ChannelID: dm.ID, TeamID: other.ID, Command: "/deploy"})
	assert.Equal(t, http.StatusForbidden, status, "with the commands of one's own teams only")
}

func TestAnAnswerWithoutJSONIsForTheUserAlone(t *testing.T) {
	_, dev, alice := commanded(t, "text/html", "<h1>It works</h1>")
	answer := alice.Run(dev, "/deploy")
	require.NoError(t, answer.Err)
	assert.Nil(t, answer.Post)
	assert.Equal(t, "<h1>It works</h1>", answer.Ephemeral.Message)
	assert.Equal(t, model.PostTypeEphemeral, answer.Ephemeral.Type)
	assert.Empty(t, dev.Posts())
}

func TestTheUserOfACommandIsToldThatItsIntegrationFailed(t *testing.T) {
	answering := func(status int, contentType, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", contentType)
			w.WriteHeader(status)
			io.WriteString(w, body)
		}
	}
	const failed = "api.command.execute_command.failed.app_error"
	long := strings.Repeat("a", 16384)
	for name, c := range map[string]struct {
		integration http.Handler
		id, want    string
	}{
		"an error":     {answering(503, "text/plain", "busy"), "api.command.execute_command.failed_resp.app_error", "the status 503"},
		"created":      {answering(201, "application/json", "{}"), "api.command.execute_command.failed_resp.app_error", "the status 201"},
		"no JSON":      {answering(200, "application/json", "{oops"), failed, `"{oops"`},
		"a list":       {answering(200, "application/json", "[]"), failed, `"[]"`},
		"nothing":      {answering(200, "application/json", ""), failed, "not the JSON object"},
		"two objects":  {answering(200, "application/json", "{}{}"), failed, "{}{}"},
		"a page":       {answering(200, "application/json", "<!DOCTYPE html>"), failed, "a page"},
		"ten MB":       {answering(200, "application/json", `{"text":"`+strings.Repeat("x", 10<<20)+`"}`), failed, "more than 1048576 bytes"},
		"hung up":      {http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }), failed, "cut the connection"},
		"hanging":      {http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }), failed, "did not answer within 50ms"},
		"elsewhere":    {http.RedirectHandler("http://192.0.2.1/x", http.StatusFound), failed, "192.0.2.1 is a public address"},
		"too long":     {answering(200, "application/json", `{"response_type":"in_channel","text":"`+long+`"}`), "api.command.execute_command.create_post_failed.app_error", "16383 characters"},
		"a system one": {answering(200, "application/json", `{"type":"system_generic","text":"x"}`), "api.command.execute_command.create_post_failed.app_error", "post.type"},
		"no member":    {answering(200, "application/json", `{"channel_id":"elsewhere","text":"x"}`), "api.command.execute_command.create_post_failed.app_error", "no member"},
	} {
		t.Run(name, func(t *testing.T) {
			options := []mmfake.Option{mmfake.AllowUnanswered()}
			if name == "hanging" {
				options = append(options, mmfake.IntegrationTimeout(50*time.Millisecond))
			}
			mm := mmfake.New(t, options...)
			dev := mm.Channel("dev")
			alice := mm.User("alice", dev)
			mm.Mount(deployer, c.integration)
			mm.Command("/deploy", deployer)

			answer := alice.Run(dev, "/deploy prod")
			require.ErrorContains(t, answer.Err, c.want)
			assert.Contains(t, answer.Exchange.Followed, "told the user: "+answer.Err.Error())
			status, body := execute(t, mm, alice, model.CommandArgs{ChannelID: dev.ID, Command: "/deploy prod"})
			assert.Equal(t, 500, status)
			assert.Equal(t, c.id, errorID(t, body))
			assert.Empty(t, dev.Posts())
		})
	}
}

func TestTheWorldGoesOnWhileACommandRuns(t *testing.T) {
	mm, dev, alice := commanded(t, "", "")
	bob := mm.User("bob", dev)
	mm.Mount(deployer, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { bob.Post(dev, "meanwhile") }))
	answer := alice.Run(dev, "/deploy")
	require.NoError(t, answer.Err)
	assert.Equal(t, "meanwhile", dev.Posts()[0].Message)
	assert.Nil(t, answer.Ephemeral, "an empty answer shows nothing")
}

func TestClosingTheServerEndsACommandAndSaysSo(t *testing.T) {
	asked := make(chan struct{})
	j := &recordingTB{TB: t}
	mm := mmfake.New(j)
	dev := mm.Channel("dev")
	alice := mm.User("alice", dev)
	mm.Mount(deployer, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { close(asked); <-r.Context().Done() }))
	mm.Command("deploy", deployer)
	ended := make(chan *mmfake.Answer)
	go func() { ended <- alice.Run(dev, "/deploy") }()
	<-asked
	mm.Close()
	assert.ErrorContains(t, (<-ended).Err, "the fake was closed")
	assert.Contains(t, strings.Join(j.logs, "\n"), "POST "+deployer)
}

// An endedTB is a test that ends with Fatalf.
type endedTB struct{ recordingTB }

func (e *endedTB) Fatalf(format string, args ...any) {
	e.recordingTB.Fatalf(format, args...)
	runtime.Goexit()
}

func TestWhatATestCannotRunEndsItWithWhatThereIs(t *testing.T) {
	for name, c := range map[string]struct {
		run  func(mm *mmfake.Server, dev *mmfake.Channel, alice *mmfake.Actor)
		want string
	}{
		"unknown":  {func(mm *mmfake.Server, dev *mmfake.Channel, alice *mmfake.Actor) { alice.Run(dev, "/deplyo prod") }, "no command /deplyo, and there is no built-in one of that name. (api.command.execute_command.not_found.app_error, 404); it has /deploy"},
		"no slash": {func(mm *mmfake.Server, dev *mmfake.Channel, alice *mmfake.Actor) { alice.Run(dev, "deploy") }, "A command is a slash and a word"},
		"outside": {func(mm *mmfake.Server, dev *mmfake.Channel, alice *mmfake.Actor) {
			mm.User("carol").Run(dev, "/deploy")
		}, "the permission create_post is missing"},
		"no post": {func(mm *mmfake.Server, dev *mmfake.Channel, alice *mmfake.Actor) { alice.RunIn(nil, "/deploy") }, "the post is nil"},
		"taken":   {func(mm *mmfake.Server, dev *mmfake.Channel, alice *mmfake.Actor) { mm.Command("/shrug", deployer) }, "choose another trigger"},
		"mount": {func(mm *mmfake.Server, dev *mmfake.Channel, alice *mmfake.Actor) {
			mm.Mount("bot.test", http.NotFoundHandler())
		}, "no http or https URL"},
	} {
		t.Run(name, func(t *testing.T) {
			j := &endedTB{recordingTB{TB: t}}
			done := make(chan struct{})
			go func() {
				defer close(done)
				mm, dev, alice := commanded(j, "text/plain", "ok")
				c.run(mm, dev, alice)
			}()
			<-done
			j.cleanup()
			require.Len(t, j.fatals, 1)
			assert.Contains(t, j.fatals[0], c.want)
		})
	}
}

func TestADelayedAnswerIsTakenFiveTimes(t *testing.T) {
	mm, dev, alice := commanded(t, "application/json", `{"text":"working"}`)
	root := alice.Post(dev, "root")
	later := alice.RunIn(root, "/deploy").Exchange.Request.Get("response_url").String()

	status, body := request(t, mm, nil, "POST "+later, "application/json", "{broken")
	assert.Equal(t, 400, status)
	assert.Equal(t, "web.command_webhook.parse.app_error", errorID(t, body))
	for range 5 {
		status, body = request(t, mm, nil, "POST "+later, "application/json; charset=utf-8", `{"response_type":"in_channel","text":"done"}`)
		assert.Equal(t, 200, status, body)
		assert.Equal(t, "ok", body)
	}
	status, body = request(t, mm, nil, "POST "+later, "text/plain", "once more")
	assert.Equal(t, 400, status)
	assert.Equal(t, "web.command_webhook.general.app_error", errorID(t, body))
	posts := dev.Posts()
	require.Len(t, posts, 6)
	assert.Equal(t, root.ID, posts[5].RootID)
	assert.Equal(t, alice.ID, posts[5].UserID)
	assert.Equal(t, 7, mm.Journal.Count(recorder.Route("POST /hooks/commands/{id}")))
}

func TestADelayedAnswerThatCannotBePostedKeepsItsStatus(t *testing.T) {
	mm, dev, alice := commanded(t, "text/plain", "")
	later := alice.Run(dev, "/deploy").Exchange.Request.Get("response_url").String()
	status, body := request(t, mm, nil, "POST "+later, "application/json", `{"type":"system_x","text":"x"}`)
	assert.Equal(t, 500, status)
	assert.Equal(t, "web.command_webhook.general.app_error", errorID(t, body))

	_, list := request(t, mm, mm.Admin, "GET /api/v4/commands?custom_only=true&team_id="+dev.TeamID, "", "")
	var commands []model.Command
	require.NoError(t, json.Unmarshal([]byte(list), &commands))
	request(t, mm, mm.Admin, "DELETE /api/v4/commands/"+commands[0].ID, "", "")
	status, _ = request(t, mm, nil, "POST "+later, "text/plain", "x")
	assert.Equal(t, 400, status, "the command is deleted")
}

func TestAListOfCommandsHidesTheirSecrets(t *testing.T) {
	mm, dev, alice := commanded(t, "", "")
	mm.Command("hidden", deployer, func(c *model.Command) { c.AutoComplete = false })
	for path, want := range map[string][]string{
		"/api/v4/teams/" + dev.TeamID + "/commands/autocomplete": {"deploy"},
		"/api/v4/commands?team_id=" + dev.TeamID:                 {"deploy"},
	} {
		_, body := request(t, mm, alice, "GET "+path, "", "")
		var commands []model.Command
		require.NoError(t, json.Unmarshal([]byte(body), &commands))
		var custom []string
		builtin := map[string]bool{}
		for _, c := range commands {
			assert.Empty(t, c.Token+c.URL+c.CreatorID+c.Method, c.Trigger)
			if c.ID != "" {
				custom = append(custom, c.Trigger)
			} else {
				builtin[c.Trigger] = true
			}
		}
		assert.Equal(t, want, custom, path)
		assert.True(t, builtin["shrug"] && builtin["me"], path)
	}
}

func TestWithoutCommandsEvenBuiltInOnesAreOff(t *testing.T) {
	mm := mmfake.New(t, mmfake.Configure(func(s *mmfake.Settings) { s.EnableCommands = false }))
	dev := mm.Channel("dev")
	alice := mm.User("alice", dev)
	status, body := execute(t, mm, alice, model.CommandArgs{ChannelID: dev.ID, Command: "/shrug"})
	assert.Equal(t, http.StatusNotImplemented, status)
	assert.Equal(t, "api.command.disabled.app_error", errorID(t, body))
}

func FuzzCommandAnswer(f *testing.F) {
	f.Add("application/json", `{"response_type":"in_channel","text":"a","attachments":[{"fields":[{"value":1},null]},null],"extra_responses":[null,{}]}`)
	f.Add("application/json", `{"props":{"attachments":5,"x":null},"response_type":"in_channel","text":"<@a>"}`)
	f.Add("text/plain", "\xff\xfe")
	f.Add("application/json", "null")
	var contentType, body string
	mm := mmfake.New(f)
	dev := mm.Channel("dev")
	alice := mm.User("alice", dev)
	mm.Command("/deploy", deployer)
	mm.Mount(deployer, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header()["Content-Type"] = []string{contentType}
		w.Write([]byte(body))
	}))
	f.Fuzz(func(t *testing.T, kind, text string) {
		contentType, body = kind, text
		status, answer := execute(t, mm, alice, model.CommandArgs{ChannelID: dev.ID, Command: "/deploy"})
		assert.Contains(t, []int{200, 500}, status, answer)
		assert.True(t, json.Valid([]byte(answer)), answer)
	})
}

func FuzzCommandLine(f *testing.F) {
	f.Add("/deploy \u3000@alice ~dev")
	f.Add("/echo \"a\" 0")
	f.Add("/groupmsg @a, @b ,, text")
	f.Add("/")
	mm := mmfake.New(f)
	dev := mm.Channel("dev")
	alice := mm.User("alice", dev)
	mm.Mount(deployer, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {}))
	mm.Command("/deploy", deployer)
	f.Fuzz(func(t *testing.T, line string) {
		status, body := execute(t, mm, alice, model.CommandArgs{ChannelID: dev.ID, Command: line})
		assert.Contains(t, []int{200, 400, 403, 404}, status, body) // 403 once a line was /leave
		assert.True(t, json.Valid(bytes.TrimSpace([]byte(body))))
	})
}
