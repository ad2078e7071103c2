package readme_test

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

func TestAServerThatIsOverloaded(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	robot := mm.Bot("deploybot", dev)
	try := func() error { return announce(mm.URL, robot.Token, dev.ID, "deploying 1.4") }

	undo := mm.Fail(recorder.Route("POST /api/v4/posts"), mmfake.Status(503), mmfake.Times(2))

	assert.ErrorContains(t, try(), "503")
	undo()
	require.NoError(t, try())
}

func TestAnIntegrationThatIsDown(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	mm.Mount("http://deploybot.test", http.HandlerFunc(deploy))
	mm.Command("/deploy", "http://deploybot.test/command")

	mm.Fail(recorder.Route("POST http://deploybot.test/command"), mmfake.Status(503), mmfake.Times(1))

	assert.Equal(t, 503, mm.User("alice", dev).Run(dev, "/deploy prod").Status)
}

func TestAnEventThatIsLost(t *testing.T) {
	mm := mmfake.New(t)

	mm.Fail(recorder.And(recorder.OfKind(recorder.KindSocket), recorder.JSON("event", "posted")), mmfake.DropEvent(), mmfake.Times(1))

	mm.Admin.Post(mm.Channel("town-square"), "does anybody hear me?")
}
