// Package recorder remembers what happened between a fake server and the
// programs that talk to it.
//
// An [Exchange] is one request and its answer, either way, or one websocket
// message. A [Journal] holds the exchanges of a server in order; it is
// queried, and waited on, with a [Match]: a condition that can say why an
// exchange does not meet it. The same form of condition serves other things
// as well (see [Condition]).
//
// A [Fixture] is a session as a file that people read, diff and edit:
// [Journal.Save] writes one, with names in the place of ids, secrets and times, and
// [LoadHAR] makes one of what a browser has saved. A [Replay] answers from it in the
// place of the server; [Drive] sends what the server sent to the code under test, and
// [Against] what clients sent to a server, and both compare the answers. A [Proxy] records what
// passes between clients and a server, real or fake.
//
// The package knows HTTP, not the rules of Mattermost.
package recorder
