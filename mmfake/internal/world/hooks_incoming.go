package world

import (
	"unicode/utf8"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// CreateIncomingWebhook makes a webhook into a channel (facts 6.1), owned by the
// session's user or, where he may manage those of others, by in.UserID.
func (w *World) CreateIncomingWebhook(as *Session, in model.IncomingWebhook) (*model.IncomingWebhook, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	c, err := w.hookChannel(as, in.ChannelID)
	if err != nil {
		return nil, err
	}
	owner := as.UserID
	if in.UserID != "" && in.UserID != as.UserID && w.version.Has(versions.HookOwnerChosen) {
		if !w.mayInTeam(as, c.TeamID, ManageAllIncomingWebhooks) {
			return nil, ErrPermission.With(ManageAllIncomingWebhooks)
		}
		if w.users[in.UserID] == nil {
			return nil, errUserUnknown.With()
		}
		owner = in.UserID
	}
	if !w.config.EnableIncomingWebhooks {
		return nil, errHooksDisabled.With()
	}
	return w.addIncomingWebhook(c, owner, in, w.locksHooks(as, c))
}

// locksHooks says whether the webhooks that the session's user makes into a
// channel cannot post to another one.
func (w *World) locksHooks(as *Session, c *channel) bool {
	return w.version.Has(versions.HooksLocked) && !w.mayInTeam(as, c.TeamID, BypassIncomingWebhookLock)
}

// addIncomingWebhook validates and stores a webhook. One with a delete_at is made,
// and never found again.
func (w *World) addIncomingWebhook(c *channel, owner string, in model.IncomingWebhook, lock bool) (*model.IncomingWebhook, error) {
	now := w.clock.tick()
	h := &model.IncomingWebhook{
		ID: w.newIDOf("incoming webhook", c.ID, owner), CreateAt: now, UpdateAt: now, UserID: owner, ChannelID: c.ID, TeamID: c.TeamID,
		DeleteAt: in.DeleteAt, DisplayName: in.DisplayName, Description: in.Description, ChannelLocked: in.ChannelLocked || lock,
	}
	if w.config.EnablePostUsernameOverride {
		h.Username = in.Username
	}
	if w.config.EnablePostIconOverride {
		h.IconURL = in.IconURL
	}
	if err := w.checkNewHook(h, in.ID); err != nil {
		return nil, err
	}
	if h.DeleteAt == 0 {
		put(&w.hooks, h.ID, h)
		w.allHooks = append(w.allHooks, h.ID)
	}
	return h.Clone(), nil
}

// checkNewHook says what is wrong with a new webhook's fields, or with its having
// been given an id.
func (w *World) checkNewHook(h *model.IncomingWebhook, id string) error {
	switch {
	case h.Username != "" && !w.ValidUsername(h.Username):
		return errHookUsername.With()
	case id != "":
		return errHookGivenID.With()
	case len(h.DisplayName) > 64:
		return errHookDisplayName.With()
	case len(h.Description) > w.mostHookDescription():
		return errHookDescription.With(w.mostHookDescription())
	case len(h.IconURL) > 1024:
		return errHookIconURL.With()
	}
	return nil
}

// checkChangedHook says what is wrong with a changed webhook's fields. The real
// server leaves all but the name to its database, which counts characters.
func (w *World) checkChangedHook(h *model.IncomingWebhook) error {
	switch {
	case h.Username != "" && !w.ValidUsername(h.Username):
		return errHookUsername.With()
	case longer(h.DisplayName, 64), longer(h.Description, w.mostHookDescription()), longer(h.IconURL, 1024):
		return errHookStored.With(w.mostHookDescription())
	}
	return nil
}

// longer says whether a text has more than n characters.
func longer(text string, n int) bool { return len(text) > n && utf8.RuneCountInString(text) > n }

// mostHookDescription is how many bytes the description of a webhook may have.
func (w *World) mostHookDescription() int {
	if w.version.Has(versions.HookLongDescription) {
		return 500
	}
	return 128
}

// hookChannel finds a channel that the session's user may make webhooks into.
func (w *World) hookChannel(as *Session, channelID string) (*channel, error) {
	c := w.channels[channelID]
	switch {
	case c == nil:
		return nil, errChannelUnknown.With()
	case c.direct() || !w.mayInTeam(as, c.TeamID, ManageOwnIncomingWebhooks):
		return nil, ErrPermission.With(ManageOwnIncomingWebhooks) // a direct channel has no team, so not even an admin may
	case c.Type != model.ChannelOpen && !w.mayInChannel(as, c, ReadChannelContent):
		return nil, ErrPermission.With(ReadChannelContent)
	}
	return c, nil
}

// UpdateIncomingWebhook changes a webhook. It stays in its team, and its owner's.
func (w *World) UpdateIncomingWebhook(as *Session, in model.IncomingWebhook) (*model.IncomingWebhook, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	h, err := w.hook(in.ID)
	if err != nil {
		return nil, err
	}
	if in.TeamID != "" && in.TeamID != h.TeamID {
		return nil, errHookTeam.With()
	}
	c := w.channels[in.ChannelID]
	switch {
	case c == nil:
		return nil, errChannelUnknown.With()
	case c.TeamID != h.TeamID && w.version.Has(versions.HookIDMatches):
		return nil, ErrBodyParam.With("channel_id: one of the webhook's team")
	}
	if err := w.mayManageHook(as, h, c); err != nil {
		return nil, err
	}
	next := h.Clone()
	next.ChannelID, next.DisplayName, next.Description = c.ID, in.DisplayName, in.Description
	next.ChannelLocked = in.ChannelLocked || w.locksHooks(as, c)
	if w.config.EnablePostUsernameOverride {
		next.Username = in.Username
	}
	if w.config.EnablePostIconOverride {
		next.IconURL = in.IconURL
	}
	if err := w.checkChangedHook(next); err != nil {
		return nil, err
	}
	next.UpdateAt = w.clock.tick()
	w.hooks[h.ID] = next
	return next.Clone(), nil
}

// hook finds a webhook.
func (w *World) hook(id string) (*model.IncomingWebhook, error) {
	if !w.config.EnableIncomingWebhooks {
		return nil, errHooksDisabled.With()
	}
	h := w.hooks[id]
	if h == nil {
		return nil, errHookUnknown.With()
	}
	return h, nil
}

// mayManageHook says whether the session's user may manage a webhook into a
// channel: where it is not public, he must be able to read it too.
func (w *World) mayManageHook(as *Session, h *model.IncomingWebhook, c *channel) error {
	switch {
	case !w.mayInTeam(as, c.TeamID, ManageOwnIncomingWebhooks):
		return ErrPermission.With(ManageOwnIncomingWebhooks)
	case h.UserID != as.UserID && !w.mayInTeam(as, h.TeamID, ManageAllIncomingWebhooks):
		return ErrPermission.With(ManageAllIncomingWebhooks)
	case c.Type != model.ChannelOpen && !w.mayInChannel(as, c, ReadChannelContent):
		return ErrPermission.With(ReadChannelContent)
	}
	return nil
}

// manageableHook finds a webhook that the session's user may manage.
func (w *World) manageableHook(as *Session, id string) (*model.IncomingWebhook, error) {
	h, err := w.hook(id)
	if err != nil {
		return nil, err
	}
	c := w.channels[h.ChannelID]
	if c == nil {
		return nil, errChannelUnknown.With()
	}
	return h, w.mayManageHook(as, h, c)
}

// IncomingWebhook returns one webhook.
func (w *World) IncomingWebhook(as *Session, id string) (*model.IncomingWebhook, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	h, err := w.manageableHook(as, id)
	if err != nil {
		return nil, err
	}
	return h.Clone(), nil
}

// DeleteIncomingWebhook deletes a webhook.
func (w *World) DeleteIncomingWebhook(as *Session, id string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	h, err := w.manageableHook(as, id)
	if err != nil {
		return err
	}
	w.dropHook(h)
	return nil
}

func (w *World) dropHook(h *model.IncomingWebhook) {
	delete(w.hooks, h.ID)
	w.allHooks = without(w.allHooks, h.ID)
}

// IncomingWebhooks returns a page of the webhooks of a team, or with no team of
// all, in the order of their making, and how many there are: one's own, or all
// where the session's user manages those of others.
func (w *World) IncomingWebhooks(as *Session, teamID string, page Page) ([]*model.IncomingWebhook, int, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if !w.mayInTeam(as, teamID, ManageOwnIncomingWebhooks) {
		return nil, 0, ErrPermission.With(ManageOwnIncomingWebhooks)
	}
	if !w.config.EnableIncomingWebhooks {
		return nil, 0, errHooksDisabled.With()
	}
	all := w.mayInTeam(as, teamID, ManageAllIncomingWebhooks)
	list := []*model.IncomingWebhook{}
	for _, id := range w.allHooks {
		if h := w.hooks[id]; (teamID == "" || h.TeamID == teamID) && (all || h.UserID == as.UserID) {
			list = append(list, h)
		}
	}
	total := len(list)
	list = slice(list, page)
	for i, h := range list {
		list[i] = h.Clone()
	}
	return list, total, nil
}
