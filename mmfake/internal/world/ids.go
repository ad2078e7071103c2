package world

import (
	crand "crypto/rand"
	"encoding/base32"
	"hash/fnv"
	"math/rand/v2"
	"sync"

	"github.com/google/uuid"
)

// idAlphabet is the z-base-32 order that Mattermost writes its ids in (facts 1.1).
var idAlphabet = base32.NewEncoding("ybndrfg8ejkmcpqxot1uwisza345h769").WithPadding(base32.NoPadding)

// An idSource makes ids as Mattermost makes them: a random UUID in 26
// characters of base32. The same seed gives the same ids in the same order.
type idSource struct {
	key    [32]byte
	mu     sync.Mutex
	random *rand.ChaCha8 // guarded by mu
}

// newIDSource seeds the source. An empty seed means real randomness.
func newIDSource(seed string) *idSource {
	var key [32]byte
	if seed == "" {
		crand.Read(key[:]) // never fails since Go 1.24
		return &idSource{key: key, random: rand.NewChaCha8(key)}
	}
	h := fnv.New128a()
	h.Write([]byte(seed))
	copy(key[:], h.Sum(nil))
	return &idSource{key: key, random: rand.NewChaCha8(key)}
}

// replay makes the source begin again, until goOn is called: then it goes on where
// it was, so that what it makes is new.
func (s *idSource) replay() (goOn func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	was := s.random
	s.random = rand.NewChaCha8(s.key)
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.random = was
	}
}

func (s *idSource) next() string {
	s.mu.Lock()
	id, err := uuid.NewRandomFromReader(s.random)
	s.mu.Unlock()
	if err != nil {
		panic("world: ChaCha8 does not fail to read: " + err.Error())
	}
	var text [26]byte
	idAlphabet.Encode(text[:], id[:])
	return string(text[:])
}

// bytes fills b with the source's randomness, for keys and drawn pictures.
func (s *idSource) bytes(b []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.random.Read(b)
}
