package listfile

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// bare is a URL that stands in text without any markup.
type bare struct {
	span
	www bool // it starts with "www." and has no scheme
}

// url returns what the text at the URL means: GitHub Flavored Markdown gives "http://" to what starts with "www."
// (section 6.9).
func (u bare) url(text string) string {
	if u.www {
		return "http://" + text
	}
	return text
}

// urlScanner finds bare URLs in text, from left to right, in linear time.
type urlScanner struct {
	text       []byte
	limit      int // no URL starts at or after this offset
	colon, www int // the next candidates; len(text) when there is none
}

// scanURLs looks for URLs that start in text[from:limit]. They may reach past limit.
func scanURLs(text []byte, from, limit int) *urlScanner {
	s := &urlScanner{text: text, limit: limit}
	s.colon, s.www = s.nextColon(from), s.nextWWW(from)
	return s
}

func (s *urlScanner) nextColon(from int) int {
	// A scheme may start before the limit and have its colon after it.
	return s.find(from, min(s.limit+longestScheme, len(s.text)), ":")
}

func (s *urlScanner) nextWWW(from int) int {
	return s.find(from, min(s.limit+len("www"), len(s.text)), "www")
}

func (s *urlScanner) find(from, to int, what string) int {
	if from < to {
		if i := bytes.Index(s.text[from:to], []byte(what)); i >= 0 {
			return from + i
		}
	}
	return len(s.text)
}

// next returns the next URL at or after from.
func (s *urlScanner) next(from int) (bare, bool) {
	for {
		if s.colon < from {
			s.colon = s.nextColon(from)
		}
		if s.www < from {
			s.www = s.nextWWW(from)
		}
		at := min(s.colon, s.www)
		if at >= len(s.text) {
			return bare{}, false
		}
		if u, ok := s.read(at, from); ok && u.start < s.limit {
			return u, true
		}
		from = max(from, at+1)
	}
}

// read reads the URL whose colon, or whose "www", stands at an offset.
func (s *urlScanner) read(at, from int) (bare, bool) {
	u := bare{www: s.text[at] != ':'}
	var host int
	if u.www {
		u.start, host = at, wwwHost(s.text, at)
	} else {
		u.start, host = schemeStart(s.text, at, from), schemeHost(s.text, at)
	}
	if u.start < 0 || host < 0 {
		return bare{}, false
	}
	if !u.www && s.text[at+1] == '/' && host == at+2 && !properScheme(s.text[u.start:at]) {
		return bare{}, false
	}
	u.end = urlEnd(s.text, host)
	return u, u.end > host
}

// slips are schemes that people write where they mean http or https.
var slips = map[string]bool{
	"http": true, "https": true, "ftp": true,
	"ttp": true, "ttps": true, "htp": true, "htps": true, "hhttp": true, "hhttps": true, "htttp": true,
	"htttps": true, "httpss": true, "httsp": true, "hppt": true, "hppts": true, "htpp": true, "htpps": true,
}

const longestScheme = len("httpss")

func properScheme(scheme []byte) bool {
	return bytes.EqualFold(scheme, []byte("http")) || bytes.EqualFold(scheme, []byte("https"))
}

// schemeStart returns where the scheme in front of a colon starts, or -1 when there is none.
func schemeStart(text []byte, colon, from int) int {
	start := colon
	for start > from && isLetter(text[start-1]) && colon-start <= longestScheme {
		start--
	}
	if start > 0 && isLetter(text[start-1]) || !slips[strings.ToLower(string(text[start:colon]))] {
		return -1
	}
	return start
}

// schemeHost returns where the host after a colon starts, or -1. People write one, two or three slashes.
func schemeHost(text []byte, colon int) int {
	at := colon + 1
	for at < len(text) && text[at] == '/' && at-colon <= 3 {
		at++
	}
	if at == colon+1 || at == len(text) || !startsHost(text[at:]) {
		return -1
	}
	return at
}

func startsHost(text []byte) bool {
	c := text[0]
	if c < utf8.RuneSelf {
		return isLetter(c) || isDigit(c) || c == '[' || c == '{' || c == '$' || c == '%' || c == '_'
	}
	r, _ := utf8.DecodeRune(text)
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.So, r)
}

// wwwHost returns where the name after "www." starts, or -1. The ideographic full stop counts as a dot, since
// browsers take it for one (UTS #46).
func wwwHost(text []byte, at int) int {
	if at > 0 && (isLetter(text[at-1]) || isDigit(text[at-1]) || bytes.IndexByte([]byte("./@-_:=&%"), text[at-1]) >= 0) {
		return -1
	}
	rest := text[at+len("www"):]
	for _, dot := range []string{".", "。"} {
		name, ok := bytes.CutPrefix(rest, []byte(dot))
		if ok && len(name) > 0 && (isLetter(name[0]) || isDigit(name[0])) {
			return len(text) - len(name)
		}
	}
	return -1
}

// urlEnd returns where a URL ends whose host starts at an offset. It ends at what no URL holds, at a closing
// bracket that was not opened within it, and before punctuation that belongs to the sentence. Letters beyond ASCII
// belong to it, as in the addresses that browsers show.
func urlEnd(text []byte, host int) int {
	end := host
	var open [3]int // round, square, curly
	for end < len(text) {
		if c := text[end]; c < utf8.RuneSelf {
			if !inURL(text, end) || !balanced(&open, c) {
				break
			}
			end++
			continue
		}
		r, size := utf8.DecodeRune(text[end:])
		if endsURL(r) && !dotInHost(r, text[end+size:]) {
			break
		}
		end += size
	}
	return trimURL(text, host, end)
}

func inURL(text []byte, at int) bool {
	switch c := text[at]; {
	case c <= ' ', c == 0x7F, c == '<', c == '>', c == '"', c == '`':
		return false
	case c == '\\':
		return at+1 < len(text) && isPunct(text[at+1]) && text[at+1] != '"'
	}
	return true
}

// balanced counts brackets and reports whether a closing one has its opening one.
func balanced(open *[3]int, c byte) bool {
	if i := strings.IndexByte("([{", c); i >= 0 {
		open[i]++
	}
	if i := strings.IndexByte(")]}", c); i >= 0 {
		open[i]--
		return open[i] >= 0
	}
	return true
}

// endsURL reports whether a character beyond ASCII ends a URL: spaces, invisible characters and the punctuation of
// Chinese and Japanese texts, which set no space after a URL.
func endsURL(r rune) bool {
	switch {
	case unicode.IsSpace(r), r >= 0x200B && r <= 0x200F, r == 0xFEFF:
		return true
	case r >= 0x3000 && r <= 0x303F && r != '々' && r != '〆' && r != '〇': // CJK symbols and punctuation
		return true
	case r >= 0xFF00 && r <= 0xFFEF && unicode.IsPunct(r): // full-width forms
		return true
	}
	return r == '“' || r == '”' || r == '«' || r == '»' || r == '→'
}

// dotInHost reports whether r is an ideographic full stop that stands between the labels of a host name.
func dotInHost(r rune, rest []byte) bool {
	return r == '。' && len(rest) > 0 && (isLetter(rest[0]) || isDigit(rest[0]))
}

// trimURL takes off what ends a sentence or closes markup rather than the URL.
func trimURL(text []byte, host, end int) int {
	for end > host {
		r, size := utf8.DecodeLastRune(text[host:end])
		switch {
		case r == ';':
			if entity := entityStart(text[host:end]); entity >= 0 {
				size = end - host - entity
			}
		case strings.ContainsRune(`?!.,:*_~'|\^`, r), r == '’', r == '‘', r == '…', r == '–', r == '—':
		default:
			return end
		}
		end -= size
	}
	return end
}

// entityStart returns where the entity starts that ends the text (&gt; and the like), or -1.
func entityStart(text []byte) int {
	i := len(text) - 2
	for i >= 0 && (isLetter(text[i]) || isDigit(text[i])) {
		i--
	}
	if i >= 0 && i < len(text)-2 && text[i] == '&' {
		return i
	}
	return -1
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isPunct(c byte) bool {
	return c > ' ' && c < 0x7F && !isLetter(c) && !isDigit(c)
}
