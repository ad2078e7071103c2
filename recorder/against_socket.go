package recorder

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/coder/websocket"
)

// An againstSocket is a websocket of a user's, with what is to come on it and what has.
type againstSocket struct {
	handshake int // the index of its exchange
	actor     string
	ws        *websocket.Conn
	last      int           // the index of its handshake, or of what was said on it last
	greeted   bool          // something stands behind that
	done      chan struct{} // nobody reads from it any longer
	expected  []*expectation
	came      []*cameMessage // appended to with mu of the against held
}

// An expectation is a recorded message of the server's.
type expectation struct {
	index  int
	shown  *value // the message
	on     *againstSocket
	greets bool // it is the first behind its own connection's handshake, or what was said there
	over   bool // it has come, as it was recorded or not, or it was waited for in vain
}

type cameMessage struct {
	shown *value // as in a fixture, but with values
	used  bool
}

// quiet is how long nothing may come until what has come is taken for all.
const quiet = 250 * time.Millisecond

// listen reads what comes on a websocket until ctx ends.
func (a *against) listen(ctx context.Context, ws *websocket.Conn, i int) *againstSocket {
	s := &againstSocket{handshake: i, actor: a.f.exchanges[i].string("actor"), ws: ws, last: i, done: make(chan struct{})}
	ws.SetReadLimit(mostReplayed)
	go func() {
		defer close(s.done)
		for {
			_, body, err := ws.Read(ctx)
			if err != nil {
				return
			}
			came := &cameMessage{shown: &value{kind: object}}
			if err := (&fixtureRules{}).unfoldMessage(came.shown, &Message{Body: body}); err != nil {
				came.shown.add("text", textValue(string(body)))
			}
			if len(came.shown.items) == 0 || a.isIgnored(came.shown) {
				continue
			}
			a.mu.Lock()
			s.came = append(s.came, came)
			a.mu.Unlock()
			select {
			case a.news <- struct{}{}:
			default:
			}
		}
	}()
	return s
}

// closeSockets ends all connections, and waits for those who read from them.
func (a *against) closeSockets() {
	for _, s := range a.sockets {
		s.ws.CloseNow()
		<-s.done
	}
}

// leave ends the connections of a user that were not used any longer when another one of
// hers was opened.
func (a *against) leave(ctx context.Context, opened int) {
	for _, s := range a.sockets {
		if s.actor == a.f.exchanges[opened].string("actor") && a.plan.last[s.handshake] < opened {
			a.awaitLast(ctx, func(e *expectation) bool { return e.on == s })
			s.ws.Close(websocket.StatusNormalClosure, "")
		}
	}
}

// socketOf returns the connection of a recorded message, nil if there is none.
func (a *against) socketOf(i int) *againstSocket {
	handshake, planned := a.plan.of[i]
	for _, s := range a.sockets {
		if planned && s.handshake == handshake {
			return s
		}
	}
	return nil
}

// expect has a recorded message be waited for.
func (a *against) expect(i int, shown *value) {
	message, actor := shown.get("request"), shown.string("actor")
	s := a.socketOf(i)
	switch {
	case s != nil && !a.isIgnored(message):
		s.expected = append(s.expected, &expectation{index: i, shown: message, on: s, greets: !s.greeted && !slices.Contains(a.sending[s.last+1:i], true)})
		s.greeted = true
	case s == nil && !slices.Contains(a.deaf, actor):
		a.deaf = append(a.deaf, actor)
		a.notSent(i, "there is no websocket of "+orNone(actor)+", so nothing that was sent there is compared")
	}
}

// eventOf is the name of an event, "" for another message.
func eventOf(message *value) string { return message.get("json").string("event") }

// isIgnored tells whether an event is ignored as a whole.
func (o *driveOptions) isIgnored(message *value) bool {
	event := eventOf(message)
	return event != "" && slices.ContainsFunc(o.ignored, func(part string) bool { return isBelow("event."+event, part) })
}

// left returns what is still to come, of all or of some that is expected.
func (a *against) left(which func(*expectation) bool) []*expectation {
	var left []*expectation
	for _, s := range a.sockets {
		for _, e := range s.expected {
			if !e.over && which(e) {
				left = append(left, e)
			}
		}
	}
	return left
}

// await waits for what is expected, as long as an event may take. When nothing more comes,
// what has come instead is taken for it.
func (a *against) await(ctx context.Context, which func(*expectation) bool) {
	timeout := time.NewTimer(a.eventsWithin)
	defer timeout.Stop()
	for {
		a.meet()
		left := a.left(which)
		if len(left) == 0 {
			return
		}
		var still <-chan time.Time // all that is left may have come already
		if !slices.ContainsFunc(left, func(e *expectation) bool { return len(a.candidates(e)) == 0 }) {
			still = time.After(quiet)
		}
		select {
		case <-a.news:
			continue
		case <-still:
		case <-timeout.C:
		case <-ctx.Done():
			return
		}
		for _, e := range left {
			a.settle(e)
		}
		return
	}
}

// awaitLast is await for what can come no later: without it, it is missing.
func (a *against) awaitLast(ctx context.Context, which func(*expectation) bool) {
	a.await(ctx, which)
	if ctx.Err() != nil {
		return
	}
	for _, e := range a.left(which) {
		e.over = true
		a.differ(e.index, fmt.Sprintf("it has not come within %s", a.eventsWithin))
	}
}

// meet finds among what has come what was expected.
func (a *against) meet() {
	for _, e := range a.left(func(*expectation) bool { return true }) {
		for _, c := range a.candidates(e) {
			u := a.unifier()
			u.most = 1
			if u.message(e.shown, c.shown); len(u.differences) == 0 {
				a.take(e, c, u)
				break
			}
		}
	}
}

// candidates are what has come on the connection of something expected, and may be it.
func (a *against) candidates(e *expectation) []*cameMessage {
	a.mu.Lock()
	defer a.mu.Unlock()
	var all []*cameMessage
	for _, c := range e.on.came {
		if !c.used && eventOf(c.shown) == eventOf(e.shown) {
			all = append(all, c)
		}
	}
	return all
}

// take has something that has come be what was expected.
func (a *against) take(e *expectation, c *cameMessage, u *unifier) {
	e.over, c.used = true, true
	a.values.bindAll(u.fresh)
	a.differ(e.index, u.differences...)
}

// settle takes what has come nearest to something expected for that.
func (a *against) settle(e *expectation) {
	var nearest *cameMessage
	var found *unifier
	for _, c := range a.candidates(e) {
		u := a.unifier()
		if u.message(e.shown, c.shown); nearest == nil || len(u.differences) < len(found.differences) {
			nearest, found = c, u
		}
	}
	if nearest != nil {
		a.take(e, nearest, found)
	}
}

// message compares two websocket messages.
func (u *unifier) message(shown, sent *value) {
	u.ignored = append(slices.Clone(u.ignored), "json.seq")
	u.bodies(shown, sent)
}

// awaitGreetings waits until the server has answered what was said on websockets, so that
// it knows of each connection what else it is to send there.
func (a *against) awaitGreetings(ctx context.Context) {
	greets := func(e *expectation) bool { return e.greets }
	a.await(ctx, greets)
	for _, e := range a.left(greets) {
		e.greets = false // it is not waited for again
	}
}

// awaitName waits for what is to tell what a name stands for, and tells whether it has.
func (a *against) awaitName(ctx context.Context, name string) bool {
	bound := func() bool {
		_, bound := a.values.values[name]
		return bound
	}
	a.await(ctx, func(e *expectation) bool {
		tells := false
		eachName(e.shown, "", func(other, _ string) { tells = tells || other == name })
		return tells && !bound()
	})
	return bound()
}

// awaitAll waits for what is still to come, and notes what has come that is not recorded.
func (a *against) awaitAll(ctx context.Context) {
	if len(a.sockets) == 0 {
		return
	}
	a.awaitLast(ctx, func(*expectation) bool { return true })
	a.awaitQuiet(ctx)
	for _, s := range a.sockets {
		a.mu.Lock()
		came := slices.Clone(s.came)
		a.mu.Unlock()
		for _, c := range came {
			if !c.used {
				a.Differences = append(a.Differences, Difference{What: c.what(s.actor), Parts: []string{"it is not recorded: " + clip(string(c.shown.items[0].append(nil)))}})
			}
		}
	}
}

func (c *cameMessage) what(actor string) string {
	if event := eventOf(c.shown); event != "" {
		return "the event " + event + " to " + orNone(actor)
	}
	return "a websocket message to " + orNone(actor)
}

// awaitQuiet waits until nothing comes any longer, at most as long as an event may take.
func (a *against) awaitQuiet(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, a.eventsWithin)
	defer cancel()
	for {
		select {
		case <-a.news:
		case <-time.After(quiet):
			return
		case <-ctx.Done():
			return
		}
	}
}
