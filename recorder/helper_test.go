package recorder_test

import (
	"net/http"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// posted returns an exchange as a post through the API makes it.
func posted(actor, text string, status int) *recorder.Exchange {
	return &recorder.Exchange{
		Kind: recorder.KindAPI, Direction: recorder.In, Actor: actor,
		Route: "POST /api/v4/posts",
		Request: recorder.Request{
			Method: "POST", Path: "/api/v4/posts",
			Message: jsonMessage(`{"message":"` + text + `"}`),
		},
		Response: recorder.Response{Status: status, Message: jsonMessage(`{"id":"p1"}`)},
	}
}

func jsonMessage(body string) recorder.Message { return message("application/json", body) }

func message(contentType, body string) recorder.Message {
	header := http.Header{}
	if contentType != "" {
		header.Set("Content-Type", contentType)
	}
	return recorder.Message{Header: header, Body: []byte(body)}
}

// journalOf returns a journal that holds the exchanges.
func journalOf(exchanges ...*recorder.Exchange) *recorder.Journal {
	journal := recorder.NewJournal(recorder.Limits{})
	for _, ex := range exchanges {
		journal.Append(ex)
	}
	return journal
}

// texts returns the messages of posts.
func texts(exchanges []*recorder.Exchange) []string {
	var texts []string
	for _, ex := range exchanges {
		texts = append(texts, ex.Request.Get("message").String())
	}
	return texts
}

func seqs(exchanges []*recorder.Exchange) []int64 {
	var seqs []int64
	for _, ex := range exchanges {
		seqs = append(seqs, ex.Seq)
	}
	return seqs
}
