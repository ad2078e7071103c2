// Package mmfake is a fake Mattermost server for tests. It behaves like the real
// one where a client, a bot or an integration can tell the difference, remembers
// every exchange, and acts as the users that a test needs.
//
//	func TestNotifier(t *testing.T) {
//		mm := mmfake.New(t)
//		hook := mm.IncomingWebhook(mm.Channel("builds"))
//
//		notifier.Send(hook.URL, "build 7 passed")
//
//		assertions.New(t, mm).Posted(mmfake.Text("build 7 passed"))
//	}
//
// What a test does wrong ends it with a sentence that says what to do instead.
// On a server from Start, which belongs to no test, it panics with that sentence.
package mmfake
