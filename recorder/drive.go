package recorder

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"
)

// A TB is what Drive needs of a test: *testing.T and the like have it.
type TB interface {
	Helper()
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
	Logf(format string, args ...any)
}

// Drive sends the requests that a recorded server made to integrations (slash
// commands, clicks, dialogs, outgoing webhooks) to the code under test, in their
// order, and fails the test where an answer is not the recorded one, with each
// difference. It is sent to an http.Handler, or to a URL whose scheme and host take
// the place of the recorded ones.
//
// Of the answers, status, media type and body are compared, JSON by its values. A
// name of the fixture stands for what the code under test was sent for it; one that
// it has made up itself stands for anything the first time, and for the same from
// then on. Requests that were recorded without an answer are not sent.
//
// In a test that has a boolean flag named "update", and is run with it, the answers
// are written into the fixture instead; so they are with MMFAKE_RECORD=1.
func Drive(t TB, path string, to any, options ...DriveOption) {
	t.Helper()
	f, err := Load(path)
	if err != nil {
		t.Fatalf("%v", err)
		return // where Fatalf ends nothing
	}
	d := &driver{}
	for _, option := range options {
		option(d)
	}
	if d.deliver, err = d.sender(to); err == nil {
		err = d.check(f)
	}
	if err != nil {
		t.Fatalf("recorder: driving %s: %v", path, err)
		return
	}
	d.values = newBindings(f.With(d.bound))
	if err := d.drive(f); err != nil {
		t.Fatalf("recorder: driving %s: %v", path, err)
		return
	}
	switch {
	case d.sent == 0:
		t.Errorf("recorder: %s has no request to an integration that was answered, so there is nothing to drive", path)
	case !isUpdating():
		for _, difference := range d.differences {
			t.Errorf("recorder: %s: %s", path, difference)
		}
	case len(d.differences) > 0:
		if err := d.rewrite(f, path); err != nil {
			t.Fatalf("%v", err)
			return
		}
		t.Logf("recorder: %s is written anew: %d answers differ", path, len(d.differences))
	}
}

// A DriveOption changes what Drive, or Against, sends and compares.
type DriveOption func(*driver)

// Ignore leaves parts of the answers out of the comparison. They are written as they are
// in what it says, as "json.attachments.0.ts"; "*" stands for any one key or index, and
// what is below an ignored part is ignored too. Against leaves the parts out of
// websocket messages, too, and all events of a name for one such as
// "event.status_change".
func Ignore(parts ...string) DriveOption {
	return func(d *driver) { d.ignored = append(d.ignored, parts...) }
}

// Only sends only the requests that meet all of the conditions.
func Only(conditions ...Match) DriveOption {
	return func(d *driver) { d.only = append(d.only, conditions...) }
}

// Bind has names of the fixture, without braces, stand for these values in what is
// sent: {"token.1": the token that the code under test expects}.
func Bind(values map[string]string) DriveOption {
	return func(d *driver) { d.bound = values }
}

// Redacting has own rules for a fixture that Drive writes anew: those with which it was
// recorded.
func Redacting(options ...FixtureOption) DriveOption {
	return func(d *driver) { d.rules = append(d.rules, options...) }
}

type driver struct {
	deliver func(*Request) (Response, error)
	only    []Match
	ignored []string
	bound   map[string]string
	rules   []FixtureOption
	client  *http.Client

	answersWithin, eventsWithin time.Duration // 0 for the usual

	values      *bindings
	sent        int
	answers     map[int]Response // by the exchange's index
	differences []string
}

// check returns what is wrong with the options for a fixture.
func (d *driver) check(f *Fixture) error {
	if err := Check(d.only...); err != nil {
		return err
	}
	return f.CheckNames(slices.Sorted(maps.Keys(d.bound))...)
}

func (d *driver) drive(f *Fixture) error {
	d.answers = map[int]Response{}
	for i, shown := range f.exchanges {
		if Kind(shown.string("kind")) != KindCallback || shown.get("answer") == nil {
			continue
		}
		ex := d.values.fixture().foldRequest(shown)
		if !meetsAll(ex, d.only) {
			continue
		}
		what := fmt.Sprintf("exchange %d, %s %s", i+1, ex.Request.Method, clip(ex.Request.URL()))
		answer, err := d.deliver(&ex.Request)
		if err != nil {
			return fmt.Errorf("%s: %w", what, err)
		}
		d.sent++
		d.answers[i] = answer
		differences, err := d.compare(shown.get("answer"), answer)
		if err != nil {
			return fmt.Errorf("%s: %w", what, err)
		}
		if len(differences) > 0 {
			d.differences = append(d.differences, what+": "+strings.Join(differences, "; "))
		}
	}
	return nil
}

// compare returns how an answer differs from the recorded one.
func (d *driver) compare(shown *value, answer Response) ([]string, error) {
	sent := &value{kind: object}
	if err := (&fixtureRules{}).unfoldMessage(sent, &answer.Message); err != nil {
		return nil, err
	}
	u := &unifier{bindings: d.values, fresh: map[string]string{}, most: mostDifferences, ignored: d.ignored}
	u.status(shown, answer.Status)
	recorded, media := mediaType(shown.get("header").string("Content-Type")), mediaType(answer.Header.Get("Content-Type"))
	if recorded != "" && media != "" && recorded != media {
		u.differ("header.Content-Type", "is %s, recorded is %s", media, recorded)
	}
	u.bodies(shown, sent)
	d.values.bindAll(u.fresh)
	return u.differences, nil
}

// mostDifferences is how many differences of one answer are told.
const mostDifferences = 20

func mediaType(contentType string) string {
	media, _, _ := strings.Cut(contentType, ";")
	return strings.ToLower(strings.TrimSpace(media))
}

// isUpdating tells whether fixtures are to be written anew.
func isUpdating() bool {
	if os.Getenv("MMFAKE_RECORD") == "1" {
		return true
	}
	update := flag.Lookup("update")
	return update != nil && update.Value.String() == "true"
}

// rewrite writes the fixture with the answers of the code under test.
func (d *driver) rewrite(f *Fixture, path string) error {
	exchanges := d.values.fixture().Exchanges()
	for i, answer := range d.answers {
		exchanges[i].Response = answer
	}
	known := []FixtureOption{ServerVersion(f.server), Site("http://" + d.values.value(siteName)), KeepFollowed(), alreadyNamed(d.values.names)}
	next, err := NewFixture(exchanges, append(known, d.rules...)...)
	if err != nil {
		return fmt.Errorf("recorder: %s is not written anew: %w", path, err)
	}
	return next.Save(path)
}

// sender returns what sends a request to the code under test.
func (d *driver) sender(to any) (func(*Request) (Response, error), error) {
	switch to := to.(type) {
	case http.Handler:
		return func(r *Request) (Response, error) {
			req, err := newRequest(r, r.Origin)
			if err != nil {
				return Response{}, err
			}
			req.RequestURI, req.Host = req.URL.RequestURI(), req.URL.Host
			w := &answerWriter{header: http.Header{}}
			to.ServeHTTP(w, req)
			return w.response(), nil
		}, nil
	case string:
		if u, err := url.Parse(to); err != nil || u.Host == "" {
			return nil, fmt.Errorf("%q is no URL such as http://127.0.0.1:5000", to)
		}
		client := d.httpClient()
		client.Timeout = d.answerTime()
		return func(r *Request) (Response, error) {
			req, err := newRequest(r, strings.TrimSuffix(to, "/"))
			if err != nil {
				return Response{}, err
			}
			resp, err := client.Do(req)
			if err != nil {
				return Response{}, err
			}
			return readResponse(resp)
		}, nil
	}
	return nil, errors.New("the code under test must be an http.Handler or a URL")
}

// An answerWriter keeps what a handler answers.
type answerWriter struct {
	header http.Header
	status int
	sent   http.Header // as it was when the answer began
	body   bytes.Buffer
}

func (w *answerWriter) Header() http.Header { return w.header }

func (w *answerWriter) WriteHeader(status int) {
	if w.status == 0 && (status >= 200 || status == http.StatusSwitchingProtocols) {
		w.status, w.sent = status, w.header.Clone()
	}
}

func (w *answerWriter) Write(b []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	return w.body.Write(b)
}

// response is the answer when the handler has returned. A media type that it does not
// tell is found out as net/http does.
func (w *answerWriter) response() Response {
	w.WriteHeader(http.StatusOK)
	if len(w.sent["Content-Type"]) == 0 && w.body.Len() > 0 {
		w.sent.Set("Content-Type", http.DetectContentType(w.body.Bytes()))
	}
	return Response{Status: w.status, Message: Message{Header: w.sent, Body: w.body.Bytes()}}
}

// driveTimeout is how long an answer may take: as long as the real server waits.
const driveTimeout = 30 * time.Second

func newRequest(r *Request, origin string) (*http.Request, error) {
	path := (&url.URL{Path: r.Path, RawQuery: r.Query}).String()
	req, err := http.NewRequest(r.Method, origin+path, bytes.NewReader(r.Body))
	if err == nil {
		req.Header = r.Header.Clone()
		if req.Header == nil {
			req.Header = http.Header{}
		}
	}
	return req, err
}

func readResponse(resp *http.Response) (Response, error) {
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, mostReplayed))
	if err != nil {
		return Response{}, fmt.Errorf("the answer broke off: %w", err)
	}
	return Response{Status: resp.StatusCode, Message: Message{Header: resp.Header, Body: body}}, nil
}
