package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// What the commands that read and write fixtures have in common.

// A redaction are the rules with which a fixture is written, beside those that always hold.
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

// writable says why a session cannot be written when it is over: because of the file or of
// the rules.
func (r *redaction) writable(path string) error {
	if err := writable(path); err != nil {
		return err
	}
	_, err := recorder.NewFixture(nil, r.options()...)
	return err
}

// longSession is what is kept of a session that is to be written.
var longSession = recorder.Limits{Exchanges: 1_000_000, Bytes: 1 << 30}

func exchanges(n int) string {
	if n == 1 {
		return "1 exchange"
	}
	return fmt.Sprintf("%d exchanges", n)
}

// plain is an error of package recorder in the words of the command: without the package's
// name, and with flags in the place of options.
func plain(err error) error {
	return errors.New(flagsFor.Replace(strings.TrimPrefix(err.Error(), "recorder: ")))
}

var flagsFor = strings.NewReplacer("recorder.RedactKey or RedactPath", "--redact-key or --redact-path", "recorder.KeepKey", "--keep-key")
