package world

import (
	"bytes"
	"image/color"
	"image/png"
	"regexp"
	"slices"
	"strings"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

const (
	longestEmojiName  = 64   // bytes
	largestEmojiSide  = 1028 // pixels of the image as it is sent
	emojiSide         = 128  // pixels of a PNG or JPEG as it is kept
	mostEmojiSearched = 200
	mostEmojiOffered  = 100 // by autocomplete
	mostEmojiNames    = 200 // asked for at once
)

// MaxEmojiBytes is the size of the largest image for an emoji.
const MaxEmojiBytes = 512 << 10

var emojiName = regexp.MustCompile(`^[a-zA-Z0-9_+-]+$`)

// An emoji is a custom one. It is never changed.
type emoji struct {
	*model.Emoji
	image     []byte
	mediaType string
}

// emojis are the custom emoji of a world, guarded by World.mu.
type emojis struct {
	byID   map[string]*emoji
	byName map[string]*emoji
	all    []*emoji // in the order of their making
}

// MayCreateEmoji says whether the session's user may make emoji, as an error where
// not: before somebody reads what he sends.
func (w *World) MayCreateEmoji(as *Session) error {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.mayWithEmojis(as, CreateEmojis)
}

// mayWithEmojis asks for a permission in the system or one of the user's teams.
func (w *World) mayWithEmojis(as *Session, p Permission) error {
	if !w.config.EnableCustomEmoji {
		return errEmojiOff.With()
	}
	if w.may(as, p) {
		return nil
	}
	for _, t := range as.user.teams {
		if w.mayInTeam(as, t.ID, p) {
			return nil
		}
	}
	return ErrPermission.With(p)
}

// CreateEmoji makes an emoji of the session's user (facts 5.3). No image is nil.
func (w *World) CreateEmoji(as *Session, in model.Emoji, image []byte) (*model.Emoji, error) {
	kept, mediaType, imageErr := w.easel.emojiImage(image) // without the lock: it takes time
	w.mu.Lock()
	defer w.mu.Unlock()
	if err := w.mayWithEmojis(as, CreateEmojis); err != nil {
		return nil, err
	}
	switch {
	case len(in.Name) > longestEmojiName || !emojiName.MatchString(in.Name):
		return nil, errEmojiName.With()
	case systemEmojiCode(in.Name) != "":
		return nil, errEmojiSystemName.With()
	case in.CreatorID != as.UserID:
		return nil, errEmojiOtherUser.With()
	case w.emojis.byName[in.Name] != nil:
		return nil, errEmojiTaken.With()
	case imageErr != nil:
		return nil, imageErr
	}
	if err := w.reserve(kept); err != nil {
		return nil, err
	}
	now := w.clock.tick()
	e := &emoji{image: kept, mediaType: mediaType, Emoji: &model.Emoji{
		ID: w.newIDOf("emoji", "", in.Name), CreateAt: now, UpdateAt: now, CreatorID: as.UserID, Name: in.Name,
	}}
	w.emojis.add(e)
	w.publish(&Event{Name: model.EventEmojiAdded, Data: map[string]any{"emoji": w.inJSON(e.Emoji)}})
	return e.Emoji, nil
}

func (s *emojis) add(e *emoji) {
	if s.byID == nil {
		s.byID, s.byName = map[string]*emoji{}, map[string]*emoji{}
	}
	s.byID[e.ID], s.byName[e.Name] = e, e
	s.all = append(s.all, e)
}

// emojiImage checks an image for an emoji and makes it small enough. A GIF stays as
// it is: its frames are not drawn anew.
func (e *easel) emojiImage(content []byte) (kept []byte, mediaType string, err error) {
	if content == nil {
		return nil, "", ErrBodyParam.With("image")
	}
	size, format, ok := measure(content)
	switch {
	case !ok:
		return nil, "", errEmojiImage.With()
	case size.X > largestEmojiSide || size.Y > largestEmojiSide:
		return nil, "", errEmojiPixels.With(largestEmojiSide)
	case format == "gif" || size.X <= emojiSide && size.Y <= emojiSide:
		return content, "image/" + format, nil
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	picture := unpack(content)
	if picture == nil {
		return nil, "", errEmojiImage.With()
	}
	var out bytes.Buffer
	if err := png.Encode(&out, shrink(picture, emojiSide, emojiSide, color.Transparent)); err != nil {
		return nil, "", errEmojiImage.With()
	}
	return out.Bytes(), "image/png", nil
}

// emoji finds a custom emoji by its id.
func (w *World) emoji(id string) (*emoji, error) {
	if !w.config.EnableCustomEmoji {
		return nil, errEmojiOff.With()
	}
	e := w.emojis.byID[id]
	if e == nil {
		return nil, errEmojiUnknown.With()
	}
	return e, nil
}

// Emoji returns a custom emoji.
func (w *World) Emoji(id string) (*model.Emoji, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	e, err := w.emoji(id)
	if err != nil {
		return nil, err
	}
	return e.Emoji, nil
}

// EmojiImage returns the image of a custom emoji, which nobody may change, and its
// media type.
func (w *World) EmojiImage(id string) (image []byte, mediaType string, err error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	e, err := w.emoji(id)
	if err != nil {
		return nil, "", err
	}
	return e.image, e.mediaType, nil
}

// EmojiByName returns the custom emoji of a name.
func (w *World) EmojiByName(name string) (*model.Emoji, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if !w.config.EnableCustomEmoji {
		return nil, errEmojiOff.With()
	}
	e := w.emojis.byName[name]
	if e == nil {
		return nil, errEmojiNameUnknown.With(name)
	}
	return e.Emoji, nil
}

// EmojisByNames returns those of the names that are custom emoji.
func (w *World) EmojisByNames(names []string) ([]*model.Emoji, error) {
	if len(names) > mostEmojiNames {
		return nil, errEmojiTooMany.With(mostEmojiNames)
	}
	return w.findEmojis(true, mostEmojiNames, func(name string) bool { return slices.Contains(names, name) })
}

// Emojis returns a page of the custom emoji, the oldest first or by name.
func (w *World) Emojis(page Page, byName bool) ([]*model.Emoji, error) {
	list, err := w.findEmojis(byName, 0, func(string) bool { return true })
	return slice(list, page), err
}

// SearchEmojis returns the custom emoji whose names have the term in them, or only
// those that begin with it, by name.
func (w *World) SearchEmojis(term string, prefix bool) ([]*model.Emoji, error) {
	return w.findEmojis(true, mostEmojiSearched, func(name string) bool {
		return strings.HasPrefix(name, term) || !prefix && strings.Contains(name, term)
	})
}

// AutocompleteEmojis returns the custom emoji whose names begin with a text.
func (w *World) AutocompleteEmojis(prefix string) ([]*model.Emoji, error) {
	return w.findEmojis(true, mostEmojiOffered, func(name string) bool { return strings.HasPrefix(name, prefix) })
}

// findEmojis returns the emoji whose names fit, at most limit of them where it is
// not 0, and never nil.
func (w *World) findEmojis(byName bool, limit int, fits func(name string) bool) ([]*model.Emoji, error) {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if !w.config.EnableCustomEmoji {
		return nil, errEmojiOff.With()
	}
	list := []*model.Emoji{}
	for _, e := range w.emojis.all {
		if fits(e.Name) {
			list = append(list, e.Emoji)
		}
	}
	if byName {
		slices.SortFunc(list, func(a, b *model.Emoji) int { return strings.Compare(a.Name, b.Name) })
	}
	if limit > 0 && len(list) > limit {
		list = list[:limit]
	}
	return list, nil
}

// DeleteEmoji deletes a custom emoji, and the reactions with it. The texts of posts
// keep its name.
func (w *World) DeleteEmoji(as *Session, id string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	e, err := w.emoji(id)
	if err != nil {
		return err
	}
	if err := w.mayWithEmojis(as, DeleteEmojis); err != nil {
		return err
	}
	if e.CreatorID != as.UserID {
		if err := w.mayWithEmojis(as, DeleteOthersEmojis); err != nil {
			return err
		}
	}
	delete(w.emojis.byID, e.ID)
	delete(w.emojis.byName, e.Name)
	w.emojis.all = without(w.emojis.all, e)
	w.release(e.image)
	w.forgetReactions(e.Name)
	return nil
}

// emojiKnown says whether there is an emoji of that name: every server's, or a
// custom one.
func (w *World) emojiKnown(name string) bool {
	return w.emojis.byName[name] != nil || systemEmojiCode(name) != ""
}
