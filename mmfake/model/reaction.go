package model

// Reaction is an emoji that a user put on a post. In the event of its removal
// CreateAt is 0 and ChannelID empty.
type Reaction struct {
	UserID string `json:"user_id"`
	PostID string `json:"post_id"`
	// EmojiName has no colons: +1, thumbsup, tada.
	EmojiName string `json:"emoji_name"`
	CreateAt  int64  `json:"create_at"`
	UpdateAt  int64  `json:"update_at" since:"5.36"`
	DeleteAt  int64  `json:"delete_at" since:"5.36"`
	// RemoteID is always empty on a server that shares no channels.
	RemoteID  string `json:"remote_id" since:"5.36"`
	ChannelID string `json:"channel_id" since:"6.0"`
}

// Clone returns a copy.
func (r *Reaction) Clone() *Reaction { return clone(r) }
