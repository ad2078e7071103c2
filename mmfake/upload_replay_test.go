package mmfake_test

import (
	"bytes"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// upload uploads a text and a file that is none, with a boundary that chance makes.
func (c replayClient) upload() (int, string) {
	c.t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	require.NoError(c.t, w.WriteField("channel_id", c.channel))
	for _, file := range [][2]string{{"notes.txt", "remember the milk"}, {"dot.bin", "\x00\xff"}} {
		part, err := w.CreateFormFile("files", file[0])
		require.NoError(c.t, err)
		io.WriteString(part, file[1])
	}
	require.NoError(c.t, w.Close())
	r, err := http.NewRequestWithContext(c.t.Context(), http.MethodPost, c.url+"/api/v4/files", &body)
	require.NoError(c.t, err)
	r.Header = http.Header{"Authorization": {"Bearer " + c.token}, "Content-Type": {w.FormDataContentType()}}
	response, err := http.DefaultClient.Do(r)
	require.NoError(c.t, err)
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	require.NoError(c.t, err)
	return response.StatusCode, string(answer)
}

func TestAnUploadIsRecordedReplayedAndSentAgainWithoutADifference(t *testing.T) {
	var files []string
	for _, seed := range []string{"one", "two"} {
		mm := mmfake.New(t, mmfake.Seed(seed))
		dev := mm.Channel("dev")
		status, answer := replayClient{t, mm.URL, mm.User("alice", dev).Token, dev.ID}.upload()
		require.Equal(t, http.StatusCreated, status, answer)
		files = append(files, filepath.Join(t.TempDir(), seed+".json"))
		require.NoError(t, mm.Save(files[len(files)-1]))
	}
	first, err := os.ReadFile(files[0])
	require.NoError(t, err)
	second, err := os.ReadFile(files[1])
	require.NoError(t, err)
	assert.Equal(t, string(first), string(second))

	replay := mmfake.Replay(t, files[0])
	status, answer := replayClient{t, replay.URL, "any", replay.Value("channel.1")}.upload()
	assert.Equal(t, http.StatusCreated, status, answer)

	fresh := mmfake.New(t)
	dev := fresh.Channel("dev")
	recorder.Against(t, files[0], fresh.URL, recorder.Bind(map[string]string{"token.1": fresh.User("alice", dev).Token, "channel.1": dev.ID}))
}
