package recorder

import (
	"sync"
	"sync/atomic"
	"time"
)

// The limits that a Limits leaves at zero.
const (
	defaultExchanges = 100_000
	defaultBytes     = 256 << 20
	defaultBody      = 1 << 20
)

// Limits bounds what a journal keeps. A field that is zero or less means its
// default, which a test never meets and under which a server runs for weeks.
type Limits struct {
	// Exchanges is how many exchanges are kept; by default 100,000.
	Exchanges int
	// Bytes is how much memory the exchanges kept may take together, counted
	// by their bodies, headers and URLs; by default 256 MiB. The newest
	// exchange is kept even when it is larger.
	Bytes int64
	// Body is how many bytes of one body are kept; by default 1 MiB.
	Body int
}

func (l Limits) withDefaults() Limits {
	if l.Exchanges <= 0 {
		l.Exchanges = defaultExchanges
	}
	if l.Bytes <= 0 {
		l.Bytes = defaultBytes
	}
	if l.Body <= 0 {
		l.Body = defaultBody
	}
	return l
}

// A Journal holds the exchanges of a server in order. All its methods may be
// called from any goroutine. Make one with [NewJournal].
type Journal struct {
	*ledger
	from int64 // what has a Seq up to it is not looked at; see Tail
}

// A ledger is what a journal and its tails have in common.
type ledger struct {
	limits Limits
	begun  atomic.Int64 // see Begin

	mu sync.Mutex
	// ring holds the exchanges from last-held+1 to last, without gaps, the
	// oldest at first. It grows by doubling up to limits.Exchanges.
	ring     []record        // guarded by mu
	first    int             // guarded by mu
	held     int             // guarded by mu
	last     int64           // guarded by mu; Seq of the newest exchange
	cleared  int64           // guarded by mu; Seq of the newest exchange that Clear has forgotten
	weight   int64           // guarded by mu; of the exchanges held
	watchers []chan struct{} // guarded by mu; see watch
	closed   bool            // guarded by mu
}

// NewJournal returns an empty journal.
func NewJournal(limits Limits) *Journal {
	made := &struct { // in one piece, as every server has one
		Journal
		ledger
	}{ledger: ledger{limits: limits.withDefaults()}}
	made.Journal.ledger = &made.ledger
	return &made.Journal
}

// Tail returns the journal as it is for whoever begins to look now: the same one, in
// which only what is appended from now on is to be seen.
func (j *Journal) Tail() *Journal {
	newest, _ := j.state()
	return &Journal{ledger: j.ledger, from: newest}
}

// Clear forgets what the journal holds. Seq goes on, and whoever waits goes on
// waiting.
func (j *Journal) Clear() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.ring, j.first, j.held, j.weight, j.cleared = nil, 0, 0, 0, j.last
}

// Begin counts something that begins, for [Exchange.Began]: a later call returns a
// larger number.
func (j *Journal) Begin() int64 { return j.begun.Add(1) }

// Append adds an exchange at the end, sets its Seq and cuts its bodies to the
// limit. When the journal would hold more than its limits, the oldest
// exchanges are dropped, as [Journal.Dropped] tells.
//
// The journal copies what it keeps, but for bodies of more than 4 KiB: the caller
// must not change those again. Append never waits for those who wait or have
// subscribed. A closed journal still takes exchanges, but those who waited are gone.
func (j *Journal) Append(ex *Exchange) {
	if ex.Time.IsZero() {
		ex.Time = time.Now()
	}
	if ex.Began == 0 {
		ex.Began = j.Begin()
	}
	ex.Request.keepAtMost(j.limits.Body)
	ex.Response.keepAtMost(j.limits.Body)
	r := newRecord(ex)

	j.mu.Lock()
	for j.held > 0 && (j.held == j.limits.Exchanges || j.weight+r.weight > j.limits.Bytes) {
		j.dropOldest()
	}
	if j.held == len(j.ring) {
		j.grow()
	}
	j.last++
	ex.Seq = j.last
	if r.whole != nil {
		r.whole.Seq = j.last
	}
	j.ring[j.slot(j.held)] = r
	j.held++
	j.weight += r.weight
	j.wakeWatchers()
	j.mu.Unlock()
}

// Len returns how many exchanges the journal holds now.
func (j *Journal) Len() int {
	j.mu.Lock()
	defer j.mu.Unlock()
	return int(min(j.last-j.from, int64(j.held)))
}

// Dropped returns how many exchanges the journal no longer holds because of
// its limits. Those that Clear forgot do not count.
func (j *Journal) Dropped() int64 {
	j.mu.Lock()
	defer j.mu.Unlock()
	return max(0, j.last-int64(j.held)-max(j.from, j.cleared))
}

// Close ends every [Journal.Wait] with [ErrClosed], and every subscription
// once it has been given what came before. It does not wait for them.
// What the journal holds can be queried as before. Closing again does nothing.
func (j *Journal) Close() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.closed = true
	j.wakeWatchers()
}

// slot returns the place in the ring of the i-th exchange held, from 0.
// j.mu must be held.
func (j *ledger) slot(i int) int {
	i += j.first
	if i >= len(j.ring) {
		i -= len(j.ring)
	}
	return i
}

// dropOldest removes the first exchange of a ring that is not empty.
// j.mu must be held.
func (j *ledger) dropOldest() {
	j.weight -= j.ring[j.first].weight
	j.ring[j.first] = record{}
	j.first = j.slot(1)
	j.held--
}

// grow doubles a full ring. j.mu must be held.
func (j *ledger) grow() {
	ring := make([]record, min(max(64, 2*len(j.ring)), j.limits.Exchanges))
	n := copy(ring, j.ring[j.first:])
	copy(ring[n:], j.ring[:j.first])
	j.ring, j.first = ring, 0
}
