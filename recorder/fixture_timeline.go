package recorder

import (
	"cmp"
	"iter"
	"net/http"
	"slices"
)

// The time line of a fixture is the same whoever has recorded the session: the server,
// which queues an event while it answers the request that caused it, or a proxy, which
// sees the event some time after the answer, perhaps when the client's next request is
// under way already. So what a server sends on its websockets does not stand where it was
// seen, but behind what it is news of:
//
//   - Requests, the server's own included, and what clients send on websockets, stand in
//     the order in which they began. They are the steps.
//   - A message of the server's stands behind the step that caused it, as far as its ids
//     and its times tell which that was; see placing. It stands at least as far down as
//     the one before it on its connection.
//   - Behind one step, the messages of the connection that was opened first come first.
//
// Exchanges that did not begin in a journal, such as those of a fixture, keep their order.

// timeline puts exchanges, of which shown is what a fixture shows, into that order.
func timeline(exchanges []*Exchange, shown []*value) []*value {
	if slices.ContainsFunc(exchanges, func(ex *Exchange) bool { return ex.Began == 0 }) {
		return shown
	}
	seen := make([]int, len(exchanges))
	for i := range seen {
		seen[i] = i
	}
	slices.SortStableFunc(seen, func(a, b int) int { return cmp.Compare(exchanges[a].Began, exchanges[b].Began) })
	t := newPlacing()
	var messages []*timeMessage
	for _, i := range seen {
		if ex := exchanges[i]; ex.Kind == KindSocket && ex.Direction == Out {
			m := newTimeMessage(ex, shown[i])
			t.place(m)
			messages = append(messages, m)
		} else {
			t.pass(newStep(ex, shown[i]))
		}
	}
	slices.SortStableFunc(messages, func(a, b *timeMessage) int {
		return cmp.Or(cmp.Compare(a.behind, b.behind), cmp.Compare(a.on.connection, b.on.connection), cmp.Compare(a.on.actor, b.on.actor))
	})
	return merge(t.steps, messages)
}

// merge puts each step before the messages behind it.
func merge(steps []*timeStep, messages []*timeMessage) []*value {
	line := make([]*value, 0, len(steps)+len(messages))
	for i := -1; i < len(steps); i++ { // a message may be behind nothing
		if i >= 0 {
			line = append(line, steps[i].shown)
		}
		for len(messages) > 0 && messages[0].behind == i {
			line = append(line, messages[0].shown)
			messages = messages[1:]
		}
	}
	return line
}

// A timeStep is a request with its answer, or a message of a client.
type timeStep struct {
	shown     *value
	actor     string
	on        stream // of the handshake, and the messages, of a connection
	asked     words  // what the request says
	answered  words  // what the answer says
	effective bool   // it may change something; false for GET and its like (RFC 9110, 9.2.1)
	opens     bool   // it is a handshake, which changes something for its own connection
	clock     string // the earliest moment that the answer is the first to tell, "" for none
	latest    string // the latest moment that the answers up to this one tell
}

// A timeMessage is one of the server's on a websocket.
type timeMessage struct {
	shown  *value
	on     stream
	says   words
	latest string // of its moments, "" for none
	behind int    // the step behind which it stands, -1 before the first
}

// A stream is a connection, or where nobody has counted them all those of a user.
type stream struct {
	connection int64
	actor      string
}

func streamOf(ex *Exchange) stream {
	if ex.Connection != 0 {
		return stream{connection: ex.Connection}
	}
	return stream{actor: ex.Actor}
}

func newStep(ex *Exchange, shown *value) *timeStep {
	s := &timeStep{shown: shown, actor: shown.string("actor"), asked: words{}, answered: words{}}
	s.opens = ex.Response.Status == http.StatusSwitchingProtocols
	if s.opens || ex.Kind == KindSocket {
		s.on = streamOf(ex)
	}
	safe := ex.Request.Method == http.MethodGet || ex.Request.Method == http.MethodHead || ex.Request.Method == http.MethodOptions
	s.effective = !safe || s.opens || ex.Kind == KindCallback
	s.asked.add(shown.get("request"))
	s.answered.add(shown.get("answer"))
	return s
}

func newTimeMessage(ex *Exchange, shown *value) *timeMessage {
	m := &timeMessage{shown: shown, on: streamOf(ex), says: words{}}
	m.says.add(shown.get("request"))
	for moment := range m.says.moments() {
		m.latest = max(m.latest, moment)
	}
	return m
}

// words are the ids, and the moments in milliseconds, that something says.
type words map[string]bool

// add adds those of a value and all that is in it, headers aside: they say who asks.
func (w words) add(v *value) {
	if v == nil {
		return
	}
	switch v.kind {
	case number:
		if isMilliseconds(v.text) {
			w[v.text] = true
		}
	case text:
		w.addText(v.text)
	}
	for i, item := range v.items {
		if v.kind == object {
			if v.keys[i] == "header" {
				continue
			}
			w.addText(v.keys[i])
		}
		w.add(item)
	}
}

func (w words) addText(s string) {
	for _, r := range runs(s) {
		if !isHash(r.text) {
			w[r.text] = true
		}
	}
}

// moments are those of the words that are moments. Being of one length, they compare as
// texts.
func (w words) moments() iter.Seq[string] {
	return func(yield func(string) bool) {
		for word := range w {
			if isMilliseconds(word) && !yield(word) {
				return
			}
		}
	}
}
