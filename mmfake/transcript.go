package mmfake

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// Transcript returns the conversation with the server so far as text: who said, ran
// and clicked what, what the code under test sent, and what came back.
//
//	@alice runs in ~dev: /deploy prod
//	mattermost POST http://deploybot.test/command → 200 {"text":"Sure?"}
//	    told the user: Sure?
//
// It reads the same in each run: users, channels and teams stand there by their
// names instead of their ids, posts and all else as post-1, id-1 in the order in which
// they appear, and times, ports, secrets and empty fields are left out. So are requests
// that only read (GET, unless refused) and the websocket, which come when they like.
// The order is that in which things began, so that a test waits for what the code under
// test does before it goes on, and two bots that answer at once may do so in either order.
func (s *Server) Transcript() string {
	var b strings.Builder
	names := s.newNames()
	deeds := recorder.OfKind(recorder.KindActor)
	all := s.Journal.Find(recorder.Or(deeds, recorder.Not(deeds)))
	slices.SortStableFunc(all, func(a, b *recorder.Exchange) int { return cmp.Compare(a.Began, b.Began) })
	for _, ex := range all {
		b.WriteString(names.describe(ex))
	}
	return b.String()
}

// describe returns an exchange with what followed from it, in lines; "" for one that
// a transcript leaves out.
func (n *names) describe(ex *recorder.Exchange) string {
	reads := ex.Request.Method == http.MethodGet || ex.Request.Method == http.MethodHead
	var line string
	switch {
	case ex.Kind == recorder.KindSocket:
		return ""
	case ex.Kind == recorder.KindActor && ex.Actor == "":
		line = deedOf(ex).String()
	case ex.Kind == recorder.KindActor:
		line = "@" + ex.Actor + " " + deedOf(ex).String()
	case ex.Kind == recorder.KindCallback:
		line = "mattermost " + ex.Request.Method + " " + ex.Request.Origin + ex.Request.Path + " → " + answered(n.body(&ex.Response.Message), ex)
	case reads && ex.Response.Status < 400:
		return ""
	default:
		line = someone(ex) + " " + ex.Request.Method + " " + ex.Request.URL() + n.body(&ex.Request.Message) + " → " + answered("", ex)
	}
	text := n.in(indented(line)) + "\n"
	for _, followed := range ex.Followed {
		text += "    " + n.in(indented(followed)) + "\n"
	}
	return text
}

// indented sets a text's further lines off from those that begin something.
func indented(text string) string {
	return strings.ReplaceAll(strings.TrimRight(text, "\n"), "\n", "\n        ")
}

func someone(ex *recorder.Exchange) string {
	if ex.Actor == "" {
		return "somebody"
	}
	return "@" + ex.Actor
}

// answered says what came back. Of an error it is the id that counts.
func answered(body string, ex *recorder.Exchange) string {
	text := "no answer"
	if status := ex.Response.Status; status != 0 {
		text = fmt.Sprint(status) + body
		if id := ex.Response.Get("id").String(); body == "" && status >= 400 && id != "" {
			text += " " + id
		}
	}
	if ex.Err != "" {
		text += " (" + ex.Err + ")"
	}
	if ex.Fault != "" {
		text += " (fault: " + ex.Fault + ")"
	}
	return text
}

// deedOf reads what an actor did.
func deedOf(ex *recorder.Exchange) Deed {
	var d Deed
	if json.Unmarshal(ex.Request.Body, &d) != nil {
		d.What = "(too long for the journal)" // does always writes one
	}
	return d
}

const longestBody = 2000 // bytes of a body that a transcript shows

// body is a message's body behind a space: as JSON where it is JSON or a form, and
// else as it is, if that can be read.
func (n *names) body(m *recorder.Message) string {
	text := m.Text()
	var tree any
	if document := m.Get("@this").Raw; document != "" && json.Unmarshal([]byte(document), &tree) == nil {
		text = plainJSON(prune(hush(tree)))
	}
	switch {
	case m.Size == 0:
		return ""
	case !utf8.ValidString(text) || len(text) > longestBody || strings.HasPrefix(m.Header.Get("Content-Type"), "multipart/"):
		return fmt.Sprintf(" (%d bytes)", m.Size)
	}
	return " " + text
}

// plainJSON is JSON for people: <, > and & stand for themselves.
func plainJSON(tree any) string {
	var b strings.Builder
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(tree); err != nil {
		panic("mmfake: what was decoded from JSON encodes: " + err.Error())
	}
	return strings.TrimSpace(b.String())
}

// hush replaces what is secret, or different each time and of no meaning.
func hush(tree any) any {
	switch tree := tree.(type) {
	case map[string]any:
		for key, value := range tree {
			switch key {
			case "token", "password", "current_password", "new_password", "secret", "trigger_id", "cookie":
				if value != "" {
					tree[key] = "…"
				}
			default:
				tree[key] = hush(value)
			}
		}
	case []any:
		for i, value := range tree {
			tree[i] = hush(value)
		}
	}
	return tree
}

const longestLog = 100 // lines of a transcript that a failed test logs: the last say most

// logTranscript puts the end of the transcript into the log of the test.
func (s *Server) logTranscript() {
	s.t.Helper()
	text := strings.TrimRight(s.Transcript(), "\n")
	if text == "" {
		return
	}
	lines := strings.Split(text, "\n")
	if earlier := len(lines) - longestLog; earlier > 0 {
		lines = append([]string{fmt.Sprintf("(%d lines before)", earlier)}, lines[earlier:]...)
	}
	s.log.printf("what happened on the server:\n%s", strings.Join(lines, "\n"))
}
