package mmfake

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
	s.check(s.world.ExpireSessions(who.ID), "expiring the sessions of %s", who)
}

// RevokeToken revokes the access tokens of a bot or a user: they are answered with
// 401 from then on. AccessToken makes a new one. Through the test he acts as before.
func (s *Server) RevokeToken(who *Actor) {
	s.t.Helper()
	s.knows(who)
	s.check(s.world.RevokeTokens(who.ID), "revoking the tokens of %s", who)
}

// Restart makes the server go away and come back at the same URL with its state, its
// sessions too. Every connection is cut off, and new ones are refused until the
// functions given have returned. Websocket clients that come back start anew, as
// after the restart of a real server.
func (s *Server) Restart(meanwhile ...func()) {
	s.t.Helper()
	s.entrance.shut()
	s.hub.Forget()
	for _, do := range meanwhile {
		do()
	}
	s.check(s.entrance.open(), "restarting")
	s.entrance.serve()
}
