// Package faults decides what a server does wrong on purpose, and when. Packages
// rest, socket and outgoing do it.
package faults

import (
	"slices"
	"sync"
	"sync/atomic"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// A Set holds the faults of one server. Its methods may be called from several
// goroutines at once. The zero value is empty, and asking it costs next to nothing.
type Set struct {
	mu   sync.Mutex               // held by those who change the list
	list atomic.Pointer[[]*Fault] // never changed; nil where there are none
}

// Any says whether there are faults at all.
func (s *Set) Any() bool { return s != nil && s.list.Load() != nil }

// Add makes a fault strike from now on, after those that are there. undo takes it
// back.
func (s *Set) Add(f *Fault) (undo func()) {
	s.change(func(list []*Fault) []*Fault { return append(list, f) })
	return func() {
		s.change(func(list []*Fault) []*Fault {
			return slices.DeleteFunc(list, func(o *Fault) bool { return o == f })
		})
	}
}

// Clear takes all faults back.
func (s *Set) Clear() { s.change(func([]*Fault) []*Fault { return nil }) }

func (s *Set) change(f func([]*Fault) []*Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []*Fault
	if old := s.list.Load(); old != nil {
		list = slices.Clone(*old)
	}
	if list = f(list); len(list) == 0 {
		s.list.Store(nil)
		return
	}
	s.list.Store(&list)
}

// OnRequest returns the first fault that strikes a request, nil where none does. The
// exchange has no answer yet.
func (s *Set) OnRequest(ex *recorder.Exchange) *Fault { return s.first(ex, (*Fault).onRequests) }

// OnEvent is OnRequest for an event on its way to a client.
func (s *Set) OnEvent(ex *recorder.Exchange) *Fault { return s.first(ex, (*Fault).onEvents) }

func (s *Set) first(ex *recorder.Exchange, concerned func(*Fault) bool) *Fault {
	list := s.list.Load()
	if list == nil {
		return nil
	}
	for _, f := range *list {
		if concerned(f) && f.strikes(ex) {
			return f
		}
	}
	return nil
}
