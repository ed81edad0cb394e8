package catalog

import (
	"strings"
	"unicode"
)

// Mend returns the address that was probably meant by a link which no browser opens as it is written, normalised, with
// its fragment; "" when nobody can tell. It repairs slips of the keyboard and of input methods: lost and doubled letters
// of the scheme, a missing colon, characters without width, full-width forms, brackets that closed the link too late.
func Mend(written string) string {
	text := strings.Trim(strings.TrimSpace(visible(written)), "<>\"'`“”‘’«»")
	if text == "" || strings.Contains(text, "{{") || strings.Contains(text, "${") {
		return ""
	}
	text = withScheme(narrowHead(cutLateBracket(text)))
	target := Canonical(text, From{})
	if target.Reason != "" || target.Local || !strings.Contains(bareHost(target.URL), ".") {
		return ""
	}
	if target.Fragment != "" {
		return target.URL + "#" + target.Fragment
	}
	return target.URL
}

// isSlip reports a link in a list that was meant for the web and that a browser takes for a file beside the list, or for
// another place: it is written with a slip that Mend knows.
func isSlip(raw string) bool {
	if visible(raw) != raw && strings.HasPrefix(strings.ToLower(visible(raw)), "http") && !strings.HasPrefix(strings.ToLower(raw), "http") {
		return true
	}
	if cutLateBracket(raw) != raw {
		return true
	}
	_, rest, ok := nearScheme(raw)
	if !ok {
		return false
	}
	signs := strings.TrimLeft(raw[:len(raw)-len(rest)], asciiLetters)
	if strings.TrimLeft(signs, ":/") == "" && namesUser(raw) {
		return false
	}
	return !strings.HasPrefix(signs, ":") || strings.ContainsAny(signs[1:], ":;.,：；")
}

// namesUser reports a link with an empty user name before its host, as in https://:token@example.org, which browsers
// open: the second colon is no slip.
func namesUser(raw string) bool {
	_, rest, found := strings.Cut(raw, "/:")
	authority := rest
	if i := strings.IndexAny(rest, "/\\?#"); i >= 0 {
		authority = rest[:i]
	}
	return found && strings.Contains(authority, "@")
}

const asciiLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

// visible takes out control characters and those of no width, which come along when a link is copied.
func visible(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == 0xad || r >= 0x200b && r <= 0x200f || r >= 0x202a && r <= 0x202e || r >= 0x2060 && r <= 0x2064 || r == 0xfeff {
			return -1
		}
		return r
	}, text)
}

// lateBrackets are brackets of East Asian writing that close a link which was opened with an ASCII one.
var lateBrackets = [...][2]string{{"（", "）"}, {"【", "】"}, {"「", "」"}, {"《", "》"}}

// cutLateBracket cuts a link at a closing bracket that it never opened.
func cutLateBracket(text string) string {
	for _, pair := range lateBrackets {
		if i := strings.Index(text, pair[1]); i >= 0 && !strings.Contains(text[:i], pair[0]) && strings.Contains(text[:i], "//") {
			text = text[:i]
		}
	}
	return text
}

// narrowHead writes the scheme and the host in ASCII, where an input method wrote their signs in full width.
func narrowHead(text string) string {
	end, slashes := len(text), 0
	for i, r := range text {
		if r == '/' || r == '／' {
			if slashes++; slashes == 3 {
				end = i
				break
			}
		}
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '。', r == '｡':
			return '.'
		case r >= 0xff01 && r <= 0xff5e:
			return r - 0xfee0
		}
		return r
	}, text[:end]) + text[end:]
}

// nearScheme splits a link into the scheme that was meant and what follows its slashes; false where none was.
func nearScheme(text string) (scheme, rest string, ok bool) {
	n := 0
	for n < len(text) && n < 8 && isLetter(text[n]) {
		n++
	}
	name := strings.ToLower(text[:n])
	switch {
	case distanceAtMostOne(name, "https"), name == "hptts", name == "htpps", name == "httsp", name == "htts":
		scheme = "https"
	case distanceAtMostOne(name, "http"), name == "hptt", name == "htpt":
		scheme = "http"
	default:
		return "", "", false
	}
	if name == "http" {
		scheme = "http"
	}
	signs := strings.TrimLeft(text[n:], " :;.,：；")
	rest = strings.TrimLeft(signs, `/\ :：`)
	if len(signs) == len(rest) || rest == "" {
		return "", "", false // no slash followed
	}
	return scheme, rest, true
}

// withScheme puts the scheme right, or puts one before a host.
func withScheme(text string) string {
	scheme, rest, ok := nearScheme(text)
	for ok {
		inner, further, again := nearScheme(rest)
		if !again {
			break
		}
		scheme, rest = inner, further
	}
	if !ok && (namesHost(text) || namesPort(text)) {
		scheme, rest, ok = "https", text, true
		if namesPort(text) && !strings.Contains(text, ":443") {
			scheme = "http"
		}
	}
	if !ok {
		return text
	}
	host, tail := rest, ""
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		host, tail = rest[:i], rest[i:]
	}
	host = strings.NewReplacer(" ", "", "%20", "").Replace(host)
	return scheme + "://" + host + tail
}

// namesPort reports a link without a scheme that begins with a host and a port, as www.example.org:8080/a. By RFC 3986,
// section 3.1, that is a scheme, and nobody ever meant it so.
func namesPort(raw string) bool {
	host, rest, found := strings.Cut(raw, ":")
	if !found || !strings.Contains(host, ".") || strings.ContainsAny(host, "/?#@ ") {
		return false
	}
	digits := 0
	for digits < len(rest) && rest[digits] >= '0' && rest[digits] <= '9' {
		digits++
	}
	return digits > 0 && digits <= 5 && (digits == len(rest) || strings.IndexByte("/?#", rest[digits]) >= 0)
}
