package page

import (
	"hash/crc32"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"waymark/catalog"
)

const (
	termsKept    = 64  // of a fingerprint, as far as they have room
	relatedWords = 150 // a page of fewer words is not held against its lists
	listedWords  = 2   // that say something must stand in a list's text
)

// inspect answers what a visit wants to know of the text of a document: nil where nothing is.
func (d Document) inspect(p catalog.Page, source source, text texts) *catalog.Text {
	if d.Look == nil || d.Status/100 != 2 {
		return nil
	}
	found := &catalog.Text{Mark: d.mark(p.Title)}
	if found.Same = found.Mark == d.Look.Mark; found.Same {
		return found
	}
	l := newLexicon()
	if len(d.Look.Listed) > 0 {
		l.runes = map[rune]bool{}
	}
	l.document(text.all(source.body[:min(len(source.body), surveySize)]))
	found.Print = l.fingerprint(p)
	for _, t := range d.Look.Terms {
		if l.find(hashWord(t.Word)).count > 0 {
			found.Still++
		}
	}
	if len(d.Look.Listed) > 0 {
		found.Related = l.relation(d, p, found.Print.Language)
	}
	return found
}

// mark tells two states of a document apart by what costs next to nothing. Of a document that was cut, the length says
// nothing.
func (d Document) mark(title string) uint64 {
	sum := hashOf(title) ^ mix(uint64(len(d.Body))+1)
	if d.Truncated {
		sum ^= uint64(crc32.ChecksumIEEE(d.Body))
	}
	return max(mix(sum), 1)
}

// fingerprint describes the text that was counted.
func (l *lexicon) fingerprint(p catalog.Page) *catalog.Fingerprint {
	f := &catalog.Fingerprint{Title: p.Title, Words: l.words}
	if s, ok := l.main(); ok {
		f.Script = s.String()
	}
	f.Language = firstOf(l.language(), baseLanguage(p.Language))
	keys := make([]uint64, 0, l.used)
	var votes votes
	for i := range l.slots {
		w := &l.slots[i]
		if w.count == 0 || !w.topic {
			continue
		}
		votes.add(mix(w.hash))
		// The commonest first. Among equals the hash decides, so that two states of a text keep the same ones.
		keys = append(keys, uint64(min(w.count, 255))<<56|w.hash>>32<<24|uint64(i))
	}
	f.Print = votes.sum()
	slices.Sort(keys)
	for _, key := range slices.Backward(keys) {
		w := &l.slots[key&0xffffff]
		if stopWords[w.hash] != 0 {
			continue
		}
		f.Terms = append(f.Terms, catalog.Term{Word: strings.ToLower(withoutInvisible(w.at)), Count: int(key >> 56)})
		if len(f.Terms) == termsKept {
			break
		}
	}
	return f
}

func withoutInvisible(word []byte) string {
	return strings.Map(func(r rune) rune {
		if isInvisible(r) {
			return -1
		}
		return r
	}, string(word))
}

// votes is a simhash (Charikar 2002) of a set of hashes. Each bit has a counter of eight bits; eight of them are
// counted at once, and emptied before one can overflow.
type votes struct {
	bytes [8]uint64 // counters of the bits of each byte
	sums  [64]int
	added int // since the counters were emptied
	total int
}

func (v *votes) add(h uint64) {
	for i := range v.bytes {
		// Bit k of the byte goes to byte k of the word.
		spread := (h >> (8 * i) & 0xff) * 0x0101010101010101 & 0x8040201008040201
		v.bytes[i] += nonZeroBytes(spread)
	}
	v.total++
	if v.added++; v.added == 255 {
		v.empty()
	}
}

// nonZeroBytes returns 1 in each byte that is not zero.
func nonZeroBytes(x uint64) uint64 {
	const low = 0x7f7f7f7f7f7f7f7f
	return ((x&low + low) | x) >> 7 & 0x0101010101010101
}

func (v *votes) empty() {
	for i, counters := range v.bytes {
		for k := range 8 {
			v.sums[8*i+k] += int(counters >> (8 * k) & 0xff)
		}
		v.bytes[i] = 0
	}
	v.added = 0
}

func (v *votes) sum() (print uint64) {
	v.empty()
	for i, n := range v.sums {
		if 2*n > v.total {
			print |= 1 << i
		}
	}
	return print
}

// language returns the language of which a text has the most of the small words that every text has, "" where no
// language stands out.
func (l *lexicon) language() string {
	var hits [32]int
	for i := range l.slots {
		w := &l.slots[i]
		if w.count == 0 {
			continue
		}
		for set, lang := stopWords[w.hash], 0; set != 0; set, lang = set>>1, lang+1 {
			if set&1 != 0 {
				hits[lang] += int(w.count)
			}
		}
	}
	best, second := 0, 0
	for lang, n := range hits {
		switch {
		case lang == best:
		case n > hits[best]:
			best, second = lang, hits[best]
		case n > second:
			second = n
		}
	}
	if hits[best]*12 < l.words || hits[best] == 0 || hits[best]*4 < second*5 {
		return ""
	}
	return stopLists[best].language
}

func baseLanguage(tag string) string {
	base, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(tag), "_", "-"), "-")
	return base
}

// relation holds the text against what lists say of the page. Anything that is shared is a relation: a small word, a
// number, the beginning of a word, a word of the address.
func (l *lexicon) relation(d Document, p catalog.Page, language string) catalog.Relation {
	lists := newLexicon()
	lists.runes = map[rune]bool{}
	for _, text := range d.Look.Listed {
		lists.text([]byte(text), false)
	}
	if !l.comparable(lists, language) {
		return catalog.Incomparable
	}
	l.text([]byte(p.Title), true)
	l.text([]byte(p.Canonical), true)
	path := newLexicon()
	path.runes = map[rune]bool{}
	path.text([]byte(pathOf(d.Look.Link)), false)
	if l.shares(path) {
		return catalog.Related
	}
	l.text([]byte(spoken(d.URL)), true)
	if l.shares(lists) {
		return catalog.Related
	}
	return catalog.Unrelated
}

// comparable reports whether languages, writing systems and lengths allow a comparison with what lists say. A list whose
// words tell no language is taken for English, as far as it is written in plain letters: technical titles mostly are.
func (l *lexicon) comparable(lists *lexicon, language string) bool {
	here, knownHere := l.main()
	there, knownThere := lists.main()
	if l.words < relatedWords || !knownHere || !knownThere || here != there && !(here == kana && there == han) || lists.topics() < listedWords {
		return false
	}
	switch here {
	case latin:
		spoken := lists.language()
		if spoken == "" && lists.plain() {
			spoken = "en"
		}
		return spoken != "" && spoken == language
	case cyrillicScript:
		return lists.language() != "" && lists.language() == language
	}
	return here == kana || here == han || here == hangul || here == greek || here == hebrew
}

// topics counts the words that say something.
func (l *lexicon) topics() (n int) {
	for _, w := range l.slots {
		if w.topic && stopWords[w.hash] == 0 && (len(w.at) >= 4) {
			n++
		}
	}
	return n
}

// plain reports a text of ASCII alone.
func (l *lexicon) plain() bool {
	return !slices.ContainsFunc(l.slots, func(w lexeme) bool { return !isASCII(w.at) })
}

// shares reports whether two texts have anything in common.
func (l *lexicon) shares(with *lexicon) bool {
	if s, _ := with.main(); s == han {
		for r := range with.runes {
			if l.runes[r] {
				return true
			}
		}
	}
	for _, w := range with.slots {
		if w.hash == 0 {
			continue
		}
		if l.find(w.hash).hash != 0 || l.begins(stem(w.at)) {
			return true
		}
	}
	return false
}

// stem returns the beginning of a word by which its other forms are known; "" of a short word.
func stem(word []byte) string {
	text, n := strings.ToLower(string(word)), 4
	if r, _ := utf8.DecodeRuneInString(text); scriptOf(r) == hangul {
		n = 2
	}
	runes := []rune(text)
	if len(runes) < n {
		return ""
	}
	return string(runes[:n])
}

// begins reports whether a word begins with a stem.
func (l *lexicon) begins(stem string) bool {
	if stem == "" {
		return false
	}
	return slices.ContainsFunc(l.slots, func(w lexeme) bool {
		return len(w.at) >= len(stem) && strings.HasPrefix(strings.ToLower(string(w.at)), stem)
	})
}

// pathOf returns the path and query of an address in words; the host is nothing that a list says.
func pathOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Path + " " + u.RawQuery
}

// spoken returns an address with its escapes undone.
func spoken(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return u.Host + " " + u.Path + " " + u.RawQuery
}
