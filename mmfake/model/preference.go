package model

// Preference is one setting of a user.
type Preference struct {
	UserID   string `json:"user_id"`
	Category string `json:"category"`
	Name     string `json:"name"`
	Value    string `json:"value"`
}

// Categories of preferences.
const (
	// PreferenceFlaggedPost: the name is a post id, the value "true".
	PreferenceFlaggedPost = "flagged_post"
	// PreferenceDirectChannelShow: the name is a user id.
	PreferenceDirectChannelShow = "direct_channel_show"
	// PreferenceGroupChannelShow: the name is a channel id.
	PreferenceGroupChannelShow = "group_channel_show"
	// PreferenceFavoriteChannel has a channel's id as name.
	PreferenceFavoriteChannel = "favorite_channel"
	PreferenceDisplaySettings = "display_settings"
	PreferenceTutorialStep    = "tutorial_step"
)
