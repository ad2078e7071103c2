package mmfake

// AccessToken makes a personal access token for the actor, which a client sends
// as "Authorization: Bearer", and returns it. Unlike the session behind Token it
// does not expire. The description is what lists of tokens show.
func (a *Actor) AccessToken(description string) string {
	a.mm.t.Helper()
	a.mm.notClosed()
	token, err := a.mm.world.AddToken(a.ID, description)
	a.check("", err, "making an access token for %s", a)
	return token.Token
}
