package mmfake_test

import (
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// aSession is a session with everything: API, websocket, webhook, click, dialog and
// command.
func aSession(t *testing.T, mm *mmfake.Server) {
	t.Helper()
	dev := mm.Channel("dev")
	alice := mm.User("alice", dev)
	mm.Mount(bot, &asker{mm: mm, dialog: reportForm, answer: map[string]any{}})
	mm.Mount(deployer, answering(map[string]string{"text": "deploying", "response_type": "in_channel"}))
	mm.Command("/deploy", deployer+"/command")

	client := listen(t, mm, alice)
	client.next("status_change") // she is online before anything else happens
	status, body := request(t, mm, nil, "POST /api/v4/users/login", "application/json", `{"login_id":"alice","password":"`+alice.Password+`"}`)
	require.Equal(t, http.StatusOK, status, body)
	for _, message := range []string{"good <morning>", "and good night"} {
		status, body = request(t, mm, alice, "POST /api/v4/posts", "application/json", `{"channel_id":"`+dev.ID+`","message":"`+message+`"}`)
		require.Equal(t, http.StatusCreated, status, body)
		client.next("posted")
	}
	status, body = request(t, mm, alice, "GET /api/v4/channels/"+dev.ID+"/posts", "", "")
	require.Equal(t, http.StatusOK, status, body)
	form := alice.Click(askWith(t, mm, button("Ask")), "Ask").Dialog
	require.NoError(t, alice.Submit(form, mmfake.Fields{"summary": "fine"}).Err)
	require.NoError(t, alice.Run(dev, "/deploy prod").Err)
}

func TestARecordedSessionIsTheSameBytesWhateverTheIDs(t *testing.T) {
	dir := t.TempDir()
	var files []string
	for _, seed := range []string{"one", "two"} {
		path := filepath.Join(dir, seed+".json")
		mm := mmfake.New(t, mmfake.Seed(seed))
		aSession(t, mm)
		require.NoError(t, mm.Record(path).Save())
		content, err := os.ReadFile(path)
		require.NoError(t, err)
		files = append(files, string(content))
	}
	assert.Equal(t, files[0], files[1])
	for _, name := range []string{"{user.alice}", "{channel.dev}", "{post.1}", "{hook.1}", "{trigger.1}", "{token.1}", `"server": "11.6`} {
		assert.Contains(t, files[0], name)
	}
}

func TestARecordingReadAndMadeAgainIsTheSameBytes(t *testing.T) {
	mm := mmfake.New(t)
	aSession(t, mm)
	path := filepath.Join(t.TempDir(), "session.json")
	require.NoError(t, mm.Save(path))
	read, err := recorder.Load(path)
	require.NoError(t, err)
	again, err := recorder.NewFixture(read.Exchanges(), recorder.Site("http://"+read.Value("host.site")), recorder.ServerVersion(read.Server()))
	require.NoError(t, err)
	assert.Equal(t, string(read.Bytes()), string(again.Bytes()))
}

// A skippedTB is a test that was skipped.
type skippedTB struct{ *recordingTB }

func (skippedTB) Skipped() bool { return true }

func TestARecordingIsWrittenWhenTheTestHasPassed(t *testing.T) {
	for name, c := range map[string]struct {
		ends  func(tb *recordingTB, mm *mmfake.Server)
		asked string
		skip  bool
		why   string // it is not written
	}{
		"passed":           {func(*recordingTB, *mmfake.Server) {}, "", false, ""},
		"failed":           {func(tb *recordingTB, _ *mmfake.Server) { tb.Errorf("something is wrong") }, "", false, "has failed"},
		"failed but asked": {func(tb *recordingTB, _ *mmfake.Server) { tb.Errorf("something is wrong") }, "1", false, ""},
		"skipped":          {func(*recordingTB, *mmfake.Server) {}, "", true, "was skipped"},
		"fails when it is over": {func(_ *recordingTB, mm *mmfake.Server) {
			sendBody(t, mm, mm.URL+"/api/v4/nothing/like/it", "application/json", `{}`)
		}, "", false, "has failed"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("MMFAKE_RECORD", c.asked)
			tb := &recordingTB{TB: t}
			var mm *mmfake.Server
			if mm = mmfake.New(tb); c.skip {
				mm = mmfake.New(skippedTB{tb})
			}
			path := filepath.Join(t.TempDir(), "testdata", "session.json")
			mm.Record(path)
			c.ends(tb, mm)
			tb.cleanup()
			_, err := os.Stat(path)
			assert.Equal(t, c.why == "", err == nil)
			if c.why != "" {
				assert.Contains(t, tb.logs, "mmfake: "+path+" is not written, because the test "+c.why+" (MMFAKE_RECORD=1 writes it all the same)")
			}
		})
	}
}

func TestARecordingWithASecretFailsTheTest(t *testing.T) {
	tb := &recordingTB{TB: t}
	mm := mmfake.New(tb)
	path := filepath.Join(t.TempDir(), "session.json")
	mm.Record(path)
	sendBody(t, mm, mm.IncomingWebhook(mm.Channel("dev")).URL, "application/json", `{"text":"see ghp_0123456789abcdefghijABCDEFGHIJ012345"}`)
	tb.cleanup()
	require.Len(t, tb.errors, 1)
	assert.Contains(t, tb.errors[0], "request.json.text looks like a GitHub token")
	assert.NoFileExists(t, path)
}
