package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/coder/websocket"
)

const (
	longestRetry = time.Minute
	pingPeriod   = 30 * time.Second
	largestEvent = 4 << 20 // bytes
)

// An event is what the server sends, as far as the bot looks at it.
type event struct {
	Event string `json:"event"`
	Seq   int64  `json:"seq"`
	Data  struct {
		ConnectionID string `json:"connection_id"` // of hello
		Post         string `json:"post"`          // of posted: JSON, as the list of mentions
		Mentions     string `json:"mentions"`
		ChannelType  string `json:"channel_type"`
	} `json:"data"`
}

// A place is how far the bot has heard. With it the server sends what was missed
// when the bot comes back.
type place struct {
	connection string
	next       int64 // the seq of the next event
}

// listen hears events until ctx ends, over as many connections as it takes.
func (b *bot) listen(ctx context.Context) error {
	var at place
	wait := b.retry
	for {
		heard, err := b.connect(ctx, &at)
		if ctx.Err() != nil {
			return nil
		}
		b.logf("connection lost: %v", err)
		if heard {
			wait = b.retry
		}
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return nil
		}
		wait = min(2*wait, longestRetry)
	}
}

// connect hears events over one connection until it breaks. It tells whether there
// were any.
func (b *bot) connect(ctx context.Context, at *place) (heard bool, err error) {
	query := url.Values{"connection_id": {at.connection}, "sequence_number": {strconv.FormatInt(at.next, 10)}}
	ws, _, err := websocket.Dial(ctx, b.url+"/api/v4/websocket?"+query.Encode(), &websocket.DialOptions{
		HTTPHeader: http.Header{"Authorization": {"Bearer " + b.token}},
	})
	if err != nil {
		return false, err
	}
	defer ws.CloseNow()
	ws.SetReadLimit(largestEvent)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go keepAlive(ctx, ws)
	for {
		_, text, err := ws.Read(ctx)
		if err != nil {
			return heard, err
		}
		var e event
		if err := json.Unmarshal(text, &e); err != nil {
			return heard, err
		}
		if e.Event == "" {
			continue // a reply
		}
		if err := b.follow(at, &e); err != nil {
			return heard, err
		}
		heard = true
		if err := b.hear(ctx, &e); err != nil {
			b.logf("answering: %v", err)
		}
	}
}

// follow keeps track of the place. An event out of turn is an error.
func (b *bot) follow(at *place, e *event) error {
	if e.Event == "hello" {
		if at.connection != "" && at.connection != e.Data.ConnectionID {
			b.logf("the server no longer knew the connection: messages may have been missed")
		}
		*at = place{connection: e.Data.ConnectionID}
	}
	if e.Seq != at.next {
		return fmt.Errorf("event %d came where %d was expected", e.Seq, at.next)
	}
	at.next++
	return nil
}

// keepAlive ends a connection that no longer answers.
func keepAlive(ctx context.Context, ws *websocket.Conn) {
	ticker := time.NewTicker(pingPeriod)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		pinged, cancel := context.WithTimeout(ctx, pingPeriod)
		err := ws.Ping(pinged)
		cancel()
		if err != nil {
			ws.CloseNow()
			return
		}
	}
}
