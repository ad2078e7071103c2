package mmfake

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// The methods in this file send an integration what no user of a real server could
// make it send: so a test can tell whether the code under test refuses it. Nothing
// follows from the answers; they have the exchange, the status and the time only.

// A RawCall is a request to an integration before it is sent.
type RawCall struct {
	Method string
	URL    string
	Header http.Header
	Body   []byte
}

// A Change makes a RawCall differ from what a real server would send. Any function
// will do; ChangeField, DropField, ChangeHeader and CutShort are the usual ones.
type Change func(*RawCall)

// ChangeField sets a field of the request: of its JSON, where a path such as
// "context.job" names one inside another, of its form, or of its query.
func ChangeField(path string, value any) Change {
	return func(r *RawCall) { r.edit(path, value, false) }
}

// DropField leaves a field out; see ChangeField.
func DropField(path string) Change {
	return func(r *RawCall) { r.edit(path, nil, true) }
}

// ChangeHeader sets a header of the request; "" leaves it out.
func ChangeHeader(name, value string) Change {
	return func(r *RawCall) {
		if value == "" {
			r.Header.Del(name)
			return
		}
		r.Header.Set(name, value)
	}
}

// CutShort sends no more than the first n bytes of the body.
func CutShort(n int) Change {
	return func(r *RawCall) { r.Body = r.Body[:min(max(n, 0), len(r.Body))] }
}

// CallAction sends the request of a click without a click: nothing happens to the
// post, and the same click may be sent any number of times.
func (s *Server) CallAction(as *Actor, p *Post, button string, changes ...Change) *Answer {
	s.t.Helper()
	s.knows(as)
	now := as.sees(p)
	action, err := findAction(now, button)
	if err != nil {
		s.fail("the post %s %v", now, err)
	}
	click, err := s.world.Click(as.session(), now.ID, action.ID, model.DoActionRequest{Cookie: action.Cookie})
	s.check(err, "%s clicking %q of the post %s", as, button, now)
	return s.send(as.Username, click.Callback, changes)
}

// CallDialog sends the submission of a dialog as it is: the values are not held
// against the elements, and the dialog stays open.
func (s *Server) CallDialog(d *Dialog, fields Fields, changes ...Change) *Answer {
	s.t.Helper()
	if d == nil {
		s.fail("there is no dialog to send: it is nil")
	}
	s.knows(d.actor)
	submission, err := s.world.SubmitDialog(d.actor.session(), d.submission(fields))
	s.check(err, "sending %s", d)
	return s.send(d.actor.Username, submission.Callback, changes)
}

// CallOutgoingWebhook sends the request of an outgoing webhook, to its first URL,
// for a post that need not have its trigger words.
func (s *Server) CallOutgoingWebhook(h *OutgoingWebhook, p *Post, changes ...Change) *Answer {
	s.t.Helper()
	s.has(p)
	if h == nil {
		s.fail("there is no outgoing webhook to call: it is nil, and mm.OutgoingWebhook makes one")
	}
	cb, err := s.world.FiringOf(h.ID, p.ID)
	s.check(err, "calling an outgoing webhook for the post %s", p)
	return s.send(p.Author, cb, changes)
}

// Replay sends a request once more that the server has made before, whatever it
// was for: a slash command, a click, a dialog, an outgoing webhook. (The function
// Replay is about another thing, a server that answers from a fixture.)
func (s *Server) Replay(ex *recorder.Exchange, changes ...Change) *Answer {
	s.t.Helper()
	s.notClosed()
	switch {
	case ex == nil || ex.Kind != recorder.KindCallback:
		s.fail("only a request that the server made to an integration can be sent again, and this is %v", ex)
	case ex.Request.Truncated:
		s.fail("%v cannot be sent again: the journal has kept only the beginning of its body", ex)
	}
	to := ex.Request.Origin + (&url.URL{Path: ex.Request.Path, RawQuery: ex.Request.Query}).String()
	cb := &world.Callback{Method: ex.Request.Method, URL: to, Header: ex.Request.Header, Body: ex.Request.Body}
	return s.send(ex.Actor, cb, changes)
}

// send makes the changes and the request.
func (s *Server) send(actor string, cb *world.Callback, changes []Change) *Answer {
	s.t.Helper()
	r := &RawCall{Method: cb.Method, URL: cb.URL, Header: cb.Header.Clone(), Body: append([]byte(nil), cb.Body...)}
	for _, change := range changes {
		s.given(change != nil, "change")
		change(r)
	}
	answer := &Answer{}
	ex := s.outgoing.Call(&world.Callback{Method: r.Method, URL: r.URL, Header: r.Header, Body: r.Body, Actor: actor},
		func(a *world.CallbackAnswer) []string { answer.Err = a.Err; return nil })
	return answer.asked(ex)
}

// edit sets or drops a field, where the request has it.
func (r *RawCall) edit(path string, value any, drop bool) {
	switch kind, _, _ := strings.Cut(r.Header.Get("Content-Type"), ";"); kind {
	case "application/json":
		var object map[string]any
		if json.Unmarshal(r.Body, &object) != nil || object == nil {
			object = map[string]any{}
		}
		editJSON(object, strings.Split(path, "."), value, drop)
		if body, err := json.Marshal(object); err == nil {
			r.Body = body
		}
	case "application/x-www-form-urlencoded":
		form, _ := url.ParseQuery(string(r.Body)) // what can be read of it
		r.Body = []byte(editForm(form, path, value, drop))
	default:
		if u, err := url.Parse(r.URL); err == nil {
			u.RawQuery = editForm(u.Query(), path, value, drop)
			r.URL = u.String()
		}
	}
}

func editForm(form url.Values, name string, value any, drop bool) string {
	if drop {
		form.Del(name)
	} else {
		form.Set(name, text(value))
	}
	return form.Encode()
}

// text is a value as a form holds it.
func text(value any) string {
	if s, ok := value.(string); ok {
		return s
	}
	b, _ := json.Marshal(value) // what cannot be encoded is empty
	return string(b)
}

func editJSON(object map[string]any, path []string, value any, drop bool) {
	name := path[0]
	switch {
	case len(path) > 1:
		inner, ok := object[name].(map[string]any)
		if !ok {
			inner = map[string]any{}
			object[name] = inner
		}
		editJSON(inner, path[1:], value, drop)
	case drop:
		delete(object, name)
	default:
		object[name] = value
	}
}
