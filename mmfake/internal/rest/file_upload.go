package rest

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"mime/multipart"
	"net/http"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

const (
	keptOfUpload  = 1 << 20  // bytes of the request that the journal may show
	longestField  = 10 << 10 // bytes of a form's plain field; the rest is ignored
	mostFileParts = 1000     // in one form
	formSlack     = 64 << 10 // bytes that a form may have beside one file of the largest size
)

// An upload is what a request to POST /files holds.
type upload struct {
	channelID string
	files     []world.Upload
	clientIDs []string // as they are answered: nil and empty are different

	// whole is for a form whose fields count wherever they stand, and of which none is
	// wrong: all forms of old versions, and those with a file before the channel.
	whole bool
}

// readUpload reads an upload as it comes in, so that a file is in memory once. A
// form names the channel in a field or in the query; any other body is one file
// (facts 5.1).
func (c *call) readUpload() (*upload, error) {
	limit := c.config.MaxFileSize
	if c.r.ContentLength > limit+formSlack {
		return nil, errUploadTooLarge.With(limit)
	}
	c.r.Body = c.journalled(http.MaxBytesReader(c.w, c.r.Body, limit+formSlack))
	form, err := c.r.MultipartReader()
	switch {
	case err == nil:
		return c.readForm(form)
	case errors.Is(err, http.ErrNotMultipart):
		return c.readSimpleUpload()
	}
	return nil, errUploadRead.With(err)
}

// readSimpleUpload takes the whole body as a file that the query names.
func (c *call) readSimpleUpload() (*upload, error) {
	in := &upload{channelID: c.query("channel_id")}
	name := c.query("filename")
	switch {
	case !model.IsValidID(in.channelID):
		return nil, world.ErrURLParam.With("channel_id")
	case name == "":
		return nil, world.ErrURLParam.With("filename")
	}
	if err := c.world().MayUpload(c.session, in.channelID); err != nil {
		return nil, err
	}
	file, err := c.readFile(c.r.Body)
	if err != nil {
		return nil, err
	}
	in.files = []world.Upload{{Name: name, Content: file}}
	switch id := c.query("client_id"); {
	case !c.has(versions.UploadsStreamed):
		in.clientIDs = []string{}
	case id != "":
		in.clientIDs = []string{id}
	}
	return in, nil
}

// readForm takes the files of a form and the fields that say where they belong.
func (c *call) readForm(form *multipart.Reader) (*upload, error) {
	in := &upload{channelID: c.query("channel_id"), clientIDs: []string{}}
	if !c.has(versions.UploadsStreamed) {
		in.channelID, in.whole = "", true
	}
	for {
		part, err := form.NextPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, c.uploadError(err)
		}
		if part.FormName() == "" {
			continue
		}
		if part.FileName() == "" {
			err = c.readField(in, part)
		} else {
			err = c.readPart(in, part)
		}
		if err != nil {
			return nil, err
		}
	}
	if in.whole {
		if err := c.mayUpload(in.channelID); err != nil {
			return nil, err
		}
	}
	if len(in.clientIDs) > 0 && len(in.clientIDs) != len(in.files) {
		return nil, errUploadClients.With(len(in.clientIDs), len(in.files))
	}
	return in, nil
}

// mayUpload says why the files of a form may not be uploaded to the channel that it
// names.
func (c *call) mayUpload(channelID string) error {
	switch {
	case channelID == "":
		return world.ErrBodyParam.With("channel_id")
	case !model.IsValidID(channelID):
		return world.ErrURLParam.With("channel_id")
	}
	return c.world().MayUpload(c.session, channelID)
}

// readField reads one of the two plain fields that an upload has.
func (c *call) readField(in *upload, part *multipart.Part) error {
	b, err := io.ReadAll(io.LimitReader(part, longestField))
	if err != nil {
		return c.uploadError(err)
	}
	value, name := string(b), part.FormName()
	switch {
	case name == "channel_id" && in.channelID != "" && in.channelID != value && !in.whole:
		return errUploadChannels.With()
	case name == "channel_id":
		in.channelID = cmp.Or(in.channelID, value)
	case name == "client_ids" && (len(in.files) == 0 || len(in.clientIDs) > 0 || in.whole):
		in.clientIDs = append(in.clientIDs, value)
	case !in.whole:
		return world.ErrBodyParam.With(name)
	}
	return nil
}

// readPart reads a file. Where the channel is known already, nobody reads what the
// user may not upload, or what has no client id while others have.
func (c *call) readPart(in *upload, part *multipart.Part) error {
	in.whole = in.whole || in.channelID == ""
	if !in.whole {
		if err := c.mayUpload(in.channelID); err != nil {
			return err
		}
		if n := len(in.clientIDs); n > 0 && n == len(in.files) {
			return world.ErrBodyParam.With("client_ids: one for each file")
		}
	}
	if part.FormName() != "files" && !c.has(versions.UploadsStreamed) {
		return nil
	}
	if len(in.files) == mostFileParts {
		return errUploadRead.With("it has too many files")
	}
	file, err := c.readFile(part)
	if err != nil {
		return err
	}
	in.files = append(in.files, world.Upload{Name: part.FileName(), Content: file})
	return nil
}

// readFile reads a file to its end.
func (c *call) readFile(from io.Reader) ([]byte, error) {
	var b bytes.Buffer
	if _, err := b.ReadFrom(from); err != nil {
		return nil, c.uploadError(err)
	}
	return bytes.Clone(b.Bytes()), nil // no larger than it has to be
}

// uploadError says why a body could not be read to its end.
func (c *call) uploadError(err error) error {
	if isTooLarge(err) {
		return errUploadTooLarge.With(c.config.MaxFileSize)
	}
	return errUploadRead.With(err)
}

// journalled lets the handler read the body itself, while the journal gets its
// beginning.
func (c *call) journalled(body io.ReadCloser) io.ReadCloser {
	c.bodyRead = true
	return &bodyTap{ReadCloser: body, call: c}
}

type bodyTap struct {
	io.ReadCloser
	call *call
}

func (t *bodyTap) Read(b []byte) (int, error) {
	n, err := t.ReadCloser.Read(b)
	t.call.bodySize += int64(n)
	if room := keptOfUpload - len(t.call.body); room > 0 {
		t.call.body = append(t.call.body, b[:min(n, room)]...)
	}
	return n, err
}
