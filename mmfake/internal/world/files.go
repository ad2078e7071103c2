package world

import (
	"path"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

const (
	longestFileName = 256  // bytes
	fileOverhead    = 1024 // bytes that a file takes beside its content, so that many empty ones count too
)

// A file is an uploaded file. Its model.FileInfo is replaced, never changed.
type file struct {
	*model.FileInfo
	content []byte // never changed
}

// change replaces the model.FileInfo by one that f has changed.
func (f *file) change(do func(*model.FileInfo)) {
	next := *f.FileInfo
	do(&next)
	f.FileInfo = &next
}

// files are the uploaded files of a world and what their bytes are counted in. All
// guarded by World.mu.
type files struct {
	byID map[string]*file
	all  []*file // in the order of their uploads
	used int64   // bytes of all files and emoji
	salt string  // of the public links; "" until one is asked for

	uploads map[string]*uploading // those in parts that are not complete, by id
}

// reserve counts what the world is going to keep, all of it or none.
func (w *World) reserve(contents ...[]byte) error {
	var bytes int64
	for _, content := range contents {
		bytes += int64(len(content)) + fileOverhead
	}
	return w.reserveBytes(bytes)
}

func (w *World) reserveBytes(n int64) error {
	if n > w.config.FileStorage-w.files.used {
		return errFilesFull.With(w.config.FileStorage)
	}
	w.files.used += n
	return nil
}

// release gives back what was reserved for something.
func (w *World) release(content []byte) { w.files.used -= int64(len(content)) + fileOverhead }

// An Upload is a file on its way in.
type Upload struct {
	Name    string // its last part counts, if it is a path
	Content []byte // the world's from here on
}

// MayUpload says whether the session's user may upload files to a channel, as an
// error where not: before somebody reads what he sends.
func (w *World) MayUpload(as *Session, channelID string) error {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.mayUpload(as, channelID)
}

func (w *World) mayUpload(as *Session, channelID string) error {
	if !w.config.EnableFileAttachments {
		return ErrFilesOff.With()
	}
	if !w.mayInChannel(as, w.channels[channelID], UploadFile) {
		return w.lacking(as, channelID, UploadFile)
	}
	return nil
}

// UploadFiles stores files that the session's user will attach to a post in the
// channel (facts 5.1). Either all of them are stored or none.
func (w *World) UploadFiles(as *Session, channelID string, uploads []Upload) ([]*model.FileInfo, error) {
	limit := w.Config().MaxFileSize
	list, contents := make([]*file, len(uploads)), make([][]byte, len(uploads))
	for i, u := range uploads { // without the lock: pictures take time
		f, err := w.describe(u, limit)
		if err != nil {
			return nil, err
		}
		list[i], contents[i] = f, f.content
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	c := w.channels[channelID]
	if err := w.mayUpload(as, channelID); err != nil {
		return nil, err
	}
	if err := w.reserve(contents...); err != nil {
		return nil, err
	}
	infos := make([]*model.FileInfo, len(list))
	for i, f := range list {
		w.storeFile(as.UserID, c.ID, f)
		infos[i] = f.FileInfo
	}
	return infos, nil
}

func (w *World) storeFile(userID, channelID string, f *file) {
	f.ID, f.UserID, f.ChannelID = w.newIDOf("file", channelID, userID), userID, channelID
	f.CreateAt = w.clock.tick()
	f.UpdateAt = f.CreateAt
	if w.files.byID == nil {
		w.files.byID = map[string]*file{}
	}
	w.files.byID[f.ID] = f
	w.files.all = append(w.files.all, f)
}

// describe makes a file of an upload, as the version does.
func (w *World) describe(u Upload, limit int64) (*file, error) {
	f, err := w.easel.describe(u, limit)
	if err == nil && f.MimeType == "image/svg+xml" && w.version.Has(versions.VectorsMeasured) {
		size := measureSVG(f.content)
		f.Width, f.Height = size.X, size.Y
	}
	return f, err
}

// describe makes a file of an upload: what its name and, for a picture, its header
// say of it.
func (e *easel) describe(u Upload, limit int64) (*file, error) {
	if int64(len(u.Content)) > limit {
		return nil, errFileTooLarge.With(u.Name, limit)
	}
	name := path.Base(u.Name)
	if len(name) > longestFileName {
		return nil, errFileName.With(longestFileName)
	}
	f := &file{content: u.Content, FileInfo: &model.FileInfo{
		Name: name, Extension: extension(name), Size: int64(len(u.Content)),
	}}
	f.MimeType = mediaType(f.Extension)
	if !isImage(f.FileInfo) {
		return f, nil
	}
	size, format, ok := measure(u.Content)
	if !ok {
		return f, nil // the name says that it is a picture, and it is none
	}
	if tooManyPixels(size) {
		return nil, errFilePixels.With(name, mostPixels)
	}
	f.Width, f.Height = size.X, size.Y
	if format == "gif" && animated(u.Content) {
		return f, nil
	}
	f.MiniPreview = e.draw(u.Content, miniPreviewSide, miniPreviewSide)
	f.HasPreviewImage = f.MiniPreview != nil
	return f, nil
}

func isImage(f *model.FileInfo) bool { return strings.HasPrefix(f.MimeType, "image/") }

// file finds a living file; one of a deleted post is gone with it.
func (w *World) file(id string, unknown Problem) (*file, error) {
	f := w.files.byID[id]
	if f == nil || w.gone(f) {
		return nil, unknown.With()
	}
	return f, nil
}

// readableFile finds a file that the session's user may see: his own, or one of a
// channel that he may read.
func (w *World) readableFile(as *Session, id string, unknown Problem) (*file, error) {
	f, err := w.file(id, unknown)
	if err != nil {
		return nil, err
	}
	loose := f.PostID == "" && !w.version.Has(versions.LooseFilesShared)
	if f.UserID != as.UserID && (loose || !w.mayReadAll(as, w.channels[f.ChannelID])) {
		return nil, ErrPermission.With(ReadChannelContent)
	}
	return f, nil
}

// File returns an uploaded file with its content, which nobody may change.
func (w *World) File(as *Session, id string) (*model.FileInfo, []byte, error) {
	return w.fileAs(as, id, errFileContent)
}

func (w *World) fileAs(as *Session, id string, unknown Problem) (*model.FileInfo, []byte, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	f, err := w.readableFile(as, id, unknown)
	if err != nil {
		return nil, nil, err
	}
	return f.FileInfo, f.content, nil
}

// FileInfo describes an uploaded file.
func (w *World) FileInfo(as *Session, id string) (*model.FileInfo, error) {
	info, _, err := w.fileAs(as, id, errFileUnknown)
	return info, err
}

// FileThumbnail returns a picture as a JPEG of at most 120 by 100 pixels.
func (w *World) FileThumbnail(as *Session, id string) (*model.FileInfo, []byte, error) {
	return w.drawn(as, id, thumbnailWidth, thumbnailHeight, errNoThumbnail)
}

// FilePreview returns a picture as a JPEG of at most 1920 pixels' width.
func (w *World) FilePreview(as *Session, id string) (*model.FileInfo, []byte, error) {
	return w.drawn(as, id, previewWidth, mostPixels, errNoPreview)
}

func (w *World) drawn(as *Session, id string, width, height int, none Problem) (*model.FileInfo, []byte, error) {
	info, content, err := w.fileAs(as, id, errFileUnknown)
	if err != nil {
		return nil, nil, err
	}
	if !info.HasPreviewImage {
		return nil, nil, none.With()
	}
	return info, w.easel.draw(content, width, height), nil // without the lock: it takes time
}
