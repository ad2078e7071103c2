package world

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// outgoingHooks are a world's outgoing webhooks. A model.OutgoingWebhook is
// replaced, never changed. All guarded by World.mu.
type outgoingHooks struct {
	byID   map[string]*model.OutgoingWebhook
	all    []string            // ids in the order of their making
	byTeam map[string][]string // likewise, so that a team without any costs its posts nothing
	fire   func(*Firing)       // nil where nobody makes the requests
}

// put stores a webhook in the place of the one with its id, or as a new one. Its team
// has it last: what is changed moves to the end of the real server's table, and of
// the webhooks that fire the last names the word.
func (s *outgoingHooks) put(h *model.OutgoingWebhook) {
	if s.byID == nil {
		s.byID, s.byTeam = map[string]*model.OutgoingWebhook{}, map[string][]string{}
	}
	if s.byID[h.ID] == nil {
		s.all = append(s.all, h.ID)
	}
	s.byID[h.ID] = h
	s.byTeam[h.TeamID] = append(without(s.byTeam[h.TeamID], h.ID), h.ID)
}

func (s *outgoingHooks) drop(h *model.OutgoingWebhook) {
	delete(s.byID, h.ID)
	is := func(id string) bool { return id == h.ID }
	s.all = slices.DeleteFunc(s.all, is)
	s.byTeam[h.TeamID] = slices.DeleteFunc(s.byTeam[h.TeamID], is)
}

// CreateOutgoingWebhook makes an outgoing webhook (facts 10.1), owned by the
// session's user or, where he may manage those of others, by in.CreatorID.
func (w *World) CreateOutgoingWebhook(as *Session, in model.OutgoingWebhook) (*model.OutgoingWebhook, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if in.TeamID == "" || !w.mayInTeam(as, in.TeamID, ManageOwnOutgoingWebhooks) {
		return nil, ErrPermission.With(ManageOwnOutgoingWebhooks) // also an admin's, where there is no team (recorded from 11.6.0)
	}
	if in.CreatorID == "" || !w.version.Has(versions.HookOwnerChosen) {
		in.CreatorID = as.UserID
	} else if !w.mayInTeam(as, in.TeamID, ManageAllOutgoingWebhooks) {
		return nil, ErrPermission.With(ManageAllOutgoingWebhooks)
	}
	if w.users[in.CreatorID] == nil {
		return nil, errUserUnknown.With()
	}
	return w.addOutgoingWebhook(in)
}

// addOutgoingWebhook validates and stores a webhook. One with a delete_at is made,
// and never found again.
func (w *World) addOutgoingWebhook(in model.OutgoingWebhook) (*model.OutgoingWebhook, error) {
	if !w.config.EnableOutgoingWebhooks {
		return nil, errOutgoingDisabled.With()
	}
	if err := w.checkOutgoingPlace(&in, errOutgoingNotOpen, errOutgoingTriggers, errOutgoingTaken); err != nil {
		return nil, err
	}
	if in.ID != "" {
		return nil, errOutgoingGivenID.With()
	}
	h := in.Clone()
	newID := func() string { return w.newIDOf("outgoing webhook", h.ChannelID, h.CreatorID) }
	h.ID, h.Token = newID(), cmp.Or(in.Token, newID())
	if err := w.checkOutgoing(h); err != nil {
		return nil, err
	}
	h.CreateAt = w.clock.tick()
	h.UpdateAt = h.CreateAt
	if h.DeleteAt == 0 {
		w.outgoing.put(h)
	}
	return h.Clone(), nil
}

// checkOutgoingPlace says whether a webhook may listen where it wants to. Creating
// and updating one differ in what they call the same mistakes.
func (w *World) checkOutgoingPlace(h *model.OutgoingWebhook, notOpen, noTriggers, taken Problem) error {
	if h.ChannelID == "" {
		if len(h.TriggerWords) == 0 {
			return noTriggers.With()
		}
	} else {
		c := w.channels[h.ChannelID]
		switch {
		case c == nil:
			return errChannelUnknown.With()
		case c.Type != model.ChannelOpen:
			return notOpen.With()
		case c.TeamID != h.TeamID:
			return errOutgoingChannelTeam.With()
		}
	}
	for _, id := range w.outgoing.byTeam[h.TeamID] {
		other := w.outgoing.byID[id]
		if id != h.ID && other.ChannelID == h.ChannelID &&
			intersect(other.CallbackURLs, h.CallbackURLs) && intersect(other.TriggerWords, h.TriggerWords) {
			return taken.With()
		}
	}
	return nil
}

// intersect says whether two lists have an entry in common.
func intersect(a, b []string) bool {
	return slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}

// checkOutgoing says what is wrong with a new webhook's fields. The lengths of the
// lists are those of the way package fmt prints them.
func (w *World) checkOutgoing(h *model.OutgoingWebhook) error {
	switch {
	case len(h.Token) != 26:
		return errOutgoingToken.With()
	case !model.IsValidID(h.TeamID):
		return errOutgoingTeam.With()
	case len(fmt.Sprint(h.TriggerWords)) > 1024:
		return errOutgoingWordsLength.With()
	case slices.Contains(h.TriggerWords, ""):
		return errOutgoingEmptyWord.With()
	case len(h.CallbackURLs) == 0 || len(fmt.Sprint(h.CallbackURLs)) > 1024:
		return errOutgoingCallbacks.With()
	case slices.ContainsFunc(h.CallbackURLs, func(s string) bool { return !isWebURL(s) }):
		return errOutgoingURL.With()
	case len(h.DisplayName) > 64:
		return errOutgoingDisplayName.With()
	case len(h.Description) > w.mostHookDescription():
		return errOutgoingDescription.With(w.mostHookDescription())
	case len(h.ContentType) > 128 || h.TriggerWhen > model.TriggerWhenStartsWith:
		return errOutgoingContentType.With()
	case len(h.Username) > 64:
		return errOutgoingUsername.With()
	case len(h.IconURL) > 1024:
		return errOutgoingIconURL.With()
	}
	return nil
}

// storable says whether the database has room for a changed webhook, which nothing
// else of the real server looks at.
func (w *World) storable(h *model.OutgoingWebhook) bool {
	return !longer(h.Token, 26) && !longer(h.DisplayName, 64) && !longer(h.Description, w.mostHookDescription()) &&
		!longer(h.ContentType, 128) && !longer(h.Username, 64) && !longer(h.IconURL, 1024) &&
		jsonSize(h.TriggerWords) <= 1024 && jsonSize(h.CallbackURLs) <= 1024
}

// UpdateOutgoingWebhook replaces a webhook's fields, its token too, and looks at
// little of it (facts 10.1). It stays in its team, and its creator's. Where in has
// another id, which old versions do not refuse, it is the webhook of that id that is
// replaced, if there is one.
func (w *World) UpdateOutgoingWebhook(as *Session, id string, in model.OutgoingWebhook) (*model.OutgoingWebhook, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	old, err := w.outgoingHook(id)
	if err != nil {
		return nil, err
	}
	if in.TeamID != "" && in.TeamID != old.TeamID {
		return nil, errHookTeam.With()
	}
	if err := w.mayManageOutgoing(as, old); err != nil {
		return nil, err
	}
	next := in.Clone()
	next.TeamID, next.CreatorID, next.CreateAt, next.DeleteAt = old.TeamID, old.CreatorID, old.CreateAt, 0
	if err := w.checkOutgoingPlace(next, errOutgoingMoveNotOpen, errOutgoingNoTriggers, errOutgoingMoveTaken); err != nil {
		return nil, err
	}
	if !w.storable(next) {
		return nil, errOutgoingStored.With()
	}
	next.UpdateAt = w.clock.tick()
	if replaced := w.outgoing.byID[next.ID]; replaced != nil {
		if replaced.TeamID != next.TeamID {
			w.outgoing.drop(replaced) // from its team's
		}
		w.outgoing.put(next)
	}
	return next.Clone(), nil
}

// outgoingHook finds a webhook.
func (w *World) outgoingHook(id string) (*model.OutgoingWebhook, error) {
	if !w.config.EnableOutgoingWebhooks {
		return nil, errOutgoingDisabled.With()
	}
	h := w.outgoing.byID[id]
	if h == nil {
		return nil, errOutgoingUnknown.With()
	}
	return h, nil
}

// mayManageOutgoing says whether the session's user may see and change a webhook.
func (w *World) mayManageOutgoing(as *Session, h *model.OutgoingWebhook) error {
	p := ManageOwnOutgoingWebhooks
	if h.CreatorID != as.UserID {
		p = ManageAllOutgoingWebhooks
	}
	if !w.mayInTeam(as, h.TeamID, p) {
		return ErrPermission.With(p)
	}
	return nil
}

// manageableOutgoing finds a webhook that the session's user may manage.
func (w *World) manageableOutgoing(as *Session, id string) (*model.OutgoingWebhook, error) {
	h, err := w.outgoingHook(id)
	if err != nil {
		return nil, err
	}
	if err := w.mayManageOutgoing(as, h); err != nil {
		return nil, err
	}
	return h, nil
}

// OutgoingWebhook returns one webhook, its token too.
func (w *World) OutgoingWebhook(as *Session, id string) (*model.OutgoingWebhook, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	h, err := w.manageableOutgoing(as, id)
	if err != nil {
		return nil, err
	}
	return h.Clone(), nil
}

// RegenerateOutgoingToken gives a webhook a new token.
func (w *World) RegenerateOutgoingToken(as *Session, id string) (*model.OutgoingWebhook, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	h, err := w.manageableOutgoing(as, id)
	if err != nil {
		return nil, err
	}
	next := h.Clone()
	next.Token, next.UpdateAt = w.NewID(), w.clock.tick()
	w.outgoing.put(next)
	return next.Clone(), nil
}

// DeleteOutgoingWebhook deletes a webhook.
func (w *World) DeleteOutgoingWebhook(as *Session, id string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	h, err := w.manageableOutgoing(as, id)
	if err != nil {
		return err
	}
	w.outgoing.drop(h)
	return nil
}

// OutgoingWebhooks returns a page of the webhooks of a channel, of a team, or with
// neither of all, in the order of their making: one's own, or all where the
// session's user manages those of others.
func (w *World) OutgoingWebhooks(as *Session, teamID, channelID string, page Page) ([]*model.OutgoingWebhook, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	may := func(p Permission) bool {
		switch {
		case channelID != "":
			return w.mayInChannel(as, w.channels[channelID], p)
		case teamID != "":
			return w.mayInTeam(as, teamID, p)
		}
		return w.may(as, p)
	}
	if !may(ManageOwnOutgoingWebhooks) {
		return nil, ErrPermission.With(ManageOwnOutgoingWebhooks)
	}
	if !w.config.EnableOutgoingWebhooks {
		return nil, errOutgoingDisabled.With()
	}
	all := may(ManageAllOutgoingWebhooks)
	list := []*model.OutgoingWebhook{}
	for _, id := range w.outgoing.all {
		h := w.outgoing.byID[id]
		wanted := channelID != "" && h.ChannelID == channelID || channelID == "" && (teamID == "" || h.TeamID == teamID)
		if wanted && (all || h.CreatorID == as.UserID) {
			list = append(list, h)
		}
	}
	list = slice(list, page)
	for i, h := range list {
		list[i] = h.Clone()
	}
	return list, nil
}

// AddOutgoingWebhook makes an outgoing webhook that in.CreatorID owns, whoever may.
func (w *World) AddOutgoingWebhook(in model.OutgoingWebhook) (*model.OutgoingWebhook, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.addOutgoingWebhook(in)
}
