package rest

import (
	"errors"
	"io"
	"net/http"
)

// formFile reads the one file that a form has in a field, such as a picture that
// is uploaded, and skips the rest. It returns nil where there is none. The body may
// have MaxFileSize bytes and little more: one that has more ends in an
// *http.MaxBytesError, a body that is no form in another error.
func (c *call) formFile(field string) ([]byte, error) {
	limit := c.world().Config().MaxFileSize + formSlack
	if c.r.ContentLength > limit {
		return nil, &http.MaxBytesError{Limit: limit}
	}
	c.r.Body = c.journalled(http.MaxBytesReader(c.w, c.r.Body, limit))
	form, err := c.r.MultipartReader()
	if err != nil {
		return nil, err
	}
	for {
		part, err := form.NextPart()
		if errors.Is(err, io.EOF) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		if part.FormName() == field && part.FileName() != "" {
			return io.ReadAll(part)
		}
	}
}

// isTooLarge says whether a body could not be read because it is too large.
func isTooLarge(err error) bool {
	_, ok := errors.AsType[*http.MaxBytesError](err)
	return ok
}
