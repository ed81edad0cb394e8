package page

import "bytes"

// rawTextName returns the lower-case name of an element whose content is text and no markup, "" for all others.
// <noscript> is one of them, as in a browser that runs scripts: what it holds is not what people are shown.
func rawTextName(name []byte) string {
	switch {
	case len(name) < 3 || len(name) > 9:
		return ""
	case equalFold(name, "script"):
		return "script"
	case equalFold(name, "style"):
		return "style"
	case equalFold(name, "title"):
		return "title"
	case equalFold(name, "noscript"):
		return "noscript"
	case equalFold(name, "textarea"):
		return "textarea"
	case equalFold(name, "iframe"):
		return "iframe"
	case equalFold(name, "noembed"):
		return "noembed"
	case equalFold(name, "noframes"):
		return "noframes"
	case equalFold(name, "xmp"):
		return "xmp"
	case equalFold(name, "plaintext"):
		return "plaintext"
	}
	return ""
}

// rawTextEnd returns where the content that begins at pos ends: at its end tag, or at the end of the source.
func rawTextEnd(src []byte, pos int, name string) int {
	switch name {
	case "plaintext":
		return len(src)
	case "script":
		return scriptEnd(src, pos)
	}
	for pos < len(src) {
		i := bytes.Index(src[pos:], []byte("</"))
		if i < 0 {
			break
		}
		pos += i
		if namesTag(src[pos+2:], name) {
			return pos
		}
		pos += 2
	}
	return len(src)
}

// scriptEnd finds the end of a script. Within "<!-- … -->" a nested <script> shields one </script> (HTML
// standard, sections 13.2.5.17 to 13.2.5.31).
func scriptEnd(src []byte, pos int) int {
	escaped, shielded := false, false
	for ; pos < len(src); pos++ {
		step := bytes.IndexByte(src[pos:], '<')
		if escaped {
			step = bytes.IndexAny(src[pos:], "<-")
		}
		if step < 0 {
			break
		}
		pos += step
		rest := src[pos:]
		switch {
		case bytes.HasPrefix(rest, []byte("-->")):
			escaped, shielded = false, false
		case !escaped && bytes.HasPrefix(rest, []byte("<!--")):
			escaped = true
			pos++ // the two dashes may be those of "-->" already
		case escaped && !shielded && rest[0] == '<' && namesTag(rest[1:], "script"):
			shielded = true
		case bytes.HasPrefix(rest, []byte("</")) && namesTag(rest[2:], "script"):
			if !shielded {
				return pos
			}
			shielded = false
		}
	}
	return len(src)
}

// namesTag reports whether a tag name stands at the beginning of b, complete.
func namesTag(b []byte, name string) bool {
	return len(b) > len(name) && equalFold(b[:len(name)], name) && endsName(b[len(name)])
}
