package world

import (
	"time"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// Busy says whether an admin has marked the server as busy: then it refuses what it
// can do without, searches and who is typing (facts 1.5).
func (w *World) Busy() bool {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.busyUntil > w.clock.now()
}

// BusyState tells an admin until when the server is marked as busy.
func (w *World) BusyState(as *Session) (*model.ServerBusyState, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if !w.may(as, ManageSystem) {
		return nil, ErrPermission.With(ManageSystem)
	}
	state := &model.ServerBusyState{Busy: w.busyUntil > w.clock.now()}
	var end time.Time // the zero time where it is not
	if state.Busy {
		end = time.UnixMilli(w.busyUntil)
	}
	state.Expires, state.ExpiresTS = end.Unix(), end.UTC().Format("Mon Jan 2 15:04:05 -0700 MST 2006")
	return state, nil
}

// MarkBusy marks the server as busy for some time, or with 0 as busy no more.
func (w *World) MarkBusy(as *Session, howLong time.Duration) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.may(as, ManageSystem) {
		return ErrPermission.With(ManageSystem)
	}
	w.busyUntil = w.clock.now() + howLong.Milliseconds()
	return nil
}
