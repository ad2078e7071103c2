package mmfake_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/tidwall/gjson"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

func TestSettleWaitsUntilAListeningBotHasDoneWhatItDoes(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	robot := mm.Bot("robot", dev)
	ws := listen(t, mm, robot)
	go func() {
		for {
			event, err := ws.read()
			if err != nil {
				return
			}
			if post, _ := event.Data["post"].(string); strings.HasPrefix(gjson.Get(post, "message").String(), "count") {
				robot.Post(dev, "one")
				robot.Post(dev, "two")
			}
		}
	}()
	mm.User("alice", dev).Post(dev, "count, please")
	require.NoError(t, mm.Settle(t.Context()))
	assert.Len(t, dev.Posts(), 3)
}

func TestSettleDoesNotWaitForAClientThatReadsNothing(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	robot := mm.Bot("robot", dev)
	listen(t, mm, robot)
	robot.Post(dev, "hello")
	require.NoError(t, mm.Settle(t.Context()))
}

func TestSettleNamesTheRequestThatNobodyAnswers(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	entered, leave := make(chan struct{}), make(chan struct{})
	mm.Mount("http://bot.test", http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		close(entered)
		<-leave
	}))
	mm.OutgoingWebhook(dev, "http://bot.test/hook", "go")
	mm.Admin.Post(dev, "go")
	<-entered
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	defer cancel()
	err := mm.Settle(ctx)
	assert.ErrorIs(t, err, context.DeadlineExceeded)
	assert.ErrorContains(t, err, "still under way is POST http://bot.test/hook")
	close(leave)
	assert.NoError(t, mm.Settle(t.Context()))
	assert.Empty(t, mm.InFlight())
}

func TestSettleWaitsForWhatACommandDoesAfterAWhile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mm := mmfake.New(t, mmfake.InMemory())
		dev := mm.Channel("dev")
		mm.User("alice", dev).Run(dev, "/echo hello 10")
		assert.Equal(t, []string{"/echo hello 10"}, mm.InFlight())
		require.NoError(t, mm.Settle(t.Context()))
		assert.Len(t, dev.Posts(), 1)
		mm.User("alice", dev).Run(dev, "/echo never 10")
	})
}

func TestAClosedServerIsSettled(t *testing.T) {
	mm := mmfake.New(t)
	mm.Close()
	assert.NoError(t, mm.Settle(t.Context()))
}

func TestWaitForLooksAgainAfterEachEvent(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	post := mm.Admin.Post(dev, "hello")
	go func() {
		mm.Admin.React(post, "eyes")
		mm.Admin.React(post, "wave")
	}()
	assert.NoError(t, mm.WaitFor(t.Context(), func() bool {
		there, err := mm.Reactions(post)
		return err == nil && len(there) == 2
	}))
	mm.Close()
	assert.ErrorIs(t, mm.WaitFor(t.Context(), func() bool { return false }), mmfake.ErrClosed)
}

func TestAFailedTestLogsWhatHappened(t *testing.T) {
	tb := &recordingTB{TB: t}
	mm := mmfake.New(tb)
	for range 200 {
		mm.Admin.Post(mm.Channel("dev"), "again")
	}
	mm.Admin.Post(mm.Channel("dev"), "hello")
	mm.Fail(recorder.Route("POST /posts"), mmfake.Status(503))
	mm.Fail(recorder.Route("GET /api/v4/users/{user_id}"), mmfake.Status(503), mmfake.After(1))
	ask(mm, mm.Admin, "GET /api/v4/users/me", "")
	tb.Errorf("it went wrong")
	tb.cleanup()
	require.Len(t, tb.logs, 2)
	assert.Equal(t, `mmfake: nothing has met the condition of the fault "status 503": POST /posts`, tb.logs[1])
	assert.Contains(t, tb.logs[0], "(101 lines before)\n@sysadmin posts in ~dev: again")
	assert.Contains(t, tb.logs[0], "@sysadmin posts in ~dev: hello")
}
