package recorder

import "slices"

// A socketPlan tells which websocket connection each recorded message belongs to. A
// fixture says whose it is; of several connections of one user the counts in the
// messages tell: each connection has its own, without gaps.
type socketPlan struct {
	of   map[int]int // by the index of a message: that of its connection's handshake
	last map[int]int // by the index of a handshake: that of the last message
}

// A plannedSocket is a connection while the plan is made.
type plannedSocket struct {
	handshake  int
	actor      string
	next, said int64 // the seq of its next message, and of its client's
}

func (f *Fixture) planSockets() socketPlan {
	plan := socketPlan{map[int]int{}, map[int]int{}}
	var sockets []*plannedSocket
	for i, shown := range f.exchanges {
		actor := shown.string("actor")
		switch {
		case Direction(shown.string("direction")) == In && opensSocket(shown):
			// A client that takes a connection up again says where it was.
			resumed := toInt(shown.get("request").get("query").string("sequence_number"))
			sockets = append(sockets, &plannedSocket{handshake: i, actor: actor, next: resumed, said: 1})
			plan.last[i] = i
		case Kind(shown.string("kind")) == KindSocket:
			if s := socketFor(sockets, shown); s != nil {
				plan.of[i], plan.last[s.handshake] = s.handshake, i
			}
		}
	}
	return plan
}

// socketFor returns the connection of a message: the last one of its user whose count it
// has, or else the last one; nil if there is none. It counts on.
func socketFor(sockets []*plannedSocket, shown *value) *plannedSocket {
	count := func(s *plannedSocket) *int64 {
		if Direction(shown.string("direction")) == In {
			return &s.said
		}
		return &s.next
	}
	seq := shown.get("request").get("json").get("seq")
	var last *plannedSocket
	for _, s := range slices.Backward(sockets) {
		if s.actor != shown.string("actor") && s.actor != "" {
			continue
		}
		if seq != nil && *count(s) == toInt(seq.text) {
			last = s
			break
		}
		if last == nil {
			last = s
		}
	}
	if last != nil && seq != nil {
		*count(last) = toInt(seq.text) + 1
	}
	return last
}
