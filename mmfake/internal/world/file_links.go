package world

import (
	"crypto/sha256"
	"encoding/base64"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// PublicLink returns the URL under which anybody can read a file of a post (facts
// 5.2).
func (w *World) PublicLink(as *Session, id string) (string, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.config.EnablePublicLink {
		return "", errPublicLinkOff.With()
	}
	f, err := w.file(id, errFileUnknown)
	if err != nil {
		return "", err
	}
	if f.UserID != as.UserID && !w.mayInChannel(as, w.channels[f.ChannelID], GetPublicLink) {
		return "", ErrPermission.With(GetPublicLink)
	}
	if f.PostID == "" {
		return "", errPublicLinkNoPost.With()
	}
	if w.files.salt == "" {
		w.files.salt = w.NewID()
	}
	return w.config.SiteURL + "/files/" + id + "/public?h=" + w.files.linkHash(id), nil
}

// PublicFile returns a file to somebody who has its public link.
func (w *World) PublicFile(id, hash string) (*model.FileInfo, []byte, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if !w.config.EnablePublicLink {
		return nil, nil, errPublicLinkOff.With()
	}
	f, err := w.file(id, errFileUnknown)
	if err != nil {
		return nil, nil, err
	}
	if w.files.salt == "" || hash != w.files.linkHash(id) {
		return nil, nil, errPublicLinkHash.With()
	}
	return f.FileInfo, f.content, nil
}

// linkHash is the part of a public link that nobody can guess.
func (s *files) linkHash(id string) string {
	sum := sha256.Sum256([]byte(s.salt + id))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}
