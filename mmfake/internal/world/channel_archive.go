package world

import (
	"maps"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// ArchiveChannel archives a channel, and deletes the webhooks into and out of it.
// Permanent deletes it with its posts, where EnableAPIChannelDeletion allows it.
func (w *World) ArchiveChannel(as *Session, id string, permanent bool) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	c := w.channels[id]
	permanent = permanent && w.version.Has(versions.ErasedOnDemand)
	switch {
	case c == nil:
		return errChannelUnknown.With()
	case c.direct() && w.version.Has(versions.DirectsNotArchived):
		return errArchiveDirect.With()
	}
	p := c.permission(DeletePublicChannel, DeletePrivateChannel)
	switch {
	case !c.direct() && !w.mayInChannel(as, c, p): // direct channels nobody minded in old versions
		return ErrPermission.With(p)
	case permanent && !w.config.EnableAPIChannelDeletion:
		return errChannelDeletion.With()
	case permanent:
		w.tellArchived(c, w.clock.tick())
		w.purgeChannel(c)
		return nil
	case c.DeleteAt != 0:
		return errArchivedAlready.With()
	case c.Name == model.DefaultChannel:
		return errArchiveDefault.With()
	}
	w.archive(c, as.user)
	return nil
}

// archive archives a channel in the name of a user.
func (w *World) archive(c *channel, by *user) {
	w.systemPost(c, by, model.PostTypeChannelDeleted, by.Username+" archived the channel.", model.Props{model.PropUsername: by.Username})
	w.dropHooksOf(c)
	at := w.clock.tick()
	c.DeleteAt, c.UpdateAt = at, at
	w.tellArchived(c, at)
}

func (w *World) tellArchived(c *channel, at int64) {
	w.publish(&Event{Name: model.EventChannelDeleted, Data: map[string]any{"channel_id": c.ID, "delete_at": at}, Broadcast: w.toFinders(c)})
}

// toFinders are those who can find a channel: of a public one the team, of any
// other its members.
func (w *World) toFinders(c *channel) model.Broadcast {
	if c.Type == model.ChannelOpen || !w.version.Has(versions.PrivateChannelsToMembers) {
		return toTeam(c.TeamID)
	}
	return toChannel(c.ID)
}

// RestoreChannel brings an archived channel back. Its webhooks stay deleted.
func (w *World) RestoreChannel(as *Session, id string) (*model.Channel, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	c := w.channels[id]
	switch {
	case c == nil:
		return nil, errChannelUnknown.With()
	case !w.mayInTeam(as, c.TeamID, ManageTeam):
		return nil, ErrPermission.With(ManageTeam)
	case c.DeleteAt == 0:
		return nil, errNotArchived.With()
	}
	before := w.show(c)
	c.DeleteAt, c.UpdateAt = 0, w.clock.tick()
	if !w.version.Has(versions.RestoreTold) {
		return before, nil
	}
	shown := w.show(c)
	w.publish(&Event{Name: model.EventChannelRestored, Data: map[string]any{"channel_id": c.ID}, Broadcast: w.toFinders(c)})
	w.systemPost(c, as.user, model.PostTypeChannelRestored, as.user.Username+" unarchived the channel.", model.Props{model.PropUsername: as.user.Username})
	return shown, nil
}

// hooksOf are the webhooks into and out of a channel.
func (w *World) hooksOf(c *channel) (in []*model.IncomingWebhook, out []*model.OutgoingWebhook) {
	for _, h := range w.hooks {
		if h.ChannelID == c.ID {
			in = append(in, h)
		}
	}
	for _, id := range w.outgoing.byTeam[c.TeamID] {
		if h := w.outgoing.byID[id]; h.ChannelID == c.ID {
			out = append(out, h)
		}
	}
	return in, out
}

// dropHooksOf deletes the webhooks into and out of a channel.
func (w *World) dropHooksOf(c *channel) {
	in, out := w.hooksOf(c)
	for _, h := range in {
		w.dropHook(h)
	}
	for _, h := range out {
		w.outgoing.drop(h)
	}
}

// purgeChannel removes a channel, its posts and all that hangs on them, as if it
// had never been.
func (w *World) purgeChannel(c *channel) {
	w.dropHooksOf(c)
	for _, p := range c.posts.all() {
		w.forget(p)
	}
	for _, drafts := range w.drafts {
		maps.DeleteFunc(drafts, func(_ draftKey, d *model.Draft) bool { return d.ChannelID == c.ID })
	}
	for _, f := range w.files.all {
		if f.ChannelID == c.ID {
			w.eraseFiles(f.ID)
		}
	}
	w.files.sweep()
	for _, m := range c.order {
		m.user.channels = without(m.user.channels, c)
	}
	if t := w.teams[c.TeamID]; t != nil {
		t.unlist(c)
	}
	delete(w.channels, c.ID)
}
