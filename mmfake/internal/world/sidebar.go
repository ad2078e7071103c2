package world

import (
	"cmp"
	"slices"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// sidebars are the categories that users have made of their lists of channels
// (facts 3.10), by user and team. Who has changed nothing has the three that
// everybody begins with, and takes no place here. Guarded by World.mu.
type sidebars struct {
	changed map[sidebarKey]sidebar
}

type sidebarKey struct{ userID, teamID string }

// A sidebar is a list of categories from top to bottom. Their ChannelIDs are the
// channels that the user put there; the others are added as it is read. The
// categories are replaced, never changed.
type sidebar []*model.SidebarCategory

// freshSidebar is what everybody begins with. The ids of these categories are
// made of the type, the user and the team.
func freshSidebar(k sidebarKey) sidebar {
	var s sidebar
	for _, c := range []model.SidebarCategory{
		{Type: model.SidebarFavorites, DisplayName: "Favorites"},
		{Type: model.SidebarChannels, DisplayName: "Channels"},
		{Type: model.SidebarDirectMessages, DisplayName: "Direct Messages", Sorting: "recent"},
	} {
		c.ID, c.UserID, c.TeamID = c.Type+"_"+k.userID+"_"+k.teamID, k.userID, k.teamID
		s = append(s, &c)
	}
	return s
}

func (all *sidebars) of(k sidebarKey) sidebar {
	if s := all.changed[k]; s != nil {
		return s
	}
	return freshSidebar(k)
}

func (all *sidebars) keep(k sidebarKey, s sidebar) {
	if all.changed == nil {
		all.changed = map[sidebarKey]sidebar{}
	}
	all.changed[k] = s
}

// displace takes a channel out of the category that its user has put it into.
func (all *sidebars) displace(k sidebarKey, channelID string) {
	for i, c := range all.changed[k] {
		if slices.Contains(c.ChannelIDs, channelID) {
			rest := c.Clone()
			rest.ChannelIDs = without(rest.ChannelIDs, channelID)
			all.changed[k][i] = rest
		}
	}
}

func (s sidebar) index(id string) int {
	return slices.IndexFunc(s, func(c *model.SidebarCategory) bool { return c.ID == id })
}

func (s sidebar) order() []string {
	ids := make([]string, len(s))
	for i, c := range s {
		ids[i] = c.ID
	}
	return ids
}

// put replaces the category at i by another one, and takes its channels out of
// all others: a channel is in one place only.
func (s sidebar) put(i int, next *model.SidebarCategory) {
	moved := map[string]bool{}
	for _, id := range next.ChannelIDs {
		moved[id] = true
	}
	isMoved := func(id string) bool { return moved[id] }
	for j, c := range s {
		if i != j && slices.ContainsFunc(c.ChannelIDs, isMoved) {
			rest := c.Clone()
			rest.ChannelIDs = slices.DeleteFunc(rest.ChannelIDs, isMoved)
			s[j] = rest
		}
	}
	s[i] = next
}

// shown is a sidebar as its user reads it: each of his channels is in one of the
// categories, and no other is. channels are his, by display name.
func (s sidebar) shown(channels []*channel) []*model.SidebarCategory {
	mine, placed := map[string]*channel{}, map[string]bool{}
	for _, c := range channels {
		mine[c.ID] = c
	}
	out := make([]*model.SidebarCategory, len(s))
	rest := map[string]*model.SidebarCategory{}
	for i, c := range s {
		out[i] = c.Clone()
		out[i].SortOrder = int64(10 * i)
		out[i].ChannelIDs = slices.DeleteFunc(append([]string{}, c.ChannelIDs...), func(id string) bool { return mine[id] == nil })
		for _, id := range out[i].ChannelIDs {
			placed[id] = true
		}
		rest[c.Type] = out[i]
	}
	for _, c := range channels {
		if placed[c.ID] || c.DeleteAt != 0 {
			continue
		}
		to := rest[model.SidebarChannels]
		if c.direct() {
			to = rest[model.SidebarDirectMessages]
		}
		to.ChannelIDs = append(to.ChannelIDs, c.ID)
	}
	return out
}

// SidebarCategories returns a user's categories in a team, from top to bottom.
func (w *World) SidebarCategories(as *Session, userID, teamID string) (*model.SidebarCategories, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	k := sidebarKey{userID, teamID}
	if err := w.mayArrange(as, k); err != nil {
		return nil, err
	}
	s := w.sidebars.of(k)
	return &model.SidebarCategories{Categories: w.showSidebar(k, s), Order: s.order()}, nil
}

// mayArrange says why the session's user may not see nor change a sidebar. One for a
// team that a user is not in has no channels of it.
func (w *World) mayArrange(as *Session, k sidebarKey) error {
	switch {
	case !w.mayManageUser(as, k.userID):
		return ErrPermission.With(EditOtherUsers)
	case w.teams[k.teamID] == nil:
		return ErrPermission.With(ViewTeam)
	}
	return nil
}

// mayArrangeIn is mayArrange for one category: who may not edit others is told of an
// unknown one that it is not his.
func (w *World) mayArrangeIn(as *Session, k sidebarKey, id string) error {
	if err := w.mayArrange(as, k); err != nil {
		return err
	}
	if w.sidebars.of(k).index(id) < 0 {
		if !w.may(as, EditOtherUsers) {
			return ErrPermission.With(EditOtherUsers)
		}
		return errCategoryUnknown.With()
	}
	return nil
}

// mayPlace says why a user can put no channels into categories: he is in none.
func (w *World) mayPlace(k sidebarKey) error {
	if len(w.channelsOf(w.users[k.userID], k.teamID)) == 0 {
		return errCategoryChannels.With()
	}
	return nil
}

func (w *World) showSidebar(k sidebarKey, s sidebar) []*model.SidebarCategory {
	return s.shown(w.channelsOf(w.users[k.userID], k.teamID))
}

// SidebarCategory returns one of a user's categories.
func (w *World) SidebarCategory(as *Session, userID, teamID, id string) (*model.SidebarCategory, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	k := sidebarKey{userID, teamID}
	if err := w.mayArrangeIn(as, k, id); err != nil {
		return nil, err
	}
	s := w.sidebars.of(k)
	return w.showSidebar(k, s)[s.index(id)], nil
}

// CreateSidebarCategory makes a category, which comes right after the favourites and
// is sorted by default, whatever in says. Of its channels it takes those that the
// user is in.
func (w *World) CreateSidebarCategory(as *Session, in model.SidebarCategory) (*model.SidebarCategory, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	k := sidebarKey{in.UserID, in.TeamID}
	if err := cmp.Or(w.mayArrange(as, k), w.mayPlace(k)); err != nil {
		return nil, err
	}
	s := slices.Clone(w.sidebars.of(k))
	if len(s) >= mostCategories {
		return nil, errCategoryLimit.With(mostCategories)
	}
	made := &model.SidebarCategory{
		ID: w.NewID(), UserID: k.userID, TeamID: k.teamID, Type: model.SidebarCustom,
		DisplayName: in.DisplayName, Muted: in.Muted, Collapsed: in.Collapsed,
	}
	made.ChannelIDs = w.arrangeable(made, in.ChannelIDs)
	at := 0
	if s[0].Type == model.SidebarFavorites {
		at = 1
	}
	s = slices.Insert(s, at, made)
	s.put(at, made)
	w.sidebars.keep(k, s)
	w.tellSidebar(k, model.EventSidebarCategoryCreated, "category_id", made.ID)
	return w.showSidebar(k, s)[at], nil
}

const mostCategories = 1000 // of a user in a team: what a client sends must not grow the server without bound

// arrangeable keeps those of the channels that a user may put into a category:
// that he is in, each once, and of the kind that the category takes.
func (w *World) arrangeable(in *model.SidebarCategory, ids []string) []string {
	out := []string{}
	seen := map[string]bool{}
	for _, id := range ids {
		c := w.channels[id]
		if c == nil || seen[id] || c.members[in.UserID] == nil || c.TeamID != "" && c.TeamID != in.TeamID {
			continue
		}
		if in.Type == model.SidebarDirectMessages && !c.direct() || in.Type == model.SidebarChannels && c.direct() {
			continue
		}
		seen[id] = true
		out = append(out, id)
	}
	return out
}

// UpdateSidebarCategories changes categories of a user: what their type lets him
// change. Muting one mutes the channels in it.
func (w *World) UpdateSidebarCategories(as *Session, userID, teamID string, in []*model.SidebarCategory) ([]*model.SidebarCategory, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	k := sidebarKey{userID, teamID}
	if err := cmp.Or(w.mayArrange(as, k), w.mayPlace(k)); err != nil {
		return nil, err
	}
	for _, c := range in {
		if err := w.mayArrangeIn(as, k, c.ID); err != nil {
			return nil, err
		}
	}
	s := slices.Clone(w.sidebars.of(k))
	var muted []*model.SidebarCategory
	for _, c := range in {
		i := s.index(c.ID)
		next := w.rearranged(s[i], c)
		w.preferencesFollow(w.users[userID], s[i], next)
		if next.Muted != s[i].Muted {
			muted = append(muted, next)
		}
		s.put(i, next)
	}
	w.sidebars.keep(k, s)
	shown := w.showSidebar(k, s)
	updated := make([]*model.SidebarCategory, len(in))
	for i, c := range in {
		updated[i] = shown[s.index(c.ID)]
	}
	w.tellSidebar(k, model.EventSidebarCategoryUpdated, "updatedCategories", w.inJSON(updated))
	for _, c := range muted {
		w.muteAll(shown[s.index(c.ID)])
	}
	return updated, nil
}

// rearranged is a category with what in may change of it.
func (w *World) rearranged(was, in *model.SidebarCategory) *model.SidebarCategory {
	next := was.Clone()
	next.Sorting, next.Collapsed = in.Sorting, in.Collapsed
	if was.Type == model.SidebarCustom {
		next.DisplayName = in.DisplayName
	}
	if was.Type != model.SidebarDirectMessages {
		next.Muted = in.Muted
	}
	next.ChannelIDs = w.arrangeable(next, in.ChannelIDs)
	return next
}

// muteAll gives a category's channels the category's mute.
func (w *World) muteAll(c *model.SidebarCategory) {
	level := model.MarkUnreadAll
	if c.Muted {
		level = model.MarkUnreadMention
	}
	for _, id := range c.ChannelIDs {
		if m := w.channels[id].members[c.UserID]; m.NotifyProps[model.NotifyMarkUnread] != level {
			w.setNotifyProps(m, map[string]string{model.NotifyMarkUnread: level})
		}
	}
}

// ArrangeSidebar puts a user's categories into another order, which must name
// each of them once.
func (w *World) ArrangeSidebar(as *Session, userID, teamID string, order []string) ([]string, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	k := sidebarKey{userID, teamID}
	if err := w.mayArrange(as, k); err != nil {
		return nil, err
	}
	s := w.sidebars.of(k)
	next := make(sidebar, 0, len(s))
	for _, id := range order {
		i := s.index(id)
		if i < 0 || slices.Contains(next, s[i]) {
			return nil, errCategoryOrder.With()
		}
		next = append(next, s[i])
	}
	if len(next) != len(s) {
		return nil, errCategoryOrder.With()
	}
	w.sidebars.keep(k, next)
	w.tellSidebar(k, model.EventSidebarCategoryOrderUpdated, "order", order)
	return order, nil
}

// DeleteSidebarCategory deletes a category that its user made. Its channels go
// back to where they would be without it.
func (w *World) DeleteSidebarCategory(as *Session, userID, teamID, id string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	k := sidebarKey{userID, teamID}
	if err := w.mayArrangeIn(as, k, id); err != nil {
		return err
	}
	s := w.sidebars.of(k)
	i := s.index(id)
	switch {
	case s[i].Type != model.SidebarCustom:
		return errCategoryFixed.With()
	}
	w.sidebars.keep(k, slices.Delete(slices.Clone(s), i, i+1))
	w.tellSidebar(k, model.EventSidebarCategoryDeleted, "category_id", id)
	return nil
}

func (w *World) tellSidebar(k sidebarKey, event, key string, value any) {
	w.publish(&Event{Name: event, Data: map[string]any{key: value}, Broadcast: model.Broadcast{TeamID: k.teamID, UserID: k.userID}})
}
