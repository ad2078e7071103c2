package world

import (
	"slices"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// Favourite channels are kept twice: as preferences, which old clients change, and in
// a category of the sidebar. Each follows the other.

// favoritesFollow puts the channels of preferences that changed into the user's
// favourites, or takes them out. A direct channel is one of all his teams.
func (w *World) favoritesFollow(u *user, list []model.Preference, deleted bool) {
	for _, p := range list {
		c := w.channels[p.Name]
		if p.Category != model.PreferenceFavoriteChannel || c == nil || c.members[u.ID] == nil {
			continue
		}
		for _, t := range u.teams {
			if c.TeamID == "" || c.TeamID == t.ID {
				w.setFavorite(sidebarKey{u.ID, t.ID}, c.ID, !deleted && p.Value == "true")
			}
		}
	}
}

func (w *World) setFavorite(k sidebarKey, channelID string, favorite bool) {
	s := slices.Clone(w.sidebars.of(k))
	i := slices.IndexFunc(s, func(c *model.SidebarCategory) bool { return c.Type == model.SidebarFavorites })
	if slices.Contains(s[i].ChannelIDs, channelID) == favorite {
		return
	}
	next := s[i].Clone()
	next.ChannelIDs = slices.DeleteFunc(next.ChannelIDs, func(id string) bool { return id == channelID })
	if favorite {
		next.ChannelIDs = append([]string{channelID}, next.ChannelIDs...)
	}
	s.put(i, next)
	w.sidebars.keep(k, s)
}

// preferencesFollow makes the preferences say which channels are favourites after a
// user has changed a category from was to is.
func (w *World) preferencesFollow(u *user, was, is *model.SidebarCategory) {
	favorites := is.Type == model.SidebarFavorites
	var off, on []model.Preference
	for _, id := range append(slices.Clone(was.ChannelIDs), is.ChannelIDs...) {
		p := model.Preference{UserID: u.ID, Category: model.PreferenceFavoriteChannel, Name: id, Value: "true"}
		switch now := slices.Contains(is.ChannelIDs, id); {
		case favorites && now:
			on = append(on, p)
		case favorites || now: // out of the favourites, or in another category
			off = append(off, p)
		}
	}
	if len(off) > 0 {
		w.putPreferences(u, off, deletingPreferences.apply)
	}
	if len(on) > 0 {
		w.putPreferences(u, on, settingPreferences.apply)
	}
}
