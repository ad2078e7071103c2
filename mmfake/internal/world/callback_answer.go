package world

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
)

// jsonCallback are the headers of a request to an integration whose body is JSON
// (facts 7.4).
func (w *World) jsonCallback() http.Header {
	return w.callbackHeader("application/json")
}

// formCallback are those of one whose body is a form.
func (w *World) formCallback() http.Header {
	return w.callbackHeader("application/x-www-form-urlencoded")
}

func (w *World) callbackHeader(contentType string) http.Header {
	agent := botAgent
	if !w.version.Has(versions.CallbackAgent) {
		agent = goAgent
	}
	return http.Header{"Content-Type": {contentType}, "Accept": {"application/json"}, "User-Agent": {agent}}
}

// good says what is wrong with an answer before anybody reads it: that there is
// none, or that its status is not 200. failed has a verb for the words.
func (a *CallbackAnswer) good(failed Problem) error {
	switch {
	case a.Err != nil && !a.brokeOff():
		return failed.With(a.Err.Error())
	case a.Status != http.StatusOK:
		return failed.With(fmt.Sprintf("it answered with the status %d, which has to be 200", a.Status))
	}
	return nil
}

// decode reads an answer's JSON; an empty one leaves said as it is. unreadable has
// a verb for the words.
func (a *CallbackAnswer) decode(version versions.Version, said any, unreadable Problem) error {
	switch {
	case a.Err != nil:
		return unreadable.With(a.Err.Error())
	case len(a.Body) == 0:
		return nil
	}
	read := json.Unmarshal
	if !version.Has(versions.AnswersWhole) {
		read = firstValue
	}
	if err := read(version.Known(a.Body, said), said); err != nil {
		return unreadable.With(a.unreadable(err))
	}
	return nil
}

// firstValue reads the first JSON value of a body, whatever follows it.
func firstValue(body []byte, into any) error {
	return json.NewDecoder(bytes.NewReader(body)).Decode(into)
}

// unreadable says in words why an answer is not the JSON object that it should be.
func (a *CallbackAnswer) unreadable(err error) string {
	start := bytes.TrimSpace(a.Body)
	switch {
	case len(a.Body) >= MostAnswer:
		return fmt.Sprintf("it answered with more than %d bytes, of which the rest is not read", MostAnswer)
	case len(start) > 0 && start[0] == '<':
		return fmt.Sprintf("it answered with a page, %s, where JSON belongs", quoted(start))
	}
	return fmt.Sprintf("it answered %s, which is not the JSON object that belongs there (%v)", quoted(start), err)
}

// quoted is the beginning of a text, in quotes.
func quoted(text []byte) string {
	const most = 60
	if len(text) <= most {
		return fmt.Sprintf("%q", text)
	}
	return fmt.Sprintf("%q…", text[:most])
}
