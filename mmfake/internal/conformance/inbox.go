package conformance

import (
	"context"
	"slices"
	"sync"
	"time"
)

// An inbox collects what a server sends of its own accord, until a step looks at
// it.
type inbox[T any] struct {
	mu      sync.Mutex
	items   []T           // guarded by mu
	changed chan struct{} // guarded by mu; closed when an item arrives
}

func newInbox[T any]() *inbox[T] {
	return &inbox[T]{changed: make(chan struct{})}
}

func (b *inbox[T]) put(item T) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.items = append(b.items, item)
	close(b.changed)
	b.changed = make(chan struct{})
}

// take removes the wanted items and returns them.
func (b *inbox[T]) take(wanted func(T) bool) []T {
	b.mu.Lock()
	defer b.mu.Unlock()
	var taken []T
	b.items = slices.DeleteFunc(b.items, func(item T) bool {
		if wanted(item) {
			taken = append(taken, item)
			return true
		}
		return false
	})
	return taken
}

// count tells how many wanted items there are, with a channel that is closed when
// there may be more.
func (b *inbox[T]) count(wanted func(T) bool) (int, <-chan struct{}) {
	b.mu.Lock()
	defer b.mu.Unlock()
	n := 0
	for _, item := range b.items {
		if wanted(item) {
			n++
		}
	}
	return n, b.changed
}

// await returns true once there are n wanted items, and false if there are less
// when the limit is over or the context ends.
func (b *inbox[T]) await(ctx context.Context, n int, wanted func(T) bool, limit time.Duration) bool {
	over := time.NewTimer(limit)
	defer over.Stop()
	for {
		have, changed := b.count(wanted)
		if have >= n {
			return true
		}
		select {
		case <-changed:
		case <-over.C:
			return false
		case <-ctx.Done():
			return false
		}
	}
}

// awaitSilence returns once no wanted item has come for that long.
func (b *inbox[T]) awaitSilence(ctx context.Context, wanted func(T) bool, silence time.Duration) {
	for n := -1; ctx.Err() == nil; {
		have, _ := b.count(wanted)
		if have == n {
			return
		}
		n = have
		pause(ctx, silence)
	}
}

// pause lets time pass, unless the context ends first.
func pause(ctx context.Context, d time.Duration) {
	if d <= 0 {
		return
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}
