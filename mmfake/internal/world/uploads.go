package world

import (
	"cmp"
	"slices"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// An uploading is an upload session with what has arrived of its file. Guarded by
// World.mu.
type uploading struct {
	model.UploadSession
	content []byte
}

// CreateUpload begins the upload of a file in parts. Its whole size counts from now
// on, whether it arrives or not.
func (w *World) CreateUpload(as *Session, in model.UploadSession) (*model.UploadSession, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	c := w.channels[in.ChannelID]
	if err := w.mayUpload(as, c); err != nil {
		return nil, err
	}
	switch {
	case c.DeleteAt != 0:
		return nil, errUploadArchived.With()
	case in.Filename == "":
		return nil, errUploadName.With()
	case in.FileSize <= 0:
		return nil, errUploadSize.With()
	case in.FileSize > w.config.MaxFileSize:
		return nil, errUploadLarge.With(w.config.MaxFileSize)
	}
	if err := w.reserveBytes(in.FileSize + fileOverhead); err != nil {
		return nil, err
	}
	u := &uploading{UploadSession: model.UploadSession{
		ID: w.NewID(), Type: model.UploadTypeAttachment, CreateAt: w.clock.tick(), UserID: as.UserID,
		ChannelID: c.ID, Filename: in.Filename, FileSize: in.FileSize,
	}}
	if w.files.uploads == nil {
		w.files.uploads = map[string]*uploading{}
	}
	w.files.uploads[u.ID] = u
	return u.UploadSession.Clone(), nil
}

// upload finds an upload of the session's user.
func (w *World) upload(as *Session, id string) (*uploading, error) {
	u := w.files.uploads[id]
	if u == nil {
		return nil, errUploadUnknown.With()
	}
	if u.UserID != as.UserID {
		return nil, errUploadForeign.With()
	}
	return u, nil
}

// Upload tells how far an upload is.
func (w *World) Upload(as *Session, id string) (*model.UploadSession, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	u, err := w.upload(as, id)
	if err != nil {
		return nil, err
	}
	return u.UploadSession.Clone(), nil
}

// Uploads returns the session's user's uploads that are not complete, oldest first.
func (w *World) Uploads(as *Session, userID string) ([]*model.UploadSession, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if as.UserID != userID {
		return nil, ErrPermission.With(EditOtherUsers)
	}
	list := []*model.UploadSession{}
	for _, u := range w.files.uploads {
		if u.UserID == userID {
			list = append(list, u.UploadSession.Clone())
		}
	}
	slices.SortFunc(list, func(a, b *model.UploadSession) int { return cmp.Compare(a.CreateAt, b.CreateAt) })
	return list, nil
}

// ContinueUpload adds the part of the file that begins at offset. The last part
// makes it a file; before that there is none, and the answer is nil.
func (w *World) ContinueUpload(as *Session, id string, offset int64, part []byte) (*model.FileInfo, error) {
	u, err := w.appendPart(as, id, offset, part)
	if err != nil || u == nil {
		return nil, err
	}
	f, err := w.easel.describe(Upload{Name: u.Filename, Content: u.content}, u.FileSize) // without the lock: it takes time
	w.mu.Lock()
	defer w.mu.Unlock()
	if err != nil {
		w.release(u.content)
		return nil, err
	}
	w.storeFile(u.UserID, u.ChannelID, f)
	return f.FileInfo, nil
}

// appendPart adds a part to an upload, and returns it once it is complete and no
// more an upload.
func (w *World) appendPart(as *Session, id string, offset int64, part []byte) (*uploading, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	u, err := w.upload(as, id)
	if err != nil {
		return nil, err
	}
	switch {
	case u.FileOffset != offset:
		return nil, errUploadConcurrent.With()
	case int64(len(part)) > u.FileSize-offset:
		return nil, errUploadLength.With(u.FileSize - offset)
	}
	u.content = append(u.content, part...)
	u.FileOffset += int64(len(part))
	if u.FileOffset < u.FileSize {
		return nil, nil
	}
	delete(w.files.uploads, id)
	return u, nil
}
