package rest

import (
	"errors"
	"io"
	"net/http"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/world"
)

// formFile reads the one file that a form has in a field, such as a picture that
// is uploaded, and skips the rest. It returns nil where there is none. The body may
// have MaxFileSize bytes and little more: one that has more ends in an
// *http.MaxBytesError, a body that is no form in another error.
func (c *call) formFile(field string) ([]byte, error) {
	limit := c.config.MaxFileSize + formSlack
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

// pictureProblems are what can be wrong with a form that uploads a picture.
type pictureProblems struct{ unreadable, tooLarge, missing world.Problem }

// problemsWith are those of a kind of picture: prefix is what the ids of its
// problems begin with, broken the status of a body that is no form.
func problemsWith(prefix string, broken int) pictureProblems {
	return pictureProblems{
		unreadable: world.NewProblem(broken, prefix+".parse.app_error", "The form with the picture cannot be read: %s."),
		tooLarge:   world.NewProblem(http.StatusRequestEntityTooLarge, prefix+".too_large.app_error", "The picture has more than %d bytes: send a smaller one."),
		missing:    world.NewProblem(http.StatusBadRequest, prefix+".no_file.app_error", "The form has no file in the field image."),
	}
}

// formPicture reads the file that a form has in the field image.
func (c *call) formPicture(problems pictureProblems) ([]byte, error) {
	picture, err := c.formFile("image")
	switch {
	case isTooLarge(err):
		return nil, problems.tooLarge.With(c.config.MaxFileSize)
	case err != nil:
		return nil, problems.unreadable.With(err)
	case picture == nil:
		return nil, problems.missing.With()
	}
	return picture, nil
}
