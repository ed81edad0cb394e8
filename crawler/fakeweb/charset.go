package fakeweb

import (
	"encoding/binary"
	"fmt"
	"unicode/utf16"
)

// Declared is where a page says in which charset it is written.
type Declared int

// The places of a declaration, as the WHATWG encoding sniffing knows them.
const (
	InHeader Declared = iota // charset parameter of Content-Type
	InMeta                   // <meta charset>
	InPragma                 // <meta http-equiv="content-type">
	InBOM                    // byte order mark; other charsets than UTF have none
	Nowhere
)

// Charset is a charset with a page title written in it.
type Charset struct {
	Label string // as declared, for example "shift_jis"
	Title string // what a reader must see

	encoded  string // the title's bytes; empty where encode makes them
	mark     string
	encode   func(string) []byte
	hasASCII bool // markup is plain ASCII bytes
}

// Charsets gives charsets that are met in real lists.
func Charsets() []Charset {
	const japanese, russian = "データベース入門", "Введение в базы данных"
	return []Charset{
		{Label: "utf-8", Title: japanese, mark: "\xef\xbb\xbf", encode: plainBytes, hasASCII: true},
		{Label: "utf-16le", Title: japanese, mark: "\xff\xfe", encode: utf16Bytes(binary.LittleEndian)},
		{Label: "utf-16be", Title: japanese, mark: "\xfe\xff", encode: utf16Bytes(binary.BigEndian)},
		{Label: "shift_jis", Title: japanese, encoded: "\x83f\x81[\x83^\x83x\x81[\x83X\x93\xfc\x96\xe5"},
		{Label: "euc-jp", Title: japanese, encoded: "\xa5\xc7\xa1\xbc\xa5\xbf\xa5\xd9\xa1\xbc\xa5\xb9\xc6\xfe\xcc\xe7"},
		{Label: "gbk", Title: "数据库教程", encoded: "\xca\xfd\xbe\xdd\xbf\xe2\xbd\xcc\xb3\xcc"},
		{Label: "euc-kr", Title: "데이터베이스 입문", encoded: "\xb5\xa5\xc0\xcc\xc5\xcd\xba\xa3\xc0\xcc\xbd\xba \xc0\xd4\xb9\xae"},
		{Label: "koi8-r", Title: russian, encoded: "\xf7\xd7\xc5\xc4\xc5\xce\xc9\xc5 \xd7 \xc2\xc1\xda\xd9 \xc4\xc1\xce\xce\xd9\xc8"},
		{Label: "windows-1251", Title: russian, encoded: "\xc2\xe2\xe5\xe4\xe5\xed\xe8\xe5 \xe2 \xe1\xe0\xe7\xfb \xe4\xe0\xed\xed\xfb\xf5"},
		{Label: "windows-1252", Title: "Café déjà vu – größer", encoded: "Caf\xe9 d\xe9j\xe0 vu \x96 gr\xf6\xdfer"},
	}
}

// Can says whether a page in this charset can declare it there. UTF-16
// cannot declare itself in markup, and only UTF has a byte order mark.
func (c Charset) Can(d Declared) bool {
	switch d {
	case InBOM:
		return c.mark != ""
	case InMeta, InPragma:
		return c.encode == nil || c.hasASCII
	}
	return true
}

// Page answers with a page in this charset that declares it in the given
// place and nowhere else.
func (c Charset) Page(d Declared) Behaviour {
	contentType, declaration := "text/html", ""
	switch d {
	case InHeader:
		contentType += "; charset=" + c.Label
	case InMeta:
		declaration = fmt.Sprintf("<meta charset=\"%s\">\n", c.Label)
	case InPragma:
		declaration = fmt.Sprintf("<meta http-equiv=\"Content-Type\" content=\"text/html; charset=%s\">\n", c.Label)
	}
	document := c.document(declaration)
	if d == InBOM {
		document = append([]byte(c.mark), document...)
	}
	return Bytes(contentType, document)
}

func (c Charset) document(declaration string) []byte {
	title := c.encoded
	if c.encode != nil {
		title = c.Title
	}
	page := "<!doctype html>\n<html>\n<head>\n" + declaration + "<title>" + title + "</title>\n</head>\n" +
		"<body><h1>" + title + "</h1></body>\n</html>\n"
	if c.encode != nil {
		return c.encode(page)
	}
	return []byte(page)
}

func plainBytes(s string) []byte { return []byte(s) }

func utf16Bytes(order binary.AppendByteOrder) func(string) []byte {
	return func(s string) (b []byte) {
		for _, unit := range utf16.Encode([]rune(s)) {
			b = order.AppendUint16(b, unit)
		}
		return b
	}
}
