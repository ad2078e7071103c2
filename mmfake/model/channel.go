package model

// Types of channels.
const (
	ChannelOpen    = "O"
	ChannelPrivate = "P"
	ChannelDirect  = "D"
	ChannelGroup   = "G"
)

// DefaultChannel is the name of the channel that all members of a team are in.
const DefaultChannel = "town-square"

// Channel is a place for messages: open, private, direct between two users,
// or a group of three to eight.
type Channel struct {
	ID       string `json:"id"`
	CreateAt int64  `json:"create_at"`
	UpdateAt int64  `json:"update_at"`
	// DeleteAt other than 0 means archived.
	DeleteAt int64 `json:"delete_at"`
	// TeamID is empty for direct and group messages.
	TeamID string `json:"team_id"`
	// Type is one of the Channel constants.
	Type        string `json:"type"`
	DisplayName string `json:"display_name"`
	// Name stands in URLs. A direct channel has both user ids, joined by two
	// underscores.
	Name    string `json:"name"`
	Header  string `json:"header"`
	Purpose string `json:"purpose"`
	// LastPostAt and LastRootPostAt are times; TotalMsgCount counts posts
	// without joins and leaves, TotalMsgCountRoot without replies.
	LastPostAt    int64 `json:"last_post_at"`
	TotalMsgCount int64 `json:"total_msg_count"`
	ExtraUpdateAt int64 `json:"extra_update_at"`
	// CreatorID is empty for channels that the server made.
	CreatorID string  `json:"creator_id"`
	SchemeID  *string `json:"scheme_id"`
	// Props is null unless header or purpose mention channels.
	Props            Props `json:"props" since:"5.36"`
	GroupConstrained *bool `json:"group_constrained" since:"5.36"`
	Autotranslation  bool  `json:"autotranslation" since:"11.0"`
	// Shared is null but where a direct or group channel is made or asked for
	// again: false.
	Shared              *bool          `json:"shared" since:"5.36"`
	TotalMsgCountRoot   int64          `json:"total_msg_count_root" since:"5.36"`
	PolicyID            *string        `json:"policy_id" since:"5.36"`
	LastRootPostAt      int64          `json:"last_root_post_at" since:"6.0"`
	BannerInfo          *ChannelBanner `json:"banner_info" since:"10.9"`
	PolicyEnforced      bool           `json:"policy_enforced" since:"10.9"`
	PolicyIsActive      bool           `json:"policy_is_active" since:"10.9"`
	DefaultCategoryName string         `json:"default_category_name" since:"10.0"`
}

// ChannelBanner is a line of text above a channel's posts.
type ChannelBanner struct {
	Enabled *bool   `json:"enabled"`
	Text    *string `json:"text"`
	// BackgroundColor is #rrggbb.
	BackgroundColor *string `json:"background_color"`
}

// ChannelPatch is the body of PUT /channels/{id}/patch: what is nil stays.
type ChannelPatch struct {
	DisplayName      *string        `json:"display_name"`
	Name             *string        `json:"name"`
	Header           *string        `json:"header"`
	Purpose          *string        `json:"purpose"`
	GroupConstrained *bool          `json:"group_constrained"`
	BannerInfo       *ChannelBanner `json:"banner_info"`
	Autotranslation  *bool          `json:"autotranslation"`
}

// ChannelWithTeam is a channel in the answers of GET /channels and POST
// /channels/search, which span teams.
type ChannelWithTeam struct {
	Channel
	TeamDisplayName string `json:"team_display_name"`
	TeamName        string `json:"team_name"`
	TeamUpdateAt    int64  `json:"team_update_at"`
}
