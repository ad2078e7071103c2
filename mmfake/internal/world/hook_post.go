package world

import (
	"cmp"
	"fmt"
	"maps"
	"strings"
	"unicode/utf8"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// RunIncomingWebhook posts what a request to a webhook says (facts 6.2); nil is a
// request that said null. The order of the checks is the real server's.
func (w *World) RunIncomingWebhook(id string, in *model.IncomingWebhookRequest) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.config.EnableIncomingWebhooks {
		return errHookOff.With()
	}
	if in == nil {
		return errHookPayload.With()
	}
	attachments := withoutNil(in.Attachments)
	if in.Text == "" && len(attachments) == 0 {
		return errHookText.With()
	}
	h := w.hooks[id]
	if h == nil {
		return errHookID.With()
	}
	c, err := w.hookTarget(h, in.ChannelName)
	if err != nil {
		return err
	}
	if h.ChannelLocked && c.ID != h.ChannelID {
		return errHookLocked.With()
	}
	owner := w.users[h.UserID]
	if owner == nil {
		return errHookOwner.With()
	}
	if c.Type != model.ChannelOpen && c.members[owner.ID] == nil && !w.allowed(owner.Roles, ManageSystem) {
		return errHookPermission.With()
	}
	if !w.version.Has(versions.Priorities) {
		in.Priority = nil
	}
	if in.Priority != nil && in.Priority.Priority == nil {
		return errParam.With("priority.priority")
	}
	if strings.HasPrefix(in.Type, model.PostTypeSystemPrefix) {
		return errParam.With("type")
	}
	kind := in.Type
	if len(attachments) > 0 {
		kind = model.PostTypeSlackAttachment // whatever the request says; an answer to an outgoing webhook keeps its own
	}
	return w.hookPosts(c, owner, hookMessage{
		text: in.Text, kind: kind, attachments: attachments, priority: in.Priority,
		props: w.signed(in.Props, signature{
			name: h.DisplayName, username: cmp.Or(in.Username, h.Username),
			iconURL: cmp.Or(in.IconURL, h.IconURL), iconEmoji: w.hookIconEmoji(in),
		}),
	})
}

func (w *World) hookIconEmoji(in *model.IncomingWebhookRequest) string {
	if !w.version.Has(versions.HookIconEmoji) {
		return ""
	}
	return in.IconEmoji
}

// hookTarget finds where a webhook posts to: to a person, to a channel by its
// name, or to its own channel.
func (w *World) hookTarget(h *model.IncomingWebhook, name string) (*channel, error) {
	if name == "" {
		c := w.channels[h.ChannelID]
		if c == nil {
			return nil, errChannelUnknown.With()
		}
		return c, nil
	}
	if person, ok := strings.CutPrefix(name, "@"); ok {
		to, owner := w.names[strings.ToLower(person)], w.users[h.UserID]
		if to == nil {
			return nil, errHookUser.With(name)
		}
		if owner == nil {
			return nil, errHookOwner.With()
		}
		return w.direct(owner, to), nil
	}
	t := w.teams[h.TeamID]
	if t == nil {
		return nil, errHookChannel.With(name)
	}
	c := w.channelNamed(t, strings.TrimPrefix(name, "#"))
	if c == nil || c.DeleteAt != 0 {
		return nil, errHookChannel.With(name)
	}
	return c, nil
}

// A signature is what a webhook's or command's posts are signed with.
type signature struct {
	name      string // the webhook's display name
	username  string
	iconURL   string
	iconEmoji string
}

// A seal is what signed made last of a signature alone, and under which settings.
type seal struct {
	signature
	config *Config
	props  model.Props
}

// signed returns the props of a post made for an integration: those asked for,
// without what says where a post comes from, and with what does. They are not to be
// changed: the posts of a webhook that asks for none share them.
func (w *World) signed(props model.Props, s signature) model.Props {
	if len(props) > 0 {
		return w.sign(props, s)
	}
	if w.seal.props == nil || w.seal.signature != s || w.seal.config != w.config {
		w.seal = seal{s, w.config, w.sign(nil, s)}
	}
	return w.seal.props
}

func (w *World) sign(props model.Props, s signature) model.Props {
	out := maps.Clone(props)
	if out == nil {
		out = model.Props{}
	}
	for _, key := range []string{model.PropAttachments, model.PropFromWebhook, model.PropOverrideUsername, model.PropOverrideIconURL} {
		delete(out, key)
	}
	out[model.PropFromWebhook] = "true"
	out[model.PropWebhookDisplayName] = s.name
	if w.config.EnablePostUsernameOverride {
		out[model.PropOverrideUsername] = cmp.Or(s.username, "webhook")
	}
	if w.config.EnablePostIconOverride {
		if s.iconURL != "" {
			out[model.PropOverrideIconURL] = s.iconURL
		}
		if s.iconEmoji != "" && out[model.PropOverrideIconEmoji] == nil {
			out[model.PropOverrideIconEmoji] = s.iconEmoji
		}
	}
	return out
}

// A hookMessage is what an integration wants posted.
type hookMessage struct {
	text, kind, rootID string
	props              model.Props // signed, and without attachments
	attachments        []*model.Attachment
	priority           *model.PostPriority
}

// hookPosts makes the posts of one message: more than one where the text or the
// attachments are too long for one.
func (w *World) hookPosts(c *channel, author *user, m hookMessage) error {
	if len(m.attachments) > 0 && m.kind == "" {
		m.kind = model.PostTypeSlackAttachment
	}
	for i, a := range m.attachments {
		m.attachments[i] = w.slackAttachment(a)
	}
	longest := w.longestProps()
	parts, err := splitPost(w.webhookText(m.text), m.props, m.attachments, longest-longest/20)
	if err != nil {
		return err
	}
	for _, part := range parts {
		d := &model.Post{UserID: author.ID, ChannelID: c.ID, RootID: m.rootID, Type: m.kind, Message: part.text, Props: w.marked(part.props, author)}
		if m.priority != nil {
			d.Metadata = &model.PostMetadata{Priority: m.priority}
		}
		if _, err := w.addPost(c, d, authorship{user: author}); err != nil {
			return errHookPost.With()
		}
	}
	return nil
}

type postPart struct {
	text  string
	props model.Props
}

// splitPost cuts a text into parts that fit into a post each, and puts the
// attachments to the last, or to further ones where they do not fit: the JSON of
// the props has at most longest characters.
func splitPost(text string, props model.Props, attachments []*model.Attachment, longest int) ([]postPart, error) {
	if !fits(props, longest) {
		return nil, errHookProps.With(longest)
	}
	var parts []postPart
	for _, piece := range cut(text, longestMessage) {
		parts = append(parts, postPart{piece, props})
	}
	if len(attachments) == 0 {
		return parts, nil
	}
	room := longest - jsonSize(withAttachments(props, []*model.Attachment{}))
	groups, err := group(attachments, room)
	if err != nil {
		return nil, err
	}
	last := &parts[len(parts)-1]
	last.props = withAttachments(props, groups[0])
	for _, more := range groups[1:] {
		parts = append(parts, postPart{props: withAttachments(props, more)})
	}
	return parts, nil
}

func withAttachments(props model.Props, list []*model.Attachment) model.Props {
	out := maps.Clone(props)
	out[model.PropAttachments] = list
	return out
}

// group divides attachments into lists whose JSON fits into room characters, not
// counting the brackets, each as long as it may be. One that is too large for a
// list of its own loses the end of its text.
func group(attachments []*model.Attachment, room int) ([][]*model.Attachment, error) {
	var groups [][]*model.Attachment
	left := -1 // of the last group's room
	for _, a := range attachments {
		size := jsonSize(a)
		if size > room {
			var err error
			if a, err = shorten(a, size-room, room); err != nil {
				return nil, err
			}
			size = jsonSize(a)
		}
		if comma := 1; left >= size+comma {
			left -= size + comma
			groups[len(groups)-1] = append(groups[len(groups)-1], a)
			continue
		}
		left = room - size
		groups = append(groups, []*model.Attachment{a})
	}
	return groups, nil
}

// shorten cuts as many characters off the text of an attachment as it has too
// many for the room.
func shorten(a *model.Attachment, over, room int) (*model.Attachment, error) {
	c := *a
	runes := []rune(a.Text)
	c.Text = string(runes[:max(0, len(runes)-over)])
	if jsonSize(&c) > room {
		return nil, errHookProps.With(room)
	}
	return &c, nil
}

// cut divides a text into pieces of at most n characters; the empty text is one.
func cut(text string, n int) []string {
	if utf8.RuneCountInString(text) <= n {
		return []string{text}
	}
	var pieces []string
	for runes := []rune(text); len(runes) > 0; {
		k := min(n, len(runes))
		pieces = append(pieces, string(runes[:k]))
		runes = runes[k:]
	}
	return pieces
}

func withoutNil(list []*model.Attachment) []*model.Attachment {
	var out []*model.Attachment
	for _, a := range list {
		if a != nil {
			out = append(out, a)
		}
	}
	return out
}

// printed is a field's value as text: the way package fmt prints it, which is
// what the real server shows. No value stays none.
func printed(v any) any {
	switch v.(type) {
	case nil, string:
		return v
	}
	return fmt.Sprint(v)
}
