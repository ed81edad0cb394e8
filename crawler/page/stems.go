package page

import "bytes"

// stems finds out in one pass whether a text holds one of many words (Wu and Manber 1994): it looks at three bytes at
// a time and leaps as far as no word can begin before. The longer the shortest word, the farther it leaps.
type stems struct {
	least int                 // length of the shortest, in bytes
	shift [1 << 13]uint8      // by the hash of three bytes, how far to leap
	words map[uint16][]string // by the hash of the three bytes that end at least
}

// newStems takes words in lower case, of at least three bytes each.
func newStems(words []string) *stems {
	s := &stems{least: len(words[0]), words: map[uint16][]string{}}
	for _, w := range words {
		s.least = min(s.least, len(w))
	}
	for i := range s.shift {
		s.shift[i] = uint8(s.least - 2)
	}
	for _, w := range words {
		for i := range s.least - 2 {
			h := tripleOf(w[i], w[i+1], w[i+2])
			s.shift[h] = min(s.shift[h], uint8(s.least-3-i))
		}
		h := tripleOf(w[s.least-3], w[s.least-2], w[s.least-1])
		s.words[h] = append(s.words[h], w)
	}
	return s
}

// tripleOf hashes three bytes; the case of ASCII letters does not count.
func tripleOf(a, b, c byte) uint16 {
	return (uint16(a|0x20)<<8 ^ uint16(b|0x20)<<4 ^ uint16(c|0x20)) & (1<<13 - 1)
}

// in reports whether a text holds one of the words. The case of ASCII letters does not count.
func (s *stems) in(text []byte) bool {
	for end := s.least; end <= len(text); {
		h := tripleOf(text[end-3], text[end-2], text[end-1])
		if leap := s.shift[h]; leap > 0 {
			end += int(leap)
			continue
		}
		rest := text[end-s.least:]
		for _, w := range s.words[h] {
			if len(rest) >= len(w) && (equalFold(rest[:len(w)], w) || bytes.HasPrefix(rest, []byte(w))) {
				return true
			}
		}
		end++
	}
	return false
}
