package mmfake_test

import (
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

var toBot = recorder.Route("POST " + bot + "/command")

// counted is a server whose command /deploy asks a mounted integration, and counts
// how often.
func counted(t *testing.T) (mm *mmfake.Server, run func() *mmfake.Answer, asked *atomic.Int64) {
	mm = mmfake.New(t, mmfake.InMemory())
	asked = new(atomic.Int64)
	mm.Mount(bot, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		answering(map[string]string{"text": "deploying"}).ServeHTTP(w, r)
	}))
	mm.Command("/deploy", bot+"/command")
	dev := mm.Channel("dev")
	alice := mm.User("alice", dev)
	return mm, func() *mmfake.Answer { return alice.Run(dev, "/deploy prod") }, asked
}

// The tests pass at their end: what a fault does to an integration is not held
// against it.
func TestAFaultMayStrikeARequestToAnIntegration(t *testing.T) {
	for name, c := range map[string]struct {
		fault  mmfake.Fault
		status int
		wrong  string // what the user is told
		took   time.Duration
		asked  int64 // how often the integration was
	}{
		"status":         {mmfake.Status(503), 503, "the status 503", 0, 0},
		"error":          {mmfake.Error("app.down"), 500, "the status 500", 0, 0},
		"delay":          {mmfake.Delay(10 * time.Second), 200, "", 10 * time.Second, 1},
		"too long delay": {mmfake.Delay(time.Minute), 0, "did not answer within 30s", 30 * time.Second, 0},
		"hang":           {mmfake.Hang(), 0, "did not answer within 30s", 30 * time.Second, 0},
		"reset":          {mmfake.Reset(), 0, "connection reset by peer", 0, 0},
		"truncate":       {mmfake.Truncate(5), 200, "its answer broke off: unexpected EOF", 0, 1},
		"malformed":      {mmfake.Malformed(), 200, "which is not the JSON object", 0, 1},
		"slow":           {mmfake.SlowBody(20 * time.Second), 200, "", 20 * time.Second, 1},
		"too slow":       {mmfake.SlowBody(time.Hour), 200, "did not answer within 30s", 30 * time.Second, 1},
		"rate, let pass": {mmfake.RateLimit(1, time.Minute), 200, "", 0, 1},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				mm, run, asked := counted(t)
				mm.Fail(toBot, c.fault, mmfake.Times(1))
				answer := run()
				assert.Equal(t, c.status, answer.Status)
				if c.wrong == "" {
					assert.NoError(t, answer.Err)
					assert.Equal(t, "deploying", answer.Ephemeral.Message)
				} else {
					assert.ErrorContains(t, answer.Err, c.wrong)
				}
				assert.InDelta(t, c.took, answer.Duration, float64(time.Millisecond))
				assert.Equal(t, c.asked, asked.Load())
				assert.NotEmpty(t, answer.Exchange.Fault)
				again := run()
				assert.NoError(t, again.Err)
				assert.Empty(t, again.Exchange.Fault)
			})
		})
	}
}

func TestAnIntegrationMayBeOverItsRate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mm, run, asked := counted(t)
		mm.Fail(toBot, mmfake.RateLimit(2, time.Minute))
		assert.Equal(t, []int{200, 200, 429}, []int{run().Status, run().Status, run().Status})
		ex, _ := mm.Journal.Last(toBot)
		assert.Equal(t, "30", ex.Response.Header.Get("Retry-After"))
		assert.Equal(t, "limit exceeded\n", ex.Response.Text())
		assert.EqualValues(t, 2, asked.Load())
	})
}

func TestAFaultStrikesWhatFollowsFromARequestOfAClient(t *testing.T) {
	mm, _, _ := counted(t)
	dev := mm.Channel("dev")
	bob := mm.User("bob", dev)
	mm.Fail(toBot, mmfake.Status(503), mmfake.For(bob))
	run := `{"channel_id":"` + dev.ID + `","command":"/deploy"}`
	assert.Equal(t, 200, ask(mm, mm.User("alice"), "POST /api/v4/commands/execute", run).status)
	struck := ask(mm, bob, "POST /api/v4/commands/execute", run)
	assert.Equal(t, 500, struck.status)
	assert.Contains(t, struck.body, "api.command.execute_command.failed_resp.app_error")
}

func TestAFaultStrikesAnOutgoingWebhookOnItsWayToAPort(t *testing.T) {
	integration := httptest.NewServer(answering(map[string]string{"text": "I have heard that"}))
	defer integration.Close()
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	mm.OutgoingWebhook(dev, integration.URL+"/hook", "go")
	mm.Fail(recorder.And(recorder.OfKind(recorder.KindCallback), recorder.JSON("trigger_word", "go")), mmfake.Truncate(3), mmfake.Times(1))
	mm.User("alice", dev).Post(dev, "go")
	struck, err := mm.Journal.Wait(t.Context(), 1, recorder.OfKind(recorder.KindCallback))
	assert.NoError(t, err)
	assert.Equal(t, `{"t`, struck[0].Response.Text())
	assert.Equal(t, "answer cut after 3 bytes", struck[0].Fault)
	mm.User("alice", dev).Post(dev, "go")
	_, err = mm.WaitForPost(t.Context(), mmfake.Text("I have heard that"))
	assert.NoError(t, err)
}

func TestAFaultStrikesEachHopOfARedirect(t *testing.T) {
	mm, run, _ := counted(t)
	mm.Mount(bot+"/command", http.RedirectHandler(bot+"/new", http.StatusTemporaryRedirect))
	mm.Fail(recorder.Route("POST "+bot+"/new"), mmfake.Status(502))
	assert.Equal(t, 502, run().Status)
	assert.Empty(t, mm.Journal.Find(toBot)[0].Fault)
}
