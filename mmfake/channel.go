package mmfake

import (
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// A Team is a team of the server.
type Team struct {
	ID, Name string
	mm       *Server
}

func (t *Team) String() string { return "team " + t.Name }

// Team returns the team of that name, which is made when it is first named. The
// server begins with the team "test".
func (s *Server) Team(name string) *Team {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	made, err := s.world.TeamByName(s.Admin.session(), name)
	if err != nil {
		s.notClosed()
		made, err = s.world.AddTeam(model.Team{Name: name, DisplayName: name, Type: model.TeamOpen})
	}
	s.check(err, "making the team %q", name)
	if t := s.teams[made.Name]; t != nil && t.ID == made.ID { // and none that Reset has taken
		return t
	}
	t := &Team{ID: made.ID, Name: made.Name, mm: s}
	if s.teams == nil {
		s.teams = map[string]*Team{}
	}
	s.teams[made.Name] = t
	return t
}

// Channel returns the team's public channel of that name, which is made when it
// is first named.
func (t *Team) Channel(name string) *Channel {
	t.mm.t.Helper()
	return t.named(name, model.ChannelOpen)
}

// PrivateChannel is Channel for a private one.
func (t *Team) PrivateChannel(name string) *Channel {
	t.mm.t.Helper()
	return t.named(name, model.ChannelPrivate)
}

func (t *Team) named(name, kind string) *Channel {
	s := t.mm
	s.t.Helper()
	c := t.obtain(name, kind)
	switch {
	case kind == model.ChannelOpen && c.Type == model.ChannelPrivate:
		s.fail("%s is private: ask for it with PrivateChannel, or give the channel another name", c)
	case kind == model.ChannelPrivate && c.Type == model.ChannelOpen:
		s.fail("%s is public: ask for it with Channel, or give the channel another name", c)
	}
	return c
}

// obtain is the channel of that name, which is made if there is none.
func (t *Team) obtain(name, kind string) *Channel {
	s := t.mm
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	made, err := s.world.ChannelByName(s.Admin.session(), t.ID, name, true)
	if err != nil {
		s.notClosed()
		made, err = s.world.AddChannel(model.Channel{TeamID: t.ID, Name: name, DisplayName: name, Type: kind})
	}
	s.check(err, "making the channel %q", name)
	return s.channelLocked(made)
}

// Channel returns the public channel of that name in the default team, which is
// made when it is first named.
func (s *Server) Channel(name string) *Channel {
	s.t.Helper()
	return s.Team(world.TeamName).Channel(name)
}

// PrivateChannel is Channel for a private one.
func (s *Server) PrivateChannel(name string) *Channel {
	s.t.Helper()
	return s.Team(world.TeamName).PrivateChannel(name)
}

// A Channel is a channel of the server: public, private, direct or group.
type Channel struct {
	ID     string
	Name   string // as in URLs
	TeamID string // "" for direct and group channels
	Type   string // model.ChannelOpen and its like
	mm     *Server
}

func (c *Channel) String() string {
	if c.Type == model.ChannelDirect || c.Type == model.ChannelGroup {
		return "the direct channel"
	}
	return "~" + c.Name
}

func (s *Server) channel(c *model.Channel) *Channel {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.channelLocked(c)
}

func (s *Server) channelLocked(c *model.Channel) *Channel {
	if known := s.channels[c.ID]; known != nil {
		return known
	}
	if s.channels == nil {
		s.channels = map[string]*Channel{}
	}
	known := &Channel{ID: c.ID, Name: c.Name, TeamID: c.TeamID, Type: c.Type, mm: s}
	s.channels[c.ID] = known
	return known
}

// Posts returns the channel's posts, oldest first, without deleted ones.
func (c *Channel) Posts() []*Post {
	c.mm.t.Helper()
	return c.mm.posts(func(id string) bool { return id == c.ID })
}

// A Post is a post as a reader gets it, with the names that go with its ids.
type Post struct {
	model.Post
	Author  string // user name, of the one who made it for posts of an incoming webhook
	Channel string // name
	// OnlyFor is the name of the one user who was shown an ephemeral message, "" for
	// posts.
	OnlyFor string

	mark *mark // nil for one that a test has made itself
}

func (p *Post) String() string {
	where := " in ~" + p.Channel
	if p.OnlyFor != "" {
		where += " only for @" + p.OnlyFor
	}
	return "@" + p.Author + where + ": " + strings.ReplaceAll(p.short(), "\n", "⏎")
}

// short is the begin of what a post says.
func (p *Post) short() string {
	text := world.Said(p.Message, p.Attachments())
	if runes := []rune(text); len(runes) > 60 {
		text = string(runes[:60]) + "…"
	}
	return text
}

// post gives a post the names that go with its ids.
func (s *Server) post(p *model.Post) *Post {
	author, channel := s.world.Names(p.UserID, p.ChannelID)
	return &Post{Post: *p, Author: author, Channel: channel, mark: &s.mark}
}

// Posts returns the posts of all channels, oldest first, without deleted ones
// and without the server's own about joining and leaving.
func (s *Server) Posts() []*Post {
	return s.posts(func(string) bool { return true })
}

func (s *Server) posts(in func(channelID string) bool) []*Post {
	var list []*Post
	for _, p := range s.world.AllPosts(in) {
		if !p.IsSystem() {
			list = append(list, s.post(p))
		}
	}
	return list
}
