package recorder

import (
	"cmp"
	"maps"
	"net/http"
	"slices"
	"time"
)

// A DriveOption changes what Drive, or Against, sends and compares.
type DriveOption func(*driveOptions)

// Ignore leaves parts of the answers out of the comparison. They are written as they are
// in what it says, as "json.attachments.0.ts"; "*" stands for any one key or index, and
// what is below an ignored part is ignored too. Against leaves the parts out of
// websocket messages, too, and all events of a name for one such as
// "event.status_change".
func Ignore(parts ...string) DriveOption {
	return func(o *driveOptions) { o.ignored = append(o.ignored, parts...) }
}

// Only sends only the requests that meet all of the conditions.
func Only(conditions ...Match) DriveOption {
	return func(o *driveOptions) { o.only = append(o.only, conditions...) }
}

// Bind has names of the fixture, without braces, stand for these values in what is
// sent: {"token.1": the token that the code under test expects}. Of two values for a
// name the last counts.
func Bind(values map[string]string) DriveOption {
	return func(o *driveOptions) { maps.Copy(o.bound, values) }
}

// Redacting has own rules for a fixture that Drive writes anew: those with which it was
// recorded.
func Redacting(options ...FixtureOption) DriveOption {
	return func(o *driveOptions) { o.rules = append(o.rules, options...) }
}

// EventsWithin says how long the server may take to send a websocket message after what it
// is recorded behind; by default, or with 0, five seconds. Drive takes no notice of it.
func EventsWithin(d time.Duration) DriveOption {
	return func(o *driveOptions) { o.eventsWithin = cmp.Or(d, usualEventTime) }
}

// AnswersWithin says how long an answer may take; by default, or with 0, thirty seconds, as
// long as the real server waits for an integration. An http.Handler takes as long as it
// takes.
func AnswersWithin(d time.Duration) DriveOption {
	return func(o *driveOptions) { o.answersWithin = cmp.Or(d, usualAnswerTime) }
}

// HTTPClient sends requests with a client of one's own: that of a fake without a port, or one
// that trusts a certificate. Redirects are not followed.
func HTTPClient(client *http.Client) DriveOption {
	return func(o *driveOptions) { o.client = client }
}

const (
	usualAnswerTime = 30 * time.Second
	usualEventTime  = 5 * time.Second
)

// driveOptions are the options of one run.
type driveOptions struct {
	only    []Match
	ignored []string // paths of parts
	bound   map[string]string
	rules   []FixtureOption
	client  *http.Client // nil for one of its own

	answersWithin, eventsWithin time.Duration
}

// newDriveOptions returns the options, or what is wrong with them for a fixture.
func newDriveOptions(f *Fixture, options []DriveOption) (*driveOptions, error) {
	o := &driveOptions{bound: map[string]string{}, answersWithin: usualAnswerTime, eventsWithin: usualEventTime}
	for _, option := range options {
		option(o)
	}
	if err := Check(o.only...); err != nil {
		return nil, err
	}
	return o, f.CheckNames(slices.Sorted(maps.Keys(o.bound))...)
}

// httpClient is the client that is sent with; it does not follow redirects.
func (o *driveOptions) httpClient() *http.Client {
	client := http.Client{}
	if o.client != nil {
		client = *o.client
	}
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &client
}
