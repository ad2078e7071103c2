package socket

import (
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// A presence is what a client told of where its user looks, as ids of channels: nil for
// what it never told, "" for nowhere.
type presence struct {
	channel  *string // in the centre
	beside   *string // of the thread beside it
	threaded *string // of the thread that is looked at among all threads
}

// announce takes over what a presence action tells.
func (l *listener) announce(data map[string]any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if id, ok := data["channel_id"].(string); ok {
		l.presence.channel = &id
	}
	if id, ok := data["thread_channel_id"].(string); ok {
		if among, _ := data["is_thread_view"].(bool); among {
			l.presence.threaded = &id
		} else {
			l.presence.beside = &id
		}
	}
}

// looksElsewhere says whether the client does without an event because its user
// looks at another channel, and at no thread of this one. Of a client that has not told
// all of it, nobody knows.
func (l *listener) looksElsewhere(e *world.Event) bool {
	switch e.Name {
	case model.EventTyping, model.EventReactionAdded, model.EventReactionRemoved:
	default:
		return false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	other := func(id *string) bool { return id != nil && *id != e.Broadcast.ChannelID }
	return other(l.presence.channel) && other(l.presence.beside) && other(l.presence.threaded)
}
