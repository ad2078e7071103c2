package recorder

import (
	"iter"
	"slices"
)

// pageSize is how many exchanges a query takes out of the journal at once, so
// that it neither holds the lock for long nor copies the whole journal.
const pageSize = 64

// The queries of a journal leave out what the test's own actors did (KindActor):
// a test counts what the code under test sent. OfKind(KindActor) among the
// conditions, also inside an Or, brings it in.

// All returns every exchange that the journal holds, the oldest first, save
// those of KindActor.
func (j *Journal) All() []*Exchange { return j.Find() }

// Find returns the exchanges that meet all of the conditions, the oldest
// first. It panics when a condition can never be met; see [Check].
func (j *Journal) Find(conditions ...Match) []*Exchange {
	var found []*Exchange
	for ex := range j.Each(conditions...) {
		found = append(found, ex)
	}
	return found
}

// Count returns how many exchanges meet all of the conditions. It panics when
// a condition can never be met; see [Check].
func (j *Journal) Count(conditions ...Match) int {
	count := 0
	for range j.Each(conditions...) {
		count++
	}
	return count
}

// Each returns an iterator over the exchanges that meet all of the conditions,
// the oldest first. What is appended while it runs is not seen, and no lock is
// held while the loop's body runs. It panics when a condition can never be
// met; see [Check].
func (j *Journal) Each(conditions ...Match) iter.Seq[*Exchange] {
	mustBeSound(conditions)
	return func(yield func(*Exchange) bool) {
		newest, _ := j.state()
		for ex := range j.between(0, newest, conditions) {
			if meetsAll(ex, conditions) && !yield(ex) {
				return
			}
		}
	}
}

// Last returns the newest exchange that meets all of the conditions, and
// whether there is one. It panics when a condition can never be met; see
// [Check].
func (j *Journal) Last(conditions ...Match) (*Exchange, bool) {
	mustBeSound(conditions)
	var page [pageSize]*Exchange
	newest, _ := j.state()
	for {
		n := j.copyPage(page[:], newest-pageSize, newest)
		if n == 0 {
			return nil, false
		}
		for i := n - 1; i >= 0; i-- {
			if asksFor(conditions, page[i].Kind) && meetsAll(page[i], conditions) {
				return page[i], true
			}
		}
		newest = page[0].Seq - 1
	}
}

// state returns the Seq of the newest exchange, and whether the journal has
// been closed.
func (j *ledger) state() (newest int64, closed bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.last, j.closed
}

// between iterates over the exchanges that are held with after < Seq <= until and
// are of a kind that the conditions may be tried on.
func (j *Journal) between(after, until int64, conditions []Match) iter.Seq[*Exchange] {
	deeds := asksFor(conditions, KindActor)
	return func(yield func(*Exchange) bool) {
		var page [pageSize]*Exchange
		for {
			n := j.copyPage(page[:], after, until)
			if n == 0 {
				return
			}
			for _, ex := range page[:n] {
				if (deeds || ex.Kind != KindActor) && !yield(ex) {
					return
				}
			}
			after = page[n-1].Seq
		}
	}
}

// copyPage fills page with the first exchanges held with after < Seq <= until
// and returns how many there were.
func (j *Journal) copyPage(page []*Exchange, after, until int64) int {
	j.mu.Lock()
	defer j.mu.Unlock()
	oldest := j.last - int64(j.held) + 1
	from := max(after, j.from) + 1
	from = max(from, oldest)
	n := 0
	for seq := from; seq <= min(until, j.last) && n < len(page); seq++ {
		page[n] = j.ring[j.slot(int(seq-oldest))].exchange(seq)
		n++
	}
	return n
}

// asksFor tells whether conditions may be tried on exchanges of a kind: on those
// of KindActor only where they name it.
func asksFor(conditions []Match, kind Kind) bool {
	if kind != KindActor {
		return true
	}
	for i := range conditions {
		if slices.Contains(conditions[i].About, any(KindActor)) {
			return true
		}
	}
	return false
}

// mustBeSound panics when a condition can never be met: a query that silently
// finds nothing would let a test pass that checks nothing.
func mustBeSound(conditions []Match) {
	if err := Check(conditions...); err != nil {
		panic("recorder: " + err.Error())
	}
}
