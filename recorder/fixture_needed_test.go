package recorder_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// told is a session in which a client knows its token, the channel and a command's
// trigger; the rest the server has told it.
const told = `{"format": 1, "names": {"host": ["site"], "token": ["1"], "channel": ["dev"], "post": ["1", "2"], "trigger": ["1"], "team": ["test"], "user": ["alice"]}, "exchanges": [
 {"kind": "api", "direction": "in", "request": {"method": "POST", "path": "/api/v4/posts", "header": {"Authorization": "Bearer {token.1}"}, "json": {"channel_id": "{channel.dev}", "message": "at {host.site}, {brace.open}x.y}", "pending_post_id": "{time.1}"}}, "answer": {"status": 201, "json": {"id": "{post.1}"}}},
 {"kind": "socket", "direction": "out", "request": {"path": "/api/v4/websocket", "json": {"post": {"$json": {"id": "{post.2}"}}}}},
 {"kind": "callback", "direction": "out", "request": {"method": "POST", "origin": "http://bot.test", "path": "/command", "form": {"trigger_id": "{trigger.1}", "team_id": "{team.test}"}}, "answer": {"status": 200}},
 {"kind": "api", "direction": "in", "request": {"method": "POST", "path": "/api/v4/actions/dialogs/open", "json": {"trigger_id": "{trigger.1}", "dialog": {"{post.1}": "{post.2}"}}}, "answer": {"status": 200}}
]}
`

func TestWhatAClientNeedsIsWhatNobodyHasToldIt(t *testing.T) {
	f, err := recorder.ParseFixture("s.json", []byte(told))
	require.NoError(t, err)
	assert.Equal(t, []string{"token.1", "channel.dev", "trigger.1"}, f.Needed())
}

func TestNamesThatAFixtureDoesNotHaveAreSaid(t *testing.T) {
	f, err := recorder.ParseFixture("s.json", []byte(told))
	require.NoError(t, err)
	assert.NoError(t, f.CheckNames("token.1", "host.site", "time.7"))
	assert.EqualError(t, f.CheckNames("token.1", "user.bob"), `the fixture has no name "user.bob": it has host.site, token.1, channel.dev, post.1, post.2, trigger.1, team.test, user.alice`)
	assert.Error(t, f.CheckNames("time.x"))
	empty, err := recorder.ParseFixture("s.json", []byte(`{"format": 1, "names": {}, "exchanges": []}`))
	require.NoError(t, err)
	assert.EqualError(t, empty.CheckNames("user.bob"), `the fixture has no name "user.bob", and no other name`)
}
