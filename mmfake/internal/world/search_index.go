package world

import (
	"iter"
	"unicode"
	"unicode/utf8"
)

// The searchIndex says where to look for a word. It holds the posts in blocks in
// the order of their coming, each with a filter of the words in it (a Bloom filter:
// it may say yes by mistake, never no), so that a search skips nearly all blocks
// without a look at their posts. That costs a post a few bytes and no allocation
// of its own, and nothing before somebody searches.
type searchIndex struct {
	waiting []*post // not in the blocks yet
	blocks  []*searchBlock
}

// The size of a block: the more posts share one the less memory it takes, and the
// longer it takes to look through one.
const (
	blockPosts  = 256
	blockWords  = 2000 // more would fill the filter
	filterWords = 256  // of 64 bits each
	filterBits  = 64 * filterWords
)

type searchBlock struct {
	posts  []*post // an edited post stands in more than one block
	newest int64   // the greatest create_at
	words  int
	filter [filterWords]uint64
}

// add makes a post be found by its words. System messages never are.
func (x *searchIndex) add(p *post) {
	if !p.isSystem() {
		x.waiting = append(x.waiting, p)
	}
}

// catchUp puts into the blocks what has come since the last search.
func (x *searchIndex) catchUp() {
	for _, p := range x.waiting {
		x.index(p)
	}
	x.waiting = nil
}

func (x *searchIndex) index(p *post) {
	n := len(x.blocks)
	if n == 0 || len(x.blocks[n-1].posts) == blockPosts || x.blocks[n-1].words >= blockWords {
		x.blocks = append(x.blocks, &searchBlock{})
		n++
	}
	b := x.blocks[n-1]
	b.posts = append(b.posts, p)
	b.newest = max(b.newest, p.CreateAt)
	for word := range eachWord(p.Message) {
		b.words++
		for bit := range filterPlaces(hashOf(word)) {
			b.filter[bit/64] |= 1 << (bit % 64)
		}
	}
}

// mayHave says whether a word of that hash may be in the block.
func (b *searchBlock) mayHave(hash uint64) bool {
	for bit := range filterPlaces(hash) {
		if b.filter[bit/64]&(1<<(bit%64)) == 0 {
			return false
		}
	}
	return true
}

// filterPlaces are the bits of the filter that a word sets.
func filterPlaces(hash uint64) iter.Seq[uint64] {
	return func(yield func(uint64) bool) {
		step := hash>>32 | 1
		for range 3 {
			if !yield(hash % filterBits) {
				return
			}
			hash += step
		}
	}
}

// hashOf is the same for a word in capitals and in small letters (FNV-1a).
func hashOf(word string) uint64 {
	h := uint64(14695981039346656037)
	for _, r := range word {
		h = (h ^ uint64(unicode.ToLower(r))) * 1099511628211
	}
	return h
}

// eachWord yields the words of a text: runs of letters, digits and what combines with
// them.
func eachWord(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for from := 0; from < len(text); {
			r, size := utf8.DecodeRuneInString(text[from:])
			to := from + size
			if !isWordRune(r) {
				from = to
				continue
			}
			for to < len(text) {
				r, size := utf8.DecodeRuneInString(text[to:])
				if !isWordRune(r) {
					break
				}
				to += size
			}
			if !yield(text[from:to]) {
				return
			}
			from = to
		}
	}
}

func isWordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r))
}
