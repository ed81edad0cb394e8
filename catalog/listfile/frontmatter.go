package listfile

import "bytes"

// frontMatter returns where the text starts behind front matter: YAML between lines of "---" (the last may be
// "...") or TOML between lines of "+++", at the very start of the file. What is inside is not looked at, so front
// matter that is broken breaks nothing else. Without a closing line there is no front matter.
func frontMatter(text []byte, from int) int {
	first, at := nextLine(text, from)
	var closing []string
	switch first {
	case "---":
		closing = []string{"---", "..."}
	case "+++":
		closing = []string{"+++"}
	default:
		return from
	}
	if second, _ := nextLine(text, at); second == "" {
		return from // a thematic break
	}
	for at < len(text) {
		var line string
		line, at = nextLine(text, at)
		for _, c := range closing {
			if line == c {
				return at
			}
		}
	}
	return from
}

// nextLine returns the line at an offset without trailing space, and where the next one starts. Only lines that can
// be markers are returned; of longer ones a part.
func nextLine(text []byte, at int) (line string, next int) {
	next = len(text)
	if i := bytes.IndexByte(text[at:], '\n'); i >= 0 {
		next = at + i + 1
	}
	return string(bytes.TrimRight(text[at:min(next, at+64)], " \t\n")), next
}
