package recorder

import (
	"flag"
	"fmt"
	"os"
	"strings"
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
	d, err := newDriver(f, to, options)
	if err == nil {
		err = d.drive(f)
	}
	if err != nil {
		t.Fatalf("recorder: driving %s: %v", path, err)
		return
	}
	switch {
	case d.sent == 0:
		t.Errorf("recorder: %s has no request to an integration that was answered, so there is nothing to drive", path)
	case !Updating():
		for _, difference := range d.differences {
			t.Errorf("recorder: %s: %s", path, difference)
		}
		if len(d.differences) > 0 {
			t.Logf("recorder: if the answers are right now, MMFAKE_RECORD=1 writes them into %s", path)
		}
	case len(d.differences) > 0:
		if err := d.rewrite(f, path); err != nil {
			t.Fatalf("%v", err)
			return
		}
		t.Logf("recorder: %s is written anew: %d answers differ", path, len(d.differences))
	}
}

// A driver is one run of a fixture against the code under test.
type driver struct {
	*driveOptions
	deliver     func(*Request) (Response, error)
	values      *bindings
	sent        int
	answers     map[int]Response // by the exchange's index
	differences []string
}

func newDriver(f *Fixture, to any, options []DriveOption) (*driver, error) {
	o, err := newDriveOptions(f, options)
	if err != nil {
		return nil, err
	}
	deliver, err := o.sender(to)
	if err != nil {
		return nil, err
	}
	return &driver{driveOptions: o, deliver: deliver, values: newBindings(f.With(o.bound)), answers: map[int]Response{}}, nil
}

func (d *driver) drive(f *Fixture) error {
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

// Updating tells whether a test is asked to write its fixtures and golden files anew: by
// MMFAKE_RECORD=1, or by a boolean flag named "update" that the test has.
// MMFAKE_RECORD=0 says that it is not.
func Updating() bool {
	switch os.Getenv("MMFAKE_RECORD") {
	case "0":
		return false
	case "1":
		return true
	}
	update := flag.Lookup("update")
	return update != nil && update.Value.String() == "true"
}

// rewrite writes the fixture with the answers of the code under test.
func (d *driver) rewrite(f *Fixture, path string) error {
	exchanges := d.values.fixture().Exchanges()
	shown := alreadyShown(exchanges...)
	for i, answer := range d.answers {
		exchanges[i].Response = answer
	}
	known := []FixtureOption{ServerVersion(f.server), Site("http://" + d.values.value(siteName)), KeepFollowed(), alreadyNamed(d.values.names), alreadyRedacted(f.redacted), shown}
	next, err := NewFixture(exchanges, append(known, d.rules...)...)
	if err != nil {
		return fmt.Errorf("recorder: %s is not written anew: %w", path, err)
	}
	return next.Save(path)
}
