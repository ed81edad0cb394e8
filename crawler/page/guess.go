package page

import (
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// sampleSize is how many bytes of a body an encoding is guessed from.
const sampleSize = 64 << 10

// candidate is a legacy encoding that undeclared bytes can be in.
type candidate struct {
	encoding string
	// fits reports whether a character, behind another one, is what prose in this encoding is made of.
	fits func(before, r rune) bool
	// kana demands that some of it is kana: without, Korean and Chinese would pass for Japanese.
	kana bool
	// lowTrail demands that some characters end in an ASCII byte: without, GBK would pass for Big5.
	lowTrail bool
}

// candidates in the order in which they win a draw.
func candidates() []candidate {
	return []candidate{
		{encoding: "shift_jis", fits: japanese, kana: true},
		{encoding: "euc-jp", fits: japanese, kana: true},
		{encoding: "euc-kr", fits: korean},
		{encoding: "big5", fits: chinese, lowTrail: true},
		{encoding: "gbk", fits: chinese},
		{encoding: "windows-1251", fits: cyrillic},
		{encoding: "koi8-r", fits: cyrillic},
	}
}

// guess names the encoding of a body that does not declare it, or declares it wrongly: UTF-8 where it is valid;
// else what is usual at its home, where that is no candidate; else the candidate in which it reads most like
// prose; else what is usual, or windows-1252, as in browsers.
func guess(body []byte, home string) string {
	sample := body[:min(len(body), sampleSize)]
	if mostlyUTF8(sample) {
		return "utf-8"
	}
	expected := firstOf(usual(home), "windows-1252")
	isCandidate := func(c candidate) bool { return c.encoding == expected }
	if !inRuns(sample) || expected != "windows-1252" && !slices.ContainsFunc(candidates(), isCandidate) {
		return expected
	}
	best, top := expected, 0.8
	for _, c := range candidates() {
		if s := c.score(sample); s > top {
			best, top = c.encoding, s
		}
	}
	return best
}

// mostlyUTF8 allows for the odd byte that a careless template lets in, and for a character cut at the end.
func mostlyUTF8(b []byte) bool {
	good, bad := 0, 0
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		if !utf8.FullRune(b[i:]) {
			break
		}
		r, size := utf8.DecodeRune(b[i:])
		if r != utf8.RuneError || size > 1 {
			good++
		} else {
			bad++
		}
		i += size
	}
	return bad*10 <= good
}

// inRuns reports whether the bytes beyond ASCII stand mostly together, as in scripts other than Latin.
func inRuns(b []byte) bool {
	high, together := 0, 0
	for i, c := range b {
		if c < utf8.RuneSelf {
			continue
		}
		high++
		if i > 0 && b[i-1] >= utf8.RuneSelf || i+1 < len(b) && b[i+1] >= utf8.RuneSelf {
			together++
		}
	}
	return together*2 > high
}

// score returns which part of the characters beyond ASCII fits, from 0 to 1. What cannot be read at all weighs
// five times: in the right encoding there is next to none of it.
func (c candidate) score(sample []byte) float64 {
	if c.lowTrail && !hasLowTrails(sample) {
		return 0
	}
	var total, fit, kana int
	before := ' '
	for _, r := range string(decode(c.encoding, sample)) {
		if r >= utf8.RuneSelf {
			total++
			if r == utf8.RuneError {
				total += 4
			}
			if c.fits(before, r) {
				fit++
			}
			if unicode.In(r, unicode.Hiragana, unicode.Katakana) {
				kana++
			}
		}
		before = r
	}
	if total == 0 || c.kana && kana*20 < total {
		return 0
	}
	return float64(fit) / float64(total)
}

// hasLowTrails reports whether at least a tenth of the double-byte characters end below 0x80.
func hasLowTrails(b []byte) bool {
	pairs, low := 0, 0
	for i := 0; i+1 < len(b); i++ {
		if b[i] < utf8.RuneSelf {
			continue
		}
		i++
		pairs++
		if b[i] >= 0x40 && b[i] < 0x7f {
			low++
		}
	}
	return low*10 >= pairs
}

func japanese(_, r rune) bool {
	halfWidth := r >= 0xff61 && r <= 0xff9f
	return !halfWidth && (unicode.In(r, unicode.Hiragana, unicode.Katakana) || chineseOrMark(r) || r == 'ー')
}

func korean(_, r rune) bool { return unicode.Is(unicode.Hangul, r) }

func chinese(_, r rune) bool { return chineseOrMark(r) }

// chineseOrMark reports the characters of Chinese and the full-width punctuation around them.
func chineseOrMark(r rune) bool {
	return r >= 0x4e00 && r <= 0x9fff || r >= 0x3000 && r <= 0x303f || r >= 0xff00 && r <= 0xff60 || r >= 0x2010 && r <= 0x2026
}

// cyrillic takes a capital only at the beginning of a word: KOI8-R has the cases the other way round.
func cyrillic(before, r rune) bool {
	return unicode.Is(unicode.Cyrillic, r) && (unicode.IsLower(r) || !unicode.IsLetter(before))
}

// homeOf returns the language that a document declares, else the country of its host: two lower-case letters,
// or "".
func homeOf(address, lang string) string {
	lang, _, _ = strings.Cut(strings.ToLower(lang), "-")
	if len(lang) == 2 {
		return lang
	}
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	host := u.Hostname()
	if country := host[strings.LastIndexByte(host, '.')+1:]; len(country) == 2 {
		return country
	}
	return ""
}

// usual returns the legacy encoding that browsers assume for a language or a country (HTML standard, section
// 13.2.3.2, the table of locales), "" where it is windows-1252.
func usual(home string) string {
	switch home {
	case "ja", "jp":
		return "shift_jis"
	case "zh", "cn":
		return "gbk"
	case "tw", "hk":
		return "big5"
	case "ko", "kr":
		return "euc-kr"
	case "ru", "uk", "ua", "bg", "by", "kz", "mk", "rs":
		return "windows-1251"
	case "cs", "cz", "hu", "pl", "sk", "sl", "si", "ro", "hr":
		return "windows-1250"
	case "el", "gr":
		return "windows-1253"
	case "tr":
		return "windows-1254"
	case "he", "il":
		return "windows-1255"
	case "ar", "fa", "ir", "eg", "sa":
		return "windows-1256"
	case "lt", "lv", "et", "ee":
		return "windows-1257"
	case "vi", "vn":
		return "windows-1258"
	case "th":
		return "windows-874"
	}
	return ""
}
