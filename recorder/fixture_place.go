package recorder

// A placing finds out behind which step each message of a server's belongs. It is given
// steps and messages in the order in which they were seen: by then the cause of a message
// has begun, and what it says can only show that this was an earlier step than the last.
type placing struct {
	steps   []*timeStep
	told    words          // the moments that steps and messages have told
	changed map[string]int // by moment: the first effective step that has it, or behind which a message has it
	seen    map[string]int // by id: the step in which, or behind which, it was said first
	streams map[stream]*heard
}

// heard is what was told on a connection so far.
type heard struct {
	own    []int // the steps that are its handshake and its client's messages
	behind int   // where the message before stands
	any    bool  // there was a message
	says   words
	latest string // the latest moment among them
}

// mostOverdue is how many steps a message may come too late.
const mostOverdue = 256

func newPlacing() *placing {
	return &placing{told: words{}, changed: map[string]int{}, seen: map[string]int{}, streams: map[stream]*heard{}}
}

// pass takes the next step.
func (t *placing) pass(s *timeStep) {
	here := len(t.steps)
	if here > 0 {
		s.latest = t.steps[here-1].latest
	}
	for moment := range s.answered.moments() {
		s.latest = max(s.latest, moment)
		if s.effective && !t.told[moment] && !s.asked[moment] && (s.clock == "" || moment < s.clock) {
			s.clock = moment
		}
	}
	for _, said := range []words{s.asked, s.answered} {
		t.see(said, here)
		for moment := range said.moments() {
			t.told[moment] = true
			if _, known := t.changed[moment]; !known && s.effective {
				t.changed[moment] = here
			}
		}
	}
	if s.on != (stream{}) {
		h := t.heard(s.on)
		h.own = append(h.own, here)
	}
	t.steps = append(t.steps, s)
}

func (t *placing) see(said words, here int) {
	for word := range said {
		if first, known := t.seen[word]; !known || here < first {
			t.seen[word] = here
		}
	}
}

func (t *placing) heard(on stream) *heard {
	h := t.streams[on]
	if h == nil {
		h = &heard{behind: -1, says: words{}}
		t.streams[on] = h
	}
	return h
}

// place decides where the next message stands.
func (t *placing) place(m *timeMessage) {
	h := t.heard(m.on)
	from, to := h.behind, len(t.steps)-1
	if len(h.own) > 0 {
		from = max(from, h.own[0])
	}
	to = t.before(h, m, from, to)
	m.behind = t.cause(h, m, from, to)

	for moment := range m.says.moments() {
		t.told[moment] = true
		if first, known := t.changed[moment]; !known || m.behind < first {
			t.changed[moment] = m.behind
		}
	}
	t.see(m.says, m.behind)
	for word := range m.says {
		h.says[word] = true
	}
	h.behind, h.any, h.latest = m.behind, true, max(h.latest, m.latest)
}

// before returns the last step that a message can be behind. One that is the first to tell
// of a moment, later than all before, is older than a step that tells of a still later one,
// and than one that only reads and has that moment.
func (t *placing) before(h *heard, m *timeMessage, from, to int) int {
	_, known := t.changed[m.latest]
	if known || from < 0 || t.steps[from].latest == "" || m.latest <= max(t.steps[from].latest, h.latest) {
		return to
	}
	for i := max(from+1, to-mostOverdue); i <= to; i++ {
		if s := t.steps[i]; s.clock > m.latest || !s.effective && s.answered[m.latest] {
			return i - 1
		}
	}
	return to
}

// cause returns the step, of those between the two, that a message is behind.
func (t *placing) cause(h *heard, m *timeMessage, from, to int) int {
	within := func(i int) bool { return from <= i && i <= to }
	// It greets, or is an answer that says nothing of anything.
	if own := lastUpTo(h.own, to); own >= 0 && within(own) && (!h.any || len(m.says) == 0 && own > h.own[0]) {
		return own
	}
	// It tells of a moment that a step is the first to have: it is what changed then.
	if first, known := t.changed[m.latest]; known && !h.says[m.latest] && within(first) {
		return first
	}
	return t.latest(h, m, from, to)
}

// latest returns the last step that may be the cause of a message as far as its ids tell.
// One with nothing that its connection has not heard before needs a request that speaks
// of the same; without one it stands with the message before it.
func (t *placing) latest(h *heard, m *timeMessage, from, to int) int {
	isNews := len(m.says) == 0
	for word := range m.says {
		isNews = isNews || !h.says[word]
	}
	for i := to; i > max(from, to-mostOverdue); i-- {
		s := t.steps[i]
		if s.effective && (!s.opens || s.on == m.on) && (isNews || t.speaksOf(s, m, from)) {
			return i
		}
	}
	if isNews {
		return to
	}
	return from
}

// speaksOf tells whether a message with nothing new can be of a step that asks for
// something: its ids are in the request, and it tells of no earlier moment than the
// answer. Where the step that it would stand behind otherwise has the message's moment,
// another one must ask for something newer, or be by the same user.
func (t *placing) speaksOf(s *timeStep, m *timeMessage, from int) bool {
	newest := t.newestShared(s.asked, m)
	if newest < 0 || m.latest != "" && s.clock > m.latest {
		return false
	}
	if first, known := t.changed[m.latest]; !known || first != from {
		return true
	}
	return newest > t.newestShared(t.steps[from].asked, m) || s.actor == t.steps[from].actor
}

// newestShared returns the place in the session of the newest id that a message shares
// with a request, -1 if it shares none.
func (t *placing) newestShared(asked words, m *timeMessage) int {
	newest := -1
	for word := range m.says {
		if asked[word] && !isMilliseconds(word) {
			newest = max(newest, t.seen[word])
		}
	}
	return newest
}

// lastUpTo returns the last of the steps that is not behind one, -1 if all are.
func lastUpTo(steps []int, to int) int {
	for i := len(steps) - 1; i >= 0; i-- {
		if steps[i] <= to {
			return steps[i]
		}
	}
	return -1
}
