package model

// ServerBusyState is the answer of GET /server_busy: whether the server is marked as
// busy, and until when, in Unix seconds and as text.
type ServerBusyState struct {
	Busy      bool   `json:"busy"`
	Expires   int64  `json:"expires"`
	ExpiresTS string `json:"expires_ts,omitempty"`
}
