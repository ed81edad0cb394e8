package listfile

import (
	"bytes"
	"sort"
)

// index finds the line and column of a byte offset. A line ends with LF, CR LF, or a lone CR.
type index struct {
	starts []int // offset of each line's first byte
	size   int
}

func newIndex(content []byte) index {
	starts := make([]int, 1, bytes.Count(content, []byte("\n"))+1)
	if bytes.IndexByte(content, '\r') < 0 {
		for at := 0; ; {
			i := bytes.IndexByte(content[at:], '\n')
			if i < 0 {
				return index{starts, len(content)}
			}
			at += i + 1
			starts = append(starts, at)
		}
	}
	for i, c := range content {
		if c == '\n' || c == '\r' && (i+1 == len(content) || content[i+1] != '\n') {
			starts = append(starts, i+1)
		}
	}
	return index{starts, len(content)}
}

// at returns the line and the column in bytes, both from 1. It takes logarithmic time.
func (x index) at(offset int) (line, column int) {
	line = sort.SearchInts(x.starts, offset+1)
	return line, offset - x.starts[line-1] + 1
}

// line returns the offsets of a line's first byte and of the next line's, or of the end.
func (x index) line(number int) (start, end int) {
	if number < 1 || number > len(x.starts) {
		return x.size, x.size
	}
	if number == len(x.starts) {
		return x.starts[number-1], x.size
	}
	return x.starts[number-1], x.starts[number]
}
