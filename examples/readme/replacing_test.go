package readme_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/assertions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

// announce is the code under test in docs/replacing.md.
func announce(server, token, channelID, text string) error {
	body, err := json.Marshal(map[string]string{"channel_id": channelID, "message": text})
	if err != nil {
		return err
	}
	request, err := http.NewRequest(http.MethodPost, server+"/api/v4/posts", bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", "Bearer "+token)
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusCreated {
		return fmt.Errorf("cannot announce: %s", answer.Status)
	}
	return nil
}

func TestADeploymentIsAnnouncedBefore(t *testing.T) {
	var sent struct {
		ChannelID string `json:"channel_id"`
		Message   string `json:"message"`
	}
	stub := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		assert.Equal(t, "/api/v4/posts", r.URL.Path)
		assert.Equal(t, "Bearer secret", r.Header.Get("Authorization"))
		assert.NoError(t, json.NewDecoder(r.Body).Decode(&sent))
		w.WriteHeader(http.StatusCreated)
		io.WriteString(w, `{"id": "some-post"}`)
	}))
	defer stub.Close()

	require.NoError(t, announce(stub.URL, "secret", "some-channel", "deploying 1.4"))

	assert.Equal(t, "some-channel", sent.ChannelID)
	assert.Equal(t, "deploying 1.4", sent.Message)
}

func TestADeploymentIsAnnounced(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	robot := mm.Bot("deploybot", dev)

	require.NoError(t, announce(mm.URL, robot.Token, dev.ID, "deploying 1.4"))

	assertions.New(t, mm).Posted(mmfake.By(robot), mmfake.In(dev), mmfake.Text("deploying 1.4"))
}

func TestAForeignChannelIsReported(t *testing.T) {
	mm := mmfake.New(t)
	robot := mm.Bot("deploybot")

	err := announce(mm.URL, robot.Token, mm.Channel("elsewhere").ID, "deploying 1.4")

	assert.ErrorContains(t, err, "403")
}

func TestTheScriptRunsACommandAgainstAServer(t *testing.T) {
	for _, tool := range []string{"sh", "sed", "curl"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skipf("needs %s", tool)
		}
	}
	folder := t.TempDir()
	out, err := exec.CommandContext(t.Context(), "go", "build", "-o", filepath.Join(folder, "mmfake"), "../../mmfake/cmd/mmfake").CombinedOutput()
	require.NoError(t, err, "%s", out)
	script, err := filepath.Abs("serve.sh")
	require.NoError(t, err)
	t.Setenv("PATH", folder+string(os.PathListSeparator)+os.Getenv("PATH"))
	post := exec.CommandContext(t.Context(), "sh", script, "sh", "-c", `curl -sH 'Content-Type: application/json' -d '{"text": "hello"}' $MATTERMOST_WEBHOOK; echo " ${#MATTERMOST_TOKEN}"`)
	post.Dir = folder
	out, err = post.CombinedOutput()
	require.NoError(t, err, "%s", out)
	assert.Contains(t, string(out), "ok 26\n")
}
