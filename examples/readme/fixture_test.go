package readme_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

const announced = "testdata/announced.json"

func TestAnAnnouncementIsRecorded(t *testing.T) {
	mm := mmfake.New(t)
	dev := mm.Channel("dev")
	robot := mm.Bot("deploybot", dev)
	mm.Record(announced) // written when the test has passed

	require.NoError(t, announce(mm.URL, robot.Token, dev.ID, "deploying 1.4"))
}

func TestTheRecordedAnnouncementIsMade(t *testing.T) {
	replay := mmfake.Replay(t, announced)

	require.NoError(t, announce(replay.URL, "any token", replay.Value("channel.1"), "deploying 1.4"))
}
