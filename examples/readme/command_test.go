package readme_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/seed-a46829e6/mattermost-fake/assertions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

func TestASlashCommand(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	alice := mm.User("alice", dev)
	mm.Mount("http://deploybot.test", http.HandlerFunc(deploy)) // no port needed; a real URL works too
	mm.Command("/deploy", "http://deploybot.test/command")

	answer := alice.Run(dev, "/deploy prod") // the fake calls the bot as Mattermost would

	assert.Equal(t, "deploying to prod for alice", answer.Ephemeral.Message)
}

func deploy(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(model.CommandResponse{Text: "deploying to " + r.FormValue("text") + " for " + r.FormValue("user_name")})
}

func TestADelayedResponse(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	alice := mm.User("alice", dev)
	mm.Mount("http://deploybot.test", http.HandlerFunc(deployLater))
	mm.Command("/deploy", "http://deploybot.test/command")

	alice.Run(dev, "/deploy prod") // the bot answers at once, and posts to the response_url when it is done

	assertions.New(t, mm).Posted(mmfake.In(dev), mmfake.Text("deployed to prod")) // waits for that
}

func deployLater(w http.ResponseWriter, r *http.Request) {
	done, text := r.FormValue("response_url"), "deployed to "+r.FormValue("text")
	go func() {
		answer, err := http.Post(done, "application/json", strings.NewReader(`{"response_type": "in_channel", "text": "`+text+`"}`))
		if err == nil {
			answer.Body.Close()
		}
	}()
}
