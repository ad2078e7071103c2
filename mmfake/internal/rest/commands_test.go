package rest_test

import (
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// newCommand makes a command /deploy of the team with more fields, as the admin,
// and returns the answer.
func newCommand(t *testing.T, mm *mmfake.Server, fields map[string]any) reply {
	t.Helper()
	command := map[string]any{"team_id": mm.Channel("dev").TeamID, "trigger": "deploy", "method": "P", "url": "http://bot.test/deploy"}
	maps.Copy(command, fields)
	return clientOf(t, mm, mm.Admin).do("POST", "/api/v4/commands", command)
}

func TestWhatANewCommandMayNotBring(t *testing.T) {
	id := strings.Repeat("y", 26)
	for _, c := range []struct {
		version, field, value string
		status                int
		problem               string
	}{
		{"11.6", "id", id, 500, "app.command.createcommand.internal_error"},
		{"5.0", "id", id, 400, "store.sql_command.save.saving_overwrite.app_error"},
		{"11.6", "token", "short", 400, "model.command.is_valid.token.app_error"},
		{"11.6", "plugin_id", "com.example.deploy", 400, "model.command.is_valid.plugin_id.app_error"},
		{"11.6", "team_id", "short", 400, "model.command.is_valid.team_id.app_error"},
		{"11.6", "username", strings.Repeat("x", 65), 500, "app.command.createcommand.internal_error"},
		{"5.0", "username", strings.Repeat("x", 65), 500, "store.sql_command.save.saving.app_error"},
		{"5.36", "trigger", strings.Repeat("ü", 65), 400, "model.command.is_valid.trigger.app_error"},
	} {
		mm := mmfake.New(t, mmfake.Version(c.version))
		r := newCommand(t, mm, map[string]any{c.field: c.value})
		assert.Equal(t, c.status, r.Status, "%s as %s", c.field, c.version)
		assert.Equal(t, c.problem, r.problem())
	}
}

func TestANewCommandMayBringItsToken(t *testing.T) {
	mm := mmfake.New(t)
	token := strings.Repeat("y", 26)
	assert.Equal(t, token, newCommand(t, mm, map[string]any{"token": token}).get("token").String())
}

func TestASystemAdminMayMakeACommandOfATeamThatDoesNotExist(t *testing.T) {
	mm := mmfake.New(t)
	assert.Equal(t, 201, newCommand(t, mm, map[string]any{"team_id": mm.Admin.ID}).Status)
}

func TestAutocompleteDataOfACommandAreAnsweredAndNotStored(t *testing.T) {
	data := map[string]any{"autocomplete_data": map[string]string{"Trigger": "deploy"}, "autocomplete_icon_data": "data:image/svg+xml"}
	mm := mmfake.New(t)
	made := newCommand(t, mm, data)
	require.Equal(t, 201, made.Status, "%s", made.Body)
	assert.Equal(t, "deploy", made.get("autocomplete_data.Trigger").String())
	stored := clientOf(t, mm, mm.Admin).do("GET", "/api/v4/commands/"+made.get("id").String(), nil)
	assert.False(t, stored.get("autocomplete_data").Exists())
	assert.False(t, stored.get("autocomplete_icon_data").Exists())

	old := newCommand(t, mmfake.New(t, mmfake.Version("5.0")), data)
	assert.False(t, old.get("autocomplete_data").Exists(), "it came with 5.24")
}

func TestAutocompleteDataOfACommandMustDescribeOne(t *testing.T) {
	mm := mmfake.New(t)
	made := newCommand(t, mm, map[string]any{"trigger": "changed"})
	change := map[string]any{"id": made.get("id").String(), "team_id": made.get("team_id").String(), "trigger": "changed", "method": "P", "url": "http://bot.test"}
	for data, status := range map[string]int{
		`{"Trigger": "build", "RoleID": "system_admin", "SubCommands": [{"Trigger": "now", "Arguments": [{}]}]}`: 200,
		`{}`:                   400,
		`{"Trigger": "Build"}`: 400,
		`{"Trigger": "build", "RoleID": "team_admin"}`:                      400,
		`{"Trigger": "build", "SubCommands": [null]}`:                       400,
		`{"Trigger": "build", "SubCommands": [{"HelpText": "no trigger"}]}`: 400,
		`{"Trigger": "build", "SubCommands": [{}], "Arguments": [{}]}`:      400,
	} {
		change["autocomplete_data"] = json.RawMessage(data)
		r := clientOf(t, mm, mm.Admin).do("PUT", "/api/v4/commands/"+made.get("id").String(), change)
		assert.Equal(t, status, r.Status, "%s: %s", data, r.Body)
		if status == 400 {
			assert.Equal(t, "model.command.is_valid.autocomplete_data.app_error", r.problem(), data)
		}
	}
	made = newCommand(t, mm, map[string]any{"autocomplete_data": map[string]string{}})
	assert.Equal(t, 400, made.Status)
}

func TestACommandIsNotChangedToWhatTheDatabaseHasNoRoomFor(t *testing.T) {
	mm := mmfake.New(t)
	made := newCommand(t, mm, nil)
	id := made.get("id").String()
	r := clientOf(t, mm, mm.Admin).do("PUT", "/api/v4/commands/"+id, map[string]any{
		"id": id, "team_id": made.get("team_id").String(), "trigger": "deploy", "method": "P", "url": "http://bot.test", "auto_complete_hint": strings.Repeat("x", 1025),
	})
	assert.Equal(t, 500, r.Status)
	assert.Equal(t, "app.command.updatecommand.internal_error", r.problem())
}

// execute runs a command line in a channel.
func execute(t *testing.T, mm *mmfake.Server, as *mmfake.Actor, channelID, line string, more ...string) reply {
	t.Helper()
	args := map[string]string{"channel_id": channelID, "command": line}
	for i := 0; i+1 < len(more); i += 2 {
		args[more[i]] = more[i+1]
	}
	return clientOf(t, mm, as).do("POST", "/api/v4/commands/execute", args)
}

func TestACommandWithARootIDThatIsNoneFailsBeforeItsIntegrationIsAsked(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := commandAnswering(t, mm, `{"text": "hi"}`)
	r := execute(t, mm, alice, dev.ID, "/ask", "root_id", "nonsense")
	assert.Equal(t, 500, r.Status)
	assert.Equal(t, "api.command.execute_command.failed.app_error", r.problem())
	assert.Zero(t, mm.Journal.Count(recorder.OfKind(recorder.KindCallback)))
	assert.Equal(t, 200, execute(t, mm, alice, dev.ID, "/ask", "root_id", alice.ID).Status, "that there is no such post matters to a post only")
}

func TestInADirectChannelEvenAnAdminsCommandNeedsATeam(t *testing.T) {
	for version, status := range map[string]int{"11.6": 404, "5.0": 200} {
		mm := mmfake.New(t, mmfake.Version(version))
		direct := directOf(t, mm, mm.Admin, mm.User("bob")).get("id").String()
		assert.Equal(t, status, execute(t, mm, mm.Admin, direct, "/shrug").Status, "as %s, where built-in commands come first or do not", version)
	}
}

func TestTheAttachmentsPropOfAnAnswerIsNoneOfItsAttachments(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := commandAnswering(t, mm, `{"text": "hi", "props": {"attachments": [{"text": "inside"}]}}`)
	r := execute(t, mm, alice, dev.ID, "/ask")
	assert.Equal(t, "null", r.get("attachments").Raw)
	assert.Equal(t, "inside", r.get("props.attachments.0.text").String())
}

func TestBefore536ACommandCouldBeRunInAnArchivedChannel(t *testing.T) {
	for version, status := range map[string]int{"11.6": 400, "5.0": 200} {
		mm := mmfake.New(t, mmfake.Version(version))
		dev := mm.Channel("dev")
		alice := mm.User("alice", dev)
		require.Equal(t, 200, clientOf(t, mm, mm.Admin).do("DELETE", "/api/v4/channels/"+dev.ID, nil).Status)
		assert.Equal(t, status, execute(t, mm, alice, dev.ID, "/shrug").Status, "as %s", version)
	}
}

func TestBefore536PropsShowWhatAnAnswerWithoutAPostWouldHaveHad(t *testing.T) {
	for version, want := range map[string]string{"11.6": "", "5.0": "true"} {
		mm := mmfake.New(t, mmfake.Version(version))
		alice, dev := commandAnswering(t, mm, `{"response_type": "nowhere", "text": "hi", "props": {"card": "c"}}`)
		r := execute(t, mm, alice, dev.ID, "/ask")
		assert.Equal(t, "c", r.get("props.card").String())
		assert.Equal(t, want, r.get("props.from_webhook").String(), "as %s", version)
	}
}

func TestBefore11ARedirectedRequestWithoutABodyStillHadAContentType(t *testing.T) {
	for version, want := range map[string]string{"11.6": "", "5.36": "application/x-www-form-urlencoded", "5.0": "application/x-www-form-urlencoded"} {
		mm := mmfake.New(t, mmfake.Version(version))
		dev := mm.Channel("dev")
		var kind, method string
		bot := http.NewServeMux()
		bot.Handle("/ask", http.RedirectHandler("/moved", http.StatusFound))
		bot.HandleFunc("/moved", func(_ http.ResponseWriter, r *http.Request) { kind, method = r.Header.Get("Content-Type"), r.Method })
		mm.Mount("http://bot.test", bot)
		mm.Command("/ask", "http://bot.test/ask")
		require.Equal(t, 200, execute(t, mm, mm.User("alice", dev), dev.ID, "/ask").Status)
		assert.Equal(t, "GET", method)
		assert.Equal(t, want, kind, "as %s", version)
	}
}

func TestACommandWhoseIntegrationRedirectsForEverFails(t *testing.T) {
	mm := mmfake.New(t, mmfake.Lenient())
	dev := mm.Channel("dev")
	mm.Mount("http://bot.test", http.RedirectHandler("/again", http.StatusFound))
	mm.Command("/ask", "http://bot.test/ask")
	r := execute(t, mm, mm.User("alice", dev), dev.ID, "/ask")
	assert.Equal(t, 500, r.Status)
	assert.Equal(t, 10, mm.Journal.Count(recorder.OfKind(recorder.KindCallback)), "%s", r.Body)
}

func TestACommandsIntegrationIsToldOfWhomItNamesThoughHeHasLeftTheTeam(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := commandAnswering(t, mm, `{"text": "hi"}`)
	bob := mm.User("bob", dev)
	require.Equal(t, 200, clientOf(t, mm, mm.Admin).do("DELETE", "/api/v4/teams/"+dev.TeamID+"/members/"+bob.ID, nil).Status)
	require.Equal(t, 200, execute(t, mm, alice, dev.ID, "/ask @bob").Status)
	asked, ok := mm.Journal.Last(recorder.OfKind(recorder.KindCallback))
	require.True(t, ok)
	form, err := url.ParseQuery(asked.Request.Text())
	require.NoError(t, err)
	assert.Equal(t, bob.ID, form.Get("user_mentions_ids"))
}

func TestACommandNamesAChannelAsItIsWritten(t *testing.T) {
	mm := mmfake.New(t)
	alice, dev := commandAnswering(t, mm, `{"text": "hi"}`)
	require.Equal(t, 200, execute(t, mm, alice, dev.ID, "/ask ~dev, ~town-square. ~OFF-TOPIC").Status)
	asked, ok := mm.Journal.Last(recorder.OfKind(recorder.KindCallback))
	require.True(t, ok)
	form, err := url.ParseQuery(asked.Request.Text())
	require.NoError(t, err)
	assert.Equal(t, []string{"dev", "town-square"}, form["channel_mentions"], "capitals are of no channel")
}

func TestAnAnswerIntoAnArchivedChannelIsPostedAndSince536ToldToNobody(t *testing.T) {
	for version, told := range map[string]string{"11.6": "elsewhere", "5.36": "elsewhere", "5.0": "done"} {
		mm := mmfake.New(t, mmfake.Version(version))
		alice, dev := commandAnswering(t, mm, `{"text": "wait"}`)
		require.Equal(t, 200, execute(t, mm, alice, dev.ID, "/ask").Status)
		asked, _ := mm.Journal.Last(recorder.OfKind(recorder.KindCallback))
		form, err := url.ParseQuery(asked.Request.Text())
		require.NoError(t, err)
		clientOf(t, mm, mm.Admin).do("DELETE", "/api/v4/channels/"+dev.ID, nil)
		next := listen(t, mm, alice)

		_, later, _ := strings.Cut(form.Get("response_url"), "/hooks")
		r := clientOf(t, mm, nil).do("POST", "/hooks"+later, object{"response_type": "in_channel", "text": "done"}, "Content-Type", "application/json")
		assert.Equal(t, 200, r.Status, "as %s: %s", version, r.Body)
		posts := clientOf(t, mm, mm.Admin).do("GET", "/api/v4/channels/"+dev.ID+"/posts?per_page=1", nil)
		assert.Contains(t, string(posts.Body), "done", "as %s", version)
		alice.Post(mm.Channel("town-square"), "elsewhere")
		assert.Contains(t, next("posted").get("data.post").String(), told, "as %s", version)
	}
}

func TestOfCommandsWithOneTriggerTheOneThatWasChangedLastRuns(t *testing.T) {
	for version, said := range map[string]string{"11.6": "moved", "5.36": "moved", "5.0": "there"} {
		mm := mmfake.New(t, mmfake.Version(version))
		dev := mm.Channel("dev")
		admin := clientOf(t, mm, mm.Admin)
		for _, path := range []string{"moved", "there"} {
			mm.Mount("http://"+path+".test", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, path) }))
		}
		moving := newCommand(t, mm, map[string]any{"trigger": "ship", "url": "http://moved.test"}).get("id").String()
		there := newCommand(t, mm, map[string]any{"url": "http://there.test"}).get("id").String()
		change := map[string]any{"id": moving, "team_id": dev.TeamID, "trigger": "deploy", "method": "P", "url": "http://moved.test", "auto_complete": true}
		require.Equal(t, 200, admin.do("PUT", "/api/v4/commands/"+moving, change).Status)
		r := admin.do("POST", "/api/v4/commands/execute", map[string]string{"channel_id": dev.ID, "command": "/deploy"})
		assert.Equal(t, said, r.get("text").String(), "as %s", version)
		listed := admin.do("GET", "/api/v4/commands?team_id="+dev.TeamID, nil).get(`#(trigger=="deploy")#.id`).Array()
		assert.Equal(t, there, listed[0].String(), "the one that was not changed, as %s", version)
	}
}

func TestSince526ACommandHidesABuiltInOneInListsToo(t *testing.T) {
	for version, shown := range map[string]int{"11.6": 1, "5.0": 2} {
		mm := mmfake.New(t, mmfake.Version(version))
		team := mm.Channel("dev").TeamID
		id := newCommand(t, mm, nil).get("id").String()
		admin := clientOf(t, mm, mm.Admin)
		change := map[string]any{"id": id, "team_id": team, "trigger": "shrug", "method": "P", "url": "http://bot.test", "auto_complete": true}
		require.Equal(t, 200, admin.do("PUT", "/api/v4/commands/"+id, change).Status)
		for _, list := range []string{"/api/v4/commands?team_id=" + team, "/api/v4/teams/" + team + "/commands/autocomplete"} {
			assert.Len(t, admin.do("GET", list, nil).get(`#(trigger=="shrug")#`).Array(), shown, "%s as %s", list, version)
		}
	}
}

func TestAnOldServerDoesNotMindTheKindOfWhatItDoesNotKnow(t *testing.T) {
	answers := []string{`{"text": "done", "channel_id": 5}`, `{"text": "done", "Skip_Slack_Parsing": "yes"}`, `{"text": "done", "extra_responses": {}}`}
	for version, status := range map[string]int{"11.6": 500, "5.0": 200} {
		for _, answer := range answers {
			mm := mmfake.New(t, mmfake.Version(version))
			mm.Mount("http://bot.test", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", "application/json")
				io.WriteString(w, answer)
			}))
			newCommand(t, mm, nil)
			r := clientOf(t, mm, mm.Admin).do("POST", "/api/v4/commands/execute", map[string]string{"channel_id": mm.Channel("dev").ID, "command": "/deploy"})
			assert.Equal(t, status, r.Status, "%s as %s", answer, version)
		}
	}
}
