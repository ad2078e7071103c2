package mmfake

import (
	"time"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/outgoing"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/recorder"
)

// An Option changes how a server is made.
type Option func(*settings)

type settings struct {
	config   world.Config
	limits   recorder.Limits
	address  string
	inMemory bool
	allowed  allowances
	outgoing outgoing.Options
}

// Settings are those of Mattermost's settings that change how the fake behaves,
// by the names that config.json has for them; docs/settings.md lists them with their
// defaults.
type Settings = world.Config

// Configure changes the server's settings before it starts, from those that they have
// by default.
func Configure(change func(*Settings)) Option {
	if change == nil {
		return nil // which New and Start refuse
	}
	return func(s *settings) { change(&s.config) }
}

// Listen makes the server listen on an address such as "127.0.0.1:8065". Without
// it the server takes a free port of the loopback interface.
func Listen(address string) Option {
	return func(s *settings) { s.address = address }
}

// Seed makes ids and tokens come from a seed of the test's choice. A server from
// New has the test's name for one, a server from Start, or with "", real randomness.
// What is made of the same kind, at the same place, by the same user and under the same
// name has its ids in the order in which it is made; the order of all else does not matter.
func Seed(seed string) Option {
	return func(s *settings) { s.config.Seed = seed }
}

// Version makes the server behave as a version of Mattermost, from "5.0" on:
// "5.0", "5.36" and "11.6", which is the default, were recorded. Another one, such
// as "9.11.2", behaves as the recorded one before it with what is known to have
// come since, and from 6.0 on with all that is only known to have come after 5.36
// (docs/versions.md). [Start] refuses what is no version.
func Version(version string) Option {
	return func(s *settings) { s.config.Version = version }
}

// JournalLimits bounds what the journal keeps. Zero fields have the defaults of
// recorder.Limits.
func JournalLimits(limits recorder.Limits) Option {
	return func(s *settings) { s.limits = limits }
}

// AllowPublic lets the server make requests to public addresses: to the URLs of
// commands, buttons, dialogs and outgoing webhooks wherever they are. Without it
// they go to mounted handlers, and to loopback and private addresses; anything
// else fails as if the integration were down, and the exchange says why.
func AllowPublic() Option {
	return func(s *settings) { s.outgoing.AllowPublic = true }
}

// IntegrationTimeout is how long an integration may take to answer a request of
// the server's, its whole answer included. Without it, or with 0 or less, that is 30
// seconds, as on a real server.
func IntegrationTimeout(limit time.Duration) Option {
	return func(s *settings) { s.outgoing.Timeout = limit }
}
