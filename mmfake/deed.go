package mmfake

import (
	"encoding/json"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// A Deed is what an actor did, as the journal holds it: the JSON of the body of an
// exchange of recorder.KindActor. It stands before what came of it. One without an
// actor is what the test did to the server, as with Restart.
type Deed struct {
	// Does is what he did in words that follow his name: "posts", "runs",
	// `clicks "Approve" of "Deploy?"`; without an actor a sentence: "the server restarts".
	Does string `json:"does"`
	// In is the name of the channel, "" where it is clear.
	In string `json:"in,omitempty"`
	// What is the text that he posted, the command line that he ran, the JSON of the
	// fields that he filled in.
	What string `json:"what,omitempty"`
}

// does writes into the journal what the actor is about to do.
func (a *Actor) does(d Deed) { a.mm.note(a.Username, d) }

// happens writes into the journal what the test is about to do to the server.
func (s *Server) happens(what string) { s.note("", Deed{Does: what}) }

func (s *Server) note(actor string, d Deed) {
	body, err := json.Marshal(d)
	if err != nil {
		panic("mmfake: three texts always encode: " + err.Error())
	}
	s.Journal.Append(&recorder.Exchange{
		Kind: recorder.KindActor, Direction: recorder.In, Actor: actor,
		Request: recorder.Request{Message: recorder.Message{Body: body}},
	})
}

// String returns the deed in one line, or as many as What has.
func (d Deed) String() string {
	text := d.Does
	if d.In != "" {
		text += " in ~" + d.In
	}
	if d.What != "" {
		text += ": " + d.What
	}
	return text
}

// said is how a deed names a post: by the begin of what it says.
func (p *Post) said() string { return quote(strings.TrimSpace(p.short())) }
