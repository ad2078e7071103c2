package faults

import (
	"fmt"
	"sync/atomic"
	"time"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// A Fault is what goes wrong with the exchanges that meet a condition. It is not
// changed once it is in a Set. Several things may go wrong at once: an answer that
// comes late may be an error.
type Fault struct {
	Match recorder.Match
	Words string // what goes wrong, for the journal

	// Which of the exchanges that meet Match it strikes.

	User  string // only those of the user of that name; "" is everybody
	After int    // not the first so many of them
	Every int    // of the others each so manieth; 0 is each
	Times int    // no more than so many in all; 0 is no limit

	// What goes wrong with a request before it is carried out.

	Delay         time.Duration // it waits that long first
	Hang          bool          // it is never answered
	Reset         bool          // the connection is cut off; that of an event too
	Status        int           // it is answered with an error of that status; 0 for none
	ErrorID       string        // the error's id, "" for one of the fake's own
	RefuseUpgrade bool          // a websocket handshake is refused
	Rate          *Rate         // it may be refused for coming too soon; nil for none

	// What goes wrong with the answer of a request that is carried out.

	Truncate  Cut           // it breaks off
	Malformed bool          // it is not the JSON that it should be
	Slow      time.Duration // it takes that long to arrive

	// What goes wrong with an event on its way to a client.

	DropEvent      bool
	DuplicateEvent bool
	DelayEvent     time.Duration
	CloseCode      int // the connection is closed with that code in its place; 0 for none

	met atomic.Int64 // how many exchanges of that user have met Match
}

// A Cut says after how many bytes something ends, if it does.
type Cut struct {
	On bool
	At int
}

// webSocketRoute is the endpoint at which websockets begin.
const webSocketRoute = "GET /api/v4/websocket"

func (f *Fault) onRequests() bool {
	return f.Delay > 0 || f.Hang || f.Reset || f.Status != 0 || f.RefuseUpgrade || f.Rate != nil || f.SpoilsAnswer()
}

func (f *Fault) onEvents() bool {
	return f.DropEvent || f.DuplicateEvent || f.DelayEvent > 0 || f.CloseCode != 0 || f.Reset
}

// Some says whether the fault does anything wrong.
func (f *Fault) Some() bool { return f.onRequests() || f.onEvents() }

// Contradiction says which two things go wrong that cannot both, nil where none do: a
// request that is not carried out ends in one way, and so does an event.
func (f *Fault) Contradiction() error {
	for _, ways := range [][]struct {
		name string
		on   bool
	}{
		{{"Status or Error", f.Status != 0}, {"Hang", f.Hang}, {"Reset", f.Reset}, {"RefuseUpgrade", f.RefuseUpgrade}},
		{{"DropEvent", f.DropEvent}, {"DuplicateEvent", f.DuplicateEvent}, {"Close", f.CloseCode != 0}, {"Reset", f.Reset}},
	} {
		first := ""
		for _, way := range ways {
			switch {
			case way.on && first != "":
				return fmt.Errorf("%s and %s shut each other out: make a fault of each, with mmfake.Times or mmfake.After", first, way.name)
			case way.on:
				first = way.name
			}
		}
	}
	return nil
}

// onlySpoils says whether nothing is wrong with a request but the body of its answer.
func (f *Fault) onlySpoils() bool {
	return f.SpoilsAnswer() && f.Delay == 0 && !f.Hang && !f.Reset && f.Status == 0 && !f.RefuseUpgrade && f.Rate == nil
}

// SpoilsAnswer says whether anything is wrong with how an answer is sent.
func (f *Fault) SpoilsAnswer() bool { return f.Truncate.On || f.Malformed || f.Slow > 0 }

// HasMet says whether an exchange has met the condition, struck or not.
func (f *Fault) HasMet() bool { return f.met.Load() > 0 }

// strikes counts an exchange that the fault may strike, and says whether it does.
func (f *Fault) strikes(ex *recorder.Exchange) bool {
	switch {
	case f.User != "" && ex.Actor != f.User, f.RefuseUpgrade && ex.Route != webSocketRoute:
		return false
	case ex.Route == webSocketRoute && ex.Request.Method != "" && f.onlySpoils(): // a handshake's answer has no body
		return false
	case !f.Match.Meets(ex):
		return false
	}
	n := int(f.met.Add(1)) - f.After - 1
	every := max(f.Every, 1)
	return n >= 0 && n%every == 0 && (f.Times == 0 || n/every < f.Times)
}
