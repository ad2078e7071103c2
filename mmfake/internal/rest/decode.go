package rest

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
)

// mostPromised is how many bytes are made room for because a request says that it has as
// many. For more there is room once they have come.
const mostPromised = 64 << 10

// readBody reads the request's body, as far as the settings let it grow.
func (c *call) readBody() ([]byte, error) {
	if c.bodyRead {
		return c.body, c.bodyErr
	}
	c.bodyRead = true
	limit := c.bodyLimit()
	if n := c.r.ContentLength; n >= 0 && n <= min(limit, mostPromised) {
		c.body = make([]byte, n)
		_, c.bodyErr = io.ReadFull(c.r.Body, c.body)
	} else {
		c.body, c.bodyErr = io.ReadAll(http.MaxBytesReader(c.w, c.r.Body, limit))
	}
	if isTooLarge(c.bodyErr) {
		c.bodyErr = errBodyTooLarge.With(limit)
	}
	return c.body, c.bodyErr
}

// isTooLarge says whether a body could not be read because it is too large.
func isTooLarge(err error) bool {
	_, ok := errors.AsType[*http.MaxBytesError](err)
	return ok
}

const payloadSlack = 512 // bytes that the real server grants on top of its limit

// bodyLimit is how many bytes a body may have. Old versions bound none; the fake
// takes as many as for a file then.
func (c *call) bodyLimit() int64 {
	if !c.has(versions.BodyLimit) {
		return c.config.MaxFileSize + payloadSlack
	}
	return c.config.MaximumPayloadSizeBytes + payloadSlack
}

// decode reads the request's body as JSON; name is what the error calls it. What
// follows the first value is not looked at, as in the real server.
func (c *call) decode(v any, name string) error {
	return c.decodeOr(v, world.ErrBodyParam, name)
}

// decodeThing is decode for endpoints where no version takes null as good as {}: those
// that change channels and search for them.
func (c *call) decodeThing(v any, name string) error {
	if err := c.decode(v, name); err != nil {
		return err
	}
	if isNull(c.body) {
		return world.ErrBodyParam.With(name)
	}
	return nil
}

// isNull says whether the first value of a body of JSON is null.
func isNull(body []byte) bool { return bytes.HasPrefix(bytes.TrimSpace(body), []byte("null")) }

// decodePayload is decode for endpoints that call a wrong body a parse error.
func (c *call) decodePayload(v any) error { return c.decodeOr(v, world.ErrPayload) }

func (c *call) decodeOr(v any, wrong world.Problem, args ...any) error {
	body, err := c.readBody()
	if err != nil {
		return err
	}
	err = c.decodeFirst(body, v)
	if !c.has(versions.BodiesStrict) {
		if _, mistyped := errors.AsType[*json.UnmarshalTypeError](err); mistyped {
			return nil
		}
		if isNull(body) {
			return wrong.With(args...)
		}
	}
	if err != nil {
		return wrong.With(args...)
	}
	return nil
}

// decodeTyped is decode for endpoints of which no version takes a value of a wrong
// type.
func (c *call) decodeTyped(v any, name string) error {
	body, err := c.readBody()
	if err == nil && c.decodeFirst(body, v) != nil {
		err = world.ErrBodyParam.With(name)
	}
	return err
}

// decodeFirst decodes the first value of a body, as far as the version knows its
// keys.
func (c *call) decodeFirst(body []byte, v any) error {
	defer c.world().Version().Forget(v)
	if json.Unmarshal(body, v) == nil {
		return nil
	}
	return json.NewDecoder(bytes.NewReader(body)).Decode(v)
}

// textFields reads the request's body as a JSON object and returns those of its
// values that are text. Another kind of value is as good as none, and so is a body
// that is no such object: some endpoints of the real server read it like that.
func (c *call) textFields() (map[string]string, error) {
	body, err := c.readBody()
	if err != nil {
		return nil, err
	}
	var raw map[string]any
	if json.NewDecoder(bytes.NewReader(body)).Decode(&raw) != nil {
		return nil, nil
	}
	fields := map[string]string{}
	for key, value := range raw {
		if text, ok := value.(string); ok {
			fields[key] = text
		}
	}
	return fields, nil
}

// decodeList reads a body that is a list of texts, at least one; name is what the error
// calls it.
func (c *call) decodeList(name string) ([]string, error) {
	var ids []string
	if err := c.decodePayload(&ids); err != nil {
		return nil, err
	}
	if len(ids) == 0 {
		return nil, world.ErrBodyParam.With(name)
	}
	return ids, nil
}

// decodeIDs reads a list of ids from the body, each of them once.
func (c *call) decodeIDs() ([]string, error) {
	var ids []string
	if err := c.decodePayload(&ids); err != nil {
		return nil, err
	}
	slices.Sort(ids)
	return slices.Compact(ids), nil
}
