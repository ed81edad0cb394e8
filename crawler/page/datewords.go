package page

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// leadingUp returns the text in front of a place: what stands in elements of their own is separated by line
// breaks.
func (s *searcher) leadingUp(to int) string {
	from := max(s.from, to-lookBack)
	src := s.src[from:to]
	if i := bytes.IndexAny(src, "<>"); from > s.from && i >= 0 && src[i] == '>' {
		src = src[i+1:]
	} else if from > s.from && i >= 0 {
		src = src[i:]
	}
	var b strings.Builder
	for len(src) > 0 {
		open := bytes.IndexByte(src, '<')
		if open < 0 {
			open = len(src)
		}
		b.WriteString(s.text.content(src[:open]))
		src = src[open:]
		if len(src) == 0 {
			break
		}
		closing := bytes.IndexByte(src, '>')
		if bytes.HasPrefix(src, []byte("<!--")) {
			closing = bytes.Index(src, []byte("-->"))
		} else if !isInline(src[1:]) {
			b.WriteByte('\n')
		}
		if closing < 0 {
			break
		}
		src = src[closing:]
		src = src[bytes.IndexByte(src, '>')+1:]
	}
	return b.String()
}

// isInline reports a tag that only dresses a part of a sentence.
func isInline(tag []byte) bool {
	tag = bytes.TrimPrefix(tag, []byte("/"))
	end := 0
	for end < len(tag) && !endsName(tag[end]) {
		end++
	}
	for _, name := range [...]string{"b", "i", "a", "em", "strong", "u", "small", "font", "abbr", "wbr"} {
		if equalFold(tag[:end], name) {
			return true
		}
	}
	return false
}

// sentence is what words say of a date.
type sentence struct {
	kind dateKind
	from int // where they begin in front of it
	to   int // where they end behind it
}

// trimFillers takes from the end of a text what may stand between words and the date that they introduce.
func trimFillers(text string) string {
	for {
		text = strings.TrimRightFunc(text, func(r rune) bool {
			return unicode.IsSpace(r) && r != '\n' || isInvisible(r) && r != '\n' || strings.ContainsRune(":,-–—.|،$־", r)
		})
		if trimmed := trimClock(text); trimmed != text {
			text = trimmed
			continue
		}
		start, word := lastWord(text)
		switch {
		case word == "":
			if trimmed, ok := strings.CutSuffix(text, "："); ok {
				text = trimmed
				continue
			}
			return text
		case fillers[word], weekdays[word]:
			text = text[:start]
		default:
			return text
		}
	}
}

// trimClock takes a time of day from the end of a text, as in "10:00, 2 march 2019" or "às 10h00min de 2 de março".
func trimClock(text string) string {
	rest := strings.TrimSuffix(strings.TrimSuffix(text, "min"), "h")
	hours := strings.TrimRight(rest, "0123456789")
	if len(rest)-len(hours) != 2 || hours == "" || !strings.ContainsRune(":.h", rune(hours[len(hours)-1])) {
		return text
	}
	hours = hours[:len(hours)-1]
	before := strings.TrimRight(hours, "0123456789")
	if n := len(hours) - len(before); n != 1 && n != 2 {
		return text
	}
	if strings.HasSuffix(before, ":") { // these were minutes
		return trimClock(hours)
	}
	return before
}

// mayIntroduce reports, without looking at the markup, whether a text can end in words that introduce a date.
func mayIntroduce(text string) bool {
	if strings.HasSuffix(text, "\n") {
		return true
	}
	_, ok := endingOf(text)
	return ok
}

// endingOf returns the phrase that a text ends in.
func endingOf(text string) (phrase, bool) {
	_, word := lastWord(text)
	if word == "" {
		return phrase{}, false
	}
	best := phrase{}
	for _, p := range phrases.words[word] {
		if len(p.text) > len(best.text) && strings.HasSuffix(text, p.text) {
			best = p
		}
	}
	if best.text == "" {
		if r, _ := utf8.DecodeLastRuneInString(text); r < 0x2e80 {
			return best, false
		}
		for _, p := range phrases.endings {
			if len(p.text) > len(best.text) && strings.HasSuffix(text, p.text) {
				best = p
			}
		}
	}
	return best, best.text != ""
}

// introduces reads the words that stand in front of a date. They have to begin their sentence, but for words that say that
// it is about the page: whatever else was "updated on" that day is no date of the page.
func introduces(line string) (sentence, bool) {
	rest := trimFillers(line)
	for range 3 { // they may stand in an element of their own
		trimmed, ok := strings.CutSuffix(rest, "\n")
		if !ok {
			break
		}
		rest = trimFillers(trimmed)
	}
	p, ok := endingOf(rest)
	if !ok {
		return sentence{}, false
	}
	lead := strings.TrimSuffix(rest, p.text)
	if !isCJK(p.text) && lead != "" && !endsAtWord(lead) {
		return sentence{}, false
	}
	start, ok := leadStart(lead)
	return sentence{kind: p.kind, from: start}, ok
}

func isCJK(text string) bool {
	r, _ := utf8.DecodeRuneInString(text)
	return r >= 0x2e80 && r < 0xfb00
}

func endsAtWord(text string) bool {
	r, _ := utf8.DecodeLastRuneInString(text)
	return !unicode.IsLetter(r) && !unicode.IsDigit(r)
}

// leadStart goes back over the words that lead up to a phrase, to the beginning of their sentence. It reports false where
// other words stand there.
func leadStart(text string) (int, bool) {
	for n := 0; ; n++ {
		trimmed := strings.TrimRightFunc(text, func(r rune) bool {
			return r != '\n' && (unicode.IsSpace(r) || isInvisible(r) || strings.ContainsRune(",:\"'-", r))
		})
		if trimmed == "" {
			return len(text), true
		}
		start, word := lastWord(trimmed)
		if word == "" {
			r, _ := utf8.DecodeLastRuneInString(trimmed)
			return len(text), isEdge(r) || !unicode.IsLetter(r) && r > 0x2000
		}
		if n > 8 || !leadWords[word] && !isLeadCJK(word) {
			return 0, false
		}
		text = trimmed[:start]
	}
}

func isLeadCJK(word string) bool { return isCJK(word) && utf8.RuneCountInString(word) <= 10 }

// mayFollow reports whether a text can begin with words that end a sentence about a date.
func mayFollow(tail string) bool {
	_, _, ok := beginningOf(tail)
	return ok
}

// beginningOf returns the phrase that a text begins with, behind the day of the week and the time, and where it ends.
func beginningOf(tail string) (phrase, int, bool) {
	rest := strings.TrimLeft(tail, " \u00a0:：（(-0123456789)月火水木金土日一二三四五六星期周토일월화수목금.,")
	rest = strings.TrimPrefix(strings.TrimPrefix(rest, "uhr"), " ")
	for _, p := range phrases.behind {
		if strings.HasPrefix(rest, p.text) {
			return p, len(tail) - len(rest) + len(p.text), true
		}
	}
	return phrase{}, 0, false
}

// follows reads the words behind a date, where nothing but words about the page leads up to it.
func follows(line, tail string) (sentence, bool) {
	p, end, ok := beginningOf(tail)
	if !ok {
		return sentence{}, false
	}
	_, ok = leadStart(trimFillers(line))
	return sentence{kind: p.kind, to: end}, ok
}

// isFree reports that nothing is said in front of a date in its sentence, or only by whom it is, or from where: the place
// of a letter stands alone with its date.
func isFree(line, tail string) bool {
	if beginsPiece(line) {
		return true
	}
	rest := trimFillers(line)
	behind := line[len(rest):]
	if edge := strings.LastIndexFunc(rest, isEdge); edge >= 0 {
		_, size := utf8.DecodeRuneInString(rest[edge:])
		rest = rest[edge+size:]
	}
	first, others, _ := strings.Cut(strings.TrimSpace(rest), " ")
	return bylines[first] && strings.Count(others, " ") < 6 ||
		strings.Contains(behind, ",") && strings.Count(others, " ") < 2 && strings.TrimSpace(tail) == ""
}

// bylines are the words that begin the name of an author.
var bylines = wordSet("by von par por di da door av af od przez autor author author: autor: автор автор: by: posted published written submitted gespeichert geschrieben verfasst publié") //nolint:misspell // German

// beginsPiece reports that a date is the first in an element of its own, or in a piece of a line of facts.
func beginsPiece(line string) bool {
	if strings.HasSuffix(strings.TrimRightFunc(line, unicode.IsSpace), ":") { // what it is the date of was said, and was nothing known
		return false
	}
	rest := trimFillers(line)
	r, _ := utf8.DecodeLastRuneInString(rest)
	return rest == "" || strings.ContainsRune("\n•·/[]»›⋅|—–<>", r)
}
