package assertions_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/assertions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// announced is a fixture of two posts.
const announced = `{"format": 1, "names": {"channel": ["dev"]}, "exchanges": [
	{"kind": "api", "direction": "in", "request": {"method": "POST", "path": "/api/v4/posts", "json": {"channel_id": "{channel.dev}", "message": "deploying"}},
		"answer": {"status": 201, "json": {}}},
	{"kind": "api", "direction": "in", "request": {"method": "POST", "path": "/api/v4/posts", "json": {"channel_id": "{channel.dev}", "message": "done"}},
		"answer": {"status": 201, "json": {}}}]}`

func replayOf(t *testing.T) *recorder.Replay {
	t.Helper()
	f, err := recorder.ParseFixture("announced.json", []byte(announced))
	require.NoError(t, err)
	replay := recorder.NewReplay(f)
	t.Cleanup(replay.Close)
	return replay
}

// announce is the code under test.
func announce(replay http.Handler, text string) {
	r := httptest.NewRequest("POST", "/api/v4/posts", strings.NewReader(`{"channel_id":"1bnzy8w9d3f5mkz9sphcwo9wxh","message":"`+text+`"}`))
	replay.ServeHTTP(httptest.NewRecorder(), r)
}

func TestAllReplayedWaitsForTheLastRequest(t *testing.T) {
	replay := replayOf(t)
	go func() {
		announce(replay, "deploying")
		announce(replay, "done")
	}()
	assert.True(t, assertions.AllReplayed(t, replay))
	assert.True(t, assertions.New(t, mmfake.New(t)).Within(0).AllReplayed(replay))
}

func TestAllReplayedTellsWhichRequestsAreMissing(t *testing.T) {
	replay := replayOf(t)
	announce(replay, "deploying")
	f := newFailing()
	assert.False(t, assertions.AllReplayed(f, replay))
	assert.Zero(t, f.stopped)
	golden(t, f)
}

func TestAllReplayedTellsAtOnceWhatElseWasAsked(t *testing.T) {
	replay := replayOf(t)
	announce(replay, "deployed")
	f := newPatient()
	assert.False(t, assertions.Require(f, mmfake.New(t)).Within(time.Minute).AllReplayed(replay))
	assert.Equal(t, 1, f.stopped)
	golden(t, f)
}

func TestAllReplayedEndsWhenTheReplayIsClosed(t *testing.T) {
	replay := replayOf(t)
	replay.Close()
	f := newPatient()
	assertions.AllReplayed(f, replay)
	golden(t, f)
}

func TestAllReplayedNeedsAReplay(t *testing.T) {
	for _, none := range []assertions.Replay{nil, (*mmfake.Replayed)(nil), &mmfake.Replayed{}, (*recorder.Replay)(nil)} {
		f := newPatient()
		assert.False(t, assertions.AllReplayed(f, none))
		require.Len(t, f.messages, 1)
		assert.Contains(t, f.messages[0], "it is nil, and mmfake.Replay makes one")
	}
}
