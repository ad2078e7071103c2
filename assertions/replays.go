package assertions

import (
	"context"
	"errors"
	"time"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// A Replay answers the code under test from a fixture: a *mmfake.Replayed, or a
// *recorder.Replay.
type Replay interface {
	Wait(context.Context) error
	Unused() []string
	Problems() []string
}

// AllReplayed waits, up to [DefaultLimit], until the code under test has made every
// request of a fixture, and fails where one is missing or where it has asked for
// anything else. It is for tests that have a replay in the place of a fake;
// [Assertions.AllReplayed] is for those that have both.
func AllReplayed(t TestingT, replay Replay) bool {
	t.Helper()
	return (&Assertions{t: t, limit: DefaultLimit}).AllReplayed(replay)
}

// AllReplayed waits until the code under test has made every request of a fixture, and
// fails where one is missing in time or, at once, where it has asked for anything else.
func (a *Assertions) AllReplayed(replay Replay) bool {
	a.t.Helper()
	if missing(replay) {
		a.fail("", "There is no replay that could have been asked: it is nil, and mmfake.Replay makes one.")
		return false
	}
	ctx, cancel := a.context()
	defer cancel()
	start := time.Now()
	err := replay.Wait(ctx)
	if err == nil {
		return true
	}
	waited := since(start, err)
	if errors.Is(err, recorder.ErrReplayClosed) {
		waited += ", until the replay was closed"
	}
	a.fail(table("missing: ", lines(replay.Unused()))+"\n"+table("beside:  ", lines(replay.Problems())), "The fixture was not replayed as it is (%s).", waited)
	return false
}

// missing says whether there is no replay, also behind a pointer.
func missing(replay Replay) bool {
	switch r := replay.(type) {
	case nil:
		return true
	case *mmfake.Replayed:
		return r == nil || r.Replay == nil
	case *recorder.Replay:
		return r == nil
	}
	return false
}

// A line shows itself.
type line string

func (l line) String() string { return string(l) }

func lines(list []string) []line {
	all := make([]line, len(list))
	for i, one := range list {
		all[i] = line(one)
	}
	return all
}
