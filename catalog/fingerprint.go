package catalog

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// MaxFingerprint is how many bytes a fingerprint takes at most, encoded.
const MaxFingerprint = 1 << 10

// Fingerprint is what is kept of a page's text, to tell whether another page has taken its place.
type Fingerprint struct {
	Title    string // at most 200 bytes
	Language string // that most of its commonest words belong to, else as declared, without a region; "" when not known
	Script   string // that most of its letters belong to: latin, cyrillic, han, kana, …; "" when it has none
	Words    int    // of the visible text
	Print    uint64 // 64-bit simhash of its different words
	Terms    []Term // that it speaks of most, the commonest first; no words of every text
}

// Term is a word with how often it is there, at most 255 times.
type Term struct {
	Word  string // in lower case, without spaces or colons
	Count int
}

// Encode writes a fingerprint as text, in at most MaxFingerprint bytes: the rarest terms are left out where they have no
// room.
func (f Fingerprint) Encode() string {
	var b strings.Builder
	fmt.Fprintf(&b, "1\n%s\n%s\n%s\n%d\n%016x\n", cutTo(f.Title, 200), cutTo(f.Language, 40), cutTo(f.Script, 20), f.Words, f.Print)
	for i, t := range f.Terms {
		count := strconv.Itoa(t.Count)
		if b.Len()+len(t.Word)+len(count)+2 > MaxFingerprint {
			break
		}
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(t.Word + ":" + count)
	}
	return b.String()
}

// DecodeFingerprint is the inverse of Encode.
func DecodeFingerprint(text string) (f Fingerprint, err error) {
	lines := strings.SplitN(text, "\n", 7)
	if len(lines) != 7 || lines[0] != "1" {
		return f, fmt.Errorf("a fingerprint of %d bytes is not one of this version", len(text))
	}
	f.Title, f.Language, f.Script = lines[1], lines[2], lines[3]
	if f.Words, err = strconv.Atoi(lines[4]); err != nil {
		return f, fmt.Errorf("number of words of a fingerprint: %w", err)
	}
	if f.Print, err = strconv.ParseUint(lines[5], 16, 64); err != nil {
		return f, fmt.Errorf("print of a fingerprint: %w", err)
	}
	f.Terms = make([]Term, 0, strings.Count(lines[6], ":"))
	for field := range strings.FieldsSeq(lines[6]) {
		word, count, _ := strings.Cut(field, ":")
		n, err := strconv.Atoi(count)
		if err != nil {
			return f, fmt.Errorf("term %q of a fingerprint: %w", field, err)
		}
		f.Terms = append(f.Terms, Term{Word: word, Count: n})
	}
	return f, nil
}

// cutTo cuts a text of one line to so many bytes, at a character.
func cutTo(text string, n int) string {
	if len(text) > n {
		text = strings.ToValidUTF8(text[:n], "")
	}
	return text
}

// Look says what of a page's text is to be found out.
type Look struct {
	// Mark is that of the page when it was last seen, 0 when that is not known: a page with the same is not read again.
	Mark   uint64
	Terms  []Term   // to be looked for in all of the text
	Listed []string // what lists say of the page: titles and sections; nil: nobody wants to know
	Link   string   // its address as lists have it
}

// Text is what a visit found out of a page's text.
type Text struct {
	Mark  uint64       // of its title and length, never 0
	Same  bool         // the mark is the one that was looked for
	Print *Fingerprint // nil of what is the same, and of what is no text
	Still int          // how many of the terms that were looked for stand in the text
	// Related says what the text shares with what lists say of the page.
	Related Relation
}

// Relation is what a page shares with what lists say of it.
type Relation int

// The relations.
const (
	Incomparable Relation = iota // nobody asked, or languages, writing systems or lengths allow no comparison
	Unrelated                    // it shares nothing at all
	Related                      // it shares something
)

// Prints is what is kept to see a page drift.
type Prints struct {
	Kept   *Fingerprint // of the page as it was first seen in order, or as a person accepted it; nil: not seen yet
	KeptAt time.Time
	// Listed says that the page need not be held against its lists any more: it shares something with them, cannot be
	// compared, or a person looked.
	Listed bool

	Seen      *Fingerprint // of another page in its place; nil when there is none, or where it does not fit its lists
	Sighted   time.Time    // when it first seemed to be another; zero when it does not
	Confirmed time.Time    // when it did again, long enough after; zero before
	Accepted  time.Time    // when a person last took the page for what is meant; zero when nobody did
}

// Look returns what a visit is to find out of the page's text, nil when nothing is kept to compare it with, as in a
// single run without history.
func (c Claim) Look() *Look {
	if !c.Remembered {
		return nil
	}
	look := &Look{Link: c.URL}
	if p := c.Standing.Prints; p.Kept != nil {
		look.Mark, look.Terms = c.Standing.Verdict.Rate.Mark, p.Kept.Terms
	}
	if !c.Standing.Prints.Listed {
		look.Listed = c.Standing.Listed
	}
	return look
}
