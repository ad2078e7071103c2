// Package conformance holds a Mattermost-compatible server against what real
// Mattermost servers did.
//
// The scenarios (scenarios/*.yaml) are short stories of requests, callbacks and
// websocket events. golden/VERSION/ keeps what the real server of that version
// did with each, with everything that differs from run to run replaced by a name
// in angle brackets. A [Runner] plays a scenario on a server under test, and holds
// its [Outcome] against the recording.
//
//	runner := conformance.NewRunner(conformance.Target{URL: url, AdminName: name, AdminPassword: password})
//	for _, scenario := range scenarios {
//		result, err := runner.Hold(ctx, scenario, "11.6")
//		…
//		tally.Add(result)
//	}
//
// A server does as the recording says where the result matches. Every run makes a
// team, channels and users of its own and listens for callbacks on a port of its
// own, so that any number of scenarios can run against one server at once.
//
// # The world of a scenario
//
// sysadmin; a new open team; alice and bob, its members; carol, who is outside of
// it; dev, a public channel that sysadmin made and to which alice and bob were
// added; secret, a private one with alice; town, the team's town-square. ${x} is
// an id, ${x.name} its name, ${alice.token} a session token, ${alice.password}
// the password, ${w} the suffix that makes this run's names unique, ${server} the
// server's address, ${callback} the integration's, ${times.300.x} 300 times x.
//
// # The names in a recording
//
// <alice>, <team> and the like are what the world or a step's save names; <id> is
// an id that stands in the answer once, <id1>, <id2> are ids that stand there more
// often, in the order of their appearance; <ms> and <s> are times; <trigger>,
// <cookie>, <version>, <host>, <server> and <callback> are what they say. A string
// that holds JSON shows as {"<json>": …}, a run of 1000 or more same characters as
// <1000*x>, an HTML page as <page>. Of an error only id and status_code count.
package conformance
