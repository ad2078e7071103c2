package world

import (
	"slices"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// An Event is a change that clients hear of over the websocket (facts 11.6).
type Event struct {
	Name      string
	Data      map[string]any // what the message carries; a JSON string where Mattermost has one
	Broadcast model.Broadcast
	// Own holds lists of user ids that each receiver sees only himself in, such
	// as "mentions": who is not on the list does not see the key at all.
	Own map[string][]string
	// Each says what a receiver gets in the place of some of Data, nil for nothing. It
	// is called as Deliver is; nil is for events that are the same for all.
	Each func(*Session) map[string]any
	// Author is who made the post of a posted event: he need not acknowledge it.
	Author string

	world *World
}

// A Sink hears events.
type Sink interface {
	// Deliver is told of an event before the method that made it returns, in the
	// order of the changes. The world is locked meanwhile: Deliver must neither
	// block nor call the world's exported methods; it may call the event's.
	Deliver(*Event)
	// Listening says whether Deliver would do anything with an event. Where it
	// would not, the world may not make the event at all. It is called as Deliver is.
	Listening() bool
}

// Subscribe makes sink hear each event from now on.
func (w *World) Subscribe(sink Sink) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.sinks = append(w.sinks, sink)
}

// heard says whether anybody listens, so that a hot path need not make events
// for nobody.
func (w *World) heard() bool { return slices.ContainsFunc(w.sinks, Sink.Listening) }

// publish hands an event to those who listen, if the version has it, and in that
// version's form. w.mu is held.
func (w *World) publish(e *Event) {
	e.world = w
	if !w.version.Event(e.Name, e.Data) {
		return
	}
	if !w.version.Has(versions.OwnMentionsOnly) {
		e.shareOwn()
	}
	for _, sink := range w.sinks {
		sink.Deliver(e)
	}
}

// shareOwn shows each receiver the whole lists.
func (e *Event) shareOwn() {
	for key, ids := range e.Own {
		e.Data[key] = e.world.inJSON(ids)
	}
	e.Own = nil
}

// Reaches says whether the session, if it is still valid, is of somebody whom the
// broadcast names: that user, the channel's or the team's members, or everybody.
// It is for sinks, as long as they handle the event.
func (e *Event) Reaches(s *Session) bool {
	if !e.world.valid(s, e.world.clock.now()) {
		return false
	}
	to, userID := &e.Broadcast, s.UserID
	admin := to.ContainsSanitizedData || to.ContainsSensitiveData
	admin = admin && e.world.may(s, ManageSystem)
	switch {
	case to.ContainsSanitizedData && admin, to.ContainsSensitiveData && !admin:
		return false
	case to.UserID != "":
		return to.UserID == userID
	case to.OmitUsers[userID]:
		return false
	case to.ChannelID != "":
		c := e.world.channels[to.ChannelID]
		return c != nil && c.members[userID] != nil
	case to.TeamID != "":
		t := e.world.teams[to.TeamID]
		return t != nil && t.active(userID)
	}
	return true
}

// Notifies says whether a user has the client notify him of every message in the
// channel that the event is about. It is for sinks, as Reaches is.
func (e *Event) Notifies(userID string) bool {
	c := e.world.channels[e.Broadcast.ChannelID]
	if c == nil || c.members[userID] == nil {
		return false
	}
	m := c.members[userID]
	switch m.NotifyProps["desktop"] {
	case "all":
		return true
	case "default":
		level := m.user.NotifyProps["desktop"]
		return level == "all" || level == "mention" && c.Type == model.ChannelGroup
	}
	return false
}

// The usual audiences.

func toUser(id string) model.Broadcast    { return model.Broadcast{UserID: id} }
func toChannel(id string) model.Broadcast { return model.Broadcast{ChannelID: id} }
func toTeam(id string) model.Broadcast    { return model.Broadcast{TeamID: id} }

// inJSON writes a value as the text that Mattermost puts into an event's data.
func (w *World) inJSON(v any) string {
	b, err := w.version.Marshal(v)
	if err != nil {
		panic("world: a model object always encodes: " + err.Error())
	}
	return string(b)
}
