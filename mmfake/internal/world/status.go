package world

import "github.com/seed-a46829e6/mattermost-fake/mmfake/model"

// Connected notes that a client of the user has connected to the websocket: he is
// online, unless he chose to be something else (facts 11.5).
func (w *World) Connected(userID string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if u := w.users[userID]; u != nil {
		u.connections++
		w.cameOnline(u, false)
	}
}

// Disconnected notes that one of the user's connections has gone. With the last
// one he is offline, unless he chose to be something else.
func (w *World) Disconnected(userID string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	u := w.users[userID]
	if u == nil {
		return
	}
	u.connections--
	if u.connections == 0 {
		w.wentOffline(u)
	}
}

// wentOffline is for users whose last connection has gone.
func (w *World) wentOffline(u *user) {
	if !w.statusOf(u).Manual {
		w.setStatus(u, model.StatusOffline, false)
	}
}

// cameOnline notes that a user does something, or with manual that he chose to be
// online. What else he chose himself outlasts what he does.
func (w *World) cameOnline(u *user, manual bool) {
	now := w.statusOf(u)
	if now.Manual && !manual || !w.config.EnableUserStatuses {
		return
	}
	if now.Status == model.StatusOnline {
		u.status.LastActivityAt = w.clock.tick()
		return
	}
	w.setStatus(u, model.StatusOnline, false) // there is no choosing it: what he does counts again
}

// looksAt notes that a user shows a channel, "" for none: who does so is there.
func (w *World) looksAt(u *user, channelID string) {
	if channelID != "" || u.status.Status == "" {
		w.cameOnline(u, false)
	}
}

// setStatus changes whether a user is there, and tells his own clients (facts 2.8).
// A manual status is one that he chose himself. To be away or not to be disturbed is
// no activity.
func (w *World) setStatus(u *user, status string, manual bool) {
	if !w.config.EnableUserStatuses {
		return
	}
	before := w.statusOf(u)
	if before.Status != model.StatusDND {
		u.statusBefore = before.Status
	}
	active := before.LastActivityAt
	if status == model.StatusOnline || status == model.StatusOffline {
		active = w.clock.tick()
	}
	u.status = model.Status{UserID: u.ID, Status: status, Manual: manual, LastActivityAt: active}
	w.publish(&Event{Name: model.EventStatusChange, Data: map[string]any{"status": status, "user_id": u.ID}, Broadcast: toUser(u.ID)})
}

// NoteActivity does what a client asks for whose user is busy with it, or is not.
// Without manual, one who is not becomes away only after a while.
func (w *World) NoteActivity(as *Session, active, manual bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	u := as.user
	switch {
	case active:
		w.cameOnline(u, manual)
	case manual:
		w.setStatus(u, model.StatusAway, true)
	case w.idle(u):
		w.setStatus(u, model.StatusAway, false)
	}
}

// idle says whether a user who is online has done nothing for as long as makes him
// away.
func (w *World) idle(u *user) bool {
	s := w.statusOf(u)
	return s.Status == model.StatusOnline && !s.Manual && w.clock.now()-s.LastActivityAt >= int64(w.config.UserStatusAwayTimeout)*1000
}

// statusOf is a user's status; one who never was there is offline. A do-not-disturb
// that has ended gives way to what was before.
func (w *World) statusOf(u *user) model.Status {
	s := u.status
	switch {
	case s.Status == "":
		return model.Status{UserID: u.ID, Status: model.StatusOffline}
	case s.Status == model.StatusDND && s.DNDEndTime != 0 && u.undisturbed <= w.clock.now():
		s.Status, s.Manual, s.DNDEndTime = u.statusBefore, false, 0
	}
	return s
}

// Status returns a user's status. Where the settings let the server tell nobody's, it
// knows no user.
func (w *World) Status(id string) (*model.Status, error) {
	if list := w.Statuses([]string{id}); len(list) > 0 {
		return &list[0], nil
	}
	return nil, errStatusUnknown.With()
}

// Statuses returns the statuses of users by their ids, those of nobody as offline. It
// returns none where the settings let the server tell nobody's.
func (w *World) Statuses(ids []string) []model.Status {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if !w.config.EnableUserStatuses {
		return []model.Status{}
	}
	list := make([]model.Status, len(ids))
	for i, id := range ids {
		list[i] = model.Status{UserID: id, Status: model.StatusOffline}
		if u := w.users[id]; u != nil {
			list[i] = w.statusOf(u)
		}
	}
	return list
}

// KnownStatuses returns the statuses of all users who were ever there.
func (w *World) KnownStatuses() []model.Status {
	w.mu.RLock()
	defer w.mu.RUnlock()
	var list []model.Status
	for _, u := range w.allUsers {
		if u.status.Status != "" && w.config.EnableUserStatuses {
			list = append(list, w.statusOf(u))
		}
	}
	return list
}
