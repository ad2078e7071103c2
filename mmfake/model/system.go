package model

// StatusOK is the body of answers that say nothing but success. It has no
// newline at its end.
const StatusOK = `{"status":"OK"}`

// Health of the server or one of its parts.
const (
	HealthOK        = "OK"
	HealthUnhealthy = "UNHEALTHY"
)

// Ping is the answer of GET /system/ping.
type Ping struct {
	ActiveSearchBackend  string `json:"ActiveSearchBackend"`
	AndroidLatestVersion string `json:"AndroidLatestVersion"`
	AndroidMinVersion    string `json:"AndroidMinVersion"`
	// CanReceiveNotifications is sent where a device id was given.
	CanReceiveNotifications string `json:"CanReceiveNotifications,omitempty"`
	IosLatestVersion        string `json:"IosLatestVersion"`
	IosMinVersion           string `json:"IosMinVersion"`
	// The health of the parts is sent where it was asked for, RootStatus only
	// to system admins.
	DatabaseStatus  string `json:"database_status,omitempty"`
	FilestoreStatus string `json:"filestore_status,omitempty"`
	RootStatus      *bool  `json:"root_status,omitempty"`
	// Status is HealthOK or HealthUnhealthy.
	Status string `json:"status"`
}

// ServerBusyState is the answer of GET /server_busy: whether the server is marked as
// busy, and until when, in Unix seconds and as text.
type ServerBusyState struct {
	Busy      bool   `json:"busy"`
	Expires   int64  `json:"expires"`
	ExpiresTS string `json:"expires_ts,omitempty"`
}
