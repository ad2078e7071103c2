package assertions

import (
	"cmp"
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// Called waits until the server has called an integration with a request that meets
// all of the conditions, such as recorder.JSON, and returns the first that does, or
// nil. It counts whatever the integration answers, once that is known. The URL is
// the integration's, or one above it, as for mmfake.Server.Mount; if it has a query, the
// request has those parameters among others.
func (a *Assertions) Called(url string, conditions ...recorder.Match) *recorder.Exchange {
	a.t.Helper()
	return a.exchange("The integration was not called as was wanted", slices.Concat([]recorder.Match{callback, to(url)}, conditions))
}

// Answered is Called for a request that the integration has answered; the
// conditions say how, such as recorder.Status and recorder.AnswerJSON.
func (a *Assertions) Answered(url string, conditions ...recorder.Match) *recorder.Exchange {
	a.t.Helper()
	return a.exchange("The integration did not answer as was wanted", slices.Concat([]recorder.Match{callback, to(url), complete}, conditions))
}

var callback = recorder.OfKind(recorder.KindCallback)

// complete is met by requests with a whole answer.
var complete = recorder.Match{
	Want: "a complete answer",
	Miss: func(ex *recorder.Exchange) string {
		if ex.Response.Status != 0 && ex.Err == "" {
			return ""
		}
		return "it has none: " + ex.Err
	},
}

// to is met by requests to a URL, or below it, that have the parameters of its query
// among theirs.
func to(address string) recorder.Match {
	wanted, err := url.Parse(address)
	if err != nil || wanted.Scheme == "" || wanted.Host == "" {
		err = errors.New("the URL " + strconv.Quote(address) + " has no scheme and host: write it like http://deploybot.test/command")
		wanted = &url.URL{}
	}
	path := strings.TrimSuffix(wanted.Path, "/")
	return recorder.Match{
		Want: "a request to " + address,
		Err:  err,
		Miss: func(ex *recorder.Exchange) string {
			rest, below := strings.CutPrefix(ex.Request.Path, path)
			origin, err := url.Parse(ex.Request.Origin)
			if err == nil && sameHost(origin, wanted) && below && (rest == "" || rest[0] == '/') && hasAll(ex.Request.Query, wanted.Query()) {
				return ""
			}
			return "it went to " + ex.Request.URL() + ", wanted " + address
		},
	}
}

// sameHost compares as Mount does: case does not matter, nor the port that the scheme
// implies.
func sameHost(a, b *url.URL) bool {
	usual := map[string]string{"http": "80", "https": "443"}[a.Scheme]
	return a.Scheme == b.Scheme && strings.EqualFold(a.Hostname(), b.Hostname()) && cmp.Or(a.Port(), usual) == cmp.Or(b.Port(), usual)
}

// hasAll says whether a query has parameters, among others perhaps.
func hasAll(query string, wanted url.Values) bool {
	got, _ := url.ParseQuery(query) // as far as it can be read
	for name, values := range wanted {
		for _, value := range values {
			if !slices.Contains(got[name], value) {
				return false
			}
		}
	}
	return true
}

// Commanded waits until somebody has run a slash command: the code under test over
// the API, or an actor of the test. The line is the whole of it, such as "/deploy
// prod", or the command alone, which any words may follow.
func (a *Assertions) Commanded(line string, conditions ...recorder.Match) *recorder.Exchange {
	a.t.Helper()
	return a.exchange("The command was not run", slices.Concat([]recorder.Match{command, ranLine(line)}, conditions))
}

// lineOf is the command line that an exchange runs, "" for none.
func lineOf(ex *recorder.Exchange) string {
	var deed mmfake.Deed
	switch {
	case ex.Kind == recorder.KindActor && json.Unmarshal(ex.Request.Body, &deed) == nil && deed.Does == "runs":
		return deed.What
	case ex.Kind == recorder.KindAPI && ex.Route == "POST /api/v4/commands/execute":
		return ex.Request.Get("command").String()
	}
	return ""
}

// command is met by what runs a slash command.
var command = recorder.Match{
	Want:  "a slash command",
	About: []any{recorder.KindActor},
	Miss: func(ex *recorder.Exchange) string {
		if lineOf(ex) != "" {
			return ""
		}
		return "it runs no command"
	},
}

func ranLine(line string) recorder.Match {
	var err error
	if !strings.HasPrefix(line, "/") {
		err = errors.New("the command line " + strconv.Quote(line) + " does not begin with a slash")
	}
	return recorder.Match{
		Want:  "the command line " + strconv.Quote(line),
		Err:   err,
		About: []any{recorder.KindActor},
		Miss: func(ex *recorder.Exchange) string {
			got := lineOf(ex)
			name, _, _ := strings.Cut(got, " ")
			if got == line || name == line {
				return ""
			}
			return "the line is " + strconv.Quote(got) + ", wanted " + strconv.Quote(line)
		},
	}
}

// Webhooked waits until an incoming webhook has taken a request that meets all of
// the conditions, such as recorder.JSON("text", …), and returns the first, or nil.
func (a *Assertions) Webhooked(hook *mmfake.IncomingWebhook, conditions ...recorder.Match) *recorder.Exchange {
	a.t.Helper()
	if hook == nil || !hook.IsOf(a.mm) {
		a.impossible("request", errors.New("the webhook is none of this server: mm.IncomingWebhook makes one"))
		return nil
	}
	ofHooks := recorder.OfKind(recorder.KindWebhook)
	return a.exchange("The webhook was not used as was wanted", slices.Concat([]recorder.Match{ofHooks, recorder.Path("/hooks/" + hook.ID), recorder.Status(200)}, conditions))
}

// DialogOpened waits until an integration has opened a dialog of that title for a
// user, "" for any, and returns the latest, which may be filled in with Actor.Submit,
// or nil.
func (a *Assertions) DialogOpened(by *mmfake.Actor, title string) *mmfake.Dialog {
	a.t.Helper()
	if _, err := a.mm.Candidates(mmfake.By(by)); err != nil {
		a.impossible("dialog", err)
		return nil
	}
	titled := titled(title)
	var all []*mmfake.Dialog
	var found *mmfake.Dialog
	waited, ok := a.await(func() bool {
		all = by.Dialogs()
		for _, d := range slices.Backward(all) {
			if titled.Meets(d) {
				found = d
				return true
			}
		}
		return false
	})
	if !ok {
		a.fail(recorder.Explain(slices.Values(all), titled)+"\n"+a.lately(), "The dialog was not opened for %s (%s).", by, waited)
	}
	return found
}

func titled(title string) recorder.Condition[*mmfake.Dialog] {
	c := recorder.Condition[*mmfake.Dialog]{Want: "the dialog " + title}
	if title == "" {
		c.Want = "a dialog"
	}
	c.Miss = func(d *mmfake.Dialog) string {
		if title == "" || d.Title == title {
			return ""
		}
		return "title is " + strconv.Quote(d.Title) + ", wanted " + strconv.Quote(title)
	}
	return c
}
