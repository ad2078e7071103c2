package faults

import (
	"strconv"
	"sync"
	"time"
)

// A Rate lets so many requests through in a time. They come back one by one: after
// a burst of n there is room for the next one after per/n, as on a real server
// (facts 1.9).
type Rate struct {
	n        int
	interval time.Duration // in which one request's room comes back

	mu   sync.Mutex
	full time.Time // when there is room for n again; guarded by mu
}

// NewRate makes a limit of n requests in a time.
func NewRate(n int, per time.Duration) *Rate { return &Rate{n: n, interval: per / time.Duration(n)} }

// A Verdict is what a Rate says of a request.
type Verdict struct {
	Refused   bool
	Limit     int           // how many there are at most
	Remaining int           // how many there are left
	Reset     time.Duration // until there is room for all again
	Retry     time.Duration // for a refused one: until there is room for one
}

// RetryAfter is what a refused request's header of that name says, in seconds.
func (v Verdict) RetryAfter() string { return Seconds(v.Retry) }

// Seconds is a time as headers have it, rounded up.
func Seconds(d time.Duration) string { return strconv.Itoa(int((d + time.Second - 1) / time.Second)) }

// Take asks for one request's room.
func (r *Rate) Take(now time.Time) Verdict {
	r.mu.Lock()
	defer r.mu.Unlock()
	full := r.full
	if full.Before(now) {
		full = now
	}
	next := full.Add(r.interval)
	all := time.Duration(r.n) * r.interval
	if over := next.Sub(now) - all; over > 0 {
		return Verdict{Refused: true, Limit: r.n, Reset: full.Sub(now), Retry: over}
	}
	r.full = next
	return Verdict{Limit: r.n, Remaining: int((all - next.Sub(now)) / r.interval), Reset: next.Sub(now)}
}
