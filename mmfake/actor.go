package mmfake

import (
	"strings"
	"sync/atomic"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// An Actor is a user or bot of the server, through whom a test acts. What an
// actor does is checked and has the same effects as the same request over HTTP.
type Actor struct {
	ID       string // 26 letters and digits
	Username string // without "@"
	Password string // "" for bots, and for users whom the code under test made
	// Token is a session's token, for bots a personal access token: what a client
	// sends as "Authorization: Bearer".
	Token string
	IsBot bool

	mm *Server
	*acting
}

// An acting is what an actor of a server and those that With binds have in common.
type acting struct {
	current atomic.Pointer[world.Session]

	channelID  string // in which his client is; guarded by Server.mu
	lastDialog int64  // the number of the newest dialog that the test has; guarded by Server.mu
}

// session is what the actor acts with.
func (a *acting) session() *world.Session { return a.current.Load() }

func (a *Actor) String() string { return "@" + a.Username }

// User returns the user of that name. He is made when he is first named, with a
// password and a session, as a member of the default team; each time he is named
// with channels he becomes a member of them and their teams. A user who is there
// already, such as the sample user "user-1", is that one with a new session.
func (s *Server) User(name string, channels ...*Channel) *Actor {
	s.t.Helper()
	return s.actor(name, false, channels, func() *Actor {
		s.t.Helper()
		if u := s.named(name); u != nil {
			return s.newActor(u, samplePasswords[u.Username])
		}
		password := world.PasswordFor(name)
		u, err := s.world.AddUser(world.NewUser{Password: password, User: model.User{Username: name}})
		s.check(err, "making the user %q", name)
		return s.newActor(u, password)
	})
}

var samplePasswords = map[string]string{world.AdminName: world.AdminPassword, world.UserName: world.UserPassword}

// Bot returns the bot of that name, which is made when it is first named, with
// an access token. It is a member of the channels that it is named with. A bot that
// the code under test has made is that one with a new token.
func (s *Server) Bot(name string, channels ...*Channel) *Actor {
	s.t.Helper()
	return s.actor(name, true, channels, func() *Actor {
		s.t.Helper()
		if u := s.named(name); u != nil {
			return s.newActor(u, "")
		}
		u, err := s.world.AddBot(s.Admin.ID, model.Bot{Username: name})
		s.check(err, "making the bot %q", name)
		return s.newActor(u, "")
	})
}

// named is the user or bot of that name, nil for nobody.
func (s *Server) named(name string) *model.User {
	u, _ := s.world.UserByName(s.Admin.session(), name)
	return u
}

func (s *Server) actor(name string, bot bool, channels []*Channel, add func() *Actor) *Actor {
	s.t.Helper()
	a := s.obtained(name, len(channels) == 0, add)
	switch {
	case bot && !a.IsBot:
		s.fail("%s is a user and no bot: ask for him with User, or give the bot another name", a)
	case !bot && a.IsBot:
		s.fail("%s is a bot: ask for it with Bot, or give the user another name", a)
	}
	for _, c := range channels {
		s.owns(c)
		s.check(s.world.AddMember(c.TeamID, c.ID, a.ID), "adding %s to %s", a, c)
	}
	return a
}

// obtained is the actor of that name, who is made if there is none: by one of those who
// ask for him at the same time. A user is placed in the default team then, if that is
// wanted.
func (s *Server) obtained(name string, place bool, add func() *Actor) *Actor {
	s.t.Helper()
	s.making.Lock()
	defer s.making.Unlock()
	s.mu.Lock()
	a := s.known(strings.ToLower(name))
	s.mu.Unlock()
	if a != nil {
		return a
	}
	s.notClosed()
	made := *add()
	made.mm = s.root
	s.mu.Lock()
	s.root.actors[made.Username] = &made
	a = s.known(made.Username)
	s.mu.Unlock()
	if place && !a.IsBot {
		s.check(s.world.AddMember(s.Team(world.TeamName).ID, "", a.ID), "adding %s to the team", a)
	}
	return a
}

// newActor gives a user or bot what he needs to act and to be acted for.
func (s *Server) newActor(u *model.User, password string) *Actor {
	s.t.Helper()
	a := &Actor{ID: u.ID, Username: u.Username, Password: password, IsBot: u.IsBot, mm: s, acting: &acting{}}
	if u.IsBot {
		token, err := s.world.AddToken(u.ID, "made by the test")
		s.check(err, "making a token for %s", a)
		a.Token = token.Token
		a.current.Store(s.world.Authenticate(a.Token))
		return a
	}
	session, err := s.world.OpenSession(u.ID)
	s.check(err, "opening a session for %s", a)
	a.Token = session.Token
	a.current.Store(session)
	return a
}
