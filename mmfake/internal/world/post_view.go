package world

import (
	"slices"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// dress is a post as a reader gets it: with what is computed on reading, and
// without what only the integration may see.
func (w *World) dress(p *post) *model.Post {
	d := w.dressPlain(p)
	d.ReplyCount = p.replyCount()
	return d
}

// dressNew is dress for the answer to a new post and the event of it, which carry
// what the client sent: also what is computed on reading, as far as it is not computed
// for a new one.
func (w *World) dressNew(p *post, sent *model.Post) *model.Post {
	d := w.dress(p)
	d.FileIDs = p.FileIDs
	if sent != nil {
		d.PendingPostID, d.LastReplyAt = sent.PendingPostID, sent.LastReplyAt
		if p.root == nil {
			d.ReplyCount = sent.ReplyCount
		}
	}
	d.Metadata.Priority = p.Priority
	return d
}

// dressPlain is dress for pages, which leave the count of replies at 0.
func (w *World) dressPlain(p *post) *model.Post {
	both := new(struct { // one piece of memory, for pages are made of many
		post     model.Post
		metadata model.PostMetadata
	})
	d := &both.post
	p.fill(d)
	if d.FileIDs == nil {
		d.FileIDs = []string{}
	}
	w.fillIn(d, &both.metadata)
	if p.HasReactions && p.DeleteAt == 0 {
		d.Metadata.Reactions = p.reactions()
		d.Metadata.Emojis = w.emojisOf(d)
	}
	return d
}

// dressCollapsed is dress for clients that show threads apart: a root post tells of
// its replies, and whether the session's user follows them; a reply counts none. With
// extended the participants are more than ids.
func (w *World) dressCollapsed(p *post, as *Session, extended bool) *model.Post {
	if p.root != nil {
		return w.dressPlain(p)
	}
	d := w.dress(p)
	d.LastReplyAt = p.lastReplyAt()
	d.Participants = w.showParticipants(nil, p, extended)
	if f := w.follows.of(as.UserID, p); f != nil {
		following := f.following
		d.IsFollowing = &following
	}
	return d
}

// fillIn computes what follows from the post alone. d is the caller's copy, whose
// metadata m becomes; the maps and lists that it shares with the stored post are
// replaced, not changed.
func (w *World) fillIn(d *model.Post, m *model.PostMetadata) {
	if d.DeleteAt != 0 {
		d.Metadata = m
		if w.version.Has(versions.DeletedWithoutText) {
			d.Message = ""
		}
		return
	}
	if d.Metadata != nil && d.Metadata.Priority != nil {
		priority := *d.Metadata.Priority
		priority.PostID, priority.ChannelID = d.ID, d.ChannelID
		m.Priority = &priority
	}
	if len(d.FileIDs) > 0 {
		m.Files = w.filesOf(w.attachedTo(d))
	}
	d.Metadata = m
	m.Emojis = w.emojisOf(d)
	w.showIcon(d)
	attached, ok := d.Props[model.PropAttachments]
	if !ok {
		return
	}
	list, _ := attached.([]*model.Attachment) // null where they were no list
	m.Embeds = []*model.PostEmbed{{Type: model.PostEmbedMessageAttachment}}
	if slices.ContainsFunc(list, hasActions) {
		d.Props = withProp(d.Props, model.PropAttachments, withoutIntegrations(list))
	}
}

func hasActions(a *model.Attachment) bool { return len(a.Actions) > 0 }

// withoutIntegrations hides from clients whom their clicks are sent to.
func withoutIntegrations(list []*model.Attachment) []*model.Attachment {
	out := make([]*model.Attachment, len(list))
	for i, a := range list {
		c := *a
		c.Actions = make([]*model.Action, len(a.Actions))
		for j, action := range a.Actions {
			shown := *action
			shown.Integration = nil
			c.Actions[j] = &shown
		}
		if len(c.Actions) == 0 {
			c.Actions = nil
		}
		out[i] = &c
	}
	return out
}
