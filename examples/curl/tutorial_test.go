package curl_test

import (
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/assertions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// integration answers the clicks and commands of the tutorial.
func integration() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /decline", func(w http.ResponseWriter, r *http.Request) {
		answer(w, model.ActionResponse{EphemeralText: "Nothing is released."})
	})
	mux.HandleFunc("POST /accept", func(w http.ResponseWriter, r *http.Request) {
		var click model.ActionRequest
		if err := json.NewDecoder(r.Body).Decode(&click); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		release, _ := click.Context["release"].(string)
		answer(w, model.ActionResponse{Update: &model.Post{Message: "Release " + release + " accepted by " + click.UserName, Props: model.Props{}}})
	})
	mux.HandleFunc("/weather", func(w http.ResponseWriter, r *http.Request) {
		answer(w, model.CommandResponse{ResponseType: model.CommandResponseInChannel, Text: r.Method + ": it rains in " + r.FormValue("text")})
	})
	return mux
}

func answer(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(v)
}

func TestTheTutorialRunsWithCurl(t *testing.T) {
	for _, tool := range []string{"sh", "curl"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("needs %s", tool)
		}
	}
	mm := mmfake.New(t)
	mm.Mount("http://tutorial.test", integration())
	town := mm.Channel("town-square")
	script := exec.CommandContext(t.Context(), "sh", "tutorial.sh")
	script.Env = append(os.Environ(), "URL="+mm.URL, "TOKEN="+mm.Admin.AccessToken("tutorial"), "WEBHOOK="+mm.IncomingWebhook(town).URL,
		"TEAM="+town.TeamID, "CHANNEL="+town.ID, "INTEGRATION=http://tutorial.test",
		"LOGIN=user-1", "PASSWORD=SampleUs@r-1")
	out, err := script.CombinedOutput()
	require.NoError(t, err, "%s", out)

	assert.Contains(t, string(out), "\n1: ok\n")
	assert.Contains(t, string(out), `"username":"sysadmin"`)
	assert.Regexp(t, `\n12: Token: [a-z0-9]{26}\r\n$`, string(out))
	is := assertions.New(t, mm)
	is.Posted(mmfake.In(town), mmfake.Text("Hello, this is some text\nThis is more text. :tada:"))
	is.Posted(mmfake.In(town), mmfake.Attachment(model.Attachment{Pretext: "This is the attachment pretext.", Text: "This is the attachment text."}))
	question := is.Posted(mmfake.In(town), mmfake.Text("Release 1.4 accepted by sysadmin"))
	is.NotPosted(mmfake.Contains("Nothing is released")) // it is only for the one who clicked
	is.Posted(mmfake.In(town), mmfake.Text("POST: it rains in Berlin"))
	is.Posted(mmfake.In(town), mmfake.Text("GET: it rains in Paris"))
	is.Exchanged(1, recorder.Route("POST http://tutorial.test/decline"), recorder.AnswerJSON("ephemeral_text", "Nothing is released."))
	is.Exchanged(1, recorder.Route("GET http://tutorial.test/weather"), recorder.Query("text", "Paris"))
	is.Posted(mmfake.Text("The log"), mmfake.WithFile("build.txt"))
	is.Posted(mmfake.By(mm.Bot("tutorial-bot")), mmfake.Text("Release 1.4 is out."), mmfake.InThread(question))
	is.Exchanged(1, recorder.Route("POST /api/v4/users/login"), recorder.JSON("login_id", "user-1"), recorder.Status(200))
}
