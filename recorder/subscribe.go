package recorder

import "sync"

// Subscribe calls fn for each exchange that is appended from now on, in order,
// one at a time, on a goroutine of the subscription's own. No lock is held
// meanwhile: fn may query the journal, wait on it, append to it, and cancel.
//
// A slow fn holds up nobody. There is no queue but the journal itself: what
// the journal drops before fn is ready for it is skipped, and shows as a gap
// in Seq, as does what the test's own actors did (KindActor), which is left out.
//
// The subscription, and its goroutine, end with cancel or [Journal.Close].
// Once cancel has returned fn is not called again; a call that is under way at
// that moment is not waited for. Cancelling again does nothing.
func (j *Journal) Subscribe(fn func(*Exchange)) (cancel func()) {
	s := &subscription{fn: fn, quit: make(chan struct{}), done: make(chan struct{})}
	wake := j.watch()
	newest, _ := j.state()
	go s.run(j, wake, newest)
	return s.cancel
}

type subscription struct {
	fn   func(*Exchange)
	quit chan struct{} // closed by cancel
	done chan struct{} // closed when run has ended

	mu        sync.Mutex
	cancelled bool // guarded by mu
	calling   bool // guarded by mu; fn runs
}

// run calls fn for every exchange after seen until the subscription ends.
func (s *subscription) run(j *Journal, wake chan struct{}, seen int64) {
	defer close(s.done)
	defer j.unwatch(wake)
	for {
		newest, closed := j.state()
		for ex := range j.between(seen, newest, nil) {
			if !s.call(ex) {
				return
			}
		}
		seen = newest
		if closed {
			return
		}
		select {
		case <-wake:
		case <-s.quit:
			return
		}
	}
}

// call calls fn, unless the subscription was cancelled.
func (s *subscription) call(ex *Exchange) bool {
	s.mu.Lock()
	s.calling = !s.cancelled
	calling := s.calling
	s.mu.Unlock()
	if !calling {
		return false
	}
	s.fn(ex)
	s.mu.Lock()
	s.calling = false
	s.mu.Unlock()
	return true
}

func (s *subscription) cancel() {
	s.mu.Lock()
	if !s.cancelled {
		s.cancelled = true
		close(s.quit)
	}
	calling := s.calling
	s.mu.Unlock()
	// While fn runs it may be fn that cancels; to wait for it would be for ever.
	if !calling {
		<-s.done
	}
}
