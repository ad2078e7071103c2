package mmfake

import (
	"errors"
	"fmt"
)

// Current returns a post as it is by now, nil where it was deleted. The error says
// that p is none of this server's posts; messages that only one user was shown are
// none, as they are not stored.
func (s *Server) Current(p *Post) (*Post, error) {
	if p == nil {
		return nil, errors.New("the post is nil")
	}
	if p.mark != nil && p.mark != &s.mark {
		return nil, fmt.Errorf("%s is no post of this server", p)
	}
	now, err := s.world.Post(s.Admin.session(), p.ID, false)
	if err == nil {
		return s.post(now), nil
	}
	if _, err := s.world.Channel(s.Admin.session(), p.ChannelID); err != nil || p.OnlyFor != "" {
		return nil, fmt.Errorf("%s is no post of this server", p)
	}
	return nil, nil
}

// A Reaction is an emoji on a post.
type Reaction struct {
	Emoji string // without colons
	By    string // user name
}

func (r Reaction) String() string { return ":" + r.Emoji + ": by @" + r.By }

// Reactions returns the reactions to a post by now, oldest first; none to a deleted
// post. The error is that of Current.
func (s *Server) Reactions(p *Post) ([]Reaction, error) {
	now, err := s.Current(p)
	if err != nil || now == nil || now.Metadata == nil {
		return nil, err
	}
	var list []Reaction
	for _, r := range now.Metadata.Reactions {
		by, _ := s.world.Names(r.UserID, "")
		list = append(list, Reaction{Emoji: r.EmojiName, By: by})
	}
	return list, nil
}
