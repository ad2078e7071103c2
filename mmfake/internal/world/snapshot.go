package world

// A Snapshot is what a world held at one time.
type Snapshot struct{ memento *memento }

// Snapshot remembers all that the world holds now. It costs as much as the world has
// objects, and nothing for what files and posts hold.
func (w *World) Snapshot() *Snapshot {
	w.mu.Lock()
	defer w.mu.Unlock()
	return &Snapshot{remember(&w.state)}
}

// Restore makes the world hold again what it held, as often as one likes. Ids and
// times go on: what is made after it is like nothing that was made before. Nobody is
// told, and nobody is connected: whoever calls it has cut the connections off.
func (w *World) Restore(s *Snapshot) {
	w.mu.Lock()
	defer w.mu.Unlock()
	s.memento.restore()
	for _, u := range w.allUsers {
		if u.connections > 0 {
			u.connections = 0
			w.wentOffline(u)
		}
	}
}

// Reset makes the world hold what it held after New and Populate, with the same ids,
// and opens the admin's first session again. What is said of Restore goes for it.
func (w *World) Reset() *Session {
	w.mu.Lock()
	defer w.mu.Unlock()
	goOn := w.ids.replay()
	defer goOn()
	fresh := newState(w.initial)
	fresh.outgoing.fire = w.outgoing.fire
	w.state = fresh
	return w.populate()
}
