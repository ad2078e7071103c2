package world

import (
	"cmp"
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// A Firing is one request of an outgoing webhook because of a post, on its way to
// the integration and back.
type Firing struct {
	Callback *Callback

	hook *model.OutgoingWebhook
	post *post
}

// OnFiring makes fire hear each request that outgoing webhooks want to make. The
// world is locked meanwhile: fire must neither block nor call the world.
func (w *World) OnFiring(fire func(*Firing)) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.outgoing.fire = fire
}

// fireHooks starts the outgoing webhooks that listen for a new post (facts 10.2).
// w.mu is held. It costs next to nothing where the team has none.
func (w *World) fireHooks(c *channel, p *post, author *user) {
	s := &w.outgoing
	if len(s.byTeam[c.TeamID]) == 0 || s.fire == nil || c.Type != model.ChannelOpen || p.isSystem() || !w.config.EnableOutgoingWebhooks {
		return
	}
	hooks, word := s.matching(c, p.Message)
	if len(hooks) == 0 {
		return
	}
	for _, h := range hooks {
		header, body := w.encodeFiring(h, c, p, author, word)
		for _, to := range h.CallbackURLs {
			cb := &Callback{Method: http.MethodPost, URL: to, Header: header, Body: body, Actor: author.Username}
			s.fire(&Firing{Callback: cb, hook: h, post: p})
		}
	}
}

// matching returns the webhooks that listen for a message, and the word that made
// them: the last of them decides which it is, for all.
func (s *outgoingHooks) matching(c *channel, message string) (hooks []*model.OutgoingWebhook, word string) {
	first := ""
	for first = range strings.FieldsSeq(message) {
		break
	}
	for _, id := range s.byTeam[c.TeamID] {
		h := s.byID[id]
		if h.ChannelID != "" && h.ChannelID != c.ID {
			continue
		}
		trigger, ok := triggered(h, first)
		if ok {
			hooks, word = append(hooks, h), trigger
		}
	}
	return hooks, word
}

// triggered says whether the first word of a message makes a webhook fire, and
// which of its own words it was. The case counts.
func triggered(h *model.OutgoingWebhook, first string) (word string, ok bool) {
	if len(h.TriggerWords) == 0 {
		return "", h.ChannelID != ""
	}
	if first == "" {
		return "", false
	}
	i := slices.IndexFunc(h.TriggerWords, func(w string) bool {
		switch h.TriggerWhen {
		case model.TriggerWhenExact:
			return w == first
		case model.TriggerWhenStartsWith:
			return strings.HasPrefix(first, w)
		}
		return false
	})
	if i < 0 {
		return "", false
	}
	return h.TriggerWords[i], true
}

// encodeFiring writes down what a webhook tells of a post (facts 10.3): as JSON, or
// as a form.
func (w *World) encodeFiring(h *model.OutgoingWebhook, c *channel, p *post, author *user, word string) (http.Header, []byte) {
	payload := model.OutgoingWebhookPayload{
		Token: h.Token, TeamID: c.TeamID, ChannelID: c.ID, ChannelName: c.Name, Timestamp: p.CreateAt,
		UserID: author.ID, UserName: author.Username, PostID: p.ID, Text: p.Message,
		TriggerWord: word, FileIDs: strings.Join(p.FileIDs, ","),
	}
	if t := w.teams[c.TeamID]; t != nil {
		payload.TeamDomain = t.Name
	}
	if h.ContentType != "application/json" {
		return w.formCallback(), []byte(payload.Form().Encode())
	}
	body, err := json.Marshal(payload)
	if err != nil {
		panic("world: a payload always encodes: " + err.Error())
	}
	return w.jsonCallback(), body
}

// FiringOf is the request of a webhook to its first URL because of a post, whether
// or not it listens for such posts: it is for tests of the integration.
func (w *World) FiringOf(hookID, postID string) (*Callback, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	h, p := w.outgoing.byID[hookID], w.posts[postID]
	switch {
	case h == nil:
		return nil, errOutgoingUnknown.With()
	case len(h.CallbackURLs) == 0: // an update may leave none
		return nil, errOutgoingCallbacks.With()
	case p == nil || w.users[p.UserID] == nil:
		return nil, errPostUnknown.With()
	}
	c, author := w.channels[p.ChannelID], w.users[p.UserID]
	_, word := w.outgoing.matching(c, p.Message)
	header, body := w.encodeFiring(h, c, p, author, word)
	return &Callback{Method: http.MethodPost, URL: h.CallbackURLs[0], Header: header, Body: body, Actor: author.Username}, nil
}

// AnswerFiring posts what the integration of an outgoing webhook answers, if it
// says anything (facts 10.4), and returns what followed in words. The status of
// the answer plays no part.
func (w *World) AnswerFiring(f *Firing, answer *CallbackAnswer) []string {
	if answer.Err != nil || len(answer.Body) == 0 {
		return nil
	}
	var said model.OutgoingWebhookResponse
	if err := cmp.Or(firstValue(w.version.Known(answer.Body, &said), &said), w.CheckShorts(answer.Body)); err != nil {
		return []string{"nothing: the answer cannot be read: " + answer.unreadable(err)}
	}
	w.version.Forget(&said)
	attachments := withoutNil(said.Attachments)
	if said.Text == nil && len(attachments) == 0 {
		return nil
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	c, author := w.channels[f.post.ChannelID], w.users[f.hook.CreatorID]
	if c == nil || author == nil {
		return []string{"nothing: the webhook's channel or creator is gone"}
	}
	m := hookMessage{kind: said.Type, attachments: attachments, priority: said.Priority}
	if said.Text != nil {
		m.text = *said.Text
	}
	if said.ResponseType == model.OutgoingResponseComment {
		m.rootID = f.post.ID
	}
	m.props = w.signed(said.Props, signature{
		name: f.hook.DisplayName, username: cmp.Or(said.Username, f.hook.Username), iconURL: cmp.Or(said.IconURL, f.hook.IconURL),
	})
	if err := w.answerInChannel(c, author, m); err != nil {
		return []string{"nothing: the answer could not be posted: " + err.Error()}
	}
	return []string{"posted in ~" + c.Name + ": " + Said(m.text, m.attachments)}
}

func (w *World) answerInChannel(c *channel, author *user, m hookMessage) error {
	switch {
	case m.priority != nil && m.priority.Priority == nil:
		return errParam.With("priority.priority")
	case strings.HasPrefix(m.kind, model.PostTypeSystemPrefix):
		return errParam.With("type")
	}
	return w.hookPosts(c, author, m)
}
