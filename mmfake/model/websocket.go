package model

// WebSocketEvent is a message from the server about something that happened.
type WebSocketEvent struct {
	// Event is one of the Event constants.
	Event string `json:"event"`
	// Data depends on the event. Objects in it are mostly JSON strings.
	Data      map[string]any `json:"data"`
	Broadcast *Broadcast     `json:"broadcast"`
	// Seq counts the events of one connection from 0 without gaps.
	Seq int64 `json:"seq"`
}

// Broadcast says who receives an event: all connections, narrowed by what is
// set.
type Broadcast struct {
	// OmitUsers are left out: true by user id, null for none.
	OmitUsers map[string]bool `json:"omit_users"`
	// UserID, when set, means only that user, whatever channel and team say.
	UserID    string `json:"user_id"`
	ChannelID string `json:"channel_id"`
	TeamID    string `json:"team_id"`
	// ConnectionID means only that connection, OmitConnectionID all others.
	ConnectionID     string `json:"connection_id" since:"6.0"`
	OmitConnectionID string `json:"omit_connection_id" since:"6.0"`
	// ContainsSanitizedData keeps an event from system admins,
	// ContainsSensitiveData from everybody else.
	ContainsSanitizedData bool `json:"contains_sanitized_data,omitempty" since:"6.0"`
	ContainsSensitiveData bool `json:"contains_sensitive_data,omitempty" since:"6.0"`
}

// Actions of a WebSocketRequest.
const (
	ActionAuthenticationChallenge = "authentication_challenge"
	ActionPing                    = "ping"
	ActionUserTyping              = "user_typing"
	ActionGetStatuses             = "get_statuses"
	ActionGetStatusesByIDs        = "get_statuses_by_ids"
	ActionUserUpdateActiveStatus  = "user_update_active_status"
	ActionPresence                = "presence"
	ActionPostedNotifyAck         = "posted_notify_ack"
)

// WebSocketRequest is a message from a client.
type WebSocketRequest struct {
	// Seq is the client's own count, above 0, repeated in the reply.
	Seq    int64          `json:"seq"`
	Action string         `json:"action"`
	Data   map[string]any `json:"data"`
}

// Statuses of a WebSocketReply.
const (
	WebSocketOK   = "OK"
	WebSocketFail = "FAIL"
)

// WebSocketReply answers a WebSocketRequest. It does not count as an event.
type WebSocketReply struct {
	// Status is WebSocketOK or WebSocketFail, then with Error.
	Status   string         `json:"status"`
	SeqReply int64          `json:"seq_reply,omitempty"`
	Data     map[string]any `json:"data,omitempty"`
	Error    *AppError      `json:"error,omitempty"`
}
