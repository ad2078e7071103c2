package world

import (
	crand "crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/binary"
	"hash/fnv"
	"math/rand/v2"
	"sync"

	"github.com/google/uuid"
)

// idAlphabet is the z-base-32 order that Mattermost writes its ids in (facts 1.1).
var idAlphabet = base32.NewEncoding("ybndrfg8ejkmcpqxot1uwisza345h769").WithPadding(base32.NoPadding)

// An idSource makes ids as Mattermost makes them: a random UUID in 26
// characters of base32. The same seed gives the same ids in the same order, and of one
// topic in the order of that topic: what a bot makes meanwhile changes no id of what
// the test makes.
type idSource struct {
	key    [32]byte
	seeded bool
	mu     sync.Mutex
	random *rand.ChaCha8    // guarded by mu
	made   map[topic]uint64 // how many ids of each; guarded by mu
	alone  bool             // nobody else makes anything: topics are not counted; guarded by mu
}

// A topic is what an id is of: the kind of the object, and what else tells it from others
// that are made at the same time.
type topic struct{ kind, of, name string }

const mostTopics = 10_000 // that are counted: clients may name more

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
	return &idSource{key: key, seeded: true, random: rand.NewChaCha8(key)}
}

// replay makes the source begin again, until goOn is called: then it goes on where
// it was, so that what it makes is new.
func (s *idSource) replay() (goOn func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	random, made := s.random, s.made
	s.random, s.made = rand.NewChaCha8(s.key), nil
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.random, s.made = random, made
	}
}

// inOrder says whether ids come in the order in which they are asked for, whatever their
// topic: that is faster.
func (s *idSource) inOrder(alone bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.alone = alone
}

// about is next for an id of a topic.
func (s *idSource) about(t topic) string {
	n, counted := s.count(t)
	if !counted {
		return s.next()
	}
	text := append(make([]byte, 0, 256), s.key[:]...)
	for _, part := range []string{t.kind, t.of, t.name} {
		text = append(append(text, part...), 0)
	}
	sum := sha256.Sum256(binary.BigEndian.AppendUint64(text, n))
	id := uuid.UUID(sum[:16])
	id[6], id[8] = id[6]&0x0f|0x40, id[8]&0x3f|0x80 // as a random one says of itself
	return encodeID(id)
}

// count counts an id of a topic, where topics are counted.
func (s *idSource) count(t topic) (n uint64, counted bool) {
	if !s.seeded {
		return 0, false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	n, known := s.made[t]
	if s.alone || !known && len(s.made) >= mostTopics {
		return 0, false
	}
	if s.made == nil {
		s.made = map[topic]uint64{}
	}
	s.made[t] = n + 1
	return n, true
}

func (s *idSource) next() string {
	s.mu.Lock()
	id, err := uuid.NewRandomFromReader(s.random)
	s.mu.Unlock()
	if err != nil {
		panic("world: ChaCha8 does not fail to read: " + err.Error())
	}
	return encodeID(id)
}

func encodeID(id uuid.UUID) string {
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
