package world

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"encoding/asn1"
	"encoding/base64"
	"math/big"
	"strconv"
	"strings"
	"sync"

	"github.com/seed-a46829e6/mattermost-fake/mmfake/internal/versions"
)

// triggers signs and checks trigger ids, the authority to open a dialog (facts
// 8.1). It has a lock of its own, so that no signature holds up the world.
type triggers struct {
	once sync.Once
	key  *ecdsa.PrivateKey // made when the first id is signed or checked
}

// signingKey makes the key from the world's source of randomness, so that the
// same seed signs the same.
func (w *World) signingKey() *ecdsa.PrivateKey {
	w.triggers.once.Do(func() {
		for w.triggers.key == nil {
			var d [32]byte
			w.ids.bytes(d[:])
			// It refuses one number in 2^32: those that are not below the order.
			w.triggers.key, _ = ecdsa.ParseRawPrivateKey(elliptic.P256(), d[:])
		}
	})
	return w.triggers.key
}

// A Trigger is a trigger id in its two forms: Client is the short one that the
// user's client knows a dialog by, Signed the long one that the integration
// opens it with. It may be used more than once, for as long as triggerLife says.
type Trigger struct {
	Client, Signed string
}

// triggerLife is how many seconds a trigger id is good for: as many as a request to
// an integration may take, in old versions three.
func (w *World) triggerLife() int {
	if !w.version.Has(versions.LongTriggers) {
		return 3
	}
	return w.Config().OutgoingTimeout
}

// newTrigger makes a trigger id for a user. It needs no lock.
func (w *World) newTrigger(userID string) Trigger {
	client := w.newIDOf("trigger", "", userID)
	signed := client + ":" + userID + ":" + strconv.FormatInt(w.clock.now(), 10) + ":"
	digest := sha256.Sum256([]byte(signed))
	signature, err := w.signingKey().Sign(nil, digest[:], crypto.SHA256) // without randomness: RFC 6979
	if err != nil {
		panic("world: a key of the right size signs: " + err.Error())
	}
	signed += base64.StdEncoding.EncodeToString(signature)
	return Trigger{client, base64.StdEncoding.EncodeToString([]byte(signed))}
}

// checkTrigger returns the client's form of a signed trigger id and the id of
// the user that it was made for. It needs no lock but for the settings, which
// the caller gives: seconds is how old it may be. The order of the checks is the
// real server's (recorded from 11.6.0).
func (w *World) checkTrigger(signed string, seconds int) (client, userID string, err error) {
	raw, err := base64.StdEncoding.DecodeString(signed)
	if err != nil {
		return "", "", errTriggerBase64.With()
	}
	parts := strings.Split(string(raw), ":")
	if len(parts) != 4 {
		return "", "", errTriggerParts.With()
	}
	at, _ := strconv.ParseInt(parts[2], 10, 64) // no number is long ago
	if w.clock.now()-at > int64(seconds)*1000 {
		return "", "", errTriggerExpired.With(seconds)
	}
	signature, err := base64.StdEncoding.DecodeString(parts[3])
	if err != nil {
		return "", "", errTriggerSignatureBase64.With()
	}
	if _, err := asn1.Unmarshal(signature, &struct{ R, S *big.Int }{}); err != nil {
		return "", "", errTriggerSignature.With()
	}
	digest := sha256.Sum256(raw[:len(raw)-len(parts[3])])
	if !ecdsa.VerifyASN1(&w.signingKey().PublicKey, digest[:], signature) {
		return "", "", errTriggerForged.With()
	}
	return parts[0], parts[1], nil
}
