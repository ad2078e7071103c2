package mmfake

import (
	"context"
	"slices"
	"strings"
	"time"
)

// patience is how long the server waits for what a test expects.
const patience = 10 * time.Second

// Listeners returns the names of the users who are connected to the websocket, in
// order. A name stands once, however many connections the user has.
func (s *Server) Listeners() []string {
	var names []string
	for _, id := range s.hub.Users() {
		name, _ := s.world.Names(id, "")
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// WaitConnected returns once the user listens on the websocket, so that a bot under
// test misses nothing of what the test does next. If he does not within ten
// seconds, the test ends, or the server of no test panics.
func (s *Server) WaitConnected(who *Actor) {
	s.t.Helper()
	s.knows(who)
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if s.hub.Wait(ctx, who.ID) {
		return
	}
	others := "nobody is"
	if names := s.Listeners(); len(names) > 0 {
		others = "connected are: @" + strings.Join(names, ", @")
	}
	if ctx.Err() == nil {
		s.fail("%s was not connected to the websocket when the server was closed; %s", who, others)
		return
	}
	s.fail("%s did not connect to the websocket within %s; %s", who, patience, others)
}
