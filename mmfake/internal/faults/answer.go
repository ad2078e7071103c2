package faults

import (
	"fmt"
	"slices"
	"time"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// Problem is the error that stands in the place of the answer, nil where the request
// is to be carried out.
func (f *Fault) Problem() *model.AppError {
	switch {
	case f.Status == 0:
		return nil
	case f.ErrorID != "":
		return &model.AppError{ID: f.ErrorID, Message: "The test asked for this error, with mmfake.Error.", StatusCode: f.Status}
	}
	return &model.AppError{ID: "mmfake.fault", Message: fmt.Sprintf("The test asked for this answer, with mmfake.Status(%d).", f.Status), StatusCode: f.Status}
}

// Spoil returns what arrives of an answer's body, and how long the answer says that
// it is. cut is in words that it breaks off, "" where it does not.
func (f *Fault) Spoil(body []byte) (arrives []byte, length int, cut string) {
	if f.Malformed {
		body = append(slices.Clone(body[:len(body)/2]), "<html>"...)
	}
	length = len(body)
	if f.Truncate.On && f.Truncate.At < length {
		body = body[:f.Truncate.At]
		cut = fmt.Sprintf("the answer broke off after %d bytes", len(body))
	}
	return body, length, cut
}

const slowPieces = 10 // that a slow body comes in

// Pieces says how large the pieces are in which a body arrives, and how long there is
// nothing before each; all at once where the fault does not slow it.
func (f *Fault) Pieces(body []byte) (size int, pause time.Duration) {
	if f.Slow == 0 || len(body) == 0 {
		return max(1, len(body)), 0
	}
	size = (len(body) + slowPieces - 1) / slowPieces
	return size, f.Slow / time.Duration((len(body)+size-1)/size)
}
