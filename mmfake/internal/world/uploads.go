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
	switch {
	case !w.config.EnableFileAttachments:
		return nil, errUploadsOff.With()
	case !w.mayInChannel(as, c, UploadFile):
		return nil, ErrPermission.With(UploadFile)
	case in.FileSize > w.config.MaxFileSize:
		return nil, errUploadLarge.With(w.config.MaxFileSize)
	case in.Filename == "":
		return nil, errUploadName.With()
	case in.FileSize <= 0:
		return nil, errUploadSize.With()
	case c.DeleteAt != 0:
		return nil, errUploadArchived.With()
	}
	if err := w.reserveBytes(in.FileSize + fileOverhead); err != nil {
		return nil, err
	}
	u := &uploading{UploadSession: model.UploadSession{
		ID: w.newIDOf("upload", c.ID, as.UserID), Type: model.UploadTypeAttachment, CreateAt: w.clock.tick(), UserID: as.UserID,
		ChannelID: c.ID, Filename: in.Filename, FileSize: in.FileSize,
	}}
	if w.files.uploads == nil {
		w.files.uploads = map[string]*uploading{}
	}
	w.files.uploads[u.ID] = u
	return u.UploadSession.Clone(), nil
}

// Upload tells how far an upload is: whose it is, and admins.
func (w *World) Upload(as *Session, id string) (*model.UploadSession, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	u := w.files.uploads[id]
	switch {
	case u == nil:
		return nil, errUploadUnknown.With()
	case u.UserID != as.UserID && !w.may(as, ManageSystem):
		return nil, errUploadForeign.With()
	}
	return u.UploadSession.Clone(), nil
}

// UploadToContinue is Upload for somebody who is going to send more of it: it has to
// be his own.
func (w *World) UploadToContinue(as *Session, id string) (*model.UploadSession, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	u, err := w.ownUpload(as, id)
	if err != nil {
		return nil, err
	}
	return u.UploadSession.Clone(), nil
}

// ownUpload finds an upload of the session's user.
func (w *World) ownUpload(as *Session, id string) (*uploading, error) {
	u := w.files.uploads[id]
	switch {
	case !w.config.EnableFileAttachments:
		return nil, errUploadsOff.With()
	case u == nil:
		return nil, errUploadUnknown.With()
	case u.UserID != as.UserID || !w.mayInChannel(as, w.channels[u.ChannelID], UploadFile):
		return nil, ErrPermission.With(UploadFile)
	}
	return u, nil
}

// Uploads returns the session's user's uploads that are not complete, oldest first.
func (w *World) Uploads(as *Session, userID string) ([]*model.UploadSession, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if as.UserID != userID {
		return nil, errUploadsForeign.With()
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

// smallestFirstPart is how many bytes an upload has to begin with, unless they are the
// whole file: the storage that real servers use takes no smaller parts.
const smallestFirstPart = 5 << 20

// ContinueUpload adds the part of the file that begins at offset. The last part
// makes it a file; before that there is none, and the answer is nil.
func (w *World) ContinueUpload(as *Session, id string, offset int64, part []byte) (*model.FileInfo, error) {
	u, err := w.appendPart(as, id, offset, part)
	if err != nil || u == nil {
		return nil, err
	}
	f, err := w.describe(Upload{Name: u.Filename, Content: u.content}, u.FileSize) // without the lock: it takes time
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
	u, err := w.ownUpload(as, id)
	n := int64(len(part))
	switch {
	case err != nil:
		return nil, err
	case u.FileOffset != offset, n > u.FileSize-offset:
		return nil, errUploadConcurrent.With()
	case offset == 0 && n < smallestFirstPart && n < u.FileSize:
		return nil, errUploadFirstPart.With(smallestFirstPart)
	}
	u.content = append(u.content, part...)
	u.FileOffset += n
	if u.FileOffset < u.FileSize {
		return nil, nil
	}
	delete(w.files.uploads, id)
	return u, nil
}
