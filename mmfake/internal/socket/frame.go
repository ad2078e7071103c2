package socket

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// A frame is a message to clients, an event's without its number: all who receive
// the same share one. It is never changed.
type frame struct {
	text        []byte
	dispensable bool // a client with a crowded queue can do without
}

// appendTo appends the message as it is written on the wire.
func (q queued) appendTo(b []byte) []byte {
	if q.seq == noSeq {
		return append(b, q.text...)
	}
	b = slices.Grow(b, len(q.text)+len(`, "seq": }`)+20)
	b = append(append(b, q.text...), `, "seq": `...)
	return append(strconv.AppendInt(b, q.seq, 10), '}')
}

// frames are an event in the form of each of its receivers. It is encoded when the
// first one wants it.
type frames struct {
	event   *world.Event
	version versions.Version
	data    map[string]json.RawMessage // encoded; nil until needed
	tail    []byte                     // what follows the data
	all     *frame                     // for those who see nothing of their own
}

func (h *Hub) newFrames(e *world.Event) *frames { return &frames{event: e, version: h.version} }

// of is the event as a listener gets it: with what is for him alone, and his own id in
// those of the event's lists that hold it, and nothing of the others. Hub.mu is held.
func (f *frames) of(l *listener) *frame {
	f.encode()
	var own map[string]json.RawMessage
	for key, ids := range f.event.Own {
		if slices.Contains(ids, l.userID) {
			own = with(own, key, f.inJSON(string(f.inJSON([]string{l.userID}))))
		}
	}
	acknowledged := l.ack && f.concerns(l, own)
	if f.event.Each != nil {
		for key, value := range f.event.Each(l.session) {
			own = with(own, key, f.inJSON(value))
		}
	}
	if acknowledged {
		own = with(own, "should_ack", json.RawMessage("true"))
	}
	if own != nil {
		return f.frame(own)
	}
	if f.all == nil {
		f.all = f.frame(nil)
	}
	return f.all
}

func with(m map[string]json.RawMessage, key string, value json.RawMessage) map[string]json.RawMessage {
	if m == nil {
		m = map[string]json.RawMessage{}
	}
	m[key] = value
	return m
}

// concerns says whether a new post is one that its receiver would be notified of:
// somebody else's that mentions him, in a thread or a direct channel of his, or in a
// channel of which he wants to hear all.
func (f *frames) concerns(l *listener, own map[string]json.RawMessage) bool {
	if f.event.Name != model.EventPosted || f.event.Author == l.userID {
		return false
	}
	return len(own) > 0 || f.event.Data["channel_type"] == model.ChannelDirect || f.event.Notifies(l.userID)
}

func (f *frames) encode() {
	if f.data != nil {
		return
	}
	f.data = make(map[string]json.RawMessage, len(f.event.Data))
	for key, value := range f.event.Data {
		f.data[key] = f.inJSON(value)
	}
	f.tail = append([]byte(`, "broadcast": `), f.inJSON(&f.event.Broadcast)...)
}

// frame writes the event with the keys that are only its receiver's.
func (f *frames) frame(own map[string]json.RawMessage) *frame {
	keys := slices.AppendSeq(make([]string, 0, len(f.data)+len(own)), maps.Keys(f.data))
	keys = slices.AppendSeq(keys, maps.Keys(own))
	slices.Sort(keys)
	keys = slices.Compact(keys)
	text := append(append([]byte(`{"event": `), f.inJSON(f.event.Name)...), `, "data": {`...)
	for i, key := range keys {
		value, ok := own[key]
		if !ok {
			value = f.data[key]
		}
		if i > 0 {
			text = append(text, ',')
		}
		text = append(append(append(text, f.inJSON(key)...), ':'), value...)
	}
	text = append(append(text, '}'), f.tail...)
	return &frame{text: text, dispensable: dispensable[f.event.Name]}
}

// helloFrame is the first event of every listener.
func helloFrame(l *listener, version string) *frame {
	e := &world.Event{
		Name:      model.EventHello,
		Data:      map[string]any{"connection_id": l.publicID(), "server_hostname": hostname, "server_version": version},
		Broadcast: model.Broadcast{UserID: l.userID},
	}
	l.hub.version.Event(e.Name, e.Data)
	return l.hub.newFrames(e).of(l)
}

// hostname is what the server calls the machine that it runs on.
const hostname = "mmfake"

// inJSON writes a value as servers of the version do.
func (f *frames) inJSON(v any) []byte { return encode(f.version, v) }

// encode writes a value that always encodes.
func encode(version versions.Version, v any) []byte {
	b, err := version.Marshal(v)
	if err != nil {
		panic("socket: what the world publishes always encodes: " + err.Error())
	}
	return b
}
