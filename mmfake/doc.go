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
// [New] makes a server that is closed when the test ends, [Start] one without a test;
// with [InMemory] it takes no port. Its methods make what a test needs (User, Bot,
// Channel, IncomingWebhook, Command …), and the users and bots then act: [Actor.Post],
// [Actor.Run], [Actor.Click], [Actor.Submit]. [Server.Mount] puts the code under test
// where the server calls it, [Server.Fail] makes things go wrong, and Server.Journal
// and [Server.Transcript] tell what happened. Package assertions waits for it and says
// what is different.
//
// What a test does wrong ends it with a sentence that says what to do instead, at the
// test's line; in a goroutine of its own it ends that and fails the test, as Fatalf
// does. On a server from Start, which belongs to no test, it panics with that sentence.
// What depends on the code under test is never a panic.
package mmfake
