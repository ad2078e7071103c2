package recorder

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// A FixtureOption changes how a fixture is made of exchanges.
type FixtureOption func(*fixtureRules) error

// fixtureRules are the options of one fixture.
type fixtureRules struct {
	server   string
	sites    []string // hosts and ports, without those that the schemes mean
	base     string   // what paths begin with at the first of them
	headers  []string
	keys     []string // folded; see foldKey
	paths    []string
	plain    []string               // folded keys that the last scan believes
	words    []string               // what the own rules are, for people
	named    map[string]string      // names that values have already
	said     []string               // what redacted says, if it is not made up
	followed bool                   // see KeepFollowed
	actor    func(*Exchange) string // see Actors; may be nil
}

// site is the server's host by which clients know it, "" where none is known.
func (o *fixtureRules) site() string {
	if len(o.sites) == 0 {
		return ""
	}
	return o.sites[0]
}

// shownHeaders are the header fields that a fixture has; the others tell about
// the client's library and the moment, or are secrets.
var shownHeaders = []string{
	"Authorization", "Content-Disposition", "Content-Range", "Content-Type", "Etag", "If-None-Match",
	"Location", "Range", "Retry-After", "Token", "X-Ratelimit-Limit", "X-Ratelimit-Remaining", "X-Ratelimit-Reset",
}

func newFixtureRules(options []FixtureOption) (*fixtureRules, error) {
	o := &fixtureRules{headers: slices.Clone(shownHeaders)}
	for _, option := range options {
		if err := option(o); err != nil {
			return nil, err
		}
	}
	slices.Sort(o.headers)
	o.headers = slices.Compact(o.headers)
	return o, nil
}

// ServerVersion says which version of Mattermost answered.
func ServerVersion(version string) FixtureOption {
	return func(o *fixtureRules) error { o.server = version; return nil }
}

// Site says the URLs by which clients and integrations know the server. The host and
// port of each is named {host.site}.
func Site(urls ...string) FixtureOption {
	return func(o *fixtureRules) error {
		for _, site := range urls {
			u, err := url.Parse(site)
			if err != nil || u.Host == "" {
				return fmt.Errorf("the site %q is no URL such as http://127.0.0.1:8065", site)
			}
			if len(o.sites) == 0 {
				o.base = strings.TrimRight(u.Path, "/")
			}
			o.sites = append(o.sites, hostOf(u))
		}
		return nil
	}
}

// Actors tells who acted in exchanges that do not say so themselves, by user name; ""
// for one of whom that is not known.
func Actors(of func(*Exchange) string) FixtureOption {
	return func(o *fixtureRules) error { o.actor = of; return nil }
}

// KeepFollowed shows what the server did because of an integration's answer, in words; see
// Exchange.Followed. Without it a fixture has only what travels, which is the same for a
// server that records itself and for a proxy in front of it.
func KeepFollowed() FixtureOption {
	return func(o *fixtureRules) error { o.followed = true; return nil }
}

// RedactKey replaces, beside what is always replaced, every value that stands
// under one of these keys in a JSON body, a form or a query. Case, "_" and "-"
// make no difference. Where a replay answers with it, a number or an object comes
// back as a text.
func RedactKey(keys ...string) FixtureOption {
	return func(o *fixtureRules) error {
		for _, key := range keys {
			if foldKey(key) == "" {
				return errors.New("a key to redact is empty")
			}
			o.keys = append(o.keys, foldKey(key))
			o.words = append(o.words, "key "+key)
		}
		return nil
	}
}

// RedactPath replaces, beside what is always replaced, every value that stands at
// one of these gjson paths of a JSON body, such as "user.email" or
// "attachments.#.fields". Paths with modifiers ("@…", "|") are refused, for what
// they lead to stands nowhere in the body.
func RedactPath(paths ...string) FixtureOption {
	return func(o *fixtureRules) error {
		for _, path := range paths {
			if path == "" || strings.ContainsAny(path, "@|") {
				return fmt.Errorf("the path to redact %q is no plain gjson path such as user.email", path)
			}
			o.paths = append(o.paths, path)
			o.words = append(o.words, "path "+path)
		}
		return nil
	}
}

// KeepHeader shows header fields that are otherwise left out. Cookies stay out.
func KeepHeader(names ...string) FixtureOption {
	return func(o *fixtureRules) error {
		for _, name := range names {
			name = http.CanonicalHeaderKey(name)
			if isCookie(name) {
				return fmt.Errorf("the header %s is never shown in a fixture", name)
			}
			o.headers = append(o.headers, name)
		}
		return nil
	}
}

func isCookie(header string) bool { return header == "Cookie" || header == "Set-Cookie" }

// KeepKey lets values under one of these keys be shown that look like a secret
// and are none, where writing a fixture was refused for them.
func KeepKey(keys ...string) FixtureOption {
	return func(o *fixtureRules) error {
		for _, key := range keys {
			o.plain = append(o.plain, foldKey(key))
		}
		return nil
	}
}

// alreadyNamed lets values keep the names that they have.
func alreadyNamed(names map[string]string) FixtureOption {
	return func(o *fixtureRules) error { o.named = names; return nil }
}

// redacted says what is replaced, for the file's readers.
func (o *fixtureRules) redacted() []string {
	if o.said != nil {
		fresh := slices.DeleteFunc(slices.Clone(o.words), func(word string) bool { return slices.Contains(o.said, word) })
		return append(slices.Clip(o.said), fresh...)
	}
	return append([]string{
		"headers other than " + strings.Join(o.headers, ", "),
		"credentials in Authorization and Token",
		"keys that end in " + strings.Join(secretKeys, ", "),
		"ids, those of webhooks in paths included",
	}, o.words...)
}

// secretKeys are the endings, as foldKey writes them, of keys whose values are
// nobody's business.
var secretKeys = []string{
	"apikey", "accesskey", "authorization", "cookie", "credential", "credentials", "csrf", "encryptkey", "passphrase",
	"passwd", "password", "privatekey", "salt", "secret", "token", "triggerid",
}

// wholeKind is the kind of name for a text under a key that has one name as a whole:
// "token", "password", "trigger" or "secret", and what people need not read, of which chance
// decides what is in it; "" for any other key.
func wholeKind(key string) string {
	key = foldKey(key)
	switch key {
	case "etag", "ifnonematch":
		return "etag"
	case "pendingpostid": // as "<user's id>:<moment of the client's clock>"
		return "pending"
	}
	one := strings.TrimSuffix(key, "s") // of many
	for _, ending := range secretKeys {
		if strings.HasSuffix(key, ending) || strings.HasSuffix(one, ending) {
			switch ending {
			case "token", "password":
				return ending
			case "triggerid":
				return "trigger"
			}
			return "secret"
		}
	}
	return ""
}

// foldKey writes a key in lower case without "_" and "-".
func foldKey(key string) string { return joiners.Replace(strings.ToLower(key)) }

var joiners = strings.NewReplacer("_", "", "-", "")
