package main

import (
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// A serverURL is a flag that names a server.
type serverURL string

// UnmarshalText takes http and https URLs only.
func (u *serverURL) UnmarshalText(text []byte) error {
	at, err := url.Parse(string(text))
	if len(text) > 0 && (err != nil || at.Host == "" || at.Scheme != "http" && at.Scheme != "https") {
		return fmt.Errorf("%q is no URL such as http://127.0.0.1:8065 or https://chat.example.com", text)
	}
	*u = serverURL(text)
	return nil
}

// A login is a flag that names a user.
type login struct{ name, password string }

// UnmarshalText takes a name and a password with a colon between them.
func (l *login) UnmarshalText(text []byte) error {
	name, password, found := strings.Cut(string(text), ":")
	if !found {
		return errors.New("it wants the name and the password of a system admin with a colon between them")
	}
	*l = login{name, password}
	return nil
}

// A redaction are the rules with which a fixture is written, beside those that always
// hold.
type redaction struct {
	RedactKey  []string `placeholder:"KEY" env:"MMFAKE_REDACT_KEY" help:"Replace values under these keys too, such as email."`
	RedactPath []string `sep:"none" placeholder:"PATH" env:"MMFAKE_REDACT_PATH" help:"Replace what is at this gjson path of JSON bodies too, such as user.notify_props. May be repeated."`
	KeepKey    []string `placeholder:"KEY" env:"MMFAKE_KEEP_KEY" help:"Show values under these keys that look like secrets and are none."`
	KeepHeader []string `placeholder:"NAME" env:"MMFAKE_KEEP_HEADER" help:"Show these headers too."`
}

func (r *redaction) options() []recorder.FixtureOption {
	return []recorder.FixtureOption{
		recorder.RedactKey(r.RedactKey...), recorder.RedactPath(r.RedactPath...), recorder.KeepKey(r.KeepKey...), recorder.KeepHeader(r.KeepHeader...),
	}
}
