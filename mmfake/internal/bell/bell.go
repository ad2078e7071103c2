// Package bell wakes those who wait for something to change.
package bell

// A Bell wakes all who wait for it when it is rung. The zero value is one that nobody
// waits for. It has no lock of its own: that of what changes guards it.
type Bell struct{ rung chan struct{} }

// Next returns what is closed when the bell is rung the next time.
func (b *Bell) Next() <-chan struct{} {
	if b.rung == nil {
		b.rung = make(chan struct{})
	}
	return b.rung
}

// Awaited says whether somebody has asked for the next time.
func (b *Bell) Awaited() bool { return b.rung != nil }

// Ring wakes those who wait.
func (b *Bell) Ring() {
	if b.rung != nil {
		close(b.rung)
		b.rung = nil
	}
}
