package recorder_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

func TestAnExchangeShowsItselfOnOneLine(t *testing.T) {
	post := posted("alice", "hi", 201)
	post.Seq, post.Request.Query = 3, "set_online=false"
	cut := &recorder.Exchange{
		Seq: 4, Kind: recorder.KindCallback, Direction: recorder.Out, Err: "connection reset",
		Request: recorder.Request{Method: "POST", Origin: "http://bot.test", Path: "/command"},
	}
	event := &recorder.Exchange{
		Seq: 5, Kind: recorder.KindSocket, Direction: recorder.Out, Actor: "bob",
		Request: recorder.Request{Path: "/api/v4/websocket", Message: jsonMessage(`{"event":"hello"}`)},
	}
	assert.Equal(t, "#3 api in POST /api/v4/posts?set_online=false by alice: 201", post.String())
	assert.Equal(t, "#4 callback out POST http://bot.test/command (cut off: connection reset)", cut.String())
	assert.Equal(t, `#5 socket out /api/v4/websocket by bob: {"event":"hello"}`, event.String())
}
