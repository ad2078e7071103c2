package model

import "slices"

// Types of sidebar categories.
const (
	SidebarFavorites      = "favorites"
	SidebarChannels       = "channels"
	SidebarDirectMessages = "direct_messages"
	SidebarCustom         = "custom"
)

// SidebarCategory is a heading in a user's list of channels.
type SidebarCategory struct {
	// ID of a category that is not custom is made of type, user and team id.
	ID     string `json:"id"`
	UserID string `json:"user_id"`
	TeamID string `json:"team_id"`
	// SortOrder is the place among the user's categories.
	SortOrder int64 `json:"sort_order"`
	// Sorting is empty, alpha, recent or manual. Type is one of the Sidebar
	// constants.
	Sorting     string   `json:"sorting"`
	Type        string   `json:"type"`
	DisplayName string   `json:"display_name"`
	Muted       bool     `json:"muted"`
	Collapsed   bool     `json:"collapsed"`
	ChannelIDs  []string `json:"channel_ids"`
}

// SidebarCategories are a user's categories in a team.
type SidebarCategories struct {
	Categories []*SidebarCategory `json:"categories"`
	// Order holds the categories' ids from top to bottom.
	Order []string `json:"order"`
}

// Clone returns a copy with a list of its own.
func (s *SidebarCategory) Clone() *SidebarCategory {
	c := clone(s)
	if c == nil {
		return nil
	}
	c.ChannelIDs = slices.Clone(s.ChannelIDs)
	return c
}
