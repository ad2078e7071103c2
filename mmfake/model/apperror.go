package model

import "fmt"

// AppError is the body of every failed API request, and the error of a
// failed websocket action.
type AppError struct {
	// ID names the kind of error, e.g. api.context.session_expired.app_error.
	// Together with StatusCode it is what clients may rely on.
	ID string `json:"id"`
	// Message is for people. DetailedError is empty unless the server runs
	// in developer mode.
	Message       string `json:"message"`
	DetailedError string `json:"detailed_error"`
	// RequestID repeats the header X-Request-Id.
	RequestID string `json:"request_id,omitempty"`
	// StatusCode is the HTTP status of the answer.
	StatusCode int `json:"status_code,omitempty"`
}

// Error returns the message followed by the id and the status.
func (e *AppError) Error() string {
	return fmt.Sprintf("%s (%s, %d)", e.Message, e.ID, e.StatusCode)
}
