package recorder

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// A Match is a condition on an exchange. The functions of this package that
// return one are about the request, or the websocket message, unless their
// name begins with Answer; [Status] is about the answer too.
type Match = Condition[*Exchange]

// OfKind is met by exchanges of a kind.
func OfKind(kind Kind) Match {
	match := field("kind", string(kind), func(ex *Exchange) string { return string(ex.Kind) })
	match.About = []any{kind}
	return match
}

// Going is met by exchanges whose request, or websocket message, went in a
// direction: [In] or [Out], anything else sets Err.
func Going(direction Direction) Match {
	match := field("direction", string(direction), func(ex *Exchange) string { return string(ex.Direction) })
	if direction != In && direction != Out {
		match.Err = fmt.Errorf("the direction %q is neither recorder.In nor recorder.Out", direction)
	}
	return match
}

// By is met by exchanges in which the user of that name acted. A leading "@"
// is left out of account; By("") is met where nobody is known.
func By(actor string) Match {
	return field("actor", strings.TrimPrefix(actor, "@"), func(ex *Exchange) string { return ex.Actor })
}

// Path is met by exchanges with exactly that path; [Route] knows methods and
// templates. One that does not begin with a slash sets Err, but for "", which a request
// to an integration's bare host has.
func Path(path string) Match {
	match := field("path", path, func(ex *Exchange) string { return ex.Request.Path })
	if path != "" && path[0] != '/' {
		match.Err = fmt.Errorf("the path %q does not begin with a slash: write it like /api/v4/posts", path)
	}
	return match
}

// field is met by exchanges whose field of that name is wanted.
func field(name, wanted string, of func(*Exchange) string) Match {
	return Match{
		Want: name + " " + orNone(wanted),
		Miss: func(ex *Exchange) string {
			if got := of(ex); got != wanted {
				return name + " is " + orNone(clip(got)) + ", wanted " + orNone(wanted)
			}
			return ""
		},
	}
}

// Query is met by exchanges whose URL has the parameter with that value, among
// others perhaps.
func Query(name, value string) Match {
	return Match{
		Want: "query parameter " + name + "=" + value,
		Miss: func(ex *Exchange) string {
			// What cannot be decoded is left out.
			query, _ := url.ParseQuery(ex.Request.Query)
			return missOneOf("query parameter "+name, query[name], value)
		},
	}
}

// Status is met by exchanges that were answered with that HTTP status, and with 0 by
// those that were not answered. What is no status, from 100 to 599, sets Err.
func Status(code int) Match {
	var err error
	if code != 0 && (code < 100 || code > 599) {
		err = fmt.Errorf("%d is no status of an answer: give one from 100 to 599", code)
	}
	return Match{
		Err:   err,
		About: []any{answered{}},
		Want:  "status " + strconv.Itoa(code),
		Miss: func(ex *Exchange) string {
			switch ex.Response.Status {
			case code:
				return ""
			case 0:
				return missNoAnswer(ex) + ", wanted status " + strconv.Itoa(code)
			default:
				return "status is " + strconv.Itoa(ex.Response.Status) + ", wanted " + strconv.Itoa(code)
			}
		},
	}
}

// missNoAnswer says that there is no answer, and why.
func missNoAnswer(ex *Exchange) string {
	if ex.Err != "" {
		return "there is no answer (cut off: " + ex.Err + ")"
	}
	return "there is no answer"
}

// Header is met by exchanges whose request has the header field with that
// value, among others perhaps. The name's case does not matter.
func Header(name, value string) Match { return header(request, name, value) }

// AnswerHeader is [Header] for the answer.
func AnswerHeader(name, value string) Match { return header(answer, name, value) }

func header(side side, name, value string) Match {
	what := side.name + " header " + http.CanonicalHeaderKey(name)
	return Match{
		About: side.about,
		Want:  what + ": " + value,
		Miss: func(ex *Exchange) string {
			if miss := side.missing(ex); miss != "" {
				return miss + ", wanted " + what + ": " + value
			}
			return missOneOf(what, side.of(ex).Header.Values(name), value)
		},
	}
}

// missOneOf returns "" when wanted is among the values of what.
func missOneOf(what string, values []string, wanted string) string {
	if slices.Contains(values, wanted) {
		return ""
	}
	if len(values) == 0 {
		return what + " is absent, wanted " + strconv.Quote(wanted)
	}
	return what + " is " + strconv.Quote(clip(strings.Join(values, ", "))) + ", wanted " + strconv.Quote(wanted)
}

// A side is the request or the answer of an exchange.
type side struct {
	name  string
	of    func(*Exchange) *Message
	about []any // what conditions on it are about
}

var (
	request = side{"request", func(ex *Exchange) *Message { return &ex.Request.Message }, nil}
	answer  = side{"answer", func(ex *Exchange) *Message { return &ex.Response.Message }, []any{answered{}}}
)

// An answered is among what conditions on the answer are about.
type answered struct{}

// NeedsAnswer tells whether a condition, or one of those that it is made of, is about
// the answer of an exchange, so that nothing can be said before there is one.
func NeedsAnswer(condition Match) bool { return slices.Contains(condition.About, any(answered{})) }

// missing returns "" when the exchange has that side at all.
func (s side) missing(ex *Exchange) string {
	if s.name == answer.name && ex.Response.Status == 0 {
		return missNoAnswer(ex)
	}
	return ""
}
