package world

import (
	"bytes"
	"hash/fnv"
	"image"
	"image/color"
	"image/png"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// What portraits are made of, in pixels.
const (
	portraitSide = 128
	portraitCell = portraitSide / 8 // the drawn ones are a pattern of 6 by 6 cells with a margin
)

// A Portrait is a user's picture.
type Portrait struct {
	PNG     []byte
	Changed int64 // when he uploaded it, 0 for a drawn one
	Kept    bool  // it was there before somebody asked: the real server draws when it is first asked to
}

// UserPortrait returns a user's picture: the one that he uploaded, or a pattern that is
// drawn from his id.
func (w *World) UserPortrait(id string) (*Portrait, error) {
	w.mu.Lock()
	u := w.users[id]
	if u == nil {
		w.mu.Unlock()
		if !w.version.Has(versions.PictureOfNobody) {
			return nil, errPictureOfNobody.With()
		}
		return nil, errUserUnknown.With()
	}
	p := &Portrait{PNG: u.portrait, Changed: u.LastPictureUpdate, Kept: u.portraitKept}
	u.portraitKept = true
	w.mu.Unlock()
	if p.PNG == nil {
		p.PNG = drawPortrait(id) // without the lock: it takes time
	}
	return p, nil
}

// DrawnPortrait returns the picture that a user has who uploaded none.
func (w *World) DrawnPortrait(id string) ([]byte, error) {
	w.mu.RLock()
	known := w.users[id] != nil
	w.mu.RUnlock()
	if !known {
		return nil, errUserUnknown.With()
	}
	return drawPortrait(id), nil
}

// MayChangePortrait says whether the session's user may change a user's picture,
// as an error where not: before somebody reads what he sends.
func (w *World) MayChangePortrait(as *Session, id string) error {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if !w.mayManageUserOrBot(as, id) {
		return ErrPermission.With(EditOtherUsers)
	}
	return nil
}

// SetPortrait makes a PNG, JPEG or GIF the picture of a user. Of one that is not
// square the middle is kept.
func (w *World) SetPortrait(as *Session, id string, content []byte) error {
	if err := w.MayChangePortrait(as, id); err != nil {
		return err
	}
	size, _, ok := measure(content)
	if !ok || tooManyPixels(size) {
		return errPortraitLimits.With(mostPixels)
	}
	portrait := w.easel.portrait(content) // without the lock: it takes time
	if portrait == nil {
		return errPortraitDecode.With()
	}
	return w.storePortrait(as, id, portrait)
}

// ResetPortrait gives a user the drawn picture again.
func (w *World) ResetPortrait(as *Session, id string) error {
	return w.storePortrait(as, id, nil)
}

func (w *World) storePortrait(as *Session, id string, portrait []byte) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	u, err := w.managedUserOrBot(as, id)
	if err != nil {
		return err
	}
	u.portrait, u.portraitKept = portrait, true
	u.change(func(u *model.User) {
		u.UpdateAt, u.LastPictureUpdate = w.clock.tick(), 0
		if portrait != nil {
			u.LastPictureUpdate = u.UpdateAt
		}
	})
	if w.heard() {
		w.publish(&Event{Name: model.EventUserUpdated, Data: map[string]any{"user": w.seenByOthers(u)}})
	}
	return nil
}

// portrait makes a square PNG of a picture, nil where it cannot be decoded. It is
// never made larger.
func (e *easel) portrait(content []byte) []byte {
	e.mu.Lock()
	defer e.mu.Unlock()
	picture := unpack(content)
	if picture == nil {
		return nil
	}
	return inPNG(shrink(middle(picture), portraitSide, portraitSide, color.Transparent))
}

// middle is the largest square in the middle of a picture.
func middle(picture image.Image) image.Image {
	part, ok := picture.(interface {
		SubImage(image.Rectangle) image.Image
	})
	if !ok {
		return picture
	}
	whole := picture.Bounds()
	side := min(whole.Dx(), whole.Dy())
	corner := whole.Min.Add(image.Pt((whole.Dx()-side)/2, (whole.Dy()-side)/2))
	return part.SubImage(image.Rectangle{Min: corner, Max: corner.Add(image.Pt(side, side))})
}

// drawPortrait draws a symmetrical pattern in a colour, both of which follow from
// the id: the same user looks the same every time.
func drawPortrait(id string) []byte {
	h := fnv.New64a()
	h.Write([]byte(id))
	bits := h.Sum64()
	ink := color.RGBA{R: 64 + uint8(bits>>56)/2, G: 64 + uint8(bits>>48)/2, B: 64 + uint8(bits>>40)/2, A: 255}
	picture := image.NewPaletted(image.Rect(0, 0, portraitSide, portraitSide), color.Palette{color.White, ink})
	for y := range portraitSide {
		for x := range portraitSide {
			row, column := y/portraitCell-1, x/portraitCell-1
			if row < 0 || row > 5 || column < 0 || column > 5 {
				continue
			}
			if bits>>(row*3+min(column, 5-column))&1 == 1 {
				picture.SetColorIndex(x, y, 1)
			}
		}
	}
	return inPNG(picture)
}

func inPNG(picture image.Image) []byte {
	var out bytes.Buffer
	if err := png.Encode(&out, picture); err != nil {
		panic("world: a small picture in memory always encodes: " + err.Error())
	}
	return out.Bytes()
}
