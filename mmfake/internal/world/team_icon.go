package world

import (
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// TeamIcon returns a team's icon as a PNG, and when it was uploaded. Who may see
// the team may see it.
func (w *World) TeamIcon(as *Session, id string) (icon []byte, changed int64, err error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	t := w.teams[id]
	if t == nil {
		return nil, 0, errTeamUnknown.With()
	}
	if _, err := w.seeTeam(as, t); err != nil {
		return nil, 0, err
	}
	if t.icon == nil {
		return nil, 0, errNoIcon.With()
	}
	return t.icon, t.LastTeamIconUpdate, nil
}

// MayChangeTeamIcon says why the session's user may not change a team's icon, nil
// where he may: before somebody reads what he sends.
func (w *World) MayChangeTeamIcon(as *Session, id string) error {
	w.mu.RLock()
	defer w.mu.RUnlock()
	_, err := w.managed(as, id)
	return err
}

// SetTeamIcon makes a PNG, JPEG or GIF the icon of a team. Of one that is not
// square the middle is kept.
func (w *World) SetTeamIcon(as *Session, id string, content []byte) error {
	if err := w.MayChangeTeamIcon(as, id); err != nil {
		return err
	}
	size, _, ok := measure(content)
	if !ok || tooManyPixels(size) {
		return errIconLimits.With(mostPixels)
	}
	icon := w.easel.portrait(content) // without the lock: it takes time
	if icon == nil {
		return errIconDecode.With()
	}
	return w.storeIcon(as, id, icon)
}

// RemoveTeamIcon takes a team's icon away.
func (w *World) RemoveTeamIcon(as *Session, id string) error { return w.storeIcon(as, id, nil) }

func (w *World) storeIcon(as *Session, id string, icon []byte) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	t, err := w.managed(as, id)
	if err != nil {
		return err
	}
	t.icon, t.UpdateAt, t.LastTeamIconUpdate = icon, w.clock.tick(), 0
	if icon != nil {
		t.LastTeamIconUpdate = t.UpdateAt
	}
	w.tellTeam(model.EventUpdateTeam, t)
	return nil
}
