package page

import (
	"strings"
	"unicode"

	"waymark/catalog"
)

// simhash adds up the pairs of words of a text into 64 votes (Charikar 2002). Documents that differ little have prints
// that differ in few bits.
type simhash struct {
	votes  [64]int32
	before uint64 // hash of the word before; 0 at the beginning
}

// add takes the next word. Words with digits do not count: times, prices and request numbers differ on every visit.
func (s *simhash) add(word string) {
	if strings.ContainsFunc(word, unicode.IsDigit) {
		return
	}
	h := hashOf(word)
	pair := mix(s.before ^ h)
	s.before = h<<1 | h>>63
	for i := range s.votes {
		s.votes[i] += int32(pair>>i&1)*2 - 1
	}
}

func (s *simhash) sum() (print uint64) {
	for i, v := range s.votes {
		if v > 0 {
			print |= 1 << i
		}
	}
	return print
}

// hashOf is FNV-1a.
func hashOf(word string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(word) {
		h = (h ^ uint64(word[i])) * 1099511628211
	}
	return h
}

// mix spreads a difference over all bits (the finalizer of MurmurHash3, public domain).
func mix(h uint64) uint64 {
	h = (h ^ h>>33) * 0xff51afd7ed558ccd
	h = (h ^ h>>33) * 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}

// sketch describes the text that a survey saw.
func (s *survey) sketch() *catalog.Sketch {
	sketch := &catalog.Sketch{Words: min(s.words, 1<<16-1), Print: s.print.sum()}
	if s.whole != nil {
		sketch.Whole = s.whole.sum()
	}
	return sketch
}

func isWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
}

// isWide reports the characters that are written without spaces between words.
func isWide(r rune) bool {
	return r >= 0x2e80 && (unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)) || r >= 0x0e00 && r <= 0x0eff
}
