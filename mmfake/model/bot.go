package model

// Bot is an account for a program. A User with the same id belongs to it.
type Bot struct {
	UserID      string `json:"user_id"`
	Username    string `json:"username"`
	DisplayName string `json:"display_name,omitempty"`
	Description string `json:"description,omitempty"`
	// OwnerID is the user (or plugin) that manages the bot.
	OwnerID        string `json:"owner_id"`
	LastIconUpdate int64  `json:"last_icon_update,omitempty"`
	CreateAt       int64  `json:"create_at"`
	UpdateAt       int64  `json:"update_at"`
	// DeleteAt other than 0 means disabled.
	DeleteAt int64 `json:"delete_at"`
}

// BotPatch is the body of PUT /bots/{id}: what is nil stays.
type BotPatch struct {
	Username    *string `json:"username"`
	DisplayName *string `json:"display_name"`
	Description *string `json:"description"`
}
