package recorder

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/textproto"
	"strings"
)

const multipartType = "multipart/form-data"

// A formPart is a part of a multipart/form-data body: a field, or a file if it has a
// file name.
type formPart struct {
	name        string  // "" where it has none
	filename    *string // as it was sent, with a path if it had one
	contentType string  // "" where it tells none
	content     []byte
}

// splitParts returns the parts of a body, in their order, as far as it is well
// formed. The error says why it ends there.
func splitParts(body []byte, boundary string) ([]formPart, error) {
	if boundary == "" {
		return nil, errors.New("the Content-Type has no boundary")
	}
	var parts []formPart
	reader := multipart.NewReader(bytes.NewReader(body), boundary)
	for {
		p, err := reader.NextPart()
		if err == io.EOF {
			return parts, nil
		}
		if err != nil {
			return parts, err
		}
		part := formPart{name: p.FormName(), contentType: p.Header.Get("Content-Type")}
		_, params, _ := mime.ParseMediaType(p.Header.Get("Content-Disposition")) // without name where it cannot be parsed
		if filename, is := params["filename"]; is {
			part.filename = &filename
		}
		if part.content, err = io.ReadAll(p); err != nil {
			return parts, err
		}
		parts = append(parts, part)
	}
}

// joinParts returns a body that has the parts, and the boundary between them. Both
// are the same each time.
func joinParts(parts []formPart) (body []byte, boundary string) {
	for n := 1; boundary == "" || anyContains(parts, boundary); n++ {
		boundary = fmt.Sprintf("boundary-%d", n)
	}
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	w.SetBoundary(boundary) // a valid one
	for _, p := range parts {
		header := textproto.MIMEHeader{"Content-Disposition": {p.disposition()}}
		if p.contentType != "" {
			header.Set("Content-Type", p.contentType)
		}
		part, _ := w.CreatePart(header) // a buffer takes everything, as below
		part.Write(p.content)
	}
	w.Close()
	return b.Bytes(), boundary
}

func (p *formPart) disposition() string {
	if p.filename == nil {
		return strings.TrimSuffix(multipart.FileContentDisposition(p.name, ""), `; filename=""`)
	}
	return multipart.FileContentDisposition(p.name, *p.filename)
}

func anyContains(parts []formPart, boundary string) bool {
	for _, p := range parts {
		if bytes.Contains(p.content, []byte(boundary)) {
			return true
		}
	}
	return false
}

// cutBoundary returns the boundary that a Content-Type names, and the Content-Type
// without it. It is none of a form with parts where ok is false.
func cutBoundary(contentType string) (boundary, rest string, ok bool) {
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil || kind != multipartType {
		return "", contentType, false
	}
	boundary = params["boundary"]
	delete(params, "boundary")
	return boundary, mime.FormatMediaType(kind, params), true
}

// addBoundary undoes cutBoundary.
func addBoundary(contentType, boundary string) string {
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		kind, params = multipartType, map[string]string{}
	}
	params["boundary"] = boundary
	return mime.FormatMediaType(kind, params)
}
