package world

import "net/http"

// A Callback is a request that the world wants made to an integration. The
// world never makes it itself: internal/outgoing does, while the world is not
// locked, and tells the world what came of it.
type Callback struct {
	Method string
	URL    string
	Header http.Header // not to be changed once it is made
	Body   []byte
	Actor  string // the name of the user on whose behalf it is made
}

// A CallbackAnswer is what came of a Callback: an answer, or why there was none.
type CallbackAnswer struct {
	Status      int
	ContentType string
	Body        []byte // at most MostAnswer bytes of it
	Err         error  // where there was no complete answer, in words about the integration
}

// brokeOff says whether an answer began, with a status, and did not come to its end.
func (a *CallbackAnswer) brokeOff() bool { return a.Err != nil && a.Status != 0 }

// MostAnswer is how many bytes of an integration's answer are read (facts 7.5);
// what follows is as good as not sent.
const MostAnswer = 1 << 20

// What the server calls itself in its requests to integrations (recorded from
// 11.6.0 and from 5.0.0).
const (
	botAgent = "Mattermost-Bot/1.1"
	goAgent  = "Go-http-client/1.1"
)
