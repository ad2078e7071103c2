package recorder

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/coder/websocket"
)

// send sends a recorded request, or message of a client, and compares the answer.
func (a *against) send(ctx context.Context, i int, shown *value) {
	isMessage := Kind(shown.string("kind")) == KindSocket
	request := shown.get("request")
	switch {
	case request.get("size") != nil:
		a.notSent(i, "only the beginning of its body was recorded")
		return
	case !isMessage && shown.get("answer") == nil:
		a.notSent(i, "it was not answered when it was recorded")
		return
	case !isMessage && shown.get("err") != nil:
		a.notSent(i, "it was not answered as a whole when it was recorded: "+shown.string("err"))
		return
	}
	a.awaitGreetings(ctx)
	if missing := a.prepare(ctx, request); missing != "" {
		a.notSent(i, fmt.Sprintf("nobody has told what {%s} stands for", missing))
		return
	}
	ex := a.values.fixture().foldRequest(shown)
	switch {
	case isMessage:
		a.say(ctx, i, ex, formOf(request))
	case opensSocket(shown):
		a.open(ctx, i, ex)
	default:
		a.ask(ctx, i, shown, ex)
	}
}

// prepare has the names in a request stand for something. It returns one that does not.
func (a *against) prepare(ctx context.Context, request *value) (missing string) {
	var names []string
	eachName(request, "", func(name, _ string) {
		if _, bound := a.values.values[name]; !bound && name != brace && !slices.Contains(names, name) {
			names = append(names, name)
		}
	})
	for _, name := range names {
		kind, _, _ := strings.Cut(name, ".")
		switch now := time.Now(); kind {
		case "time":
			a.values.bind(name, fmt.Sprint(now.UnixMilli()))
		case "seconds":
			a.values.bind(name, fmt.Sprint(now.Unix()))
		case "pending": // which a real server remembers for a while
			a.values.bind(name, fmt.Sprintf("%s:%d", standIn(name), now.UnixNano()))
		case "etag":
			a.values.bind(name, a.values.value(name))
		default:
			if !a.awaitName(ctx, name) {
				return name
			}
		}
	}
	return ""
}

func (a *against) ask(ctx context.Context, i int, shown *value, ex *Exchange) {
	answer, err := a.exchange(ctx, &ex.Request)
	a.Sent++
	if err != nil {
		a.differ(i, "it is not answered: "+err.Error())
		return
	}
	a.differ(i, a.compareAnswer(shown.get("answer"), answer)...)
}

func (a *against) exchange(ctx context.Context, r *Request) (Response, error) {
	ctx, cancel := context.WithTimeout(ctx, a.answersWithin)
	defer cancel()
	req, err := newRequest(r, a.server)
	if err != nil {
		return Response{}, err
	}
	resp, err := a.httpClient().Do(req.WithContext(ctx))
	if err != nil {
		if ctx.Err() != nil {
			return Response{}, fmt.Errorf("nothing came within %s", a.answersWithin)
		}
		return Response{}, err
	}
	return readResponse(resp)
}

// compareAnswer returns how an answer differs from the recorded one. What it tells first is
// what names stand for from then on.
func (a *against) compareAnswer(shown *value, answer Response) []string {
	sent := &value{kind: object}
	if err := showingHeaders(shown.get("header")).unfoldMessage(sent, &answer.Message); err != nil {
		return []string{"its body cannot be read: " + err.Error()}
	}
	u := a.unifier()
	u.status(shown, answer.Status)
	u.header(shown.get("header"), sent.get("header"))
	u.bodies(shown, sent)
	a.values.bindAll(u.fresh)
	return u.differences
}

func (a *against) unifier() *unifier {
	return &unifier{bindings: a.values, fresh: map[string]string{}, most: mostDifferences, ignored: a.ignored, anyTime: true}
}

// showingHeaders are rules that show the header fields that are recorded.
func showingHeaders(recorded *value) *fixtureRules {
	if recorded == nil {
		return &fixtureRules{}
	}
	return &fixtureRules{headers: recorded.keys}
}

// status compares the status of an answer.
func (u *unifier) status(shown *value, status int) {
	if recorded := int(toInt(shown.get("status").text)); recorded != status {
		u.differ("status", "is %d, recorded is %d", status, recorded)
	}
}

// header compares the recorded header fields of an answer, but for those that are different
// at each moment, and of the Content-Type the media type.
func (u *unifier) header(shown, sent *value) {
	if shown == nil {
		return
	}
	for i, name := range shown.keys {
		recorded, is := shown.items[i], sent.get(name)
		path := "header." + name
		switch {
		case name == "Etag", name == "If-None-Match", strings.HasPrefix(name, "X-Ratelimit-"):
			if is != nil && is.kind == text && recorded.kind == text {
				u.text(recorded.text, is.text) // it may tell what names stand for
			}
		case is == nil:
			u.differ(path, "is absent, recorded is %s", clip(string(recorded.append(nil))))
		case name == "Content-Type" && recorded.kind == text && is.kind == text:
			if was, now := mediaType(recorded.text), mediaType(is.text); was != now {
				u.differ(path, "is %s, recorded is %s", orNone(now), orNone(was))
			}
		default:
			u.compare(path, recorded, is)
		}
	}
}

// open opens a websocket, once all that stands before it has come: a new connection hears
// what is told from then on.
func (a *against) open(ctx context.Context, i int, ex *Exchange) {
	a.await(ctx, func(*expectation) bool { return true })
	a.leave(ctx, i)
	dialing, cancel := context.WithTimeout(ctx, a.answersWithin)
	defer cancel()
	req, err := newRequest(&ex.Request, a.server)
	if err != nil {
		a.differ(i, err.Error())
		return
	}
	ws, resp, err := websocket.Dial(dialing, req.URL.String(), &websocket.DialOptions{HTTPClient: a.httpClient(), HTTPHeader: req.Header})
	a.Sent++
	switch {
	case err != nil && resp != nil:
		a.differ(i, fmt.Sprintf("status is %d, recorded is %d", resp.StatusCode, http.StatusSwitchingProtocols))
	case err != nil:
		a.differ(i, "the websocket cannot be opened: "+err.Error())
	default:
		a.sockets = append(a.sockets, a.listen(ctx, ws, i))
	}
}

// say sends a client's message on the websocket of its user.
func (a *against) say(ctx context.Context, i int, ex *Exchange, form websocket.MessageType) {
	s := a.socketOf(i)
	if s == nil {
		a.notSent(i, "there is no websocket of "+orNone(ex.Actor))
		return
	}
	writing, cancel := context.WithTimeout(ctx, a.answersWithin)
	defer cancel()
	a.Sent++
	if err := s.ws.Write(writing, form, ex.Request.Body); err != nil {
		a.differ(i, "it cannot be sent: "+err.Error())
	}
	s.last, s.greeted = i, false
}
