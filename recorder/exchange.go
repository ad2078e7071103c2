package recorder

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Kind tells what an exchange is about.
type Kind string

// The kinds of exchanges.
const (
	// KindAPI is a request of a client to /api/v4.
	KindAPI Kind = "api"
	// KindWebhook is a request to an incoming webhook, /hooks/….
	KindWebhook Kind = "webhook"
	// KindPage is any other request to the fake, such as GET /.
	KindPage Kind = "page"
	// KindCallback is a request that the fake makes to an integration: a
	// slash command, the action of a button, a dialog, an outgoing webhook.
	KindCallback Kind = "callback"
	// KindSocket is one websocket message.
	KindSocket Kind = "socket"
	// KindActor is a deed of the test's own: what one of the fake's users did
	// without any request of a client, such as a post or a click, or without an
	// Actor what the test did to the fake, such as a restart. It has no
	// method, path and status, and its body is JSON. Queries leave it out, save
	// those with OfKind(KindActor).
	KindActor Kind = "actor"
)

// kindOf tells what a client's request is about. Webhooks are for POST; otherwise the path
// shows the web app.
func kindOf(method, path string) Kind {
	switch {
	case strings.HasPrefix(path, "/api/v4/"):
		return KindAPI
	case strings.HasPrefix(path, "/hooks/") && method == http.MethodPost:
		return KindWebhook
	}
	return KindPage
}

// Direction tells which way a request or a websocket message went, seen from
// the fake.
type Direction string

// The two directions.
const (
	// In is to the fake.
	In Direction = "in"
	// Out is from the fake.
	Out Direction = "out"
)

// An Exchange is one request and its answer, either way, or one websocket
// message.
//
// Whoever builds an exchange fills it completely and hands it to
// [Journal.Append]. Nothing changes what a journal returns, headers and bodies
// included, so that it can be read from any goroutine without a lock.
type Exchange struct {
	// Seq is the place in the journal, from 1, without gaps. [Journal.Append]
	// sets it.
	Seq int64
	// Began is the place among all that began, from 1; a request begins before it
	// is an exchange. Who builds the exchange has it from [Journal.Begin];
	// [Journal.Append] sets it where it is 0.
	Began int64
	// Kind tells what the exchange is about.
	Kind Kind
	// Direction tells whether the request, or the websocket message, went to
	// the fake or from it.
	Direction Direction
	// Connection is the same number for the handshake of a websocket connection and
	// all messages on it, from 1 in the order of the handshakes; 0 for all else, and
	// where nobody has counted.
	Connection int64
	// Actor is the name of the user who acted, without "@"; empty when nobody
	// is known.
	Actor string
	// Route is the pattern that the request was routed by, as
	// "POST /api/v4/posts/{post_id}/pin"; empty when there was none.
	Route string
	// Time is when the request or the message began. [Journal.Append] sets it
	// to the present when it is zero.
	Time time.Time
	// Duration is how long the request took until its answer was complete;
	// zero for a websocket message.
	Duration time.Duration
	// Request is what was asked. A websocket message stands here whichever
	// way it went, with the path of its connection.
	Request Request
	// Response is the answer; its Status is 0 when there is none.
	Response Response
	// Err is what cut the exchange off, in words; empty when nothing did.
	Err string
	// Fault tells in words what was made to go wrong on purpose, as "status
	// 503"; empty when nothing was.
	Fault string
	// Followed tells in words what the fake did because of the answer to a
	// request that it made, as "posted in ~dev: deploying prod"; one text for
	// each thing, in their order.
	Followed []string
}

// String returns the exchange on one line: its number, kind and direction, what was asked,
// by whom, and what came back.
func (ex *Exchange) String() string {
	var b strings.Builder
	b.WriteString("#" + strconv.FormatInt(ex.Seq, 10) + " " + string(ex.Kind) + " " + string(ex.Direction))
	if ex.Request.Method != "" {
		b.WriteString(" " + ex.Request.Method)
	}
	if url := ex.Request.URL(); url != "" {
		b.WriteString(" " + clip(url))
	}
	if ex.Actor != "" {
		b.WriteString(" by " + ex.Actor)
	}
	switch {
	case ex.Response.Status != 0:
		b.WriteString(": " + strconv.Itoa(ex.Response.Status))
	case ex.Kind == KindSocket, ex.Kind == KindActor:
		b.WriteString(": " + clip(ex.Request.Text()))
	}
	if ex.Err != "" {
		b.WriteString(" (cut off: " + ex.Err + ")")
	}
	if ex.Fault != "" {
		b.WriteString(" (fault: " + ex.Fault + ")")
	}
	return b.String()
}
