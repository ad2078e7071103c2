package rest

import (
	"bytes"
	"errors"
	"io"
	"net/http"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

var uploadRoutes = []route{
	{pattern: "POST /api/v4/uploads", serve: createUpload, flags: created},
	{pattern: "GET /api/v4/uploads/{upload_id}", serve: getUpload},
	{pattern: "POST /api/v4/uploads/{upload_id}", serve: continueUpload},
	{pattern: "GET /api/v4/users/{user_id}/uploads", serve: userUploads},
}

func createUpload(c *call) (any, error) {
	var in model.UploadSession
	if err := c.decodeTyped(&in, "upload"); err != nil {
		return nil, err
	}
	return c.world().CreateUpload(c.session, in)
}

func getUpload(c *call) (any, error) {
	return c.world().Upload(c.session, c.param("upload_id"))
}

func userUploads(c *call) (any, error) {
	return c.world().Uploads(c.session, c.param("user_id"))
}

// continueUpload takes the next part of a file: the body, or the first part of a
// form. It answers 204 until the file is complete.
func continueUpload(c *call) (any, error) {
	id := c.param("upload_id")
	upload, err := c.world().UploadToContinue(c.session, id)
	if err != nil {
		return nil, err
	}
	part, err := c.readUploadPart(upload.FileSize - upload.FileOffset)
	if err != nil {
		return nil, err
	}
	info, err := c.world().ContinueUpload(c.session, id, upload.FileOffset, part)
	if err != nil {
		return nil, err
	}
	if info == nil {
		c.status = http.StatusNoContent
		return nothing{}, nil
	}
	return info, nil
}

// readUploadPart reads what a request adds to an upload, of which so many bytes are
// missing. What a form has beyond them is left alone.
func (c *call) readUploadPart(missing int64) ([]byte, error) {
	c.r.Body = c.journalled(http.MaxBytesReader(c.w, c.r.Body, missing+formSlack))
	var from io.Reader = c.r.Body
	switch form, err := c.r.MultipartReader(); {
	case err == nil:
		if from, err = form.NextPart(); err != nil {
			return nil, errUploadPartForm.With(err)
		}
	case !errors.Is(err, http.ErrNotMultipart):
		return nil, errUploadPartType.With(err)
	case c.r.ContentLength > missing:
		return nil, errUploadPartLength.With(missing)
	}
	var b bytes.Buffer
	if _, err := b.ReadFrom(io.LimitReader(from, missing)); err != nil {
		return nil, c.uploadError(err)
	}
	return b.Bytes(), nil
}
