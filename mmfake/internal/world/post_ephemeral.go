package world

import "github.com/seed-a46829e6/mattermost-fake/mmfake/model"

// CreateEphemeral shows a post of the session's user to one user only. It is not
// stored (facts 4.5), so what else the post says is shown as it came.
func (w *World) CreateEphemeral(as *Session, in model.PostEphemeral) (*model.Post, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch {
	case in.UserID == "":
		return nil, ErrBodyParam.With("user_id")
	case in.Post == nil:
		return nil, ErrBodyParam.With("post")
	case !w.may(as, CreatePostEphemeral):
		return nil, ErrPermission.With(CreatePostEphemeral)
	}
	p := in.Post.Clone()
	p.UserID = as.UserID
	return w.tellEphemeral(in.UserID, p), nil
}
