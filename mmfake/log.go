package mmfake

import "sync"

// A testLog writes to the log of a test for as long as the server is open: a
// goroutine that outlives the test, such as a handler's that hangs, must not write
// any more.
type testLog struct {
	mu   sync.Mutex
	t    TB
	over bool // guarded by mu
}

// printf writes a line, which the test shows if it fails.
func (l *testLog) printf(format string, args ...any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.over {
		defer func() { _ = recover() }() // a *testing.F may not be used while its fuzz target runs
		l.t.Helper()
		l.t.Logf("mmfake: "+format, args...)
	}
}

// end makes all that follows go unheard.
func (l *testLog) end() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.over = true
}
