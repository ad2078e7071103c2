package recorder

import (
	"fmt"
	"slices"
)

// FixtureFormat is the version of the format that is written. Another one is
// refused when read.
const FixtureFormat = 1

// A Fixture is a session as a file that people read, diff and edit: exchanges on one
// time line, requests in the order in which they began and each websocket message behind
// the request that it is news of, with ids, secrets and times replaced by names, so that
// two recordings of the same session are the same file. docs/fixture.schema.json
// describes the file:
//
//	{
//	 "format": 1,
//	 "server": "11.6.0",
//	 "redacted": ["headers other than …", "keys that end in …"],
//	 "names": {"channel": ["dev"], "post": ["1"], "user": ["alice"]},
//	 "exchanges": [
//	  {
//	   "kind": "api", "direction": "in", "actor": "alice",
//	   "request": {
//	    "method": "POST", "path": "/api/v4/posts",
//	    "header": {"Authorization": "Bearer {token.1}", "Content-Type": "application/json"},
//	    "json": {"channel_id": "{channel.dev}", "message": "good morning"}
//	   },
//	   "answer": {"status": 201, "json": {"id": "{post.1}", "create_at": "{time.1}", "user_id": "{user.alice}"}}
//	  }
//	 ]
//	}
//
// A name in braces stands for one value wherever it stands: in bodies, in JSON
// inside texts, in paths, queries, forms and headers. Its first part comes from
// the key or the path under which the value stands (user_id, /posts/…), the second
// from a name that the session tells for it (a username, a channel's name), or
// from counting. {host.site} is the server's host and port, {host.1} another on
// this machine, {hash.1} 32 hexadecimal digits, {etag.1} all of an ETag, {pending.1} all
// of a pending_post_id. {time.3} is the third moment in milliseconds of all that the
// session has, {seconds.3} the third in seconds. A text that only looks like a name begins
// with {brace.open} for its brace.
//
// A body stands under json, form, multipart (the parts of a form, without the boundary
// between them, which chance has made), text or base64 (then with its sha256). A text
// that holds JSON stands as {"$json": …}; {"$text": "{time.1}"} is a moment that was
// sent as text, not as number; a key that begins with "$" has it twice. A body of which
// only the beginning was kept has its whole size beside it.
//
// A Fixture does not change; its methods may be called from several goroutines.
type Fixture struct {
	server    string
	redacted  []string
	names     []string                 // in the order of the file
	exchanges []*value                 // as they stand in the file
	values    map[string]string        // what names stand for, where With says it
	told      func(name, value string) // hears of each name that is written as its value; may be nil
}

// NewFixture makes a fixture of exchanges in their order. It fails where
// something looks like a secret that no rule has replaced (see [RedactKey]), and
// says where it stands.
func NewFixture(exchanges []*Exchange, options ...FixtureOption) (*Fixture, error) {
	o, err := newFixtureRules(options)
	if err != nil {
		return nil, err
	}
	n := newNamer(o)
	f := &Fixture{server: o.server, redacted: o.redacted()}
	for i, ex := range exchanges {
		shown, err := o.unfold(ex)
		if err != nil {
			return nil, fmt.Errorf("exchange %d: %w", i+1, err)
		}
		f.exchanges = append(f.exchanges, shown)
	}
	f.exchanges = timeline(exchanges, f.exchanges)
	n.learnAll(f.exchanges)
	for _, shown := range f.exchanges {
		n.nameExchange(shown)
	}
	f.names = n.sortedNames()
	if err := o.scan(n, f.exchanges); err != nil {
		return nil, err
	}
	return f, nil
}

// Save writes what the journal holds as a fixture; see [NewFixture] and
// [Fixture.Save]. It fails when the journal has dropped exchanges, because a
// session without its beginning cannot be replayed.
func (j *Journal) Save(path string, options ...FixtureOption) error {
	f, err := j.Fixture(options...)
	if err != nil {
		return fmt.Errorf("recorder: %s is not written: %w", path, err)
	}
	return f.Save(path)
}

// Fixture makes a fixture of what the journal holds, as [Journal.Save] does.
func (j *Journal) Fixture(options ...FixtureOption) (*Fixture, error) {
	if dropped := j.Dropped(); dropped > 0 {
		return nil, fmt.Errorf("the journal has dropped the first %d exchanges: raise recorder.Limits", dropped)
	}
	return NewFixture(j.All(), options...)
}

// Server is the version of Mattermost that answered, "" when unknown.
func (f *Fixture) Server() string { return f.server }

// Redacted says in words what was replaced by names because it is nobody's
// business.
func (f *Fixture) Redacted() []string { return slices.Clone(f.redacted) }

// Names are the names that stand for values in the fixture, without braces, as
// "post.1"; those of moments are not among them.
func (f *Fixture) Names() []string { return slices.Clone(f.names) }

// Len is how many exchanges the fixture has.
func (f *Fixture) Len() int { return len(f.exchanges) }
