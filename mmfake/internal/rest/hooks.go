package rest

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

var hookRoutes = []route{
	{pattern: "POST /hooks/{hook_id}", serve: runIncomingHook, flags: open | trusted | page},
}

// runIncomingHook posts what a request to a webhook says.
func runIncomingHook(c *call) (any, error) {
	id := c.param("hook_id")
	in, err := c.hookPayload()
	if err != nil {
		return nil, err
	}
	if err := c.world().RunIncomingWebhook(id, in); err != nil {
		return nil, c.wrapHookError(errHook, id, err)
	}
	return blob{"text/plain", []byte("ok")}, nil
}

// wrapHookError hides an error as the real server does: the status stays, the id
// is the same for all, which general has. The words still say what happened, and a
// server in developer mode has the id.
func (c *call) wrapHookError(general func(status int) world.Problem, id string, err error) error {
	inner, ok := errors.AsType[*model.AppError](err)
	if !ok || !c.has(versions.HookErrorsWrapped) {
		return err
	}
	err = general(inner.StatusCode).With(id, inner.Message, inner.ID)
	if outer, ok := errors.AsType[*model.AppError](err); ok {
		outer.DetailedError = inner.ID
	}
	return err
}

// hookPayload reads a request to a webhook, by its content type (facts 6.2). It
// is nil where the payload is null.
func (c *call) hookPayload() (*model.IncomingWebhookRequest, error) {
	mediaType, params, err := c.mediaType()
	if err != nil {
		return nil, err
	}
	body, bodyErr := c.readBody()
	switch mediaType {
	case "application/x-www-form-urlencoded":
		if bodyErr != nil {
			return nil, bodyErr
		}
		return c.formPayload(body)
	case "multipart/form-data":
		if bodyErr != nil {
			return nil, bodyErr
		}
		in, err := multipartPayload(body, params["boundary"])
		return c.multipartFaults(in, err)
	}
	if bodyErr != nil {
		return nil, errHookDecode.With("it is larger than the server takes")
	}
	return c.decodeHook(body)
}

// mediaType is what the request says that its body is, "" where it says nothing.
// The real server first has the request read as a form, whatever it is, and fails
// with that on a broken type or query (recorded from 11.6.0).
func (c *call) mediaType() (mediaType string, params map[string]string, err error) {
	strict := c.has(versions.HookFormsStrict)
	if c.r.URL.RawQuery != "" && strict {
		if _, err := url.ParseQuery(c.r.URL.RawQuery); err != nil {
			return "", nil, errHookForm.With(err)
		}
	}
	header := c.r.Header.Get("Content-Type")
	if header == "" || header == "application/json" {
		return header, nil, nil
	}
	if !c.has(versions.HookMediaTypeChecked) {
		mediaType, params = oldMediaType(header)
		return mediaType, params, nil
	}
	mediaType, params, err = mime.ParseMediaType(header)
	switch {
	case err == nil, errors.Is(err, mime.ErrInvalidMediaParameter) && !strict:
		return mediaType, params, nil
	case strict:
		return "", nil, errHookForm.With(err)
	}
	return "", nil, errHookTypeOld.With(err)
}

// oldMediaType is how old versions read a Content-Type: by its letters (facts 6.2).
func oldMediaType(header string) (mediaType string, params map[string]string) {
	const form, parts = "application/x-www-form-urlencoded", "multipart/form-data"
	if kind, _, _ := strings.Cut(header, "; "); kind == form {
		return form, nil
	}
	if strings.HasPrefix(header, parts) {
		_, params, _ = mime.ParseMediaType(header)
		return parts, params
	}
	return "", nil
}

func (c *call) formPayload(body []byte) (*model.IncomingWebhookRequest, error) {
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, errHookForm.With(err)
	}
	payload := form.Get("payload")
	if !form.Has("payload") {
		payload = c.query("payload")
	}
	in, err := c.decodeHook([]byte(payload))
	if err != nil && payload == "" {
		return nil, errHookDecode.With(`the form has no field "payload": put the JSON there, or send it as it is with the header "Content-Type: application/json"`)
	}
	return in, err
}

// decodeHook reads a payload's JSON, and where that fails once more with the raw
// line breaks and tabs in its texts escaped.
func (c *call) decodeHook(body []byte) (*model.IncomingWebhookRequest, error) {
	in, err := c.decodeHookJSON(body)
	if err != nil {
		if in, again := c.decodeHookJSON(escapeRawBreaks(body)); again == nil {
			return in, nil
		}
		return nil, errHookDecode.With(err)
	}
	return in, nil
}

func (c *call) decodeHookJSON(body []byte) (*model.IncomingWebhookRequest, error) {
	if plain, ok := plainHook(body); ok {
		return &plain, nil
	}
	var in *model.IncomingWebhookRequest
	err := json.NewDecoder(bytes.NewReader(body)).Decode(&in)
	if err == nil {
		err = c.world().CheckShorts(body)
	}
	if in == nil && !c.has(versions.HookNullRefused) {
		in = &model.IncomingWebhookRequest{}
	}
	return in, err
}

// The keys whose values may hold raw line breaks and tabs.
var breakable = map[string]bool{"text": true, "fallback": true, "pretext": true, "author_name": true, "title": true, "value": true}

// escapeRawBreaks escapes the line feeds and tabs that stand raw in the texts of
// the breakable keys. What is not JSON stays as it is.
func escapeRawBreaks(body []byte) []byte {
	out := make([]byte, 0, len(body)+16)
	var last, key string // the last text, and the one that a colon followed
	for i := 0; i < len(body); {
		if body[i] != '"' {
			switch body[i] {
			case ':':
				key = last
			case ',', '{', '}', '[', ']':
				key = ""
			}
			out = append(out, body[i])
			i++
			continue
		}
		end := endOfText(body, i)
		last = string(body[i+1 : max(i+1, end-1)])
		if !breakable[key] {
			out = append(out, body[i:end]...)
		} else {
			out = appendEscaped(out, body[i:end])
		}
		i = end
	}
	return out
}

// endOfText is the index after the text that begins with the quote at i.
func endOfText(body []byte, i int) int {
	for i++; i < len(body); i++ {
		switch body[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(body)
}

func appendEscaped(out, text []byte) []byte {
	for _, b := range text {
		switch b {
		case '\n':
			out = append(out, '\\', 'n')
		case '\t':
			out = append(out, '\\', 't')
		default:
			out = append(out, b)
		}
	}
	return out
}

// multipartFaults is what a server of the version makes of a multipart body: old
// ones read one that is broken as empty, and have another id for unknown fields.
func (c *call) multipartFaults(in *model.IncomingWebhookRequest, err error) (*model.IncomingWebhookRequest, error) {
	if err == nil || c.has(versions.HookFormsStrict) {
		return in, err
	}
	if problem, ok := errors.AsType[*model.AppError](err); ok && problem.ID == errHookMultipart.ID() {
		return &model.IncomingWebhookRequest{}, nil
	}
	return nil, errHookTypeOld.With(err)
}

// multipartPayload reads the fields of a multipart body. They go by the names
// that the real server has for them inside, in any case; another one is an error.
func multipartPayload(body []byte, boundary string) (*model.IncomingWebhookRequest, error) {
	if boundary == "" {
		return nil, errHookMultipart.With(http.ErrMissingBoundary)
	}
	in := &model.IncomingWebhookRequest{}
	fields := map[string]*string{
		"text": &in.Text, "username": &in.Username, "iconurl": &in.IconURL,
		"channelname": &in.ChannelName, "type": &in.Type, "iconemoji": &in.IconEmoji,
	}
	form := multipart.NewReader(bytes.NewReader(body), boundary)
	for {
		part, err := form.NextPart()
		if err == io.EOF {
			return in, nil
		}
		if err != nil {
			return nil, errHookMultipart.With(err)
		}
		value, err := io.ReadAll(part)
		if err != nil {
			return nil, errHookMultipart.With(err)
		}
		if part.FileName() != "" {
			continue
		}
		field := fields[strings.ToLower(part.FormName())]
		if field == nil {
			return nil, errHookField.With(part.FormName())
		}
		*field = string(value)
	}
}
