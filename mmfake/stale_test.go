package mmfake_test

import (
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
)

func TestWhatResetHasTakenIsRecognised(t *testing.T) {
	const gone = "is on the server no more, since Reset, Restore or a deletion for good: ask the server again"
	for name, try := range map[string]struct {
		do   func(mm *mmfake.Server, alice *mmfake.Actor, dev *mmfake.Channel)
		says string
	}{
		"his channel":    {func(_ *mmfake.Server, alice *mmfake.Actor, dev *mmfake.Channel) { alice.Post(dev, "a") }, "~dev " + gone},
		"another's":      {func(mm *mmfake.Server, _ *mmfake.Actor, dev *mmfake.Channel) { mm.Admin.Join(dev) }, "~dev " + gone},
		"himself":        {func(mm *mmfake.Server, alice *mmfake.Actor, _ *mmfake.Channel) { alice.Post(mm.Channel("new"), "a") }, "@alice " + gone},
		"himself at DMs": {func(mm *mmfake.Server, alice *mmfake.Actor, _ *mmfake.Channel) { alice.Direct(mm.Admin) }, "@alice " + gone},
		"somebody":       {func(mm *mmfake.Server, alice *mmfake.Actor, _ *mmfake.Channel) { mm.RevokeToken(alice) }, "@alice " + gone},
		"a token":        {func(_ *mmfake.Server, alice *mmfake.Actor, _ *mmfake.Channel) { alice.AccessToken("a") }, "@alice " + gone},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Contains(t, verdict(t, func(mm *mmfake.Server) {
				dev := mm.Channel("dev")
				alice := mm.User("alice", dev)
				mm.Reset()
				try.do(mm, alice, dev)
			}, mmfake.InMemory()), try.says)
		})
	}
}

func TestNoConditionIsAboutWhatIsGone(t *testing.T) {
	mm := mmfake.New(t, mmfake.InMemory())
	empty := mm.Snapshot()
	dev := mm.Channel("dev")
	alice := mm.User("alice", dev)
	_, err := mm.Candidates(mmfake.In(dev), mmfake.By(alice))
	require.NoError(t, err)
	mm.Restore(empty)
	_, err = mm.Candidates(mmfake.In(dev))
	assert.ErrorContains(t, err, "~dev is on the server no more")
	_, err = mm.Candidates(mmfake.By(alice))
	assert.ErrorContains(t, err, "@alice is on the server no more")
}

// Tests that share a server are bound to it by With, and one of them takes back what
// another one knows.
func TestAllWhoShareAServerAreAskedAgainAfterReset(t *testing.T) {
	shared := mmfake.New(t)
	mine, yours := shared.With(t), shared.With(t)
	for name, takeBack := range map[string]func(*mmfake.Snapshot){
		"Reset":   func(*mmfake.Snapshot) { mine.Reset() },
		"Restore": mine.Restore,
	} {
		t.Run(name, func(t *testing.T) {
			empty := shared.Snapshot()
			yours.User("alice", yours.Team("sales").Channel("deals"))
			takeBack(empty)
			deals := yours.Team("sales").Channel("deals")
			alice := yours.User("alice", deals)
			alice.Post(deals, "hello")
			assert.Equal(t, 200, ask(yours, alice, "GET /api/v4/users/me", "").status)
			assert.Equal(t, 200, ask(yours, yours.Admin, "GET /api/v4/users/me", "").status)
			assert.Equal(t, alice.ID, mine.User("alice").ID)
		})
	}
}

func TestWhoWasAskedForAfterASnapshotIsAskedForAnew(t *testing.T) {
	mm := mmfake.New(t, mmfake.InMemory())
	snapshot := mm.Snapshot()
	mm.User("user-1")
	mm.Restore(snapshot)
	assert.Equal(t, 200, ask(mm, mm.User("user-1"), "GET /api/v4/users/me", "").status)
}

func TestARestartedServerComesBackWhateverHappensMeanwhile(t *testing.T) {
	for name, options := range map[string][]mmfake.Option{"port": nil, "memory": {mmfake.InMemory()}} {
		t.Run(name, func(t *testing.T) {
			mm := mmfake.New(t, options...)
			ended := make(chan struct{})
			go func() {
				defer close(ended)
				mm.Restart(func() {}, func() { mm.Restart() }, func() { runtime.Goexit() })
			}()
			<-ended
			assert.Equal(t, 200, ask(mm, mm.Admin, "GET /api/v4/users/me", "").status)
		})
	}
}
