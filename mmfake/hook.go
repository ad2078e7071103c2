package mmfake

import (
	"cmp"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// An IncomingWebhook is an incoming webhook of the server.
type IncomingWebhook struct {
	ID  string
	URL string // where to post to

	mark *mark // nil for one that the code under test has made
}

// IsOf says whether the webhook is one of a server, which may have been deleted since.
func (h *IncomingWebhook) IsOf(s *Server) bool {
	if h.mark != nil {
		return h.mark == &s.mark
	}
	_, err := s.world.IncomingWebhook(s.Admin.session(), h.ID)
	return err == nil
}

// IncomingWebhook makes an incoming webhook of the admin's into a channel. Each call
// makes another one.
func (s *Server) IncomingWebhook(c *Channel) *IncomingWebhook {
	s.t.Helper()
	s.owns(c)
	h, err := s.world.AddIncomingWebhook(s.Admin.ID, model.IncomingWebhook{ChannelID: c.ID, DisplayName: c.Name})
	s.check(err, "making an incoming webhook into %s", c)
	return &IncomingWebhook{ID: h.ID, URL: s.URL + "/hooks/" + h.ID, mark: &s.mark}
}

// An OutgoingWebhook is an outgoing webhook of the server.
type OutgoingWebhook struct {
	ID    string
	Token string // what its requests carry
}

// OutgoingWebhook makes an outgoing webhook of the admin's. It calls a URL for each
// message of users and bots in a public channel: for those whose first word is one
// of words, and without words for all. The request is a form, as on a real server
// unless a webhook says otherwise; OutgoingWebhookWith makes any other.
func (s *Server) OutgoingWebhook(c *Channel, url string, words ...string) *OutgoingWebhook {
	s.t.Helper()
	s.owns(c)
	return s.OutgoingWebhookWith(model.OutgoingWebhook{
		TeamID: c.TeamID, ChannelID: c.ID, TriggerWords: words, CallbackURLs: []string{url}, DisplayName: "a webhook of ~" + c.Name,
	})
}

// OutgoingWebhookWith makes an outgoing webhook of the given fields. One without a
// team is of the default team, one without a creator is the admin's, and its id is
// the server's to make.
func (s *Server) OutgoingWebhookWith(h model.OutgoingWebhook) *OutgoingWebhook {
	s.t.Helper()
	s.notClosed()
	h.TeamID = cmp.Or(h.TeamID, s.Team(world.TeamName).ID)
	h.CreatorID = cmp.Or(h.CreatorID, s.Admin.ID)
	made, err := s.world.AddOutgoingWebhook(h)
	s.check(err, "making an outgoing webhook")
	return &OutgoingWebhook{ID: made.ID, Token: made.Token}
}
