package recorder

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

// ErrClosed is why a wait ends when the journal is closed.
var ErrClosed = errors.New("the journal was closed")

// Wait returns the first n exchanges that meet all of the conditions, as soon
// as the journal has them; those that it holds already count, and an n of zero
// or less is there at once. It neither polls nor starts a goroutine, and the
// conditions are tried on the caller's own.
//
// When ctx ends or the journal is closed before, Wait returns those that came
// and an error, which wraps ctx.Err() or [ErrClosed] and says what was wanted,
// how many came, and which exchange was nearest and why it does not meet the
// conditions. A condition that can never be met is an error at once; see
// [Check]. An exchange that the journal drops before Wait sees it is not
// counted.
func (j *Journal) Wait(ctx context.Context, n int, conditions ...Match) ([]*Exchange, error) {
	if err := Check(conditions...); err != nil {
		return nil, fmt.Errorf("recorder: cannot wait: %w", err)
	}
	wake := j.watch()
	defer j.unwatch(wake)
	var found []*Exchange
	seen := int64(0)
	for {
		newest, closed := j.state()
		for ex := range j.between(seen, newest, conditions) {
			if len(found) >= n {
				break
			}
			if meetsAll(ex, conditions) {
				found = append(found, ex)
			}
		}
		seen = newest
		switch {
		case len(found) >= n:
			return found, nil
		case closed:
			return found, j.waitError(ErrClosed, n, len(found), newest, conditions)
		// After the look at the journal: a wait that is late still sees what is there.
		case ctx.Err() != nil:
			return found, j.waitError(reason(ctx), n, len(found), newest, conditions)
		}
		select {
		case <-wake:
		case <-ctx.Done():
		}
	}
}

// waitError tells why a wait ended with too few of the exchanges up to newest.
func (j *Journal) waitError(reason error, n, came int, newest int64, conditions []Match) error {
	lost := ""
	if dropped := j.Dropped(); dropped > 0 {
		lost = fmt.Sprintf("\n%d older exchanges were dropped before; raise recorder.Limits to keep them", dropped)
	}
	return fmt.Errorf("recorder: waited for %d matching %s, %d came: %w\n%s%s",
		n, plural(n, "exchange"), came, reason, Explain(j.between(0, newest, conditions), conditions...), lost)
}

// reason returns ctx.Err(), together with its cause when that says more.
func reason(ctx context.Context) error {
	err, cause := ctx.Err(), context.Cause(ctx)
	if errors.Is(cause, err) {
		return cause
	}
	return fmt.Errorf("%w: %w", err, cause)
}

// watch returns a channel that holds a token whenever something was appended,
// or the journal closed, since the last look. Whoever calls it looks at the
// journal after it, and calls unwatch at the end.
func (j *ledger) watch() chan struct{} {
	wake := make(chan struct{}, 1)
	j.mu.Lock()
	defer j.mu.Unlock()
	j.watchers = append(j.watchers, wake)
	return wake
}

// unwatch forgets a channel of watch.
func (j *ledger) unwatch(wake chan struct{}) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if i := slices.Index(j.watchers, wake); i >= 0 {
		j.watchers = slices.Delete(j.watchers, i, i+1)
	}
}

// wakeWatchers gives each watcher its token. j.mu must be held.
func (j *ledger) wakeWatchers() {
	for _, wake := range j.watchers {
		select {
		case wake <- struct{}{}:
		default: // it has one already
		}
	}
}
