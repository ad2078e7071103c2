package recorder

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime"
	"net/url"
)

// document returns the body as one valid JSON value, or why there is none.
func (m *Message) document() (document []byte, problem string) {
	if len(m.Body) == 0 {
		return nil, "is empty"
	}
	// A Content-Type that cannot be parsed is read like none: as JSON.
	kind, params, _ := mime.ParseMediaType(m.Header.Get("Content-Type"))
	switch {
	case isForm(kind, m.Body) && !m.Truncated:
		// A part of the form that cannot be decoded is left out.
		fields, _ := url.ParseQuery(string(m.Body))
		return encodeFields(fields), ""
	case kind == multipartType && !m.Truncated:
		return encodeFields(multipartFields(m.Body, params["boundary"])), ""
	// encoding/json, because it bounds how deep a value may nest; gjson does not.
	case json.Valid(m.Body):
		return m.Body, ""
	case m.Truncated:
		return nil, fmt.Sprintf("was kept only up to %d of its %d bytes (see recorder.Limits.Body)", len(m.Body), m.Size)
	default:
		return nil, "is not JSON: " + clip(m.Text())
	}
}

const formType = "application/x-www-form-urlencoded"

// isForm tells whether a body of that media type is a form. What begins as JSON does is
// none, whatever its type: it is what curl -d sends where nobody names the type, and
// the API takes it as JSON. A form has these brackets escaped.
func isForm(kind string, body []byte) bool {
	start := bytes.TrimLeft(body, " \t\r\n")
	return kind == formType && !bytes.HasPrefix(start, []byte("{")) && !bytes.HasPrefix(start, []byte("["))
}

// multipartFields returns the fields of a multipart body that are not files,
// as far as the body is well formed.
func multipartFields(body []byte, boundary string) url.Values {
	fields := url.Values{}
	parts, _ := splitParts(body, boundary)
	for _, part := range parts {
		if part.name != "" && part.filename == nil {
			fields.Add(part.name, string(part.content))
		}
	}
	return fields
}

// encodeFields returns the fields of a form as a JSON object.
func encodeFields(fields url.Values) []byte {
	object := make(map[string]any, len(fields))
	for name, values := range fields {
		switch {
		case name == "payload" && len(values) == 1 && json.Valid([]byte(values[0])):
			object[name] = json.RawMessage(values[0])
		case len(values) == 1:
			object[name] = values[0]
		default:
			object[name] = values
		}
	}
	// Texts and checked JSON can always be encoded.
	encoded, _ := encodeJSON(object)
	return encoded
}

// encodeJSON is json.Marshal without escapes for HTML, so that people can read
// the result.
func encodeJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}
