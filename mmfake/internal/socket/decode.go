package socket

import (
	"bytes"
	"encoding/json"
	"errors"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// decode reads a client's message: JSON, or in a binary message MessagePack. What
// follows the first value is not looked at, as in the real server. An error means
// that the client speaks another language: the connection ends.
func decode(binary bool, message []byte) (*model.WebSocketRequest, error) {
	if binary {
		return decodeBinary(message)
	}
	r := new(model.WebSocketRequest)
	if err := json.NewDecoder(bytes.NewReader(message)).Decode(r); err != nil {
		return nil, err
	}
	return r, nil
}

var errShape = errors.New("the message is no object of seq, action and data")

// decodeBinary takes a request from a MessagePack map. Unknown keys do no harm.
func decodeBinary(message []byte) (*model.WebSocketRequest, error) {
	value, err := unpack(message)
	if err != nil {
		return nil, err
	}
	fields, ok := value.(map[string]any)
	if !ok {
		return nil, errShape
	}
	r := new(model.WebSocketRequest)
	for key, value := range fields {
		ok := true
		switch key {
		case "seq":
			r.Seq, ok = value.(int64)
		case "action":
			r.Action, ok = value.(string)
		case "data":
			r.Data, ok = value.(map[string]any)
		}
		if !ok && value != nil {
			return nil, errShape
		}
	}
	return r, nil
}
