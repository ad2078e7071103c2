package world

import (
	"encoding/json"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
)

// Before FieldShortAsText nobody could read an attachment a field of which has a text for
// short, wherever it comes from.

// A strictAttachment can be read where old servers can read the attachment.
type strictAttachment struct{ Fields []*struct{ Short bool } }

// CheckShorts says why the server cannot read the attachments in a payload or answer.
func (w *World) CheckShorts(body []byte) error {
	if w.version.Has(versions.FieldShortAsText) {
		return nil
	}
	var said struct{ Attachments []*strictAttachment }
	return firstValue(body, &said)
}

// decodable drops from an attachments prop, as it was read from JSON, what the server
// cannot read.
func (w *World) decodable(prop any) any {
	list, ok := prop.([]any)
	if !ok || w.version.Has(versions.FieldShortAsText) {
		return prop
	}
	var left []any
	for _, generic := range list {
		b, err := json.Marshal(generic)
		if err == nil && json.Unmarshal(b, &strictAttachment{}) == nil {
			left = append(left, generic)
		}
	}
	return left
}
