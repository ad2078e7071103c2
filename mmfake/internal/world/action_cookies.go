package world

import (
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"encoding/json"
	"sync"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/model"
)

// cookieSeal seals what stands behind the actions of posts that are not stored
// (facts 7.2). It has a lock of its own, so that readers may use it.
type cookieSeal struct {
	once sync.Once
	aead cipher.AEAD // made when the first cookie is sealed or opened
}

func (w *World) cookieAEAD() cipher.AEAD {
	w.cookies.once.Do(func() {
		var key [32]byte
		w.ids.bytes(key[:])
		block, err := aes.NewCipher(key[:])
		if err != nil {
			panic("world: a key of 32 bytes is good for AES: " + err.Error())
		}
		if w.cookies.aead, err = cipher.NewGCM(block); err != nil {
			panic("world: AES is good for GCM: " + err.Error())
		}
	})
	return w.cookies.aead
}

// sealCookie is the cookie of an action: base64 of the nonce and the sealed JSON.
func (w *World) sealCookie(a *clickedAction) string {
	text, err := json.Marshal(a)
	if err != nil {
		return "" // an integration that cannot be encoded cannot be called either
	}
	aead := w.cookieAEAD()
	nonce := make([]byte, aead.NonceSize())
	w.ids.bytes(nonce)
	return base64.StdEncoding.EncodeToString(aead.Seal(nonce, nonce, text, nil))
}

// openCookie reads a cookie that this world has sealed.
func (w *World) openCookie(cookie string) (*clickedAction, error) {
	sealed, err := base64.StdEncoding.DecodeString(cookie)
	aead := w.cookieAEAD()
	if err != nil || len(sealed) < aead.NonceSize() {
		return nil, errActionCookie.With()
	}
	text, err := aead.Open(nil, sealed[:aead.NonceSize()], sealed[aead.NonceSize():], nil)
	if err != nil {
		return nil, errActionCookie.With()
	}
	a := new(clickedAction)
	if json.Unmarshal(text, a) != nil {
		return nil, errActionCookie.With()
	}
	return a, nil
}

// bake gives the actions of a post that will not be stored the cookies that make
// them work, in place of their integrations. It replaces the props; the id, the
// channel and the root must be set, and the attachments have their final shape.
func (w *World) bake(p *model.Post) {
	list, ok := p.Props[model.PropAttachments].([]*model.Attachment)
	if !ok {
		return
	}
	baked := make([]*model.Attachment, len(list))
	for i, a := range list {
		baked[i] = a.Clone()
		for _, action := range baked[i].Actions {
			action.Cookie = w.sealCookie(w.actionOf(p, action)) // also where there is nobody to ask
			action.Integration = nil
		}
	}
	p.Props = withProp(p.Props, model.PropAttachments, baked)
}
