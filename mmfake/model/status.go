package model

import "time"

// Whether a user is there.
const (
	StatusOnline      = "online"
	StatusAway        = "away"
	StatusDND         = "dnd"
	StatusOffline     = "offline"
	StatusOutOfOffice = "ooo"
)

// Status says whether a user is there.
type Status struct {
	UserID string `json:"user_id"`
	// Status is one of the Status constants. Manual means that the user chose it.
	Status         string `json:"status"`
	Manual         bool   `json:"manual"`
	LastActivityAt int64  `json:"last_activity_at"`
	ActiveChannel  string `json:"active_channel,omitempty"`
	// DNDEndTime is in Unix seconds, 0 when open.
	DNDEndTime int64 `json:"dnd_end_time" since:"6.0"`
}

// CustomStatus is the emoji and text that a user shows beside the name. It
// stands as a JSON string in User.Props.
type CustomStatus struct {
	Emoji string `json:"emoji"`
	Text  string `json:"text"`
	// Duration names the choice, e.g. one_hour or date_and_time, empty when
	// it does not end. ExpiresAt is RFC 3339.
	Duration  string    `json:"duration" since:"6.0"`
	ExpiresAt time.Time `json:"expires_at" since:"6.0"`
}
