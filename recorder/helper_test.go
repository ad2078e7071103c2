package recorder_test

import (
	"mime/multipart"
	"net/http"
	"net/textproto"
	"strings"

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

// A part is one of a form: a file, if it has a name of one.
type part struct{ name, filename, contentType, content string }

// formOf is a form with parts as a client sends it.
func formOf(boundary string, parts ...part) recorder.Message {
	var body strings.Builder
	w := multipart.NewWriter(&body)
	w.SetBoundary(boundary)
	for _, p := range parts {
		header := textproto.MIMEHeader{"Content-Disposition": {multipart.FileContentDisposition(p.name, p.filename)}}
		if p.filename == "" {
			header.Set("Content-Disposition", strings.TrimSuffix(multipart.FileContentDisposition(p.name, ""), `; filename=""`))
		}
		if p.contentType != "" {
			header.Set("Content-Type", p.contentType)
		}
		content, err := w.CreatePart(header)
		if err != nil {
			panic(err) // a strings.Builder takes everything
		}
		content.Write([]byte(p.content))
	}
	w.Close()
	return message(w.FormDataContentType(), body.String())
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
