package assertions_test

import (
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/assertions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// conversation is a server on which something of each kind has happened.
func conversation(t *testing.T) *mmfake.Server {
	t.Helper()
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	alice, robot := mm.User("alice", dev), mm.Bot("robot", dev)
	opener(mm)
	post := alice.Post(dev, "@robot deploy\nto prod")
	send(t, mm, robot, "POST", "/posts", `{"channel_id":"`+dev.ID+`","root_id":"`+post.ID+`","message":"deploying <b> & more"}`)
	send(t, mm, robot, "POST", "/reactions", `{"user_id":"`+robot.ID+`","post_id":"`+post.ID+`","emoji_name":"eyes"}`)
	send(t, mm, robot, "GET", "/users/me", "")
	send(t, mm, robot, "GET", "/users/username/nobody", "")
	mm.Fail(recorder.Route("DELETE /api/v4/posts/{post_id}"), mmfake.Status(503), mmfake.Times(1))
	send(t, mm, robot, "DELETE", "/posts/"+post.ID, "")
	sendHook(t, mm, mm.IncomingWebhook(dev).URL, `{"text":"Deploy?","attachments":[{"actions":[{"id":"yes","name":"Approve","integration":{"url":"`+bot+`/click"}}]}]}`)
	alice.Reply(post, "thank you")
	dialog := alice.Run(dev, "/release").Dialog
	alice.Submit(dialog, mmfake.Fields{"reason": "it is time"})
	alice.Click(assertions.Require(t, mm).Posted(mmfake.Button("Approve")), "Approve")
	alice.React(post, "wave")
	alice.Edit(post, "never mind")
	alice.Delete(post)
	return mm
}

func TestTranscriptReadsTheSameInEachRun(t *testing.T) {
	assert.True(t, assertions.Transcript(t, conversation(t), "testdata/conversation.golden"))
}

func TestTranscriptShowsWhatIsDifferent(t *testing.T) {
	mm, _, _ := talk(t)
	f := newPatient()
	comparing(func() { assertions.Transcript(f, mm, "testdata/talk.golden") })
	golden(t, f)
}

func TestTranscriptTellsHowToWriteTheFile(t *testing.T) {
	mm, _, _ := talk(t)
	f := newPatient()
	comparing(func() { assertions.Transcript(f, mm, "testdata/nowhere.golden") })
	golden(t, f)
}

func TestTranscriptWritesTheFileAnew(t *testing.T) {
	mm, _, _ := talk(t)
	file := filepath.Join(t.TempDir(), "new", "talk.golden")
	t.Setenv("MMFAKE_RECORD", "1")
	assert.True(t, assertions.Transcript(t, mm, file))
	text, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, mm.Transcript(), string(text))
}

// This test has a flag -update of its own where it is asked to.
var _ = func() any {
	if os.Getenv("ASSERTIONS_TEST_OWN_FLAG") == "" {
		return nil
	}
	return flag.Bool("update", false, "the test's own")
}()

func TestAPackageMayHaveAFlagUpdateOfItsOwn(t *testing.T) {
	for _, run := range []struct{ record, flag string }{{"", "-test.v"}, {"0", "-update"}, {"1", "-update"}} {
		own := exec.CommandContext(t.Context(), os.Args[0], "-test.run", "^$", run.flag)
		own.Env = append(os.Environ(), "ASSERTIONS_TEST_OWN_FLAG=1", "MMFAKE_RECORD="+run.record)
		said, err := own.CombinedOutput()
		assert.NoError(t, err, "%v: %s", run, said)
	}
}

// comparing does something without -update.
func comparing(do func()) {
	if update := flag.Lookup("update"); update != nil {
		was := update.Value.String()
		update.Value.Set("false")
		defer update.Value.Set(was)
	}
	do()
}
