package crawler

import (
	"bytes"
	"strconv"
	"strings"
	"time"
)

// maxRobots is how much of a robots.txt is read (RFC 9309, section 2.5, asks for at least this).
const maxRobots = 500 << 10

// robotsRules is what a robots.txt says to one robot: the rules of its own groups, or else of the groups for "*".
type robotsRules struct {
	rules []robotsRule
	delay time.Duration // Crawl-delay, which RFC 9309 does not know but many hosts write; 0: none
}

type robotsRule struct {
	pattern string // normalised
	allow   bool
}

// parseRobots reads a robots.txt (RFC 9309, section 2.2). Lines that are no rule are passed over: they neither
// end a group nor spoil the file. token is the robot's product token.
func parseRobots(text []byte, token string) *robotsRules {
	var own, everybody group
	named := false    // a group for the token was seen, be it empty
	inAgents := false // the last rule-like line was a user-agent line
	var forOwn, forAll bool
	for line := range robotsLines(text) {
		key, value := keyAndValue(line)
		switch key {
		case "user-agent":
			if !inAgents {
				forOwn, forAll = false, false
			}
			inAgents = true
			forAll = forAll || value == "*" || strings.HasPrefix(value, "* ")
			if strings.EqualFold(productToken(value), token) {
				forOwn, named = true, true
			}
		case "allow", "disallow":
			inAgents = false
			own.addIf(forOwn, value, key == "allow")
			everybody.addIf(forAll, value, key == "allow")
		case "crawl-delay":
			own.delayIf(forOwn, value)
			everybody.delayIf(forAll, value)
		}
	}
	if named {
		return (*robotsRules)(&own)
	}
	return (*robotsRules)(&everybody)
}

// keyAndValue takes a line apart. Who left the colon out meant the same, if there is one word behind the key.
func keyAndValue(line string) (key, value string) {
	key, value, ok := strings.Cut(line, ":")
	if words := strings.Fields(line); !ok && len(words) == 2 {
		key, value = words[0], words[1]
	}
	return strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value)
}

// group gathers the rules of all groups for one robot: they count as one (RFC 9309, section 2.2.1).
type group robotsRules

func (g *group) addIf(mine bool, pattern string, allow bool) {
	if !mine || pattern == "" { // an empty rule matches nothing
		return
	}
	g.rules = append(g.rules, robotsRule{pattern: normalPath(pattern), allow: allow})
}

func (g *group) delayIf(mine bool, value string) {
	if seconds, err := strconv.ParseFloat(value, 64); mine && err == nil && seconds > 0 {
		g.delay = time.Duration(min(seconds, 3600) * float64(time.Second))
	}
}

// robotsLines yields the lines without comments; any of CR, LF and CRLF ends one.
func robotsLines(text []byte) func(yield func(string) bool) {
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	return func(yield func(string) bool) {
		for len(text) > 0 {
			line := text
			if i := bytes.IndexAny(text, "\r\n"); i >= 0 {
				line, text = text[:i], text[i+1:]
			} else {
				text = nil
			}
			line, _, _ = bytes.Cut(line, []byte("#"))
			if !yield(string(bytes.TrimSpace(line))) {
				return
			}
		}
	}
}

// productToken returns the leading letters, underscores and hyphens of a user agent, which is all that
// user-agent lines are matched with (RFC 9309, section 2.2.1).
func productToken(agent string) string {
	end := strings.IndexFunc(agent, func(r rune) bool {
		return (r|0x20 < 'a' || r|0x20 > 'z') && r != '_' && r != '-'
	})
	if end < 0 {
		return agent
	}
	return agent[:end]
}

// allows reports whether a path with its query may be asked: the longest rule that matches decides, and of an
// allow and a disallow of the same length the allow (RFC 9309, section 2.2.2).
func (r *robotsRules) allows(path string) bool {
	if path == "/robots.txt" || r == nil {
		return true
	}
	path = normalPath(path)
	plain := plainQuery(path)
	allowed, longest := true, -1
	for _, rule := range r.rules {
		if n := len(rule.pattern); n < longest || n == longest && allowed {
			continue
		}
		if matchesRobots(rule.pattern, path) || plain != "" && matchesRobots(plainQuery(rule.pattern), plain) {
			allowed, longest = rule.allow, len(rule.pattern)
		}
	}
	return allowed
}

// plainQuery returns a path or pattern with the colons and slashes of its query as such, "" when there is no query.
// There they may stand either way and mean the same (RFC 3986, section 3.4; the table in RFC 9309, section 2.2.2).
func plainQuery(path string) string {
	before, query, ok := strings.Cut(path, "?")
	if !ok {
		return ""
	}
	return before + "?" + strings.ReplaceAll(strings.ReplaceAll(query, "%3A", ":"), "%2F", "/")
}

// matchesRobots matches from the start of the path; "*" stands for anything, "$" at the end for the end. No pattern
// matches nothing.
func matchesRobots(pattern, path string) bool {
	if pattern == "" {
		return false
	}
	pattern, anchored := strings.CutSuffix(pattern, "$")
	first, rest, wild := strings.Cut(pattern, "*")
	if !strings.HasPrefix(path, first) {
		return false
	}
	path = path[len(first):]
	for wild {
		var piece string
		piece, rest, wild = strings.Cut(rest, "*")
		if !wild && anchored {
			return strings.HasSuffix(path, piece)
		}
		i := strings.Index(path, piece)
		if i < 0 {
			return false
		}
		path = path[i+len(piece):]
	}
	return !anchored || path == ""
}

// normalPath brings paths and patterns to one spelling: what need not be percent-encoded is not, all else is, in
// upper-case hexadecimal (RFC 9309, section 2.2.2).
func normalPath(path string) string {
	if plain(path) {
		return path
	}
	var b strings.Builder
	for i := 0; i < len(path); i++ {
		c := path[i]
		if c == '%' && i+2 < len(path) {
			if v, err := strconv.ParseUint(path[i+1:i+3], 16, 8); err == nil {
				writeOctet(&b, byte(v), unreserved(byte(v)))
				i += 2
				continue
			}
		}
		writeOctet(&b, c, c > 0x20 && c < 0x7f && c != '%') // which encodes nothing
	}
	return b.String()
}

func plain(path string) bool {
	for i := range len(path) {
		if c := path[i]; c <= 0x20 || c >= 0x7f || c == '%' {
			return false
		}
	}
	return true
}

func writeOctet(b *strings.Builder, c byte, bare bool) {
	const digits = "0123456789ABCDEF"
	if bare {
		b.WriteByte(c)
		return
	}
	b.Write([]byte{'%', digits[c>>4], digits[c&15]})
}

// unreserved is the set of RFC 3986, section 2.3.
func unreserved(c byte) bool {
	return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '.' || c == '_' || c == '~'
}
