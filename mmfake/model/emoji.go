package model

// Emoji is a custom emoji of the server.
type Emoji struct {
	ID        string `json:"id"`
	CreateAt  int64  `json:"create_at"`
	UpdateAt  int64  `json:"update_at"`
	DeleteAt  int64  `json:"delete_at"`
	CreatorID string `json:"creator_id"`
	// Name has no colons.
	Name string `json:"name"`
}
