package mmfake

import (
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/faults"
)

// What the methods in this file do stands in the journal as a Deed of nobody's, and
// in the Fault of the exchanges that it strikes.

// ExpireSession ends the sessions of a user as their time does: his tokens are
// answered with 401 api.context.session_expired.app_error, and he hears no more on
// the websocket, until he logs in again. Through the test he acts as before. A bot
// has a token in place of sessions: see RevokeToken.
func (s *Server) ExpireSession(who *Actor) {
	s.t.Helper()
	s.knows(who)
	if who.IsBot {
		s.fail("%s is a bot, whose token does not expire: use RevokeToken", who)
	}
	s.happens("the sessions of " + who.String() + " expire")
	s.check(s.world.ExpireSessions(who.ID), "expiring the sessions of %s", who)
}

// RevokeToken revokes the access tokens of a bot or a user: they are answered with
// 401 from then on. AccessToken makes a new one. Through the test he acts as before, and
// a user's Token, which is a session's, goes on: see ExpireSession.
func (s *Server) RevokeToken(who *Actor) {
	s.t.Helper()
	s.knows(who)
	s.happens("the access tokens of " + who.String() + " are revoked")
	s.check(s.world.RevokeTokens(who.ID), "revoking the tokens of %s", who)
}

// DropWebSockets cuts websocket connections off as a broken network does, without a
// close frame: those of the users given, or all. The users are offline when it
// returns. A client may come back with its connection_id, and gets what it missed.
func (s *Server) DropWebSockets(of ...*Actor) {
	s.t.Helper()
	s.notClosed()
	if len(of) == 0 {
		s.happens("all websocket connections break")
		s.hub.Drop("")
		return
	}
	names := make([]string, len(of))
	for i, who := range of {
		s.knows(who)
		names[i] = who.String()
	}
	s.happens("the websocket connections of " + strings.Join(names, ", ") + " break")
	for _, who := range of {
		s.hub.Drop(who.ID)
	}
}

// Restart makes the server go away and come back at the same URL with its state, its
// sessions too. Every connection is cut off, and new ones are refused until the
// functions given have returned. HTTP clients that keep connections for later have a
// tenth of a second to notice that those have gone. Websocket clients that come back
// start anew, as after the restart of a real server.
func (s *Server) Restart(meanwhile ...func()) {
	s.t.Helper()
	s.notClosed()
	s.happens("the server restarts")
	s.restart(meanwhile...)
}

func (s *Server) restart(meanwhile ...func()) {
	s.t.Helper()
	const why = faults.Outage("restart")
	s.entrance.shut(why, noticed, s.api.CutOff(why)...)
	defer func() { // also where one of the functions ends the test: the server may be others' too
		s.t.Helper()
		s.check(s.entrance.open(), "restarting")
		s.entrance.serve()
	}()
	s.hub.Forget(func() {})
	for _, do := range meanwhile {
		s.given(do != nil, "function")
		do()
	}
}
