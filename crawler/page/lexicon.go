package page

import (
	"bytes"
	"slices"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

const (
	longestWord = 40   // bytes; what is longer is no word
	mostWords   = 8192 // different ones that are counted
)

// lexicon counts the words of a text. It copies none of them: what it holds lies in the text, as it is written there.
type lexicon struct {
	slots   []lexeme // open addressing; its length is a power of two
	used    int
	words   int // in all; two characters without spaces count for one
	wide    int // characters without spaces
	scripts [scripts]int
	runes   map[rune]bool // characters without spaces, where somebody wants to know
}

// lexeme is a word, or two neighbouring characters of a script without spaces.
type lexeme struct {
	hash   uint64 // of its lower case; 0: the slot is free
	at     []byte // where it first stood
	count  int32
	topic  bool // it can be what a text speaks of: letters, and enough of them
	titled bool // it was only met in a title or an address
}

func newLexicon() *lexicon { return &lexicon{slots: make([]lexeme, 1024)} }

// document adds the visible text of a document in UTF-8. It leaps from tag to tag and reads none but those whose content
// is no markup, in a third of the time that a walker takes.
func (l *lexicon) document(body []byte) {
	for pos := 0; pos < len(body); {
		open := bytes.IndexByte(body[pos:], '<')
		if open < 0 {
			l.escaped(body[pos:])
			return
		}
		l.escaped(body[pos : pos+open])
		pos = behindTag(body, pos+open)
	}
}

// behindTag returns where the text goes on that a "<" interrupts.
func behindTag(src []byte, pos int) int {
	rest := src[pos+1:]
	switch {
	case len(rest) == 0:
		return len(src)
	case bytes.HasPrefix(rest, []byte("!--")):
		return commentEnd(src, pos+len("<!--"))
	case isLetter(rest[0]):
		name := rest
		if end := slices.IndexFunc(rest[:min(len(rest), 16)], endsName); end >= 0 {
			name = rest[:end]
		}
		pos = tagEnd(src, pos)
		if raw := rawTextName(name); raw != "" {
			pos = rawTextEnd(src, pos, raw)
		}
		return pos
	case rest[0] == '/', rest[0] == '!', rest[0] == '?':
		return tagEnd(src, pos)
	}
	return pos + 1
}

// longestTag is how far a ">" is searched for that is not within quotation marks: beyond, the marks are out of step.
const longestTag = 4 << 10

// tagEnd returns the position behind the ">" of a tag that is not within quotation marks.
func tagEnd(src []byte, pos int) int {
	first := after(src, pos, ">")
	quotes := bytes.Count(src[pos:first], []byte{'"'})
	for end := first; quotes%2 != 0; {
		next := after(src, end, ">")
		if next == len(src) || next-pos > longestTag {
			return first
		}
		quotes += bytes.Count(src[end:next], []byte{'"'})
		if end = next; quotes%2 == 0 {
			return end
		}
	}
	return first
}

func (l *lexicon) escaped(text []byte) {
	if bytes.IndexByte(text, '&') >= 0 {
		text = []byte(html.UnescapeString(string(text)))
	}
	l.text(text, false)
}

// hashing is FNV-1a, word by word.
const (
	hashStart = uint64(14695981039346656037)
	hashPrime = 1099511628211
)

// text adds the words of a plain text.
func (l *lexicon) text(text []byte, titled bool) {
	var word lexing
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			switch {
			case isLetter(c):
				word.letter(i, uint64(c|0x20))
			case c >= '0' && c <= '9':
				word.letter(i, uint64(c))
				word.digits = true
			default:
				l.end(&word, text[word.start:i], titled)
			}
			i++
			continue
		}
		r, size := utf8.DecodeRune(text[i:])
		switch {
		case isWide(r):
			l.end(&word, text[word.start:i], titled)
			l.wideAt(text, i, size, r, titled)
		case isWord(r):
			word.letter(i, uint64(unicode.ToLower(r)))
			word.script = scriptOf(r)
		case isInvisible(r): // soft hyphens and marks within a word
		default:
			l.end(&word, text[word.start:i], titled)
		}
		i += size
	}
	l.end(&word, text[word.start:], titled)
}

// lexing is a word under way.
type lexing struct {
	start, letters int
	hash           uint64
	script         script
	digits         bool
}

func (w *lexing) letter(at int, c uint64) {
	if w.letters == 0 {
		w.start, w.hash = at, hashStart
	}
	w.hash = (w.hash ^ c) * hashPrime
	w.letters++
}

// end takes the word under way, if there is one.
func (l *lexicon) end(w *lexing, at []byte, titled bool) {
	if w.letters > 0 && len(at) <= longestWord {
		if !titled {
			l.words++
			if !w.digits {
				l.scripts[w.script]++
			}
		}
		l.add(lexeme{hash: w.hash, at: at, topic: !w.digits && w.letters > 2, titled: titled})
	}
	*w = lexing{start: w.start}
}

// wideAt takes a character of a script without spaces, together with the next one.
func (l *lexicon) wideAt(text []byte, i, size int, r rune, titled bool) {
	if !titled {
		if l.wide++; l.wide%2 == 0 {
			l.words++
			l.scripts[scriptOf(r)]++
		} else if scriptOf(r) == kana {
			l.scripts[kana]++ // particles stand between every two words of Japanese
		}
	}
	if l.runes != nil {
		l.runes[r] = true
	}
	next, more := utf8.DecodeRune(text[i+size:])
	if !isWide(next) {
		return
	}
	hash := (((hashStart ^ uint64(r)) * hashPrime) ^ uint64(next)) * hashPrime
	particles := unicode.Is(unicode.Hiragana, r) && unicode.Is(unicode.Hiragana, next)
	l.add(lexeme{hash: hash, at: text[i : i+size+more], topic: !particles, titled: titled})
}

func (l *lexicon) add(w lexeme) {
	slot := l.find(w.hash)
	if slot.hash == 0 {
		if l.used >= mostWords {
			return
		}
		if l.used++; l.used > len(l.slots)/2 {
			l.grow()
			slot = l.find(w.hash)
		}
		*slot = w
	}
	slot.titled = slot.titled && w.titled
	if !w.titled {
		slot.count++
	}
}

// find returns the slot of a word, a free one where it is not known.
func (l *lexicon) find(hash uint64) *lexeme {
	mask := uint64(len(l.slots) - 1)
	for i := mix(hash) & mask; ; i = (i + 1) & mask {
		if slot := &l.slots[i]; slot.hash == hash || slot.hash == 0 {
			return slot
		}
	}
}

func (l *lexicon) grow() {
	old := l.slots
	l.slots = make([]lexeme, 2*len(old))
	for _, w := range old {
		if w.hash != 0 {
			*l.find(w.hash) = w
		}
	}
}

// hashWord returns the hash that a word in lower case has in a lexicon.
func hashWord(word string) uint64 {
	hash := hashStart
	for _, r := range word {
		hash = (hash ^ uint64(r)) * hashPrime
	}
	return hash
}

// script is a writing system.
type script int

const (
	latin script = iota
	cyrillicScript
	greek
	arabic
	hebrew
	indic
	hangul
	kana
	han
	other
	scripts
)

func (s script) String() string {
	return [scripts]string{"latin", "cyrillic", "greek", "arabic", "hebrew", "indic", "hangul", "kana", "han", "other"}[s]
}

func scriptOf(r rune) script {
	switch {
	case r < 0x370, r >= 0x1e00 && r < 0x1f00:
		return latin
	case r < 0x400, r >= 0x1f00 && r < 0x2000:
		return greek
	case r < 0x530:
		return cyrillicScript
	case r >= 0x590 && r < 0x600:
		return hebrew
	case r >= 0x600 && r < 0x780:
		return arabic
	case r >= 0x900 && r < 0xe00:
		return indic
	case r >= 0x3040 && r < 0x3100:
		return kana
	case r >= 0xac00 && r < 0xd7b0:
		return hangul
	case unicode.Is(unicode.Han, r):
		return han
	}
	return other
}

// main returns the writing system of a text; false where it has too few words. Japanese is known by its kana.
func (l *lexicon) main() (script, bool) {
	if most := l.scripts[kana] + l.scripts[han]; l.scripts[kana]*10 >= most && 2*most > l.words {
		return kana, l.words > 0
	}
	best := latin
	for s := range scripts {
		if l.scripts[s] > l.scripts[best] {
			best = s
		}
	}
	return best, 2*l.scripts[best] > l.words
}
