package mmfake

import "github.com/seed-a46829e6/mattermost-fake/mmfake/model"

// An IncomingWebhook is an incoming webhook of the server.
type IncomingWebhook struct {
	ID  string
	URL string // where to post to
}

// IncomingWebhook makes an incoming webhook into a channel. Each call makes
// another one.
func (s *Server) IncomingWebhook(c *Channel) *IncomingWebhook {
	s.help()
	s.owns(c)
	h, err := s.world.AddIncomingWebhook(s.Admin.ID, model.IncomingWebhook{ChannelID: c.ID, DisplayName: c.Name})
	s.check(err, "making an incoming webhook into %s", c)
	return &IncomingWebhook{ID: h.ID, URL: s.URL + "/hooks/" + h.ID}
}
